"""Screening: answers are clues, never a sum."""

import pytest

from simpul.intake import triage
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import screening
from simpul.migrants.models import Screening
from tests.returns import came_home

pytestmark = pytest.mark.usefixtures("english")


def note(w, person, answers, finding="none", **told):
    return screening.note(person, answers=answers, finding=finding, by=w.hana, at=w.at, **told)


def test_every_question_is_kept_answered_or_not(w):
    kept = note(w, came_home(w), {"debt": "no"})
    assert set(kept.answers) == {term.code for term in screening.questions()}
    assert kept.answers["violence"] == "not_asked"


@pytest.mark.parametrize("answers", [{}, {"debt": "not_asked"}, {"debt": "maybe"}, {"zodiac": "yes"}])
def test_what_is_no_answer_is_refused(w, answers):
    with pytest.raises(NotAllowed):
        note(w, came_home(w), answers)
    assert not Screening.objects.exists()


def test_a_finding_that_is_none_is_refused(w):
    with pytest.raises(NotAllowed, match="Choose"):
        note(w, came_home(w), {"debt": "no"}, finding="mungkin")


def test_questions_that_point_nowhere_suggest_nothing():
    assert screening.pointing([]) == []


def test_a_yes_to_who_arranged_it_alone_points_nowhere(w):
    assert screening.pointing(["recruiter", "debt", "child", "afraid_now"]) == ["debt", "child", "afraid_now"]
    assert note(w, came_home(w), {"recruiter": "yes"}).finding == "none"


def test_the_report_holds_the_questions_answered_with_yes_and_the_words(w):
    report = note(w, came_home(w), {"debt": "yes", "violence": "no"}, "indications", note="Utang agen").report
    statement = report.statement.opened()
    asked = {term.code: term.words("question") for term in screening.questions()}
    assert asked["debt"] in statement
    assert asked["violence"] not in statement
    assert "Utang agen" in statement


def test_the_journal_holds_the_finding_and_no_answer(w):
    note(w, came_home(w), {"debt": "yes"}, "indications", note="Utang agen")
    assert Entry.objects.get(act=Act.RETURNEE_SCREENED).facts == {"finding": "indications"}


def test_the_last_screening_is_the_one_that_counts_and_the_first_is_kept(w):
    person = came_home(w)
    note(w, person, {"debt": "no"})
    note(w, person, {"debt": "yes"}, "indications", by_telephone=True)
    assert w.anew(person).screened == "indications"
    assert person.screenings.count() == 2


YES = {"debt": "yes"}


def test_what_a_second_screening_finds_is_added_to_the_report_that_waits(w):
    person = came_home(w)
    report = note(w, person, YES, "indications").report
    again = note(w, person, {"violence": "yes"}, "indications", note="Dipukul mandor")
    assert again.report == report
    assert Report.objects.count() == 1
    told = report.messages.get().text.opened()
    asked = {term.code: term.words("question") for term in screening.questions()}
    assert asked["violence"] in told
    assert asked["debt"] not in told
    assert "Dipukul mandor" in told
    assert w.anew(report).unread == 1


def test_danger_heard_of_the_second_time_calls_for_an_answer_within_the_hour(w):
    person = came_home(w)
    report = note(w, person, YES, "indications").report
    assert not w.owed("triage_danger", on=report)
    note(w, person, {"afraid_now": "yes"}, "indications")
    assert w.owed("triage_danger", on=report)
    assert w.anew(report).danger == "yes_now"


def test_once_the_report_was_decided_on_a_new_one_is_made(w):
    person = came_home(w)
    first = note(w, person, YES, "indications").report
    triage.accept(w.anew(first), by=w.rina, at=w.at)
    assert screening.waiting_report(person) is None
    second = note(w, person, YES, "indications").report
    assert second != first
    assert w.owed("triage", on=second)
    assert not first.messages.exists()


def test_who_is_screened_without_indications_adds_nothing(w):
    person = came_home(w)
    report = note(w, person, YES, "indications").report
    assert note(w, person, {"debt": "no"}).report is None
    assert not report.messages.exists()
