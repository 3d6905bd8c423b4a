"""`simpul match`: two lists become pairs with their reasons, and whatever goes wrong is a sentence."""

import argparse
import csv
import io
import json
import sys

import pytest

from simpul.console import alone, match
from simpul.console import main as console
from simpul.lib import speech
from simpul.linkage.matching import encode, judge, keys, normalise
from simpul.linkage.matching.stages import Stages
from tests.console import lists


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    lists.two_lists(folder)
    return folder


def run(*arguments, language="en"):
    """(exit code, what was said, what was complained of)."""
    out, err = io.StringIO(), io.StringIO()
    code = alone.main("match", [*map(str, arguments), "--language", language], out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def between(folder):
    """The two lists matched once, with the truth and a report."""
    out, err = io.StringIO(), io.StringIO()
    asked = [folder / "police.csv", folder / "shelter.csv", "-o", folder / "pairs.csv", "--truth", "person"]
    asked += ["--report", folder / "report.html", "--language", "en"]
    assert alone.main("match", list(map(str, asked)), out=out, err=err) == 0
    return json.loads(out.getvalue()), err.getvalue(), rows_of(folder / "pairs.csv")


def test_the_same_persons_of_two_lists_are_found_with_reasons(between):
    verdict, _said, rows = between
    assert list(rows[0]) == ["left_id", "right_id", "probability", "reasons"]
    assert verdict["at_cut"]["precision"] > 0.95
    assert verdict["at_cut"]["recall"] > 0.9
    assert all(row["left_id"].startswith("a") and row["right_id"].startswith("b") for row in rows)
    probabilities = [float(row["probability"]) for row in rows]
    assert probabilities == sorted(probabilities, reverse=True)
    assert min(probabilities) >= 0.5
    pair = next(row for row in rows if row["left_id"] == "a1")
    assert pair["right_id"] == "b1"
    assert "the date of birth is the same" in pair["reasons"]


def test_the_verdict_counts_against_the_truth(between):
    verdict, _said, rows = between
    true = {row["rec_id"]: row["person"] for name in ("police", "shelter") for row in rows_of_list(between, name)}
    right = sum(true[row["left_id"]] == true[row["right_id"]] for row in rows)
    assert verdict["at_cut"]["right"] == right
    assert verdict["at_cut"]["exist"] == verdict["counts"]["pairs_that_exist"] == 200
    assert verdict["counts"]["pairs_written"] == len(rows)
    assert verdict["counts"]["records"] == 600
    assert len(verdict["calibration"]["bins"]) == 10
    assert set(verdict["at_0.95"]) == set(verdict["at_cut"])


def rows_of_list(_between, name):
    everybody = list(lists.people(300))
    if name == "police":
        return [{"rec_id": f"a{number}", "person": row["person"]} for number, row in enumerate(everybody)]
    known = [{"rec_id": f"b{number}", "person": row["person"]} for number, row in enumerate(everybody) if number % 3]
    return known + [{"rec_id": f"b{number}", "person": f"qb{number}"} for number in range(300, 400)]


def test_the_summary_says_columns_pairs_persons_and_who_stayed_alone(between):
    _verdict, said, rows = between
    assert "name = name" in said
    assert "not used" not in said
    assert f"Proposed: {len(rows):,} pairs" in said
    assert "Without a partner stay" in said
    assert "report.html shows" in said


def test_the_report_holds_no_name_and_says_where_pairs_come_from(between, folder):
    drawn = (folder / "report.html").read_text(encoding="utf-8")
    assert "a1" in drawn
    assert drawn.count("<details") >= 10
    for row in lists.people(300):
        assert row["name"].split()[0] not in drawn
        assert row["nik"] not in drawn
    assert "POLRI" in drawn


def test_nothing_is_left_beside_what_was_asked_for(between, folder):
    assert sorted(each.name for each in folder.iterdir() if each.name.startswith(("pairs", "report", "."))) == [
        "pairs.csv",
        "report.html",
    ]


def test_one_list_is_matched_within_itself_or_between_its_agencies(folder, tmp_path):
    rows = rows_of(folder / "police.csv") + rows_of(folder / "shelter.csv")
    rows += [rows[0] | {"rec_id": "again"}]
    both = lists.written(tmp_path / "both.csv", rows)
    for option, wanted in (((), True), (("--only-between",), False)):
        code, said, complained = run(both, "-o", tmp_path / "pairs.csv", *option)
        assert (code, complained) == (0, "")
        pairs = {(row["left_id"], row["right_id"]) for row in rows_of(tmp_path / "pairs.csv")}
        assert ("a1", "b1") in pairs or ("b1", "a1") in pairs
        assert (("a0", "again") in pairs or ("again", "a0") in pairs) is wanted
        assert "not used: person" in said


def test_two_lists_can_be_matched_within_too(folder, tmp_path):
    again = lists.written(
        tmp_path / "again.csv",
        [*rows_of(folder / "shelter.csv"), rows_of(folder / "shelter.csv")[0] | {"rec_id": "c1"}],
    )
    run(folder / "police.csv", again, "-o", tmp_path / "pairs.csv", "--within")
    rows = rows_of(tmp_path / "pairs.csv")
    assert {"left_file", "right_file"} <= set(rows[0])
    assert {row["left_file"] for row in rows if "c1" in (row["left_id"], row["right_id"])} <= {
        "police.csv",
        "again.csv",
    }
    assert any({row["left_id"], row["right_id"]} == {"b1", "c1"} for row in rows)


def test_names_stand_in_the_report_only_when_asked_for(folder, tmp_path):
    run(
        folder / "police.csv",
        folder / "shelter.csv",
        "-o",
        tmp_path / "p.csv",
        "--report",
        tmp_path / "r.html",
        "--with-names",
        "--cut",
        "0.9",
    )
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert any(f" {word}" in page for word in lists.SECOND)
    assert min(float(row["probability"]) for row in rows_of(tmp_path / "p.csv")) >= 0.9


def test_rows_that_cannot_be_used_are_kept_aside_and_said(folder, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text(
        (folder / "shelter.csv").read_text()
        + "b900,,LSM,=HYPERLINK(1),,,,,,,\nb1,p1,LSM,ANI,,1990-02-31,P,,,,,\nb901,,LSM,ANI,,1990-02-31,P,,,,,\n"
    )
    code, said, _complained = run(folder / "police.csv", bad, "-o", tmp_path / "pairs.csv")
    assert code == 0
    assert "2 rows were set aside and are in" in said
    assert "1 value of dob could not be read, in row 304" in said
    first, second = csv.reader((tmp_path / "pairs.csv.aside.csv").read_text().splitlines()[1:])
    assert first[:3] == ["bad.csv", "302", "11 cells where the header has 12"]
    assert first[6] == "'=HYPERLINK(1)"
    assert second[1:3] == ["303", "the identifier stands in row 2 already"]


def test_an_interrupted_run_goes_on_and_another_begins_anew(folder, tmp_path, monkeypatch):
    from simpul.console import match_result

    asked = (folder / "police.csv", folder / "shelter.csv", "-o", tmp_path / "pairs.csv")

    def interrupted(*_anything):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(match_result.Result, "write", interrupted)
        code, _said, complained = run(*asked)
    assert code == 130
    assert "--resume" in complained
    part = tmp_path / "pairs.csv.part"
    assert {each.name for each in part.iterdir()} == {"about.json", "read.npz", "compared.npz"}
    assert not (tmp_path / "pairs.csv").exists()

    with monkeypatch.context() as patch:
        patch.setattr("simpul.console.match_reading.read", interrupted)
        patch.setattr("simpul.linkage.matching.matcher.match", interrupted)
        code, said, complained = run(*asked, "--resume")
    assert (code, complained) == (0, "")
    assert "not used: person" in said
    assert not part.exists()
    whole = (tmp_path / "pairs.csv").read_text()
    assert whole == fresh(asked, tmp_path)

    with monkeypatch.context() as patch:
        patch.setattr(match_result.Result, "write", interrupted)
        run(*asked)
    _code, _said, complained = run(*asked, "--resume", "--within")
    assert "other files or settings (--within)" in complained


def fresh(asked, folder):
    run(*asked[:3], folder / "fresh.csv")
    return (folder / "fresh.csv").read_text()


def test_to_go_on_with_nothing_is_to_begin(folder, tmp_path):
    code, _said, complained = run(
        folder / "police.csv", folder / "shelter.csv", "-o", tmp_path / "pairs.csv", "--resume"
    )
    assert code == 0
    assert "no interrupted run" in complained


_OTHERS = {
    "third.csv": "Nama,NIK\nA,1\n",
    "empty.csv": "",
    "strange.csv": "x,y\n1,2\n",
    "numbers.csv": "NIK,Tgl Lahir\n1,2\n",
    "hollow.csv": "Nama,NIK\nX,-\n",
    "paper.csv": "%PDF-1.7",
}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv"], "none.csv is not there"),
        (["police.csv", "none.csv"], "none.csv is not there"),
        (["police.csv", "police.csv"], "the same file"),
        (["police.csv", "shelter.csv", "third.csv"], "one list or two"),
        (["police.csv", "--within"], "--within is for two lists"),
        (["police.csv", "shelter.csv", "--within", "--only-between"], "contradict"),
        (["police.csv", "--column", "nama=name"], "no field nama"),
        (["police.csv", "--column", "name=Nam"], "headed Nam"),
        (["police.csv", "--column", "name"], "write FIELD=HEADING"),
        (["police.csv", "--truth", "wer"], "no column wer"),
        (["police.csv", "shelter.csv", "--encode", "key"], "Encode one list at a time"),
        (["police.csv", "--encode", "key", "--encoded"], "choose one"),
        (["police.csv", "--encoded", "--with-names"], "hold no names"),
        (["empty.csv"], "empty.csv is empty"),
        (["strange.csv"], "has a heading that is known"),
        (["numbers.csv"], "no column for a name"),
        (["hollow.csv"], "No row of these files can be used"),
        (["paper.csv"], "another kind of file (pdf)"),
    ],
)
def test_what_goes_wrong_is_a_sentence(folder, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    for name in ("police.csv", "shelter.csv"):
        (tmp_path / name).write_text((folder / name).read_text())
    for name, text in _OTHERS.items():
        (tmp_path / name).write_text(text)
    code, out, complained = run(*arguments, "-o", "pairs.csv")
    assert code == 1
    assert out == ""
    assert said in complained
    assert "Traceback" not in complained
    assert {each.name for each in tmp_path.glob("pairs.csv*")} <= {"pairs.csv.aside.csv"}


def test_an_engine_that_is_not_installed_is_said(folder, tmp_path, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("simpul.linkage.engines")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "splink", None)
    asked = (folder / "police.csv", "-o", tmp_path / "p.csv", "--engine", "splink-duckdb")
    code, _out, complained = run(*asked)
    assert code == 1
    assert "needs splink" in complained
    assert not list(tmp_path.iterdir())


def test_trees_of_another_version_are_said_and_nothing_is_left(folder, tmp_path, monkeypatch):
    for read in (judge._ruled_out, judge._trees):
        read.cache_clear()
    with monkeypatch.context() as patch:
        patch.setitem(judge.SEES, judge.FIRST, ("something", "else"))
        code, out, complained = run(folder / "police.csv", folder / "shelter.csv", "-o", tmp_path / "pairs.csv")
    assert (code, out) == (1, "")
    assert "judge.npz of this installation belongs to another version" in complained
    assert "Traceback" not in complained
    assert not list(tmp_path.iterdir())
    assert run(folder / "police.csv", folder / "shelter.csv", "-o", tmp_path / "pairs.csv")[0] == 0


def test_encodings_before_an_engine_that_cannot_match_them_are_said(tmp_path):
    ring = keys.KeyRing.from_secret(b"1" * 32, "2026")
    table = encode.table_of(encode.encode([normalise.record({"name": "Melati", "nik": "6107074708900001"})] * 2, ring))
    options = argparse.Namespace(engine="splink-duckdb", cut=0.5)
    with speech.speaking("en"), pytest.raises(alone.Trouble, match="cannot match encodings. Leave --engine out"):
        match._compared(options, table, None, Stages(tmp_path / "part", {}), lambda *_told: None)


@pytest.mark.parametrize(
    ("output", "said"), [("police.csv", "would be overwritten"), ("no/pairs.csv", "is not there"), (".", "is a folder")]
)
def test_an_output_that_cannot_be_is_refused_before_anything_is_read(folder, monkeypatch, output, said):
    monkeypatch.chdir(folder)
    code, _out, complained = run("police.csv", "-o", output)
    assert code == 1
    assert said in complained


@pytest.mark.parametrize("cut", ["0", "1.5", "x"])
def test_a_cut_that_is_no_probability_is_refused(folder, cut, capsys):
    with pytest.raises(SystemExit):
        run(folder / "police.csv", "-o", folder / "x.csv", "--cut", cut)
    assert "--cut" in capsys.readouterr().err


def test_the_command_needs_no_installation(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(console, "installed", lambda _arguments: pytest.fail("It read the installation."))
    assert (
        console.main(["match", str(tmp_path / "none.csv"), "-o", str(tmp_path / "pairs.csv"), "--language", "en"]) == 1
    )
    assert "none.csv is not there" in capsys.readouterr().err


def test_among_the_commands_of_an_installation_it_is_listed(capsys):
    assert console.main([]) == 0
    assert "  match " in capsys.readouterr().out


def test_on_a_terminal_the_stages_are_shown(folder, tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    err = Terminal()
    arguments = [folder / "police.csv", folder / "shelter.csv", "-o", tmp_path / "p.csv", "--language", "en"]
    alone.main("match", list(map(str, arguments)), out=io.StringIO(), err=err)
    shown = err.getvalue()
    positions = [shown.index(stage) for stage in ("reading", "comparing", "learning", "deciding", "writing")]
    assert positions == sorted(positions)
