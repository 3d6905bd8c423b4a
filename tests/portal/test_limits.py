import pytest
from django.test import RequestFactory

from simpul.portal import limits
from simpul.portal.limits import FILES, GUESS, MESSAGES, REPORTS, SEARCHES, TYPO, Limits, address_of, waiting_time

HERE, THERE = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def gate(clock):
    return Limits(clock)


def test_some_reports_at_once_then_one_in_a_while(gate, clock):
    assert not any(gate.report(HERE) for _i in range(REPORTS.burst))
    wait = gate.report(HERE)
    assert wait.seconds == REPORTS.seconds
    clock.forward(wait.seconds - 1)
    assert gate.report(HERE)
    clock.forward(1)
    assert not gate.report(HERE)
    assert gate.report(HERE)


def test_one_address_does_not_hold_up_another(gate):
    while not gate.report(HERE):
        pass
    assert not gate.report(THERE)


def test_asking_while_waiting_does_not_lengthen_the_wait(gate):
    while not gate.report(HERE):
        pass
    waits = {gate.report(HERE).seconds for _i in range(50)}
    assert waits == {REPORTS.seconds}


def test_a_flood_from_many_addresses_is_held_off_and_passes(gate, clock):
    came = sum(not gate.report(f"198.51.{i // 250}.{i % 250}") for i in range(2000))
    assert came == limits.EVERYBODY.burst
    clock.forward(limits.EVERYBODY.seconds)
    assert not gate.report(HERE)


def test_under_strain_an_address_that_reported_already_waits_and_a_new_one_does_not(gate):
    gate.report(HERE)
    for i in range(int(limits.EVERYBODY.burst * limits.STRAINED)):
        gate.report(f"198.51.{i // 250}.{i % 250}")
    assert gate.report(HERE)
    assert not gate.report(THERE)


@pytest.mark.parametrize("pace", [MESSAGES, SEARCHES, FILES])
def test_messages_searches_and_files_have_their_own_pace(gate, clock, pace):
    assert not any(gate.take(pace, HERE) for _i in range(pace.burst))
    wait = gate.take(pace, HERE)
    assert wait
    clock.forward(wait.seconds)
    assert not gate.take(pace, HERE)


def test_several_files_count_one_by_one(gate):
    assert not gate.take(FILES, HERE, count=FILES.burst)
    assert gate.take(FILES, HERE, count=10).seconds == 10 * FILES.seconds


def test_more_than_ever_fits_can_still_be_sent_after_a_quiet_time(gate):
    assert not gate.take(FILES, HERE, count=FILES.burst * 3)


def test_wrong_receipts_are_free_then_slowed_then_refused(gate, clock):
    for _i in range(limits.FREE):
        gate.wrong(HERE)
        assert not gate.guess(HERE)
    waits = []
    while not gate.guess(HERE).refused:
        clock.forward(gate.guess(HERE).seconds)
        gate.wrong(HERE)
        waits.append(gate.guess(HERE).seconds)
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] >= 1
    assert waits[-1] == limits.REFUSED_FOR
    clock.forward(limits.REFUSED_FOR)
    assert not gate.guess(HERE)


def test_thousands_of_guesses_get_a_handful_of_looks(gate, clock):
    looks = 0
    for _i in range(5000):
        if not gate.guess(HERE):
            looks += 1
            gate.wrong(HERE, weight=GUESS)
        clock.forward(0.1)
    assert looks < 20


def test_a_slip_of_the_finger_counts_less_than_a_guess(gate):
    for _i in range(int(limits.FREE / TYPO)):
        gate.wrong(HERE, weight=TYPO)
    assert not gate.guess(HERE)
    gate.wrong(HERE, weight=TYPO)
    assert gate.guess(HERE)


def test_wrong_receipts_are_forgiven_with_time(gate, clock):
    for _i in range(limits.FREE):
        gate.wrong(HERE)
    clock.forward(limits.FORGIVEN_IN * limits.FREE)
    gate.wrong(HERE)
    assert not gate.guess(HERE)


def test_no_address_is_kept(gate):
    gate.report(HERE)
    gate.wrong(HERE)
    gate.take(SEARCHES, HERE)
    assert gate._reports.used_until
    assert HERE not in repr(vars(gate._reports)) + repr(vars(gate._guesses))
    assert Limits()._key(HERE) != Limits()._key(HERE)


def test_memory_is_bounded(gate, clock, monkeypatch):
    monkeypatch.setattr(limits, "MOST_REMEMBERED", 100)
    for i in range(1000):
        gate.take(SEARCHES, str(i))
        gate.wrong(str(i))
    assert len(gate._others[SEARCHES].used_until) <= 100
    assert len(gate._guesses.noted) <= 100


def asked(remote, forwarded=None):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=remote, **more)


def test_what_a_stranger_says_about_its_address_is_not_believed():
    assert address_of(asked(HERE, forwarded=THERE)) == HERE


def test_our_own_proxy_says_for_whom_it_asks(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1", "10.0.0.0/8"]
    assert address_of(asked("127.0.0.1", forwarded=f"192.0.2.1, {HERE}")) == HERE
    assert address_of(asked("127.0.0.1", forwarded=f"192.0.2.1, {HERE}, 10.1.2.3")) == HERE
    assert address_of(asked("127.0.0.1")) == "127.0.0.1"
    assert address_of(asked("127.0.0.1", forwarded="nonsense")) == ""


def test_neighbours_of_one_household_count_together():
    assert address_of(asked("2001:db8:1:2::1")) == address_of(asked("2001:db8:1:2:ffff::9"))
    assert address_of(asked("2001:db8:1:2::1")) != address_of(asked("2001:db8:1:3::1"))
    assert address_of(asked(f"::ffff:{HERE}")) == HERE


def test_the_time_to_wait_is_said_in_seconds_or_minutes():
    assert "40" in waiting_time(limits.Wait(40))
    assert " 5 " in waiting_time(limits.Wait(290))
