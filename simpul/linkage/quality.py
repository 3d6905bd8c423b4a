"""Quality: how right the machine is, from pairs that officers decided on, with intervals; and against a known truth.

Officers do not look at pairs by chance: what matters most comes first. So pairs are taken apart by how likely the
machine called them, and within each band those that were decided on stand for those that were not. What the machine
never brought together is in no band; the recall told here is the recall among pairs that were found at all.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.agencies.models import Agency
from simpul.linkage import records
from simpul.linkage.models import Decision, Encoding, Habit, Pair
from simpul.linkage.policy import KEPT_FROM, SURE, TOLD_FROM
from simpul.linkage.queries import wrong_matches
from simpul.persons.models import Person, Sex

EDGES = (KEPT_FROM, 0.2, 0.5, TOLD_FROM, SURE, 1.0)
# The 97.5 % quantile of the normal distribution: intervals hold in 95 of 100 cases.
Z = 1.959964
# Below this many decided pairs a figure says nothing, and a small group could be guessed at.
ENOUGH = 10


@dataclass(frozen=True)
class Estimate:
    """A share with its interval; `value` is None where too little was decided to say anything."""

    value: float | None
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class Band:
    """Pairs that the machine called about equally likely: how many, how many decided, how many of these are one."""

    low: float
    high: float
    pairs: int
    reviewed: int
    same: int

    @property
    def share(self):
        """The share that is one person, with the interval of Wilson (1927)."""
        return wilson(self.same, self.reviewed)


@dataclass(frozen=True)
class Quality:
    """How right "the same" is where the machine proposes it, and how many of the same it proposes."""

    bands: tuple
    precision: Estimate
    recall: Estimate

    @property
    def reviewed(self):
        return sum(band.reviewed for band in self.bands)


@dataclass(frozen=True)
class Figures:
    """The quality of everything, and by group: {what it is taken apart by: {group: quality}}."""

    whole: Quality
    groups: dict
    false_matches: int
    unsure: int


@dataclass(frozen=True)
class Measured:
    """The machine against a known truth: pairs proposed, those that are right, those it missed."""

    proposed: int
    right: int
    missed: int

    @property
    def precision(self):
        return wilson(self.right, self.proposed)

    @property
    def recall(self):
        return wilson(self.right, self.right + self.missed)


def figures():
    """Precision and recall from decided pairs, for all and by agency, sex and the way a name is written."""
    pairs = list(
        Pair.objects.filter(probability__gte=KEPT_FROM).values_list("left", "right", "probability").order_by("pk")
    )
    verdicts = {
        (left, right): verdict
        for left, right, verdict in Decision.objects.standing().values_list("left", "right", "verdict")
    }
    traits = _traits({pk for left, right, _probability in pairs for pk in (left, right)})
    by_group = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        for kind, names in traits.items():
            for name in {names.get(pair[0]), names.get(pair[1])} - {None}:
                by_group[kind][name].append(pair)
    return Figures(
        whole=quality_of(pairs, verdicts),
        groups={
            kind: {name: quality_of(held, verdicts) for name, held in sorted(named.items())}
            for kind, named in by_group.items()
        },
        false_matches=Decision.objects.filter(wrong_matches()).count(),
        unsure=sum(verdict == Decision.Verdict.UNSURE for verdict in verdicts.values()),
    )


def quality_of(pairs, verdicts, *, cut=SURE):
    """The quality of some pairs, (left, right, probability) each, by what was decided on them; `cut` is what the
    machine proposes from.
    """
    counts = {edges: [0, 0, 0] for edges in zip(EDGES, EDGES[1:], strict=False)}
    for left, right, probability in pairs:
        band = next(edges for edges in reversed(counts) if probability >= edges[0])
        verdict = verdicts.get((left, right))
        counts[band][0] += 1
        counts[band][1] += verdict in (Decision.Verdict.SAME, Decision.Verdict.NOT_SAME)
        counts[band][2] += verdict == Decision.Verdict.SAME
    bands = tuple(Band(low, high, *numbers) for (low, high), numbers in counts.items())
    above = [band for band in bands if band.low >= cut]
    return Quality(
        bands=bands,
        precision=wilson(sum(band.same for band in above), sum(band.reviewed for band in above)),
        recall=_recall(bands, cut),
    )


def against(truth, *, among=None, cut=SURE):
    """The machine against pairs of keys that are known to be one person; `among` leaves out who else is on record."""
    known = {tuple(sorted(pair)) for pair in truth}
    rows = Pair.objects.filter(probability__gte=cut)
    if among is not None:
        rows = rows.filter(Q(left__in=among) & Q(right__in=among))
    proposed = set(rows.values_list("left", "right"))
    right = len(proposed & known)
    return Measured(proposed=len(proposed), right=right, missed=len(known) - right)


def wilson(hits, tries):
    """A share of hits among tries with the interval of Wilson (1927): it holds for few tries and for shares near 1."""
    if tries < ENOUGH:
        return Estimate(None)
    share, square = hits / tries, Z * Z
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    half = Z / (1 + square / tries) * sqrt(share * (1 - share) / tries + square / (4 * tries * tries))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half))


def _recall(bands, cut):
    """The share of the same that lies at the cut or above, with an interval by the delta method for strata.

    Each band holds as many of the same as its decided pairs let expect; a band of which too little was decided makes
    the whole unknown, unless nothing is in it.
    """
    told = [band for band in bands if band.pairs]
    if not told or any(band.reviewed < min(ENOUGH, band.pairs) for band in told):
        return Estimate(None)
    expected = {band: band.pairs * band.same / band.reviewed for band in told}
    above = sum(number for band, number in expected.items() if band.low >= cut)
    total = sum(expected.values())
    if not total:
        return Estimate(None)
    recall = above / total
    variance = sum(
        _variance(band) * ((1 - recall) if band.low >= cut else recall) ** 2 for band in told
    ) / (total * total)  # fmt: skip
    return Estimate(recall, max(0.0, recall - Z * sqrt(variance)), min(1.0, recall + Z * sqrt(variance)))


def _variance(band):
    """Of the number of the same in a band, as if the decided pairs were drawn by chance (Laplace's estimate)."""
    share = (band.same + 1) / (band.reviewed + 2)
    left_over = 1 - band.reviewed / band.pairs
    return band.pairs * band.pairs * share * (1 - share) / band.reviewed * left_over


def _traits(persons):
    """{what pairs are taken apart by: {key of a person: the name of its group}}."""
    sexes = dict(Person.objects.filter(pk__in=persons).values_list("pk", "sex"))
    habits = dict(Encoding.objects.filter(person__in=persons).values_list("person_id", "habit"))
    held = records.records_of(persons, at=None)
    names = dict(Agency.objects.values_list("pk", "name"))
    return {
        "agency": {pk: names.get(rows[0].agency) for pk, rows in held.items() if rows},
        "sex": {pk: str(Sex(sex).label) for pk, sex in sexes.items()},
        "habit": {pk: str(Habit(habit).label) or _("not known") for pk, habit in habits.items()},
    }
