"""How likely two records are of one person: the model of Fellegi and Sunter (1969), learned from the lists themselves.

m, how often a level is met between records of one person, is learned by expectation-maximisation. u, how often between
different persons, comes from pairs drawn at random and never from the candidates, where everything agrees on something.

Fields are not independent of where people live and whom they live with: names run in villages, fathers and telephones
in families. So pairs are told apart by their `stratum`: where the two live, whether they share a parent or a telephone.
Each stratum has its own prior, the share of its pairs that are one person, and its own u.
"""

from dataclasses import dataclass

import numpy as np

from simpul.linkage.matching import compare
from simpul.linkage.matching.compare import FIELDS
from simpul.linkage.matching.index import crossed, pairs_sharing

ANYWHERE, ELSEWHERE, SAME_REGENCY, SAME_VILLAGE, SAME_PARENT, SAME_PHONE = range(6)
STRATA = 6
# How many pairs are drawn: at random, of those whose names share a word, of those in one village.
RANDOM, SHARING, NEIGHBOURS = 300_000, 60_000, 40_000
# Of the random pairs, those whose names are compared: what costs most is looked at in fewer.
NAMED = 60_000
ROUNDS, STILL = 60, 1e-6
# Pairs below these odds' logarithm after some rounds teach nothing more.
HOPELESS = -10.0
# Weight of the shape that m and u have before anything is seen, in pairs.
PRIOR_M, PRIOR_U = 4.0, 40.0
# How many of those who share a parent were born on one day.
TWINS = 0.01
# Half a pair drawn at random, or less where pairs are drawn that agree.
FLOOR = {"name": 0.02}


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
        total = self.prior[stratum]
        for name, level in levels.items():
            total = total + self.weights[name][stratum, level]
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


_CHEAP = ("identity", "number", "village", "regency", "place", "postcode", "passport", "phone")
# What makes a stratum is said by its prior, and weighs nothing beside it.
_IN_STRATUM = ("village", "regency", "phone")


def learn(table, left, right, levels, *, source=None, seed=1):
    """The `Model` of these candidates."""
    chance = _Chance(table, source, seed)
    stratum = strata(levels, is_blind=table.blind is not None)
    p = np.where(_surely(levels), 0.95, 0.001)
    for number in range(ROUNDS):
        model = _maximised(levels, stratum, p, chance)
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


def _maximised(levels, stratum, p, chance):
    weights, chance_m = {}, {}
    for name, level in levels.items():
        counts = np.bincount(level, weights=p, minlength=FIELDS[name])
        weights[name], chance_m[name] = _weights(name, counts, chance.u[name], chance.is_blind)
    matches = np.bincount(stratum, weights=p, minlength=STRATA) + 0.5
    universe = np.maximum(chance.universe, matches * 1.05)
    return Model(weights, np.log(matches / (universe - matches)), chance_m, chance.u, chance.is_blind)


def _weights(name, counts, u, is_blind):
    weights, m = np.zeros(u.shape), np.zeros(FIELDS[name])
    if name in _IN_STRATUM or (name == "place" and not is_blind):
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


