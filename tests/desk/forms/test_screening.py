"""The form of the screening."""

from simpul.desk.forms.screening import GROUPS, QUESTION, Screening
from simpul.migrants.screening import questions


def test_each_question_stands_in_one_group(db):
    asked = [field.name.removeprefix(QUESTION) for _heading, fields in Screening().groups for field, _words in fields]
    assert sorted(asked) == sorted(term.code for term in questions())


def test_no_group_names_a_question_that_is_gone(db):
    named = {code for _heading, codes in GROUPS for code in codes}
    assert named <= {term.code for term in questions()}


def test_what_a_yes_points_to_is_said_in_words(db):
    words = {field.name: told for _heading, fields in Screening().groups for field, told in fields}
    assert words[f"{QUESTION}debt"]
    assert words[f"{QUESTION}child"]
    assert words[f"{QUESTION}recruiter"] == ""


def test_answers_that_point_to_trafficking_are_named_and_not_counted(db):
    form = Screening({f"{QUESTION}debt": "yes", f"{QUESTION}recruiter": "yes", f"{QUESTION}violence": "unclear"})
    assert len(form.pointing) == 1
    assert not any(character.isdigit() for character in form.pointing[0])


def test_what_was_not_asked_is_not_told(db):
    form = Screening({f"{QUESTION}debt": "no", "finding": "none"})
    assert form.is_valid()
    assert form.told() == {"answers": {"debt": "no"}, "finding": "none", "note": "", "by_telephone": False}
