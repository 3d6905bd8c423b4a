"""A second opinion on each pair, by trees that learned on made-up registers what the weights cannot express.

The trees see no name and no number: only the weights of one pair and what the other records say (`context`). They
were trained with `python -m bench.linkage.train` on registers with other names, rules and error rates than any sample,
so that what they know is how evidence combines, not who is on a list.

There are two sets of them. The `FIRST` sees what weights say of a pair and of those around it. The `AGAIN` sees what
the first said of them all, and is asked where a whole list is at hand; what it says follows a curve, for names or for
encodings, measured on registers that nothing had learned from, so that what is called sure is.

Trees are not walked down. For each feature it is looked up which leaves of all trees its value rules out; of what is
left in a tree the first leaf is the answer (Lucchese and others, QuickScorer, SIGIR 2015).
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from simpul.linkage.matching import context

FIRST, AGAIN = "judge.npz", "judge_again.npz"
# What each set of trees was trained on, and in which order.
SEES = {FIRST: context.FEATURES, AGAIN: context.FEATURES + context.AGAIN}
# So many pairs at a time, that what is left of all trees stays near the processor.
PART = 2048


class NoTrees(ValueError):
    """A file holds no trees that this program could ask."""


def odds(features, trees=FIRST):
    """The odds' logarithm, (p,) float64, for rows of what the `trees` see (`SEES`)."""
    ruled, values, base = _ruled_out(trees)
    kind = ruled[0].leaves.dtype.type
    total = np.empty(len(features))
    for start in range(0, len(features), PART):
        part = features[start : start + PART]
        left = np.full((len(part), len(values)), np.iinfo(kind).max, kind)
        for each in ruled:
            left &= each.leaves[np.searchsorted(each.thresholds, part[:, each.feature])]
        first = np.bitwise_count((left & -left) - kind(1))
        total[start : start + PART] = base + values[np.arange(len(values)), first].sum(1)
    return total


def careful(odds, *, is_blind):
    """What is said in place of the odds of the trees `AGAIN`, of names or of encodings."""
    return np.interp(odds, *_trees(AGAIN)["curves"][int(is_blind)])


class _Feature(NamedTuple):
    """What a feature rules out: a value above the first k of `thresholds` leaves `leaves[k]` (trees,), a bit a leaf."""

    feature: int
    thresholds: np.ndarray
    leaves: np.ndarray


@cache
def _ruled_out(name):
    """([_Feature, ...], the values of the leaves (trees, leaves), the base)."""
    trees = _trees(name)
    tests, values = [], []
    for number, root in enumerate(trees["roots"].tolist()):
        leaves = []
        _take_apart(trees, root, number, leaves, tests)
        values.append(leaves)
    most = max(map(len, values))
    if most > 64:
        raise NoTrees(f"A tree of {name} has more than 64 leaves. Train with fewer: --leaves.")
    kind = np.uint16 if most <= 16 else np.uint64
    ruled = [
        _of_feature(feature, [test for test in tests if test[0] == feature], len(values), kind)
        for feature in sorted({test[0] for test in tests})
    ]
    return ruled, np.array([leaves + [0.0] * (most - len(leaves)) for leaves in values]), float(trees["base"])


def _take_apart(trees, node, number, leaves, tests):
    """Gather the values of the leaves from left to right, and of each test what it rules out when it fails."""
    if trees["left"][node] == node:
        leaves.append(float(trees["value"][node]))
        return
    first = len(leaves)
    _take_apart(trees, trees["left"][node], number, leaves, tests)
    gone = (1 << len(leaves)) - (1 << first)
    tests.append((int(trees["feature"][node]), trees["threshold"][node], number, gone))
    _take_apart(trees, trees["right"][node], number, leaves, tests)


def _of_feature(feature, tests, trees, kind):
    thresholds = np.unique(np.array([test[1] for test in tests], np.float32))
    every = np.iinfo(kind).max
    leaves = np.full((len(thresholds) + 1, trees), every, kind)
    for _feature, threshold, number, gone in tests:
        leaves[np.searchsorted(thresholds, threshold) + 1, number] &= kind(every & ~gone)
    return _Feature(feature, thresholds, np.bitwise_and.accumulate(leaves, axis=0))


@cache
def _trees(name):
    with resources.files(__package__).joinpath(name).open("rb") as file:
        trees = dict(np.load(file))
    if tuple(trees["names"]) != SEES[name]:
        raise NoTrees(f"The trees of {name} were trained on other features. Run python -m bench.linkage.train.")
    return trees
