"""Screening somebody who was sent home, on one page for a telephone."""

import pytest

from simpul.intake.models import Report
from simpul.migrants.models import Screening
from simpul.reference import catalogues
from tests.returns import came_home, with_returns


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


@pytest.fixture
def person(w):
    return came_home(w)


@pytest.fixture
def hana(w, desk):
    return desk(w.hana)


def at(person):
    return f"/desk/pemulangan/{person.manifest.number}/{person.row}/penapisan/"


def answers(answer="no", **other):
    asked = {term.code: answer for term in catalogues.terms("screening_questions")} | other
    return {f"tanya_{code}": given for code, given in asked.items()}


def test_every_question_stands_on_the_page_once_and_nothing_is_answered_beforehand(person, hana):
    page = hana.get(at(person)).content.decode()
    for term in catalogues.terms("screening_questions"):
        assert page.count(f'name="tanya_{term.code}"') == 3
    assert " checked" not in page


def test_indications_make_a_report_with_its_number(w, person, hana):
    sent = answers(debt="yes") | {"finding": "indications", "note": "Utang 5 juta"}
    answer = hana.post(at(person), sent, follow=True)
    kept = Screening.objects.get()
    assert (kept.answers["debt"], kept.finding, kept.by_telephone) == ("yes", "indications", False)
    assert kept.report.number in answer.content.decode()
    assert w.owed("triage", on=kept.report)


def test_no_indication_is_kept_too_and_makes_no_report(person, hana):
    hana.post(at(person), answers() | {"finding": "none", "by_telephone": "on"})
    kept = Screening.objects.get()
    assert (kept.finding, kept.report, kept.by_telephone) == ("none", None, True)


def test_a_question_that_was_not_asked_stays_open(person, hana):
    hana.post(at(person), {"tanya_debt": "no", "finding": "none"})
    kept = Screening.objects.get().answers
    assert kept["debt"] == "no"
    assert set(kept.values()) == {"no", "not_asked"}


def test_a_finding_against_the_answers_needs_its_reason_and_no_answer_is_lost(person, hana):
    page = hana.post(at(person), answers(debt="yes") | {"finding": "none"})
    assert page.status_code == 422
    shown = page.content.decode()
    assert shown.count(" checked") == len(catalogues.terms("screening_questions")) + 1
    assert catalogues.name_of("screening_questions", "debt") in shown
    assert not Screening.objects.exists()
    hana.post(at(person), answers(debt="yes") | {"finding": "none", "note": "Utang ke bank, sudah lunas"})
    assert Screening.objects.get().finding == "none"


def test_without_a_finding_or_an_answer_nothing_is_kept(person, hana):
    assert set(hana.post(at(person), answers()).context["form"].errors) == {"finding"}
    assert hana.post(at(person), {"finding": "none"}).status_code == 422
    assert hana.post(at(person), {"tanya_debt": "maybe", "finding": "none"}).status_code == 422
    assert not Screening.objects.exists()


def test_a_question_the_catalogue_gains_later_is_asked_too(person, hana):
    groups = hana.get(at(person)).context["form"].groups
    assert sum(len(asked) for _heading, asked in groups) == len(catalogues.terms("screening_questions"))
    assert all(asked for _heading, asked in groups)


def test_the_page_never_shows_a_score(person, hana):
    page = hana.post(at(person), answers("yes") | {"finding": "none"}).content.decode()
    assert "%" not in page.split("<main")[1].split("</main")[0]


def test_a_village_officer_does_not_question_the_neighbours(w, person, desk):
    assert desk(w.darius).get(at(person)).status_code == 404
    assert desk(w.joko).get(at(person)).status_code == 200


def test_the_page_says_that_a_report_waits_and_new_indications_are_added_to_it(person, hana):
    sent = answers(debt="yes") | {"finding": "indications"}
    assert "L-2" not in hana.get(at(person)).content.decode()
    hana.post(at(person), sent)
    report = Screening.objects.get().report
    assert report.number in hana.get(at(person)).content.decode()
    shown = hana.post(at(person), answers(violence="yes") | {"finding": "indications"}, follow=True).content.decode()
    assert shown.count(report.number) >= 2
    assert {each.report for each in Screening.objects.all()} == {report}
    assert Report.objects.count() == 1
