"""What is made of matches: pairs above the cut, persons, and those who stayed alone."""

from types import SimpleNamespace

import numpy as np
import pytest

from simpul.console.match_reading import Gathered
from simpul.console.match_result import Result
from simpul.linkage.matching import compare


@pytest.fixture
def gathered():
    return Gathered(
        files=["a.csv", "b.csv"], ids=["1", "2", "3", "1"], names=["ANI", "ANIE", "BUDI", "ANI"],
        truths=["p", "p", "q", "p"], lists=np.array([0, 0, 0, 1], np.int8), sources=np.array([0, 1, 1, 0], np.int32),
        source_names=["LSM", "POLRI"],
        aside=1, aside_truths=["p"], aside_lists=[1], notes=["a note"], columns=["the columns"],
    )  # fmt: skip


@pytest.fixture
def matches():
    """Of the rows 0 to 3 the last is the only one of the second list."""
    levels = {name: np.zeros(3, np.int16) for name in compare.FIELDS}
    levels["name"][:] = compare.NAME_DIFFERS
    return SimpleNamespace(
        left=np.array([0, 1, 2]), right=np.array([3, 3, 3]), probability=np.array([0.7, 0.96, 0.2]), levels=levels,
        weights={name: np.zeros(3, np.float32) for name in levels},
    )  # fmt: skip


def test_pairs_above_the_cut_are_written_the_surest_first(gathered, matches, tmp_path):
    result = Result(gathered, matches, cut=0.5, between=gathered.lists)
    assert result.write(tmp_path / "p.csv") == 2
    _head, first, second = (tmp_path / "p.csv").read_text().splitlines()
    assert first == "2,1,0.960000,but the name differs (ANIE/ANI)"
    assert second.startswith("1,1,0.7")


def test_two_records_of_one_list_in_one_person_are_said(gathered, matches):
    told = "\n".join(Result(gathered, matches, cut=0.5, between=gathered.lists).summary("p.csv"))
    assert "1 person of 3 records" in told
    assert "1 (25.0%)" in told
    assert "would hold two records of one list" in told
    assert "1 row was set aside" in told
    assert "a note" in told
    assert "the columns" in told
    surer = Result(gathered, matches, cut=0.9, between=gathered.lists)
    assert surer.twice_in_one_list() == 0
    assert Result(gathered, matches, cut=0.5, between=None).twice_in_one_list() == 0


def test_with_pairs_of_every_kind_the_lists_are_named(gathered, matches, tmp_path):
    Result(gathered, matches, cut=0.5, between=None).write(tmp_path / "p.csv")
    assert (tmp_path / "p.csv").read_text().splitlines()[1].endswith(",a.csv,b.csv")


def test_the_verdict_counts_rows_set_aside_as_missed(gathered, matches):
    told = Result(gathered, matches, cut=0.5, between=gathered.lists).verdict()
    assert told["at_cut"] == {"pairs": 2, "right": 2, "exist": 4, "precision": 1.0, "recall": 0.5, "f1": 0.666667}
    assert told["counts"]["rows_set_aside"] == 1


def test_the_report_has_the_pairs(gathered, matches, tmp_path):
    path = tmp_path / "r.html"
    result = Result(gathered, matches, cut=0.5, between=gathered.lists)
    result.report(path, made_at="today", settings=[("cut", "0.5")], with_names=False)
    drawn = path.read_text()
    assert drawn.count("<details") == 3
    assert "ANIE" not in drawn
    result.report(path, made_at="today", settings=[], with_names=True)
    assert "ANIE - ANI" in path.read_text()
