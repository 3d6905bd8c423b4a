"""A person as rows: sealed what names, plain what is counted."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.persons.models import Consent, NameTag, Person
from tests.persons.conftest import MELATI


def test_nothing_that_names_a_person_stands_in_the_tables(melati):
    found = []
    with connection.cursor() as cursor:
        for model in (Person, NameTag):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            found += [bytes(v) if isinstance(v, memoryview) else v for row in cursor.fetchall() for v in row]
    assert len(found) > 15
    kept = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in found)
    for word in ("Melati", "Kusuma", "Mel", "9900000101090001", "0812", "1234567", "Jagoi", "kakak"):
        assert word.encode() not in kept
        assert word.lower().encode() not in kept


def test_a_person_is_shown_by_a_number(melati):
    assert str(melati).endswith(f" {melati.pk}")
    assert "Melati" not in str(melati)
    assert all(str(value) not in repr(melati) for value in MELATI.values() if value != "P")


@pytest.mark.parametrize(
    ("born", "day", "is_child"),
    [
        (2009, date(2026, 8, 3), True),
        (2008, date(2026, 1, 1), True),
        (2008, date(2026, 12, 31), True),
        (2007, date(2026, 8, 3), False),
        (None, date(2026, 8, 3), None),
    ],
)
def test_a_year_in_doubt_is_decided_for_the_child(born, day, is_child):
    assert Person(birth_year=born).is_a_child_on(day) is is_child


def test_a_word_of_a_name_stands_once(melati):
    tag = melati.name_tags.first().tag
    with pytest.raises(IntegrityError), transaction.atomic():
        NameTag.objects.create(person=melati, tag=tag)


def test_a_consent_belongs_to_the_key_of_its_person():
    assert Consent.Confidential.key == "person.data_key"
