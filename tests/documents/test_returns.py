"""Tables to take along: the figures as the page shows them, the people of a manifest for the offices that need them."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from simpul.documents import returns
from simpul.insight import figures
from simpul.insight.figures import Question
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from tests.returns import came_home, with_returns


@pytest.fixture
def w(world):
    figures.places_at.cache_clear()
    world = with_returns(world)
    for number in range(12):
        came_home(world, name=f"Melati {number}", sex="P")
    came_home(world, name="Joko", sex="L", home="61.01.01.2001")
    return world


def sheets_of(book):
    read = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return [read.get_sheet_by_index(number).to_python() for number in (0, 1)]


def text_of(world, question, *, exact):
    made = returns.table_as_text(figures.answer(question, exact=exact), by=world.hana, at=world.at)
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))


def test_a_table_leaves_with_numbers_sums_and_a_cover(w):
    found = figures.answer(Question("returns", "regency", "sex"), exact=True)
    cover, lines = sheets_of(returns.table(found, words=["a", "b"], by=w.hana, at=w.at))
    assert w.hana.full_name in str(cover)
    assert "BP3MI" in str(cover)
    assert 13 in lines[-1]
    assert next(line for line in lines if "61.07" in str(line[0]))[2] == 12


def test_hidden_numbers_leave_hidden(w):
    question = Question("returns", "regency")
    shown = {line[0]: line[1] for line in text_of(w, question, exact=True)}
    assert "1" in shown.values()
    hidden = {line[0]: line[1] for line in text_of(w, question, exact=False)}
    assert "1" not in hidden.values()
    assert "…" in hidden.values()


def test_what_is_taken_along_is_written_down_without_words(w):
    text_of(w, Question("returns", "sex"), exact=True)
    entry = Entry.objects.get(act=Act.DOCUMENT_MADE)
    assert entry.facts == {"paper": "figures", "counted": "returns", "dimensions": ["sex"]}


def test_only_the_agency_that_took_it_in_takes_its_people_along(w):
    manifest = came_home(w, name="Melati").manifest
    with pytest.raises(NotAllowed):
        returns.manifest(manifest, by=w.joko, at=w.at)
    _cover, lines = sheets_of(returns.manifest(manifest, by=w.hana, at=w.at))
    assert [line[1] for line in lines[1:]] == ["Melati"]
