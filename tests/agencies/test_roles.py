"""Roles and what each may do."""

import pytest

from simpul.agencies.roles import RIGHTS, Right, Role, has_right

# What changes a report, a case or a referral, or opens its file.
CASEWORK = {Right.TRIAGE, Right.KEEP_CASES, Right.WORK_ON_CASES, Right.ANSWER_REFERRALS, Right.EXCLUDE,
            Right.BREAK_GLASS, Right.SEARCH_PERSONS, Right.KEEP_SHELTERS}  # fmt: skip


def test_every_role_has_its_line_and_something_to_do():
    assert set(RIGHTS) == set(Role)
    assert all(RIGHTS.values())


def test_every_right_is_somebodys():
    assert set().union(*RIGHTS.values()) == set(Right)


def test_who_keeps_officers_reads_no_case_and_who_reads_the_journal_works_on_none():
    assert RIGHTS[Role.ADMINISTRATOR] == {Right.KEEP_OFFICERS}
    assert Right.READ_JOURNAL in RIGHTS[Role.AUDITOR]
    assert not RIGHTS[Role.AUDITOR] & CASEWORK


def test_who_sees_the_facts_of_a_region_opens_no_file_in_it():
    opening = {Right.TRIAGE, Right.KEEP_CASES, Right.WORK_ON_CASES, Right.BREAK_GLASS, Right.SEARCH_PERSONS}
    for role, rights in RIGHTS.items():
        assert Right.SEE_FACTS not in rights or not (rights & opening), role


def test_only_the_head_of_a_unit_keeps_others_out():
    assert [role for role in Role if Right.EXCLUDE in RIGHTS[role]] == [Role.SUPERVISOR]


def test_heads_of_units_and_the_data_protection_officer_erase_and_nobody_else():
    assert {role for role in Role if Right.ERASE in RIGHTS[role]} == {Role.SUPERVISOR, Role.AUDITOR}


def test_a_refusal_for_safety_is_decided_by_the_head_of_the_unit():
    assert [role for role in Role if Right.REFUSE_REQUESTS in RIGHTS[role]] == [Role.SUPERVISOR]


def test_an_officer_has_the_rights_of_the_role(world):
    assert has_right(world.rina, Right.TRIAGE)
    assert not has_right(world.budi, Right.TRIAGE)


@pytest.mark.parametrize("right", Right)
def test_nobody_has_no_right(right):
    assert not has_right(None, right)


def test_an_officer_who_left_has_no_right(world):
    assert has_right(world.rina, Right.TRIAGE)
    world.rina.is_active = False
    assert not any(has_right(world.rina, right) for right in Right)
