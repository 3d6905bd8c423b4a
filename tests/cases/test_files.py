"""The file of a case: opened, described, moved, assigned; never ended while something is owed."""

from datetime import UTC, datetime
from functools import partial

import pytest

from simpul.agencies import exclusions, people
from simpul.cases import files
from simpul.cases.models import Assignment, Case
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.models import Obligation
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401


def opened(world, *, by=None, at=None, **facts):
    return files.open_(place=world.uptd.place, by=by or world.rina, at=at or world.at, **facts)


def test_a_case_belongs_to_the_agency_that_opens_it(world):
    case = opened(world, summary=" Anak dibawa. ")
    assert (case.agency, case.stage, case.number) == (world.uptd, Case.Stage.NEW, "K-2026-0001")
    assert world.anew(case).summary.opened() == "Anak dibawa."
    assert world.owed("first_contact", on=case).owed_by == world.uptd


def test_numbers_begin_anew_with_the_year_of_the_office(world):
    last, first = datetime(2026, 12, 31, 16, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, 1, tzinfo=UTC)
    assert [opened(world, at=at).number for at in (last, first)] == ["K-2026-0001", "K-2027-0001"]


@pytest.mark.parametrize("who", ["budi", "dewi", "tono"])
def test_who_keeps_no_cases_opens_none(world, who):
    with pytest.raises(NotAllowed):
        opened(world, by=getattr(world, who))
    assert not Case.objects.exists()


def test_the_summary_is_written_anew_and_stays_sealed(world, now):
    case = opened(world)
    files.summarise(case, summary="Melati dibawa.", by=world.rina, at=now)
    assert world.anew(case).summary.opened() == "Melati dibawa."
    assert "Melati" not in str(Case.objects.values()) + str(Entry.objects.values())


def test_facts_are_described_by_name_and_nothing_else_is_set_that_way(world, now):
    case = opened(world)
    files.describe(case, kinds=["sexual"], in_danger=True, by=world.rina, at=now)
    assert (world.anew(case).kinds, world.anew(case).in_danger) == (["sexual"], True)
    with pytest.raises(TypeError):
        files.describe(case, stage="closed", by=world.rina, at=now)
    with pytest.raises(TypeError):
        files.describe(case, agency=world.dinsos, by=world.rina, at=now)


@pytest.mark.parametrize("who", ["siti", "budi", "agus", "dewi", "tono"])
def test_a_stranger_changes_nothing(world, now, who):
    case, stranger = opened(world), getattr(world, who)
    for act in (
        partial(files.summarise, case, summary="x"),
        partial(files.describe, case, in_danger=True),
        partial(files.move, case, to="assessment"),
        partial(files.assign, case, officer=stranger),
    ):
        with pytest.raises(NotAllowed):
            act(by=stranger, at=now)
    case = world.anew(case)
    assert (case.stage, case.in_danger) == ("new", False)
    assert not Assignment.objects.exists()


def test_the_first_step_meets_the_first_contact(world, now):
    case = opened(world)
    files.move(case, to="assessment", by=world.rina, at=now)
    assert world.owed("first_contact", on=case) is None
    assert Obligation.objects.get(rule="first_contact").state == "met"


def test_a_step_that_may_not_follow_is_refused(world, now):
    with pytest.raises(NotAllowed):
        files.move(opened(world), to="monitoring", by=world.rina, at=now)


def test_a_stale_page_does_not_move_a_case_twice(world, now):
    case = opened(world)
    stale = world.anew(case)
    files.move(case, to="cancelled", by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        files.move(stale, to="assessment", by=world.rina, at=now)


@pytest.mark.parametrize("end", ["referred_out", "cancelled", "closed"])
def test_no_way_of_ending_a_case_settles_what_is_still_owed(world, now, end):
    case = opened(world)
    world.victim(case)
    files.move(case, to="assessment", by=world.rina, at=now)
    owed = world.owed("report_to_police", on=case)
    assert owed
    with pytest.raises(NotAllowed):
        files.move(case, to=end, by=world.rina, at=now)
    assert world.owed("report_to_police", on=case)
    book.waive(owed, reason="done_by_another", by=world.rina, at=now)
    case = world.anew(case)
    files.move(case, to=end, by=world.rina, at=now)
    assert (case.stage, case.closed_at) == (end, now)


def test_a_case_opened_by_mistake_ends_with_that_reason(world, now):
    case = opened(world)
    files.move(case, to="cancelled", by=world.rina, at=now)
    assert Obligation.objects.get(rule="first_contact").waive_reason == "opened_by_mistake"


def test_a_closed_case_can_be_taken_up_again(world, now):
    case = opened(world)
    for stage in ("assessment", "closed", "handling"):
        files.move(case, to=stage, by=world.rina, at=now)
    assert world.anew(case).closed_at is None


def test_an_assignment_is_made_once(world, now):
    case = opened(world)
    one = files.assign(case, officer=world.agus, by=world.rina, at=now)
    assert files.assign(case, officer=world.agus, by=world.yanti, at=now) == one
    assert Entry.objects.filter(act="case.assigned").count() == 1


def test_nobody_is_assigned_who_could_not_work_on_it(world, now):
    case = opened(world)
    with pytest.raises(NotAllowed):
        files.assign(case, officer=world.tono, by=world.rina, at=now)
    exclusions.keep_out(case, officer=world.agus, by=world.yanti, at=now)
    with pytest.raises(NotAllowed):
        files.assign(case, officer=world.agus, by=world.rina, at=now)
    world.budi.is_active = False
    with pytest.raises(NotAllowed):
        files.assign(case, officer=world.budi, by=world.rina, at=now)


def test_an_assignment_ends_once(world):
    case = opened(world)
    assignment = files.assign(case, officer=world.agus, by=world.rina, at=world.at)
    for hours in (1, 2):
        files.release(assignment, by=world.rina, at=world.later(hours=hours))
    assert world.anew(assignment).until_at == world.later(hours=1)
    assert files.assign(case, officer=world.agus, by=world.rina, at=world.later(hours=3)) != assignment


def test_cases_opened_at_once_have_numbers_without_gaps(lasting):  # noqa: F811
    results = at_once(*[partial(opened, lasting) for _i in range(4)])
    assert sorted(case.number for case in results) == [f"K-2026-{n:04d}" for n in range(1, 5)]


def test_an_assignment_opens_nothing_after_a_change_to_another_agency(world):
    case = world.case()
    files.assign(case, officer=world.budi, by=world.rina, at=world.at)
    assert Case.objects.visible_to(world.budi, at=world.at).filter(pk=case.pk).exists()
    people.change(world.budi, role="partner", agency=world.hospital, by=world.tono, at=world.at)
    assert not Case.objects.visible_to(world.anew(world.budi), at=world.at).filter(pk=case.pk).exists()
