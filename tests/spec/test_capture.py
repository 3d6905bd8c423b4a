"""The hidden number: published estimates of published tables.

UK, Netherlands and Australia by the packages SparseMSE and MultipleSystemsEstimation (R), whose papers the module
documents name; the limits on 1,000 drawn tables are those of these very draws.
"""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from simpul.insight.methods import capture
from simpul.insight.methods.capture_bootstrap import LEVELS
from simpul.insight.methods.capture_existence import existence
from simpul.insight.methods.capture_fit import fitted, profile
from simpul.insight.methods.capture_models import main_effects, names, read
from simpul.insight.methods.capture_search import ranked, stepwise
from tests.insight.methods.captures import UK_LISTS, UK_ROWS, artificial, australia, kosovo, netherlands, uk

SHARED = Path(os.environ.get("SIMPUL_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data" / "stats"


@pytest.mark.parametrize(
    ("make", "total"), [(uk, 2744), (netherlands, 8234), (australia, 414), (kosovo, 4400), (artificial, 96)]
)
def test_the_tables_have_the_people_that_were_published(make, total):
    assert make().total == total


@pytest.mark.parametrize(("make", "estimate"), [(uk, 13_444.1312), (netherlands, 52_923.8943), (australia, 827.1672)])
def test_independent_lists(make, estimate):
    table = make()
    assert fitted(table, main_effects(table.size)).estimate == pytest.approx(estimate, abs=5e-5)


def test_the_profile_interval_of_independent_lists():
    table = uk()
    found = profile(table, fitted(table, main_effects(table.size)))
    assert found.quantile(0.025) == pytest.approx(12_004.03, abs=0.005)
    assert found.quantile(0.975) == pytest.approx(15_160.33, abs=0.005)


@pytest.mark.parametrize(
    ("make", "estimate", "model"),
    [
        (uk, 11_312.9903, "LA:NG NG:GP PFNCA:GP LA:PFNCA GO:GP NG:GO"),
        (netherlands, 121_521.6137, "IO:Z P:Z P:R IO:P K:R IO:K"),
        (australia, 6_496.0087, "B:C B:D A:B"),
    ],
)
def test_step_by_step(make, estimate, model):
    table = make()
    found = stepwise(table)
    assert found.estimate == pytest.approx(estimate, abs=5e-5)
    assert names(found.model, table.lists) == model.split()


def test_a_pair_that_nobody_is_on_is_minus_infinite():
    table = netherlands()
    found = stepwise(table)
    empty = [term for term, effect in zip(found.model, found.effects, strict=True) if effect == -np.inf]
    assert names(empty, table.lists) == ["K:R"]


@pytest.mark.parametrize(
    ("make", "order", "models", "estimate"),
    [(uk, 2, 1024, 22_991.33), (uk, 5, 6893, 25_311.29), (netherlands, 2, 1024, 48_012.73)],
)
def test_the_best_of_all_models_by_bic(make, order, models, estimate):
    found = ranked(make(), order=order)
    assert len(found.models) == models
    assert found.estimate(found.best()) == pytest.approx(estimate, abs=0.005)


def test_a_model_with_an_interaction_of_three_lists_where_it_is_the_best():
    """Published in 2002 as 10,356 killings, without its decimals."""
    table = kosovo()
    found = ranked(table, order=4)
    best = found.best()
    assert 10_356 <= found.estimate(best) < 10_357
    assert "ABA:OSCE:HRW" in names(found.models[best], table.lists)


@pytest.mark.parametrize(
    ("model", "code"),
    [("", 0), ("A:B", 1), ("A:C", 0), ("B:C", 0), ("A:B A:C", 1), ("A:B B:C", 1), ("A:C B:C", 0),
     ("A:B A:C B:C", 2)],
)  # fmt: skip
def test_existence_and_identifiability(model, code):
    table = artificial()
    assert existence(table, read(model, table.lists)) == code


def test_bca_limits_on_drawn_tables():
    path = SHARED / "rdraws_UKdat_5.csv"
    if not path.is_file():
        pytest.skip("The 1,000 drawn tables are not here (SIMPUL_SHARED).")
    with path.open(encoding="utf-8", newline="") as file:
        rows = np.array([[int(cell) for cell in row] for row in list(csv.reader(file))[1:]], float)
    assert rows.shape == (1000, len(UK_ROWS))
    tables = np.zeros((1000, 32))
    tables[:, [sum(1 << UK_LISTS.index(name) for name in written.split()) for written, _count in UK_ROWS]] = rows
    table = uk()
    found = capture.steps_spread(table, stepwise(table), capture.Settings(), given=tables)
    assert found.acceleration == pytest.approx(-0.01218108, abs=5e-9)
    limits = [8784.78, 9059.67, 9623.86, 9823.25, 11_996.67, 12_531.14, 13_327.11, 14_700.55]
    assert found.quantiles(np.array(LEVELS)) == pytest.approx(limits, abs=0.005)


def test_new_draws_give_the_published_interval_about():
    """Published with 1,000 draws: 9,367 to 15,219, and 14,703 to 15,677 for the upper limit over eight seeds."""
    table = uk()
    found = capture.steps_spread(table, stepwise(table), capture.Settings(draws=2000, seed=3))
    assert found.quantile(0.025) == pytest.approx(9_367, rel=0.06)
    assert found.quantile(0.975) == pytest.approx(15_219, rel=0.06)
