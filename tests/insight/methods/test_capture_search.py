"""The choice of a model: what is found in tables that were made to hold it."""

import numpy as np
import pytest

from simpul.insight.methods.capture_existence import FINE
from simpul.insight.methods.capture_models import interactions, names, ordered, read
from simpul.insight.methods.capture_search import _found as sought
from simpul.insight.methods.capture_search import _stepwise_with_care as with_care
from simpul.insight.methods.capture_search import averaged, ranked, stepwise
from simpul.insight.methods.capture_table import tabulated
from simpul.insight.methods.refusal import Refused
from tests.insight.methods.captures import australia, drawn_from, uk


def tied():
    """3,000 people; who is on A is on B more often."""
    return drawn_from(3000, (0.2, 0.15, 0.25, 0.2), seed=4, tied=(0, 1, 0.5))


def test_lists_that_depend_on_each_other_are_found():
    table = tied()
    assert names(stepwise(table).model, table.lists) == ["A:B"]
    ranking = ranked(table)
    assert names(ranking.models[ranking.best()], table.lists) == ["A:B"]
    assert stepwise(table).estimate == pytest.approx(3000, rel=0.1)


def test_a_threshold_of_almost_nothing_keeps_lists_independent():
    assert names(stepwise(tied(), threshold=1e-300).model, "ABCD") == []


def test_with_care_the_same_model_is_found():
    for table in (tied(), australia(), uk()):
        candidates = interactions(table.size, order=2)
        assert with_care(table, 0.02, candidates) == stepwise(table).model


def test_where_no_model_has_estimates_there_is_a_refusal():
    table = tabulated(("A", "B"), [((1, 0), 9), ((1, 1), 9)])
    with pytest.raises(Refused) as found:
        stepwise(table)
    assert found.value.reason == "no_estimate"


def test_the_ranking_goes_by_bic_and_leaves_out_what_has_no_estimates():
    ranking = ranked(australia())
    assert ranking.is_whole
    assert (np.diff(ranking.criteria[np.isfinite(ranking.criteria)]) >= 0).all()
    assert (ranking.codes[ranking.fine] == FINE).all()
    assert len(ranking.fine) < len(ranking.models)


def test_the_order_bounds_the_terms():
    ranking = ranked(australia(), order=2)
    assert len(ranking.models) == 64
    assert max(term.bit_count() for model in ranking.models for term in model) == 2


def test_of_many_lists_the_best_models_are_sought():
    table = drawn_from(3000, (0.1,) * 7, seed=1, tied=(0, 1, 0.5))
    ranking = ranked(table)
    assert not ranking.is_whole
    assert "A:B" in names(ranking.models[ranking.best()], table.lists)
    assert ordered(stepwise(table).model) in ranking.models


def test_the_search_finds_the_best_where_all_could_be_gone_through():
    table = drawn_from(4000, (0.15,) * 5, seed=9, tied=(0, 1, 0.4))
    whole = ranked(table, order=2)
    assert ordered(whole.models[whole.best()]) in {ordered(model) for model in sought(table, 2)}


def test_the_average_lies_among_its_models():
    ranking = ranked(uk())
    average = averaged(ranking)
    sizes = [ranking.estimate(int(place)) for place in ranking.fine[: len(average.weights)]]
    assert average.weights.sum() == pytest.approx(1)
    assert min(sizes) < average.quantile(0.5) < max(sizes)
    assert average.quantile(0.025) < average.quantile(0.5) < average.quantile(0.975)


def test_a_shortlist_has_at_least_and_at_most_so_many():
    ranking = ranked(uk())
    assert len(ranking.within(0.0, least=5, most=9)) == 5
    assert len(ranking.within(1e9, least=5, most=9)) == 9
    assert names(ranking.models[ranking.within(1.0, least=1, most=99)[0]], uk().lists)[0] == "LA:NG"
    assert read("", "AB") == (0, 1, 2)
