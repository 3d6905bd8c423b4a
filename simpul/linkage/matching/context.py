"""What the other records say of a pair: rivals, common acquaintances, how much is known of the two.

The weights of a pair know nothing of the rest. Whether somebody else is a far better match, whether a third record
resembles both, and whether the two stay together when clusters are compared as wholes, tells as much as a field does.

It is told twice: by the weights first, and once more by what was said of every pair then. Whose rivals have turned out
to be others is likelier than it seemed. The second time names are looked at closer too, for far fewer pairs are left.
"""

import numpy as np

from simpul.linkage.matching import compare
from simpul.linkage.matching.score import probability

# Pairs below these odds' logarithm are not judged again: nothing around them would make one person of them.
LEAST = -7.0
# Pairs less likely than this are nobody's acquaintance.
ACQUAINTED = 0.02
# So many pairs at a time are described.
PART = 100_000
_WEIGHTS = ("name", "father", "mother", "identity", "sex", "place", "passport")
# What few lists of persons hold. The trees never saw it; its weights are added to what they say.
BESIDE = ("number", "postcode", "address")
FEATURES = (
    "score", "prior", "stratum", *_WEIGHTS, *(f"{name} known" for name in _WEIGHTS), "village", "regency", "phone",
    "name kind", "name surprise", "nik kind", "date kind", "rival", "worse rival", "expected", "more expected",
    "acquaintances", "known", "better known", "joint score", "together", "blind",
)  # fmt: skip


# What is told again, by the odds that were said of every pair.
AGAIN = (
    "odds", "rival again", "worse rival again", "others", "more others", "acquaintances again", "strangers",
    "surprise", "left over", "more left over", "written alike", "begin alike", "on this phone", "doubt",
)  # fmt: skip


def features(table, left, right, levels, model, persons):
    """(p, len(FEATURES)) float32 for pairs and the `cluster.Persons` found among them."""
    nothing = np.zeros((0, len(FEATURES)), np.float32)
    return np.concatenate([nothing, *parts(table, left, right, levels, model, persons)])


def parts(table, left, right, levels, model, persons, *, said=None):
    """`features`, some pairs after the other: of millions there is no room for all at once.

    With `said` (p,), the odds' logarithm that was said of each pair, those of `AGAIN` stand behind them.
    """
    again = None if said is None else _Again(table, left, right, said)
    extra = beside(levels, model)
    score = model.score(levels) - extra
    p = probability(score)
    best = _best(left, right, score, table.n)
    expected = np.bincount(left, weights=p, minlength=table.n) + np.bincount(right, weights=p, minlength=table.n)
    shared = acquaintances(left, right, p, table.n)
    known = _known(table)
    for start in range(0, len(left), PART):
        part = slice(start, start + PART)
        one, other = left[part], right[part]
        columns = [
            *_of_the_pair({name: level[part] for name, level in levels.items()}, model, score[part]),
            *_both_ways(best[one] - score[part], best[other] - score[part]),
            *_both_ways(expected[one], expected[other]),
            shared[part], *_both_ways(known[one], known[other]),
            persons.score[part] - extra[part], persons.label[one] == persons.label[other],
            np.full(len(one), model.is_blind), *(again.of(part) if again else ()),
        ]  # fmt: skip
        yield np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


