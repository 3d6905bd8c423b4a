"""The truth of the invented year can be made again, and reports, records and the machine can be held against it."""

import os
from datetime import UTC, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest

from simpul.agencies.models import Officer
from simpul.cases.models import Involvement
from simpul.demo import load, truth, twice
from simpul.demo.returned import known_twice
from simpul.intake import receipts, reports
from simpul.intake.models import Report
from simpul.linkage import encodings, engine, likeness, quality, queries
from simpul.linkage.custody import client, keeper
from simpul.linkage.custody.epochs import Folder
from simpul.linkage.custody.quotas import Ledger
from simpul.linkage.finder import Finder
from simpul.linkage.likeness import SHOWN_FROM
from simpul.linkage.models import Encoding, Pair
from simpul.linkage.policy import SURE
from simpul.migrants.models import Returnee
from simpul.persons import identities
from simpul.persons.models import Person
from tests.demo.conftest import AT, SCALE
from tests.linkage.custody.conftest import process  # noqa: F401
from tests.world import signed_in

VILLAGES = {code: [f"{code}.01.2001", f"{code}.02.2003"] for code in ("61.01", "61.07", "61.71", "61.72")}


def year(scale=1):
    return truth.year(at=AT, villages=VILLAGES, scale=scale)


def test_the_same_moment_gives_the_same_year():
    assert year() == year()


def test_a_smaller_year_is_the_beginning_of_the_whole_one():
    assert year(scale=0.1) == year()[: round(truth.EVENTS * 0.1)]


def test_everything_lies_in_the_year_before():
    for event in year():
        for sighting in event.sightings:
            assert AT.replace(year=AT.year - 1) <= sighting.at < AT


def test_some_events_have_several_reporters_and_most_have_one():
    reporters = [len(event.sightings) for event in year()]
    assert reporters.count(1) > 0.6 * len(reporters)
    assert max(reporters) == 3


def test_tokens_are_such_as_forms_carry_and_never_the_same():
    tokens = [event.token(order) for event in year() for order in range(3)]
    assert all(receipts.is_token(token) for token in tokens)
    assert len(set(tokens)) == len(tokens)


def test_all_methods_occur_and_crossing_to_sarawak_most_often():
    counts = truth.counts(year())
    assert set(counts) == set(truth.MODUS)
    assert counts.most_common(1)[0][0] == "prt_malaysia"


def test_reports_of_one_event_are_found_as_pairs(world):
    event = next(event for event in year() if len(event.sightings) == 3)
    numbers = []
    for order, sighting in enumerate(event.sightings):
        told = reports.Told("Kata orang ...", place="61.07.07.2001")
        report, _receipt = reports.receive(told, token=event.token(order), at=sighting.at)
        numbers.append(report.number)
    world.report()
    a, b, c = sorted(numbers)
    assert truth.same_event(year()) == {(a, b), (a, c), (b, c)}


def test_the_loaded_year_can_be_held_against_the_truth(region):
    events = truth.year(at=AT, villages=load.villages(), scale=SCALE)
    found = truth.events_of_reports(events)
    assert len(found) == sum(len(event.sightings) for event in events)
    merged = Report.objects.filter(status="merged", number__in=found).select_related("merged_into")
    assert merged
    assert all(found[report.number] == found[report.merged_into.number] for report in merged)


def test_the_hour_of_the_day_is_kept_in_the_time_zone_of_the_office():
    at = datetime(2026, 8, 3, 2, 0, tzinfo=ZoneInfo("Asia/Pontianak"))
    hours = [event.sightings[0].at.hour for event in truth.year(at=at, villages=VILLAGES) if event.sightings]
    assert sum(16 <= hour <= 21 for hour in hours) > sum(0 <= hour <= 5 for hour in hours)


@pytest.mark.django_db
def test_pairs_that_were_planned_are_in_the_data_as_two_records(region):
    same, different, everybody = truth.same_persons(), truth.different_persons(), truth.persons()
    # A list of this morning is not taken in; of the register a small year holds less.
    assert 90 <= len(same) <= 130
    assert len(different) == len(known_twice().different)
    assert not same & different
    assert set(chain(*same, *different)) <= everybody
    assert all(one < other for one, other in same | different)


