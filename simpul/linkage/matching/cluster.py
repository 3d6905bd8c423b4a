"""Pairs become persons: records that are surely one person are compared as one, with everything they say together.

A hotline's "Siti" alone is like many. Beside a police report that is surely hers and a list that is surely hers she is
like one of them; and where the police report's NIK speaks against somebody, it does so for all her records. Clusters
are joined from the surest downwards, each time the best partners of each other.
"""

from dataclasses import dataclass

import numpy as np

from simpul.linkage.matching import compare
from simpul.linkage.matching.score import probability

# Down to which probability clusters are joined, round by round.
CUTS = (0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.5)
# Below these odds' logarithm nothing is asked again.
HOPELESS = -4.0
# So many pairs of records speak for two clusters; more are not asked.
MEMBERS = 8
# What several comparisons find by chance, for each doubling of their number, in natural logarithms of e-fold.
PENALTY = 1.5


@dataclass
class Persons:
    """`label` (n,): the person of each record, from 0. `score` (p,): the odds' logarithm of each asked pair."""

    label: np.ndarray
    score: np.ndarray


def together(table, left, right, levels, model, *, commonness=None, source=None):
    """`Persons` of these candidates; pairs of one person carry the odds with which their clusters were joined.

    `source` (n,) says of which list a record is, where a person stands on each list once at most.
    """
    commonness = commonness or compare.Commonness.of(table)
    score = model.score(levels)
    label, grown = np.arange(table.n), np.zeros(table.n, bool)
    open_pairs = np.flatnonzero(score > HOPELESS)
    for cut in CUTS:
        ours, theirs = label[left[open_pairs]], label[right[open_pairs]]
        apart = ours != theirs
        open_pairs, ours, theirs = open_pairs[apart], ours[apart], theirs[apart]
        if not len(open_pairs):
            break
        low, high = np.minimum(ours, theirs), np.maximum(ours, theirs)
        couple, which = np.unique(low.astype(np.int64) << 32 | high, return_inverse=True)
        low, high = couple >> 32, couple & 0xFFFFFFFF
        joint = _joint_scores(table, label, grown, low, high, which, score[open_pairs], model, commonness)
        score[open_pairs] = joint[which]
        join = _mutually_best(low, high, joint, table.n) & (probability(joint) >= cut)
        if source is not None:
            join &= ~_on_one_list(label, source, low, high)
        before, label = label, _joined(label, low[join], high[join])
        grown = np.zeros(table.n, bool)
        grown[label[label != before]] = True
    return Persons(np.unique(label, return_inverse=True)[1], score)


def persons_of(left, right, probability, n, *, cut=0.5, source=None):
    """The person of each record, (n,) numbered from 0, by pairs and their probabilities, the surest first.

    Two clusters are joined where the pairs between them that were asked are likely on the whole; one likely pair does
    not carry five that are not. With `source` (n,), nobody stands on one list twice.
    """
    reached = connected(left[probability >= cut], right[probability >= cut], n)
    inside = np.flatnonzero(reached[left] == reached[right])
    couple = np.bincount(reached, minlength=n)[reached[left[inside]]] == 2
    parent, more = np.arange(n), inside[~couple]
    # Two records that nobody else is like are joined; only of more is it asked who fits whom.
    couple = inside[couple]
    if source is not None:
        couple = couple[source[left[couple]] != source[right[couple]]]
    parent[right[couple]] = left[couple]
    groups = _Groups(parent.tolist(), left[more], right[more], probability[more], source)
    likely = more[probability[more] >= cut]
    for pair in likely[np.argsort(-probability[likely], kind="stable")].tolist():
        groups.join(int(left[pair]), int(right[pair]), cut)
    return np.unique([_root(groups.parent, row) for row in range(n)], return_inverse=True)[1]


def connected(left, right, n):
    """(n,): the lowest of the rows that can be reached from each over these pairs."""
    label = np.arange(n)
    while True:
        lower = label.copy()
        np.minimum.at(lower, label[left], label[right])
        np.minimum.at(lower, label[right], label[left])
        # Who is reached over many pairs is not walked to one by one.
        while not np.array_equal(nearer := lower[lower], lower):
            lower = nearer
        if np.array_equal(lower, label):
            return label
        label = lower


