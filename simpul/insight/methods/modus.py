"""Modus: new wording in short Indonesian texts, noticed as it begins to gather.

A method of recruiting changes its words before it has a name: another country, another job, another app. Three
questions, each usable alone:

* `Novelty`: how unlike everything told before is this text? TF-IDF of words and of their letters (Salton and Buckley,
  Inf. Process. Manag. 24:513, 1988); the novelty is 1 less the cosine to the nearest text of the past.
* `gathering`: do several new texts of a short while resemble each other? A cluster of them is a method, a single
  unusual text is only an unusual text.
* `bursts`: does a word or a sign come more often than it used to? Kleinberg's automaton of two states (Data Min. Knowl.
  Discov. 7:373, 2003): being in the burst has a rate of `scaling` times the usual, and entering it a cost.

Texts are short, misspelt and abbreviated, so letters count beside words. Nothing leaves this module but places of
texts and the words that make a group different; whoever may not read a text may not read its words.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simpul.insight.methods.refusal import Refused

Vector = dict[str, float]

# Of letters, so many together: enough to see a stem through its prefixes (men-, di-, -kan).
LETTERS = 4
# Weight of the letters beside the words.
SHARE_OF_LETTERS = 0.5
LEAST_PAST = 20

_WORD = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"(\w)\1{2,}")
# Numbers, addresses and amounts are told of by kind: the number itself is a person's.
_KINDS = (
    (re.compile(r"https?://\S+|www\.\S+"), " tautan "),
    (re.compile(r"(?<!\w)@\w+"), " akun "),
    (re.compile(r"(?<!\d)(\+?62|0)8[\d\s.-]{7,14}"), " nomortelepon "),
    (re.compile(r"\b(rp\.?|rm)\s?\d[\d.,]*(\s?(jt|juta|rb|ribu))?|\b\d[\d.,]*\s?(jt|juta|rb|ribu)\b"), " jumlahuang "),
)
# What stands in any text and tells nothing of its subject.
_EVERYDAY = frozenset((
    "yang", "dan", "di", "ke", "dari", "dengan", "untuk", "pada", "adalah", "itu", "ini", "saya", "aku", "kami",
    "kita", "dia", "ia", "mereka", "anda", "kamu", "nya", "juga", "sudah", "telah", "akan", "tidak", "tak", "bukan",
    "ada", "oleh", "sebagai", "karena", "kalau", "jika", "bila", "agar", "supaya", "atau", "tapi", "tetapi",
    "namun", "lalu", "kemudian", "saat", "waktu", "ketika", "sampai", "hingga", "lagi", "masih", "hanya", "sangat",
    "dalam", "atas", "bawah", "seorang", "orang", "yg", "dgn", "utk", "tdk", "gak", "ga", "nggak", "sdh", "udah",
    "krn", "kl", "klo", "tp", "jg", "dr", "pd", "lg", "aja", "saja", "pun", "lah", "kah", "sih", "kok", "dong",
    "ya", "iya", "bapak", "ibu", "pak", "bu", "mas", "mbak", "kak",
))  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words of a text that say something, in small letters; numbers, links and sums of money only by their kind."""
    text = text.lower()
    for pattern, kind in _KINDS:
        text = pattern.sub(kind, text)
    text = _REPEATED.sub(r"\1", text)
    return [word for word in _WORD.findall(text) if len(word) > 1 and word not in _EVERYDAY]


def features_of(text: str) -> Counter[str]:
    """Words, and runs of letters inside them, marked "#"."""
    found: Counter[str] = Counter()
    for word in words_of(text):
        found[word] += 1
        bounded = f"_{word}_"
        for start in range(max(1, len(bounded) - LETTERS + 1)):
            found["#" + bounded[start : start + LETTERS]] += 1
    return found


