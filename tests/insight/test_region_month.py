from datetime import date, timedelta

import pytest

from simpul.agencies import exclusions
from simpul.insight import region_month, tallies
from simpul.insight.figures import HIDDEN
from simpul.insight.models import Estimate, Tally
from simpul.intake.models import Report
from simpul.places.models import Place
from tests.heads import head_of_region, with_a_month
from tests.insight.shipped import load_shipped
from tests.insight.test_decisions import raised
from tests.insight.test_figures import Arrivals
from tests.returns import came_home, with_returns
from tests.world import JAGOI

AUGUST, JULY = date(2026, 8, 1), date(2026, 7, 1)


@pytest.fixture
def w(world, english):
    world.gusti = head_of_region(world)
    return with_a_month(world)


def of(w, month=AUGUST, officer=None, at=None):
    return region_month.of(officer or w.gusti, month=month, at=at or w.at)


def test_the_sheet_tells_of_what_ran_out_and_of_what_was_met(w):
    found = of(w)
    assert (found.in_time.met, found.in_time.of) == (4, 4)
    assert (found.before.met, found.before.of) == (0, 2)
    assert [month for month, _in_time in found.by_month][-2:] == [JULY, AUGUST]
    assert len(found.by_month) == tallies.MONTHS
    (uptd,) = [each for each in found.agencies if each.agency == w.uptd]
    assert (uptd.in_time.met, uptd.in_time.of, uptd.overdue) == (4, 6, 2)
    assert found.sum_of_agencies.in_time.of == sum(each.in_time.of for each in found.agencies)


def test_an_earlier_month_is_told_as_it_was(w):
    found = of(w, JULY)
    assert (found.in_time.met, found.in_time.of) == (0, 2)
    assert not found.is_running
    assert of(w).is_running
    assert found.figures["reports_received"].number == 2


def test_the_way_from_report_to_money_has_the_month_the_one_before_and_the_year(w):
    way = {each.measure.code: each for each in of(w).way}
    assert list(way) == list(region_month.WAY)
    reports = way["reports_received"]
    assert (reports.number, reports.before, reports.year) == (4, 2, 6)
    assert way["cases_opened"].number == 4
    assert way["restitution_paid"].year == 0


def test_a_head_who_is_kept_out_of_a_file_reads_of_it_in_no_number(w):
    report = Report.objects.exclude(case=None).order_by("pk").first()

    def numbers():
        found = of(w)
        (uptd,) = [each for each in found.agencies if each.agency == w.uptd]
        (jagoi,) = [each for each in found.places if each.code == JAGOI[:8]]
        way = {each.measure.code: each.year for each in found.way}
        return found.in_time.met, uptd.in_time.met, jagoi.reports, way["reports_received"]

    before = numbers()
    exclusions.keep_out(report, officer=w.gusti, by=w.yanti, at=w.at)
    assert numbers() == tuple(number - 1 for number in before)


def test_what_was_not_counted_is_not_told_as_a_year(w):
    assert of(w).since == date(2025, 9, 1)
    Tally.objects.filter(month__lt=date(2026, 5, 1)).delete()
    found = of(w)
    assert found.since == date(2026, 5, 1)
    assert found.figures["reports_received"].series[0] is None
    Tally.objects.all().delete()
    assert of(w).since == AUGUST


def test_who_waits_is_counted_together(w):
    case = w.case()
    w.service(w.victim(case))
    tallies.refresh(at=w.at)
    found = of(w)
    told = {each.measure.code: each.number for each in found.waiting}
    assert told == {"victims_waiting": 1, "reports_waiting": 2, "referrals_waiting": 0}
    assert found.people_waiting == 3


def test_a_province_is_told_by_regency_and_a_regency_by_district(w):
    assert of(w).level == Place.Level.DISTRICT
    province = of(w, officer=head_of_region(w, "61"))
    assert province.level == Place.Level.REGENCY
    cases = {each.code: each.cases for each in province.places}
    assert (len(cases), cases["61.07"], cases["61.01"]) == (14, 4, 0)
    jagoi = next(each for each in of(w).places if each.code == "61.07.07")
    assert (jagoi.reports, jagoi.cases, jagoi.open, jagoi.overdue) == (6, 4, 4, 2)


def test_few_people_sent_home_are_hidden_with_as_many_others_as_keep_them_hidden(w):
    with_returns(w)
    for number in range(3):
        came_home(w, name=f"Melati {number}")
    tallies.refresh(at=w.at)
    assert tallies.series(["returns_unvisited"], prefix="61.07", until=AUGUST)["returns_unvisited"][-1] == 3
    found = of(w)
    assert found.unvisited.number is HIDDEN
    assert found.returns is HIDDEN
    assert {each.returns for each in found.places} == {HIDDEN}
    assert {each.unvisited for each in found.places} == {HIDDEN}
    assert found.hides


def test_many_people_sent_home_are_told_of(w):
    arrivals = Arrivals(w)
    for number, home in ((30, JAGOI), (25, "61.01.01.2001"), (20, "61.03.01.1001")):
        arrivals.come(number, home=home, on=date(2026, 3, 3))
    province = of(w, officer=head_of_region(w, "61"))
    assert province.returns == 75
    assert {each.code: each.returns for each in province.places}["61.07"] == 30
    assert of(w).returns == 30


def test_alerts_stand_on_it_as_far_as_they_may_be_seen(w):
    alert = raised(w)
    (found,) = of(w).alerts
    assert (found.alert, found.where, found.count) == (alert, "Kec. Jagoi Babang, Kab. Bengkayang", HIDDEN)
    assert of(w, JULY).alerts == ()


def test_the_region_stands_among_the_others_and_decisions_follow(w):
    load_shipped(w.at)
    found = of(w)
    assert found.index.of("61.07").rank >= 1
    assert [each.kind for each in found.decisions] == ["overdue", "indicators"]
    province = of(w, officer=head_of_region(w, "61"))
    assert "unseen" in [each.kind for each in province.decisions]


def test_only_a_hidden_number_that_may_be_told_stands_on_it(w):
    def estimate(verdict):
        return Estimate.objects.create(
            population="victims", place_id="61.07", first_on=date(2026, 1, 1), last_on=date(2026, 6, 30), state="done",
            verdict=verdict, results={"range": {"low": 120.0, "high": 340.0}}, asked_at=w.at, asked_by=w.dewi,
            made_at=w.at,
        )  # fmt: skip

    estimate("withhold")
    assert of(w).hidden_number is None
    one = estimate("range")
    assert of(w).hidden_number == one


def test_where_nobody_counted_there_is_no_number(world):
    gusti = head_of_region(world)
    found = region_month.of(gusti, month=AUGUST, at=world.at)
    assert found.counted_at is None
    assert found.people_waiting is None
    assert found.unvisited.number is None
    assert found.in_time.share is None


def test_the_months_that_can_be_read_are_a_year_and_one(world):
    months = region_month.months(at=world.at)
    assert months[0] == AUGUST
    assert months[-1] == date(2025, 8, 1)


def test_it_costs_the_same_number_of_queries_however_many_agencies_there_are(w, django_assert_max_num_queries):
    of(w)
    w.report(at=w.at - timedelta(days=30), place="61.07.01.2001")
    with django_assert_max_num_queries(40):
        of(w)


def test_every_measure_on_it_says_what_it_counts_from_where_and_how(w):
    measures = of(w).measures
    assert len({each.code for each in measures}) == len(measures)
    assert all(each.definition and each.source and each.method for each in measures)
