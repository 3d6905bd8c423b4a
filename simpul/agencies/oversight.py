"""Oversight: what a data protection officer may read of the journal. Reading it is written down in it."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from simpul.agencies.exclusions import labels_hidden_from
from simpul.agencies.models import Agency
from simpul.agencies.roles import Right
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.models import Entry
from simpul.journal.queries import latest
from simpul.places.regions import is_within


def journal_for(officer):
    """Entries of the officer's region, newest first; what the system and reporters did, for the whole installation.

    What belongs to a file that the officer is kept out of is left out.
    """
    if not officer.may(Right.READ_JOURNAL):
        return Entry.objects.none()
    seen = Q(agency_id__in=Agency.objects.within(officer.jurisdiction).values("pk"))
    if is_within(settings.REGION, officer.jurisdiction):
        seen |= Q(agency_id=None)
    return latest().filter(seen).exclude(file__in=labels_hidden_from(officer))


@transaction.atomic
def note_reading(*, by, at, **narrowed):
    """One entry that the journal was read, and by which filters."""
    enter(Act.JOURNAL_READ, on="journal", by=by, at=at, **narrowed)
