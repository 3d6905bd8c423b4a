"""Breaches, act by act (the 72 hours: tests/stories/test_breach.py)."""

import pytest

from simpul.lib.rules import NotAllowed
from simpul.privacy import breaches


@pytest.fixture
def breach(world):
    return breaches.note(
        kinds=["contact", "identity"], discovered_at=world.later(hours=-3), how="Surat salah alamat.", by=world.yanti,
        at=world.at,
    )  # fmt: skip


@pytest.mark.parametrize("wrong", [{"kinds": []}, {"kinds": ["all"]}, {"how": " "}, {"discovered_at": "later"}])
def test_what_cannot_be_is_refused(world, wrong):
    told = {"kinds": ["contact"], "discovered_at": world.at, "how": "Surat salah alamat."} | wrong
    told["discovered_at"] = world.later(hours=1) if told["discovered_at"] == "later" else told["discovered_at"]
    with pytest.raises(NotAllowed):
        breaches.note(by=world.yanti, at=world.at, **told)


def test_numbers_run_on_within_the_year(world, breach):
    again = breaches.note(kinds=["contact"], discovered_at=world.at, how="x", by=world.wulan, at=world.at)
    assert (breach.number, again.number) == ("B-2026-0001", "B-2026-0002")


def test_files_are_listed_once(privacy, world, breach):
    report = world.report()
    numbers = [privacy.case.number.lower(), f" {report.number} ", privacy.case.number, ""]
    assert breaches.list_files(breach, numbers, by=world.yanti, at=world.at) == 2
    assert breaches.list_files(breach, numbers, by=world.yanti, at=world.at) == 0


def test_one_wrong_number_and_nothing_is_listed(privacy, world, breach):
    with pytest.raises(NotAllowed) as refusal:
        breaches.list_files(breach, [privacy.case.number, "K-1999-0001"], by=world.yanti, at=world.at)
    assert "K-1999-0001" in str(refusal.value)
    assert privacy.case.number not in str(refusal.value)
    assert not breach.affected.exists()


def test_a_notice_needs_words_a_moment_that_can_be_and_a_reason_of_the_list(privacy, world, breach):
    breaches.list_files(breach, [privacy.case.number], by=world.yanti, at=world.at)
    one, who = breach.affected.get(), {"by": world.yanti, "at": world.at}
    for told_at in (world.later(hours=1), world.later(hours=-4)):
        with pytest.raises(NotAllowed):
            breaches.tell(one, how="Surat", told_at=told_at, **who)
        with pytest.raises(NotAllowed):
            breaches.tell_authority(breach, authority="Surat", told_at=told_at, **who)
    for act in (lambda: breaches.tell(one, how="", told_at=world.at, **who),
                lambda: breaches.leave_untold(one, because="told", how="x", **who),
                lambda: breaches.leave_untold(one, because="lazy", how="x", **who),
                lambda: breaches.tell_authority(breach, authority="", told_at=world.at, **who),
                lambda: breaches.contain(breach, measures="", **who)):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
    assert world.anew(one).notice == "due"


def test_two_moments_stand_in_their_order(world, breach):
    with pytest.raises(NotAllowed):
        breaches.list_openings(breach, officer=world.rina, since=world.at, until=world.at, by=world.yanti, at=world.at)


def test_the_notice_says_what_the_law_asks(privacy, world, breach):
    breaches.contain(breach, measures="Surat diambil kembali.", by=world.yanti, at=world.at)
    breaches.list_files(breach, [privacy.case.number], by=world.yanti, at=world.at)
    told = breaches.notice_of(breach)
    assert (told.how, told.measures, told.affected) == ("Surat salah alamat.", "Surat diambil kembali.", 1)
    assert told.agency == "UPTD PPA Bengkayang"
    assert len(told.kinds) == 2
