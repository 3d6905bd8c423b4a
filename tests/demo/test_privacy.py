"""Personal data in the invented year: what was asked and complained of. What became of it is in `test_every_state`."""

from simpul.demo import privacy
from simpul.demo.world import KNOWN
from simpul.intake import complaints
from simpul.persons.models import Person
from simpul.privacy.models import DataRequest
from simpul.reference import catalogues


def test_everything_that_can_be_asked_is_asked(db):
    assert {kind for _name, _number, kind, *_more in privacy.ASKED} == {
        term.code for term in catalogues.terms("request_kinds")
    }
    assert {row[3] for row in privacy.ASKED} == set(DataRequest.AskedBy)


def test_every_answer_is_written_for_a_kind_that_is_answered():
    answered = {row[2] for row in privacy.ASKED if row[4] >= privacy.ANSWERED_AFTER}
    assert answered == set(privacy.ANSWERED)


def test_a_refusal_is_a_whole_sentence():
    assert len(privacy.REFUSED) > 20


def test_no_complaint_names_whoever_hears_it():
    names = {full_name for _username, full_name, *_more in KNOWN}
    for _name, _hours, _against, statement, about in privacy.COMPLAINTS:
        told = complaints.Told(statement=statement, about=about)
        assert not complaints.named_in(told, [Named(name) for name in names])


def test_victims_of_a_case_are_counted_as_they_were_recorded(world):
    case = world.case()
    first, second = world.victim(case, name="Sumiati"), world.victim(case, name="Slamet")
    assert privacy.victim_of(case) == Person.objects.get(pk=first.person_id)
    assert privacy.victim_of(case, 1) == Person.objects.get(pk=second.person_id)


class Named:
    """Somebody with a name."""

    def __init__(self, full_name):
        self.full_name = full_name
