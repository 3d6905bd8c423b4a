"""Extracts: the register taken along with the columns of the law, and the empty workbook that is filled in."""

import io
from datetime import date

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from simpul.documents import extracts
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants.models import Worker
from simpul.migrants.reading import layouts, reader
from simpul.persons.models import Person
from tests.register import NIK, SEKIDA, worker
from tests.returns import with_returns


@pytest.fixture
def w(world):
    with translation.override("en"):
        yield with_returns(world)


def tables(book):
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return [opened.get_sheet_by_index(number).to_python() for number in range(2)]


def taken(w, by=None, **more):
    cover, table = tables(extracts.register(by=by or w.joko, at=w.at, **more))
    return cover, [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def test_a_line_holds_the_columns_of_the_law(w):
    worker(w, nik=NIK, address="Dusun Risau", passport="C1234567", birth_date=date(1990, 8, 12), facts={
        "departed_on": date(2024, 2, 1), "contract_from": date(2024, 2, 1), "contract_until": date(2027, 2, 1),
        "employer": "Ladang Hijau", "company": "PT Maju",
    })  # fmt: skip
    _cover, (line,) = taken(w)
    assert NIK in line.values()
    assert {"Anggrek Lestari", "Dusun Risau", "C1234567", "Ladang Hijau", "PT Maju", "Jagoi"} <= set(line.values())
    assert {date(1990, 8, 12), date(2024, 2, 1), date(2027, 2, 1)} <= set(line.values())


def test_a_village_takes_along_its_own_people_only(w):
    worker(w, name="Anggrek")
    worker(w, name="Melati", home=SEKIDA, by=w.joko)
    assert len(taken(w)[1]) == 2
    assert len(taken(w, by=w.darius)[1]) == 1


def test_the_cover_says_whose_it_is_who_took_it_how_many_there_are_and_what_was_asked(w):
    worker(w)
    cover, _lines = taken(w, words=["Sudah pulang"])
    told = {str(cell) for row in cover for cell in row}
    assert {"1.0", "Sudah pulang", "Kab. Bengkayang, Kalimantan Barat", "Joko Susilo, Disnaker Bengkayang"} <= told


def test_each_person_is_journalled_as_read_and_the_paper_with_their_number(w):
    entries = [worker(w), worker(w, name="Melati")]
    taken(w)
    read = Entry.objects.get(act=Act.WORKERS_READ)
    assert sorted(read.facts["persons"]) == [each.person_id for each in entries]
    assert Entry.objects.get(act=Act.DOCUMENT_MADE).facts == {"paper": "register", "people": 2}


def test_who_restricted_the_use_of_the_data_is_counted_and_not_named(w):
    entry = worker(w, name="Anggrek")
    worker(w, name="Melati")
    Person.objects.filter(pk=entry.person_id).update(restricted_at=w.at)
    cover, lines = taken(w)
    assert [set(line.values()) & {"Anggrek", "Melati"} for line in lines] == [{"Melati"}]
    assert any("1" in str(cell) for row in cover[-1:] for cell in row)


def test_who_keeps_no_register_takes_nothing_along(w):
    worker(w)
    with pytest.raises(NotAllowed, match="does not keep the register"):
        extracts.register(by=w.rina, at=w.at)


def test_who_has_not_acknowledged_the_duty_of_secrecy_takes_nothing_along(w):
    w.joko.acknowledged_at = None
    with pytest.raises(NotAllowed, match="duty of secrecy"):
        extracts.register(by=w.joko, at=w.at)


def test_many_people_cost_a_query_for_each_part_and_not_for_each_person(w, monkeypatch, django_assert_max_num_queries):
    for n in range(12):
        worker(w, name=f"Orang {n}")
    monkeypatch.setattr(extracts, "AT_ONCE", 6)
    with django_assert_max_num_queries(30):
        taken(w)


def test_the_empty_workbook_is_read_back_without_a_question(w):
    """What a village fills in must be understood: every heading names its column."""
    cover, table = tables(extracts.register_template())
    assert cover[0][0]
    filled = io.BytesIO()
    _fill(filled, table[0])
    reading = reader.read(filled.getvalue(), filename="register.xlsx", today=date(2026, 8, 3), layout=layouts.REGISTER)
    found = {column.code for column in reading.columns}
    assert {code for code, _kind in extracts.TEMPLATE} - {"passport"} <= found
    assert found & {"passport", "document"}
    assert [row.values["name"] for row in reading.rows] == ["Anggrek Lestari", "Melati Kusuma"]


def _fill(file, headings):
    import xlsxwriter

    told = dict(zip((code for code, _kind in extracts.TEMPLATE), headings, strict=True))
    lines = [
        {"name": "Anggrek Lestari", "nik": NIK, "sex": "P", "birth_place": "Jagoi", "birth_date": "12-08-1990",
         "village": "Jagoi", "district": "Jagoi Babang", "regency": "Bengkayang", "status": "Sudah pulang",
         "country": "Malaysia", "sector": "perkebunan", "procedural": "Ya", "departed_on": "01-02-2024",
         "contract_from": "01-02-2024", "contract_until": "01-02-2027", "returned_on": "01-03-2026",
         "employer": "Ladang Hijau", "employer_address": "Miri", "company": "PT Maju", "remarks": "-",
         "address": "Dusun Risau", "phone": "081200000001", "passport": "C1234567"},
        {"name": "Melati Kusuma", "sex": "P", "village": "Jagoi", "district": "Jagoi Babang", "regency": "Bengkayang"},
    ]  # fmt: skip
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for column, (code, heading) in enumerate(told.items()):
            sheet.write_string(0, column, heading)
            for number, line in enumerate(lines, start=1):
                sheet.write_string(number, column, line.get(code, ""))


def test_the_register_is_what_it_says(w):
    assert not Worker.objects.exists()
    assert taken(w)[1] == []
