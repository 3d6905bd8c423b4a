"""Screening people sent home: a few questions at the border or by telephone, and what an officer finds in the answers.

The answers are clues, never a sum: nothing here counts them, and the officer decides. What indicates trafficking
becomes a report with its clocks; that there was no indication is kept too.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.intake import reports
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.migrants import meetings
from simpul.migrants.models import Returnee, Screening
from simpul.migrants.policy import check_may_screen
from simpul.reference import catalogues

ANSWERS = ("yes", "no", "unclear", "not_asked")


@transaction.atomic
def note(returnee, *, answers, finding, by, at, note="", by_telephone=False):
    """Note answers and finding: {question: answer}. Indications make a report, or are added to the one that waits.

    A finding against the answers is the officer's right, with a reason in words.
    """
    check_may_screen(returnee, by=by)
    meetings.hold(returnee)
    answers = _checked(answers)
    if finding not in Screening.Finding.values:
        raise NotAllowed(_("Choose what you find: indications, or none."))
    said_yes = [code for code, answer in answers.items() if answer == "yes"]
    if bool(pointing(said_yes)) != (finding == Screening.Finding.INDICATIONS) and not cleaned(note):
        raise NotAllowed(_("Your finding differs from what the answers suggest. Write why; then it stands."))
    screening = Screening(
        returnee=returnee, asked_at=at, asked_by=by, by_telephone=by_telephone, answers=answers, finding=finding
    )
    screening.note = cleaned(note)
    if finding == Screening.Finding.INDICATIONS:
        screening.report = _report(returnee, said_yes, note, by=by, at=at)
    screening.save(force_insert=True)
    returnee.screened = Returnee.Screened(finding)
    returnee.save(update_fields=["screened"])
    enter(Act.RETURNEE_SCREENED, on=screening, file=returnee, by=by, at=at, finding=finding)
    return screening


def waiting_report(returnee):
    """The report that an earlier screening made, where nobody decided on it yet; else None."""
    made = returnee.screenings.exclude(report=None).select_related("report__data_key", "report__agency")
    last = made.order_by("asked_at", "pk").last()
    return last.report if last is not None and last.report.is_undecided else None


def questions():
    """The questions in their order, as terms of the catalogue."""
    return catalogues.terms("screening_questions")


def pointing(codes):
    """Those of several questions that point to trafficking, a child or danger where they are answered with yes."""
    return [code for code in codes if _question(code).extra["indicator"] or _question(code).extra["tells"]]


def _report(returnee, said_yes, note, *, by, at):
    """One report for one person: what is found later is added to it, until somebody decided on it."""
    danger, waiting = _tells(said_yes, "danger"), waiting_report(returnee)
    if waiting is not None:
        more = _statement(_("Found when asking the person once more:"), said_yes, note)
        if reports.tell_more(waiting, text=more, danger=danger, by=by, at=at):
            return waiting
    told = _statement(_("Found when asking somebody who was sent home:"), said_yes, note)
    return meetings.report(returnee, statement=told, danger=danger, by=by, at=at)


def _checked(answers):
    known = {question.code for question in questions()}
    if set(answers) - known or set(answers.values()) - set(ANSWERS):
        raise NotAllowed(_("Answer the questions of the list with yes, no or unclear."))
    if not set(answers.values()) - {"not_asked"}:
        raise NotAllowed(_("No question was answered. Ask at least one, or come back later."))
    return {code: answers.get(code, "not_asked") for code in sorted(known)}


def _question(code):
    return catalogues.term("screening_questions", code)


def _tells(codes, what):
    return any(_question(code).extra["tells"] == what for code in codes)


def _statement(head, said_yes, note):
    """The report in words: what was answered with yes, and what the officer wrote."""
    lines = [f"- {_question(code).words('question')}" for code in said_yes]
    return "\n".join(filter(None, [head, *lines, cleaned(note)]))
