"""Discoveries: which of many findings to believe, where some are chance.

Y. Benjamini and Y. Hochberg, JRSS-B 57:289 (1995); Y. Benjamini and D. Yekutieli, Annals of Statistics 29:1165 (2001).
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def benjamini_hochberg(p: npt.ArrayLike) -> Array:
    """Adjusted p: calling those at most alpha leaves an expected share of at most alpha of the called ones false.

    Holds for independent tests and for those that rise together, as neighbours' do (Benjamini and Yekutieli 2001).
    """
    return _stepped_up(np.asarray(p, dtype=float), 1.0)


def benjamini_yekutieli(p: npt.ArrayLike) -> Array:
    """The same under any dependence: stricter by the sum of 1/i."""
    table = np.asarray(p, dtype=float)
    return _stepped_up(table, float((1 / np.arange(1, len(table) + 1)).sum()))


def _stepped_up(p: Array, factor: float) -> Array:
    n = len(p)
    order = np.argsort(p, kind="stable")
    raised = factor * p[order] * n / np.arange(1, n + 1)
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return adjusted
