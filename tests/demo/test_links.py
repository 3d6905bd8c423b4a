"""An office without an account answers by a link that opens once."""

import pytest

from simpul.agencies import offices
from simpul.cases import referrals, services
from simpul.demo import links
from simpul.places.models import Place


@pytest.fixture
def dukcapil(world):
    place = Place.objects.get(pk="61.07")
    return offices.record("Disdukcapil", kind="dukcapil", place=place, by=None, at=world.at)


def test_a_letter_is_opened_and_answered_and_the_service_has_somebody(world, dukcapil):
    service = services.request(world.victim(world.case()), kind="civil_documents", by=world.rina, at=world.at)
    list(links.answered(service, dukcapil, at=world.at, by=world.rina))
    referral = service.referrals.get()
    assert referral.status == "accepted"
    assert service.provider == dukcapil
    assert [parcel.status for parcel in referrals.links_of(referral)] == ["taken"]


def test_whoever_answers_has_a_number_that_is_nobodys():
    assert links.WHO_ANSWERS["phone"].startswith("0812-0000-")
