"""Noise: sums come out, it is as wide as it should be, and it is paid for."""

import math
from fractions import Fraction

import pytest

from simpul.insight.methods.margins import DisclosureError, cell, linked, tabulated
from simpul.insight.methods.noise import Budget, BudgetSpent, noisy
from tests.insight.methods.tables import PARENTS, VILLAGES


def test_noise_keeps_the_sums_and_is_paid_for():
    budget = Budget(Fraction(1))
    table = tabulated({(village, sex): 20 for village in VILLAGES for sex in "LP"}, dimensions=("place", "sex"),
                      parents=PARENTS)  # fmt: skip
    done = noisy(table, epsilon=Fraction(1, 2), budget=budget, on="March", seed=7)
    assert done.counts != table.counts
    for total, parts in done.sums:
        assert done.counts[total] == sum(done.counts[part] for part in parts)
    assert budget.left == Fraction(1, 2)
    with pytest.raises(BudgetSpent, match=r"0\.75 and 0\.5 is left of 1\. Nothing was released"):
        noisy(table, epsilon=Fraction(3, 4), budget=budget, on="April")
    assert [what for what, _epsilon in budget.spent] == ["March"]
    with pytest.raises(DisclosureError, match="above 0"):
        budget.spend(Fraction(0), on="May")


def test_noise_is_as_wide_as_epsilon_says():
    """The variance of the two-sided geometric is 2 q / (1 - q)^2 with q = exp(-epsilon)."""
    for epsilon in (Fraction(1, 2), Fraction(2)):
        table = tabulated({(str(each),): 1000 for each in range(4000)}, dimensions=("x",))
        done = noisy(table, epsilon=epsilon, budget=Budget(Fraction(9)), on="a test", seed=3)
        off = [done.counts[cell(x=str(each))] - 1000 for each in range(4000)]
        q = math.exp(-epsilon)
        variance = 2 * q / (1 - q) ** 2
        assert abs(sum(off) / 4000) < 4 * math.sqrt(variance / 4000)
        assert sum(each * each for each in off) / 4000 == pytest.approx(variance, rel=0.15)


def test_tables_in_which_a_person_stands_twice_are_not_given_noise():
    both = linked(tabulated({("L",): 30}, dimensions=("sex",)), tabulated({("x",): 30}, dimensions=("age",)))
    with pytest.raises(DisclosureError, match="one table at a time"):
        noisy(both, epsilon=Fraction(1), budget=Budget(Fraction(1)), on="a test")
