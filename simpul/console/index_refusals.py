"""Why there is no index, in a sentence that says what to do."""

from simpul.lib.speech import _, gettext_noop, number

SHOWN = 6

SENTENCES = {
    "too_few_places": gettext_noop("%(file)s has %(places)s places. An index of fewer than %(least)s ranks nothing."),
    "over_hundred": gettext_noop(
        "A share cannot exceed 100 percent: %(cells)s in %(file)s. Correct it, or give the indicator another unit."
    ),
    "below_zero": gettext_noop(
        "A share cannot be below 0: %(cells)s in %(file)s. Correct it, or give the indicator another unit."
    ),
    "constant": gettext_noop(
        "All places have the same value in %(indicators)s, so it ranks nothing. Leave it out with --without."
    ),
    "gaps": gettext_noop(
        "Values are missing in %(file)s: %(cells)s. Find them, leave the indicator out with --without, or fill them "
        "with --missing (mean, nearest, ...); the ranks then carry it in their intervals."
    ),
    "mostly_gaps": gettext_noop(
        "More than a third of the values are missing for %(wrong)s in %(file)s. What would be filled in is mostly "
        "invented: leave the place or the indicator out."
    ),
    "not_reciprocal": gettext_noop(
        "%(file)s: if one matters 3 times as much as another, the other must have 1/3 in its row, and no judgement is "
        "0 or below."
    ),
    "inconsistent": gettext_noop(
        "The judgements in %(file)s contradict each other (ratio %(ratio).2f, at most %(most)s). Look for a circle: a "
        "before b, b before c, c before a."
    ),
    "too_many": gettext_noop("%(file)s compares %(indicators)s codes; nobody judges more than %(most)s consistently."),
    "no_groups": gettext_noop("Gaps are to be filled by group, and no group is named. Say --group COLUMN."),
    "twice": gettext_noop("The code %(codes)s is given more than once. Each indicator and each group has its own."),
    "circle": gettext_noop("The groups %(codes)s stand above each other in a circle. Look at the column parent."),
    "weight": gettext_noop("The weights of %(indicators)s are not usable: none below 0, and one at least above."),
    "no_indicators": gettext_noop("There is no indicator to count in %(file)s."),
    "no_goalposts": gettext_noop(
        "%(indicators)s has no ends of its scale. Give columns worst and best in --meta, or another --normalisation."
    ),
    "not_positive": gettext_noop(
        "%(indicators)s has values of 0 or below, which have no distance to the best. Choose another --normalisation."
    ),
    "too_few_rebuilds": gettext_noop("%(rebuilds)s rebuilds are too few for an interval. Say %(least)s or more, or 0."),
}
OTHER = gettext_noop("No index can be made of %(file)s: %(reason)s.")


def sentence(refusal, *, file):
    """The refusal of `indices` as a sentence."""
    details = dict(refusal.details)
    values = {"file": file, "reason": str(refusal)}
    values |= {name: _listed(value) for name, value in details.items()}
    if "cells" in details:
        values["cells"] = _cells(details["cells"])
    if refusal.reason == "mostly_gaps":
        values["wrong"] = _listed([*details["places"], *details["indicators"]])
    return _(SENTENCES.get(refusal.reason, OTHER)) % values


def _cells(cells):
    said = [
        f"{cell[0]} {cell[1]}" if len(cell) < 3 else f"{cell[0]} {cell[1]} = {number(cell[2], 2)}"
        for cell in cells[:SHOWN]
    ]
    return ", ".join(said) + _more(len(cells))


def _listed(value):
    if isinstance(value, float):
        return value
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value[:SHOWN])) + _more(len(value))
    return str(value)


def _more(count):
    return " " + _("and %(count)d more") % {"count": count - SHOWN} if count > SHOWN else ""
