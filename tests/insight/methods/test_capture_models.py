"""Models: hierarchical, counted, named."""

import pytest

from simpul.insight.methods.capture_models import (
    hierarchical,
    interactions,
    is_few,
    is_hierarchical,
    main_effects,
    name,
    names,
    neighbours,
    ordered,
    packed,
    parts,
    read,
)

LISTS = ("LA", "NG", "GO", "GP")


@pytest.mark.parametrize(("lists", "order", "models"), [(2, 2, 1), (3, 3, 8), (4, 4, 113), (4, 2, 64), (5, 2, 1024)])
def test_all_hierarchical_models_are_counted_as_published(lists, order, models):
    found = [ordered(model) for model in hierarchical(lists, order=order)]
    assert len(found) == len(set(found)) == models
    assert all(is_hierarchical(model) and set(main_effects(lists)) <= set(model) for model in found)


def test_no_model_has_the_term_of_all_lists():
    assert 0b1111 not in interactions(4, order=4)
    assert all(0b1111 not in model for model in hierarchical(4, order=4))


def test_interactions_stand_by_size_then_by_the_order_of_the_lists():
    assert names(interactions(3, order=2), "ABC") == ["A:B", "A:C", "B:C"]
    assert names(interactions(4, order=3), "ABCD")[-4:] == ["A:B:C", "A:B:D", "A:C:D", "B:C:D"]


def test_a_model_is_read_as_it_is_written():
    model = read("LA:NG NG:GO:GP", LISTS)
    assert set(names(model, LISTS)) == {"LA:NG", "NG:GO", "NG:GP", "GO:GP", "NG:GO:GP"}
    assert name(0b0011, LISTS) == "LA:NG"
    with pytest.raises(ValueError, match="PF"):
        read("LA:PF", LISTS)


def test_neighbours_have_one_interaction_more_or_less_and_stay_hierarchical():
    model = read("A:B:C", "ABCD")
    found = list(neighbours(model, interactions(4, order=4)))
    assert all(is_hierarchical(each) for each in found)
    assert {len(each) - len(model) for each in found} == {-1, 1}
    # A pair of the triple cannot go before it.
    assert all(0b011 in each for each in found)


def test_parts_are_the_terms_of_one_list_fewer():
    assert set(parts(0b111)) == {0b011, 0b101, 0b110}


def test_packed_models_keep_their_lengths():
    table, lengths = packed([(0, 1, 2), (0, 1, 2, 3)])
    assert table.tolist() == [[0, 1, 2, 0], [0, 1, 2, 3]]
    assert lengths.tolist() == [3, 4]


def test_few_models_are_gone_through_and_many_are_searched():
    assert is_few(5, order=5)
    assert is_few(6, order=2)
    assert not is_few(6, order=3)
    assert not is_few(8, order=2)
