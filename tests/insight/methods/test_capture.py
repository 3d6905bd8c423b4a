"""The hidden number as a whole: all methods, a list left out, several linkages, refusals, and truths that are known."""

import math

import pytest

from simpul.insight.methods import capture
from simpul.insight.methods.capture_bootstrap import drawn
from simpul.insight.methods.capture_search import ranked
from simpul.insight.methods.capture_table import tabulated
from simpul.insight.methods.refusal import Refused
from tests.insight.methods.captures import artificial, australia, drawn_from, uk

QUICK = capture.Settings(draws=300)


@pytest.fixture(scope="module")
def sound():
    """2,500 people, four good lists, two of which depend on each other."""
    return drawn_from(2500, (0.3, 0.25, 0.3, 0.35), seed=11, tied=(0, 1, 0.4))


@pytest.fixture(scope="module")
def found(sound):
    return capture.estimated([sound], QUICK)


def test_every_method_says_its_number_with_its_interval(found):
    assert tuple(found.estimates) == capture.METHODS
    for each in found.estimates.values():
        assert each.low < each.estimate < each.high
        assert each.quantiles.tolist() == sorted(each.quantiles)
        assert len(each.quantiles) == 199


def test_a_known_truth_is_found(found):
    for method in ("stepwise", "bic", "averaged"):
        assert found.estimates[method].estimate == pytest.approx(2500, rel=0.06)
        assert found.estimates[method].low < 2500 < found.estimates[method].high
    assert found.estimates["stepwise"].model == ("A:B",)
    assert found.verdict.code == "publish"


def test_independence_does_not_count_where_the_lists_contradict_it(found):
    assert "independence" not in found.counting
    plain = capture.estimated([drawn_from(2500, (0.3, 0.25, 0.3, 0.35), seed=12)], QUICK)
    assert "independence" in plain.counting


def test_each_list_is_left_out_in_turn(found):
    assert list(found.without) == ["A", "B", "C", "D"]
    assert found.without["A"]["stepwise"] == pytest.approx(2500, rel=0.12)
    # Three lists cannot tell kinds of people apart.
    assert math.isnan(found.without["A"]["latent"])


def test_the_same_seed_gives_the_same_numbers_and_another_seed_others(sound, found):
    again = capture.estimated([sound], QUICK)
    other = capture.estimated([sound], capture.Settings(draws=300, seed=2))
    assert again.estimates["bic"].low == found.estimates["bic"].low
    assert other.estimates["bic"].low != found.estimates["bic"].low
    assert other.estimates["bic"].estimate == found.estimates["bic"].estimate


def test_only_what_is_asked_for_is_done(sound):
    steps = []
    found = capture.estimated([sound], capture.Settings(methods=("stepwise",), draws=100), told=steps.append)
    assert list(found.estimates) == ["stepwise"]
    assert steps == ["stepwise", "without"]


def test_diagnostics_say_how_many_models_have_estimates():
    found = capture.estimated([australia()], capture.Settings(methods=("bic",), draws=100))
    assert found.diagnostics["models"] == 113
    assert found.diagnostics["fine"] + found.diagnostics["absent"] == 113
    assert found.estimates["bic"].details["pairs_only"]["estimate"] == pytest.approx(6496.0087, abs=1e-4)
    assert found.verdict.code == "withhold"


def test_existence_codes_of_all_models_of_pairs():
    codes = capture.existence_of_pairs(artificial())
    assert len(codes) == 8
    assert (codes[""], codes["A:B"], codes["A:B A:C B:C"]) == (0, 1, 2)


def test_several_linkages_are_pooled(sound):
    """Of 30 who were on one list, linkage may say that they are also on another."""
    counts = sound.counts.copy()
    counts[0b0001] -= 30
    counts[0b0101] += 30
    other = type(sound)(sound.lists, counts).reordered(("D", "C", "B", "A"))
    settings = capture.Settings(methods=("independence", "stepwise", "bic"), draws=1000)
    one, two = (capture.estimated([table], settings).estimates["stepwise"] for table in (sound, other))
    both = capture.estimated([sound, other], settings)
    pooled = both.estimates["stepwise"]
    assert pooled.interval == "pooled"
    assert min(one.estimate, two.estimate) < pooled.estimate < max(one.estimate, two.estimate)
    assert min(one.low, two.low) <= pooled.low < pooled.high <= max(one.high, two.high)
    assert 0 < pooled.details["between_linkages"] < 1


def test_linkages_of_other_lists_are_refused(sound):
    with pytest.raises(Refused) as refusal:
        capture.estimated([sound, artificial()], QUICK)
    assert refusal.value.reason == "other_lists"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [([((1, 0), 50)], "too_few_lists"), ([((1, 0), 50), ((0, 1), 50)], "no_overlap"),
     ([((1, 0), 50), ((1, 1), 50)], "no_estimate")],
)  # fmt: skip
def test_what_cannot_be_defended_is_refused(rows, reason):
    with pytest.raises(Refused) as refusal:
        capture.estimated([tabulated(("A", "B"), rows)], QUICK)
    assert refusal.value.reason == reason


def test_two_lists_give_an_estimate_that_is_not_to_be_published():
    found = capture.estimated([drawn_from(1000, (0.4, 0.3), seed=1)], QUICK)
    assert found.estimates["independence"].estimate == pytest.approx(1000, rel=0.15)
    assert set(found.refused) == {"bic", "averaged", "latent"}
    assert found.verdict.code == "withhold"


@pytest.mark.parametrize("make", [australia, uk])
def test_on_drawn_tables_the_shortlist_finds_what_all_models_would(make):
    table = make()
    tables = drawn(table, draws=12, seed=1)
    estimator, shortlist = capture.best_of_each(table, ranked(table))
    assert shortlist < len(ranked(table).models)
    for counts, estimate in zip(tables, estimator(tables), strict=True):
        again = ranked(type(table)(table.lists, counts))
        assert again.estimate(again.best()) == pytest.approx(estimate, rel=1e-6)
