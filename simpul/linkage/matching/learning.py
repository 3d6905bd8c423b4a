"""The weights are learned from the lists themselves, by expectation-maximisation (Dempster, Laird and Rubin 1977).

m, how often a level is met between records of one person, is learned among the candidates. u, how often between
different persons, comes from pairs drawn at random (`chance`) and never from the candidates, where everything agrees
on something.
"""

import numpy as np

from simpul.linkage.matching import compare
from simpul.linkage.matching.chance import Chance
from simpul.linkage.matching.compare import FIELDS
from simpul.linkage.matching.score import ELSEWHERE, IN_STRATUM, STRATA, Model, probability, strata

ROUNDS, STILL = 60, 1e-6
# Pairs below these odds' logarithm after some rounds teach nothing more.
HOPELESS = -10.0
# Weight of the shape that m has before anything is seen, in pairs.
PRIOR_M = 4.0


def learn(table, left, right, levels, *, source=None, seed=1, share=1.0):
    """The `Model` of these candidates, which are a `share`, taken at random, of all that there are.

    `left`, `right` (p,) are rows of the table, `levels` {field: (p,) int16} what `compare.levels` says of them;
    `source` (n,) says from which list each record is, where only pairs between lists are asked.
    """
    chance = Chance(table, source, seed)
    stratum = strata(levels, is_blind=table.blind is not None)
    p = np.where(_surely(levels), 0.95, 0.001)
    for number in range(ROUNDS):
        model = _maximised(levels, stratum, p, chance, share)
        before, score = p, model.score(levels)
        p = probability(score)
        chance.without_matches(model)
        if number > 10 and np.abs(p - before).sum() <= STILL * len(p):
            break
        if number == 2:
            # Of most candidates nothing will ever come.
            alive = score > HOPELESS
            levels, stratum, p = {name: level[alive] for name, level in levels.items()}, stratum[alive], p[alive]
    return model


def _maximised(levels, stratum, p, chance, share):
    weights, m = {}, {}
    for name, level in levels.items():
        counts = np.bincount(level, weights=p, minlength=FIELDS[name])
        weights[name], m[name] = _weights(name, counts, chance.u[name], chance.is_blind)
    matches = np.bincount(stratum, weights=p, minlength=STRATA) / share + 0.5
    universe = np.maximum(chance.universe, matches * 1.05)
    return Model(weights, np.log(matches / (universe - matches)), m, chance.u, chance.is_blind)


def _weights(name, counts, u, is_blind):
    weights, m = np.zeros(u.shape), np.zeros(FIELDS[name])
    if name in IN_STRATUM or (name == "place" and not is_blind):
        return weights, m
    for group in _comparable(name):
        shape = np.sqrt(u[ELSEWHERE, group])
        if name == "sex" and group[0] == 1:
            # One person under two names has one sex all the same, and few are seen.
            shape = m[3:5]
        m[group] = counts[group] + PRIOR_M * shape / shape.sum()
        m[group] /= m[group].sum()
        weights[:, group] = np.log(m[group] / (u[:, group] / u[:, group].sum(1, keepdims=True)))
    return weights, m


def _comparable(name):
    """Levels that are compared with each other: what is not given says nothing."""
    every = np.arange(FIELDS[name])
    if name == "place":
        village, regency = every // 3, every % 3
        return [
            every[(village > 0) & (regency == 0)],
            every[(village == 0) & (regency > 0)],
            every[(village > 0) & (regency > 0)],
        ]
    if name == "identity":
        nik, date = every // 20, every % 20
        return [every[(nik > 0) & (date == 0)], every[(nik == 0) & (date > 0)], every[(nik > 0) & (date > 0)]]
    return [every[3:5], every[1:3]] if name == "sex" else [every[1:]]


def _surely(levels):
    """Pairs to begin with: names that agree, and something rare beside them."""
    name = levels["name"]
    kind, band = (name - compare.FIRST_KIND) // compare.BANDS, (name - compare.FIRST_KIND) % compare.BANDS
    agrees = (name >= compare.FIRST_KIND) & (name < compare.WRITTEN_APART) & (kind >= compare.SUBSET) & (band >= 2)
    nik, date = levels["identity"] // 20, levels["identity"] % 20
    rare = (nik >= 2) | (date == compare.DATE_SAME) | (levels["phone"] == 2) | (levels["passport"] == 2)
    rare |= (levels["number"] >= 2) | ((levels["postcode"] == 2) & (levels["address"] >= 3))
    rare |= (levels["village"] >= 4) & (date == 5)
    return agrees & rare
