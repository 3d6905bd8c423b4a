"""Forms of requests about data."""

from simpul.desk.forms.requests import Answer, NewRequest, Refusal


def typed(**more):
    return {"kind": "access", "words": "", "asked_by": "person", "received_at": "2026-08-03T09:00"} | more


def test_what_is_asked_and_by_whom_is_chosen_from_the_list(db):
    assert NewRequest(typed()).is_valid()
    for wrong in ({"kind": "all"}, {"kind": ""}, {"asked_by": "neighbour"}, {"received_at": "yesterday"}):
        assert list(NewRequest(typed(**wrong)).errors) == list(wrong)


def test_the_person_stands_first_among_those_who_ask(db):
    assert NewRequest().fields["asked_by"].initial == "person"


def test_an_answer_and_a_refusal_need_words():
    assert not Answer({"words": ""}).is_valid()
    assert not Refusal({"reason": " "}).is_valid()
