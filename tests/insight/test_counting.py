"""Which rows each measure counts, and which it does not."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from simpul.agencies import exclusions
from simpul.cases.models import Case, RestitutionStep
from simpul.insight.counting import COUNTED, of_months, standing
from simpul.insight.models import Alert, AlertPlace
from simpul.intake import triage
from simpul.migrants import meetings
from simpul.migrants.models import Returnee
from simpul.obligations.models import Obligation
from tests.returns import came_home, with_returns
from tests.world import JAGOI

DISTRICT = "61.07.07"
ZONE = get_current_timezone()
STARTS = [datetime(2026, month, 1, tzinfo=ZONE) for month in (6, 7, 8, 9)]
DAYS = [date(2026, month, 1) for month in (6, 7, 8, 9)]


def flow(code, at, *, starts=STARTS, **only):
    """{month: number} of a flow."""
    found = {}
    for month, _place, _agency, number in of_months(COUNTED[code], starts, at=at, **only):
        found[month] = found.get(month, 0) + number
    return found


def stock(code, at, **only):
    return sum(number for _place, _agency, number in standing(COUNTED[code], at=at, **only))


def test_reports_count_by_month_and_place_without_the_checks(world):
    world.report(at=datetime(2026, 7, 31, 23, 30, tzinfo=ZONE))
    world.report(place="")
    type(world.report()).objects.filter(pk=world.report().pk).update(is_check=True)
    found = set(of_months(COUNTED["reports_received"], STARTS, at=world.at))
    assert {(month, place, number) for month, place, _agency, number in found} >= {(1, DISTRICT, 1), (2, "", 1)}
    assert flow("reports_received", world.at) == {1: 1, 2: 2}
    assert stock("reports_waiting", world.later(minutes=1)) == 3


def test_a_stock_is_told_of_a_moment_gone_by(world):
    report = world.report(at=world.at - timedelta(days=40))
    triage.accept(report, by=world.rina, at=world.at)
    assert stock("reports_waiting", world.at - timedelta(days=3)) == 1
    assert stock("reports_waiting", world.at - timedelta(days=50)) == 0
    assert stock("reports_waiting", world.later(days=1)) == 0
    assert (stock("cases_open", world.later(days=1)), stock("cases_open", world.at - timedelta(days=1))) == (1, 0)


def test_a_case_opened_by_mistake_counts_nowhere(world):
    kept, mistake = world.case(), world.case()
    Case.objects.filter(pk=mistake.pk).update(stage=Case.Stage.CANCELLED, place=None)
    Case.objects.filter(pk=kept.pk).update(place=None)
    rows = list(of_months(COUNTED["cases_opened"], STARTS, at=world.at))
    assert rows == [(2, "61.07", world.uptd.pk, 1)]


def test_a_clock_counts_once_in_time_or_not(world):
    """Whoever does not answer has no better share than whoever answers late."""
    early = world.at - timedelta(days=5)
    for kind in ("in time", "late", "never"):
        report = world.report(at=early)
        if kind != "never":
            triage.accept(report, by=world.rina, at=early + timedelta(hours=1 if kind == "in time" else 50))
    assert flow("triage_in_time", world.at) == {1: 1}
    assert flow("triage_late", world.at) == {1: 2}
    assert flow("triage_late", early + timedelta(hours=3)) == {}
    assert Obligation.objects.filter(rule="triage", state="open").count() == 1


def test_what_is_owed_from_outside_is_not_counted_against_who_watches(world):
    case = world.case(at=world.at - timedelta(days=9))
    owed = Obligation.objects.get(file=f"cases.case:{case.pk}", rule="first_contact")
    before = stock("duties_overdue", world.at)
    assert before > 0
    Obligation.objects.filter(pk=owed.pk).update(rule="restitution_paid")
    assert stock("duties_overdue", world.at) == before - 1


def test_a_clock_that_stands_still_is_not_overdue(world):
    world.report(at=world.at - timedelta(days=5))
    assert stock("duties_overdue", world.at) == 1
    Obligation.objects.update(state="paused")
    assert stock("duties_overdue", world.at) == 0
    assert flow("duties_late", world.at) == {}


def test_a_victim_who_waits_for_two_services_counts_once(world):
    victim = world.victim(world.case())
    world.service(victim)
    world.service(victim, kind="health")
    assert flow("services_asked", world.at) == {2: 2}
    assert stock("victims_waiting", world.at) == 1


def test_people_sent_home_count_at_home_and_their_visit_until_it_was_paid(world):
    w = with_returns(world)
    first, second = came_home(w), came_home(w, name="Sari", home="")
    assert flow("returns_arrived", w.at, starts=DAYS) == {2: 2}
    places = {place for _month, place, _agency, _n in of_months(COUNTED["returns_arrived"], DAYS, at=w.at)}
    assert places == {DISTRICT, ""}
    assert stock("returns_unscreened", w.at) == 2
    assert stock("returns_unvisited", w.later(minutes=1)) == 1
    assert stock("visits_overdue", w.later(days=20)) == 1
    assert Returnee.objects.filter(pk__in=[first.pk, second.pk], home=JAGOI).count() == 1
    meetings.note(first, outcome="found", on=w.at.date(), by=w.darius, at=w.later(days=1))
    assert stock("returns_unvisited", w.later(days=2)) == 0


def test_money_is_summed_on_the_day_of_the_step(world):
    assert COUNTED["restitution_paid"].rows(world.at).model is RestitutionStep
    assert flow("restitution_paid", world.at, starts=DAYS) == {}


def test_alerts_count_while_they_stand_and_as_false_when_they_were(world):
    told = {"kind": "rise", "subject": "reports", "place_id": "61.07", "first_on": DAYS[1], "last_on": DAYS[1],
            "agency": world.secretariat, "raised_at": world.at}  # fmt: skip
    closed = {"state": "closed", "outcome": "chance", "officer": world.dewi, "closed_at": world.later(hours=1)}
    for number, more in (("P-1", {}), ("P-2", closed)):
        AlertPlace.objects.create(alert=Alert.objects.create(number=number, **told, **more), place_id=DISTRICT)
    assert stock("alerts_standing", world.later(minutes=1)) == 2
    assert stock("alerts_standing", world.later(hours=2)) == 1
    assert flow("alerts_false", world.at) == {2: 1}


def test_an_alert_of_several_regencies_counts_in_each_and_once_in_the_province(world):
    alert = Alert.objects.create(
        number="P-1", kind="rise", subject="reports", place_id="61", first_on=DAYS[1], last_on=DAYS[1],
        agency=world.secretariat, raised_at=world.at,
    )  # fmt: skip
    for place in (DISTRICT, "61.07.08", "61.01", "61.02"):
        AlertPlace.objects.create(alert=alert, place_id=place)
    found = {place: number for place, _agency, number in standing(COUNTED["alerts_standing"], at=world.at)}
    assert found == {"61.07": 1, "61.01": 1, "61.02": 1, "61": -2}
    assert stock("alerts_standing", world.at) == 1


@pytest.mark.parametrize("code", ["reports_waiting", "duties_overdue", "cases_open"])
def test_what_must_stay_unknown_can_be_told_apart(world, code):
    case = world.case(at=world.at - timedelta(days=9))
    report = world.report(at=world.at - timedelta(days=9))
    only = COUNTED[code].unknown_to(world.rina)
    assert stock(code, world.at) > 0
    assert stock(code, world.at, only=only) == 0
    for thing in (case, report):
        exclusions.keep_out(thing, officer=world.rina, by=world.yanti, at=world.at)
    assert stock(code, world.at, only=only) == stock(code, world.at)
    assert COUNTED["register_entries"].unknown_to(world.rina) is None
