import pytest

from simpul.insight import indicators
from simpul.insight.indicator_reading import Read, read_shipped
from simpul.insight.models import IndicatorLoad, IndicatorValue
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound

State = IndicatorLoad.State
KEY = ("poverty", "61.07", 2025)


@pytest.fixture
def w(world, english):
    return world


def said(value, place="61.07", year=2025):
    return Read(2, "poverty", place, year, value, "BPS 2025", "S")


def taken_in(w, value, at=None):
    load = indicators.receive([said(value)], by=w.dewi, at=at or w.at)
    indicators.take_in(load, by=w.dewi, at=at or w.at)
    return load


def holding():
    found = indicators.in_force()
    return found[KEY].value if KEY in found else None


def test_the_catalogue_says_what_each_indicator_is():
    poverty = indicators.catalogue()["poverty"]
    assert (poverty.direction, poverty.weight, poverty.parent, poverty.is_share) == (1, 1.0, "livelihood", True)
    assert indicators.catalogue()["tpak"].weight == 0
    assert not indicators.catalogue()["rls15"].is_share
    assert "Melawi" in poverty.note(2024)


def test_what_was_read_does_not_hold_before_it_is_taken_in(w):
    load = indicators.receive([said(7.0)], by=w.dewi, at=w.at)
    assert holding() is None
    indicators.take_in(load, by=w.dewi, at=w.at)
    assert holding() == 7.0


def test_taking_a_table_back_brings_back_what_held_before(w):
    taken_in(w, 7.0)
    later = taken_in(w, 8.0, at=w.later(days=1))
    assert holding() == 8.0
    indicators.take_back(later, by=w.dewi, at=w.later(days=2))
    assert holding() == 7.0
    indicators.take_in(later, by=w.dewi, at=w.later(days=3))
    assert holding() == 8.0
    assert IndicatorValue.objects.count() == 2


def test_values_are_read_once_while_the_same_tables_hold(w, django_assert_num_queries):
    taken_in(w, 7.0)
    assert holding() == 7.0
    with django_assert_num_queries(1):
        assert holding() == 7.0
    taken_in(w, 8.0, at=w.later(days=1))
    assert holding() == 8.0


def test_the_same_table_twice_is_one_load(w):
    first = taken_in(w, 7.0)
    assert indicators.receive([said(7.0)], by=w.dewi, at=w.later(days=1)) == first
    indicators.take_back(first, by=w.dewi, at=w.later(days=1))
    assert indicators.receive([said(7.0)], by=w.dewi, at=w.later(days=2)) != first


def test_what_a_table_changes_is_told_before_it_holds(w):
    taken_in(w, 7.0)
    load = indicators.receive([said(8.0), said(3.0, year=2024)], by=w.dewi, at=w.later(days=1))
    found = {change.value.year: change for change in indicators.changes(load)}
    assert found[2024].is_new
    assert found[2025].is_different
    assert found[2025].before.value == 7.0


def test_a_table_that_was_put_away_can_be_opened_again(w):
    load = indicators.receive([said(7.0)], by=w.dewi, at=w.at)
    indicators.discard(load, by=w.dewi, at=w.at)
    with pytest.raises(NotAllowed, match="Put away"):
        indicators.take_in(load, by=w.dewi, at=w.at)
    indicators.take_up(load, by=w.dewi, at=w.at)
    assert load.state == State.READ


def test_only_the_secretariat_loads_and_only_of_its_own_region(w):
    for officer in (w.rina, w.yanti, w.wulan, w.tono):
        with pytest.raises(NotAllowed, match="role"):
            indicators.receive([said(7.0)], by=officer, at=w.at)
    with pytest.raises(NotAllowed, match="outside your region"):
        indicators.receive([said(7.0, place="61.01")], by=w.dewi, at=w.at)
    with pytest.raises(NotAllowed, match="no value"):
        indicators.receive([], by=w.dewi, at=w.at)


def test_another_region_finds_no_load_and_cannot_take_it_back(w):
    load = taken_in(w, 7.0)
    assert indicators.load_for(w.dewi, load.pk) == load
    w.dewi.agency = w.uptd_sambas
    w.dewi.save()
    with pytest.raises(NotFound):
        indicators.load_for(w.dewi, load.pk)
    with pytest.raises(NotAllowed, match="of the region"):
        indicators.take_back(load, by=w.dewi, at=w.at)
    assert not indicators.loads_for(w.rina).exists()


def test_what_is_shipped_is_loaded_once_and_yields_to_what_was_brought(w):
    shipped = read_shipped(at=w.at).values
    load = indicators.load_shipped(shipped, at=w.at)
    assert indicators.load_shipped(shipped, at=w.later(days=1)) is None
    was = indicators.in_force()["poverty", "61.07", 2024].value
    own = indicators.receive([said(was + 1, year=2024)], by=w.dewi, at=w.at)
    indicators.take_in(own, by=w.dewi, at=w.at)
    assert indicators.in_force()["poverty", "61.07", 2024].value == was + 1
    newer = [*shipped[:-1], Read(2, "poverty", "61.07", 2024, was + 5, "BPS", "V")]
    newer = [each for each in newer if (each.indicator, each.place, each.year) != ("poverty", "61.07", 2024)] + newer[
        -1:
    ]
    assert indicators.load_shipped(newer, at=w.later(days=2)) != load
    assert indicators.in_force()["poverty", "61.07", 2024].value == was + 1


def test_each_step_is_in_the_journal_without_words(w):
    load = taken_in(w, 7.0)
    indicators.take_back(load, by=w.dewi, at=w.at)
    entries = Entry.objects.filter(subject=f"insight.indicatorload:{load.pk}").order_by("number")
    assert [entry.act for entry in entries] == ["indicators.received", "indicators.taken_in", "indicators.taken_back"]
    assert all(entry.facts == {"values": 1} for entry in entries)
