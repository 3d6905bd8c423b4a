"""Rights as they are spoken of: told, asked for, refused and offered again, met with evidence."""

import pytest
from django.db import IntegrityError, transaction

from simpul.cases import entitlements, victims
from simpul.cases.models import Entitlement
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation
from tests.cases.tracks import refused, today

RIGHT = "shelter"


def speak(world, act, victim, right=RIGHT, *, at=None, **more):
    return act(victim, right, by=world.rina, at=at or world.at, **more)


@pytest.fixture
def victim(world):
    return world.victim(world.case())


def test_a_right_goes_its_way(world, victim):
    for act, state, more in (
        (entitlements.inform, "informed", {"note": "Paham."}),
        (entitlements.request, "requested", {}),
        (entitlements.meet, "met", {"evidence": "handover_record"}),
    ):
        assert speak(world, act, victim, **more).state == state
    found = victim.entitlements.get()
    assert (found.informed_at, found.evidence, found.moved_by) == (world.at, "handover_record", world.rina)


def test_the_word_on_it_is_sealed(world, victim):
    found = speak(world, entitlements.inform, victim, note="Melati takut")
    assert world.anew(found).note.opened() == "Melati takut"
    assert "Melati" not in str(Entitlement.objects.values()) + str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_right_and_its_evidence_come_from_the_lists(world, victim):
    with refused("right from the list"):
        speak(world, entitlements.inform, victim, "holiday")
    with refused("what shows that the right was met"):
        speak(world, entitlements.meet, victim, evidence="hearsay")
    assert not victim.entitlements.exists()


def test_rights_belong_to_victims(world, now):
    witness = victims.add(world.case(), part="witness", name="x", by=world.rina, at=now)
    with refused("belongs to a victim"):
        speak(world, entitlements.inform, witness)


def test_a_refusal_is_offered_again_on_the_day_agreed_or_after_thirty_days(world, victim):
    found = speak(world, entitlements.refuse, victim)
    owed = world.owed("offer_again", on=found)
    assert (found.offer_again_on, owed.target_at.date(), owed.owed_by) == (
        today(world, 30), today(world, 30), world.uptd)  # fmt: skip
    for days in (0, -1):
        with refused("a day to come"):
            speak(world, entitlements.refuse, victim, "legal_aid", offer_again_on=today(world, days))


def test_who_refuses_once_more_is_offered_it_on_the_new_day(world, victim):
    speak(world, entitlements.refuse, victim, offer_again_on=today(world, 5))
    found = speak(world, entitlements.refuse, victim, offer_again_on=today(world, 50), at=world.later(days=5))
    assert world.owed("offer_again", on=found).target_at.date() == today(world, 50)
    assert Obligation.objects.filter(rule="offer_again").count() == 2


@pytest.mark.parametrize("act", [entitlements.inform, entitlements.request])
def test_to_speak_of_it_again_meets_the_offer(world, victim, act):
    found = speak(world, entitlements.refuse, victim)
    assert speak(world, act, victim, at=world.later(days=2)).offer_again_on is None
    assert world.owed("offer_again", on=found) is None


def test_evidence_is_of_the_right_that_is_met_and_goes_with_it(world, victim):
    speak(world, entitlements.meet, victim, evidence="verdict")
    assert speak(world, entitlements.refuse, victim).evidence == ""


def test_all_rights_told_in_one_talk_leave_the_others_as_they_are(world, victim, now):
    speak(world, entitlements.refuse, victim)
    told = entitlements.inform_of_all(victim, ["secrecy", RIGHT, "legal_aid"], by=world.rina, at=now)
    assert [each.right for each in told] == ["secrecy", "legal_aid"]
    assert victim.entitlements.get(right=RIGHT).state == "refused"


def test_of_several_rights_all_are_told_or_none(world, victim, now):
    with refused("right from the list"):
        entitlements.inform_of_all(victim, ["secrecy", "holiday"], by=world.rina, at=now)
    assert not victim.entitlements.exists()


def test_a_refusal_takes_nothing_else_away(world, victim):
    service = world.service(victim, kind="first_aid")
    speak(world, entitlements.refuse, victim)
    assert world.owed("first_aid", on=service)
    assert world.anew(service).state == "requested"


def test_a_right_stands_once_also_for_the_database(world, victim, now):
    speak(world, entitlements.inform, victim)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entitlement.objects.create(involvement=victim, right=RIGHT, state="met", moved_at=now, moved_by=world.rina)
