"""Lists of the room: who stands on them, in which order, and that they cost the same however long they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.agencies import exclusions
from simpul.migrants import queries, registry, sameness, sheets
from simpul.migrants.models import Returnee, Sheet, Worker
from tests.register import NIK, SEKIDA, line, table, worker
from tests.returns import came_home


def days_ago(w, days):
    return localdate(w.at) - timedelta(days=days)


def test_the_register_of_a_region_is_ordered_by_place(w):
    second = worker(w, home=SEKIDA, by=w.joko)
    first = worker(w)
    assert list(queries.register_of(w.joko)) == [first, second]
    assert list(queries.register_of(w.darius)) == [first]


def test_a_part_of_the_region_narrows_and_never_widens(w):
    worker(w)
    other = worker(w, home=SEKIDA, by=w.joko)
    assert list(queries.register_of(w.joko, prefix=SEKIDA)) == [other]
    assert list(queries.register_of(w.darius, prefix=SEKIDA)) == []
    assert list(queries.register_of(w.darius, prefix="61")) == list(queries.register_of(w.darius))


def test_the_register_is_narrowed_by_plain_facts(w):
    worker(w)
    found = worker(w, facts={"status": "returned", "country": "bn", "sector": "plantation"})
    for asked in ({"status": "returned"}, {"country": "bn"}, {"sector": "plantation"}):
        assert list(queries.register_of(w.darius, **asked)) == [found]


def test_history_holds_no_current_and_no_struck_entry(w):
    first = worker(w, nik=NIK)
    second = worker(w, nik=NIK, facts={"status": "returned"})
    struck = worker(w, nik=NIK, facts={"status": "unknown"})
    registry.strike(struck, by=w.darius, at=w.at)
    assert list(queries.register_of(w.darius)) == [second]
    assert queries.history_of(w.anew(second), w.darius) == [first]


def test_history_ends_where_another_region_begins(w):
    worker(w, nik=NIK, home=SEKIDA, by=w.joko)
    here = worker(w, nik=NIK)
    assert queries.history_of(w.anew(here), w.darius) == []
    assert len(queries.history_of(w.anew(here), w.joko)) == 1


def test_who_is_kept_out_of_an_entry_does_not_find_it(w):
    found = worker(w)
    assert list(queries.register_of(w.joko)) == [found]
    exclusions.keep_out(found, agency=w.disnaker, by=w.yanti, at=w.at)
    assert list(queries.register_of(w.joko)) == []


def test_who_waits_longest_to_be_met_stands_first(w):
    late = came_home(w, name="Anggrek", arrived_on=days_ago(w, 20))
    new = came_home(w, name="Melati")
    assert list(queries.came_home(w.darius, unmet=True)) == [late, new]
    assert list(queries.came_home(w.darius)) == [new, late]


def test_earlier_returns_of_one_person_are_found_by_the_nik(w):
    before = came_home(w, nik=NIK, arrived_on=days_ago(w, 200))
    now = came_home(w, nik=NIK)
    assert queries.earlier_returns(now, sameness.same_as(now.person), officer=w.hana) == ([before], [])


def test_a_visit_that_is_owed_is_found_for_a_page_of_people_at_once(w):
    people = [came_home(w, name=f"Orang {n}") for n in range(3)]
    with CaptureQueriesContext(connection) as captured:
        owed = queries.visits_owed(people)
    assert len(captured) == 1
    assert set(owed) == {f"migrants.returnee:{person.pk}" for person in people}


def test_lists_that_wait_stand_before_those_that_were_put_away(w):
    def received(name, days):
        return sheets.receive(
            table([line(name)]), filename="r.csv", layout="register", by=w.darius, at=w.later(days=days)
        )

    first, second, away = received("Anggrek", 0), received("Melati", 1), received("Dahlia", 2)
    sheets.discard(away, by=w.darius, at=w.later(days=3))
    Sheet.objects.filter(pk=second.pk).update(state=Sheet.State.TAKEN_IN)
    assert list(queries.sheets_of(w.darius, "register")) == [first, second]
    assert list(queries.sheets_of(w.joko, "register")) == []


@pytest.mark.parametrize(
    "listed",
    [
        lambda w: list(queries.workers_on_a_leaf(Worker.objects.values_list("pk", flat=True))),
        lambda w: list(queries.came_home(w.darius)[:50]),
        lambda w: [each.met for each in queries.manifests_of(w.hana)[:50]],
    ],
)
def test_a_list_costs_the_same_for_one_and_for_thirty(w, listed):
    counts = []
    for many in (1, 29):
        for n in range(many):
            came_home(w, name=f"Orang {n}")
        with CaptureQueriesContext(connection) as captured:
            listed(w)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 2


def test_who_came_home_without_a_village_is_found(w):
    came_home(w)
    lost = came_home(w, name="Melati", home="61.07")
    assert list(queries.without_village(w.joko)) == [lost]
    assert Returnee.objects.count() == 2
