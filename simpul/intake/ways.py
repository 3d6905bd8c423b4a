"""The way that a report tells of: from where to where people were taken, leg by leg."""

from simpul.intake.policy import check_may_write
from simpul.places import legs


def keep(report, steps, *, by, at, seen=None):
    """Keep the legs a report tells of in place of those on record; without any the way is removed.

    Who decides on the report writes it, and so does who works on the case that grew from it.
    """
    check_may_write(report, by=by)
    return legs.replace(report, steps, by=by, at=at, seen=seen)
