"""What an officer may do with a report, each rule once."""

from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.intake.models import Report
from simpul.lib.rules import NotAllowed


def check_may_decide(report, *, by):
    """An agency that triages and may read the report decides on it; one that is kept out finds nothing."""
    if not Report.objects.visible_to(by).filter(pk=report.pk).exists():
        raise NotAllowed(_("Only the agency that reads this report may decide on it."))


def check_status_may_follow(report, status):
    if status not in Report.NEXT[report.status]:
        raise NotAllowed(_("This report was decided on already: %(status)s. Reload the page.") % {
            "status": report.get_status_display()})  # fmt: skip


def check_may_make_event_codes(officer):
    if not officer.may(Right.KEEP_EVENT_CODES):
        raise NotAllowed(_("Your role cannot make event codes."))
