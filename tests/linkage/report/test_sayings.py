"""Sentences on files: each reason has one, and no value of a person is in any."""

from pathlib import Path

import pytest

from simpul.linkage.matching import files
from simpul.linkage.matching.columns import ColumnError
from simpul.linkage.matching.files import Aside
from simpul.linkage.report import sayings

REASONS = (
    "missing", "closed", "folder", "empty", "no_column", "no_name", "no_truth", "password", "broken", "too_large",
    "pdf", "picture", "docx", "unknown",
)  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_each_file_that_is_no_list_has_its_sentence(reason):
    told = sayings.of_file(reason, {"path": Path("/srv/secret/a.csv"), "why": "no", "count": 3, "column": "cluster"})
    assert "a.csv" in told
    assert "/srv" not in told
    assert told.endswith(".")


@pytest.mark.parametrize("reason", sayings._ASIDE)
def test_each_row_set_aside_has_its_reason(reason):
    details = {"found": 3, "expected": 4, "first": 2}
    assert sayings.of_aside(Aside(7, reason, details, "", ["ANI"]))


def test_a_choice_that_cannot_be_is_said_with_what_there_is():
    assert "name, nik" in sayings.of_column(ColumnError("field", "nama"), ["name", "nik"])
    assert "Nam" in sayings.of_column(ColumnError("heading", "Nam"), [])


@pytest.fixture
def opened(tmp_path):
    path = tmp_path / "a.csv"
    rows = [f"ANI {n},12-08-1990,{17 if n else '31-02'}" for n in range(40)] + [
        "BUDI,31-02-1990,30",
        "CICI,40-40-1990,3",
    ]
    path.write_bytes("\n".join(["Nama,Tgl Lahir,Umur", *rows, "JOSÉ,,"]).encode("latin-1"))
    found = files.opened(path)
    assert len(list(found.lines(aside=pytest.fail, this_year=2026))) == 43
    return found


def test_columns_are_told_with_those_that_are_not_used(opened):
    told = list(sayings.of_columns(opened))
    assert told[0] == "a.csv: name = Nama, birth_date = Tgl Lahir."
    assert "number of the row" in told[1]
    assert told[2].startswith("a.csv: not used: Umur (an age says nothing")


def test_findings_are_told_with_the_first_row(opened):
    unreadable, encoding, shared = sayings.of_findings(opened)
    assert unreadable.startswith("a.csv: 2 values of Tgl Lahir could not be read, the first in row 42.")
    assert encoding.startswith("a.csv: 1 line is not UTF-8, line 44;")
    assert "40 rows share one birthday, 12-08-1990" in shared
    assert not any(name in line for line in (unreadable, encoding, shared) for name in ("ANI", "BUDI", "JOS"))
