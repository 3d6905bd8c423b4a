"""Alerts: raised once, grown where they go on, looked into by a named officer, closed with what was found."""

from datetime import date, timedelta

import pytest

from simpul.insight import alerts
from simpul.insight.models import Alert
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations.models import Obligation
from tests.returns import with_returns
from tests.world import JAGOI

DISTRICT, NEXT_DOOR, SAMBAS = "61.07.07", "61.07.05", "61.01.01"


def seen(count=6, *, places=(DISTRICT,), first_on=date(2026, 7, 20), last_on=date(2026, 8, 2), **told):
    return alerts.Seen(
        **{
            "kind": Alert.Kind.CLUSTER, "subject": Alert.Subject.REPORTS, "places": tuple(places), "first_on": first_on,
            "last_on": last_on, "method": "scan.permutation", "figures": {"count": count, "expected": 1.1},
        }
        | told
    )  # fmt: skip


@pytest.fixture
def alert(world):
    return alerts.raise_(seen(), at=world.at)


def test_an_alert_has_a_number_and_the_secretariat_owes_to_look_into_it(world, alert):
    assert alert.number == "P-2026-0001"
    assert alert.agency == world.secretariat
    assert alert.place_id == DISTRICT
    owed = world.owed("look_into_alert", on=alert)
    assert (owed.owed_by, owed.place_id, owed.number) == (world.secretariat, DISTRICT, alert.number)
    assert Entry.objects.get(act="alert.raised").facts["number"] == alert.number


def test_without_a_secretariat_the_unit_of_the_place_looks_and_without_that_the_one_of_the_region(world):
    assert alerts.looks_into("61.01.01") == world.uptd_sambas
    assert alerts.looks_into("61.03.01") == world.uptd_province
    world.uptd_province.ended_on = world.uptd_sambas.ended_on = date(2026, 8, 1)
    world.uptd_province.save()
    world.uptd_sambas.save()
    assert alerts.looks_into("61.01.01") is None
    assert alerts.raise_(seen(places=[SAMBAS]), at=world.at) is None


def test_the_same_is_not_raised_again_but_grows(world, alert):
    again = alerts.raise_(
        seen(9, places=[DISTRICT, NEXT_DOOR], last_on=date(2026, 8, 3)), at=world.later(days=1)
    )  # fmt: skip
    assert again == alert
    assert Alert.objects.count() == 1
    assert Obligation.objects.standing().filter(rule="look_into_alert").count() == 1
    again.refresh_from_db()
    assert again.figures["count"] == 9
    assert again.last_on == date(2026, 8, 3)
    assert again.place_id == "61.07"
    assert set(again.places.values_list("place_id", flat=True)) == {DISTRICT, NEXT_DOOR}
    assert again.grown_at == world.later(days=1)
    assert Entry.objects.filter(act="alert.grown").count() == 1


def test_what_is_no_larger_leaves_no_entry_each_night(world, alert):
    alerts.raise_(seen(5, last_on=date(2026, 8, 3)), at=world.later(days=1))
    alert.refresh_from_db()
    assert alert.figures["count"] == 6
    assert alert.last_on == date(2026, 8, 3)
    assert not Entry.objects.filter(act="alert.grown").exists()


@pytest.mark.parametrize(
    "other",
    [
        {"places": [NEXT_DOOR]},
        {"first_on": date(2026, 5, 1), "last_on": date(2026, 5, 9)},
        {"subject": Alert.Subject.CASES},
        {"kind": Alert.Kind.RISE},
        {"sign": "modus:scam_online"},
    ],
    ids=lambda told: next(iter(told)),
)
def test_another_place_time_count_kind_or_sign_is_another_alert(world, alert, other):
    assert alerts.raise_(seen(**other), at=world.at) != alert


def test_an_officer_of_the_office_looks_into_it_and_closes_it_with_what_was_found(world, alert):
    alerts.take_up(alert, by=world.dewi, at=world.later(hours=1))
    assert (alert.state, alert.officer) == (Alert.State.LOOKING, world.dewi)
    alerts.close(alert, outcome="real_acted", by=world.dewi, at=world.later(hours=2))
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.closed_at) == ("closed", "real_acted", world.later(hours=2))
    assert world.owed("look_into_alert", on=alert) is None
    assert Entry.objects.get(act="alert.closed").facts == {"outcome": "real_acted"}


