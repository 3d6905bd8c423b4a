"""Shares of a count, and how sure they are."""

from math import sqrt

# The 97.5 % quantile of the normal distribution: intervals hold in 95 of 100 cases.
Z = 1.959963984540054


def wilson(hits: float, tries: float) -> tuple[float, float]:
    """The 95 % interval of the share of hits among tries, above 0: it holds for few tries and for shares near 1.

    Wilson, J. Am. Stat. Assoc. 22:209 (1927).
    """
    share, square = hits / tries, Z * Z
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    half = Z / (1 + square / tries) * sqrt(share * (1 - share) / tries + square / (4 * tries * tries))
    return max(0.0, middle - half), min(1.0, middle + half)