class _Again:
    """What others say of pairs (p,), by the odds that were said of all of them; and their names, looked at closer."""

    def __init__(self, table, left, right, said):
        n = table.n
        self.table, self.rarity = table, compare.Commonness.of(table).sound
        self.phones = np.bincount(table.phone, minlength=1)
        self.phones[0] = 0
        self.left, self.right, self.said, self.p = left, right, said, probability(said)
        # Of all that is said to be one person, how much is not: the same odds say less on a list of the hard kind.
        self.doubt = float((self.p * (1 - self.p)).sum() / max(self.p.sum(), 1.0))
        self.best = _best(left, right, said, n)
        self.sum = np.bincount(left, weights=self.p, minlength=n) + np.bincount(right, weights=self.p, minlength=n)
        self.shared = acquaintances(left, right, self.p, n)

    def of(self, part):
        """The columns of `AGAIN` for some of the pairs."""
        left, right, said, p = self.left[part], self.right[part], self.said[part], self.p[part]
        ours, theirs = self.sum[left] - p, self.sum[right] - p
        yield said
        yield from _both_ways(self.best[left] - said, self.best[right] - said)
        yield from _both_ways(ours, theirs)
        yield self.shared[part]
        # Who is likely to be one of the two, and not the other as well.
        yield ours + theirs - 2 * self.shared[part]
        closer = compare.names_closer(self.table, left, right, self.rarity)
        yield closer.surprise
        yield from _both_ways(closer.left_over, closer.other_left_over)
        yield closer.written
        yield closer.begin_alike
        phone, other = self.table.phone[left], self.table.phone[right]
        yield np.where(phone == other, self.phones[phone], 0)
        yield np.full(len(left), self.doubt)


def _of_the_pair(levels, model, score):
    """What the pair says by itself."""
    stratum = model.strata(levels)
    name = levels["name"]
    kinds = (name >= compare.FIRST_KIND) & (name < compare.WRITTEN_APART)
    kind = np.where(kinds, (name - compare.FIRST_KIND) // compare.BANDS, np.where(name < compare.FIRST_KIND, -1, name))
    band = np.where(kinds, (name - compare.FIRST_KIND) % compare.BANDS, -1)
    return [
        score, model.prior[stratum], stratum,
        *(model.weights[field][stratum, levels[field]] for field in _WEIGHTS),
        *(levels[field] > 0 for field in _WEIGHTS),
        levels["village"], levels["regency"], levels["phone"],
        kind, band, levels["identity"] // 20, levels["identity"] % 20,
    ]  # fmt: skip


def beside(levels, model):
    """The sum of the weights of the fields in `BESIDE`, (p,)."""
    stratum = model.strata(levels)
    return sum(model.weights[name][stratum, levels[name]] for name in BESIDE)


def acquaintances(left, right, p, n):
    """How many other records are likely to be both: the sum over others of p(left, other) p(right, other); (p,)."""
    kept = p > ACQUAINTED
    one, other, weight = np.r_[left[kept], right[kept]], np.r_[right[kept], left[kept]], np.r_[p[kept], p[kept]]
    order = np.lexsort((other, one))
    one, other, weight = one[order], other[order], weight[order]
    start, edges = np.searchsorted(one, np.arange(n + 1)), one * np.int64(n) + other
    shared = np.zeros(len(left))
    for begin in range(0, len(left) if len(edges) else 0, PART):
        part = slice(begin, begin + PART)
        shared[part] = _shared(left[part], right[part], start, edges, other, weight, n)
    return shared


def _shared(left, right, start, edges, other, weight, n):
    """The acquaintances of whoever of the two has fewer, each looked for among those of the other one."""
    many, theirs = start[left + 1] - start[left], start[right + 1] - start[right]
    fewer = np.where(theirs < many, right, left)
    sought, many = left + right - fewer, np.minimum(many, theirs)
    pair = np.repeat(np.arange(len(left)), many)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many) + start[fewer][pair]
    wanted = sought[pair] * np.int64(n) + other[place]
    at = np.minimum(np.searchsorted(edges, wanted), len(edges) - 1)
    found = edges[at] == wanted
    return np.bincount(pair[found], weights=weight[place[found]] * weight[at[found]], minlength=len(left))


def _best(left, right, score, n):
    """The best score of each record, (n,)."""
    best = np.full(n, -np.inf)
    np.maximum.at(best, left, score)
    np.maximum.at(best, right, score)
    return best


def _both_ways(one, other):
    return np.minimum(one, other), np.maximum(one, other)


def _known(table):
    fields = (table.nik, table.dates[:, 0, 1], table.phone, table.village, table.father[:, 0])
    return sum((column > 0).astype(np.int8) for column in fields)
