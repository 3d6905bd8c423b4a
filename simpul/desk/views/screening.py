"""Screening somebody who was sent home: a few questions on one page, at the border or by telephone."""

from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import tried, typed
from simpul.desk.forms import screening as forms
from simpul.desk.views.returnees import act_page, back_to, named, opened
from simpul.migrants import screening
from simpul.migrants.policy import check_may_screen


@officers(Right.KEEP_MANIFESTS)
def screen(request, number, row):
    """The questions, what the answers suggest in words, and the finding, which the officer chooses."""
    person = opened(request, number, row)
    check_may_screen(person, by=request.user)
    form = forms.Screening(typed(request))
    if form.is_valid():
        noted = tried(form, screening.note, person, by=request.user, at=request.at, **form.told())
        if noted:
            return back_to(person, request, _after(noted))
    return act_page(
        request, person, form, title=_("Screening"), button=_("Keep the screening"), template="screening/screening",
        name=named(person, request, because="screening"), waiting=screening.waiting_report(person),
    )  # fmt: skip


def _after(noted):
    if noted.report_id and noted.report.received_at < noted.asked_at:
        return _("The screening is kept, and added to report %(number)s, which waits to be read.") % {
            "number": noted.report.number}  # fmt: skip
    if noted.report_id:
        return _("The screening is kept, and report %(number)s waits to be read.") % {"number": noted.report.number}
    return _("The screening is kept: no indication of trafficking.")
