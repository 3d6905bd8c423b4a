"""Linear and integer programmes, put together row by row and solved by HiGHS.

Huangfu and Hall, Math. Program. Comput. 10:119 (2018) describe the solver; it proves how far its answer can be from
the best one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simpul.insight.methods.refusal import Refused

Array = np.ndarray
Numbers = Sequence[float] | Array


@dataclass(frozen=True)
class Solution:
    """`values` (variables,); `value` of the sum that was minimised, and `bound`, which no solution goes below."""

    values: Array
    value: float
    bound: float


class Linear:
    """A programme that grows: variables with costs, rows with limits; then `least()`."""

    def __init__(self) -> None:
        self._cost: list[Array] = []
        self._high: list[Array] = []
        self._whole: list[Array] = []
        self._fixed: dict[int, float] = {}
        self.n = 0
        self._rows: list[tuple[float, float, Array, Array]] = []

    def variables(
        self, count: int, *, cost: float | Numbers = 0.0, high: float = np.inf, is_whole: bool = False
    ) -> Array:
        """The numbers, (count,), of new variables from 0 to `high`; `cost` for each or for all."""
        self._cost.append(_for_each(cost, count))
        self._high.append(np.full(count, float(high)))
        self._whole.append(np.full(count, is_whole))
        self.n += count
        return np.arange(self.n - count, self.n)

    def fix(self, variable: int, value: float) -> None:
        """Let a variable be nothing but `value`."""
        self._fixed[int(variable)] = value

    def at_least(self, limit: float, variables: Sequence[int] | Array, factors: float | Numbers = 1.0) -> None:
        self._row(limit, np.inf, variables, factors)

    def at_most(self, limit: float, variables: Sequence[int] | Array, factors: float | Numbers = 1.0) -> None:
        self._row(-np.inf, limit, variables, factors)

    def exactly(self, value: float, variables: Sequence[int] | Array, factors: float | Numbers = 1.0) -> None:
        self._row(value, value, variables, factors)

    def least(self, *, seconds: float = 60.0) -> Solution:
        """The solution of least cost; raises `Refused` where there is none, or none was found in the time."""
        import highspy

        solver = highspy.Highs()
        for option, value in (
            ("output_flag", False), ("time_limit", float(seconds)), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9),
            ("threads", 1), ("random_seed", 1),
            # Programmes with a row for each way or place have many optima of equal value, among which the simplex
            # method wanders; the interior point method takes half the time, and none of them gains by a restart.
            ("mip_lp_solver", "ipm"), ("mip_allow_restart", False),
        ):  # fmt: skip
            solver.setOptionValue(option, value)
        solver.passModel(self._model(highspy))
        solver.run()
        status, info = solver.getModelStatus(), solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Refused("no_solution")
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            raise Refused("no_solution_in_time", seconds=seconds)
        value = float(info.objective_function_value)
        bound = float(info.mip_dual_bound) if np.concatenate(self._whole).any() else value
        return Solution(np.array(solver.getSolution().col_value), value, bound)

    def _row(self, low: float, high: float, variables: Sequence[int] | Array, factors: float | Numbers) -> None:
        index = np.asarray(variables, np.int32)
        self._rows.append((low, high, index, _for_each(factors, len(index))))

    def _model(self, highspy):
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.n, len(self._rows)
        model.col_cost_ = np.concatenate(self._cost)
        low, high = np.zeros(self.n), np.concatenate(self._high)
        fixed = list(self._fixed)
        low[fixed] = high[fixed] = list(self._fixed.values())
        model.col_lower_, model.col_upper_ = low, high
        model.row_lower_ = np.array([row[0] for row in self._rows])
        model.row_upper_ = np.array([row[1] for row in self._rows])
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.num_col_, matrix.num_row_ = self.n, len(self._rows)
        matrix.start_ = np.cumsum([0, *(len(row[2]) for row in self._rows)]).astype(np.int32)
        matrix.index_ = np.concatenate([row[2] for row in self._rows]) if self._rows else np.zeros(0, np.int32)
        matrix.value_ = np.concatenate([row[3] for row in self._rows]) if self._rows else np.zeros(0)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(whole)] for whole in np.concatenate(self._whole)]
        return model


def _for_each(value: float | Numbers, count: int) -> Array:
    """One number for all, or a number for each, as (count,)."""
    found = np.asarray(value, float)
    return np.full(count, found) if found.ndim == 0 else found
