"""Judging a list of pairs, on lists short enough to count by hand."""

import sys

import pytest

from bench.figures import CannotMeasure
from bench.linkage import accuracy

TRUE = {("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")}
FOUND = {("a", "b"): 0.99, ("c", "d"): 0.6, ("a", "c"): 0.7, ("e", "f"): 0.3}


def test_precision_recall_and_f1_at_a_cut():
    score = accuracy.score(FOUND, TRUE, cut=0.5)
    assert (score.found, score.right, score.existing) == (3, 2, 4)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == 0.5
    assert score.f1 == pytest.approx(4 / 7)


def test_the_cut_at_which_a_tool_proposes():
    assert accuracy.judge(FOUND, TRUE, cut=0.5).propose == accuracy.Score(1, 1, 4)


def test_the_best_cut_is_the_one_with_the_highest_f1():
    cut, score = accuracy.best_score(FOUND, TRUE)
    assert (cut, score.f1) == (0.3, pytest.approx(6 / 8))


def test_pairs_of_equal_probability_are_taken_together():
    cut, score = accuracy.best_score({("a", "b"): 0.9, ("a", "c"): 0.9, ("b", "c"): 0.9}, {("a", "b")})
    assert (cut, score.found) == (0.9, 3)


def test_a_pair_that_is_not_listed_counts_against_the_tool():
    # (1-.99)^2 + (1-.6)^2 + .7^2 + (1-.3)^2, and one true pair that was never told: 1.
    verdict = accuracy.judge(FOUND, TRUE, cut=0.5)
    assert verdict.brier == pytest.approx((0.01**2 + 0.4**2 + 0.7**2 + 0.7**2 + 1) / 5)


def test_probabilities_that_mean_what_they_say_have_no_error():
    found = {("a", str(number)): 0.75 for number in range(4)}
    verdict = accuracy.judge(found, {("a", "0"), ("a", "1"), ("a", "2")}, cut=0.5)
    assert verdict.calibration_error == pytest.approx(0)
    assert verdict.bins == [accuracy.Bin(0.65, 0.8, 4, 0.75, 0.75)]


def test_nothing_found_is_nothing_right():
    score = accuracy.judge({}, TRUE, cut=0.5).default
    assert (score.precision, score.recall, score.f1) == (0, 0, 0)


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("rec_id,cluster,name\nr2,1,A\nr1,1,B\nr3,2,C\n")
    return path


def writes(tmp_path, text):
    """A command that writes these pairs, whatever the register says."""
    program = tmp_path / "tool.py"
    program.write_text(f"import sys\nopen(sys.argv[2], 'w').write({text!r})\n")
    return f"{sys.executable} {program} {{files}} {{pairs}}"


def test_a_command_is_run_and_judged(tmp_path, register):
    command = writes(tmp_path, "left_id,right_id,probability\nr2,r1,0.9\nr1,r3,0.2\n")
    verdict = accuracy.measured(command, [register], tmp_path / "pairs.csv", cut=0.5)
    assert verdict.default == accuracy.Score(1, 1, 1)
    assert verdict.cpu_s > 0


def test_of_a_pair_told_twice_the_higher_counts(tmp_path):
    path = tmp_path / "pairs.csv"
    path.write_text("left_id,right_id,probability\nr2,r1,0.2\nr1,r2,0.9\n")
    assert accuracy.pairs_of(path) == {("r1", "r2"): 0.9}


def test_a_tool_that_is_not_there_is_not_measured(tmp_path, register):
    with pytest.raises(CannotMeasure, match="is not there"):
        accuracy.measured("no-such-tool {files}", [register], tmp_path / "pairs.csv", cut=0.5)


def test_a_tool_that_fails_says_why(tmp_path, register):
    command = f"{sys.executable} -c 'raise SystemExit(\"no column nik\")'"
    with pytest.raises(CannotMeasure, match="no column nik"):
        accuracy.measured(command, [register], tmp_path / "pairs.csv", cut=0.5)
