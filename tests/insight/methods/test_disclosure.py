"""Disclosure: what is hidden stays hidden, as few as possible are, and the attacker's check finds what is not."""

import math
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simpul.insight.methods import disclosure
from simpul.insight.methods.bounding import Programme
from simpul.insight.methods.disclosure import (
    CannotProtect,
    Hidden,
    Published,
    Rule,
    audit,
    bounds,
    protected,
    suppressed,
)
from simpul.insight.methods.margins import DisclosureError, cell, tabulated
from tests.insight.methods.tables import crossed, few, tables, three_way, unhurried


@given(tables)
@unhurried
def test_an_attacker_narrows_no_hidden_cell_down(table):
    done = protected(table)
    assert audit(done.published) == []
    for low, high in bounds(done.published).values():
        assert high - low + 1 >= 10


@given(three_way)
@few
def test_nor_in_a_table_of_three_directions(table):
    done = protected(table)
    assert audit(done.published) == []
    assert all(high - low >= 9 for low, high in bounds(done.published).values())


@given(tables, st.integers(2, 11), st.one_of(st.none(), st.integers(2, 30)), st.booleans())
@unhurried
def test_nor_under_another_rule(table, threshold, width, zeros_shown):
    rule = Rule(threshold=threshold, width=width, zeros_shown=zeros_shown)
    done = protected(table, rule=rule)
    assert audit(done.published) == []


@given(st.one_of(tables, three_way))
@few
def test_every_small_count_is_hidden_and_every_number_shown_is_true(table):
    done = protected(table)
    small = {each for each, count in table.counts.items() if 0 < count < 11}
    assert done.primary == small
    assert done.published.hidden == done.primary | done.complementary
    assert not done.primary & done.complementary
    for each, value in done.published.values.items():
        assert value == (Hidden() if each in done.published.hidden else table.counts[each])


@given(st.one_of(tables, three_way))
@few
def test_the_truth_lies_between_the_limits(table):
    for published in (protected(table).published, suppressed(table)):
        for each, (low, high) in bounds(published).items():
            assert low <= table.counts[each] <= high


def by_programme(published):
    """The limits once more, by linear programming instead of flows."""
    cells = list(published.values)
    place = {each: at for at, each in enumerate(cells)}
    programme = Programme(
        [{place[total]: -1, **{place[part]: 1 for part in parts}} for total, parts in published.sums],
        values=[0 if each in published.hidden else published.values[each] for each in cells],
        low=[1.0] * len(cells),
        high=[math.inf] * len(cells),
        hidden=[place[each] for each in published.hidden],
    )
    programme.settle()
    return {each: programme.limits(place[each]) for each in cells if each in published.hidden}


@given(tables, st.data())
@few
def test_flows_and_programmes_find_the_same_limits(table, data):
    """In any table, whatever is hidden."""
    nobody = {each for each, count in table.counts.items() if not count}
    hidden = data.draw(st.sets(st.sampled_from(sorted(table.counts)))) - nobody
    values = {each: Hidden() if each in hidden else count for each, count in table.counts.items()}
    published = Published(values, table.sums)
    assert bounds(published) == by_programme(published)


@given(st.one_of(tables, three_way))
@few
def test_without_complementary_suppression_a_small_cell_alone_in_its_sum_is_recovered(table):
    published = suppressed(table)
    alone = set()
    for total, parts in table.sums:
        hidden = [each for each in (total, *parts) if each in published.hidden]
        if len(hidden) == 1:
            alone.update(hidden)
    assume(alone)
    found = {finding.cell: finding for finding in audit(published)}
    for each in alone:
        assert found[each].exact
        assert found[each].low == table.counts[each]


def test_small_cells_alone_are_common_enough_to_look_for():
    table = tabulated({("L",): 3, ("P",): 40}, dimensions=("sex",))
    assert [(finding.cell, finding.low) for finding in audit(suppressed(table))] == [(cell(sex="L"), 3)]
    done = protected(table)
    assert done.complementary == {cell(sex="P")}
    assert bounds(done.published)[cell(sex="L")] == (1, 42)