class _Groups:
    """Groups of records, and between any two of them the sum and number of the probabilities asked."""

    def __init__(self, parent, left, right, probability, source):
        self.parent = parent
        # The lists of each group, a bit each.
        self.lists = None if source is None else [1 << name for name in source.tolist()]
        self.between = {}
        for one, other, p in zip(left.tolist(), right.tolist(), probability.tolist(), strict=True):
            self.between.setdefault(one, {})[other] = self.between.setdefault(other, {})[one] = (p, 1)

    def join(self, one, other, cut):
        one, other = _root(self.parent, one), _root(self.parent, other)
        if one == other or (self.lists and self.lists[one] & self.lists[other]):
            return
        total, count = self.between[one][other]
        if total < cut * count:
            return
        if len(self.between[one]) < len(self.between[other]):
            one, other = other, one
        self.parent[other] = one
        if self.lists:
            self.lists[one] |= self.lists[other]
        self._take_over(one, other)

    def _take_over(self, one, other):
        kept = self.between[one]
        del kept[other]
        for third, (total, count) in self.between.pop(other).items():
            if third == one:
                continue
            more, many = kept.get(third, (0.0, 0))
            kept[third] = self.between[third][one] = (total + more, count + many)
            del self.between[third][other]


def _joint_scores(table, label, grown, low, high, which, score, model, commonness):
    """The odds' logarithm of two clusters being one person, (couples,): of two single records, that of their pair.

    Of clusters that have not `grown` (n,) since, the pairs already carry it.
    """
    joint = np.full(len(low), -np.inf)
    np.maximum.at(joint, which, score)
    several = np.flatnonzero(grown[low] | grown[high])
    if not len(several):
        return joint
    members = _Members(label)
    one, other, couple = members.crossed(low[several], high[several])
    levels = compare.levels(table, one, other, commonness=commonness)
    stratum = model.strata(levels)
    prior = np.full(len(several), -np.inf)
    np.maximum.at(prior, couple, model.prior[stratum])
    closest = np.zeros(len(several), np.int64)
    best = model.prior[stratum] == prior[couple]
    closest[couple[best]] = stratum[best]
    total = prior
    for name, level in levels.items():
        weight = np.where(level > 0, model.weights[name][closest[couple], level], -np.inf)
        strongest = np.full(len(several), -np.inf)
        np.maximum.at(strongest, couple, weight)
        total = total + np.where(np.isfinite(strongest), strongest, 0)
    joint[several] = total - PENALTY * np.log(np.bincount(couple, minlength=len(several)))
    return joint


class _Members:
    """The records of each cluster."""

    def __init__(self, label):
        self.order = np.argsort(label, kind="stable")
        self.start = np.searchsorted(label[self.order], np.arange(len(label) + 1))

    def crossed(self, low, high):
        """Every record of one cluster with every one of the other: (q,) rows, (q,) rows, (q,) number of the couple."""
        ours, theirs = self._size(low), self._size(high)
        pairs = ours * theirs
        couple = np.repeat(np.arange(len(low)), pairs)
        place = np.arange(len(couple)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
        i, j = place // theirs[couple], place % theirs[couple]
        return self.order[self.start[low][couple] + i], self.order[self.start[high][couple] + j], couple

    def _size(self, cluster):
        return np.minimum(self.start[cluster + 1] - self.start[cluster], MEMBERS)


def _mutually_best(low, high, joint, n):
    best = np.full(n, -np.inf)
    np.maximum.at(best, low, joint)
    np.maximum.at(best, high, joint)
    return (joint >= best[low]) & (joint >= best[high])


def _joined(label, low, high):
    """Labels after joining, each cluster with one other at most: of equally good partners the first."""
    target, taken = np.arange(len(label)), set()
    for one, other in zip(low.tolist(), high.tolist(), strict=True):
        if one not in taken and other not in taken:
            target[other] = one
            taken.update((one, other))
    return target[label]


def _root(target, label):
    while target[label] != label:
        label = target[label]
    return label


def _on_one_list(label, source, low, high):
    """Whether joining would put two records of one list into one person."""
    lists = int(source.max(initial=0)) + 1
    has = np.zeros((len(label), lists), bool)
    has[label, source] = True
    return (has[low] & has[high]).any(1)
