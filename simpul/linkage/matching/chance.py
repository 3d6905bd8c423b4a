"""What two persons have in common by chance: u of the model, counted from pairs that are drawn.

Of a million records there are half a billion pairs of neighbours and as many of relatives; so pairs are drawn, and each
stands for as many as it was drawn from. Below a certain number all are taken.
"""

from dataclasses import dataclass

import numpy as np

from simpul.linkage.matching import compare
from simpul.linkage.matching.compare import FIELDS
from simpul.linkage.matching.index import crossed, pairs_sharing
from simpul.linkage.matching.score import (
    ANYWHERE,
    ELSEWHERE,
    IN_STRATUM,
    OF_STRATA,
    SAME_PARENT,
    SAME_PHONE,
    SAME_REGENCY,
    SAME_VILLAGE,
    STRATA,
    probability,
    strata,
)

# How many pairs are drawn: at random, of those whose names share a word, of those in one village.
RANDOM, SHARING, NEIGHBOURS = 300_000, 60_000, 40_000
# Of the random pairs, those whose names are compared: what costs most is looked at in fewer.
NAMED = 60_000
# Pairs that share a parent or a telephone are all taken while they are no more than these; of more, some are drawn.
RELATED, RELATED_DRAWN = 500_000, 100_000
# What more records than these share is no parent and no telephone of one family.
FAMILY = 200
# Weight of the shape that u has before anything is seen, in pairs.
PRIOR_U = 40.0
# How many of those who share a parent were born on one day.
TWINS = 0.01
# Half a pair drawn at random, or less where pairs are drawn that agree.
FLOOR = {"name": 0.02}
_CHEAP = ("identity", "number", "village", "regency", "place", "postcode", "passport", "phone")