def test_nobody_else_looks_into_it(world, alert):
    for officer in (world.rina, world.yanti, world.budi):
        with pytest.raises(NotAllowed):
            alerts.take_up(alert, by=officer, at=world.at)
        with pytest.raises(NotAllowed):
            alerts.close(alert, outcome="chance", by=officer, at=world.at)


def test_it_is_closed_once_and_with_an_outcome_of_the_list(world, alert):
    with pytest.raises(NotAllowed):
        alerts.close(alert, outcome="because", by=world.dewi, at=world.at)
    alerts.close(alert, outcome="chance", by=world.dewi, at=world.at)
    with pytest.raises(NotAllowed):
        alerts.close(alert, outcome="real_known", by=world.dewi, at=world.at)
    with pytest.raises(NotAllowed):
        alerts.take_up(alert, by=world.dewi, at=world.at)


def test_what_was_closed_comes_back_only_when_it_is_half_as_large_again(world, alert):
    alerts.close(alert, outcome="chance", by=world.dewi, at=world.at)
    assert alerts.raise_(seen(8), at=world.later(days=1)) is None
    again = alerts.raise_(seen(9), at=world.later(days=1))
    assert again != alert
    assert again.state == Alert.State.RAISED


def test_an_alert_is_seen_in_the_regions_it_touches_by_who_sees_facts_or_reads_reports(world, alert):
    for officer in (world.dewi, world.rina, world.lina):
        assert alerts.alert_for(officer, alert.number) == alert
    for officer in (world.siti, world.budi, world.agus, world.wulan, world.tono):
        with pytest.raises(NotFound):
            alerts.alert_for(officer, alert.number)
    alerts.raise_(seen(7, places=[DISTRICT, SAMBAS]), at=world.at)
    assert alerts.alert_for(world.siti, alert.number) == alert


def test_who_receives_people_sent_home_sees_the_alerts_on_these_and_no_others(world, alert):
    w = with_returns(world)
    returns = alerts.raise_(seen(subject=Alert.Subject.RETURNS), at=w.at)
    for officer in (w.hana, w.joko):
        assert list(Alert.objects.visible_to(officer)) == [returns]
        assert alerts.sees_exact(officer, returns)
    assert not Alert.objects.visible_to(w.darius).exists()


def test_small_numbers_are_for_those_who_may_see_what_was_counted(world, alert):
    assert alerts.sees_exact(world.rina, alert)
    assert not alerts.sees_exact(world.dewi, alert)
    cases = alerts.raise_(seen(subject=Alert.Subject.CASES), at=world.at)
    assert alerts.sees_exact(world.dewi, cases)
    returns = alerts.raise_(seen(subject=Alert.Subject.RETURNS), at=world.at)
    assert not alerts.sees_exact(world.dewi, returns)
    assert not alerts.sees_exact(world.rina, returns)


def test_false_alarms_are_counted_by_kind(world):
    for number, outcome in enumerate(["real_acted"] * 7 + ["real_known"] + ["chance"] * 2 + ["data_error", "unclear"]):
        first = date(2025, 1, 1) + timedelta(days=20 * number)
        alert = alerts.raise_(seen(first_on=first, last_on=first), at=world.at)
        alerts.close(alert, outcome=outcome, by=world.dewi, at=world.at)
    alerts.raise_(seen(kind=Alert.Kind.RISE), at=world.at)
    cluster, rise = alerts.records(world.dewi)
    assert (cluster.kind, cluster.raised, cluster.right, cluster.wrong, cluster.unclear) == ("cluster", 12, 8, 3, 1)
    assert cluster.share.value == pytest.approx(8 / 11)
    assert (rise.kind, rise.standing, rise.share) == ("rise", 1, None)
    assert alerts.records(world.siti) == []


@pytest.mark.parametrize(
    ("places", "region"),
    [([DISTRICT], DISTRICT), ([DISTRICT, NEXT_DOOR], "61.07"), ([JAGOI, SAMBAS], "61"), (["61.07", DISTRICT], "61.07")],
)
def test_the_region_of_an_alert_is_the_smallest_that_holds_its_places(places, region):
    assert alerts.common(places) == region
