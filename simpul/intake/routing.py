"""Which agency reads a report: the one nearest to the place that takes reports and is not itself involved."""

from simpul.agencies.models import Agency


def agency_for(place_code, *, involves=(), without=()):
    """The working agency with the narrowest jurisdiction around a place; None where nobody takes reports yet.

    A kind of office the reporter named is passed over, except the one agency that takes reports for the whole region;
    so are the agencies in `without`, whichever they are. Where nobody near is left, that one agency takes the report.
    """
    taking = Agency.objects.working().filter(triages=True).exclude(pk__in=[agency.pk for agency in without])
    near = sorted(taking.serving(place_code), key=lambda agency: (-len(agency.place_id), agency.pk))
    free = [agency for agency in near if agency.kind not in involves or agency.takes_unplaced]
    return free[0] if free else taking.filter(takes_unplaced=True).order_by("pk").first()
