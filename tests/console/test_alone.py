"""Commands that stand alone: a table is read as spreadsheets write it, and what is wrong with it is one sentence."""

import io
import json

import numpy as np
import pytest

from simpul.console import alone
from simpul.lib.speech import speaking


@pytest.fixture
def written(tmp_path):
    def write(text, name="table.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


@pytest.mark.parametrize("name", sorted(alone.COMMANDS))
def test_every_command_says_how_it_is_used(name, capsys):
    with pytest.raises(SystemExit) as end:
        alone.main(name, ["--help"], out=io.StringIO(), err=io.StringIO())
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert f"simpul {name}" in shown
    assert "example:" in shown
    assert alone.help_of(name)


def test_a_table_is_read_with_any_separator(written):
    assert alone.rows_of(written("a;b\n1;2\n\n3;\n")) == (["a", "b"], [["1", "2"], ["3", ""]])
    assert alone.rows_of(written("a\tb\n1\t2,5\n"))[1] == [["1", "2,5"]]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("a,b,a\n1,2,3\n", "two columns a"),
        (b"%PDF-1.4 nothing", "no table that can be read"),
    ],
)
def test_what_is_no_table_is_said(written, content, sentence):
    with pytest.raises(alone.Trouble, match=sentence):
        alone.rows_of(written(content))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(alone.Trouble, match="cannot be read"):
        alone.rows_of(str(tmp_path / "none.csv"))


def test_a_cell_that_is_no_number_is_named():
    assert alone.number_in("12.5", file="f.csv", row=2, column="cases") == 12.5
    for text, number in (("12,5", 12.5), ("0,125", 0.125), ("-7,25", -7.25), ("1250,125", 1250.125), ("1,2500", 1.25)):
        assert alone.number_in(text, file="f.csv", row=2, column="cases") == number
    # With a comma between thousands it would be a thousand times as much.
    for text in ("", "1,250", "12,500", "1.250,5", "1,250,000", "nan", "inf", "x"):
        with pytest.raises(alone.Trouble, match="f.csv, row 7, column cases"):
            alone.number_in(text, file="f.csv", row=7, column="cases")


def test_a_column_is_found_by_any_of_its_names():
    assert alone.column_in(["Kode", "Kasus"], ("cases", "kasus"), file="f", what="cases") == 1
    with pytest.raises(alone.Trouble, match="It has: Kode, Kasus"):
        alone.column_in(["Kode", "Kasus"], ("population",), file="f", what="population")


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    alone.write(str(tmp_path / "a.json"), "{}")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    with pytest.raises(alone.Trouble, match="cannot be written"):
        alone.write(str(tmp_path / "none" / "a.json"), "{}")


def test_json_is_for_every_program():
    told = json.loads(alone.as_json({"a": np.float64(1.5), "b": (np.int64(2), float("inf")), 3: np.arange(2)}))
    assert told == {"a": 1.5, "b": [2, None], "3": [0, 1]}


def test_troubles_are_sentences_and_end_with_one(tmp_path):
    err = io.StringIO()
    asked = [str(tmp_path / "none.csv"), "-o", str(tmp_path / "pairs.csv"), "--language", "en"]
    assert alone.main("match", asked, out=io.StringIO(), err=err) == 1
    assert "none.csv" in err.getvalue()
    with speaking("en"):
        assert "Traceback" not in err.getvalue()
