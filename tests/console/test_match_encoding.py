"""Matching without names: two agencies encode their lists, and a third matches what neither key nor name is in."""

import csv
import io
import json

import pytest

from simpul.console import alone
from simpul.linkage.matching import keys
from tests.console import lists


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    code = alone.main("match", [*map(str, arguments), "--language", "en"], out=out, err=err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two lists, the key both agencies share, and their encodings with the truth."""
    folder = tmp_path_factory.mktemp("encoded")
    lists.two_lists(folder)
    keys.create_file(folder / "key.json", "2026")
    for name in ("police", "shelter"):
        asked = (
            folder / f"{name}.csv",
            "--encode",
            folder / "key.json",
            "-o",
            folder / f"{name}.encodings",
            "--truth",
            "person",
        )
        code, said, complained = run(*asked)
        assert (code, complained) == (0, "")
        assert "holds the encodings of 300 records" in said
        assert "It holds no name" in said
    return folder


@pytest.fixture(scope="module")
def verdict(folder):
    asked = [folder / "police.encodings", folder / "shelter.encodings", "--encoded", "-o", folder / "pairs.csv"]
    code, out, err = run(*asked, "--truth", "person", "--report", folder / "report.html")
    assert code == 0
    return json.loads(out), err


def test_encodings_find_the_same_persons(verdict, folder):
    told, said = verdict
    assert told["at_cut"]["precision"] > 0.95
    assert told["at_cut"]["recall"] > 0.9
    assert "police.encodings: encodings, key k" in said
    with open(folder / "pairs.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["left_id"].startswith("a") and row["right_id"].startswith("b") for row in rows)
    assert any("the NIK is the same" in row["reasons"] for row in rows)


def test_nothing_written_names_anybody(verdict, folder):
    names = {word for row in lists.people(300) for word in row["name"].split()} | {
        row["nik"] for row in lists.people(300)
    }
    for name in ("police.encodings", "shelter.encodings", "pairs.csv", "report.html"):
        content = (folder / name).read_bytes()
        assert not [word for word in names if len(word) > 3 and word.encode() in content]


def test_encodings_of_another_key_or_epoch_are_refused(folder, tmp_path):
    keys.create_file(tmp_path / "other.json", "2026")
    secret = keys.read_file(folder / "key.json")._secret
    keys.create_file(tmp_path / "older.json", "2025", secret=secret)
    for name, said in (("other", "another key"), ("older", "another epoch")):
        run(folder / "shelter.csv", "--encode", tmp_path / f"{name}.json", "-o", tmp_path / f"{name}.encodings")
        asked = (folder / "police.encodings", tmp_path / f"{name}.encodings", "--encoded", "-o", tmp_path / "pairs.csv")
        code, _out, complained = run(*asked)
        assert code == 1
        assert said in complained
        assert {each.name for each in tmp_path.glob("pairs.csv*")} == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["police.csv", "--encoded"], "holds no encodings"),
        (["none", "--encoded"], "none is not there"),
        (["police.csv", "--encode", "none.json"], "There is no key file"),
        (["police.csv", "--encode", "police.csv"], "police.csv"),
        (["police.csv", "--encode", "open.json"], "chmod 600"),
        (["police.csv", "--encode", "key.json", "--column", "id=nik"], "look like NIKs"),
        (["police.csv", "--encode", "key.json", "--report", "r.html"], "only writes encodings"),
        (["plain.encodings", "--encoded", "--truth", "person"], "do not say who is one person"),
    ],
)
def test_what_goes_wrong_is_a_sentence(folder, monkeypatch, arguments, said):
    monkeypatch.chdir(folder)
    if not (folder / "plain.encodings").exists():
        run("police.csv", "--encode", "key.json", "-o", "plain.encodings")
        (folder / "open.json").write_bytes((folder / "key.json").read_bytes())
        (folder / "open.json").chmod(0o644)
    code, out, complained = run(*arguments, "-o", "wrong")
    assert code == 1
    assert out == ""
    assert said in complained
    assert not (folder / "wrong").exists()


def test_rows_that_cannot_be_encoded_are_kept_aside(folder, tmp_path):
    (tmp_path / "bad.csv").write_text("ID,Nama,NIK\n1,ANI,\n2,X,\n")
    code, said, _complained = run(
        tmp_path / "bad.csv", "--encode", folder / "key.json", "-o", tmp_path / "bad.encodings"
    )
    assert code == 0
    assert "1 row was set aside" in said
    assert "holds the encodings of 1 record," in said
    assert (tmp_path / "bad.encodings").stat().st_mode & 0o077 == 0


def test_the_key_is_never_written_over(folder):
    before = (folder / "key.json").read_bytes()
    asked = (folder / "police.csv", "--encode", folder / "key.json", "-o", folder / "key.json")
    code, _said, complained = run(*asked)
    assert code == 1
    assert "would be overwritten" in complained
    assert (folder / "key.json").read_bytes() == before
