"""Consent as data: given, withdrawn, asked for before anything is shared."""

from django.db import transaction
from django.db.models import Q

from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.persons.models import Consent


@transaction.atomic
def give(
    person, *, purpose, recipient, fields, given_by, by, at, basis="consent", exception="", reason="", until_on=None,
    file=None,
):  # fmt: skip
    """Record a consent, or another lawful basis with its reason (UU 27/2022 Art. 20)."""
    consent = Consent(
        person=person,
        purpose=purpose,
        recipient=recipient,
        fields=sorted(fields),
        given_by=given_by,
        exception=exception,
        basis=basis,
        given_at=at,
        until_on=until_on,
        recorded_by=by,
    )
    consent.reason = reason
    consent.save(force_insert=True)
    enter(Act.CONSENT_GIVEN, on=consent, file=file, by=by, at=at, purpose=purpose, basis=basis)
    return consent


@transaction.atomic
def withdraw(consent, *, by, at, file=None):
    """End a consent. From this moment nothing new is shared on it."""
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    enter(Act.CONSENT_WITHDRAWN, on=consent, file=file, by=by, at=at, purpose=consent.purpose)


def covering(person, *, recipient, fields, on, purpose="referral"):
    """The consents that let all these fields go to a recipient for a purpose on a day, newest first.

    Another lawful basis on record is no consent and covers nothing here.
    """
    holding = person.consents.filter(Q(until_on=None) | Q(until_on__gte=on), withdrawn_at=None)
    holding = holding.filter(Q(recipient=recipient) | Q(recipient=None), purpose=purpose, basis="consent")
    return [consent for consent in holding.order_by("-given_at") if set(fields) <= set(consent.fields)]
