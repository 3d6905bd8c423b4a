"""Lists for the register: taken in whole at the desk or part by part from a long file, and taken back exactly."""

import pickle
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from simpul.confidentiality import data_keys
from simpul.confidentiality.models import DataKey
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import lists, registry, sheets
from simpul.migrants.models import Sheet, Worker
from simpul.migrants.reading.findings import Problem, Row
from simpul.persons.models import NameTag, Person
from tests.register import NIK, OTHER_NIK, SEKIDA, line, table, worker
from tests.returns import with_returns
from tests.world import JAGOI


@pytest.fixture
def w(world):
    with translation.override("en"):
        yield with_returns(world)


def row(number, name, *, home=JAGOI, **values):
    values = {"name": name, "village_code": home, "status": "abroad"} | values
    return Row(number, "", values, {"name": name})


def how(w, refused=None, **more):
    return lists.Import(by=w.joko, at=w.at, refused=(refused if refused is not None else []).extend, **more)


def begun(w, by=None):
    return lists.begin("register.csv", "0" * 64, by=by or w.joko, at=w.at)


def take_in_rows(sheet, rows, told):
    return lists.take_in_parts(sheet, lists.parts_of(sheet, rows, told), told)


def received(w, lines, *, by=None):
    return sheets.receive(
        table(lines), filename="register.csv", layout=Sheet.Layout.REGISTER, by=by or w.darius, at=w.at
    )


def test_a_list_of_the_village_is_taken_in_whole(w):
    sheet = received(w, [line("Anggrek Lestari", nik=NIK), line("Melati Kusuma", nik=OTHER_NIK)])
    lists.take_in(sheet, by=w.darius, at=w.at)
    entries = Worker.objects.current().order_by("pk")
    assert [entry.person.name.opened() for entry in entries] == ["Anggrek Lestari", "Melati Kusuma"]
    assert {entry.home_id for entry in entries} == {JAGOI}
    assert entries[0].contract_until == date(2027, 2, 1)
    assert (w.anew(sheet).state, w.anew(sheet).people) == (Sheet.State.TAKEN_IN, 2)
    assert Entry.objects.filter(act=Act.SHEET_TAKEN_IN).count() == 1


def test_a_village_takes_in_nobody_of_another_village(w):
    sheet = received(w, [line("Anggrek Lestari"), line("Melati Kusuma", village="Sekida")])
    with pytest.raises(NotAllowed, match=r"line 3: This place lies outside your region"):
        lists.take_in(sheet, by=w.darius, at=w.at)
    assert not Worker.objects.exists()


def test_a_line_that_is_left_out_is_not_asked_about(w):
    sheet = received(w, [line("Anggrek Lestari"), line("Melati Kusuma", village="Sekida")])
    second = sheets.reading_of(sheet, at=w.at).rows[1]
    sheets.leave_out(sheet, lines=[(second.row, second.sheet)], by=w.darius, at=w.at)
    lists.take_in(sheet, by=w.darius, at=w.at)
    assert (sheet.people, sheet.left_out) == (1, 1)


def test_a_list_that_was_taken_in_is_not_taken_in_again(w):
    sheet = received(w, [line("Anggrek Lestari")])
    lists.take_in(sheet, by=w.darius, at=w.at)
    with pytest.raises(NotAllowed, match="Take it back"):
        lists.take_in(sheet, by=w.darius, at=w.at)


def test_a_list_too_long_to_wait_for_goes_to_the_operator(w, monkeypatch):
    monkeypatch.setattr(lists, "MOST_AT_THE_DESK", 1)
    sheet = received(w, [line("Anggrek Lestari"), line("Melati Kusuma")])
    with pytest.raises(NotAllowed, match="2 lines"):
        lists.take_in(sheet, by=w.darius, at=w.at)


def test_taking_back_leaves_everything_as_it_was(w):
    known = worker(w, nik=NIK, facts={"employer": "Ladang Lama"})
    before = {model: set(model.objects.values_list("pk", flat=True)) for model in (Worker, Person, NameTag)}
    sheet = received(w, [line("Anggrek Lestari", nik=NIK), line("Melati Kusuma")])
    keys = set(DataKey.objects.values_list("pk", flat=True))
    lists.take_in(sheet, by=w.darius, at=w.at)
    assert not w.anew(known).is_current
    lists.take_back(sheet, by=w.darius, at=w.later(hours=1))
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in before} == before
    assert set(DataKey.objects.values_list("pk", flat=True)) == keys
    assert w.anew(known).is_current
    assert w.anew(sheet).state == Sheet.State.READ
    lists.take_in(w.anew(sheet), by=w.darius, at=w.later(hours=2))
    assert Worker.objects.current().count() == 2


