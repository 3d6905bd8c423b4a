"""The watch of the night: what is raised, what is not, and what is too little to judge."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.utils.timezone import get_current_timezone

from simpul.insight import series, watch
from simpul.insight.models import Alert
from simpul.intake.models import Report
from tests.insight.test_figures import Arrivals
from tests.world import JAGOI

HERE, OTHERS = "61.07.07", ("61.01.01", "61.02.01", "61.03.01", "61.05.01")
LAST = date(2026, 8, 2)


def daily(*, days=160, extra=()):
    """One report every fourth day in five districts, and some more in the last days of the first."""
    points = [(1.3, 109.8), (1.4, 109.3), (0.3, 109.0), (0.1, 110.5), (0.0, 111.5)]
    counts = [[int((day + row) % 4 == 0) for day in range(days)] for row in range(5)]
    for day, number in extra:
        counts[0][day] += number
    return series.Daily([HERE, *OTHERS], points, LAST - timedelta(days=days - 1), counts, 0)


def test_a_cluster_of_the_last_days_is_seen_with_its_place_and_time():
    (found,) = watch.clusters("reports", daily(extra=[(157, 6), (158, 7), (159, 7)]))
    assert found.places == (HERE,)
    assert found.last_on == LAST
    assert found.first_on >= LAST - timedelta(days=4)
    assert found.figures["count"] >= 20
    assert found.figures["recurrence_days"] >= watch.SCAN_DAYS


def test_the_same_again_says_the_same():
    again = [list(watch.clusters("reports", daily(extra=[(157, 6), (158, 7), (159, 7)]))) for _time in range(2)]
    assert again[0] == again[1]


def test_where_nothing_rises_nothing_is_seen():
    assert list(watch.clusters("reports", daily())) == []


def test_a_handful_of_reports_or_one_place_is_no_watch():
    assert list(watch.clusters("reports", daily(days=2))) == []
    one = daily()
    assert list(watch.clusters("reports", series.Daily([HERE], one.points[:1], LAST, one.counts[:1], 0))) == []


def months(*, last, years=5):
    chance = np.random.default_rng(4)
    return [*map(int, chance.poisson(6, 12 * years)), last]


def test_a_month_far_above_its_season_is_a_rise():
    first = date(2021, 7, 1)
    (found,) = watch.rises("cases", "61.07", months(last=25), first=first, last_month=date(2026, 7, 1))
    assert (found.first_on, found.last_on) == (date(2026, 7, 1), date(2026, 7, 31))
    assert found.method == "warning.seasonal"
    assert found.figures["count"] == 25
    assert found.figures["high"] < 25
    assert list(watch.rises("cases", "61.07", months(last=7), first=first, last_month=date(2026, 7, 1))) == []


def test_without_two_years_the_months_before_are_compared_and_with_less_nothing_is_said():
    short = [2, 3, 1, 2, 2, 3, 2, 1, 2, 3, 2, 19]
    (found,) = watch.rises("cases", "61.07", short, first=date(2025, 8, 1), last_month=date(2026, 7, 1))
    assert found.method == "warning.recent"
    assert list(watch.rises("cases", "61.07", short[-5:], first=date(2026, 3, 1), last_month=date(2026, 7, 1))) == []


def signs(recent):
    counts = [1] * 48 + [recent] * 4
    places = {"modus:scam_online": [{"61.07"} for _week in counts]}
    return series.Signs(LAST - timedelta(weeks=52, days=-1), 52, {"modus:scam_online": counts}, [20] * 52, places)


def test_a_sign_that_comes_more_often_until_now_is_a_burst():
    (found,) = watch.bursts("cases", signs(9))
    assert (found.kind, found.sign, found.places) == (Alert.Kind.WORDING, "modus:scam_online", ("61.07",))
    assert found.last_on == LAST
    assert found.figures["count"] >= 36
    assert list(watch.bursts("cases", signs(1))) == []


@pytest.mark.django_db
def test_the_night_raises_what_came_in_yesterday_and_says_it_once(world):
    evening = datetime(2026, 8, 2, 20, 0, tzinfo=get_current_timezone())
    for number in range(12):
        world.report(place=OTHERS[number % 4], at=evening - timedelta(days=9 * number + 3))
    for _number in range(9):
        world.report(place=JAGOI, at=evening)
    assert Report.objects.count() == 21
    raised = watch.watch(at=world.at)
    (cluster,) = [alert for alert in raised if alert.kind == Alert.Kind.CLUSTER]
    assert [each.place_id for each in cluster.places.all()] == [HERE]
    assert cluster.subject == "reports"
    assert cluster.figures["count"] == 9
    watch.watch(at=world.later(days=1))
    assert Alert.objects.filter(kind=Alert.Kind.CLUSTER).count() == 1


@pytest.mark.django_db
def test_an_empty_installation_is_watched_without_an_alert(world):
    assert watch.watch(at=world.at) == []


@pytest.mark.django_db
def test_a_way_that_many_more_take_than_in_the_quarter_before_is_raised_by_its_ends(world):
    arrivals = Arrivals(world)
    arrivals.come(12, on=date(2026, 2, 1))
    arrivals.come(70, on=date(2026, 5, 1))
    raised = [alert for alert in watch.watch(at=world.at) if alert.kind == Alert.Kind.ROUTE]
    (sign,) = [alert.sign for alert in raised]
    assert (sign[:7], sign[-6:]) == ("abroad:", ">61.07")
    assert (raised[0].figures["count"], raised[0].figures["expected"]) == (70, 12)
    assert [each.place_id for each in raised[0].places.all()] == ["61.07"]
    assert (raised[0].first_on, raised[0].last_on) == (date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.django_db
def test_another_way_that_few_take_is_not_raised(world):
    arrivals = Arrivals(world)
    arrivals.come(2, on=date(2026, 2, 1))
    arrivals.come(10, on=date(2026, 5, 1))
    assert [alert for alert in watch.watch(at=world.at) if alert.kind == Alert.Kind.ROUTE] == []
