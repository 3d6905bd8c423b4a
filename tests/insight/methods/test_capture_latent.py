"""Latent classes: two kinds of people are found again, one kind is left one, what runs away is refused."""

import math

import numpy as np
import pytest

from simpul.insight.methods.capture_bootstrap import drawn
from simpul.insight.methods.capture_fit import fitted as log_linear
from simpul.insight.methods.capture_latent import each, fitted, latent
from simpul.insight.methods.capture_models import main_effects
from simpul.insight.methods.capture_table import Table, tabulated
from simpul.insight.methods.refusal import Refused
from tests.insight.methods.captures import artificial, drawn_from, uk


def two_kinds():
    """1,000 who are easily found and 3,000 who are not."""
    easy, hard = drawn_from(1000, (0.5,) * 5, seed=1), drawn_from(3000, (0.1,) * 5, seed=2)
    return Table(easy.lists, easy.counts + hard.counts)


def test_one_kind_is_independent_lists():
    table = uk()
    assert fitted(table, 1).estimate == pytest.approx(log_linear(table, main_effects(5)).estimate, rel=1e-5)


def test_two_kinds_are_found_again():
    table = two_kinds()
    found = latent(table)
    assert found.classes == 2
    assert found.estimate == pytest.approx(4000, rel=0.15)
    assert sorted(found.shares) == pytest.approx([0.25, 0.75], abs=0.07)
    assert log_linear(table, main_effects(5)).estimate < 3000


def test_one_kind_is_left_one():
    assert latent(drawn_from(2000, (0.2,) * 4, seed=3)).classes == 1


def test_the_same_seed_gives_the_same_fit():
    assert latent(uk(), seed=5).estimate == latent(uk(), seed=5).estimate


def test_drawn_tables_lie_around_the_estimate():
    table = two_kinds()
    found = latent(table)
    sizes = each(drawn(table, draws=100, seed=1), found)
    assert np.nanmedian(sizes) == pytest.approx(found.estimate, rel=0.1)
    assert math.isfinite(np.nanmax(sizes))


def test_fewer_than_four_lists_are_refused():
    with pytest.raises(Refused):
        latent(artificial())


def test_an_estimate_that_runs_away_is_refused():
    """Nobody is on two of the lists who is not on all: one kind is everywhere, the other has no size."""
    lists = ("A", "B", "C", "D")
    rows = [((1, 0, 0, 0), 40), ((0, 1, 0, 0), 50), ((0, 0, 1, 0), 45), ((0, 0, 0, 1), 38), ((1, 1, 1, 1), 30)]
    with pytest.raises(Refused):
        latent(tabulated(lists, rows))
