"""The answer to a complaint."""

from simpul.desk.forms.complaints import Answer


def test_an_answer_needs_words():
    assert Answer({"answer": "Sudah diperiksa."}).is_valid()
    assert not Answer({"answer": "   "}).is_valid()
