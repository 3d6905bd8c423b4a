"""Gamma: quantiles of the gamma, chi-squared and normal distributions, on whole arrays.

The incomplete gamma integral is summed as a series below its shape + 1 and as a continued fraction (Lentz) above it;
quantiles are found by Newton's steps kept inside a bracket. From shape 100,000 on the cube of a normal variable is
used (Wilson and Hilferty, PNAS 17, 1931), whose relative error there is below 1e-7.
"""

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
LARGE = 1e5
_NEAR = 1e-15
_log_gamma = np.frompyfunc(math.lgamma, 1, 1)
_erfc = np.frompyfunc(math.erfc, 1, 1)


def log_gamma(values: npt.ArrayLike) -> Array:
    return np.asarray(_log_gamma(np.asarray(values, dtype=float)), dtype=float)


def lower_tail(shape: npt.ArrayLike, value: npt.ArrayLike) -> Array:
    """P(shape, value): the share of a gamma distribution of scale 1 at or below the value; broadcasts."""
    shape, value = np.broadcast_arrays(np.asarray(shape, dtype=float), np.asarray(value, dtype=float))
    flat_shape, flat_value = shape.ravel(), np.maximum(value.ravel(), 0.0)
    found = np.zeros(flat_shape.shape)
    is_series = (flat_value < flat_shape + 1) & (flat_value > 0)
    is_fraction = flat_value >= flat_shape + 1
    found[is_series] = _series(flat_shape[is_series], flat_value[is_series])
    found[is_fraction] = 1 - _fraction(flat_shape[is_fraction], flat_value[is_fraction])
    return found.reshape(shape.shape)


def _front(shape: Array, value: Array) -> Array:
    return np.asarray(np.exp(shape * np.log(value) - value - log_gamma(shape)), dtype=float)


def _series(shape: Array, value: Array) -> Array:
    if not shape.size:
        return shape
    term = 1 / shape
    total = term.copy()
    step = 0
    while np.any(term > _NEAR * total):
        step += 1
        term = term * value / (shape + step)
        total += term
    return _front(shape, value) * total


def _fraction(shape: Array, value: Array) -> Array:
    if not shape.size:
        return shape
    tiny = 1e-300
    b = value + 1 - shape
    c = np.full(shape.shape, 1 / tiny)
    d = 1 / b
    total = d.copy()
    for step in range(1, 5000):
        a = -step * (step - shape)
        b = b + 2
        d = a * d + b
        d = 1 / np.where(np.abs(d) < tiny, tiny, d)
        c = b + a / c
        c = np.where(np.abs(c) < tiny, tiny, c)
        change = c * d
        total *= change
        if np.all(np.abs(change - 1) < _NEAR * 10):
            break
    return _front(shape, value) * total


def quantile(share: npt.ArrayLike, shape: npt.ArrayLike) -> Array:
    """The value below which a share (0 to 1) of a gamma distribution of scale 1 lies; 0 for shape 0; broadcasts."""
    share, shape = np.broadcast_arrays(np.asarray(share, dtype=float), np.asarray(shape, dtype=float))
    p, a = share.ravel(), shape.ravel()
    found = np.zeros(p.shape)
    found[a >= LARGE] = _by_cube(p[a >= LARGE], a[a >= LARGE])
    is_searched = (a > 0) & (a < LARGE)
    found[is_searched] = _searched(p[is_searched], a[is_searched])
    return found.reshape(share.shape)


def _by_cube(p: Array, a: Array) -> Array:
    normal = np.array([NormalDist().inv_cdf(min(max(each, 1e-300), 1 - 1e-16)) for each in p])
    return np.asarray(a * (1 - 1 / (9 * a) + normal / (3 * np.sqrt(a))) ** 3, dtype=float)


def _searched(p: Array, a: Array) -> Array:
    if not p.size:
        return p
    small = np.exp((np.log(np.maximum(p, 1e-300)) + log_gamma(a + 1)) / a)
    value = np.where(a < 1, small, np.maximum(_by_cube(p, np.maximum(a, 1e-3)), small))
    value = np.maximum(value, 1e-290)
    low, high = np.zeros(p.shape), np.full(p.shape, np.inf)
    for _ in range(200):
        off = lower_tail(a, value) - p
        low, high = np.where(off < 0, value, low), np.where(off >= 0, value, high)
        density = _front(a, value) / value
        with np.errstate(all="ignore"):
            stepped = value - off / density
            middle = np.where(np.isinf(high), 2 * value + 1, np.where(low > 0, np.sqrt(low * high), high / 8))
        fits = np.isfinite(stepped) & (stepped > low) & (stepped < high)
        following = np.where(fits, stepped, middle)
        if np.all(np.abs(following - value) <= 1e-13 * value) or np.all(np.abs(off) < 1e-16):
            return following
        value = np.maximum(following, 1e-290)
    return value


def both_sides(z: npt.ArrayLike) -> Array:
    """The chance that a standard normal variable lies at least as far from 0 as `z`, on either side."""
    return np.asarray(_erfc(np.abs(np.asarray(z, dtype=float)) / math.sqrt(2)), dtype=float)


def normal_quantile(share: float) -> float:
    return NormalDist().inv_cdf(share)
