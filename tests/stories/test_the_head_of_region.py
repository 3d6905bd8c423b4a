"""The head of a region decides by clocks and places: no victim, no reporter and no officer is told of."""

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from simpul.documents import regional
from simpul.insight import region_month, tallies
from tests.documents.reading import pages
from tests.heads import head_of_region, with_a_month
from tests.returns import came_home, with_returns
from tests.world import World, signed_in

PAGE = "/desk/wilayah/"
NAME, STATEMENT = "Melati Kusuma", "Tetangga saya dibawa ke Malaysia"


@pytest.fixture
def w(db, english):
    w = with_returns(World(timezone.now()))
    w.gusti = head_of_region(w)
    w.victim(w.case(), name=NAME)
    for _each in range(3):
        came_home(w, name=NAME)
    return with_a_month(w)


def month_of(w):
    return region_month.of(w.gusti, month=tallies.first_of(localdate(w.at)), at=w.at)


def sheets(w):
    """What the page and the paper say, as text."""
    found = month_of(w)
    paper = " ".join(pages(regional.monthly(found, by=w.gusti, at=w.at)))
    return signed_in(w.gusti).get(PAGE).content.decode(), paper


def test_nobody_is_named_on_the_page_nor_on_the_paper(w):
    for text in sheets(w):
        assert "UPTD PPA Bengkayang" in text
        for told in (NAME, "Melati", STATEMENT, w.rina.full_name, w.yanti.full_name):
            assert told not in text


def test_a_decision_names_an_agency_and_never_an_officer(w):
    (late,) = [each for each in month_of(w).decisions if each.kind == "overdue"]
    assert "UPTD PPA Bengkayang" in late.words
    assert w.rina.full_name not in late.words + late.reason
