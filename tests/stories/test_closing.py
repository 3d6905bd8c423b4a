"""A case ends with a reason when nothing is owed in it; what happens again, or elsewhere, finds its way back to it."""

import pytest

from simpul.agencies import exclusions, people
from simpul.agencies.roles import Role
from simpul.cases import access, files, referrals, services, victims
from simpul.cases.models import Case, Referral
from simpul.journal.queries import entries_of
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.obligations.queries import overdue_by_others, owed_now


@pytest.fixture
def victim(world):
    return world.victim(world.case(), childhood="adult")


@pytest.fixture
def case(law, victim):
    return law.may_close(victim.case)


@pytest.fixture
def lead(world):
    """A head of the unit at the UPTD PPA of the province."""
    made = people.record("hasan", full_name="Hasan", agency=world.uptd_province, role=Role.SUPERVISOR,
                         password="x" * 12, by=None, at=world.at)  # fmt: skip
    people.acknowledge_secrecy(made, at=world.at)
    return made


def close(case, world, *, reason="recovered", by=None, **told):
    files.close(case, reason=reason, by=by or world.rina, at=world.later(days=1), **told)
    return world.anew(case)


def refer(victim, world, *, to=None):
    return referrals.send(
        world.service(victim), to=to or world.dinsos, need="Pendampingan", fields=["name"], basis="vital_interests",
        basis_reason="Mendesak.", by=world.rina, at=world.at,
    )  # fmt: skip


def test_a_case_is_closed_with_a_reason_of_the_list(world, case):
    for reason in ("", "sudah beres"):
        with pytest.raises(NotAllowed):
            close(case, world, reason=reason)
    closed = close(case, world, note="Bekerja di Pontianak, dijemput kakaknya.")
    assert (closed.stage, closed.closing_reason, closed.closed_at) == ("closed", "recovered", world.later(days=1))
    assert closed.closing_note.opened() == "Bekerja di Pontianak, dijemput kakaknya."


def test_there_is_no_way_round_the_reason(world, case):
    with pytest.raises(NotAllowed):
        files.move(case, to="closed", by=world.rina, at=world.at)
    assert not world.anew(case).has_ended


@pytest.mark.parametrize("kind", ["health", "first_aid", "police_protection"])
def test_nothing_is_closed_in_which_somebody_owes_something(world, victim, case, kind):
    service = world.service(victim, kind=kind)
    with pytest.raises(NotAllowed) as refused:
        close(case, world)
    assert "1" in str(refused.value)
    services.move(service, to="running", by=world.rina, at=world.at)
    assert close(world.anew(case), world).has_ended


def test_what_the_offender_owes_keeps_the_case_open(world, law, victim):
    law.awarded(victim)
    case = law.may_close(victim.case)
    with pytest.raises(NotAllowed):
        close(case, world)


def test_a_clock_that_still_waits_keeps_it_open_as_well(world):
    """A return that was asked for, and no report to the police yet."""
    victim = world.victim(world.case())
    world.service(victim, kind="repatriation")
    book.waive_all(on=victim.case, reason="no_longer_applies", by=world.rina, at=world.at)
    files.move(victim.case, to="assessment", by=world.rina, at=world.at)
    assert Obligation.objects.standing().get().state == "waiting"
    with pytest.raises(NotAllowed):
        close(victim.case, world)


def test_only_the_agency_that_keeps_it_closes_it(world, case):
    for officer in (world.siti, world.budi, world.dewi):
        with pytest.raises(NotAllowed):
            close(case, world, by=officer)


def test_a_closed_case_can_be_taken_up_again(world, case):
    closed = close(case, world)
    files.move(closed, to="handling", by=world.rina, at=world.later(days=9))
    assert (world.anew(case).has_ended, world.anew(case).closed_at) == (False, None)


def test_who_is_trafficked_again_has_a_new_case_that_names_the_earlier_one(world, victim, case):
    closed = close(case, world)
    again = victims.begin_again(closed, who=[victim.pk], by=world.rina, at=world.later(days=200))
    assert (again.earlier, list(closed.recurrences.all())) == (closed, [again])
    assert again.involvements.get().person_id == victim.person_id
    assert Obligation.objects.standing().in_file(f"cases.case:{again.pk}").filter(rule="report_to_police").exists()
    for file in (closed, again):
        assert entries_of(file).filter(act="case.recurred").exists()


def test_only_an_ended_case_recurs_and_only_for_its_own_victims(world, victim, case):
    with pytest.raises(NotAllowed):
        victims.begin_again(case, who=[victim.pk], by=world.rina, at=world.at)
    closed = close(case, world)
    stranger = world.victim(world.case(), name="Mawar")
    with pytest.raises(NotAllowed):
        victims.begin_again(closed, who=[stranger.pk], by=world.rina, at=world.at)
    assert not Case.objects.exclude(earlier=None).exists()


