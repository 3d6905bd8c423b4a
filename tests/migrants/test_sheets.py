"""Lists as they come: received once, corrected by the officer, put away, forgotten."""

import pytest
from django.db import connection

from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import manifests, sheets
from simpul.migrants.models import Habit, Sheet
from simpul.migrants.reading import reader
from simpul.persons.models import Person
from tests.lists import DAHLIA, JOKO, MELATI, UNCLEAR, manifest
from tests.returns import with_returns

MELATI_AND_JOKO = manifest(MELATI, JOKO)


@pytest.fixture
def hana(world):
    return with_returns(world).hana


@pytest.fixture
def receive(world, hana):
    def receiving(data=MELATI_AND_JOKO, **told):
        told = {"filename": "daftar.csv", "layout": "manifest", "by": hana, "at": world.at} | told
        return sheets.receive(data, **told)

    return receiving


def questions(sheet, world):
    return manifests.open_questions(sheet, sheets.reading_of(sheet, at=world.at))


def cells_of(problems):
    return [(problem.row, problem.column, problem.sheet) for problem in problems]


def test_a_file_is_kept_sealed_and_nobody_is_recorded(world, receive):
    sheet = receive()
    assert sheet.state == Sheet.State.READ
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM migrants_sheet")
        content = bytes(cursor.fetchone()[0])
    assert content
    assert b"MELATI" not in content
    assert len(sheets.reading_of(sheet, at=world.at).rows) == 2
    assert not Person.objects.exists()
    assert Entry.objects.filter(act=Act.SHEET_RECEIVED, officer_id=world.hana.pk).count() == 1


def test_the_same_file_twice_is_the_same_list(receive):
    first = receive()
    assert receive(filename="lain.csv") == first
    assert Sheet.objects.count() == 1


def test_a_file_that_was_put_away_can_come_again(world, receive):
    first = receive()
    sheets.discard(first, by=world.hana, at=world.at)
    assert receive() != first


def test_another_office_is_not_told_of_a_twin(world, receive):
    first = receive()
    assert receive(by=world.joko) != first


def test_who_takes_in_no_lists_hands_in_none(world, receive):
    with pytest.raises(NotAllowed):
        receive(by=world.rina)
    with pytest.raises(NotAllowed):
        receive(by=world.darius)


def test_a_file_that_cannot_be_opened_is_not_kept(receive):
    with pytest.raises(reader.FileError):
        receive(b"%PDF-1.7 not a list", filename="daftar.xlsx")
    assert not Sheet.objects.exists()


def test_a_file_too_large_is_refused_with_its_size(receive, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 2**20)
    with pytest.raises(NotAllowed, match="1 MB"):
        receive(b"x" * (2**20 + 1))


def test_an_answer_is_read_instead_of_what_stands_there(world, receive):
    sheet = receive(manifest(*UNCLEAR))
    asked = questions(sheet, world)
    day = next(problem for problem in asked if problem.column == "birth_date")
    sheets.answer(sheet, cells={(day.row, day.column, day.sheet): "28-02-1990"}, by=world.hana, at=world.at)
    reading = sheets.reading_of(sheet, at=world.at)
    assert reading.rows[0].values["birth_date"].isoformat() == "1990-02-28"
    assert len(questions(sheet, world)) == len(asked) - 1


def test_an_answer_that_cannot_be_read_either_is_asked_again(world, receive):
    sheet = receive(manifest(*UNCLEAR))
    day = next(problem for problem in questions(sheet, world) if problem.column == "birth_date")
    sheets.answer(sheet, cells={(day.row, day.column, day.sheet): "entah"}, by=world.hana, at=world.at)
    again = next(problem for problem in questions(sheet, world) if problem.column == "birth_date")
    assert again.read == "entah"


def test_an_answer_can_be_taken_back(world, receive):
    sheet = receive(manifest(*UNCLEAR))
    asked = cells_of(questions(sheet, world))
    sheets.answer(sheet, cells=dict.fromkeys(asked, ""), by=world.hana, at=world.at)
    assert not questions(sheet, world)
    sheets.ask_again(sheet, cells=asked[:1], by=world.hana, at=world.at)
    assert cells_of(questions(sheet, world)) == asked[:1]


def test_two_officers_answer_at_once_and_both_answers_stand(world, receive):
    sheet = receive(manifest(*UNCLEAR))
    other = Sheet.objects.get(pk=sheet.pk)
    first, second, *_rest = cells_of(questions(sheet, world))
    sheets.answer(sheet, cells={first: ""}, by=world.hana, at=world.at)
    sheets.answer(other, cells={second: ""}, by=world.hana, at=world.at)
    assert {first, second}.isdisjoint(cells_of(questions(world.anew(sheet), world)))


