"""Habits of senders: what a heading means on the lists of one office, because an officer said so once."""

from simpul.lib.texts import folded
from simpul.migrants.models import Habit

LONGEST = 80


def of_sender(sender, *, agency, layout):
    """{heading as it is compared: column}, the latest word on each."""
    said = Habit.objects.filter(agency=agency, sender=sender, layout=layout).order_by("noted_at", "pk")
    return dict(said.values_list("heading", "column"))


def note(headings, *, sender, agency, layout, by, at):
    """Remember what an officer said of headings: {heading as written: column}.

    A heading with digits in it may be a cell of somebody's line, so it is not remembered.
    """
    known = of_sender(sender, agency=agency, layout=layout)
    new = {folded(heading): column for heading, column in headings.items()}
    Habit.objects.bulk_create(
        Habit(
            agency=agency, sender=sender, layout=layout, heading=heading, column=column, noted_at=at, noted_by=by
        )
        for heading, column in sorted(new.items())
        if _may_be_kept(heading) and known.get(heading) != column
    )  # fmt: skip


def _may_be_kept(heading):
    return 0 < len(heading) <= LONGEST and not any(sign.isdigit() for sign in heading)
