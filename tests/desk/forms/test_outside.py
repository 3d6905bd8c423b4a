"""The form of an answer by telephone."""

import pytest

from simpul.desk.forms.outside import AnswerNoted

pytestmark = pytest.mark.django_db


def test_a_refusal_needs_its_reason_and_a_yes_takes_none():
    refusal = AnswerNoted({"accepted": "tidak", "words": "Bu Ratna"})
    assert "reason" in refusal.errors
    yes = AnswerNoted({"accepted": "ya", "words": "Bu Ratna", "reason": "no_capacity"})
    assert yes.is_valid()
    assert yes.told() == {"accepted": True, "words": "Bu Ratna", "reason": "", "answer": ""}
