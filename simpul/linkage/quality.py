"""Quality: how right the machine is, from pairs that officers decided on, with intervals; and against a known truth.

Officers do not look at pairs by chance: what matters most comes first. So pairs are taken apart by how likely the
machine called them, and within each band those that were decided on stand for those that were not. What the machine
never brought together is in no band; the recall told here is the recall among pairs that were found at all.

What was measured is kept with its day (`measure`), once a day and whenever somebody asks for it: so it can be seen
whether it becomes better or worse.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import sqrt

from django.utils.translation import gettext as _

from simpul.agencies.models import Agency
from simpul.lib import shares
from simpul.linkage import engine, records
from simpul.linkage.models import Decision, Encoding, Habit, Measurement, Pair
from simpul.linkage.policy import KEPT_FROM, SURE, TOLD_FROM
from simpul.linkage.queries import wrong_matches
from simpul.persons.models import Person, Sex

EDGES = (KEPT_FROM, 0.2, 0.5, TOLD_FROM, SURE, 1.0)
# Below this many decided pairs a figure says nothing, and a small group could be guessed at.
ENOUGH = 10
AT_ONCE = 5000
_known: tuple[Callable, Callable] | None = None


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
    def pairs(self):
        return sum(band.pairs for band in self.bands)

    @property
    def reviewed(self):
        return sum(band.reviewed for band in self.bands)

    @property
    def proposed(self):
        """The band from which the machine proposes that two records are one person."""
        return self.bands[-1]

    @property
    def lacking(self):
        """The bands of which too little was decided to tell the recall."""
        return tuple(band for band in self.bands if band.reviewed < min(ENOUGH, band.pairs))


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


@dataclass(frozen=True)
class Figures:
    """The quality of everything, and by group: {what it is taken apart by: {code of the group: quality}}; where it is
    known who is whom, as in a demonstration, the machine against that.
    """

    whole: Quality
    groups: dict
    false_matches: int
    unsure: int
    truth: Measured | None = None


def know(truth, *, among):
    """Take up what is known of who is whom, as it is in an invented region: `truth()` gives the pairs of keys that are
    one person, `among()` the keys of everybody of whom it is known.
    """
    global _known
    _known = (truth, among)


def know_nothing():
    """Nobody knows who is whom, as among real people."""
    global _known
    _known = None


def measure(*, at, by=None):
    """Measure now and keep it with its day."""
    machine = engine.present()
    return Measurement.objects.create(
        taken_at=at, taken_by=by, model=machine.version if machine else "", figures=asdict(figures())
    )


def newest():
    """What was measured last, or None; its `told` are the figures."""
    found = Measurement.objects.select_related("taken_by").order_by("-taken_at", "-pk").first()
    if found is not None:
        found.told = _told(found.figures)
    return found


def name_of(kind, code):
    """A group in the language of the reader."""
    if kind == "sex":
        return str(Sex(code).label)
    if kind == "habit":
        return str(Habit(code).label) if code else _("not known")
    return code


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
        truth=_against_the_known(),
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
    proposed = set(Pair.objects.filter(probability__gte=cut).values_list("left", "right"))
    if among is not None:
        proposed = {pair for pair in proposed if among.issuperset(pair)}
    right = len(proposed & known)
    return Measured(proposed=len(proposed), right=right, missed=len(known) - right)


def _against_the_known():
    if _known is None:
        return None
    truth, among = _known
    return against(truth(), among=among())


def wilson(hits, tries):
    """A share of hits among tries with the interval of Wilson (1927): it holds for few tries and for shares near 1."""
    if tries < ENOUGH:
        return Estimate(None)
    return Estimate(hits / tries, *shares.wilson(hits, tries))


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
    return Estimate(recall, max(0.0, recall - shares.Z * sqrt(variance)), min(1.0, recall + shares.Z * sqrt(variance)))


def _variance(band):
    """Of the number of the same in a band, as if the decided pairs were drawn by chance (Laplace's estimate)."""
    share = (band.same + 1) / (band.reviewed + 2)
    left_over = 1 - band.reviewed / band.pairs
    return band.pairs * band.pairs * share * (1 - share) / band.reviewed * left_over


def _traits(persons):
    """{what pairs are taken apart by: {key of a person: the code of its group}}."""
    names = dict(Agency.objects.values_list("pk", "name"))
    traits, wanted = {"agency": {}, "sex": {}, "habit": {}}, sorted(persons)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        held = records.records_of(some, at=None)
        traits["agency"] |= {pk: names.get(rows[0].agency) for pk, rows in held.items() if rows}
        traits["sex"] |= dict(Person.objects.filter(pk__in=some).values_list("pk", "sex"))
        traits["habit"] |= dict(Encoding.objects.filter(person__in=some).values_list("person_id", "habit"))
    return traits


def _told(kept):
    """The figures as they were, from what was kept of them."""
    return Figures(
        whole=_quality(kept["whole"]),
        groups={kind: {code: _quality(one) for code, one in groups.items()} for kind, groups in kept["groups"].items()},
        false_matches=kept["false_matches"],
        unsure=kept["unsure"],
        truth=Measured(**kept["truth"]) if kept["truth"] else None,
    )


def _quality(kept):
    return Quality(
        bands=tuple(Band(**band) for band in kept["bands"]), precision=Estimate(**kept["precision"]),
        recall=Estimate(**kept["recall"]),
    )  # fmt: skip
