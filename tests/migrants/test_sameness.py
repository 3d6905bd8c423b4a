"""Whether two records are the same person: by NIK, by travel document, by what officers said, and by nothing else."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.migrants import sameness
from tests.returns import came_home

NIK, OTHER = "6107075208020003", "6107074101900001"


def person(w, **told):
    return came_home(w, **told).person


def test_the_same_nik_or_the_same_passport_is_the_same_person(w):
    first = person(w, name="Melati", nik=NIK)
    by_nik = person(w, name="MELATI KUSUMA", nik="6107 0752 0802 0003")
    by_passport, other = person(w, nik=OTHER, passport="C1234567"), person(w, passport="c 1234567")
    assert list(sameness.same_as(first)) == [by_nik]
    assert list(sameness.same_as(other)) == [by_passport]


def test_the_same_name_on_the_same_day_is_not_enough(w):
    first = person(w)
    person(w)
    assert list(sameness.same_as(first)) == []


def test_who_has_no_number_is_like_nobody(w):
    first = person(w, nik="", passport="")
    person(w, nik="", passport="")
    assert list(sameness.same_as(first)) == []
    assert sameness.groups([first]) == {first.pk: set()}


def test_many_are_answered_as_one_by_one_in_a_fixed_number_of_queries(w):
    people = [person(w, nik=NIK), person(w, nik=NIK), person(w, passport="C1234567", nik=OTHER),
              person(w, passport="C1234567"), person(w)]  # fmt: skip
    with CaptureQueriesContext(connection) as taken:
        found = sameness.groups(people)
    assert len(taken) <= 5
    assert found == {each.pk: {other.pk for other in sameness.same_as(each)} for each in people}


def test_nobody_asked_nothing_answered(db):
    assert sameness.groups([]) == {}
