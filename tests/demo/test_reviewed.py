"""What officers said of pairs in the invented year, and what waits for an answer."""

import pytest

from simpul.agencies.models import Officer
from simpul.demo import twice
from simpul.linkage import queries
from simpul.linkage.groups import same_as
from simpul.linkage.models import Decision, Inquiry
from simpul.migrants.models import Returnee
from simpul.obligations.models import Obligation
from tests.demo.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


@pytest.fixture
def officer():
    return lambda username: Officer.objects.select_related("agency").get(username=username)


def test_some_pairs_are_decided_in_each_way():
    said = Decision.objects.standing().values_list("verdict", flat=True)
    assert set(said) == set(Decision.Verdict)
    assert len(said) >= 5


def test_one_question_waits_and_one_was_answered(officer):
    assert Inquiry.objects.waiting().count() == 1
    (asked,) = queries.inquiries_to(officer("rina"), at=AT).waiting()
    assert asked.sender == officer("ratna").agency
    assert Obligation.objects.standing().filter(rule="answer_inquiry").count() == 1
    assert Inquiry.objects.exclude(answered_at=None).get().sender == officer("rina").agency


def test_who_was_found_to_be_sent_home_again_is_counted_and_asked_why():
    lately = Returnee.objects.filter(repeats__gt=0, manifest__total=41).order_by("-repeats").first()
    assert same_as(lately.person).exists()
    owed = Obligation.objects.filter(rule="ask_repeat_returnee", number=lately.number)
    assert owed.exists()


def test_a_recruiter_is_named_in_three_cases_of_two_agencies():
    (pair,) = Decision.objects.exclude(inquiry=None)
    assert pair.verdict == "same"
    assert len(twice.RECRUITER_IN) == 3
    assert Obligation.objects.filter(rule="compare_cases_of_suspect").exists()


def test_cases_of_people_of_the_lists_are_open_to_who_keeps_them_and_to_nobody_at_the_border(officer):
    assert queries.decisions_for(officer("ratna"), at=AT).count() >= 5
    assert not queries.decisions_for(officer("rina"), at=AT).filter(inquiry=None).exists()
    assert not queries.decisions_for(officer("yosef"), at=AT).exists()
