"""Figures of a linkage: how right it was where the truth is known, what weighed how much, which pairs to look at."""

from collections import Counter

import numpy as np

from simpul.lib.speech import _
from simpul.linkage.report.page import BINS, FEWEST, Pair, Step, Weight
from simpul.linkage.report.words import BESIDE, FIELDS, ORDER, PLACE, reasons_of

PROPOSE = 0.95
CALIBRATION_BINS = 10
# A combination of NIK and date that was met more seldom than the so many commonest is left out of the chart.
MOST_COMBINATIONS = 24
NEAR_THE_CUT, SUREST = 16, 4


def existing(truths, lists, *, between):
    """How many pairs of one person there are: `truths` says who each record is ("" unknown), `lists` its list."""
    within = Counter()
    for truth, number in zip(truths, lists, strict=True):
        if truth:
            within[truth, number if between else 0] += 1
    everybody = Counter()
    for (truth, _number), count in within.items():
        everybody[truth] += count
    pairs = sum(count * (count - 1) // 2 for count in everybody.values())
    return pairs - (sum(count * (count - 1) // 2 for count in within.values()) if between else 0)


def verdict(probability, right, exist, *, cut):
    """Precision, recall, F1 and calibration of pairs (p,) of which `right` (p,) are of one person, out of `exist`."""
    missed = exist - int(right.sum())
    squares = float(((probability - right) ** 2).sum()) + missed
    bins = _bins(probability, right)
    told = max(len(probability), 1)
    error = sum(each["pairs"] * abs(each["said"] - each["right"]) for each in bins) / told
    return {
        "cut": cut,
        "at_cut": _score(probability, right, exist, cut),
        "at_0.95": _score(probability, right, exist, PROPOSE),
        "calibration": {
            "bins": bins,
            "brier": round(squares / max(len(probability) + missed, 1), 6),
            "ece": round(error, 6),
        },
    }


def _score(probability, right, exist, cut):
    taken = probability >= cut
    found, correct = int(taken.sum()), int((taken & right).sum())
    return {
        "pairs": found,
        "right": correct,
        "exist": exist,
        "precision": round(correct / found, 6) if found else None,
        "recall": round(correct / exist, 6) if exist else None,
        "f1": round(2 * correct / (found + exist), 6) if found + exist else None,
    }


def _bins(probability, right):
    number = np.minimum((probability * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    bins = []
    for at in range(CALIBRATION_BINS):
        inside = number == at
        pairs = int(inside.sum())
        said, was = (float(probability[inside].mean()), float(right[inside].mean())) if pairs else (0.0, 0.0)
        bins.append(
            {
                "from": at / CALIBRATION_BINS,
                "to": (at + 1) / CALIBRATION_BINS,
                "pairs": pairs,
                "said": round(said, 6),
                "right": round(was, 6),
            }
        )
    return bins


def persons(left, right, n):
    """Which person each of n records is when these pairs are joined, (n,): the lowest row number of its group."""
    parent = np.arange(n)
    while len(left):
        # Each round, every group takes the lowest number that one of its pairs reaches.
        one, other = parent[left], parent[right]
        apart = one != other
        if not apart.any():
            break
        low, high = np.minimum(one[apart], other[apart]), np.maximum(one[apart], other[apart])
        np.minimum.at(parent, high, low)
        while not np.array_equal(parent, parent[parent]):
            parent = parent[parent]
    return parent


def counts(probability):
    """How many pairs lie in each of the bins of the histogram."""
    return np.histogram(probability, bins=BINS, range=(0, 1))[0].tolist()


def alone(partnered, sources, names):
    """[(source, records, without a partner)], the largest first; `partnered` (n,) is true where there is one."""
    records = np.bincount(sources, minlength=len(names))
    without = np.bincount(sources[~partnered], minlength=len(names))
    told = [(name, int(records[at]), int(without[at])) for at, name in enumerate(names) if records[at]]
    return sorted(told, key=lambda each: -each[1])


def weights(matches):
    """`Weight`s of every outcome that was met often enough, field by field.

    Village, regency and telephone weigh nothing by themselves: they set the start, so what it is stands beside them.
    """
    bits, start = matches.weights, _starts(matches)
    told = []
    for name in _in_order(matches.levels.keys() - {PLACE}):
        title = _(FIELDS.get(name, name))
        if np.any(bits[name]):
            told += _field_weights(title, name, matches.levels[name], bits[name])
        elif PLACE in bits:
            title = _("%(field)s: how likely any two such records are") % {"field": title}
            told += _field_weights(title, name, matches.levels[name], start)
    return told


def _starts(matches):
    """What each pair starts with, in bits: its odds without what was compared; (p,)."""
    compared = [bits for name, bits in matches.weights.items() if name != PLACE]
    return _bits_of(matches.probability) - np.sum(compared, axis=0)


def _field_weights(title, name, level, bits):
    met = np.bincount(level)
    total = np.bincount(level, weights=bits)
    grouped = {}
    for at in np.flatnonzero(met):
        sentence = "; ".join(_(reason.sentence) for reason in reasons_of(name, int(at)))
        if sentence:
            pairs, added = grouped.get(sentence, (0, 0.0))
            grouped[sentence] = (pairs + int(met[at]), added + float(total[at]))
    told = [
        Weight(title, sentence, added / pairs, pairs) for sentence, (pairs, added) in grouped.items() if pairs >= FEWEST
    ]
    return sorted(told, key=lambda weight: -weight.pairs)[:MOST_COMBINATIONS]


def to_look_at(probability, cut):
    """Numbers of the pairs that are worth looking at: those nearest the cut on both sides, and some of the surest."""
    odds, middle = _bits_of(probability), _bits_of(cut)
    half = NEAR_THE_CUT // 2
    above, below = np.flatnonzero(odds >= middle), np.flatnonzero(odds < middle)
    above = above[np.argsort(odds[above], kind="stable")]
    below = below[np.argsort(-odds[below], kind="stable")]
    chosen = [*above[:half], *below[:half], *above[half:][::-1][:SUREST]]
    return sorted(map(int, chosen), key=lambda at: -probability[at])


def pair(at, matches, *, left, right, names=("", "")):
    """The `Pair` of the number `at`: what each field added to how likely any two such records are."""
    steps = []
    for name in _in_order(matches.weights.keys() - {PLACE}):
        level = int(matches.levels[name][at]) if name in matches.levels else 0
        sentence = "; ".join(_(reason.sentence) for reason in reasons_of(name, level)) or _(BESIDE.get(name, ""))
        bits = float(matches.weights[name][at])
        if sentence and abs(bits) >= 0.05:
            steps.append(Step(sentence, bits))
    probability = float(matches.probability[at])
    start = _bits_of(probability) - sum(step.bits for step in steps)
    return Pair(left, right, probability, start, sorted(steps, key=lambda step: -step.bits), names)


def _bits_of(probability):
    """The odds of a probability, in bits."""
    kept = np.clip(probability, 1e-9, 1 - 1e-9)
    return np.log2(kept / (1 - kept))


def _in_order(names):
    return [name for name in ORDER if name in names] + sorted(set(names) - set(ORDER))