class Weights:
    """How much each feature weighs: the rarer among the texts of the past, the more; new words weigh most."""

    def __init__(self, past: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        self.texts = 0
        for text in past:
            counts.update(features_of(text).keys())
            self.texts += 1
        self._counts = counts

    def of(self, feature: str) -> float:
        return math.log((1 + self.texts) / (1 + self._counts[feature])) + 1

    def is_new(self, feature: str) -> bool:
        return not self._counts[feature]

    def vector(self, text: str) -> Vector:
        """The text as weights of length 1, words and letters by their shares; empty where it says nothing."""
        parts: list[Vector] = [{}, {}]
        for feature, count in features_of(text).items():
            parts[feature.startswith("#")][feature] = (1 + math.log(count)) * self.of(feature)
        shares = (1 - SHARE_OF_LETTERS, SHARE_OF_LETTERS)
        made: Vector = {}
        for part, share in zip(parts, shares, strict=True):
            length = math.sqrt(sum(weight * weight for weight in part.values()))
            made |= {feature: weight / length * math.sqrt(share) for feature, weight in part.items()}
        return made


class Novelty:
    """How unlike the past a text is, 0 (told before in the same words) to 1 (nothing in common with any).

    Raises `Refused` for a past of fewer than 20 texts: everything would be new.
    """

    def __init__(self, past: Sequence[str]) -> None:
        if len(past) < LEAST_PAST:
            raise Refused("too_little_past", texts=len(past), least=LEAST_PAST)
        self.weights = Weights(past)
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, text in enumerate(past):
            for feature, weight in self.weights.vector(text).items():
                self._holding[feature].append((number, weight))

    def of(self, text: str) -> float:
        return self.nearest(text)[1]

    def nearest(self, text: str) -> tuple[int | None, float]:
        """(place in the past of the text most like it, novelty)."""
        likeness: defaultdict[int, float] = defaultdict(float)
        for feature, weight in self.weights.vector(text).items():
            for number, other in self._holding.get(feature, ()):
                likeness[number] += weight * other
        if not likeness:
            return None, 1.0
        number = max(likeness, key=lambda place: (likeness[place], -place))
        return number, max(0.0, 1 - likeness[number])


@dataclass(frozen=True)
class Gathering:
    """Texts of now that resemble each other and nothing of the past: their `places`, the `words` they share that the
    past has not or hardly, and their mean `novelty`."""

    places: tuple[int, ...]
    words: tuple[str, ...]
    novelty: float


def gathering(
    texts: Sequence[str], novelty: Novelty, *, new: float = 0.6, alike: float = 0.25, least: int = 3, words: int = 8
) -> list[Gathering]:
    """Groups of at least so many texts with a novelty above `new` that are `alike` (cosine) to one of their group.

    The largest first. `texts` are those of a short while, in order of time.
    """
    vectors = [novelty.weights.vector(text) for text in texts]
    scores = [novelty.of(text) for text in texts]
    fresh = [place for place, score in enumerate(scores) if score >= new and vectors[place]]
    groups = _linked(fresh, vectors, alike)
    made = [
        Gathering(
            tuple(group), _telling(group, texts, novelty.weights, words), sum(scores[p] for p in group) / len(group)
        )
        for group in groups
        if len(group) >= least
    ]
    return sorted(made, key=lambda found: (-len(found.places), found.places))


def _linked(places: Sequence[int], vectors: Sequence[Vector], alike: float) -> list[list[int]]:
    """Groups in which each is alike to at least one other."""
    group_of = {place: [place] for place in places}
    for number, one in enumerate(places):
        for other in places[:number]:
            if group_of[one] is not group_of[other] and _cosine(vectors[one], vectors[other]) >= alike:
                merged = group_of[one] + group_of[other]
                for place in merged:
                    group_of[place] = merged
    return [sorted(group) for group in {id(group): group for group in group_of.values()}.values()]


def _cosine(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(feature, 0.0) for feature, weight in one.items())


def _telling(group: Sequence[int], texts: Sequence[str], weights: Weights, most: int) -> tuple[str, ...]:
    """Words that at least half of the group uses, those rarest in the past first."""
    holding = Counter(word for place in group for word in set(words_of(texts[place])))
    shared = [word for word, count in holding.items() if count * 2 >= len(group)]
    return tuple(sorted(shared, key=lambda word: (-weights.of(word) * holding[word], word))[:most])


@dataclass(frozen=True)
class Burst:
    """A time in which a sign came more often: places `first` to `last`, `seen` of `among` against `expected`."""

    sign: str
    first: int
    last: int
    seen: int
    among: int
    expected: float
    strength: float


def bursts(
    series: dict[str, Sequence[int]], totals: Sequence[int], *, scaling: float = 2.0, entering: float = 1.0
) -> list[Burst]:
    """Times in which a sign's share of all texts is raised, strongest first.

    `series` {sign: texts that bear it, per interval}; `totals` are all texts of each interval. The strength is how much
    cheaper (in nats) the raised state tells the time than the usual one. Kleinberg 2003, section 4.
    """
    if any(len(counts) != len(totals) for counts in series.values()):
        raise Refused("intervals_do_not_match", intervals=len(totals))
    every = sum(totals)
    found = []
    for sign, counts in series.items():
        usual = sum(counts) / every if every else 0.0
        if usual:
            found += _bursts_of(sign, counts, totals, usual, min(usual * scaling, 0.9999), entering)
    return sorted(found, key=lambda burst: (-burst.strength, burst.sign))


def _bursts_of(
    sign: str, counts: Sequence[int], totals: Sequence[int], usual: float, raised: float, entering: float
) -> list[Burst]:
    if raised <= usual:
        return []
    cost = [
        tuple(-(seen * math.log(share) + (total - seen) * math.log(1 - share)) for share in (usual, raised))
        for seen, total in zip(counts, totals, strict=True)
    ]
    step = entering * math.log(max(len(totals), 2))
    states = _cheapest(cost, step)
    found, start = [], None
    for place, state in enumerate([*states, 0]):
        if state and start is None:
            start = place
        if not state and start is not None:
            inside = slice(start, place)
            among, seen = sum(totals[inside]), sum(counts[inside])
            strength = sum(low - high for low, high in cost[inside])
            found.append(Burst(sign, start, place - 1, seen, among, usual * among, strength))
            start = None
    return found


def _cheapest(cost: Sequence[tuple[float, ...]], step: float) -> list[int]:
    """The cheapest way through both states, 0 usual and 1 raised; only going up costs (Viterbi)."""
    low, high = 0.0, math.inf
    back = []
    for usual, raised in cost:
        from_low, from_high = (0 if low <= high else 1), (1 if high <= low + step else 0)
        back.append((from_low, from_high))
        low, high = min(low, high) + usual, min(high, low + step) + raised
    state = int(high < low)
    states = []
    for choice in reversed(back):
        states.append(state)
        state = choice[state]
    return states[::-1]