def test_a_list_is_not_taken_back_from_under_a_later_change(w):
    sheet = received(w, [line("Anggrek Lestari", nik=NIK)])
    lists.take_in(sheet, by=w.darius, at=w.at)
    entry = Worker.objects.get()
    later = registry.note(earlier=entry, home=entry.home, facts={"status": "returned"}, by=w.darius, at=w.at)
    with pytest.raises(NotAllowed, match="1 entries of this list were changed"):
        lists.take_back(sheet, by=w.darius, at=w.at)
    assert list(Worker.objects.current()) == [later]
    registry.strike(later, by=w.darius, at=w.at)
    lists.take_back(w.anew(sheet), by=w.darius, at=w.at)
    assert not Worker.objects.exists()


def test_another_office_takes_nothing_back(w):
    sheet = received(w, [line("Anggrek Lestari", nik=NIK)])
    lists.take_in(sheet, by=w.darius, at=w.at)
    with pytest.raises(NotAllowed, match="Only the agency"):
        lists.take_back(sheet, by=w.joko, at=w.at)


def test_a_long_file_is_taken_in_part_by_part(w, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    sheet, seen = begun(w), []
    found = take_in_rows(sheet, [row(n, f"Orang {n}") for n in range(2, 7)], how(w, progress=seen.append))
    lists.finish(sheet, refused=found[1], by=w.joko, at=w.at)
    assert (found, seen) == ((5, 0), [2, 4, 5])
    assert Worker.objects.filter(sheet=sheet).count() == 5
    assert Entry.objects.filter(act=Act.PEOPLE_RECORDED).count() == 3


def test_reading_and_sealing_store_nothing(w):
    sheet = begun(w)
    with CaptureQueriesContext(connection) as captured:
        (part,) = lists.parts_of(sheet, [row(2, "Anggrek", nik=NIK)], how(w))
    assert len(part.lines) == 1
    assert captured.captured_queries
    assert all(query["sql"].startswith("SELECT") for query in captured.captured_queries)


def test_what_another_process_hands_over_to_be_stored_is_sealed(w):
    sheet, rows = begun(w), [row(2, "Anggrek Lestari", nik=NIK, employer="Ladang Hijau", birth_date=date(1991, 4, 5))]
    assert all(word in pickle.dumps(rows) for word in (b"Anggrek", NIK.encode(), b"Ladang"))
    handed = pickle.dumps(list(lists.parts_of(sheet, rows, how(w))))
    assert not any(word in handed for word in (b"Anggrek", b"Lestari", NIK.encode(), b"Ladang", b"1991-04"))
    assert lists.take_in_parts(sheet, pickle.loads(handed), how(w)) == (1, 0)
    entry = Worker.objects.select_related("person__data_key").get()
    assert (entry.person.name.opened(), entry.person.birth_date.opened()) == ("Anggrek Lestari", date(1991, 4, 5))
    assert (entry.person.nik.opened(), entry.employer.opened()) == (NIK, "Ladang Hijau")
    assert (entry.person.birth_year, entry.birth_year) == (1991, 1991)


def test_rows_that_were_taken_in_before_are_not_sealed_again(w, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 1)
    sheet, rows = begun(w), [row(n, f"Orang {n}") for n in (2, 3)]
    take_in_rows(sheet, rows[:1], how(w))
    assert [part.lines is not None for part in lists.parts_of(sheet, rows, how(w))] == [False, True]
    assert all(part.lines is None for part in lists.parts_of(None, rows, how(w, is_trial=True)))


def test_lines_that_cannot_be_taken_in_are_handed_out_with_what_to_do(w):
    unread = Problem(3, "nik", "NIK", "B3", "12", "This NIK has 2 digits.")
    rows = [
        row(2, "Anggrek"),
        replace(row(3, "Melati"), problems=(unread,)),
        row(4, "Dahlia", home="61.07"),
        row(5, "Kenanga", home="61.01.08.2007"),
        row(6, "Mawar", contract_from=date(2025, 1, 1), contract_until=date(2024, 1, 1)),
    ]
    refused = []
    assert take_in_rows(begun(w), rows, how(w, refused)) == (1, 4)
    assert [(each.row, problems[0].column) for each, problems in refused] == [
        (3, "nik"), (4, "village"), (5, "village"), (6, "contract_until"),
    ]  # fmt: skip
    assert refused[0][1] == [unread]
    assert [worker.person.name.opened() for worker in Worker.objects.all()] == ["Anggrek"]


def test_an_interrupted_import_goes_on_where_it_stopped(w, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 2)
    rows = [row(n, f"Orang {n}", home=JAGOI if n != 3 else "61.07") for n in range(2, 8)]

    def torn():
        yield from rows[:3]
        raise OSError

    sheet = begun(w)
    with pytest.raises(OSError):
        take_in_rows(sheet, torn(), how(w))
    assert (w.anew(sheet).taken_rows, Worker.objects.count()) == (2, 1)
    again, refused = begun(w), []
    assert again == sheet
    assert take_in_rows(again, rows, how(w, refused)) == (5, 1)
    assert [each.row for each, _problems in refused] == [3]
    assert sorted(worker.person.name.opened() for worker in Worker.objects.all()) == [
        f"Orang {n}" for n in (2, 4, 5, 6, 7)
    ]


def test_two_imports_of_one_file_do_not_run_beside_each_other(w, monkeypatch):
    monkeypatch.setattr(lists, "AT_ONCE", 1)
    sheet = begun(w)

    def rows():
        yield row(2, "Orang 2")
        yield row(3, "Orang 3")
        Sheet.objects.filter(pk=sheet.pk).update(taken_rows=9)
        yield row(4, "Orang 4")

    with pytest.raises(NotAllowed, match="elsewhere"):
        take_in_rows(sheet, rows(), how(w))


def test_a_trial_stores_nothing(w):
    before = Sheet.objects.count()
    assert take_in_rows(None, [row(2, "Anggrek")], how(w, is_trial=True)) == (1, 0)
    assert not Worker.objects.exists()
    assert Sheet.objects.count() == before


def test_a_file_that_was_taken_in_is_known_again(w):
    sheet = begun(w)
    take_in_rows(sheet, [row(2, "Anggrek")], how(w))
    lists.finish(sheet, refused=0, by=w.joko, at=w.at)
    with pytest.raises(NotAllowed, match=sheet.number):
        begun(w)
    lists.take_back(w.anew(sheet), by=w.joko, at=w.at)
    assert w.anew(sheet).state == Sheet.State.DISCARDED
    assert begun(w) != sheet


def test_an_import_that_was_interrupted_can_be_taken_back(w):
    sheet = begun(w)
    take_in_rows(sheet, [row(2, "Anggrek")], how(w))
    lists.take_back(sheet, by=w.joko, at=w.at)
    assert not Worker.objects.exists()
    assert not Person.objects.exists()


def test_a_list_without_its_file_is_not_taken_up_again(w):
    sheet = begun(w)
    lists.take_back(sheet, by=w.joko, at=w.at)
    with pytest.raises(NotAllowed, match="not here any more"):
        sheets.take_up(w.anew(sheet), by=w.joko, at=w.at)


@pytest.mark.parametrize("at_once", [2000, 1])
def test_of_two_lines_of_one_person_the_later_takes_the_place_of_the_earlier(w, monkeypatch, at_once):
    monkeypatch.setattr(lists, "AT_ONCE", at_once)
    known = worker(w, nik=NIK)
    sheet = begun(w)
    rows = [row(2, "Anggrek", nik=NIK, employer="Lama"), row(3, "Anggrek L.", nik=NIK, employer="Baru")]
    take_in_rows(sheet, rows, how(w))
    assert [entry.employer.opened() for entry in Worker.objects.current()] == ["Baru"]
    lists.take_back(sheet, by=w.joko, at=w.at)
    assert list(Worker.objects.all()) == [known]
    assert w.anew(known).is_current


def test_what_a_line_leaves_open_stays_as_the_register_knew_it(w):
    left = date(2025, 3, 1)
    known = worker(w, nik=NIK, facts={"employer": "Ladang Hijau", "sector": "plantation", "departed_on": left})
    rows = [row(2, "Melati", employer="Ladang Biru"), row(3, "Anggrek", nik=NIK, sector="services")]
    take_in_rows(begun(w), rows, how(w))
    other, entry = Worker.objects.current().order_by("pk")
    assert (entry.sector, entry.country, entry.employer.opened()) == ("services", "my", "Ladang Hijau")
    assert (entry.departed_on, entry.earlier) == (left, known)
    assert (other.sector, other.departed_on, other.earlier) == ("", None, None)
    assert other.employer.opened() == "Ladang Biru"


def test_what_was_carried_over_opens_with_the_new_key_alone(w):
    known = worker(w, nik=NIK, facts={"employer": "Ladang Hijau"})
    take_in_rows(begun(w), [row(2, "Anggrek", nik=NIK)], how(w))
    data_keys.destroy(known.person.data_key, of=known, by=None, at=w.at)
    entry = Worker.objects.current().select_related("person__data_key").get()
    assert entry.person != known.person
    assert entry.employer.opened() == "Ladang Hijau"


def test_a_country_without_a_code_stands_in_the_note(w):
    take_in_rows(begun(w), [row(2, "Anggrek", country="ZZ", country_written="Atlantis")], how(w))
    entry = Worker.objects.get()
    assert (entry.country, entry.note.opened()) == ("other", "Atlantis")


def test_each_person_of_a_list_has_a_key_of_its_own(w):
    take_in_rows(begun(w), [row(2, "Anggrek", nik=NIK), row(3, "Melati", home=SEKIDA)], how(w))
    keys = [worker.person.data_key for worker in Worker.objects.select_related("person__data_key")]
    assert len({key.pk for key in keys}) == len({bytes(key.sealed) for key in keys}) == 2


def test_who_does_not_keep_the_register_begins_no_import(w):
    with pytest.raises(NotAllowed, match="does not take in such lists"):
        begun(w, by=w.rina)
