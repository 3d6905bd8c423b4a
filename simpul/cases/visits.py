"""Visits after the return: 3, 6 and 12 months later, and whenever needed."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases.models import Return, Visit
from simpul.cases.policy import check_is_victim, check_may_work_on
from simpul.cases.returns import FOLLOW_UPS
from simpul.cases.steps import moment_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.dates import noon_of
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.obligations.holidays import office_calendar
from simpul.obligations.limits import Limit, falls_due
from simpul.persons.policy import check_is_after_birth
from simpul.reference import catalogues


@transaction.atomic
def note(victim, *, on, result, by, at, months=None, words=""):
    """Note a visit; `months` says which of the owed visits it was, None that it was one more.

    Whoever does not want to be visited is visited no more: what is still owed is waived, the way back stays open.
    """
    check_may_work_on(victim.case, by=by)
    check_is_victim(victim)
    _check(victim, on, result, months, at)
    visit = Visit(victim=victim, months=months, happened_on=on, result=result, noted_at=at, noted_by=by)
    visit.note = cleaned(words)
    visit.save(force_insert=True)
    enter(Act.VISIT_NOTED, on=visit, file=victim.case, by=by, at=at, months=months, result=result)
    if months:
        book.meet(FOLLOW_UPS[months], on=victim, by=by, at=at, evidence=visit, done_at=moment_of(on, at))
    if result == "not_wanted":
        for clock in FOLLOW_UPS.values():
            book.waive_one(clock, on=victim, reason="refused_by_victim", by=by, at=at)
    return visit


def _check(victim, on, result, months, at):
    if not catalogues.is_code("visit_results", result):
        raise NotAllowed(_("Choose what the visit found."))
    if months is not None and months not in FOLLOW_UPS:
        raise NotAllowed(_("Visits are owed after 3, 6 and 12 months. Choose one of them, or none."))
    if on > localdate(at):
        raise NotAllowed(_("This day lies in the future. Write when it happened."))
    check_is_after_birth(victim.person, on)
    if months:
        _check_is_after_return(victim, months, on)


def _check_is_after_return(victim, months, on):
    """A visit meets what is owed for it when its turn has come: the one after 12 months not before 6 are over."""
    done = Return.objects.filter(service__victim=victim, handed_over_on__isnull=False)
    last = done.order_by("-handed_over_on").first()
    if last is None:
        return
    before = max([each for each in FOLLOW_UPS if each < months], default=0)
    since = falls_due(noon_of(last.handed_over_on, office_calendar().zone), Limit(before, "months"), office_calendar())
    if on < localdate(since):
        raise NotAllowed(
            _("The return was on %(day)s: this visit is too early to be the one after %(months)d months. Note it as one"
              " more visit, or check the day.")
            % {"day": f"{last.handed_over_on:%d-%m-%Y}", "months": months}
        )  # fmt: skip
