"""The part somebody plays, kept apart from who it is."""

import pytest
from django.db import IntegrityError, transaction

from simpul.cases import children, entitlements
from simpul.cases.models import Involvement


@pytest.mark.parametrize(("childhood", "counts"), [("child", True), ("disputed", True), ("adult", False), ("", False)])
def test_doubt_is_decided_for_the_child(childhood, counts):
    assert Involvement(childhood=childhood).counts_as_child is counts


def test_an_unpunished_victim_is_no_suspect_also_for_the_database(world):
    victim = world.victim(world.case())
    Involvement.objects.filter(pk=victim.pk).update(is_not_punished=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Involvement.objects.filter(pk=victim.pk).update(part="suspect")


def test_a_part_is_played_once_also_for_the_database(world, now):
    victim = world.victim(world.case())
    with pytest.raises(IntegrityError), transaction.atomic():
        Involvement.objects.create(
            case=victim.case, person=victim.person, part="victim", noted_at=now, noted_by=world.rina
        )


def test_a_part_does_not_tell_a_name(world):
    victim = world.victim(world.case())
    assert victim.person.name.opened() == "Melati Kusuma"
    assert "Melati" not in f"{victim} {victim!r} {victim.person} {victim.person!r}"


def test_what_was_said_decided_and_checked_is_told_by_no_row(world, now):
    victim = world.victim(world.case(), childhood="child")
    told = entitlements.inform(victim, "secrecy", note="Melati", by=world.rina, at=now)
    check = children.check_best_interest(victim, answers={"wish": "Melati"}, decision="Melati", by=world.rina, at=now)
    aged = children.decide_age(victim, childhood="child", ground="ktp", note="Melati", by=world.rina, at=now)
    for row in (told, check, aged):
        assert "Melati" not in f"{row} {row!r}"
    assert (told.note.opened(), check.decision.opened(), aged.note.opened()) == ("Melati",) * 3
