"""The papers: what is asked of every one of them, letter or statement."""

from inspect import signature

import pytest
from django.utils import translation

from simpul.documents import letters, statements
from simpul.documents.sheets import Party, long_moment
from tests.documents.papers import ALL, AT, PAPER, TELLING
from tests.documents.reading import everything, pages, says, squeezed

MADE = {name: getattr(room, name) for room in (letters, statements) for name in room.__all__ if name.islower()}


def test_every_paper_has_its_sample():
    assert set(MADE) == set(ALL)
    assert len(MADE) == 12


@pytest.mark.parametrize("name", ALL)
def test_a_paper_bears_office_number_day_and_pages(name):
    pdf = ALL[name]()
    assert pdf.startswith(b"%PDF-")
    assert says(pdf, PAPER.office.name, PAPER.office.above, PAPER.office.address, PAPER.number, "3 Agustus 2026")
    assert len(pages(pdf)) <= 3


@pytest.mark.parametrize("name", ALL)
def test_every_page_says_who_printed_it_and_when(name):
    found = pages(ALL[name]())
    with translation.override("id"):
        moment = squeezed(long_moment(AT))
    for number, page in enumerate(found, start=1):
        assert squeezed(PAPER.printed_by) in squeezed(page)
        assert moment in squeezed(page)
        assert f"{number}" in page.split()[-3:]
        assert f"{len(found)}" in page.split()[-1:]


@pytest.mark.parametrize("name", ALL)
def test_every_paper_is_for_keeping(name):
    assert "pdfaid" in everything(ALL[name]())


@pytest.mark.parametrize("name", ALL)
def test_the_title_of_a_file_names_nobody(name):
    pdf = ALL[name]()
    head = pdf[pdf.rindex(b"/Title") :].split(b"/Author")[0].decode("latin-1")
    assert not any(telling in head for telling in TELLING)


@pytest.mark.parametrize("name", ALL)
def test_a_paper_is_in_the_language_of_the_installation_whatever_the_officer_reads(name, settings):
    with translation.override("en"):
        assert says(ALL[name](), "3 Agustus 2026")
        assert translation.get_language() == "en"
    settings.LANGUAGE_CODE = "en"
    assert says(ALL[name](), "3 August 2026")


@pytest.mark.parametrize("name", ALL)
def test_what_is_not_known_is_left_for_the_hand(name):
    """Nobody is asked to invent a name to get a form."""
    empty = {
        key: Party() for key in signature(MADE[name]).parameters
        if key in {"to", "signer", "officer", "person", "giver", "receiver", "claimant", "witness", "family"}
    }  # fmt: skip
    assert ALL[name](**empty).startswith(b"%PDF-")
