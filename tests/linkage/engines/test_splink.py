"""Splink as an engine; what every engine must show is in tests/spec/test_matching.py."""

import numpy as np
import pytest

from simpul.linkage.engines import OnlyPlainRecords, splink
from tests.linkage.registers import register, rows_of

ODDS = np.array([6.0, 6.0, 3.0])


def test_of_two_equal_candidates_on_one_list_neither_is_likely():
    left, right, source = np.array([0, 0, 1]), np.array([1, 2, 3]), np.array([0, 1, 1, 2])
    p = splink.once_on_a_list(left, right, ODDS, source, 4)
    assert p[0] == p[1] == pytest.approx(64 / 129)
    assert p[2] == pytest.approx(8 / 9)


def test_persons_are_joined_from_the_surest_down_and_stand_on_a_list_once():
    left, right, p = np.array([0, 1, 2]), np.array([1, 2, 3]), np.array([0.9, 0.8, 0.4])
    assert splink.persons(left, right, p, 0.5, 4).tolist() == [0, 0, 0, 1]
    once = splink.persons(left, right, p, 0.5, 4, np.array([0, 1, 0, 1]))
    assert once.tolist() == [0, 0, 1, 2]


def test_what_was_never_seen_keeps_a_little_of_what_was_learned_elsewhere():
    seen = {"sex": {"same": (1.0, 0.5), "differs": (None, 0.5)}}
    learned = splink.smoothed(seen)["sex"]
    assert 0 < learned["differs"][0] < 0.01
    assert sum(pair[0] for pair in learned.values()) == pytest.approx(1)
    assert splink.smoothed(seen)["phone"] == splink.shipped()["phone"]


def test_lists_of_nothing_have_no_matches():
    nobody = {"name": "X"}
    matches = splink.match_on_duckdb(rows_of(nobody, nobody, nobody))
    assert len(matches.left) == 0
    assert matches.label.tolist() == [0, 1, 2]


def test_encodings_are_left_to_the_embedded_engine():
    table = rows_of({"name": "Siti"}, {"name": "Siti"})
    table.blind = object()
    with pytest.raises(OnlyPlainRecords, match="embedded"):
        splink.match_on_duckdb(table)


@pytest.mark.slow
def test_from_long_lists_it_learns_and_says_how_its_odds_come_about(monkeypatch):
    monkeypatch.setattr(splink, "LEARN_FROM", 1000)
    monkeypatch.setattr(splink, "U_PAIRS", 2e5)
    lists = register(800, seed=3)
    table = lists.table()
    assert table.n > splink.LEARN_FROM
    steps = []
    matches = splink.match_on_duckdb(table, progress=steps.append)
    assert steps == ["candidates", "learn", "compare", "judge"]
    assert not np.allclose(matches.model.m["name"], [m for m, _u in splink.shipped()["name"].values()], rtol=0.05)
    bits = sum(matches.weights.values()) + matches.model.prior[0] / np.log(2)
    odds = np.log2(matches.probability / np.maximum(1 - matches.probability, 1e-12))
    middling = (matches.probability > 0.02) & (matches.probability < 0.98)
    assert middling.sum() > 10
    assert np.allclose(bits[middling], odds[middling], atol=0.05)
    chosen = matches.probability >= 0.5
    assert (lists.truth[matches.left[chosen]] == lists.truth[matches.right[chosen]]).mean() > 0.9