class _Chance:
    """u of each stratum, from drawn pairs. `u[field]` is (strata, levels); `universe` (strata,) counts pairs."""

    def __init__(self, table, source, seed):
        rng = np.random.default_rng(seed)
        self.table, self.source, self.is_blind = table, source, table.blind is not None
        self.common = compare.Commonness.of(table)
        self.everyone = universe(table.n, source)
        heard = table.words.sound[np.concatenate([table.own, table.aliases], axis=1)]
        random = _random_pairs(table.n, source, rng)
        anywhere = (ANYWHERE, ELSEWHERE, SAME_REGENCY)
        self.samples = [
            self._sample(*random, anywhere, fields=_CHEAP),
            self._sample(*_pairs_within(_villages(table), NEIGHBOURS, source, rng), (SAME_VILLAGE,)),
            self._sample(*self._of_one_parent(), (SAME_PARENT,)),
            self._sample(*_all_pairs(table.phone[:, None], source), (SAME_PHONE,)),
        ]
        few = tuple(part[:NAMED] for part in random)
        self.named = self._sample(*few[:2], few[2] * (len(random[0]) / max(1, len(few[0]))), anywhere)
        self.sharing = self._sample(*_pairs_within(heard, SHARING, source, rng), anywhere)
        self.universe = 1 + sum(np.bincount(s.stratum, weights=s.weight, minlength=STRATA) for s in self.samples)
        self.apart = _shared(heard, self.named.left, self.named.right) == 0
        self.drawn = sum(np.bincount(s.stratum, minlength=STRATA) for s in self.samples)
        self.random = {}
        self.u = {}
        self.without_matches(None)

    def _sample(self, left, right, weight, wanted, *, fields=None):
        levels = compare.levels(self.table, left, right, commonness=self.common, fields=fields)
        stratum = strata(levels, is_blind=self.is_blind)
        keep = np.isin(stratum, wanted)
        return _Sample(left[keep], right[keep], weight[keep], stratum[keep], {k: v[keep] for k, v in levels.items()})

    def _of_one_parent(self):
        if self.table.blind is not None:
            return _all_pairs(self.table.blind.village, self.source)
        sound = self.table.words.sound
        place = self.table.village[:, None]
        keys = np.concatenate(
            [crossed(sound[self.table.father], place), crossed(_as_mothers(sound[self.table.mother]), place)], axis=1
        )
        return _all_pairs(keys, self.source)

    def without_matches(self, model):
        """u once more. Among neighbours many drawn pairs are one person: each is counted for as much as the other
        fields say that it is two. Families are too few to learn from: they are neighbours who share a parent or a
        telephone."""
        neighbours = self.samples[1]
        score = model.score(neighbours.levels) if model else None
        for name, width in FIELDS.items():
            if name in _IN_STRATUM and name in self.u:
                continue
            if name == "place":
                self.u[name] = self._places(model, width)
                continue
            counts = self._at_random(name, width)
            anywhere = counts[:SAME_VILLAGE].sum(0) / counts[:SAME_VILLAGE].sum()
            own = np.zeros((STRATA, width))
            own[:SAME_VILLAGE] = (
                counts[:SAME_VILLAGE] / self.universe[:SAME_VILLAGE, None] * self.drawn[:SAME_VILLAGE, None]
            )
            if model:
                own += neighbours.counts(name, width, neighbours.apart_by_others(model, score, name))
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
        random = self.samples[0] if name in _CHEAP else self.named
        if name not in self.random:
            if name == "name" and len(self.sharing.left):
                counts = random.counts(name, width, random.weight * self.apart)
                counts += self.sharing.counts(name, width, self.sharing.weight)
            else:
                counts = random.counts(name, width, random.weight)
            if name == "identity" and self.is_blind:
                counts = self._with_near_years(counts)
            # What was never drawn may still be: half a pair for each level.
            self.random[name] = counts + FLOOR.get(name, 0.5) * (random.weight[0] if len(random.weight) else 1.0)
        return self.random[name]


@dataclass
class _Sample:
    left: np.ndarray
    right: np.ndarray
    weight: np.ndarray
    stratum: np.ndarray
    levels: dict

    def apart_by_others(self, model, score, name):
        """How likely each pair is of two persons, by all fields but one."""
        return 1 - probability(score - model.weights[name][self.stratum, self.levels[name]])

    def counts(self, name, width, weight):
        place = self.stratum.astype(np.int64) * width + self.levels[name]
        return np.bincount(place, weights=weight, minlength=STRATA * width).reshape(STRATA, width)


def _as_mothers(words):
    return np.where(words != 0, words + 2**30, 0)


def _villages(table):
    return table.village[:, None] if table.blind is None else table.blind.village


def _random_pairs(n, source, rng):
    drawn = RANDOM if n > 1 else 0
    one, other = rng.integers(0, max(1, n), drawn), rng.integers(0, max(1, n), drawn)
    keep = one != other if source is None else source[one] != source[other]
    one, other = one[keep], other[keep]
    return one, other, np.full(len(one), universe(n, source) / max(1, len(one)))


def _all_pairs(values, source):
    pairs = pairs_sharing(values, 200, source=source)
    return pairs >> 32, pairs & 0xFFFFFFFF, np.ones(len(pairs))


def _pairs_within(values, wanted, source, rng):
    """Pairs (left, right) drawn from those that share one of `values` (n, k), and how many pairs each stands for."""
    rows = np.broadcast_to(np.arange(len(values))[:, None], values.shape)[values != 0]
    shared = values[values != 0]
    order = np.lexsort((rows, shared))
    shared, rows = shared[order], rows[order]
    starts = np.flatnonzero(np.r_[True, shared[1:] != shared[:-1]][: len(shared)])
    sizes = np.diff(np.r_[starts, len(shared)]).astype(np.float64)
    pairs = sizes * (sizes - 1) / 2
    if not pairs.sum():
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, np.zeros(0)
    drawn = rng.choice(len(sizes), wanted, p=pairs / pairs.sum())
    size = sizes[drawn].astype(np.int64)
    first = (rng.random(wanted) * size).astype(np.int64)
    second = (rng.random(wanted) * (size - 1)).astype(np.int64)
    second += second >= first
    left, right = rows[starts[drawn] + first], rows[starts[drawn] + second]
    keep = left != right if source is None else source[left] != source[right]
    left, right = left[keep], right[keep]
    return left, right, pairs.sum() / wanted / np.maximum(_shared(values, left, right), 1)


def _shared(values, left, right):
    one, other = values[left][:, :, None], values[right][:, None, :]
    return ((one == other) & (one != 0)).any(2).sum(1)


def universe(n, source):
    if source is None:
        return n * (n - 1) / 2
    counts = np.bincount(source).astype(np.float64)
    return float((n * n - (counts**2).sum()) / 2)


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
