"""What is counted every hour: once, in the right place, and nothing that must stay unknown."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.insight import figures, tallies
from simpul.insight.models import Tally
from simpul.insight.tallies import InTime
from simpul.intake import triage
from tests.returns import came_home, with_returns
from tests.world import JAGOI

AUGUST = date(2026, 8, 1)
BENGKAYANG, DISTRICT = "61.07", "61.07.07"


@pytest.fixture
def w(world):
    figures.places_at.cache_clear()
    return with_returns(world)


def read(code, *, prefix="61", months=2, **more):
    return tallies.series([code], prefix=prefix, until=AUGUST, months=months, **more)[code]


def test_nothing_is_known_before_anybody_counted(w):
    w.report()
    assert tallies.counted_at() is None
    assert read("reports_received") == [None, None]


def test_flows_are_counted_by_month_and_stocks_as_they_stand(w):
    w.report(at=w.at - timedelta(days=20))
    w.report()
    tallies.refresh(at=w.later(minutes=1))
    assert read("reports_received") == [1, 1]
    assert read("reports_received", months=13) == [0] * 11 + [1, 1]
    assert read("reports_waiting") == [1, 2]
    assert read("register_entries") == [None, 0]
    assert tallies.counted_at() == w.later(minutes=1)


def test_the_job_counts(w):
    w.report()
    tallies.count(at=w.at)
    assert read("reports_received")[-1] == 1


def test_only_what_changed_is_written(w):
    w.report()
    first = tallies.refresh(at=w.at)
    kept = dict(Tally.objects.values_list("pk", "number"))
    assert first == len(kept)
    assert tallies.refresh(at=w.later(hours=1)) == 0
    assert dict(Tally.objects.values_list("pk", "number")) == kept
    assert tallies.counted_at() == w.later(hours=1)
    w.report(place="61.01")
    assert 0 < tallies.refresh(at=w.later(hours=2)) < 10
    assert read("reports_received")[-1] == 2


def test_what_is_gone_is_taken_out(w):
    report = w.report()
    tallies.refresh(at=w.at)
    type(report).objects.update(is_check=True)
    tallies.refresh(at=w.later(hours=1))
    assert read("reports_received") == [0, 0]
    assert not Tally.objects.filter(measure="reports_received", place=DISTRICT).exists()


def test_a_stock_of_a_month_that_is_over_stays_as_it_stood(w):
    report = w.report(at=w.at - timedelta(days=20))
    tallies.refresh(at=w.at - timedelta(days=10))
    triage.accept(report, by=w.rina, at=w.at - timedelta(days=9))
    tallies.refresh(at=w.at)
    assert read("reports_waiting") == [1, 0]


def test_an_earlier_month_may_be_counted_too(w):
    w.report(at=w.at - timedelta(days=700))
    tallies.refresh(at=w.at)
    early = (w.at - timedelta(days=700)).date()
    assert tallies.series(["reports_received"], prefix="61", until=early, months=1)["reports_received"] == [None]
    tallies.refresh(at=w.at, since=early)
    assert tallies.series(["reports_received"], prefix="61", until=early, months=1)["reports_received"] == [1]


def test_numbers_are_read_of_a_region_of_an_agency_or_of_either(w):
    w.report()
    w.report(place="61.01.08")
    passed = w.report(place="61.01.08")
    type(passed).objects.filter(pk=passed.pk).update(agency=w.uptd)
    nowhere = w.report(place="")
    tallies.refresh(at=w.at)
    code = "reports_received"
    assert nowhere.place_id is None
    assert read(code, prefix="")[-1] == 4
    assert read(code)[-1] == 3
    assert read(code, prefix=BENGKAYANG)[-1] == 1
    assert read(code, prefix="", agency=w.uptd.pk)[-1] == 2
    assert read(code, prefix=BENGKAYANG, agency=w.uptd.pk, either=True)[-1] == 2
    assert read(code, prefix=BENGKAYANG, agency=w.uptd.pk)[-1] == 1


def test_places_without_anybody_have_none(w):
    for place in (JAGOI, "61.01.08", BENGKAYANG):
        w.report(place=place)
    tallies.refresh(at=w.at)
    found = tallies.by_place("reports_received", prefix="61", level="regency", month=AUGUST)
    assert len(found) == 14
    assert (found["61.07"], found["61.01"], found["61.02"]) == (2, 1, 0)
    within = tallies.by_place("reports_received", prefix=BENGKAYANG, level="district", month=AUGUST)
    assert sum(within.values()) == within[DISTRICT] == 1


def test_agencies_are_told_by_their_key(w):
    w.case(at=w.at - timedelta(days=9))
    tallies.refresh(at=w.at)
    found = tallies.by_agency("duties_overdue", prefix=BENGKAYANG, month=w.at.date())
    assert found.keys() == {w.uptd.pk}
    assert tallies.by_agency("duties_overdue", prefix="61.01", month=AUGUST) == {}


def test_the_share_in_time_has_its_interval_and_there_is_none_of_nothing(w):
    early = w.at - timedelta(days=2)
    for hours in (1, 2, 30):
        triage.accept(w.report(at=early), by=w.rina, at=early + timedelta(hours=hours))
    tallies.refresh(at=w.at)
    found = tallies.in_time(prefix=BENGKAYANG, until=AUGUST, months=1)
    by_agency = tallies.in_time_by_agency(prefix=BENGKAYANG, until=AUGUST, months=1)
    assert by_agency == {w.uptd.pk: found}
    assert found.met >= 2
    assert found.of > found.met
    assert 0 < found.low < found.share < found.high < 1
    assert tallies.in_time(prefix="61.01", until=AUGUST) == InTime(0, 0)
    assert InTime(0, 0).share is InTime(0, 0).low is InTime(0, 0).high is None


def test_who_is_kept_out_of_a_file_is_not_told_of_it_by_a_number(w):
    open_, shut = w.report(at=w.at - timedelta(days=9)), w.report(at=w.at - timedelta(days=9))
    tallies.refresh(at=w.at)
    codes = ("reports_received", "reports_waiting", "duties_overdue", "triage_late")

    def numbers(officer):
        found = tallies.series(codes, prefix=BENGKAYANG, until=AUGUST, months=3, officer=officer)
        return {code: sum(number or 0 for number in each) for code, each in found.items()}

    before = numbers(w.rina)
    assert before["reports_received"] == 2
    exclusions.keep_out(shut, officer=w.rina, by=w.yanti, at=w.at)
    after = numbers(w.rina)
    assert all(after[code] < before[code] for code in codes)
    assert numbers(w.yanti) == before
    assert tallies.is_kept_out(w.rina)
    told = {"prefix": BENGKAYANG, "month": AUGUST}
    by_agency = tallies.by_agency("duties_overdue", officer=w.rina, **told)
    assert by_agency[w.uptd.pk] == tallies.by_agency("duties_overdue", **told)[w.uptd.pk] - 1
    exclusions.keep_out(open_, officer=w.rina, by=w.yanti, at=w.at)
    assert tallies.by_agency("duties_overdue", officer=w.rina, **told) == {}


def test_small_numbers_of_people_are_hidden_from_those_who_see_figures_only(w):
    for number in range(3):
        came_home(w, name=f"Melati {number}")
    tallies.refresh(at=w.later(minutes=1))
    told = {"prefix": BENGKAYANG, "until": AUGUST, "months": 2}
    for code in ("returns_arrived", "returns_unvisited"):
        assert tallies.shown_series(code, officer=w.joko, **told)[-1] == 3
        assert tallies.shown_series(code, officer=w.dewi, **told)[-1] is figures.HIDDEN
    assert tallies.shown_series("reports_received", officer=w.dewi, **told) == [0, 0]
    places = {"prefix": "61", "level": "regency", "month": AUGUST}
    hidden = tallies.shown_by_place("returns_unvisited", exact=False, **places)
    shown = tallies.shown_by_place("returns_unvisited", exact=True, **places)
    assert hidden["61.07"] is hidden[""] is figures.HIDDEN
    assert (shown["61.07"], shown[""]) == (3, 3)


def test_what_is_many_is_shown_to_everybody(w):
    for number in range(12):
        came_home(w, name=f"Melati {number}")
    tallies.refresh(at=w.later(minutes=1))
    told = {"prefix": BENGKAYANG, "until": AUGUST, "months": 2}
    assert tallies.shown_series("returns_arrived", officer=w.dewi, **told)[-1] == 12
    assert tallies.shown_series("returns_unvisited", officer=w.dewi, **told) == [None, 12]
    uncounted = {"prefix": BENGKAYANG, "until": date(2027, 1, 1), "months": 2}
    assert tallies.shown_series("returns_unvisited", officer=w.dewi, **uncounted) == [None, None]


def test_months_follow_each_other():
    assert tallies.earlier(AUGUST, 8) == date(2025, 12, 1)
    assert tallies.later(date(2025, 12, 1)) == date(2026, 1, 1)
    assert tallies.first_of(date(2026, 8, 31)) == AUGUST


def test_reading_costs_the_same_for_one_number_and_for_all(w):
    w.report()
    tallies.refresh(at=w.at)
    told = {"prefix": "61", "until": AUGUST, "officer": w.dewi}
    with CaptureQueriesContext(connection) as one:
        tallies.series(["cases_open"], **told)
    with CaptureQueriesContext(connection) as all_:
        tallies.series(list(tallies.BY_CODE), **told)
    assert len(one) == len(all_) == 3
