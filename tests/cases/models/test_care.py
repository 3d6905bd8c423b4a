"""Services and referrals as rows: who sees them, and what the database refuses."""

import re

import pytest
from django.db import IntegrityError, transaction

from simpul.cases import files
from simpul.cases.models import Referral, Service
from simpul.cases.models.care import SHELTER_CODE
from tests.cases.test_policy import sent
from tests.cases.tracks import a_return, an_officer


def test_a_referral_is_seen_by_its_two_agencies(world):
    referral = sent(world, world.case())
    for officer in (world.rina, world.yanti, world.budi):
        assert list(Referral.objects.visible_to(officer)) == [referral]
    for officer in (world.siti, world.agus, world.dewi, world.tono, world.wulan):
        assert not Referral.objects.visible_to(officer).exists()


def test_a_companion_of_the_receiving_agency_does_not_see_it(world):
    sent(world, world.case())
    assert Referral.objects.visible_to(world.budi).exists()
    world.budi.role = "companion"
    assert not Referral.objects.visible_to(world.budi).exists()


def test_a_referral_goes_to_another_agency_also_for_the_database(world):
    referral = sent(world, world.case())
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(receiver=world.uptd)


def test_a_service_waits_once_at_an_agency_also_for_the_database(world):
    referral = sent(world, world.case())
    copy = world.anew(referral)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_only_what_waits_is_unanswered(world):
    referral = sent(world, world.case())
    for status in Referral.Status:
        Referral.objects.filter(pk=referral.pk).update(status=status)
        assert Referral.objects.unanswered().exists() is (status == "sent")


def test_rows_tell_no_need(world):
    service = world.service(world.victim(world.case()), need="Melati sakit")
    assert service.need.opened() == "Melati sakit"
    assert "Melati" not in f"{service} {service!r} {Service.objects.values().get()}"


def test_a_referral_of_a_closed_file_is_seen_at_the_sender_by_who_works_on_it(world, now):
    referral = sent(world, world.case())
    nina = an_officer(world, "nina", world.uptd, "case_manager")
    assert Referral.objects.visible_to(nina).exists()
    files.close_access(referral.case, by=world.rina, at=now)
    assert not Referral.objects.visible_to(nina).exists()
    for officer in (world.rina, world.yanti, world.budi):
        assert list(Referral.objects.visible_to(officer)) == [referral]


def test_who_needs_a_referral_no_more_sees_it_no_more(world):
    referral = sent(world, world.case())
    for status in Referral.Status:
        Referral.objects.filter(pk=referral.pk).update(status=status)
        assert Referral.objects.visible_to(world.rina).exists()
        assert Referral.objects.visible_to(world.budi).exists() is (status in Referral.NEEDED)


@pytest.mark.parametrize(("code", "right"), [("RA-07", True), ("RUMAH-1234", False), ("A-1", False), ("RA-", False),
                                             ("ra-1", False), ("RA-1\n", False), ("RA-12345", False)])  # fmt: skip
def test_a_code_of_a_shelter_has_letters_a_dash_and_digits(code, right):
    assert bool(re.match(SHELTER_CODE, code)) is right


def test_every_state_of_a_service_leads_on_or_is_the_end():
    assert set(Service.NEXT) == set(Service.State)
    assert {state for state, then in Service.NEXT.items() if not then} == {Service.State.DONE}


def test_rows_of_care_tell_no_word(world):
    homeward = a_return(world, "home")
    assert homeward.witness.opened() == "Kades"
    for row in (homeward, homeward.service):
        assert "Kades" not in f"{row} {row!r}"
        assert "pulang" not in f"{row} {row!r}"
