"""Tables of pairs: nothing in them runs, and a table is there whole or not at all."""

import csv

import pytest

from simpul.linkage.report import tables


@pytest.mark.parametrize("text", ["=1+1", "+cmd|'/c calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "|x", "＝1"])
def test_no_cell_is_a_formula(text):
    assert tables.harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["r0001", "-17", "+6281234", "3.5", "-3,5", "", "a=b", "the name differs"])
def test_what_is_no_formula_stays(text):
    assert tables.harmless(text) == text


def test_pairs_are_written_for_their_owner_alone(tmp_path):
    path = tmp_path / "pairs.csv"
    rows = [("a", "=b", 0.98765432, "NIK; name", "A.csv"), ("-1", "2", 1.0, "x, y", "B.csv")]
    assert tables.write_pairs(path, rows, more=("file",)) == 2
    assert list(csv.reader(path.open())) == [
        ["left_id", "right_id", "probability", "reasons", "file"],
        ["a", "'=b", "0.987654", "NIK; name", "A.csv"],
        ["-1", "2", "1.000000", "x, y", "B.csv"],
    ]
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_interrupted_leaves_the_old_table(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("old")

    def rows():
        yield "a", "b", 1.0, ""
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tables.write_pairs(path, rows())
    assert [each.name for each in tmp_path.iterdir()] == ["pairs.csv"]
    assert path.read_text() == "old"


def test_rows_set_aside_have_their_table_and_no_rows_none(tmp_path):
    path = tmp_path / "pairs.csv.aside.csv"
    with tables.Aside(path) as aside:
        aside.add("a.csv", 7, "no identifier", ["=x", "ANI"])
    assert aside.count == 1
    assert path.read_text() == "file,row,reason,cells\na.csv,7,no identifier,'=x,ANI\n"
    with tables.Aside(path):
        pass
    assert not path.exists()
