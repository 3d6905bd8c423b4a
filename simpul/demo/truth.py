"""What really happened in the invented year: which reports are about the same event, which records of the same person.

The year follows from a seed alone, so the truth need not be kept: `events_of_reports` makes the year again and finds
each report by its receipt, `same_persons` finds each record by the number of its papers or by the report of its case.
What the office took for the same, and what the machine did, can be measured against it.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import combinations
from random import Random

from django.db.models import Min

from simpul.agencies.models import Officer
from simpul.cases.models import Involvement
from simpul.confidentiality.blind_index import tag
from simpul.confidentiality.sealing import receipt_tag
from simpul.demo import twice
from simpul.demo.people import Invented, invented
from simpul.demo.returned import known_twice
from simpul.demo.world import BEGAN, REGENCIES
from simpul.intake import receipts
from simpul.intake.models import Report
from simpul.migrants.models import Meeting, Screening
from simpul.persons.models import Person

SEED = "simpul, an invented year"
EVENTS = 312
DAYS = 364

# How often each method occurs, and which share of its events is about children.
MODUS = {
    "prt_malaysia": (30, 0.1),
    "scam_online": (14, 0.03),
    "pengantin_pesanan": (11, 0.15),
    "seks_lokal": (12, 0.5),
    "abk": (5, 0.05),
    "eksploitasi_rt": (7, 0.7),
    "mengemis_anak": (6, 1.0),
    "kawin_kontrak": (4, 0.2),
    "magang_ferienjob": (4, 0.0),
    "umrah_visa": (4, 0.0),
    "adopsi_ilegal": (2, 1.0),
    "organ": (1, 0.0),
}
# Where a method is at home, it is told of more often.
AT_HOME = {"pengantin_pesanan": {"61.72", "61.07", "61.01"}, "prt_malaysia": {"61.01", "61.03", "61.06", "61.07"}}
REPORTERS = ((1, 78), (2, 16), (3, 6))
RELATIONS = (("self", 12), ("family", 27), ("friend", 30), ("witness", 15), ("official", 11), ("coworker", 5))
# By hour of the day: people report in the evening.
HOURS = (2, 1, 1, 1, 1, 2, 3, 5, 6, 7, 7, 6, 6, 6, 6, 6, 6, 7, 9, 11, 11, 9, 6, 4)


@dataclass(frozen=True)
class Sighting:
    """One person's knowledge of an event, and how much of it that person tells."""

    at: datetime
    relation: str
    depth: str
    leaves_contact: bool
    phone: str


@dataclass(frozen=True)
class Event:
    """Something that happened, whoever reported it."""

    number: int
    modus: str
    village: str
    victims: tuple[Invented, ...]
    is_about_children: bool
    in_danger: bool
    sightings: tuple[Sighting, ...]

    @property
    def regency(self):
        return self.village[:5]

    def token(self, order):
        """The token of the form of one sighting, from which the receipt follows."""
        return token_of(f"{self.number}/{order}")


def token_of(name):
    """A token that follows from a name: the same report in every load."""
    return sha256(f"{SEED}/{name}".encode()).hexdigest()[:32]


def year(*, at, villages, scale=1):
    """All events of the year that ends at a moment. `villages` are codes by regency, in a fixed order."""
    random = Random(SEED)
    return [_event(number, random, at, villages) for number in range(1, round(EVENTS * scale) + 1)]


def events_of_reports(events):
    """{number of a report: number of its event} for all reports of these events that have come in."""
    tags = {
        receipt_tag(receipts.of_token(event.token(order))): event.number
        for event in events
        for order in range(len(event.sightings))
    }
    found = Report.objects.filter(receipt_tag__in=list(tags)).values_list("number", "receipt_tag")
    return {number: tags[bytes(tag)] for number, tag in found}


def same_event(events):
    """Pairs of report numbers that are about the same event, each pair in order."""
    reports = {}
    for number, event in sorted(events_of_reports(events).items()):
        reports.setdefault(event, []).append(number)
    return {pair for numbers in reports.values() for pair in combinations(numbers, 2)}


def same_persons():
    """Pairs of keys of persons, each in order, that are truly one person: what a machine should find."""
    return {pair for persons in _together(_known_together()) for pair in combinations(sorted(persons), 2)}


def different_persons():
    """Pairs of keys of persons that are two and look like one: born together, of one father, of one name."""
    plan = known_twice()
    papers = _by_papers({number for pair in plan.different for number in pair})
    return {
        tuple(sorted((one, other)))
        for first, second in plan.different
        for one in papers[first]
        for other in papers[second]
    }


def persons():
    """Keys of everybody of whom the truth is known: who was on record when the year was loaded.

    Brokers are called something and no more; who of them is one person is known of the recruiter of `reviewed` alone.
    """
    began = Officer.objects.aggregate(at=Min("recorded_at"))["at"]
    if began is None:
        return set()
    loaded_at = began + timedelta(days=BEGAN)
    brokers = Involvement.objects.filter(part="suspect").exclude(person__in=_recruiter(_people_of_cases()))
    known = Person.objects.filter(recorded_at__lte=loaded_at).exclude(pk__in=brokers.values("person"))
    return set(known.values_list("pk", flat=True))


def _known_together():
    """Sets of keys of persons that are one, from each way by which it is known; they may overlap."""
    plan = known_twice()
    cases = _people_of_cases()
    numbers = {number for pair in plan.same for number in pair} | {number for number, _line in plan.cases.values()}
    papers = _by_papers(numbers)
    yield from (papers[one] | papers[other] for one, other in plan.same)
    for story, (number, _line) in plan.cases.items():
        yield papers[number] | set(cases["victim", token_of(story)][:1])
    yield _recruiter(cases)
    yield from _with_the_same_passport()
    yield from _victims_of_one_event(cases)
    yield from _became_cases()


