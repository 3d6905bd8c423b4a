"""Making the blind indexes anew, after the blind key was lost: every person and every contact is opened once."""

from django.db import transaction

from simpul.intake.models import Report
from simpul.persons import identities
from simpul.persons.models import Person


def index_all(*, told=lambda done: None):
    """Index every person anew and let the job index every contact; returns how many persons were indexed."""
    done = 0
    for person in (
        Person.objects.filter(data_key__destroyed_at=None).select_related("data_key").iterator(chunk_size=500)
    ):
        with transaction.atomic():
            identities.index_anew(person)
        done += 1
        if done % 500 == 0:
            told(done)
    Report.objects.filter(has_contact=True).update(contact_tag=None)
    return done
