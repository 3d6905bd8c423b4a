"""How clusters are told: rounded for readers, whole for programs."""

import json

import pytest

from simpul.console.scan_telling import expectation, place_told
from simpul.lib import speech
from tests.console.scans import ALONE, WITH_PEOPLE


def test_names_are_told_and_codes_are_kept(scan):
    _code, out, _err = scan(*WITH_PEOPLE)
    assert "Cluster 1: Sintang." in out
    assert json.loads(scan(*WITH_PEOPLE, "--json")[1])["clusters"][0]["centre"] == "D"


def test_many_places_are_the_first_and_how_many_more():
    assert place_told(["Sambas"]) == "Sambas"
    assert place_told(["Sambas", "Sanggau", "Sintang"]) == "Sambas and 2 more"
    assert len(place_told(["x" * 80])) == 34


@pytest.mark.parametrize(("value", "told"), [(175.14, "175.1"), (1.0, "1.0"), (0.034, "0.03")])
def test_what_is_expected_is_told_apart_from_nothing(value, told):
    with speech.speaking("en"):
        assert expectation({"expected": value}) == told


def test_a_watch_says_how_seldom_chance_gives_such_an_alarm(scan):
    _code, out, _err = scan("--places", "places.csv", "--prospective", "--replicas", "999")
    assert "chance gives such an alarm once in" in out


def test_where_chance_does_as_much_it_is_said(scan):
    cases = "kode,tanggal,kasus\nA,2024-01,3\nA,2024-02,2\nB,2024-01,2\nB,2024-02,3\n"
    _code, out, _err = scan(*ALONE, cases=cases)
    assert "That is no proof that nothing is there." in out
    even = "kode,tanggal,kasus\nA,2024-01,2\nA,2024-02,2\nB,2024-01,2\nB,2024-02,2\n"
    assert "No window holds more cases than expected." in scan(*ALONE, cases=even)[1]
