"""The truth of the invented year can be made again, and reports can be held against it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from simpul.demo import load, truth
from simpul.intake import receipts, reports
from simpul.intake.models import Report
from tests.demo.conftest import AT, SCALE

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
