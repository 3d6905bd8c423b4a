"""From records to likely persons, in one call."""

from dataclasses import dataclass

import numpy as np

from simpul.linkage.matching import cluster, compare, context, index, judge, score
from simpul.linkage.matching.index import pairs_sharing

# Pairs less likely than this are not kept.
LEAST = 0.01
STEPS = ("candidates", "compare", "learn", "cluster", "judge")


@dataclass
class Matches:
    """Pairs of rows `left` < `right`, (p,) int64, their `probability`, (p,) float64, and what it is made of.

    `levels` {field: (p,) int16}; `weights` {field: (p,) float32} in bits, with "place" for where the two live and whom
    they share, and "context" for what the other records say; their sum and the model's prior are the odds in bits.
    `label` (n,): the person of each record at the cut.
    """

    left: np.ndarray
    right: np.ndarray
    probability: np.ndarray
    levels: dict
    weights: dict
    model: score.Model
    label: np.ndarray


def match(table, *, source=None, cut=0.5, seed=1, progress=None):
    """The `Matches` of a table.

    `source` (n,) of small whole numbers says from which list each record is; then only pairs between lists are asked,
    and one person stands on each list once at most. `progress` is called with each name of `STEPS` as it begins.
    """
    say = progress or (lambda step: None)
    say("candidates")
    left, right = index.candidates(table, source=source)
    say("compare")
    commonness = compare.Commonness.of(table)
    levels = compare.levels(table, left, right, commonness=commonness)
    say("learn")
    model = score.learn(table, left, right, levels, source=source, seed=seed)
    kept = np.flatnonzero(model.score(levels) > context.LEAST)
    left, right = left[kept], right[kept]
    levels = {name: level[kept] for name, level in levels.items()}
    left, right, levels = with_acquaintances(table, left, right, levels, model, source, commonness)
    say("cluster")
    persons = cluster.together(table, left, right, levels, model, commonness=commonness, source=source)
    say("judge")
    p = _judged(table, left, right, levels, model, persons)
    return _matches(table, left, right, levels, model, p, cut, source)


def _judged(table, left, right, levels, model, persons):
    """The probabilities, (p,). The trees learned on lists without other numbers of identity: those the weights know."""
    if table.number.any():
        return score.probability(model.score(levels))
    odds = judge.odds(context.features(table, left, right, levels, model, persons))
    return score.probability(odds + context.beside(levels, model))


def with_acquaintances(table, left, right, levels, model, source, commonness):
    """The pairs, and those two who share no key but both resemble a third."""
    likely = model.score(levels) > 0
    shared = np.stack([left[likely], right[likely]], axis=1)
    if not len(shared):
        return left, right, levels
    third = np.concatenate([shared, shared[:, ::-1]])
    values = np.zeros((table.n, 8), np.int64)
    order = np.argsort(third[:, 0], kind="stable")
    third = third[order]
    place = np.arange(len(third)) - np.searchsorted(third[:, 0], third[:, 0])
    fits = place < 7
    values[third[fits, 0], place[fits]] = third[fits, 1] + 1
    values[:, 7] = np.arange(table.n) + 1
    pairs = pairs_sharing(values, 12, source=source)
    known = left << 32 | right
    new = np.setdiff1d(pairs, known, assume_unique=False)
    if not len(new):
        return left, right, levels
    more = compare.levels(table, new >> 32, new & 0xFFFFFFFF, commonness=commonness)
    order = np.argsort(np.r_[known, new], kind="stable")
    every = np.r_[known, new][order]
    return every >> 32, every & 0xFFFFFFFF, {name: np.r_[levels[name], more[name]][order] for name in levels}


def _matches(table, left, right, levels, model, p, cut, source):
    label = cluster.persons_of(left, right, p, table.n, cut=cut, source=source)
    kept = np.flatnonzero(p >= LEAST)
    left, right, p = left[kept], right[kept], p[kept]
    levels = {name: level[kept] for name, level in levels.items()}
    stratum = model.strata(levels)
    weights = {
        name: (model.weights[name][stratum, level] / np.log(2)).astype(np.float32) for name, level in levels.items()
    }
    weights["place"] += ((model.prior[stratum] - model.prior[score.ANYWHERE]) / np.log(2)).astype(np.float32)
    odds = np.log(np.clip(p, 1e-9, 1 - 1e-9) / (1 - np.clip(p, 1e-9, 1 - 1e-9)))
    weights["context"] = ((odds - model.score(levels)) / np.log(2)).astype(np.float32)
    return Matches(left, right, p, levels, weights, model, label)
