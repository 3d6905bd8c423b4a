"""One estimate from several linkages: who is the same person is itself uncertain, and gives several tables.

Each table comes from one plausible linkage of the lists. The distribution of the number is then the average of its
distributions given each linkage (linkage-averaging: Sadinle, Annals of Applied Statistics 12, 2018, section 5), with
equal weights here. How much of the uncertainty lies between linkages is Rubin's share (Multiple Imputation for
Nonresponse in Surveys, 1987, chapter 3), on the logarithm of the number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pooled:
    """`quantiles` are those of the average; `between` is the share of its variance that the linkages make."""

    estimate: float
    quantiles: Vector
    between: float

    def quantile(self, share: float) -> float:
        return float(_quantiles(self.quantiles, share))


def pooled(estimates: Sequence[float], quantiles: Sequence[Vector]) -> Pooled:
    """Pool estimates of the same number, one a linkage, each with evenly spaced quantiles of its distribution.

    ValueError without any, or where quantiles differ in number.
    """
    if not estimates or len({len(each) for each in quantiles}) != 1:
        raise ValueError("Every linkage needs an estimate and as many quantiles as the others.")
    logs, count = np.log(np.array(estimates, float)), len(estimates)
    within = float(np.mean([np.log(each).var() for each in quantiles]))
    between = (1 + 1 / count) * float(logs.var(ddof=1)) if count > 1 else 0.0
    whole = within + between
    return Pooled(
        float(np.exp(logs.mean())),
        _quantiles(np.concatenate(quantiles), (np.arange(len(quantiles[0])) + 1) / (len(quantiles[0]) + 1)),
        between / whole if whole > 0 else 0.0,
    )


def _quantiles(values: Vector, shares: Vector | float) -> Vector:
    """Of values that are themselves evenly spaced quantiles: the k-th of n stands at k / (n + 1)."""
    return np.asarray(np.quantile(values, shares, method="weibull"))
