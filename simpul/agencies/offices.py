"""Agencies: recorded, and found by what they do near a place."""

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


def nearest(kind, place_code):
    """Working agencies of a kind that serve a place, the one with the smallest jurisdiction first."""
    serving = Agency.objects.working().serving(place_code).filter(kind=kind) if place_code else Agency.objects.none()
    return sorted(serving, key=lambda agency: (-len(agency.place_id), agency.pk))
