"""`simpul index`: a table of places becomes ranks with intervals, and what is wrong with it is one sentence."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from simpul.console import alone, index
from simpul.lib import speech

ROOT = Path(__file__).resolve().parents[2]
VALUES = ROOT / "data" / "indicators" / "values.csv"

TABLE = """wilayah,miskin,sekolah,jarak
Desa A,12.5,7.1,10
Desa B,30,5.2,80
Desa C,8,9.9,0
Desa D,21,6.5,35
Desa E,17,8.0,60
"""
META = """code,direction,weight,parent,unit
miskin,1,2,kebutuhan,%
sekolah,-1,1,kebutuhan,tahun
jarak,1,1,letak,km
"""


def run(*arguments, language="en"):
    """(exit code, what was said, what was complained of)."""
    out, err = io.StringIO(), io.StringIO()
    code = alone.main("index", [*map(str, arguments), "--language", language], out=out, err=err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def files(tmp_path):
    (tmp_path / "table.csv").write_text(TABLE)
    (tmp_path / "meta.csv").write_text(META)
    return tmp_path / "table.csv", tmp_path / "meta.csv"


def test_ranks_come_with_intervals_and_drivers(files):
    table, meta = files
    code, said, complaint = run(table, "--meta", meta, "--json", "--rebuilds", 400)
    assert (code, complaint) == (0, "")
    result = json.loads(said)
    assert result["places"] == 5
    assert [each["rank"] for each in result["ranks"]] == [1, 2, 3, 4, 5]
    first = result["ranks"][0]
    assert first["place"] == "Desa B"
    assert first["score"] == pytest.approx(100.0)
    assert first["low"] <= first["rank"] <= first["high"]
    assert {driver["indicator"] for driver in first["drivers"]} == {"miskin", "sekolah", "jarak"}
    assert sum(driver["points"] for driver in first["drivers"]) == pytest.approx(
        first["score"] - sum(each["score"] for each in result["ranks"]) / 5
    )
    assert sorted(place for group in result["groups"] for place in group) == sorted(
        each["place"] for each in result["ranks"]
    )
    assert set(result["sensitivity"]) == {"treatment", "normalisation", "weights", "aggregation", "left_out"}


def test_the_shape_of_the_json_is_told_by_help(capsys):
    parser = alone.parser_of("index", index)
    with pytest.raises(SystemExit):
        parser.parse_args(["--help"])
    told = capsys.readouterr().out
    for name in ('"ranks"', '"low"', '"drivers"', '"sensitivity"', "direction", "denominator", index.EXAMPLE):
        assert name in told


def test_the_example_of_help_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data" / "indicators", tmp_path / "data" / "indicators")
    words = index.EXAMPLE.split()[2:]
    code, said, complaint = run(*words)
    assert code == 0
    assert "14 places, 7 indicators" in said
    assert "ranks.csv is written" in complaint
    with open("ranks.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["rank"] for row in rows] == [str(each) for each in range(1, 15)]
    assert Path("ranks.svg").read_text(encoding="utf-8").startswith("<svg")


def test_the_table_says_what_an_index_does_not_say(files):
    code, said, _complaint = run(*files[:1], "--meta", files[1], "--rebuilds", 400)
    assert code == 0
    assert "It says nothing of any person" in said
    assert "its interval" in said
    assert "cannot be told apart" in said


def test_indonesian_writes_the_comma(files):
    assert "100,00" in run(files[0], "--meta", files[1], "--rebuilds", 0, language=speech.LANGUAGES[0])[1]


def test_without_rebuilding_there_is_no_interval(files):
    code, said, _complaint = run(files[0], "--meta", files[1], "--rebuilds", 0, "--json")
    result = json.loads(said)
    assert code == 0
    assert "low" not in result["ranks"][0]
    assert (result["groups"], result["sensitivity"]) == ([], {})


@pytest.mark.parametrize("choice", [("--aggregation", "geometric"), ("--aggregation", "copeland"),
                                    ("--normalisation", "z_score"), ("--weights", "entropy"),
                                    ("--treatment", "none")])  # fmt: skip
def test_every_step_can_be_chosen(files, choice):
    code, said, complaint = run(files[0], "--meta", files[1], "--rebuilds", 200, "--json", *choice)
    assert (code, complaint) == (0, "")
    assert json.loads(said)["recipe"][choice[0].strip("-").replace("weights", "weighting")] == choice[1]


@pytest.mark.parametrize(
    ("old", "new", "options", "words"),
    [
        ("30,5.2", "130,5.2", (), ["cannot exceed 100", "Desa B miskin = 130.00"]),
        ("30,5.2", "-3,5.2", (), ["cannot be below 0", "Desa B miskin"]),
        ("30,5.2", ",5.2", (), ["missing", "Desa B miskin", "--missing"]),
        ("30,5.2", "tiga puluh,5.2", (), ["row 3", "miskin", "tiga puluh", "no number"]),
        ("Desa B", "Desa A", (), ["Desa A", "more than once"]),
        ("Desa B", "", (), ["row 3", "wilayah", "empty"]),
        (",80\n", ",80\nDesa F,,,20\n", ("--missing", "mean"), ["third", "Desa F"]),
        ("30,5.2", "30,5.2", ("--without", "nothing"), ["nothing", "miskin, sekolah, jarak"]),
        ("30,5.2", "30,5.2", ("--rebuilds", "50"), ["too few"]),
        ("miskin,", "melarat,", (), ["miskin", "no column"]),
    ],
)
def test_what_is_wrong_is_said_with_the_cell(files, old, new, options, words):
    table, meta = files
    table.write_text(TABLE.replace(old, new))
    code, _said, complaint = run(table, "--meta", meta, "--rebuilds", 200, *options)
    assert code == 1
    assert complaint.count("\n") == 1
    for word in words:
        assert word in complaint


def test_an_indicator_that_is_the_same_everywhere_is_named(files):
    table, meta = files
    table.write_text("\n".join(line.rsplit(",", 1)[0] + ("," + ("jarak" if not n else "5"))
                               for n, line in enumerate(TABLE.strip().split("\n"))))  # fmt: skip
    code, _said, complaint = run(table, "--meta", meta)
    assert code == 1
    assert "same value in jarak" in complaint


def test_gaps_may_be_filled_and_are_marked(files):
    table, meta = files
    table.write_text(TABLE.replace("30,5.2", "n/f,5.2"))
    code, said, _complaint = run(table, "--meta", meta, "--missing", "nearest", "--rebuilds", 300)
    assert code == 0
    assert "1 value was missing" in said
    assert "*" in said


def test_a_file_that_is_not_there_is_named(tmp_path):
    code, _said, complaint = run(tmp_path / "none.csv")
    assert code == 1
    assert "none.csv" in complaint


def test_the_indicators_that_ship_are_whole_and_tell_their_source():
    with open(VALUES, encoding="utf-8", newline="") as file:
        values = list(csv.DictReader(file))
    with open(VALUES.with_name("catalogue.csv"), encoding="utf-8", newline="") as file:
        catalogue = {(row["code"], row["year"]): row for row in csv.DictReader(file)}
    assert len({row["region"] for row in values}) == 14
    assert {(row["indicator"], row["year"]) for row in values} == set(catalogue)
    for row in catalogue.values():
        assert row["mark"] in {"V", "S", "M"}
        assert all(row[head] for head in ("english", "indonesian", "unit", "source", "parent"))
    # Of 2024 the poverty of Melawi and Kubu Raya was not found, and stays open.
    late = {row["region"] for row in values if (row["indicator"], row["year"]) == ("poverty", "2024")}
    assert {"61.10", "61.12"} == {row["region"] for row in values} - late
