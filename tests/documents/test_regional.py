"""The month of a region on paper: four pages, whatever stands on them."""

import time
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from simpul.documents import regional
from simpul.insight import region_month, tallies
from simpul.insight.models import Estimate
from simpul.insight.tallies import InTime
from simpul.journal.models import Entry
from simpul.places.models import Place
from tests.documents.reading import everything, pages, squeezed
from tests.heads import head_of_region, with_a_month
from tests.insight.shipped import load_shipped
from tests.insight.test_decisions import raised
from tests.returns import came_home, with_returns

AUGUST = date(2026, 8, 1)


@pytest.fixture
def w(world, english):
    world.gusti = head_of_region(world)
    load_shipped(world.at)
    raised(world)
    with_returns(world)
    for number in range(3):
        came_home(world, name=f"Melati {number}")
    return with_a_month(world)


def month_of(w, officer=None):
    return region_month.of(officer or w.gusti, month=AUGUST, at=w.at)


def printed(w, found=None, officer=None):
    officer = officer or w.gusti
    return regional.monthly(found or month_of(w, officer), by=officer, at=w.at)


def on_page(pdf, number, *parts):
    """The parts that do not stand on a page."""
    told = squeezed(pages(pdf)[number - 1])
    return [part for part in parts if squeezed(part) not in told]


def test_a_head_signs_four_pages_that_say_whose_they_are(w):
    pdf = printed(w)
    assert len(pages(pdf)) == 4
    assert not on_page(pdf, 1, "Bupati of Bengkayang", "Kabupaten Bengkayang", "August 2026", "What to decide",
                       "Bengkayang, 3 August 2026", "of obligations met in time", "4 of 4", "Page 1 of 4")  # fmt: skip
    assert not on_page(pdf, 2, "Place by place", "Kec. Jagoi Babang", "The whole region", "Page 2 of 4")
    assert not on_page(pdf, 3, "Time limits by agency", "UPTD PPA Bengkayang", "All agencies", "Reports received",
                       "Restitution paid", "Aug 26")  # fmt: skip
    assert not on_page(pdf, 4, "P-2026-0001", "Vulnerability", "Kab. Sintang", "The hidden number", "Wilson",
                       "without the hourly checks of intake")  # fmt: skip


def test_few_people_sent_home_are_told_of_nowhere(w):
    found = month_of(w)
    assert tallies.series(["returns_unvisited"], prefix="61.07", until=AUGUST)["returns_unvisited"][-1] == 3
    pdf = printed(w, found)
    assert not on_page(pdf, 1, "…")
    assert not on_page(pdf, 2, "Kec. Jagoi Babang 6 4 4 2 … …", "fewer than 11 people", "For the use of the office")


def test_its_making_is_in_the_journal_and_names_region_and_month(w):
    printed(w)
    entry = Entry.objects.get(act="document.made", facts__paper="regional")
    assert entry.subject == "places.place:61.07"
    assert entry.facts == {"paper": "regional", "month": "2026-08"}
    assert entry.officer_id == w.gusti.pk


def test_it_is_set_in_the_language_of_the_page(w):
    with translation.override("id"):
        pdf = printed(w)
    assert not on_page(pdf, 1, "Agustus 2026")
    assert len(pages(pdf)) == 4


def test_a_province_and_a_city_have_a_head_of_another_name(w):
    heads = {code: regional.head_of(Place.objects.get(pk=code)) for code in ("61", "61.01", "61.71")}
    assert heads["61"] == "Governor of Kalimantan Barat"
    assert heads["61.01"] == "Bupati of Sambas"
    assert heads["61.71"] == "Mayor of Pontianak"
    pdf = printed(w, officer=head_of_region(w, "61"))
    assert len(pages(pdf)) == 4
    assert not on_page(pdf, 1, "Governor of Kalimantan Barat")


def test_however_many_agencies_there_are_it_stays_four_pages(w):
    found = month_of(w)
    line = next(each for each in found.agencies if each.agency == w.uptd)
    many = tuple(type(line)(line.agency, InTime(number, number + 40), 7) for number in range(90))
    full = replace(
        found, agencies=many, alerts=found.alerts * 6, decisions=(found.decisions * 7)[:7],
        places=(found.places * 3)[:40],
    )  # fmt: skip
    pdf = printed(w, full)
    assert len(pages(pdf)) == 4
    assert not on_page(pdf, 3, "73 agencies stand in the sum only")
    assert not on_page(pdf, 2, "16 places with fewer cases are not shown")


def test_a_month_of_which_nothing_is_known_is_four_pages_too(world, english):
    gusti = head_of_region(world)
    found = region_month.of(gusti, month=AUGUST, at=world.at)
    pdf = regional.monthly(found, by=gusti, at=world.at)
    assert len(pages(pdf)) == 4
    assert not on_page(pdf, 1, "Nothing waits for a decision", "No time limit ran out")
    assert not on_page(pdf, 3, "No obligation of any agency")
    assert not on_page(pdf, 4, "No alert stands", "No number that can be defended")


def test_a_hidden_number_stands_on_it_as_a_range(w):
    Estimate.objects.create(
        population="victims", place_id="61.07", first_on=date(2026, 1, 1), last_on=date(2026, 6, 30), state="done",
        verdict="range", results={"range": {"low": 121.7, "high": 343.2}}, asked_at=w.at, asked_by=w.dewi, made_at=w.at,
    )  # fmt: skip
    assert not on_page(printed(w), 4, "from 120 to 340, seen and unseen together")


def test_it_is_for_keeping_and_can_be_read_to_somebody(w):
    content = everything(printed(w))
    assert "<pdfaid:part>2</pdfaid:part>" in content
    assert "<pdfuaid:part>1</pdfuaid:part>" in content


def test_it_is_set_in_two_seconds(w):
    found = month_of(w)
    printed(w, found)
    begun = time.process_time()
    printed(w, found)
    assert time.process_time() - begun < 2
