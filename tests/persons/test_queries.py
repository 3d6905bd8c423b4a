"""Finding persons by blind index only."""

import pytest

from simpul.persons import identities
from simpul.persons.queries import named, numbered


@pytest.fixture
def other(world, now):
    return identities.record(by=world.rina, at=now, name="Melati Sari", phone="0813 1111 2222")


def test_every_word_must_fit(melati, other):
    assert set(named("melati")) == {melati, other}
    assert list(named("Kusuma, Melati")) == [melati]
    assert not named("Melati Wijaya").exists()


def test_other_names_are_found_too(melati):
    assert list(named("mel")) == [melati]


@pytest.mark.usefixtures("melati")
@pytest.mark.parametrize("text", ["", "  ", "x", "Bapak", "Hj."])
def test_what_is_no_name_finds_nobody(text):
    assert not named(text).exists()


def test_a_part_of_a_word_finds_nobody(melati):
    assert not named("Melat").exists()


@pytest.mark.parametrize("text", ["9900 0001 0109 0001", "0812-0000-4444", "+6281200004444", "c1234567", "C 1234567"])
def test_a_person_is_found_by_each_number(melati, other, text):
    assert list(numbered(text)) == [melati]


@pytest.mark.usefixtures("melati")
@pytest.mark.parametrize("text", ["", "0812", "1234", "nobody", "9900000101090009"])
def test_too_few_digits_and_other_numbers_find_nobody(text):
    assert not numbered(text).exists()


def test_persons_without_a_number_are_not_found_by_an_empty_one(world, now):
    identities.record(by=world.rina, at=now, name="Tanpa Nomor")
    assert not numbered("").exists()
    assert not numbered("-----").exists()


def test_a_search_costs_one_query(melati, other, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(named("melati")) == 2
    with django_assert_num_queries(1):
        assert len(numbered("081200004444")) == 1
