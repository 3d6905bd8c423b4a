"""From records to likely persons, in one call."""

from dataclasses import dataclass

import numpy as np

from simpul.linkage.matching import cluster, compare, context, index, judge, learning, score
from simpul.linkage.matching.index import pairs_sharing

# Pairs less likely than this are not kept.
LEAST = 0.01
# The model learns from no more candidates than these; more of them teach nothing new.
LEARNED_FROM = 2_000_000
# So many candidates at a time are compared, and of them only those kept of which something may come.
PART = 1_000_000
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
    commonness = compare.Commonness.of(table)
    left, right, levels, model = asked(table, commonness, source=source, seed=seed, say=say)
    say("cluster")
    persons = cluster.together(table, left, right, levels, model, commonness=commonness, source=source)
    say("judge")
    p = _judged(table, left, right, levels, model, persons)
    return _matches(table, left, right, levels, model, p, cut, source)


def asked(table, commonness, *, source=None, seed=1, say=lambda step: None):
    """(left, right, levels, model): the pairs of which something may come, and what was learned from all candidates."""
    say("candidates")
    left, right = index.candidates(table, source=source)
    say("compare")
    # Candidates stand in the order of their rows, which says nothing: one of so many is a sample.
    every = -(-len(left) // LEARNED_FROM) or 1
    seen = np.arange(seed % every, len(left), every)
    levels = compare.levels(table, left[seen], right[seen], commonness=commonness)
    say("learn")
    share = len(seen) / len(left) if len(left) else 1.0
    model = learning.learn(table, left[seen], right[seen], levels, source=source, seed=seed, share=share)
    parts = [_worth_asking(model, seen, levels)]
    for start in range(0, len(left) if every > 1 else 0, PART):
        unseen = np.arange(start, min(start + PART, len(left)))
        unseen = unseen[unseen % every != seed % every]
        levels = compare.levels(table, left[unseen], right[unseen], commonness=commonness)
        parts.append(_worth_asking(model, unseen, levels))
    kept, levels = _in_order(parts)
    return *_with_acquaintances(table, left[kept], right[kept], levels, model, source, commonness), model


def _worth_asking(model, pairs, levels):
    """(pairs, levels) of those of which something may come; of most candidates nothing will."""
    kept = np.flatnonzero(model.score(levels) > context.LEAST)
    return pairs[kept], {name: level[kept] for name, level in levels.items()}


def _in_order(parts):
    pairs = np.concatenate([part[0] for part in parts])
    order = np.argsort(pairs)
    return pairs[order], {name: np.concatenate([part[1][name] for part in parts])[order] for name in parts[0][1]}


def _with_acquaintances(table, left, right, levels, model, source, commonness):
    """The pairs, and those two who share no key but both resemble a third."""
    likely = score.probability(model.score(levels)) > context.ACQUAINTED
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
    new = np.setdiff1d(pairs, known, assume_unique=True)
    if not len(new):
        return left, right, levels
    more = compare.levels(table, new >> 32, new & 0xFFFFFFFF, commonness=commonness)
    order = np.argsort(np.r_[known, new], kind="stable")
    every = np.r_[known, new][order]
    return every >> 32, every & 0xFFFFFFFF, {name: np.r_[levels[name], more[name]][order] for name in levels}


def _judged(table, left, right, levels, model, persons):
    """The probabilities, (p,). The trees learned on lists without other numbers of identity: those the weights know."""
    if table.number.any():
        return score.probability(model.score(levels))
    around = (table, left, right, levels, model, persons)
    said = _said(judge.FIRST, context.parts(*around))
    said = judge.careful(_said(judge.AGAIN, context.parts(*around, said=said)), is_blind=model.is_blind)
    return score.probability(said + context.beside(levels, model))


def _said(trees, parts):
    return np.concatenate([np.zeros(0), *(judge.odds(features, trees) for features in parts)])


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
