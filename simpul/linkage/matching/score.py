"""How likely two records are of one person: the model of Fellegi and Sunter (1969), and what it says of a pair.

Fields are not independent of where people live and whom they live with: names run in villages, fathers and telephones
in families. So pairs are told apart by their `stratum`: where the two live, whether they share a parent or a telephone.
Each stratum has its own prior, the share of its pairs that are one person, and its own u. `learning` finds them.
"""

from dataclasses import dataclass

import numpy as np

ANYWHERE, ELSEWHERE, SAME_REGENCY, SAME_VILLAGE, SAME_PARENT, SAME_PHONE = range(6)
STRATA = 6
# What `strata` looks at.
OF_STRATA = ("village", "regency", "father", "mother", "phone")
# What makes a stratum is said by its prior, and weighs nothing beside it.
IN_STRATUM = ("village", "regency", "phone")


@dataclass
class Model:
    """`weights[field]` (strata, levels) is the natural logarithm of m/u; `prior` (strata,) that of the odds."""

    weights: dict
    prior: np.ndarray
    m: dict
    u: dict
    is_blind: bool = False

    def score(self, levels):
        """The sum of prior and weights of each pair, (p,) float64: the logarithm of the odds."""
        stratum = self.strata(levels)
        total, stratum = self.prior[stratum], stratum.astype(np.int64)
        for name, level in levels.items():
            weights = self.weights[name]
            total += weights.ravel()[stratum * weights.shape[1] + level]
        return total

    def strata(self, levels):
        """`strata`, as this model tells them apart."""
        return strata(levels, is_blind=self.is_blind)


def probability(score):
    """Odds' logarithm to probability."""
    return 1 / (1 + np.exp(-np.clip(score, -60, 60)))


def strata(levels, *, is_blind=False):
    """Where the two of each pair live and whom they share, (p,) int8.

    Encodings tell a place only to who shares something already, so that places are weighed there like other fields.
    """
    village, regency = levels["village"], levels["regency"]
    stratum = np.select(
        [village > 1, regency > 1, (regency == 1) | (village == 1)], [SAME_VILLAGE, SAME_REGENCY, ELSEWHERE], ANYWHERE
    )
    if is_blind:
        stratum = np.where(stratum == SAME_VILLAGE, SAME_VILLAGE, ANYWHERE)
    if "father" in levels:
        parent = _same_parent(levels["father"]) | _same_parent(levels["mother"])
        stratum = np.where((stratum == SAME_VILLAGE) & parent, SAME_PARENT, stratum)
    if is_blind:
        stratum = np.where(stratum == SAME_VILLAGE, ANYWHERE, stratum)
    return np.where(levels["phone"] == 2, SAME_PHONE, stratum).astype(np.int8)


def _same_parent(level):
    return level >= 2 + (2 * 4) * 2