def test_whoever_is_kept_out_of_the_earlier_case_is_kept_out_of_the_new_one(world, victim, case):
    exclusions.keep_out(case, agency=world.police, by=world.yanti, at=world.at)
    closed = close(case, world)
    again = victims.begin_again(closed, who=[victim.pk], by=world.rina, at=world.later(days=200))
    assert exclusions.keeps_out(again, world.police)
    with pytest.raises(NotAllowed):
        refer(again.involvements.get(), world, to=world.police)


def test_another_agency_takes_the_case_over_with_all_that_is_owed_in_it(world, victim):
    service = world.service(victim, kind="first_aid")
    files.hand_over(victim.case, to=world.uptd_province, by=world.yanti, at=world.later(hours=1))
    standing = Obligation.objects.standing().in_file(f"cases.case:{victim.case_id}")
    assert standing.count() == 3
    assert {owed.owed_by for owed in standing} == {world.uptd_province}
    assert world.owed("first_aid", on=service) in owed_now(world.lina)
    assert access.case_for(world.lina, victim.case.number, at=world.later(hours=2))


def test_who_handed_it_over_opens_it_no_more(world, victim):
    referral = refer(victim, world)
    files.assign(victim.case, officer=world.rina, by=world.yanti, at=world.at)
    assert access.referral_for(world.rina, referral.pk, at=world.at)
    files.hand_over(victim.case, to=world.uptd_province, by=world.yanti, at=world.at)
    for officer in (world.rina, world.yanti):
        with pytest.raises(NotFound):
            access.case_for(officer, victim.case.number, at=world.later(hours=2))
        with pytest.raises(NotFound):
            access.referral_for(officer, referral.pk, at=world.later(hours=2))


def test_a_referral_that_waits_is_the_new_keepers_and_comes_back_to_it(world, victim):
    referral = refer(victim, world)
    files.hand_over(victim.case, to=world.uptd_province, by=world.yanti, at=world.at)
    referrals.decline(
        Referral.objects.get(pk=referral.pk), reason="no_capacity", by=world.budi, at=world.later(hours=3)
    )
    assert world.owed("refer_again", on=referral.service).owed_by == world.uptd_province


def test_the_new_keeper_watches_what_others_owe_and_nothing_of_its_own(world, victim):
    referrals.accept(refer(victim, world), by=world.budi, at=world.at)
    mine = world.service(victim, kind="first_aid", provider=world.uptd_province)
    theirs = world.service(victim, kind="first_aid", provider=world.dinsos)
    files.hand_over(victim.case, to=world.uptd_province, by=world.yanti, at=world.at)
    late = overdue_by_others(world.lina, at=world.later(days=9))
    assert world.owed("first_aid", on=theirs) in late
    assert world.owed("first_aid", on=mine) not in late
    assert not overdue_by_others(world.rina, at=world.later(days=9)).exists()


def test_a_case_leaves_its_agency_by_the_head_of_the_unit_alone(world, victim):
    with pytest.raises(NotAllowed):
        files.hand_over(victim.case, to=world.uptd_province, by=world.rina, at=world.at)
    assert world.anew(victim.case).agency == world.uptd


@pytest.mark.parametrize("to", ["uptd", "dinsos", "secretariat"])
def test_it_goes_to_an_agency_where_somebody_keeps_cases(world, victim, to):
    with pytest.raises(NotAllowed):
        files.hand_over(victim.case, to=getattr(world, to), by=world.yanti, at=world.at)
    assert world.anew(victim.case).agency == world.uptd


def test_it_goes_to_nobody_who_is_kept_out_of_it(world, victim):
    exclusions.keep_out(victim.case, agency=world.uptd_province, by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        files.hand_over(victim.case, to=world.uptd_province, by=world.yanti, at=world.at)


def test_a_file_of_closed_access_goes_to_a_unit_with_a_head_who_can_open_it(world):
    child = world.victim(world.case(), childhood="child")
    with pytest.raises(NotAllowed):
        files.hand_over(child.case, to=world.uptd_province, by=world.yanti, at=world.at)
    assert world.anew(child.case).agency == world.uptd


def test_with_a_head_it_goes_and_stays_closed(world, lead):
    child = world.victim(world.case(), childhood="child")
    files.hand_over(child.case, to=world.uptd_province, by=world.yanti, at=world.at)
    assert access.case_for(lead, child.case.number, at=world.at)
    with pytest.raises(NotFound):
        access.case_for(world.lina, child.case.number, at=world.at)
    files.assign(world.anew(child.case), officer=world.lina, by=lead, at=world.at)
    assert access.case_for(world.lina, child.case.number, at=world.at)
