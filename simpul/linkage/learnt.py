"""What the machine has learned once, and needs for one record at a time: weights, priors, how rare words are.

One record and whoever was found near it are a small list of their own: the likeliest are compared with each other too,
and the trees of `judge` see the same of it as of a whole list, as far as it reaches. That is less than a whole list
tells, so what is said of their odds follows a curve that was measured on registers nobody had learned from.

The weights come from made-up registers (`python -m bench.linkage.learn`). How rare a word is follows from the encodings
of the installation itself, and nothing else of them is kept beside the index.
"""

from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from simpul.linkage.matching import cluster, compare, context, encode, index, judge, learning, score

FILE = "learnt.npz"
SPOKEN = ("word", "alias", "father", "mother")
# Before anything is counted a word holds eight bits of surprise, and stays near that until some hundreds are counted.
AT_FIRST = 512
SEEN_AT_FIRST = 2
# So many of the likeliest others are compared with each other.
CLOSEST = 12
AS_IT_IS = ((-60.0, 60.0), (-60.0, 60.0))
# Among fewer records than this, nobody is likelier for there being few: the others are not recorded yet.
FEWEST = 1_000


@dataclass(frozen=True)
class Learnt:
    """The model of encodings, whose odds before anything is compared are those among `n` records.

    `curve` (2, k): odds' logarithms as they come out, rising, and what is said instead; straight lines between.
    """

    model: score.Model
    n: int
    version: str
    curve: tuple = AS_IT_IS

    def beside(self, row, rows, rarity, *, among):
        """((n,) probabilities, {field: (n,) int16} levels) of one encoding beside those found near it, (n, WIDTH).

        The more records they were found `among`, the less likely is each.
        """
        every = np.concatenate([row[None], rows])
        table, common = encode.table_of(every), _common(every, rarity)
        prior = self.model.prior + np.log(self.n / max(among, FEWEST))
        near = _Neighbourhood(table, common, replace(self.model, prior=prior))
        return score.probability(np.interp(near.odds(), *self.curve)), near.levels


class _Neighbourhood:
    """One record, the first of a table, beside all others of it, and the likeliest of these beside each other."""

    def __init__(self, table, common, model):
        self.table, self.common, self.model = table, common, model
        self.levels = self._compared(np.zeros(table.n - 1, np.int64), np.arange(1, table.n))
        self.score = model.score(self.levels)

    def odds(self):
        """The odds' logarithm of each other record, (n,): by the trees where it is worth asking them."""
        asked = np.flatnonzero(self.score > context.LEAST)
        if not asked.size:
            return self.score
        odds = self.score.copy()
        first = {name: level[asked] for name, level in self.levels.items()}
        left, right, more = self._among_each_other(asked)
        left, right = np.r_[np.zeros(asked.size, np.int64), left], np.r_[asked + 1, right]
        levels = {name: np.r_[level, more[name]] for name, level in first.items()}
        persons = cluster.together(self.table, left, right, levels, self.model, commonness=self.common)
        seen = context.features(self.table, left, right, levels, self.model, persons)[: asked.size]
        odds[asked] = judge.odds(seen) + context.beside(first, self.model)
        return odds

    def _among_each_other(self, asked):
        """(left, right, levels) of the pairs of the likeliest others of which something may come."""
        closest = np.sort(asked[np.argsort(-self.score[asked], kind="stable")][:CLOSEST]) + 1
        one, other = np.triu_indices(closest.size, 1)
        left, right = closest[one], closest[other]
        levels = self._compared(left, right)
        kept = np.flatnonzero(self.model.score(levels) > context.LEAST)
        return left[kept], right[kept], {name: level[kept] for name, level in levels.items()}

    def _compared(self, left, right):
        return compare.levels(self.table, left, right, commonness=self.common)


@dataclass(frozen=True)
class Rarity:
    """How many of `n` records bear which word: tags (w,) rising, counts (w,)."""

    tags: np.ndarray
    counts: np.ndarray
    n: int

    @classmethod
    def nothing(cls):
        return cls(np.zeros(0, np.uint64), np.zeros(0, np.int64), 0)

    @classmethod
    def of(cls, blocks):
        """Counted from blocks of rows (n, WIDTH)."""
        tags, counts, n = np.zeros(0, np.uint64), np.zeros(0, np.int64), 0
        for rows in blocks:
            found, many = np.unique(_spoken(rows), return_counts=True)
            every, place = np.unique(np.r_[tags, found], return_inverse=True)
            counts = np.bincount(place, weights=np.r_[counts, many], minlength=len(every)).astype(np.int64)
            tags, n = every, n + len(rows)
        return cls(tags[tags != 0], counts[tags != 0], n)

    def surprise(self, rows):
        """Bits of surprise of each word of a table of rows, in the order in which `encode.table_of` numbers them."""
        words = np.unique(np.r_[np.uint64(0), _spoken(rows).ravel()])
        counted = np.zeros(len(words))
        if len(self.tags):
            at = np.minimum(np.searchsorted(self.tags, words), len(self.tags) - 1)
            counted = np.where(self.tags[at] == words, self.counts[at], 0)
        bits = -np.log2((counted + SEEN_AT_FIRST) / (self.n + AT_FIRST))
        bits[0] = 0
        return bits.astype(np.float32)


def _common(rows, rarity):
    nothing = np.zeros(2, np.float32)
    return compare.Commonness(rarity.surprise(rows), nothing, nothing)


def learn(rows, *, version):
    """The `Learnt` of a made-up register, as encodings (n, WIDTH)."""
    table = encode.table_of(rows)
    left, right = index.candidates(table)
    model = learning.learn(table, left, right, compare.levels(table, left, right))
    return Learnt(model, len(rows), version)


def save(made, path):
    weights = {f"weights {name}": array.astype(np.float32) for name, array in made.model.weights.items()}
    np.savez_compressed(
        path, prior=made.model.prior, n=made.n, version=made.version, curve=made.curve, **weights
    )  # fmt: skip


@cache
def shipped():
    """What comes with the program."""
    with resources.files(__package__).joinpath(FILE).open("rb") as file, np.load(file, allow_pickle=False) as held:
        weights = {name.removeprefix("weights "): held[name] for name in held.files if name.startswith("weights ")}
        model = score.Model(weights, held["prior"], {}, {}, is_blind=True)
        made = Learnt(model, int(held["n"]), str(held["version"]), held["curve"])
    if {name: array.shape[1] for name, array in weights.items()} != dict(compare.FIELDS):
        raise ValueError(f"{FILE} was learned with other levels. Run python -m bench.linkage.learn.")
    return made


def _spoken(rows):
    return np.concatenate([rows[:, encode.SLOTS[name]] for name in SPOKEN], axis=1)
