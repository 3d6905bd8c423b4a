"""Consent as data: given, withdrawn, asked for before anything is shared."""

from django.db import transaction
from django.db.models import Q

from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.persons.models import Consent


@transaction.atomic
def give(person, *, purpose, recipient, fields, given_by, by, at, basis="consent", reason="", until_on=None, file=None):
    """Record a consent, or another lawful basis with its reason (UU 27/2022 Art. 20)."""
    consent = Consent(
        person=person,
        purpose=purpose,
        recipient=recipient,
        fields=sorted(fields),
        given_by=given_by,
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


def covering(person, *, recipient, fields, on):
    """The consents that let all these fields go to a recipient on a day, newest first."""
    holding = person.consents.filter(Q(until_on=None) | Q(until_on__gte=on), withdrawn_at=None)
    holding = holding.filter(Q(recipient=recipient) | Q(recipient=None)).order_by("-given_at")
    return [consent for consent in holding if set(fields) <= set(consent.fields)]