def _recruiter(cases):
    return set().union(*(cases["suspect", token_of(story)][:1] for story in twice.RECRUITER_IN))


def _together(sets):
    """Sets that share somebody, put together."""
    group_of = {}
    for found in sets:
        whole = set(found).union(*(group_of[pk] for pk in found if pk in group_of))
        group_of.update(dict.fromkeys(whole, whole))
    return {id(group): group for group in group_of.values()}.values()


def _by_papers(numbers):
    """{number of a passport, of other travel papers or a NIK: keys of the persons who have it}."""
    tags = {tag(kind, number): number for number in numbers for kind in ("passport", "nik")}
    found = {number: set() for number in numbers}
    for kind in ("passport_tag", "nik_tag"):
        for pk, held in Person.objects.filter(**{f"{kind}__in": list(tags)}).values_list("pk", kind):
            found[tags[bytes(held)]].add(pk)
    return found


def _with_the_same_passport():
    holders = defaultdict(set)
    for pk, held in Person.objects.exclude(passport_tag=b"").values_list("pk", "passport_tag"):
        holders[bytes(held)].add(pk)
    return holders.values()


def _victims_of_one_event(cases):
    """Two reporters of one event whom nobody recognised: its victims stand in two cases, in the same order."""
    for number in range(1, EVENTS + 1):
        tokens = {token_of(f"{number}/{order}") for order in range(len(REPORTERS))}
        found = [persons for token in tokens if (persons := cases["victim", token])]
        yield from (set(persons) for persons in zip(*found, strict=False) if len(found) > 1)


def _became_cases():
    """Who was sent home and became the victim of a case."""
    for model in (Screening, Meeting):
        rows = model.objects.exclude(report__case=None).values_list("returnee__person", "report__case")
        for person, case in rows:
            victim = Involvement.objects.filter(case=case, part="victim").order_by("pk").first()
            yield {person, victim.person_id} if victim else {person}


def _people_of_cases():
    """{(part, token of a report): keys of the persons of its case}, in the order in which they were noted."""
    names = [f"{number}/{order}" for number in range(1, EVENTS + 1) for order in range(len(REPORTERS))]
    tokens = [token_of(name) for name in (*names, *(story for story, *_more in twice.IN_CASES))]
    tags = {receipt_tag(receipts.of_token(token)): token for token in tokens}
    accepted = Report.objects.filter(receipt_tag__in=list(tags)).exclude(case=None)
    token_of_case = {}
    for case, held in accepted.order_by("number").values_list("case", "receipt_tag"):
        token_of_case.setdefault(case, tags[bytes(held)])
    found = defaultdict(list)
    rows = Involvement.objects.filter(case__in=token_of_case).order_by("pk")
    for case, part, person in rows.values_list("case", "part", "person"):
        found[part, token_of_case[case]].append(person)
    return found


def counts(events):
    """Events by method."""
    return Counter(event.modus for event in events)


def _event(number, random, at, villages):
    modus = _one_of(random, [(name, weight) for name, (weight, _children) in MODUS.items()])
    present = [(code, weight) for code, _name, weight in REGENCIES if code in villages]
    present = [(code, weight * (2 if code in AT_HOME.get(modus, ()) else 1)) for code, weight in present]
    regency = _one_of(random, present)
    began = _moment(random, at)
    is_about_children = random.random() < MODUS[modus][1]
    return Event(
        number=number,
        modus=modus,
        village=random.choice(villages[regency]),
        victims=_victims(random, modus, regency, began, is_about_children),
        is_about_children=is_about_children,
        in_danger=random.random() < 0.14,
        sightings=_sightings(random, began, at),
    )


def _victims(random, modus, regency, began, children):
    many = random.choices((1, 2, 3), (68, 24, 8))[0]
    sex = {"pengantin_pesanan": "P", "kawin_kontrak": "P", "abk": "L"}.get(modus, "")
    youngest, oldest = (10, 17) if children else (18, 41)
    if modus == "adopsi_ilegal":
        youngest, oldest = 1, 3
    return tuple(
        invented(random, on=began.date(), regency=regency, sex=sex, youngest=youngest, oldest=oldest)
        for _each in range(many)
    )


def _sightings(random, began, at):
    sightings = []
    for _each in range(_one_of(random, REPORTERS)):
        told_at = began if not sightings else began + timedelta(hours=random.uniform(3, 240))
        sighting = Sighting(
            at=told_at,
            relation=_one_of(random, RELATIONS),
            depth=_one_of(random, (("village", 58), ("district", 18), ("regency", 14), ("nowhere", 10))),
            leaves_contact=random.random() < 0.42,
            phone=f"0812-0000-{random.randint(0, 9999):04d}",
        )
        if told_at < at:
            sightings.append(sighting)
    return tuple(sightings)


def _moment(random, at):
    """Some moment of the year; the system became known, so the later months hold more."""
    days_ago = DAYS * (1 - random.random() ** 0.75) + 1.2
    day = at - timedelta(days=days_ago)
    hour = random.choices(range(24), HOURS)[0]
    return day.replace(hour=hour, minute=random.randint(0, 59), second=random.randint(0, 59), microsecond=0)


def _one_of(random, weighted):
    values, weights = zip(*weighted, strict=True)
    return random.choices(values, weights)[0]
