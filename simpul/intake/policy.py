"""What an officer may do with a report, each rule once."""

from django.utils.translation import gettext as _

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.roles import Right
from simpul.cases.policy import check_may_work_on
from simpul.intake.models import Report
from simpul.lib.rules import NotAllowed, allows


def check_may_decide(report, *, by):
    """An agency that triages and may read the report decides on it; one that is kept out finds nothing."""
    if not Report.objects.visible_to(by).filter(pk=report.pk).exists():
        raise NotAllowed(_("Only the agency that reads this report may decide on it."))
    if report.data_key.destroyed_at:
        raise NotAllowed(_("This report was erased. Nothing can be decided on it any more."))


def check_may_write(report, *, by):
    """Who decides on a report writes to its reporter, and so does who works on the case that grew from it."""
    if allows(check_may_decide, report, by=by):
        return
    is_hidden = Report.objects.filter(pk=report.pk, pk__in=hidden_from(by, Report)).exists()
    if is_hidden or report.case is None or not allows(check_may_work_on, report.case, by=by):
        raise NotAllowed(
            _("Only the agency that reads this report, or who works on its case, may write to the reporter.")
        )


def check_status_may_follow(report, status):
    if status not in Report.NEXT[report.status]:
        raise NotAllowed(_("This report was decided on already: %(status)s. Reload the page.") % {
            "status": report.get_status_display()})  # fmt: skip


def check_may_make_event_codes(officer):
    if not officer.may(Right.KEEP_EVENT_CODES):
        raise NotAllowed(_("Your role cannot make event codes."))
