"""Recording agencies."""

from django.db import transaction

from simpul.agencies.models import Agency
from simpul.agencies.policy import check_may_keep_agency
from simpul.journal.acts import Act
from simpul.journal.entries import enter


@transaction.atomic
def record(name, *, kind, place, by, at, triages=False, takes_unplaced=False, telephone=""):
    """Record an agency that takes part."""
    check_may_keep_agency(place.pk, by=by)
    agency = Agency.objects.create(
        name=name, kind=kind, place=place, triages=triages, takes_unplaced=takes_unplaced, telephone=telephone
    )
    enter(Act.AGENCY_RECORDED, on=agency, by=by, at=at, kind=kind, place=agency.place_id)
    return agency