@given(st.tuples(st.integers(2, 3), st.integers(2, 3)).flatmap(lambda shape: crossed(*shape)))
@few
def test_no_smaller_set_of_cells_would_do(table):
    """All smaller sets, and equal ones of smaller counts, are tried one by one."""
    done = protected(table)
    assert done.least
    loss = (len(done.complementary), sum(table.counts[each] for each in done.complementary))
    free = [each for each, count in table.counts.items() if count >= 11]
    for size in range(min(len(done.complementary), 4) + 1):
        for more in combinations(free, size):
            if (size, sum(table.counts[each] for each in more)) < loss:
                hidden = done.primary | set(more)
                values = {each: Hidden() if each in hidden else n for each, n in table.counts.items()}
                assert audit(Published(values, table.sums))


def test_what_is_not_searched_exactly_hides_little_more(monkeypatch):
    """Each complementary cell of the heuristic is needed: shown alone, it gives something away."""
    counts = {
        (f"row {row}", f"column {column}"): (row * 17 + column * 31) % 47 for row in range(6) for column in range(5)
    }
    table = tabulated(counts, dimensions=("row", "column"))
    least = protected(table)
    assert least.least
    monkeypatch.setattr(disclosure, "SMALL", 0)
    done = protected(table)
    assert not done.least
    assert len(least.complementary) <= len(done.complementary) <= len(least.complementary) + 3
    for each in done.complementary:
        again = Published({**done.published.values, each: table.counts[each]}, table.sums)
        assert audit(again)


def test_what_is_known_already_is_not_hidden():
    table = tabulated({("L",): 3, ("P",): 40, ("unknown",): 90}, dimensions=("sex",))
    assert protected(table).complementary == {cell(sex="P")}
    assert protected(table, known=[cell(sex="P")]).complementary == {cell(sex="unknown")}
    assert cell() in protected(table, known=[cell(sex="P"), cell(sex="unknown")]).complementary
    with pytest.raises(CannotProtect, match="sex L"):
        protected(table, known=[cell(sex="P"), cell(sex="unknown"), cell()])


def test_a_small_total_is_hidden_with_its_parts():
    done = protected(tabulated({("L",): 3, ("P",): 4, ("unknown",): 0}, dimensions=("sex",)))
    assert done.published.values == {cell(): Hidden(), cell(sex="L"): Hidden(), cell(sex="P"): Hidden(),
                                     cell(sex="unknown"): 0}  # fmt: skip
    assert bounds(done.published)[cell()] == (2, math.inf)


def test_marks_that_tell_small_counts_apart_give_them_away():
    """Ten cells marked as small, nothing else but zeros, under a total marked as small: each of them is one."""
    table = tabulated({(f"regency {each}",): 1 for each in range(10)}, dimensions=("place",))
    found = audit(suppressed(table))
    assert len(found) == 11
    assert {(finding.low, finding.high) for finding in found} == {(1, 1), (10, 10)}
    assert audit(protected(table).published) == []


def test_two_releases_are_read_together():
    by_sex = protected(tabulated({("L",): 3, ("P",): 40}, dimensions=("sex",))).published
    assert audit(by_sex) == []
    later = Published({cell(sex="P"): 40}, ())
    assert [finding.low for finding in audit(by_sex, later)] == [3]
    with pytest.raises(DisclosureError, match="sex P differently"):
        audit(later, Published({cell(sex="P"): 41}, ()))


def test_figures_that_contradict_each_other_are_refused():
    with pytest.raises(DisclosureError, match="contradict"):
        audit(Published({cell(): 10, cell(sex="L"): 12, cell(sex="P"): Hidden()},
                        ((cell(), (cell(sex="L"), cell(sex="P"))),)))  # fmt: skip


@pytest.mark.parametrize("rule", [{"threshold": 1}, {"width": 1}])
def test_a_rule_that_protects_nobody_is_refused(rule):
    with pytest.raises(DisclosureError, match="protects nobody"):
        Rule(**rule)


def test_a_hidden_cell_is_never_a_number():
    assert [str(Hidden()), str(Hidden(fewer_than=11))] == ["…", "<11"]
    assert f"{Hidden(fewer_than=11):>10,.2f}" == "<11"
    assert sorted([Hidden(), 500, 0])[:2] == [0, 500]
    for wrong in (int, float, sum):
        with pytest.raises(TypeError):
            wrong([Hidden()]) if wrong is sum else wrong(Hidden())
