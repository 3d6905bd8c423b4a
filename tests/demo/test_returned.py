"""The people of the sample manifests: as many as were published, and nobody real among them."""

from collections import Counter

import pytest

from simpul.demo import returned
from simpul.demo.returned import ARRIVALS, BY_NAME, people_of


def counted(arrival, what):
    return Counter(getattr(person, what) for person in people_of(arrival.name))


@pytest.mark.parametrize("arrival", ARRIVALS, ids=lambda arrival: arrival.name)
def test_of_each_arrival_there_are_as_many_people_as_were_published(arrival):
    everybody = people_of(arrival.name)
    assert len(everybody) == arrival.total
    assert sum(person.home.startswith("61") for person in everybody) == arrival.here
    assert arrival.men in (None, counted(arrival, "sex")["L"])
    assert {code: counted(arrival, "reason")[code] for code in arrival.reasons} == arrival.reasons
    assert {code: counted(arrival, "sector")[code] for code in arrival.sectors} == arrival.sectors
    assert {code: counted(arrival, "onward")[code] for code in arrival.onward} == arrival.onward


@pytest.mark.parametrize("arrival", ARRIVALS, ids=lambda arrival: arrival.name)
def test_children_came_with_their_parents(arrival):
    children = [person for person in people_of(arrival.name) if person.age_on(arrival.arrived_on) < 18]
    assert len(children) == arrival.children
    assert {person.sector for person in children} == {"with_parents"}


def test_some_are_sent_home_twice_with_the_same_passport():
    seen, again = set(), 0
    for arrival in sorted(ARRIVALS, key=lambda each: each.arrived_on):
        numbers = {person.document for person in people_of(arrival.name)}
        again += len(numbers & seen)
        seen |= numbers
    assert again == sum(arrival.again for arrival in ARRIVALS) >= 15


def test_numbers_of_documents_belong_to_one_person_of_a_list():
    for arrival in ARRIVALS:
        documents = [person.document for person in people_of(arrival.name)]
        assert len(set(documents)) == len(documents)


def test_a_nik_has_a_serial_that_no_office_has_reached():
    numbers = [person.nik for arrival in ARRIVALS for person in people_of(arrival.name) if person.nik]
    assert len(numbers) > 300
    assert all(int(number[-4:]) >= 9900 for number in numbers)


def test_every_regency_of_the_province_receives_somebody():
    homes = {person.home[:5] for arrival in ARRIVALS for person in people_of(arrival.name)}
    assert set(returned.HOMES_HERE) <= homes


def test_an_arrival_of_last_week_is_invented_with_people_of_before():
    before = [person for person in people_of("2026-01") if returned.may_come_again(person)][:2]
    arrival, everybody = returned.invented_arrival(
        "a test", BY_NAME["2026-02"].arrived_on, depot="semuja", total=12, men=8, here=9, again=before
    )
    assert arrival.total == len(everybody) == 12
    assert {person.document for person in before} <= {person.document for person in everybody}