def test_a_line_left_out_asks_nothing_and_can_come_back(world, receive):
    sheet = receive(manifest(*UNCLEAR))
    line = next((each.row, each.sheet) for each in questions(sheet, world) if each.column == "birth_date")
    sheets.leave_out(sheet, lines=[line], by=world.hana, at=world.at)
    assert line not in [(each.row, each.sheet) for each in questions(sheet, world)]
    sheets.leave_out(sheet, lines=[line], by=world.hana, at=world.at, back=True)
    assert line in [(each.row, each.sheet) for each in questions(sheet, world)]


def test_what_a_column_is_can_be_said_and_is_remembered_for_the_sender(world, receive):
    sheet = receive(sender=world.dinsos)
    column = next(each for each in sheets.reading_of(sheet, at=world.at).columns if each.code == "sector")
    sheets.choose(sheet, columns={column.number: "remarks"}, by=world.hana, at=world.at)
    assert "sector" not in {each.code for each in sheets.reading_of(sheet, at=world.at).columns}
    assert Habit.objects.get().sender == world.dinsos
    later = receive(manifest(DAHLIA), sender=world.dinsos)
    known = {each.heading: each for each in sheets.reading_of(later, at=world.at).columns}
    assert (known[column.heading].code, known[column.heading].known_by) == ("remarks", "habit")


def test_a_column_that_is_not_there_cannot_be_chosen(world, receive):
    sheet = receive()
    for columns in ({99: "name"}, {1: "shoe_size"}):
        with pytest.raises(NotAllowed):
            sheets.choose(sheet, columns=columns, by=world.hana, at=world.at)


def test_what_the_head_does_not_say_the_officer_says(world, receive):
    sheet = receive(manifest(MELATI, on=""))
    assert manifests.header_of(sheet, sheets.reading_of(sheet, at=world.at))["arrived_on"] is None
    sheets.describe(sheet, header={"arrived_on": "2026-01-30"}, by=world.hana, at=world.at)
    assert manifests.header_of(sheet, sheets.reading_of(sheet, at=world.at))["arrived_on"].isoformat() == "2026-01-30"
    with pytest.raises(TypeError):
        sheets.describe(sheet, header={"weather": "rain"}, by=world.hana, at=world.at)


def test_a_list_put_away_is_taken_up_again(world, receive):
    sheet = receive()
    sheets.discard(sheet, by=world.hana, at=world.at)
    with pytest.raises(NotAllowed):
        sheets.answer(sheet, cells={(5, "name", ""): "Melati"}, by=world.hana, at=world.at)
    sheets.take_up(sheet, by=world.hana, at=world.at)
    assert world.anew(sheet).state == Sheet.State.READ
    with pytest.raises(NotAllowed):
        sheets.take_up(sheet, by=world.hana, at=world.at)


def test_a_list_that_was_taken_in_is_neither_corrected_nor_put_away(world, receive):
    sheet = receive()
    stale = Sheet.objects.get(pk=sheet.pk)
    manifests.take_in(sheet, by=world.hana, at=world.at)
    for act in (
        lambda: sheets.discard(stale, by=world.hana, at=world.at),
        lambda: sheets.describe(stale, header={"depot": ""}, by=world.hana, at=world.at),
        lambda: sheets.leave_out(stale, lines=[(5, "")], by=world.hana, at=world.at),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert world.anew(sheet).state == Sheet.State.TAKEN_IN


def test_another_office_corrects_nothing(world, receive):
    sheet = receive()
    with pytest.raises(NotAllowed):
        sheets.describe(sheet, header={"depot": ""}, by=world.joko, at=world.at)


def test_a_forgotten_file_is_gone_with_its_key(world, receive):
    sheet = receive()
    sheets.discard(sheet, by=world.hana, at=world.at)
    sheets.forget(sheet, by=world.hana, at=world.at)
    sheet = world.anew(sheet)
    assert sheet.data_key.destroyed_at is not None
    assert not sheet.content
    with pytest.raises(NotAllowed, match="Unggah lagi"):
        sheets.take_up(sheet, by=world.hana, at=world.at)
    sheets.forget(sheet, by=world.hana, at=world.later(hours=1))
    assert Entry.objects.filter(act=Act.SHEET_FORGOTTEN).count() == 1
