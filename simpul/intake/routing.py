"""Which agency reads a report: the one nearest to the place that takes reports and is not itself involved."""

from simpul.agencies.models import Agency


def agency_for(place_code, *, involves=()):
    """The working agency with the narrowest jurisdiction around a place; None where nobody takes reports yet.

    An office the reporter named is passed over, except the one agency that takes reports for the whole region.
    """
    taking = Agency.objects.working().filter(triages=True).serving(place_code)
    taking = sorted(taking, key=lambda agency: -len(agency.place_id))
    if not taking and place_code:
        taking = list(Agency.objects.working().filter(triages=True, takes_unplaced=True))
    free = [agency for agency in taking if agency.kind not in involves or agency.takes_unplaced]
    return free[0] if free else None
