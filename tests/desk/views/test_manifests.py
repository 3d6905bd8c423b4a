"""Manifests in the browser: the list of them, one with its people, the workbook to take along."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from python_calamine import CalamineWorkbook

from simpul.agencies import exclusions
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.migrants import manifests, sheets
from tests.lists import JOKO, MELATI, manifest, many
from tests.returns import came_home, with_returns


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


@pytest.fixture
def taken_in(w):
    def taking(data):
        sheet = sheets.receive(data, filename="a.csv", layout="manifest", by=w.hana, at=w.at)
        return manifests.take_in(sheet, by=w.hana, at=w.at)

    return taking


def today(w, *people):
    return manifest(*people, on=f"{localdate(w.at):%d-%m-%Y}")


def lines_of(book):
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(1).to_python()


def test_without_a_manifest_the_page_says_how_to_begin(w, desk):
    assert "/desk/daftar/pemulangan/unggah/" in desk(w.hana).get("/desk/manifes/").content.decode()


def test_a_manifest_shows_its_people_its_figures_and_whom_to_tell(w, desk, taken_in):
    made = taken_in(today(w, MELATI, JOKO))
    client = desk(w.hana)
    assert made.number in client.get("/desk/manifes/").content.decode()
    page = client.get(f"/desk/manifes/{made.number}/")
    text = page.content.decode()
    assert "Melati Kusuma" in text
    assert f"/desk/pemulangan/pemberitahuan/{made.notices.get().pk}/" in text
    assert dict(page.context["figures"])[page.context["figures"][0][0]]
    read = Entry.objects.filter(act=Act.RETURNEES_READ).get()
    assert sorted(read.facts["persons"]) == sorted(made.returnees.values_list("person_id", flat=True))


def test_only_the_agency_that_took_it_in_finds_it(w, desk, taken_in):
    made = taken_in(today(w, MELATI))
    for officer in (w.joko, w.darius, w.rina, w.dewi):
        for way in (f"/desk/manifes/{made.number}/", f"/desk/manifes/{made.number}/unduh/"):
            assert desk(officer).get(way).status_code == 404
    assert desk(w.hana).get("/desk/manifes/M-1/").status_code == 404


def test_a_long_manifest_costs_as_many_queries_as_a_short_one(w, desk, taken_in):
    counted, client = [], desk(w.hana)
    for count in (2, 60):
        made = taken_in(many(count))
        client.get(f"/desk/manifes/{made.number}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/desk/manifes/{made.number}/")
        counted.append(len(captured))
    assert counted[0] == counted[1]


def test_the_workbook_holds_each_person_in_typed_columns(w, desk, taken_in):
    made = taken_in(today(w, MELATI.replace(";;XD", ";6107075208900001;XD"), JOKO))
    answer = desk(w.hana).get(f"/desk/manifes/{made.number}/unduh/")
    assert answer["Content-Disposition"] == f'attachment; filename="manifes-{made.number}.xlsx"'
    assert answer["Cache-Control"] == "no-store"
    heads, first, second = lines_of(answer.content)
    assert len(heads) == len(set(heads)) == 17
    assert first[1:4] == ["Melati Kusuma", "P", first[3]]
    assert (first[3].year, first[5], first[6]) == (1990, "6107075208900001", "XD1000001")
    assert first[8:13] == ["Kalimantan Barat", first[9], first[10], "Jagoi", "61.07.07.2001"]
    assert second[1] == "Joko Sanen"


def test_taking_it_along_is_written_down_with_everybody_on_it(w, desk, taken_in):
    made = taken_in(today(w, MELATI, JOKO))
    desk(w.hana).get(f"/desk/manifes/{made.number}/unduh/")
    read = Entry.objects.get(act=Act.RETURNEES_READ)
    assert len(read.facts["persons"]) == 2
    printed = Entry.objects.get(act=Act.DOCUMENT_MADE)
    assert (printed.facts["paper"], printed.facts["people"]) == ("manifest", 2)
    assert "Melati" not in str(printed.facts) + str(read.facts)


def test_who_took_it_and_when_stands_on_the_cover(w, desk, taken_in):
    made = taken_in(today(w, MELATI))
    book = desk(w.hana).get(f"/desk/manifes/{made.number}/unduh/").content
    cover = str(CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python())
    assert w.hana.full_name in cover
    assert made.number in cover


def test_whoever_restricted_the_use_is_counted_and_not_named(w, desk, taken_in):
    made = taken_in(today(w, MELATI, JOKO))
    melati = made.returnees.get(sex="P").person
    melati.restricted_at = w.at
    melati.save(update_fields=["restricted_at"])
    book = desk(w.hana).get(f"/desk/manifes/{made.number}/unduh/").content
    assert [line[1] for line in lines_of(book)[1:]] == ["Joko Sanen"]


def test_whom_an_officer_is_kept_out_of_is_not_in_the_workbook(w, desk, taken_in):
    made = taken_in(today(w, MELATI, JOKO))
    exclusions.keep_out(made.returnees.get(sex="P"), officer=w.hana, by=None, at=w.at)
    book = desk(w.hana).get(f"/desk/manifes/{made.number}/unduh/").content
    assert [line[1] for line in lines_of(book)[1:]] == ["Joko Sanen"]


def test_what_begins_like_a_formula_is_text(w, desk):
    made = came_home(w, name="=HYPERLINK(1)").manifest
    book = desk(w.hana).get(f"/desk/manifes/{made.number}/unduh/").content
    assert "HYPERLINK" in str(lines_of(book))
    assert not any(str(value).startswith("=") for line in lines_of(book) for value in line)
