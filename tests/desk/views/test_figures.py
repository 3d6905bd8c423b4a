"""The map and the tables in the browser: what who may see, and what leaves the house."""

import csv
import io

import pytest
from python_calamine import CalamineWorkbook

from simpul.insight import figures
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from tests.returns import came_home, with_returns

MAP, TABLE, DOWNLOAD = "/desk/peta/", "/desk/peta/tabel/", "/desk/peta/tabel/unduh/"


@pytest.fixture
def w(today_world):
    figures.places_at.cache_clear()
    world = with_returns(today_world)
    for number in range(15):
        came_home(world, name=f"Melati {number}", sex="LP"[number % 2], age=20 + number)
    for number in range(3):
        came_home(world, name=f"Joko {number}", sex="L", age=30, home="61.01.01.2001")
    return world


def cells(page):
    found = page.context["figures"]
    return {code: (numbers, total) for code, _words, numbers, total, _rate in found.table()}


def test_who_sees_the_people_sees_every_number(w, desk):
    page = desk(w.hana).get(f"{TABLE}?baris=regency")
    assert cells(page)["61.01"][1] == 3
    assert page.context["figures"].is_exact


def test_who_sees_figures_only_sees_no_small_number(w, desk):
    w.dewi.role = "secretariat"
    w.dewi.agency = w.bp3mi
    w.dewi.save()
    assert desk(w.hana).get(f"{TABLE}?baris=regency").context["figures"].cell("61.01") == 3
    page = desk(w.dewi).get(f"{TABLE}?baris=regency")
    assert page.context["figures"].cell("61.01") is figures.HIDDEN
    assert page.context["figures"].cell("61.07") is figures.HIDDEN or page.context["figures"].total is figures.HIDDEN
    assert "…" in page.content.decode()


def test_the_map_shows_what_the_table_shows(w, desk):
    page = desk(w.hana).get(f"{MAP}?tingkat=regency")
    told = {code: number for code, _words, number, _rate in page.context["rows"]}
    assert told == {"61.07": 15, "61.01": 3}
    text = page.content.decode()
    assert "<svg" in text
    assert "per" in text


def test_a_question_that_does_not_fit_gives_the_page_it_begins_with(w, desk):
    client = desk(w.hana)
    for query in ("?apa=x&wilayah=99&tahun=abc&tingkat=moon&ukuran=?", "?tahun=1066", "?apa=workers&tahun=2026"):
        assert client.get(MAP + query).status_code == 200
    for query in (
        "?baris=x&kolom=y",
        "?baris=sex&kolom=sex",
        "?baris=village&kolom=regency",
        "?apa=workers&baris=depot",
    ):
        assert client.get(TABLE + query).status_code == 200


def test_nobody_asks_beyond_the_own_region(w, desk):
    page = desk(w.joko).get(f"{TABLE}?wilayah=61.01&baris=sex")
    assert page.context["asked"].region == "61.07"
    assert page.context["figures"].total == 15


def test_a_village_has_a_table_and_no_map(w, desk):
    client = desk(w.darius)
    assert client.get(MAP).status_code == 404
    page = client.get(TABLE)
    assert page.status_code == 200
    assert page.context["figures"].total == 15
    assert f'href="{MAP}?' not in page.content.decode()


def test_who_has_nothing_to_do_with_it_finds_no_map(w, desk):
    for address in (MAP, TABLE, DOWNLOAD):
        assert desk(w.tono).get(address).status_code in (403, 404)


@pytest.mark.parametrize("query", ["?baris=month", "?baris=age", "?baris=year", "?baris=age&kolom=sex"])
def test_time_and_age_are_drawn_above_their_table(w, desk, query):
    text = desk(w.hana).get(TABLE + query).content.decode()
    assert text.index("<svg") < text.index("<tbody")


def test_the_table_is_taken_along_as_a_workbook_with_its_cover(w, desk):
    answer = desk(w.hana).get(f"{DOWNLOAD}?baris=regency&kolom=sex")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    cover = str(book.get_sheet_by_index(0).to_python())
    assert w.hana.full_name in cover
    lines = book.get_sheet_by_index(1).to_python()
    assert any("61.07" in str(line[0]) and 15 in line for line in lines)
    assert lines[-1][3] == 18 or 18 in lines[-1]
    assert Entry.objects.get(act=Act.DOCUMENT_MADE).facts["paper"] == "figures"


def test_the_table_is_taken_along_as_text_and_hides_the_same(w, desk):
    w.dewi.agency = w.bp3mi
    w.dewi.save()
    answer = desk(w.dewi).get(f"{DOWNLOAD}?baris=regency&bentuk=csv")
    assert answer["Content-Type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    sambas = next(line for line in lines if "61.01" in line[0])
    assert sambas[1] == "…"


def test_a_year_without_anybody_is_an_empty_page(today_world, desk):
    w = with_returns(today_world)
    for address in (MAP, TABLE, DOWNLOAD):
        assert desk(w.hana).get(address).status_code == 200
