"""The table of how engines grow: lists are made once, and a run that failed says why."""

import subprocess

import pytest

from bench.figures import CannotMeasure
from bench.linkage import scaling

COST = {"cpu": 4.6, "wall": 9.2, "memory": 1234.4}


def test_a_list_that_is_there_is_used_again(tmp_path):
    (path,) = scaling.made(tmp_path, 60, two=False)
    written = path.read_text()
    path.write_text(written + "\n")
    assert scaling.made(tmp_path, 60, two=False) == [path]
    assert path.read_text() == written + "\n"


def test_of_two_lists_both_are_given(tmp_path):
    one, other = scaling.made(tmp_path, 60, two=True)
    assert one.exists()
    assert other.exists()


def test_a_line_says_what_it_took_and_how_right_it_was():
    verdict = {"counts": {"records": 9849}, "at_cut": {"f1": 0.9}, "at_0.95": {"precision": 0.995, "recall": 0.74}}
    told = scaling.line(10_000, "embedded", COST | {"verdict": verdict})
    assert told == "| 9,849 | embedded | 5 s | 9 s | 1,234 MiB | 0.900 | 0.995, 0.740 |"


def test_a_run_that_failed_says_why():
    told = scaling.line(10_000, "splink-spark", COST | {"failed": ["no Java here"]})
    assert "not finished: no Java here" in told


def test_a_figure_is_measured_in_a_process_of_its_own(monkeypatch):
    def answered(command, **_options):
        assert command[1:3] == ["-m", "bench.linkage.scaling"]
        assert "--two" in command
        table = (
            "| records | engine | CPU |\n|---|---|---|\n| 1,005 | embedded | 1 s | 7 s | 82 MiB | 0.965 | 0.99, 0.90 |"
        )
        return subprocess.CompletedProcess(command, 0, table, "")

    monkeypatch.setattr(subprocess, "run", answered)
    (figure,) = scaling.figures(1000, two=True, seed=100)
    assert figure.value == "1 s, 7 s, 82 MiB, 0.965, 0.99, 0.90"
    assert figure.work.startswith("1,005 records as two lists")
    assert figure.target == scaling.TARGET


def test_lists_that_could_not_be_made_are_no_figure(monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "", "no room on the disk")
    monkeypatch.setattr(subprocess, "run", lambda *_command, **_options: failed)
    with pytest.raises(CannotMeasure, match="no room on the disk"):
        scaling.figures(1000, two=False, seed=100)
