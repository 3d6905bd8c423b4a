"""Invented people are nobody."""

from datetime import date
from itertools import islice
from random import Random

from lokal import is_valid_nik

from simpul.demo import people

TODAY = date(2026, 8, 3)


def many(**told):
    random = Random("people")
    return [people.invented(random, on=TODAY, **told) for _each in range(300)]


def test_no_nik_can_be_a_real_one():
    for person in many():
        assert len(person.nik) == 16
        assert person.nik.isdecimal()
        assert not is_valid_nik(person.nik)
        assert person.nik.startswith("6199")


def test_telephone_numbers_lie_in_the_range_that_is_nobodys():
    assert all(person.phone.startswith("0812-0000-") for person in many())


def test_ages_stay_within_what_was_asked():
    ages = {person.age_on(TODAY) for person in many(youngest=10, oldest=17)}
    assert min(ages) >= 10
    assert max(ages) <= 17


def test_many_people_have_one_word_for_a_name_and_some_have_more():
    words = {len(person.name.split()) for person in many(regency="61.07")}
    assert {1, 2} <= words


def test_the_same_seed_gives_the_same_people():
    assert many() == many()


def test_officers_always_have_the_same_names():
    assert list(islice(people.officer_names(), 20)) == list(islice(people.officer_names(), 20))


def test_a_person_is_called_by_a_word_that_can_be_said():
    assert all(len(person.called) > 2 for person in many(regency="61.72"))
