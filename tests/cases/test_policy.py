"""What an officer may do in a case."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import emergency, files, policy, referrals
from simpul.cases.models import Case, Involvement, Service
from simpul.confidentiality import data_keys
from simpul.lib.rules import NotAllowed, allows
from tests.cases.tracks import an_officer, refused

OUTSIDE = ["siti", "lina", "budi", "agus", "dewi", "tono", "wulan"]


def sent(world, case):
    service = world.service(world.victim(case))
    return referrals.send(
        service, to=world.dinsos, need="x", fields=[], basis="vital_interests", basis_reason="x", by=world.rina,
        at=world.at,
    )  # fmt: skip


@pytest.mark.parametrize(("who", "may"), [("rina", True), ("yanti", True), ("lina", True), ("budi", False),
                                          ("dewi", False), ("tono", False)])  # fmt: skip
def test_cases_are_opened_where_they_are_kept(world, who, may):
    assert allows(policy.check_may_open, getattr(world, who)) is may


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_works_on_a_case_or_keeps_it(world, who):
    case, officer = world.case(), getattr(world, who)
    assert allows(policy.check_may_work_on, case, by=world.rina)
    assert not allows(policy.check_may_work_on, case, by=officer)
    assert not allows(policy.check_may_keep, case, by=officer)


def test_an_assigned_officer_works_on_the_case_and_does_not_keep_it(world, now):
    case = world.case()
    assignment = files.assign(case, officer=world.agus, by=world.rina, at=now)
    assert allows(policy.check_may_work_on, case, by=world.agus)
    assert not allows(policy.check_may_keep, case, by=world.agus)
    files.release(assignment, by=world.rina, at=now)
    assert not allows(policy.check_may_work_on, case, by=world.agus)


def test_who_is_kept_out_of_a_case_of_the_own_agency_changes_nothing_in_it(world, now):
    case = world.case()
    assert allows(policy.check_may_keep, case, by=world.rina)
    exclusions.keep_out(case, officer=world.rina, by=world.yanti, at=now)
    assert not allows(policy.check_may_keep, case, by=world.rina)
    assert not allows(policy.check_may_work_on, case, by=world.rina)
    assert policy.is_kept_out(case.pk, world.rina)
    assert not policy.is_kept_out(case.pk, world.yanti)


def test_an_officer_who_left_does_nothing(world):
    case = world.case()
    world.rina.is_active = False
    assert not allows(policy.check_may_work_on, case, by=world.rina)


def test_only_the_receiver_answers_and_only_the_sender_takes_back(world, now):
    referral = sent(world, world.case())
    assert allows(policy.check_may_answer, referral, by=world.budi)
    assert allows(policy.check_may_withdraw, referral, by=world.rina)
    for officer in (world.rina, world.agus, world.dewi, world.siti):
        assert not allows(policy.check_may_answer, referral, by=officer)
    for officer in (world.budi, world.agus, world.dewi, world.siti):
        assert not allows(policy.check_may_withdraw, referral, by=officer)
    exclusions.keep_out(referral.case, agency=world.dinsos, by=world.yanti, at=now)
    assert not allows(policy.check_may_answer, referral, by=world.budi)


def test_the_agency_that_gives_a_service_moves_it_and_no_other(world, now):
    referral = sent(world, world.case())
    assert not allows(policy.check_may_move, referral.service, by=world.budi)
    referrals.accept(referral, by=world.budi, at=now)
    service = Service.objects.get()
    assert allows(policy.check_may_move, service, by=world.budi)
    assert not allows(policy.check_may_move, service, by=world.agus)
    exclusions.keep_out(referral.case, agency=world.dinsos, by=world.yanti, at=now)
    assert not allows(policy.check_may_move, service, by=world.budi)


@pytest.mark.parametrize(("model", "check", "table"), [
    (Case, policy.check_stage_may_follow, Case.NEXT), (Service, policy.check_state_may_follow, Service.NEXT),
])  # fmt: skip
def test_only_the_steps_of_the_table_may_follow(model, check, table):
    field = "stage" if model is Case else "state"
    steps = model.Stage if model is Case else model.State
    assert set(table) == set(steps)
    for now in steps:
        for then in steps:
            assert allows(check, model(**{field: now}), then) is (then in table[now])


def test_a_step_that_does_not_exist_does_not_follow():
    with pytest.raises((NotAllowed, ValueError)):
        policy.check_stage_may_follow(Case(stage="new"), "lost")


@pytest.mark.parametrize(("who", "may"), [("rina", True), ("budi", True), ("siti", True), ("dewi", False),
                                          ("tono", False), ("wulan", False)])  # fmt: skip
def test_emergency_access_is_for_who_meets_victims(world, who, may):
    assert allows(policy.check_may_break_glass, getattr(world, who)) is may


def test_in_a_file_with_closed_access_the_agency_is_its_head_and_who_is_assigned(world, now):
    referral = sent(world, world.case())
    case, service = referral.case, referral.service
    nina = an_officer(world, "nina", world.uptd, "case_manager")
    Service.objects.filter(pk=service.pk).update(provider=world.uptd)
    checks = (
        (policy.check_may_work_on, case), (policy.check_may_keep, case), (policy.check_may_withdraw, referral),
        (policy.check_may_move, world.anew(service)),
    )  # fmt: skip
    assert all(allows(check, thing, by=nina) for check, thing in checks)
    files.close_access(case, by=world.rina, at=now)
    checks = tuple((check, world.anew(thing)) for check, thing in checks)
    assert not any(allows(check, thing, by=nina) for check, thing in checks)
    for officer in (world.rina, world.yanti):
        assert all(allows(check, thing, by=officer) for check, thing in checks)


def test_emergency_access_reads_and_does_not_write(world, now):
    case = world.case()
    emergency.break_glass(case.number, reason="Korban pingsan di rumah sakit.", by=world.agus, at=now)
    assert Case.objects.visible_to(world.agus, at=now).exists()
    assert not allows(policy.check_may_work_on, case, by=world.agus)


@pytest.mark.parametrize(("who", "may"), [("yanti", True), ("rina", False), ("lina", False), ("budi", False),
                                          ("dewi", False), ("tono", False)])  # fmt: skip
def test_heads_of_units_record_shelters_and_hand_cases_over(world, who, may):
    officer = getattr(world, who)
    assert allows(policy.check_may_keep_shelters, officer) is may
    assert allows(policy.check_may_hand_over, world.case(), by=officer) is may


def test_only_who_accepted_says_that_it_has_stopped(world, now):
    referral = sent(world, world.case())
    with refused("Only a referral that was accepted"):
        policy.check_may_stop(referral, by=world.budi)
    referrals.accept(referral, by=world.budi, at=now)
    assert allows(policy.check_may_stop, referral, by=world.budi)
    for officer in (world.rina, world.agus, world.siti):
        with refused("Only the agency that received"):
            policy.check_may_stop(referral, by=officer)


def test_nothing_is_written_into_a_case_that_was_erased(world, now):
    referral = sent(world, world.case())
    checks = (policy.check_may_work_on, policy.check_may_keep, policy.check_may_hand_over)
    assert all(allows(check, referral.case, by=world.yanti) for check in checks)
    assert allows(policy.check_may_move, referral.service, by=world.yanti)
    data_keys.destroy(referral.case.data_key, of=referral.case, by=world.yanti, at=now)
    case, service = world.anew(referral.case), world.anew(referral.service)
    for check in checks:
        with refused("was erased"):
            check(case, by=world.yanti)
    with refused("was erased"):
        policy.check_may_move(service, by=world.yanti)


def test_what_belongs_to_victims_is_theirs_alone(world):
    policy.check_is_victim(Involvement(part="victim"))
    for part in ("suspect", "witness"):
        with refused("belongs to a victim"):
            policy.check_is_victim(Involvement(part=part))
