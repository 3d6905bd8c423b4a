"""How urgent a report is, from the plain facts the reporter gave: an order for reading, never a verdict.

Every reason is shown beside the report, so that an officer sees why one stands above the other.
"""

from django.utils.translation import gettext_lazy as _

# (reason, weight, words, does it hold). Danger outweighs everything else together.
REASONS = (
    ("danger_now", 100, _("somebody is in danger now"), lambda r: r.danger == "yes_now"),
    ("danger_soon", 40, _("danger may come soon"), lambda r: r.danger == "maybe_soon"),
    ("children", 25, _("children are involved"), lambda r: r.children == "yes"),
    ("held", 20, _("somebody is held or cannot leave"), lambda r: "locked_up" in r.kinds),
    ("about_to_leave", 15, _("it is about to happen"), lambda r: r.happened == "about_to_happen"),
    ("going_on", 10, _("it is going on now"), lambda r: r.happened == "now"),
    ("many", 5, _("many people are affected"), lambda r: r.people in {"six_to_twenty", "more_than_twenty"}),
)


def urgency_of(report):
    """The sum of the weights of all reasons that hold."""
    return sum(weight for _code, weight, _words, holds in REASONS if holds(report))


def reasons_for(report):
    """The reasons in words, the heaviest first."""
    return [words for _code, _weight, words, holds in REASONS if holds(report)]


def is_danger(report):
    """Whether the one-hour target of triage applies."""
    return report.danger == "yes_now"
