"""`simpul manifest read FILE`: the same reading for a terminal and for another program, and nothing stored."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from simpul.journal.models import Entry
from simpul.places.models import BorderPost, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def manifest(tmp_path):
    path = tmp_path / "manifest deportasi 30-01-2026.csv"
    path.write_text(
        "No;Nama;L/P;Tgl Lahir;Kab;Kec;Desa;Kasus;Pekerjaan;No Paspor\n"
        "1;ANI BINTI OMAR;P;12-08-1990;Bengkayang;Jagoi Babang;Jagoi;tidak ada paspor;PRT;C1234567\n"
        "2;BUDI;L;31-02-1990;Sambas;;;judi;kebun;\n"
        "JUMLAH;;3\n"
    )
    return path


def run(*arguments):
    out = io.StringIO()
    call_command("manifest", "read", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_json_has_the_shape_that_others_rely_on(manifest):
    found = json.loads(run(manifest, "--json"))
    first, second = found["rows"]
    expected = {
        "row": 2,
        "name": "Ani binti Omar",
        "sex": "P",
        "birth_date": "1990-08-12",
        "nik": None,
        "regency_code": "61.07",
        "district_code": "61.07.07",
        "village_code": "61.07.07.2001",
        "document": "C1234567",
        "document_kind": "passport",
        "reason": "tidak memiliki paspor",
        "reason_code": "no_passport",
        "sector": "PLRT",
        "sector_code": "domestic",
    }
    assert {key: first[key] for key in expected} == expected
    assert second["birth_date"] is None
    (problem,) = found["problems"]
    assert (problem["row"], problem["column"], problem["column_code"], problem["read"]) == (
        3,
        "Tgl Lahir",
        "birth_date",
        "31-02-1990",
    )
    assert found["header"]["arrived_on"] == "2026-01-30"
    assert found["totals"]["printed"] == {"total": 3}
    assert len(found["totals"]["differences"]) == 1


def test_a_terminal_shows_columns_rows_problems_and_totals(manifest):
    text = run(manifest)
    assert "birth_date (words)" in text
    assert "Ani binti Omar" in text
    assert "31-02-1990" in text
    assert "printed      3" in text


def test_it_works_without_places_and_stores_nothing(manifest):
    BorderPost.objects.all().delete()
    Place.objects.all().delete()
    entries = Entry.objects.count()
    assert json.loads(run(manifest, "--json"))["rows"][0]["village_code"] == "61.07.07.2001"
    assert Entry.objects.count() == entries


def test_a_file_that_cannot_be_read_is_said_on_both_ways_out(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"%PDF-1.7")
    out = io.StringIO()
    with pytest.raises(CommandError, match="PDF") as refused:
        call_command("manifest", "read", str(path), "--json", stdout=out)
    assert refused.value.returncode == 1
    assert "PDF" in json.loads(out.getvalue())["error"]


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="cannot be opened"):
        run("nirgends.xlsx")


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(manifest, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    text = run(manifest)
    assert max(map(len, text.splitlines())) <= columns
    assert ("not shown here" in text) == (columns == 80)
    assert "to correct" in text


def test_json_is_all_that_another_program_gets(manifest):
    assert run(manifest, "--json").lstrip().startswith("{")
    assert run(manifest, "--json").rstrip().endswith("}")
