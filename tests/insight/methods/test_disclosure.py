"""Disclosure: what is hidden stays hidden, as few as possible are, and the attacker's check finds what is not."""

import math
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simpul.insight.methods import disclosure
from simpul.insight.methods.bounding import Programme
from simpul.insight.methods.disclosure import (
    Budget,
    BudgetSpent,
    CannotProtect,
    DisclosureError,
    Hidden,
    Published,
    Rule,
    audit,
    bounds,
    cell,
    individual_risk,
    k_anonymous,
    linked,
    noisy,
    protected,
    rare,
    rounded,
    suppressed,
    tabulated,
)

PARENTS = {"place": {"61.07.01.2001": "61.07.01", "61.07.01.2002": "61.07.01", "61.07.02.2001": "61.07.02",
                     "61.07.02.2002": "61.07.02", "61.07.01": "61.07", "61.07.02": "61.07"}}  # fmt: skip
VILLAGES = ["61.07.01.2001", "61.07.01.2002", "61.07.02.2001", "61.07.02.2002"]
COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 60))


def crossed(rows, columns):
    shape = [(f"row {row}", f"column {column}") for row in range(rows) for column in range(columns)]
    many = st.lists(COUNTS, min_size=len(shape), max_size=len(shape))
    return many.map(lambda counts: tabulated(dict(zip(shape, counts, strict=True)), dimensions=("row", "column")))


two_way = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(lambda shape: crossed(*shape))
by_village_and_sex = st.lists(COUNTS, min_size=8, max_size=8).map(
    lambda counts: tabulated(
        dict(zip([(village, sex) for village in VILLAGES for sex in "LP"], counts, strict=True)),
        dimensions=("place", "sex"),
        parents=PARENTS,
    )
)
three_way = st.lists(COUNTS, min_size=12, max_size=12).map(
    lambda counts: tabulated(
        dict(zip([(a, b, c) for a in "ab" for b in "cde" for c in "fg"], counts, strict=True)),
        dimensions=("x", "y", "z"),
    )
)

# How long a table takes says nothing here; many people may be using the machine.
unhurried = settings(deadline=None)
few = settings(deadline=None, max_examples=25)


@st.composite
def linked_tables(draw):
    """The same people by sex and regency and by sex and age."""
    people = draw(st.lists(COUNTS, min_size=12, max_size=12))
    whole = {(s, r, a): n for (s, r, a), n in zip([(s, r, a) for s in "LP" for r in "123" for a in "vw"], people,
                                                  strict=True)}  # fmt: skip
    by_regency, by_age = {}, {}
    for (s, r, a), n in whole.items():
        by_regency[s, r] = by_regency.get((s, r), 0) + n
        by_age[s, a] = by_age.get((s, a), 0) + n
    return linked(tabulated(by_regency, dimensions=("sex", "regency")), tabulated(by_age, dimensions=("sex", "age")))


tables = st.one_of(two_way, by_village_and_sex, linked_tables())


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


ROWS = [{"sex": sex, "age": age} for sex, age, count in (("L", "adult", 12), ("P", "adult", 11), ("P", "child", 2))
        for _ in range(count)]  # fmt: skip


def test_combinations_that_few_share_are_named():
    assert rare(ROWS, keys=["sex", "age"]) == {("P", "child"): 2}
    assert not k_anonymous(ROWS, keys=["sex", "age"])
    assert k_anonymous(ROWS, keys=["sex", "age"], k=2)
    assert k_anonymous(ROWS, keys=["sex"])


@given(st.integers(1, 30), st.floats(0, 200))
def test_a_risk_is_a_chance_between_that_of_the_sample_and_that_of_the_people(count, more):
    rows = [{"key": "same"}] * count
    [risk, *_rest] = individual_risk(rows, keys=["key"], weights=[1 + more / count] * count)
    # 1/F is convex, so its mean is never below 1 over the mean.
    assert 1 / (count + more) - 1e-9 <= risk <= 1 / count + 1e-9


def test_both_ways_to_the_risk_meet():
    for count in (1, 2, 7, 20):
        assert disclosure._risk_in_terms(count, 0.5) == pytest.approx(disclosure._risk(count, 0.5), rel=1e-9)


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