@pytest.mark.django_db
def test_the_truth_holds_lists_registers_and_cases(region):
    known = set(chain(*truth.same_persons()))
    victims = set(Involvement.objects.filter(part="victim").values_list("person", flat=True))
    suspects = set(Involvement.objects.filter(part="suspect").values_list("person", flat=True))
    returnees = Returnee.objects.filter(person__in=known)
    assert len(known & suspects) == len(twice.RECRUITER_IN)
    assert len(known & victims) >= len(twice.IN_CASES)
    assert returnees.count() > 100
    assert len(known - victims - suspects - set(returnees.values_list("person", flat=True))) > 20


@pytest.mark.django_db
def test_of_who_is_recorded_later_nothing_is_known(region):
    ratna = Officer.objects.get(username="ratna")
    before = truth.persons()
    later = identities.record(name="Melati Contoh", by=ratna, at=AT + timedelta(days=1))
    assert len(before) > 0.9 * Person.objects.count()
    assert later.pk not in before
    assert truth.persons() == before


@pytest.mark.django_db
def test_of_brokers_who_are_only_called_something_nothing_is_known(region):
    suspects = set(Involvement.objects.filter(part="suspect").values_list("person", flat=True))
    assert len(suspects) > len(twice.RECRUITER_IN)
    assert len(suspects & truth.persons()) == len(twice.RECRUITER_IN)


@pytest.fixture
def finder(region, process, settings, tmp_path):  # noqa: F811
    """The machine of an installation, under a grant for the whole region."""
    process.start()
    ledger = Ledger(process.folder / keeper.LEDGER, Folder(process.folder).own_key())
    until = datetime.now(UTC) + timedelta(days=1)
    settings.LINKAGE_GRANT = ledger.allow(keeper.name_of(os.getuid()), records=20_000, until=until, reason="a test")
    settings.LINKAGE_SOCKET = str(process.socket)
    ledger.close()
    made = Finder(tmp_path / "linkage")
    engine.use(made)
    yield made
    engine.use(None)
    if getattr(client._here, "connection", None) is not None:
        client._here.connection.close()
        client._here.connection = None


@pytest.mark.slow
@pytest.mark.django_db
def test_the_machine_finds_most_of_what_is_true_and_tells_it_from_what_looks_like_it(finder):
    """Everybody of whom it is told that they are, or are not, the same; and one in six of all others."""
    same, different = truth.same_persons(), truth.different_persons()
    told = set(chain(*same, *different))
    among = told | set(sorted(truth.persons() - told)[::6])
    for person in Person.objects.filter(pk__in=among).select_related("data_key", "home").order_by("pk"):
        encodings.note(person, by=None, at=AT)
    finder.count_words()
    while likeness.catch_up(at=AT):
        pass
    assert not Encoding.objects.filter(person__in=among).exclude(owed_since=None).exists()
    sure, likely = (quality.against(same, among=among, cut=cut) for cut in (SURE, SHOWN_FROM))
    assert sure.recall.value > 0.55, sure
    assert sure.precision.value > 0.95, sure
    assert likely.recall.value > 0.8, likely
    alike = Pair.objects.filter(probability__gte=SURE)
    taken_for_one = sum(alike.filter(left=left, right=right).exists() for left, right in different)
    # Who is called the same in one village, on a list that tells no birthday, cannot be told apart by anybody.
    assert taken_for_one <= len(different) * 2 / 3


@pytest.mark.django_db
def test_no_page_but_the_one_on_quality_asks_for_the_truth(region):
    asked = []
    quality.know(lambda: asked.append("truth") or set(), among=lambda: asked.append("among") or set())
    try:
        ratna = signed_in(Officer.objects.get(username="ratna"))
        (pair, *_more) = queries.decisions_for(Officer.objects.get(username="ratna"), at=AT)
        both = Pair.objects.get(left=pair.left, right=pair.right)
        returnee = Returnee.objects.filter(person=pair.left).select_related("manifest").get()
        for address in (
            "/desk/orang-yang-sama/", f"/desk/orang-yang-sama/{both.pk}/", "/desk/orang-yang-sama/keputusan/",
            "/desk/orang-yang-sama/salah-cocok/", "/desk/orang-yang-sama/pertanyaan/",
            f"/desk/manifes/{returnee.manifest.number}/", f"/desk/pemulangan/{returnee.number}/",
        ):  # fmt: skip
            assert ratna.get(address).status_code == 200, address
        assert not asked
        ratna.post("/desk/orang-yang-sama/mutu/ukur/")
        assert set(asked) == {"truth", "among"}
    finally:
        quality.know_nothing()
