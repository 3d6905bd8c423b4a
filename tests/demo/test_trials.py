"""The table of trials: days in order, amounts that add up, shares as low as in the country."""

from datetime import date
from decimal import Decimal

import pytest

from simpul.demo import trials
from simpul.demo.trials import MILLION, NATIONAL, NEW_LAW, TRIALS, items_of
from simpul.demo.world import JUDGED_AT, REGENCIES
from simpul.places.models import Place
from simpul.reference import catalogues

ALL = [pytest.param(trial, id=name) for name, trial in TRIALS.items()]


def amounts(trial, kind):
    return [int(amount) for step in trial.money.split() for name, _ago, *amount in [step.split(":")]
            if name == kind for amount in amount]  # fmt: skip


def total(kind):
    return sum(sum(amounts(trial, kind)) for trial in TRIALS.values())


@pytest.mark.parametrize("trial", ALL)
def test_steps_are_written_in_the_order_of_time(trial):
    for text in (trial.track, trial.money):
        days = [int(step.split(":")[1]) for step in text.split()]
        assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("trial", ALL)
def test_no_more_is_paid_than_was_awarded(trial):
    assert sum(amounts(trial, "paid")) <= sum(amounts(trial, "awarded"))


@pytest.mark.parametrize("trial", ALL)
def test_codes_and_places_are_known(db, trial):
    assert Place.objects.filter(pk=trial.place).exists()
    assert trial.place[:5] in {code for code, _name, _weight in REGENCIES}
    assert catalogues.is_code("modus", trial.modus)


def test_the_shares_are_near_those_of_the_country():
    claimed = total("claimed")
    for figure, share in NATIONAL.items():
        assert abs(100 * Decimal(total(figure)) / claimed - share) < Decimal("0.5"), figure


def test_a_claim_is_the_sum_of_its_items(db):
    for millions in (7, 45, 95):
        items = items_of(millions * MILLION)
        assert sum(amount for _head, amount, _note in items) == millions * MILLION
        assert all(catalogues.is_code("restitution_heads", head) for head, _amount, _note in items)


@pytest.mark.parametrize("today", [date(2026, 8, 3), date(2026, 1, 20), date(2029, 5, 6)])
def test_an_act_lies_on_its_side_of_the_new_law(db, today):
    for trial in TRIALS.values():
        act_on = trials.date_of_act(trial, today)
        assert act_on <= today
        assert (act_on >= NEW_LAW) is trial.is_under_new_law
        assert ("kuhp_455" in trials.offences_of(trial, act_on)) is trial.is_under_new_law


def test_where_there_is_no_court_the_one_next_door_judges():
    codes = {code for code, _name, _weight in REGENCIES}
    assert set(JUDGED_AT) < codes
    assert set(JUDGED_AT.values()) < codes - set(JUDGED_AT)
