import pytest
from django.db import IntegrityError, transaction

from simpul.insight.models import IndicatorLoad, IndicatorValue

State = IndicatorLoad.State


def load(at, **told):
    told = {"state": State.TAKEN_IN, "fingerprint": "a", "received_at": at, "moved_at": at} | told
    return IndicatorLoad.objects.create(**told)


def value(of, number=7.0, **told):
    told = {"indicator": "poverty", "place_id": "61.07", "year": 2024, "source": "BPS", "mark": "V"} | told
    return IndicatorValue.objects.create(load=of, value=number, **told)


def test_a_load_says_one_thing_of_a_place_and_year(world):
    first = load(world.at)
    value(first)
    with pytest.raises(IntegrityError), transaction.atomic():
        value(first, 8.0)
    value(load(world.at), 8.0)


def test_a_year_that_cannot_be_is_refused_by_the_table(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        value(load(world.at), year=1066)


def test_what_is_no_number_is_refused_by_the_table(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        value(load(world.at), float("inf"))


def test_what_was_loaded_here_counts_more_than_what_was_shipped_and_the_later_more_than_the_earlier(world):
    own, earlier = load(world.later(days=1)), load(world.at)
    shipped = load(world.later(days=9), is_shipped=True)
    found = [value(own, 1.0), value(earlier, 2.0), value(shipped, 3.0)]
    assert list(IndicatorValue.objects.standing()) == [found[2], found[1], found[0]]


def test_only_what_was_taken_in_stands(world):
    for state in State:
        value(load(world.at, state=state))
    assert [each.load.state for each in IndicatorValue.objects.standing()] == [State.TAKEN_IN]


def test_a_load_moves_only_where_it_can(world):
    assert load(world.at, state=State.READ).may_become(State.TAKEN_IN)
    assert load(world.at).may_become(State.TAKEN_BACK)
    assert not load(world.at).may_become(State.DISCARDED)
    assert not load(world.at, state=State.DISCARDED).may_become(State.TAKEN_IN)
