"""Rounding: near the count, with all sums, leaning to no side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.insight.methods.margins import DisclosureError, tabulated
from simpul.insight.methods.rounding import rounded
from tests.insight.methods.tables import tables, unhurried


@given(tables, st.integers(2, 10), st.integers(0, 1000))
@unhurried
def test_rounding_keeps_the_sums_and_stays_within_the_base(table, base, seed):
    done = rounded(table, base=base, seed=seed)
    for each, count in table.counts.items():
        assert done.counts[each] % base == 0
        assert abs(done.counts[each] - count) < base
    for total, parts in done.sums:
        assert done.counts[total] == sum(done.counts[part] for part in parts)


def test_rounding_leans_to_no_side():
    table = tabulated({("a", "L"): 1, ("a", "P"): 7, ("b", "L"): 13, ("b", "P"): 4}, dimensions=("place", "sex"))
    many = [rounded(table, seed=seed).counts for seed in range(3000)]
    for each, count in table.counts.items():
        assert sum(counts[each] for counts in many) / len(many) == pytest.approx(count, abs=0.25)


def test_a_table_of_three_directions_is_not_rounded():
    table = tabulated({(a, b, c): 3 for a in "ab" for b in "cd" for c in "ef"}, dimensions=("x", "y", "z"))
    with pytest.raises(DisclosureError, match="two directions"):
        rounded(table)
