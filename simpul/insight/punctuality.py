"""Punctuality: which share of what agencies owe they met in time, and what they have let run out.

Agencies are compared by this and by nothing else: whoever looks harder has more cases. Whoever surely keeps the fewest
clocks stands first, by the upper limit of the share, so that an office with few clocks is not blamed for chance.
"""

from dataclasses import dataclass

from simpul.agencies.models import Agency
from simpul.insight import tallies
from simpul.insight.tallies import InTime

# One month holds too few clocks of an agency to say anything.
CLOCK_MONTHS = 3
OVERDUE = "duties_overdue"


@dataclass(frozen=True)
class OfAgency:
    """What an agency met in time in the last months, and what it has let run out."""

    agency: Agency
    in_time: InTime
    overdue: int


def of_agencies(prefix, *, until, officer=None):
    """An `OfAgency` for each agency with clocks in a region, in as many queries for one as for thirty.

    What must stay unknown to an `officer` is not in them.
    """
    shares = tallies.in_time_by_agency(prefix=prefix, until=until, months=CLOCK_MONTHS, officer=officer)
    overdue = tallies.by_agency(OVERDUE, prefix=prefix, month=until, officer=officer)
    found, none = Agency.objects.in_bulk({*shares, *overdue}), InTime(0, 0)
    lines = [OfAgency(agency, shares.get(pk, none), overdue.get(pk, 0)) for pk, agency in found.items()]
    return tuple(sorted(lines, key=lambda each: (_at_most(each.in_time), -each.overdue, each.agency.pk)))


def _at_most(in_time):
    return 2 if in_time.high is None else in_time.high
