"""Lists of cases and what belongs to them: who sees which, and for how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.cases import files, queries, referrals, victims
from tests.cases.test_policy import sent


def grown(world, count):
    """Cases with a victim, a service and a waiting referral each."""
    for _i in range(count):
        sent(world, world.case())


LISTS = {
    "cases": lambda w: [(c.number, c.agency.name, c.place.name, c.victims) for c in queries.case_list(w.rina, at=w.at)],
    "facts": lambda w: [(c.number, c.agency.name, c.victims) for c in queries.case_list(w.dewi, at=w.at)],
    "waiting": lambda w: [(r.case.number, r.service.kind, r.sender.name) for r in queries.waiting_for(w.budi)],
    "referrals": lambda w: [(r.case.number, r.service.kind, r.receiver.name) for r in queries.referral_list(w.rina)],
    "found": lambda w: [(i.case.number, i.case.agency.name, i.case.place.name)
                        for i in queries.involving(w.rina, "melati", at=w.at)],
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_one_query_for_one_row_and_for_thirty(world, name):
    for count in (1, 29):
        grown(world, count)
        with CaptureQueriesContext(connection) as taken:
            rows = LISTS[name](world)
        assert rows
        assert len(taken) == 1
    assert len(rows) == 30


def test_what_belongs_to_a_case_costs_one_query_each(world, now):
    case = world.case()
    for number in range(6):
        victim = world.victim(case, name=f"Melati {number}")
        referrals.send(
            world.service(victim), to=world.dinsos, need="x", fields=[], basis="vital_interests", basis_reason="x",
            by=world.rina, at=now,
        )  # fmt: skip
    case = world.anew(case)
    for rows in (
        lambda: [(i.person.name.opened(), i.note.opened()) for i in queries.people_in(case)],
        lambda: [(s.need.opened(), s.victim.part, s.provider) for s in queries.services_in(case)],
        lambda: [(r.receiver.name, r.sender.name, r.service.kind) for r in queries.referrals_in(case)],
    ):
        case.data_key  # noqa: B018 - read before, as the door does
        with CaptureQueriesContext(connection) as taken:
            assert len(rows()) == 6
        assert len(taken) == 1


def test_victims_stand_first(world, now):
    case = world.case()
    for part in ("suspect", "witness", "victim"):
        victims.add(case, part=part, name="x", by=world.rina, at=now)
    assert [i.part for i in queries.people_in(case)] == ["victim", "witness", "suspect"]


def test_the_number_of_victims_counts_victims_only(world, now):
    case = world.case()
    for part in ("suspect", "witness", "victim", "victim"):
        victims.add(case, part=part, name="x", by=world.rina, at=now)
    assert queries.case_list(world.rina, at=now).get().victims == 2


@pytest.mark.parametrize("who", ["siti", "budi", "agus", "lina", "tono", "wulan"])
def test_a_stranger_lists_and_finds_nothing(world, now, who):
    case = world.case()
    world.victim(case)
    stranger = getattr(world, who)
    assert queries.case_list(world.rina, at=now).exists()
    assert queries.involving(world.rina, "melati", at=now).exists()
    assert not queries.case_list(stranger, at=now).exists()
    assert not queries.involving(stranger, "melati", at=now).exists()
    assert not queries.referral_list(stranger).exists()


def test_who_works_on_a_case_finds_its_people_only_with_the_right_to_search(world, now):
    case = world.case()
    world.victim(case)
    files.assign(case, officer=world.agus, by=world.rina, at=now)
    assert queries.involving(world.agus, "melati", at=now).exists()
    world.agus.role = "companion"
    assert queries.case_list(world.agus, at=now).exists()
    assert not queries.involving(world.agus, "melati", at=now).exists()


def test_a_person_is_found_by_name_nik_telephone_and_passport(world, now):
    victim = world.victim(
        world.case(), name="Melati Kusuma", nik="6107064505080001", phone="0812 5555 0101", passport="X 123456"
    )
    for text in ("melati", "KUSUMA melati", "6107064505080001", "+62 812-5555-0101", "x123456"):
        assert queries.involving(world.rina, text, at=now).get() == victim
    for text in ("mawar", "melati mawar", "081255550102", ""):
        assert not queries.involving(world.rina, text, at=now).exists()


def test_who_is_kept_out_finds_nobody(world, now):
    case = sent(world, world.case()).case
    assert queries.waiting_for(world.budi).exists()
    exclusions.keep_out(case, agency=world.dinsos, by=world.yanti, at=now)
    exclusions.keep_out(case, officer=world.rina, by=world.yanti, at=now)
    assert not queries.waiting_for(world.budi).exists()
    assert not queries.referral_list(world.rina).exists()
    assert not queries.case_list(world.rina, at=now).exists()
    assert not queries.involving(world.rina, "melati", at=now).exists()


def test_urgent_referrals_wait_in_front(world, now):
    usual = sent(world, world.case())
    urgent = sent(world, world.case())
    urgent.is_urgent = True
    urgent.save(update_fields=["is_urgent"])
    assert list(queries.waiting_for(world.budi)) == [urgent, usual]
