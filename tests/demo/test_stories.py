"""The invented texts: complete for every method, and only with codes that the catalogues hold."""

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from simpul.demo import stories, truth
from simpul.demo.handling import GIVEN_BY, REASONS
from simpul.reference import catalogues

AT = datetime(2026, 8, 3, 9, 0, tzinfo=ZoneInfo("Asia/Pontianak"))
VILLAGES = {code: [f"{code}.01.2001", f"{code}.02.2003"] for code in ("61.01", "61.07", "61.71", "61.72")}


@pytest.fixture
def events():
    return truth.year(at=AT, villages=VILLAGES, scale=0.5)


def all_of(table):
    return {code for codes in table.values() for code in codes}


def test_every_method_has_statements_kinds_findings_indicators_and_services():
    for table in (stories.STATEMENTS, stories.KINDS, stories.FINDINGS, stories.INDICATORS, stories.SERVICES):
        assert set(table) == set(truth.MODUS)


def test_all_codes_are_in_the_catalogues(db):
    assert all(catalogues.is_code("modus", code) for code in truth.MODUS)
    assert all(catalogues.is_code("exploitation_kinds", code) for code in all_of(stories.KINDS))
    assert all(catalogues.is_code(element, term) for element, term in all_of(stories.FINDINGS))
    assert all(catalogues.is_code("indicators", code) for code in all_of(stories.INDICATORS))
    assert all(catalogues.is_code("services", code) for code in all_of(stories.SERVICES) | set(stories.NEEDS))
    assert all(catalogues.is_code("set_aside_reasons", code) for code, _weight in REASONS)
    assert all(catalogues.is_code("relations", code) for code, _weight in truth.RELATIONS)


def test_every_service_has_a_need_and_somebody_who_gives_it(db):
    assert all_of(stories.SERVICES) <= set(stories.NEEDS)
    assert all_of(stories.SERVICES) <= set(GIVEN_BY)
    assert all(catalogues.is_code("agency_kinds", kind) for kind in GIVEN_BY.values())


def test_every_statement_is_filled_and_begins_like_a_sentence(events):
    random = Random("statements")
    for event in events:
        for sighting in event.sightings:
            text = stories.statement(random, event, sighting, place="Jagoi")
            assert "{" not in text
            assert text[0].isupper()
            assert 40 < len(text) < 600


def test_two_reporters_of_one_event_name_the_same_broker_and_town(events):
    event = next(event for event in events if len(event.sightings) > 1)
    first, second = (
        stories.words_of(Random(i), event, sighting, place="") for i, sighting in enumerate(event.sightings[:2])
    )
    assert (first.broker, first.town, first.name) == (second.broker, second.town, second.name)


def test_what_is_set_aside_has_texts_of_its_own():
    random = Random("otherwise")
    for reason in stories.OTHERWISE:
        assert stories.otherwise(random, reason, place="Sambas")
