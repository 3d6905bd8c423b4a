"""Lists of cases and what belongs to them: who sees which, and for how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.cases import files, queries, referrals, shelters, victims
from simpul.cases.models import Case, Shelter
from tests.cases.test_policy import sent
from tests.cases.tracks import MILLION, a_claim, a_proceeding, today


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


def test_proceedings_and_claims_of_a_case_cost_a_fixed_number_of_queries(world, now):
    case, costs = world.case(), []
    for count in (1, 5):
        for number in range(count):
            accused = victims.add(case, part="suspect", name=f"Anton {number}", by=world.rina, at=now)
            found = a_proceeding(world, case, upto="charge", accused=accused, police=world.police)
            victim = world.victim(case, name=f"Melati {number}")
            a_claim(world, "informed", "claimed", victim=victim, proceeding=found)
        fresh = world.anew(case)
        fresh.data_key  # noqa: B018 - read before, as the door does
        with CaptureQueriesContext(connection) as taken:
            rows = [
                (p.docket.opened(), p.accused.person.name.opened(), p.police.name, p.court, p.prosecution,
                 [(step.kind, step.noted_by.full_name) for step in p.steps.all()])
                for p in queries.proceedings_in(fresh)
            ]  # fmt: skip
            claims = [
                (c.victim.person.name.opened(), c.proceeding.step, [i.head for i in c.items.all()],
                 [step.kind for step in c.steps.all()])
                for c in queries.restitutions_in(fresh)
            ]  # fmt: skip
        costs.append(len(taken))
    assert len(rows) == len(claims) == 6
    assert [kind for kind, _by in rows[0][-1]] == ["investigation", "file_sent", "p21", "charge"]
    assert costs[0] == costs[1] <= 5


def test_shelters_of_the_region_with_who_stays_there_now_in_one_query(world, now):
    for number in range(1, 4):
        shelters.record(f"RA-{number}", kind="safe_house", beds=2, by=world.yanti, at=now)
    one = Shelter.objects.get(code="RA-1")
    for leaves in (True, False):
        service = world.service(world.victim(world.case()), kind="shelter")
        stay = shelters.enter_(service, shelter=one, on=today(world), by=world.rina, at=now)
        if leaves:
            shelters.leave(stay, on=today(world), by=world.rina, at=now)
    with CaptureQueriesContext(connection) as taken:
        found = [(s.code, s.staying, s.beds, s.agency.name) for s in queries.shelters_near(world.rina)]
    assert found == [(f"RA-{n}", int(n == 1), 2, world.uptd.name) for n in (1, 2, 3)]
    assert len(taken) == 1
    shelters.record("KB-1", kind="safe_house", beds=2, by=world.lead_of_province(), at=now)
    assert {s.code for s in queries.shelters_near(world.siti)} == {"KB-1"}, "of the province, not of another regency"


def claimed(world, amount, *, place="61.07"):
    case = world.case()
    Case.objects.filter(pk=case.pk).update(place=place)
    return a_claim(
        world, "claimed", ("demanded", amount), ("awarded", amount), ("paid", amount / 2), victim=world.victim(case)
    )


def test_restitution_is_summed_by_region_agency_and_year_in_one_query(world):
    for place in ("61.07.07.2001", "61.07", "61.01"):
        claimed(world, 2 * MILLION, place=place)
    sums = {"claims": 2, "claimed": 10 * MILLION, "demanded": 4 * MILLION, "awarded": 4 * MILLION, "paid": 2 * MILLION}
    with CaptureQueriesContext(connection) as taken:
        found = queries.restitution_sums(world.dewi, by="region")
    assert (found, len(taken)) == ([{"key": "61.07"} | sums], 1)
    assert queries.restitution_sums(world.dewi, by="agency") == [{"key": world.uptd.name} | sums]
    assert queries.restitution_sums(world.dewi, by="year") == [{"key": 2026} | sums]
    assert [row["key"] for row in queries.restitution_sums(world.rina, by="region")] == ["61.01", "61.07"]


def test_a_claim_without_an_award_counts_as_nothing_awarded(world):
    a_claim(world, "claimed")
    assert queries.restitution_sums(world.rina, by="year") == [
        {"key": 2026, "claims": 1, "claimed": 5 * MILLION, "demanded": 0, "awarded": 0, "paid": 0}
    ]


@pytest.mark.parametrize("who", ["siti", "lina", "budi", "agus", "tono", "wulan"])
def test_sums_are_for_who_sees_facts_and_for_who_keeps_the_cases(world, who):
    claimed(world, MILLION)
    assert queries.restitution_sums(world.rina, by="agency")
    assert queries.restitution_sums(world.dewi, by="agency")
    assert queries.restitution_sums(getattr(world, who), by="agency") == []


def test_a_companion_of_the_agency_sums_nothing(world):
    claimed(world, MILLION)
    world.rina.role = "companion"
    assert queries.restitution_sums(world.rina, by="agency") == []


def test_who_is_kept_out_of_a_case_does_not_learn_of_it_from_a_sum(world, now):
    claim = claimed(world, MILLION)
    for officer in (world.rina, world.dewi):
        assert queries.restitution_sums(officer, by="year")
        exclusions.keep_out(claim.case, officer=officer, by=world.yanti, at=now)
        assert queries.restitution_sums(officer, by="year") == []