class Chance:
    """u of each stratum, from drawn pairs. `u[field]` is (strata, levels); `universe` (strata,) counts pairs."""

    def __init__(self, table, source, seed):
        rng = np.random.default_rng(seed)
        self.table, self.source, self.is_blind = table, source, table.blind is not None
        self.common = compare.Commonness.of(table)
        heard = table.words.sound[np.concatenate([table.own, table.aliases], axis=1)]
        anywhere = (ANYWHERE, ELSEWHERE, SAME_REGENCY)
        drawn = random_pairs(table.n, source, rng)
        self.random = self._sample(*drawn, anywhere, fields=_CHEAP)
        self.neighbours = self._sample(*pairs_within(_villages(table), NEIGHBOURS, source, rng), (SAME_VILLAGE,))
        parents = self._sample(*related(_parents(table), source, rng), (SAME_PARENT,), fields=OF_STRATA)
        phones = self._sample(*related(table.phone[:, None], source, rng), (SAME_PHONE,), fields=OF_STRATA)
        few = tuple(part[:NAMED] for part in drawn)
        self.named = self._sample(*few[:2], few[2] * (len(drawn[0]) / max(1, len(few[0]))), anywhere)
        self.sharing = self._sample(*pairs_within(heard, SHARING, source, rng), anywhere)
        self.universe = 1 + sum(each.sizes() for each in (self.random, self.neighbours, parents, phones))
        self.apart = _shared(heard, self.named.left, self.named.right) == 0
        self.at_random = {}
        self.u = {}
        self.without_matches(None)

    def _sample(self, left, right, weight, wanted, *, fields=None):
        levels = compare.levels(self.table, left, right, commonness=self.common, fields=fields)
        stratum = strata(levels, is_blind=self.is_blind)
        keep = np.isin(stratum, wanted)
        return Sample(left[keep], right[keep], weight[keep], stratum[keep], {k: v[keep] for k, v in levels.items()})

    def without_matches(self, model):
        """u once more. Among neighbours many drawn pairs are one person: each is counted for as much as the other
        fields say that it is two. Families are too few to learn from: they are neighbours who share a parent or a
        telephone."""
        score = model.score(self.neighbours.levels) if model else None
        drawn = np.bincount(self.random.stratum, minlength=STRATA)[:SAME_VILLAGE, None]
        for name, width in FIELDS.items():
            if name in IN_STRATUM and name in self.u:
                continue
            if name == "place":
                self.u[name] = self._places(model, width)
                continue
            counts = self._at_random(name, width)
            anywhere = counts[:SAME_VILLAGE].sum(0) / counts[:SAME_VILLAGE].sum()
            own = np.zeros((STRATA, width))
            own[:SAME_VILLAGE] = counts[:SAME_VILLAGE] / self.universe[:SAME_VILLAGE, None] * drawn
            if model:
                own += self.neighbours.counts(name, width, self.neighbours.apart_by_others(model, score, name))
            u = own + anywhere * PRIOR_U
            u /= u.sum(1, keepdims=True)
            self.u[name] = self._in_families(name, u, model)

    def _with_near_years(self, counts):
        """Encodings tell how near two years are only to who shares a word of the name: there it is counted."""
        sharing = self.sharing.counts("identity", FIELDS["identity"], self.sharing.weight).sum(0)
        for nik in range(FIELDS["identity"] // 20):
            for years in (np.arange(1, 6), np.arange(11, 16)):
                place = nik * 20 + years
                share = sharing[place] + 1e-6 * self.sharing.weight.sum()
                counts[:, place] = counts[:, place].sum(1, keepdims=True) * share / share.sum()
        return counts

    def _places(self, model, width):
        """How often two persons who share a word of the name share the place: names run in places."""
        sharing = self.sharing
        weight = sharing.weight
        if model and self.is_blind:
            weight = weight * sharing.apart_by_others(model, model.score(sharing.levels), "place")
        counts = sharing.counts("place", width, weight).sum(0) + 1e-3 * (sharing.weight.sum() or 1.0)
        return np.broadcast_to(counts / counts.sum(), (STRATA, width)).copy()

    def _in_families(self, name, u, model):
        u[SAME_PARENT] = u[SAME_PHONE] = u[ANYWHERE if self.is_blind else SAME_VILLAGE]
        if not model:
            return u
        if name in ("father", "mother"):
            for stratum, share in ((SAME_PARENT, 0.8), (SAME_PHONE, 0.5)):
                u[stratum] = (1 - share) * u[stratum] + share * model.m[name]
        if name == "identity":
            # Twins have other NIK, which differ in the last figures alone where both are of one sex.
            same = np.isin(np.arange(FIELDS[name]), [nik * 20 + compare.DATE_SAME for nik in range(3)])
            for stratum in (SAME_PARENT, SAME_PHONE):
                u[stratum] = (1 - TWINS) * u[stratum]
                u[stratum, same] += TWINS / 3
        return u

    def _at_random(self, name, width):
        random = self.random if name in _CHEAP else self.named
        if name not in self.at_random:
            if name == "name" and len(self.sharing.left):
                counts = random.counts(name, width, random.weight * self.apart)
                counts += self.sharing.counts(name, width, self.sharing.weight)
            else:
                counts = random.counts(name, width, random.weight)
            if name == "identity" and self.is_blind:
                counts = self._with_near_years(counts)
            # What was never drawn may still be: half a pair for each level.
            self.at_random[name] = counts + FLOOR.get(name, 0.5) * (random.weight[0] if len(random.weight) else 1.0)
        return self.at_random[name]


@dataclass
class Sample:
    """Drawn pairs of rows, how many pairs each stands for (`weight`), and what the two have in common; (p,) each."""

    left: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    stratum: np.ndarray
    levels: dict

    def sizes(self):
        """How many pairs there are in each stratum, (strata,)."""
        return np.bincount(self.stratum, weights=self.weight, minlength=STRATA)

    def apart_by_others(self, model, score, name):
        """How likely each pair is of two persons, by all fields but one."""
        return 1 - probability(score - model.weights[name][self.stratum, self.levels[name]])

    def counts(self, name, width, weight):
        """How often each level of a field is met in each stratum, (strata, width); each pair counts as `weight`."""
        place = self.stratum.astype(np.int64) * width + self.levels[name]
        return np.bincount(place, weights=weight, minlength=STRATA * width).reshape(STRATA, width)


def _villages(table):
    return table.village[:, None] if table.blind is None else table.blind.village


def _parents(table):
    """What two who share a parent share, (n, k): village and a word of the parent's name."""
    if table.blind is not None:
        return table.blind.village
    sound, place = table.words.sound, table.village[:, None]
    mothers = sound[table.mother]
    mothers = np.where(mothers != 0, mothers + 2**30, 0)
    return np.concatenate([crossed(sound[table.father], place), crossed(mothers, place)], axis=1)


# --- drawing pairs


def universe(n, source):
    """How many pairs there are of `n` records, or between the lists that `source` (n,) tells."""
    if source is None:
        return n * (n - 1) / 2
    counts = np.bincount(source).astype(np.float64)
    return float((n * n - (counts**2).sum()) / 2)


def random_pairs(n, source, rng):
    """Pairs (left, right) drawn from all, and how many pairs each stands for."""
    drawn = RANDOM if n > 1 else 0
    one, other = rng.integers(0, max(1, n), drawn), rng.integers(0, max(1, n), drawn)
    keep = one != other if source is None else source[one] != source[other]
    one, other = one[keep], other[keep]
    return one, other, np.full(len(one), universe(n, source) / max(1, len(one)))


def related(values, source, rng):
    """Pairs (left, right) that share one of `values` (n, k) with `FAMILY` at most, and how many each stands for."""
    values = _of_few(values)
    _rows, _starts, sizes = _groups(values)
    if (sizes * (sizes - 1.0) / 2).sum() > RELATED:
        return pairs_within(values, RELATED_DRAWN, source, rng)
    pairs = pairs_sharing(values, FAMILY, source=source)
    return pairs >> 32, pairs & 0xFFFFFFFF, np.ones(len(pairs))


def pairs_within(values, wanted, source, rng):
    """Pairs (left, right) drawn from those that share one of `values` (n, k), and how many pairs each stands for."""
    rows, starts, sizes = _groups(values)
    pairs = sizes * (sizes - 1.0) / 2
    if not pairs.sum():
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, np.zeros(0)
    drawn = rng.choice(len(sizes), wanted, p=pairs / pairs.sum())
    size = sizes[drawn]
    first = (rng.random(wanted) * size).astype(np.int64)
    second = (rng.random(wanted) * (size - 1)).astype(np.int64)
    second += second >= first
    left, right = rows[starts[drawn] + first], rows[starts[drawn] + second]
    keep = left != right if source is None else source[left] != source[right]
    left, right = left[keep], right[keep]
    return left, right, pairs.sum() / wanted / np.maximum(_shared(values, left, right), 1)


def _groups(values):
    """(rows, starts, sizes): the rows that share a value stand side by side, from `starts`; 0 is no value."""
    cells = np.flatnonzero(values)
    shared = values.ravel()[cells]
    order = np.argsort(shared, kind="stable")
    shared, rows = shared[order], cells[order] // values.shape[1]
    starts = np.flatnonzero(np.r_[True, shared[1:] != shared[:-1]][: len(shared)])
    return rows, starts, np.diff(np.r_[starts, len(shared)])


def _of_few(values):
    """The values that no more than `FAMILY` have; 0 for the others."""
    _distinct, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.where(counts[which.reshape(values.shape)] > FAMILY, 0, values)


def _shared(values, left, right):
    one, other = values[left][:, :, None], values[right][:, None, :]
    return ((one == other) & (one != 0)).any(2).sum(1)
