"""Margins: counts with all their sums, and what is refused as none."""

import pytest

from simpul.insight.methods.margins import DisclosureError, cell, linked, tabulated
from tests.insight.methods.tables import PARENTS


def test_a_table_holds_its_margins():
    counts = {("61.07.01.2001", "L"): 3, ("61.07.01.2001", "P"): 2, ("61.07.02.2001", "P"): 12}
    table = tabulated(counts, dimensions=("place", "sex"), parents=PARENTS)
    assert table.counts[cell(place="61.07.01.2001", sex="L")] == 3
    assert table.counts[cell(place="61.07.02.2001", sex="L")] == 0
    assert table.counts[cell(place="61.07.01")] == 5
    assert table.counts[cell(place="61.07", sex="P")] == 14
    assert table.counts[cell()] == 17
    for total, parts in table.sums:
        assert table.counts[total] == sum(table.counts[part] for part in parts)


@pytest.mark.parametrize("count", [-1, 2.5, True, "3"])
def test_what_is_no_count_is_refused(count):
    with pytest.raises(DisclosureError, match="whole counts"):
        tabulated({("L",): count}, dimensions=("sex",))
    with pytest.raises(DisclosureError, match="one code for each dimension"):
        tabulated({("L",): 3}, dimensions=("sex", "age"))


def test_a_place_is_counted_at_one_level():
    with pytest.raises(DisclosureError, match=r"61\.07\.01 is counted and has counted codes below"):
        tabulated({("61.07.01.2001",): 1, ("61.07.01",): 2}, dimensions=("place",), parents=PARENTS)
    with pytest.raises(DisclosureError, match="above itself"):
        tabulated({("a",): 1}, dimensions=("place",), parents={"place": {"a": "b", "b": "a"}})


def test_linked_tables_count_the_same_people():
    by_sex, other = tabulated({("L",): 3}, dimensions=("sex",)), tabulated({("x",): 4}, dimensions=("age",))
    with pytest.raises(DisclosureError, match="the grand total differently"):
        linked(by_sex, other)
