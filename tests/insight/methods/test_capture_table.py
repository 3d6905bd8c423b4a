"""Capture tables: put together, looked at, refused."""

import pytest

from simpul.insight.methods.capture_table import MOST_LISTS, check, smaller, tabulated
from simpul.insight.methods.refusal import Refused
from tests.insight.methods.captures import artificial, australia, table, uk


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.reason


def test_equal_rows_are_added_up_and_missing_rows_are_nobody():
    found = tabulated(("A", "B"), [((1, 0), 3), ((1, 1), 2), ((1, 0), 4)])
    assert found.counts.tolist() == [0, 7, 0, 2]
    assert (found.total, found.on_several) == (9, 2)


def test_lists_and_pairs_are_counted_with_whoever_is_on_others_too():
    found = australia()
    assert found.on_lists() == {"A": 50, "B": 77, "C": 260, "D": 120}
    assert found.on_pairs()["B", "C"] == 36 + 6 + 15 + 1
    assert uk().on_pairs()["LA", "GP"] == 0


def test_a_list_without_people_is_left_out_and_named():
    found = tabulated(("A", "none", "B"), [((1, 0, 0), 5), ((1, 0, 1), 2)])
    assert (found.lists, found.empty) == (("A", "B"), ("none",))
    assert found.counts.tolist() == [0, 5, 0, 2]


def test_without_a_list_who_was_only_on_it_is_unseen():
    whole = australia()
    rest = whole.without(0)
    assert rest.lists == ("B", "C", "D")
    assert rest.total == whole.total - 34
    assert rest.on_lists() == {"B": 77, "C": 260, "D": 120}
    assert [name for name, _rest in smaller(whole)] == ["A", "B", "C", "D"]


def test_two_lists_are_not_made_fewer():
    assert list(smaller(tabulated(("A", "B"), [((1, 1), 9)]))) == []


def test_the_order_of_the_lists_does_not_matter():
    whole = australia()
    turned = whole.reordered(("D", "B", "A", "C"))
    assert turned.on_pairs()["D", "B"] == whole.on_pairs()["B", "D"]
    assert (turned.reordered(whole.lists).counts == whole.counts).all()
    assert refused(lambda: whole.reordered(("A", "B"))) == "other_lists"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([((1, 0), 5)], "too_few_lists"),
        ([((1, 0), 0)], "nobody"),
        ([((1, 0), 5), ((0, 1), 7)], "no_overlap"),
        ([((1, 0), 5), ((0, 1), 7), ((1, 1), 6)], "little_overlap"),
    ],
)
def test_what_cannot_be_compared_is_refused(rows, reason):
    assert refused(lambda: check(tabulated(("A", "B"), rows))) == reason


def test_the_overlap_that_is_asked_for_can_be_set():
    assert refused(lambda: check(artificial())) == "little_overlap"
    check(artificial(), least_overlap=6)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [([((0, 0), 3)], "unseen_counted"), ([((1, 0), -1)], "not_a_count"), ([((1, 0), 1.5)], "not_a_count")],
)
def test_rows_that_make_no_sense_are_refused(rows, reason):
    assert refused(lambda: tabulated(("A", "B"), rows)) == reason


def test_too_many_lists_are_refused():
    lists = [f"L{place}" for place in range(MOST_LISTS + 1)]
    assert refused(lambda: tabulated(lists, [])) == "too_many_lists"


def test_the_typed_tables_have_all_their_rows():
    assert table(("A", "B"), (("A", 1), ("A B", 2))).counts.tolist() == [0, 1, 0, 2]
