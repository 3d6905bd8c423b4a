"""New wording is noticed when it gathers; a single odd message is no method."""

import pytest

from simpul.insight.methods import modus
from simpul.insight.methods.refusal import Refused
from tests.insight.methods import messages


@pytest.fixture(scope="module")
def novelty():
    return modus.Novelty(messages.known(300, 1))


def test_numbers_and_names_of_accounts_are_told_by_their_kind_only():
    told = modus.words_of(
        "Hubungi 0812-3456-7890 atau @agen_luar, https://x.example/a, bayar Rp 5.000.000 / 10jt, usia 17"
    )
    assert told == ["hubungi", "nomortelepon", "akun", "tautan", "bayar", "jumlahuang", "jumlahuang", "usia"]


def test_everyday_words_and_stretched_letters_say_nothing():
    assert modus.words_of("Saya yg tolonggg di sini ya pakkk") == ["tolong", "sini"]


def test_a_word_is_like_its_forms():
    one, other, unlike = (modus.features_of(text) for text in ("dijanjikan", "menjanjikan", "pernikahan"))
    assert len(one & other) > len(one & unlike)


def test_what_was_told_before_is_not_new(novelty):
    past = messages.known(300, 1)
    assert novelty.nearest(past[7])[1] == pytest.approx(0, abs=1e-9)
    assert max(novelty.of(text) for text in messages.known(60, 2)) < 0.5


@pytest.mark.parametrize("name", messages.NEW)
def test_what_was_never_told_is_new(novelty, name):
    assert min(novelty.of(text) for text in messages.new(name, 15, 3)) > 0.6


def test_a_text_without_words_is_new_and_gathers_with_nothing(novelty):
    assert novelty.nearest("??? 123") == (None, 1.0)
    assert modus.gathering(["??? 123"] * 5, novelty) == []


@pytest.mark.parametrize("name", messages.NEW)
def test_a_new_method_is_seen_within_ten_messages(novelty, name):
    """The target: it stands out among what arrives in an ordinary while after ten of its own messages at most."""
    around = messages.stream(40, 11)
    told = messages.new(name, 10, 5)
    needed = next(
        count
        for count in range(1, 11)
        if any(set(found.places) & set(range(40, 50)) for found in modus.gathering(around + told[:count], novelty))
    )
    assert needed <= 10
    (found, *_others) = modus.gathering(around + told, novelty)
    assert len(found.places) >= 5
    assert min(found.places) >= 40
    assert found.novelty > 0.6


def test_the_words_of_a_gathering_tell_what_it_is_about(novelty):
    (found,) = modus.gathering(messages.known(20, 8) + messages.new("ginjal", 8, 9), novelty)
    assert {"donor", "ginjal"} & set(found.words)


@pytest.mark.parametrize("seed", range(3))
def test_odd_messages_raise_no_alarm(novelty, seed):
    """An ordinary while holds unusual messages too; the bench counts such alarms over years."""
    told = messages.stream(60, 40 + seed)
    assert any(novelty.of(text) > 0.7 for text in told)
    assert modus.gathering(told, novelty) == []


def test_a_short_past_is_refused():
    with pytest.raises(Refused) as refusal:
        modus.Novelty(["satu", "dua"])
    assert refusal.value.reason == "too_little_past"


def test_a_burst_is_found_where_it_was_put():
    totals = [50] * 24
    steady, raised = [5] * 24, [5] * 24
    raised[10:14] = [20] * 4
    (burst,) = modus.bursts({"sign": raised, "other": steady}, totals)
    assert (burst.sign, burst.first, burst.last, burst.seen, burst.among) == ("sign", 10, 13, 80, 200)
    assert burst.expected == pytest.approx(200 * sum(raised) / 1200)
    assert burst.strength > 10


def test_a_single_busy_month_is_no_burst_when_all_are_busy():
    totals = [50] * 11 + [500]
    assert modus.bursts({"sign": [5] * 11 + [50]}, totals) == []


def test_the_states_are_the_cheapest_of_all():
    """Against every way through two states of eight intervals."""
    from itertools import product

    cost = [(1.0, 2.0), (3.0, 1.0), (2.5, 1.0), (1.0, 1.2), (4.0, 0.5), (1.0, 3.0), (1.0, 3.0), (2.0, 1.0)]
    step = 1.3

    def price(states):
        ups = sum(later > earlier for earlier, later in zip((0, *states), states, strict=False))
        return sum(each[state] for each, state in zip(cost, states, strict=True)) + step * ups

    best = min(product((0, 1), repeat=8), key=price)
    assert price(tuple(modus._cheapest(cost, step))) == pytest.approx(price(best))


def test_intervals_that_do_not_match_are_refused():
    with pytest.raises(Refused):
        modus.bursts({"sign": [1, 2]}, [5])
