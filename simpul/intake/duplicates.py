"""Reports that may be about the same event: found by plain facts and blind tags, explained, decided by an officer."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.intake.models import Report
from simpul.places.regions import is_within, regency_of, within

NEAR = timedelta(days=45)
ENOUGH = 4
MOST = 8
_CANDIDATES = 400


@dataclass(frozen=True)
class Likeness:
    """Another report, how alike it is, and why in words."""

    report: Report
    weight: int
    reasons: list


def like(report, officer):
    """Reports the officer may read that may be about the same event, the most alike first."""
    alike = (_compare(report, other) for other in _candidates(report, officer))
    return sorted((one for one in alike if one.weight >= ENOUGH), key=lambda one: -one.weight)[:MOST]


def _candidates(report, officer):
    near = Q(received_at__range=(report.received_at - NEAR, report.received_at + NEAR))
    same = Q(pk__in=[])
    if report.place_id:
        same |= within(regency_of(report.place_id))
    if report.telephone_tag:
        same |= Q(contact_tag=report.telephone_tag)
    found = Report.objects.visible_to(officer).filter(near & same).exclude(pk=report.pk)
    return found.select_related("place").order_by("-received_at")[:_CANDIDATES]


def _compare(report, other):
    held = [(weight, words) for weight, words, holds in _reasons(report, other) if holds]
    return Likeness(other, sum(weight for weight, _words in held), [words for _weight, words in held])


def _reasons(one, other):
    both = one.place_id and other.place_id
    same_place = both and one.place_id == other.place_id
    inside = both and (is_within(one.place_id, other.place_id) or is_within(other.place_id, one.place_id))
    deep = both and min(len(one.place_id), len(other.place_id)) > 5
    apart = abs(one.received_at - other.received_at)
    return [
        (6, _("the same contact"), one.telephone_tag and one.telephone_tag == other.telephone_tag),
        (3, _("the same place"), same_place),
        (1, _("one place lies in the other"), inside and not same_place),
        (1, _("the place is a village or district"), inside and deep),
        (2, _("the same kind of exploitation"), set(one.kinds) & set(other.kinds)),
        (1, _("the same number of people"), one.people and one.people == other.people),
        (1, _("children in both"), one.children == "yes" == other.children),
        (1, _("reported within three days"), apart <= timedelta(days=3)),
    ]
