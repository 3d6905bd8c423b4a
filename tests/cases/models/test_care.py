"""Services and referrals as rows: who sees them, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from simpul.cases.models import Referral, Service
from tests.cases.test_policy import sent


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
