from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from simpul.reference.models import Edition, Term

pytestmark = pytest.mark.django_db


def term(code="recruitment", catalogue="acts", **told):
    facts = {"english": "Recruitment", "indonesian": "Perekrutan", "position": 1, "source": "UU 21/2007", "mark": "V"}
    return Term.objects.create(catalogue=catalogue, code=code, **{**facts, **told})


def test_a_name_follows_the_language_of_the_page():
    recruitment = term(hint_english="Inviting.", hint_indonesian="Mengajak.")
    with translation.override("id"):
        assert (recruitment.name, recruitment.hint) == ("Perekrutan", "Mengajak.")
    with translation.override("en"):
        assert (recruitment.name, recruitment.hint) == ("Recruitment", "Inviting.")
    with translation.override(None):
        assert recruitment.name == "Perekrutan"


def test_extra_words_follow_the_language_too():
    sign = term(extra={"question_english": "May they leave?", "question_indonesian": "Boleh pergi?"})
    with translation.override("id"):
        assert sign.words("question") == "Boleh pergi?"
    with translation.override("en"):
        assert sign.words("question") == "May they leave?"
        assert sign.words("missing") == ""


def test_a_code_names_one_term_of_a_catalogue():
    term()
    term(catalogue="means")
    with pytest.raises(IntegrityError), transaction.atomic():
        term()


def test_a_term_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        term(valid_from=date(2026, 1, 2), valid_until=date(2026, 1, 1))


def test_both_ends_of_the_validity_belong_to_it():
    old = term(code="old", valid_until=date(2026, 1, 1))
    new = term(code="new", valid_from=date(2026, 1, 2))
    always = term(code="always")
    for day, valid in [(date(2026, 1, 1), {old, always}), (date(2026, 1, 2), {new, always})]:
        assert set(Term.objects.valid_on(day)) == valid
        assert {each for each in (old, new, always) if each.is_valid_on(day)} == valid


def test_a_retired_term_is_not_in_use_and_still_there():
    retired = term(code="retired", retired_on=date(2026, 8, 3))
    used = term(code="used", position=2)
    assert list(Term.objects.of("acts")) == [retired, used]
    assert list(Term.objects.of("acts").in_use()) == [used]


def test_terms_come_in_the_order_of_their_file():
    second, first = term(code="a", position=2), term(code="b", position=1)
    assert list(Term.objects.of("acts")) == [first, second]


def test_every_field_is_declared_plain():
    for model in (Term, Edition):
        assert {field.name for field in model._meta.fields} == model.Confidential.plain
