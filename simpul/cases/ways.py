"""The way of a victim: from where to where she was taken, leg by leg, as far as somebody knows it."""

from simpul.cases.policy import check_is_victim, check_may_work_on
from simpul.places import legs


def keep(involvement, steps, *, by, at, seen=None):
    """Keep the legs of a victim's way in place of those on record; without any the way is removed."""
    check_may_work_on(involvement.case, by=by)
    check_is_victim(involvement)
    return legs.replace(involvement, steps, by=by, at=at, file=involvement.case, seen=seen)
