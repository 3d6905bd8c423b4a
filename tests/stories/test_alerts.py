"""Figures that stand out are looked into by somebody with a name, and it is counted how often they were right."""

from datetime import date, timedelta

import pytest

from simpul.desk.views.alerts import chance
from simpul.insight import alerts, estimates, watch, wording
from simpul.insight.models import Alert
from simpul.intake import access
from simpul.journal.queries import readings_of
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.queries import escalated_to, owed_now
from tests.insight.test_wording import NEW, OLD, text
from tests.world import JAGOI

OTHERS = ("61.01.01", "61.02.01", "61.03.01", "61.05.01")


@pytest.fixture
def gathering(world):
    """Reports from everywhere now and then, and nine from Jagoi since yesterday."""
    evening = world.later(hours=-13)
    for number in range(12):
        world.report(place=OTHERS[number % 4], at=evening - timedelta(days=9 * number + 3))
    return [world.report(at=evening) for _number in range(9)]


def test_what_gathers_is_raised_in_the_night_and_the_secretariat_owes_to_look(world, gathering):
    watch.watch(at=world.at)
    (alert,) = alerts.alerts_for(world.dewi).filter(kind=Alert.Kind.CLUSTER)
    assert (alert.place_id, alert.figures["count"]) == ("61.07.07", 9)
    assert "look_into_alert" in {owed.rule for owed in owed_now(world.dewi)}
    assert chance(alert)
    alerts.take_up(alert, by=world.dewi, at=world.later(hours=2))
    alerts.close(alert, outcome="real_acted", by=world.dewi, at=world.later(hours=30))
    assert "look_into_alert" not in {owed.rule for owed in owed_now(world.dewi)}
    (record,) = [one for one in alerts.records(world.dewi) if one.kind == "cluster"]
    assert (record.right, record.wrong) == (1, 0)


def test_who_looks_sees_the_reports_only_as_far_as_they_are_open(world, gathering):
    watch.watch(at=world.at)
    alert = Alert.objects.get(kind=Alert.Kind.CLUSTER)
    assert set(alerts.behind(alert, world.rina, at=world.at)) == set(gathering)
    assert not alerts.behind(alert, world.dewi, at=world.at).exists()
    assert not alerts.sees_exact(world.dewi, alert)


def test_an_alert_nobody_looks_into_is_told_to_the_head_of_the_region(world, gathering):
    watch.watch(at=world.at)
    alert = Alert.objects.get(kind=Alert.Kind.CLUSTER)
    book.let_time_pass(at=world.later(days=8))
    clock = world.owed("look_into_alert", on=alert)
    assert clock.escalated_to == "head_of_region"
    world.dewi.role = "head_of_region"
    assert clock in escalated_to(world.dewi)


def test_a_false_alarm_is_not_raised_again_the_next_night_and_counts_as_one(world, gathering):
    watch.watch(at=world.at)
    alert = Alert.objects.get(kind=Alert.Kind.CLUSTER)
    alerts.close(alert, outcome="chance", by=world.dewi, at=world.at)
    watch.watch(at=world.later(days=1))
    assert Alert.objects.filter(kind=Alert.Kind.CLUSTER).count() == 1
    assert [one.wrong for one in alerts.records(world.dewi) if one.kind == "cluster"] == [1]


def test_an_officer_who_may_read_reports_learns_of_new_words_and_nobody_else_does(world):
    past = [world.report(OLD[number % 4], at=world.later(days=-200 + number)) for number in range(24)]
    now = [world.report(words, at=world.later(days=-1)) for words in NEW]
    assert wording.reports_for(world.rina, days=30, at=world.at) == (past, now)
    words = access.read_statements([*past, *now], by=world.rina, at=world.at)
    before, after = ([text(one.pk, words[one.pk]) for one in some] for some in (past, now))
    (group,) = wording.look(before, after, by=world.rina, at=world.at)
    assert "kamboja" in group.words
    assert readings_of(now[0]).get().officer_id == world.rina.pk
    alert = alerts.alert_for(world.dewi, group.alert.number)
    assert "kamboja" not in str(vars(alert)).lower()
    assert access.read_statements(now, by=world.dewi, at=world.at) == {}


def test_no_hidden_number_is_told_where_lists_hardly_overlap(world):
    world.victim(world.case(place=JAGOI))
    asked = estimates.Asked("victims", "61.07", date(2026, 1, 1), date(2026, 8, 3))
    one = estimates.ask(asked, by=world.dewi, at=world.at)
    estimates.make(one, at=world.at)
    assert (one.verdict, one.results["methods"]) == ("withhold", {})
    with pytest.raises(NotAllowed):
        estimates.ask(asked, by=world.rina, at=world.at)
