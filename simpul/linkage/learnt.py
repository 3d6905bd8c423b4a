"""What the machine has learned once, and needs for one record at a time: weights, priors, how rare words are.

The weights come from made-up registers (`python -m bench.linkage.learn`). How rare a word is follows from the encodings
of the installation itself, and nothing else of them is kept beside the index.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from simpul.linkage.matching import compare, encode, index, score

FILE = "learnt.npz"
SPOKEN = ("word", "alias", "father", "mother")
# Before anything is counted a word holds eight bits of surprise, and stays near that until some hundreds are counted.
AT_FIRST = 512
SEEN_AT_FIRST = 2


@dataclass(frozen=True)
class Learnt:
    """The model of encodings, whose odds before anything is compared are those among `n` records."""

    model: score.Model
    n: int
    version: str

    def probabilities(self, levels, n):
        """(p,) for pairs of one record with some of `n`: the more there are, the less likely is each."""
        return score.probability(self.model.score(levels) + np.log(self.n / max(n, 1)))


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


def levels_of(row, rows, rarity):
    """{field: (n,) int16} of one encoding beside others (n, WIDTH)."""
    every = np.concatenate([row[None], rows])
    nothing = np.zeros(2, np.float32)
    common = compare.Commonness(rarity.surprise(every), nothing, nothing)
    right = np.arange(1, len(every))
    return compare.levels(encode.table_of(every), np.zeros(len(rows), np.int64), right, commonness=common)


def learn(rows, *, version):
    """The `Learnt` of a made-up register, as encodings (n, WIDTH)."""
    table = encode.table_of(rows)
    left, right = index.candidates(table)
    model = score.learn(table, left, right, compare.levels(table, left, right))
    return Learnt(model, len(rows), version)


def save(made, path):
    weights = {f"weights {name}": array.astype(np.float32) for name, array in made.model.weights.items()}
    np.savez_compressed(path, prior=made.model.prior, n=made.n, version=made.version, **weights)


@cache
def shipped():
    """What comes with the program."""
    with resources.files(__package__).joinpath(FILE).open("rb") as file, np.load(file, allow_pickle=False) as held:
        weights = {name.removeprefix("weights "): held[name] for name in held.files if name.startswith("weights ")}
        model = score.Model(weights, held["prior"], {}, {}, is_blind=True)
        made = Learnt(model, int(held["n"]), str(held["version"]))
    if {name: array.shape[1] for name, array in weights.items()} != dict(compare.FIELDS):
        raise ValueError(f"{FILE} was learned with other levels. Run python -m bench.linkage.learn.")
    return made


def _spoken(rows):
    return np.concatenate([rows[:, encode.SLOTS[name]] for name in SPOKEN], axis=1)
