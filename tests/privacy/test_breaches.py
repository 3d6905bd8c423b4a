"""Breaches, act by act (the 72 hours: tests/stories/test_breach.py)."""

import pytest
from django.db import transaction

from simpul.agencies import exclusions
from simpul.lib.rules import NotAllowed
from simpul.migrants import access
from simpul.migrants.models import Worker
from simpul.privacy import breaches, erasing, queries


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


def opened_by(breach, officer, world, **more):
    told = {"since": world.later(hours=-1), "until": world.later(hours=1), "by": world.wulan} | more
    return breaches.list_openings(breach, officer=officer, at=world.at, **told)


def affected(breach):
    return set(breach.affected.values_list("case_id", "person_id"))


def test_names_read_page_by_page_are_found(homecoming, world, breach):
    seen, unseen = homecoming.returnee(), homecoming.returnee(name="Kenanga")
    worker = homecoming.worker(name="Melur")
    access.read_names([seen], by=homecoming.sekar, at=world.at)
    access.read_names([worker], by=homecoming.sekar, at=world.at)
    assert opened_by(breach, homecoming.sekar, world) == 2
    assert affected(breach) == {(None, seen.person_id), (None, worker.person_id)}
    assert unseen.person_id not in breach.affected.values_list("person_id", flat=True)
    assert opened_by(breach, homecoming.sekar, world) == 0


def test_who_was_read_one_by_one_is_found(homecoming, world, breach):
    seen, unseen = homecoming.returnee(), homecoming.returnee(name="Kenanga")
    worker = homecoming.worker(name="Melur")
    access.read_person(seen, by=homecoming.sekar, at=world.at)
    access.read_worker(worker, by=homecoming.sekar, at=world.at)
    access.read_person(unseen, by=homecoming.sekar, at=world.later(hours=2))
    opened_by(breach, homecoming.sekar, world)
    assert affected(breach) == {(None, seen.person_id), (None, worker.person_id)}


def test_whoever_opened_a_list_has_read_everybody_on_it_and_on_what_corrected_it(homecoming, world, breach):
    first = homecoming.sheet(state="replaced")
    second = homecoming.sheet(number="M-2026-900002", replaces=first)
    on_it = homecoming.on(second, homecoming.returnee())
    homecoming.on(homecoming.sheet(number="M-2026-900003"), homecoming.returnee(name="Kenanga"))
    register = homecoming.sheet(number="R-2026-900001", layout="register")
    worker = homecoming.worker(name="Melur")
    Worker.objects.filter(pk=worker.pk).update(sheet=register)
    for sheet in (first, register):
        access.open_sheet(sheet, by=homecoming.hadi, at=world.at)
    opened_by(breach, homecoming.hadi, world)
    assert affected(breach) == {(None, on_it.person_id), (None, worker.person_id)}


def test_a_lost_list_is_named_by_its_number(homecoming, world, breach):
    returnee = homecoming.returnee()
    homecoming.returnee(name="Kenanga")
    number = returnee.manifest.number
    assert breaches.list_files(breach, [number.lower()], by=world.wulan, at=world.at) == 1
    assert affected(breach) == {(None, returnee.person_id)}
    with pytest.raises(NotAllowed):
        breaches.list_files(breach, [number], by=world.yanti, at=world.at)


def test_who_takes_people_in_tells_them_and_nobody_else(homecoming, world, breach):
    returnee = homecoming.returnee()
    breaches.list_files(breach, [returnee.manifest.number], by=homecoming.nia, at=world.at)
    one = breach.affected.get()
    assert list(queries.affected_by(breach, homecoming.nia)) == [one]
    assert not queries.affected_by(breach, world.yanti).exists()
    with pytest.raises(NotAllowed):
        breaches.tell(one, how="Surat", told_at=world.at, by=world.yanti, at=world.at)
    breaches.tell(one, how="Surat", told_at=world.at, by=homecoming.nia, at=world.at)
    exclusions.keep_out(returnee, officer=homecoming.nia, by=None, at=world.at)
    assert not queries.affected_by(breach, homecoming.nia).exists()


def test_who_was_erased_cannot_be_told(homecoming, world, breach):
    returnee = homecoming.returnee()
    with transaction.atomic():
        erasing.erase(returnee.person, by=world.wulan, at=world.at)
    assert breaches.list_files(breach, [returnee.manifest.number], by=world.wulan, at=world.at) == 0


def test_a_head_lists_nobody_whom_another_agency_recorded(homecoming, world, breach):
    returnee = homecoming.returnee()
    access.read_names([returnee], by=homecoming.sekar, at=world.at)
    assert opened_by(breach, homecoming.sekar, world, by=world.yanti) == 0
    assert opened_by(breach, homecoming.sekar, world) == 1
