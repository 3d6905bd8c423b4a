"""Amounts as rows: what the database refuses, whoever asks it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from simpul.cases.models import Restitution, RestitutionItem
from tests.cases.tracks import MILLION, a_claim


def refuses(claim, **figures):
    with pytest.raises(IntegrityError), transaction.atomic():
        Restitution.objects.filter(pk=claim.pk).update(**figures)


def test_nothing_is_paid_above_the_award_also_for_the_database(world):
    claim = a_claim(world, "claimed", ("awarded", MILLION))
    refuses(claim, paid=MILLION + Decimal("0.01"))
    refuses(a_claim(world), paid=1)
    Restitution.objects.filter(pk=claim.pk).update(paid=MILLION)


def test_a_victim_has_one_claim_also_for_the_database(world, now):
    claim = a_claim(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Restitution.objects.create(case=claim.case, victim=claim.victim, begun_at=now, begun_by=world.rina)


@pytest.mark.parametrize("figure", ["claimed", "assessed", "demanded", "awarded", "deposited", "paid"])
def test_no_amount_is_negative_also_for_the_database(world, figure):
    refuses(a_claim(world), **{figure: -1})


@pytest.mark.parametrize("amount", [0, -1])
def test_a_loss_is_more_than_nothing_also_for_the_database(world, amount):
    item = a_claim(world).items.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        RestitutionItem.objects.filter(pk=item.pk).update(amount=amount)


def test_what_is_left_and_when_it_is_paid():
    assert Restitution().left_to_pay == 0
    assert not Restitution().is_paid
    assert Restitution(awarded=5, paid=2).left_to_pay == 3
    assert Restitution(awarded=5, paid=5).is_paid


def test_rows_tell_no_word(world):
    claim = a_claim(world, "claimed")
    item, step = claim.items.get(head="income"), claim.steps.get()
    assert item.note.opened() == "Gaji"
    assert "Gaji" not in f"{claim} {claim!r} {item} {item!r} {step} {step!r}"
