"""The parts of which papers are made."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from simpul.documents import sheets
from tests.documents.papers import AT, LINK, PAPER, RINA


@pytest.fixture(autouse=True)
def _in_indonesian():
    with translation.override("id"):
        yield


def test_days_and_moments_are_written_out_in_the_zone_of_the_office():
    assert sheets.long_day(date(2026, 11, 22)) == "22 November 2026"
    assert sheets.weekday(date(2026, 8, 3)) == "Senin, 3 Agustus 2026"
    assert sheets.long_moment(datetime(2026, 8, 3, 2, 5, tzinfo=UTC)) == sheets.long_moment(AT)
    assert "3 Agustus 2026" in sheets.long_moment(AT)
    assert sheets.long_moment(AT).endswith("09:05 WIB")
    assert sheets.short_moment(AT) == "3 Agu 2026, 09:05"
    assert sheets.zone(AT) == "WIB"


def test_a_day_that_is_not_known_is_left_for_the_hand():
    assert sheets.long_day(None) == ""
    assert sheets.long_moment(None) == ""


def test_a_fact_that_is_none_is_left_out_and_an_empty_one_stays_for_the_hand():
    assert sheets.facts([("a", None), ("b", ""), ("c", "x")])["rows"] == [["b", ""], ["c", "x"]]


def test_the_parts_of_a_party_come_in_order_under_their_labels():
    assert sheets.rows(RINA, "nip", "name", name="Petugas") == [("NIP", RINA.nip), ("Petugas", RINA.name)]


def test_a_pattern_draws_its_address():
    drawn = sheets.pattern(LINK, caption="", steps=["a"])
    assert drawn["drawing"].startswith("<svg")
    assert drawn["drawing"] == sheets.pattern(LINK, caption="", steps=["a"])["drawing"]
    assert drawn["drawing"] != sheets.pattern(LINK + "x", caption="", steps=["a"])["drawing"]


def test_a_slot_says_who_signs_as_what():
    slot = sheets.slot("Yang menyerahkan", RINA)
    assert (slot["name"], slot["number"]) == (RINA.name, f"NIP {RINA.nip}")
    assert slot["title"] == f"{RINA.title}\n{RINA.office}"


def test_columns_to_the_right_are_told_one_by_one():
    table = sheets.table(["a", "b", "c"], [["1", "2", "3"]], widths=[1, 1, 0], right={2})
    assert table["right"] == [False, False, True]


def test_a_sheet_carries_who_printed_it_and_when():
    data = sheets.sheet(PAPER, title="A list", blocks=[])
    assert PAPER.printed_by in data["foot"]["printed"]
    assert sheets.long_moment(AT) in data["foot"]["printed"]
    assert (data["language"], PAPER.number in data["running"]) == ("id", True)
    assert {"{page}", "{pages}"} <= set(data["foot"]["page"].split())
