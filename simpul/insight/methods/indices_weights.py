"""Weights of indicators: equal, from the data, or from what people who know the field say of pairs.

Weights from the data (principal components, entropy) say how indicators vary, not how much they matter; the handbook
(OECD and JRC 2008, chapter 6) gives them with that warning. Sources: G. Nicoletti, S. Scarpetta and O. Boylaud, OECD
Economics Working Paper 226 (2000), for weights of components; C. Shannon (1948) for entropy; T. Saaty, The Analytic
Hierarchy Process (1980), for pairs, with the random index of that book.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from simpul.insight.methods.gamma import Array
from simpul.insight.methods.refusal import Refused

RANDOM_INDEX = (0.0, 0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
MOST_INCONSISTENT = 0.1


def equal(_values: Array, weights: Array, _groups: Sequence[tuple[int, ...]]) -> Array:
    """The same weight for all of a group; an indicator of weight 0 stays out."""
    return np.where(weights > 0, 1.0, 0.0)


def entropy(values: Array, weights: Array, groups: Sequence[tuple[int, ...]]) -> Array:
    """More weight for the indicators that tell places apart: 1 less the entropy of their shares, within each group."""
    return _within_groups(values, weights, groups, _entropy)


def pca(values: Array, weights: Array, groups: Sequence[tuple[int, ...]]) -> Array:
    """Weights from the rotated components of each group of three indicators or more; equal in smaller ones.

    Raises `Refused`: `too_few_places` where a group has as many indicators as there are places.
    """
    return _within_groups(values, weights, groups, _components)


def _within_groups(
    values: Array, weights: Array, groups: Sequence[tuple[int, ...]], way: Callable[[Array], Array]
) -> Array:
    found = np.where(weights > 0, 1.0, 0.0)
    for children in groups:
        columns = [each for each in children if each < values.shape[1] and weights[each] > 0]
        if len(columns) > 1:
            known = values[:, columns]
            share = way(np.where(np.isfinite(known), known, np.nanmean(known, axis=0)))
            found[columns] = share * len(columns)
    return found


def _entropy(values: Array) -> Array:
    raised = values - np.minimum(values.min(axis=0), 0) + 1e-9
    shares = raised / raised.sum(axis=0)
    apart = 1 + (shares * np.log(shares)).sum(axis=0) / np.log(len(values))
    return np.asarray(apart / apart.sum(), dtype=float)


def _components(values: Array) -> Array:
    count = values.shape[1]
    if count < 3:
        return np.full(count, 1 / count)
    if len(values) <= count:
        raise Refused("too_few_places", places=len(values), least=count + 1)
    roots, vectors = np.linalg.eigh(np.corrcoef(values.T))
    roots, vectors = roots[::-1], vectors[:, ::-1]
    kept = max(1, int((roots > 1 + 1e-9).sum()))
    loadings = _rotated(vectors[:, :kept] * np.sqrt(roots[:kept]))
    squares = loadings**2
    explained = squares.sum(axis=0)
    best = squares.argmax(axis=1)
    rows = np.arange(count)
    share = squares[rows, best] / explained[best] * explained[best] / explained.sum()
    return np.asarray(share / share.sum(), dtype=float)


def _rotated(loadings: Array) -> Array:
    """Varimax (H. Kaiser, Psychometrika 23, 1958): each component loads much on few indicators."""
    count, kept = loadings.shape
    turn = np.eye(kept)
    before = 0.0
    for _ in range(100):
        turned = loadings @ turn
        u, s, v = np.linalg.svd(loadings.T @ (turned**3 - turned * (turned**2).sum(axis=0) / count))
        turn = u @ v
        if s.sum() < before * (1 + 1e-9):
            break
        before = s.sum()
    return np.asarray(loadings @ turn, dtype=float)


def pairs(matrix: npt.ArrayLike) -> tuple[Array, float]:
    """Weights (k, sum 1) from judgements of pairs (k, k): entry (i, j) says how much more i matters than j; and how
    inconsistent the judgements are (Saaty's ratio).

    Raises `Refused`: `not_reciprocal`; `inconsistent` (ratio) above 0.1; `too_many` above ten indicators.
    """
    table = np.asarray(matrix, dtype=float)
    count = len(table)
    if count >= len(RANDOM_INDEX):
        raise Refused("too_many", indicators=count, most=len(RANDOM_INDEX) - 1)
    if table.shape != (count, count) or np.any(table <= 0) or not np.allclose(table * table.T, 1, atol=0.02):
        raise Refused("not_reciprocal")
    weights = np.full(count, 1 / count)
    for _ in range(1000):
        following = table @ weights
        following /= following.sum()
        if np.abs(following - weights).max() < 1e-14:
            break
        weights = following
    root = float((table @ weights / weights).mean())
    ratio = 0.0 if count < 3 else (root - count) / (count - 1) / RANDOM_INDEX[count]
    if ratio > MOST_INCONSISTENT:
        raise Refused("inconsistent", ratio=ratio, most=MOST_INCONSISTENT)
    return weights, ratio


WAYS: dict[str, Callable[[Array, Array, Sequence[tuple[int, ...]]], Array]] = {
    "equal": equal,
    "pca": pca,
    "entropy": entropy,
}
