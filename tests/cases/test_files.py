"""The file of a case: opened, described, moved, assigned; never ended while something is owed."""

from datetime import UTC, datetime
from functools import partial

import pytest

from simpul.agencies import exclusions, people
from simpul.cases import access, files, queries, referrals, shelters, victims
from simpul.cases.models import Assignment, Case, Referral
from simpul.journal.entries import label
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations import book
from simpul.obligations.models import Obligation
from tests.cases.test_policy import sent
from tests.cases.tracks import an_officer, refused, today
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


def ended(world, case, end):
    if end == "closed":
        files.close(case, reason="recovered", by=world.rina, at=world.at)
    else:
        files.move(case, to=end, by=world.rina, at=world.at)


@pytest.mark.parametrize("end", ["referred_out", "cancelled", "closed"])
def test_no_way_of_ending_a_case_settles_what_is_still_owed(world, now, end):
    case = opened(world)
    world.victim(case)
    files.move(case, to="assessment", by=world.rina, at=now)
    owed = world.owed("report_to_police", on=case)
    assert owed
    with pytest.raises(NotAllowed):
        ended(world, case, end)
    assert world.owed("report_to_police", on=case)
    book.waive(owed, reason="done_by_another", by=world.rina, at=now)
    case = world.anew(case)
    ended(world, case, end)
    assert (case.stage, case.closed_at) == (end, now)


@pytest.mark.parametrize("end", ["referred_out", "cancelled", "closed"])
def test_no_case_ends_while_somebody_of_it_stays_at_a_shelter(world, now, end):
    service = world.service(world.victim(opened(world)), kind="shelter")
    shelter = shelters.record("RA-7", kind="safe_house", beds=1, by=world.yanti, at=now)
    stay = shelters.enter_(service, shelter=shelter, on=today(world), by=world.rina, at=now)
    case = world.anew(service.case)
    files.move(case, to="assessment", by=world.rina, at=now)
    for owed in Obligation.objects.standing().in_file(label(case)):
        book.waive(owed, reason="no_longer_applies", by=world.rina, at=now)
    with refused("still stays at a shelter"):
        ended(world, case, end)
    assert not world.anew(case).has_ended
    shelters.leave(stay, on=today(world), by=world.rina, at=now)
    ended(world, world.anew(case), end)
    assert world.anew(case).has_ended


def test_a_case_opened_by_mistake_ends_with_that_reason(world, now):
    case = opened(world)
    files.move(case, to="cancelled", by=world.rina, at=now)
    assert Obligation.objects.get(rule="first_contact").waive_reason == "opened_by_mistake"


def test_a_closed_case_can_be_taken_up_again(world, now):
    case = opened(world)
    files.move(case, to="assessment", by=world.rina, at=now)
    files.close(case, reason="wishes_no_more", by=world.rina, at=now)
    files.move(case, to="handling", by=world.rina, at=now)
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


def over(world, case, *, at=None):
    """A case that was worked on and closed."""
    files.move(case, to="assessment", by=world.rina, at=world.at)
    for owed in Obligation.objects.standing().in_file(f"cases.case:{case.pk}"):
        book.waive(owed, reason="done_by_another", by=world.rina, at=world.at)
    files.close(case, reason="recovered", note="Melati bekerja lagi", by=world.rina, at=at or world.at)
    return case


def test_a_case_is_closed_for_a_reason_of_the_list_and_the_word_on_it_is_sealed(world):
    case = opened(world)
    files.move(case, to="assessment", by=world.rina, at=world.at)
    with refused("Use “Close the case”"):
        files.move(case, to="closed", by=world.rina, at=world.at)
    with refused("why the case is closed"):
        files.close(case, reason="enough", by=world.rina, at=world.at)
    files.close(case, reason="recovered", note="Melati bekerja lagi", by=world.rina, at=world.at)
    case = world.anew(case)
    assert (case.stage, case.closing_reason, case.closing_note.opened()) == (
        "closed",
        "recovered",
        "Melati bekerja lagi",
    )
    assert "Melati" not in str(Case.objects.values()) + str(list(Entry.objects.values_list("facts", flat=True)))


def test_a_new_case_is_not_closed_before_anybody_looked_at_it(world, now):
    with refused("cannot go from"):
        files.close(opened(world), reason="recovered", by=world.rina, at=now)


def test_the_date_of_the_act_is_a_day_that_was_and_after_birth(world, now):
    with refused("in the future"):
        opened(world, act_on=today(world, 1))
    case = opened(world)
    world.victim(case, birth_year=2010)
    with refused("in the future"):
        files.describe(case, act_on=today(world, 1), by=world.rina, at=now)
    with refused("year of birth"):
        files.describe(case, act_on=datetime(2009, 1, 1).date(), by=world.rina, at=now)
    files.describe(case, act_on=today(world), by=world.rina, at=now)
    assert world.anew(case).act_on == today(world)


def test_who_is_trafficked_again_has_a_new_case_that_names_the_earlier_one(world, now):
    case = opened(world, kinds=["unpaid_work"])
    victim, other = world.victim(case), world.victim(case, name="Mawar")
    exclusions.keep_out(case, agency=world.police, by=world.yanti, at=now)
    with refused("has not ended"):
        files.open_recurrence(case, victims=[victim.pk], by=world.rina, at=now)
    over(world, case)
    for nobody in ([], [world.victim(opened(world)).pk]):
        with refused("who was trafficked again"):
            files.open_recurrence(case, victims=nobody, by=world.rina, at=now)
    new = victims.begin_again(case, who=[victim.pk], by=world.rina, at=now)
    assert (new.earlier, new.kinds, new.agency) == (case, ["unpaid_work"], world.uptd)
    assert [part.person for part in new.involvements.all()] == [victim.person]
    assert other.person not in {part.person for part in new.involvements.all()}
    assert exclusions.keeps_out(new, world.police)
    assert {(e.file, *e.facts) for e in Entry.objects.filter(act="case.recurred")} == {
        (f"cases.case:{new.pk}", "earlier"), (f"cases.case:{case.pk}", "later")}  # fmt: skip


def test_a_file_that_was_closed_is_closed_when_it_begins_again(world, now):
    case = opened(world)
    victim = world.victim(case, childhood="adult")
    files.close_access(case, by=world.rina, at=now)
    new = victims.begin_again(over(world, case), who=[victim.pk], by=world.rina, at=now)
    assert new.is_closed_access
    assert access.case_for(world.rina, new.number, at=now)


@pytest.mark.parametrize(
    ("childhood", "birth_year", "now_counts"),
    [("child", 2010, "disputed"), ("child", 2000, ""), ("disputed", None, "disputed"), ("adult", 1990, "")],
)
def test_who_was_a_child_then_may_be_none_now(world, now, childhood, birth_year, now_counts):
    case = opened(world)
    victim = world.victim(case, childhood=childhood, birth_year=birth_year)
    new = victims.begin_again(over(world, case), who=[victim.pk], by=world.rina, at=now)
    assert new.involvements.get().childhood == now_counts


def test_a_case_is_handed_over_with_its_clocks_referrals_and_without_its_officers(world, now):
    referral = sent(world, world.case())
    case = referral.case
    files.assign(case, officer=world.rina, by=world.rina, at=now)
    guest = files.assign(case, officer=world.agus, by=world.rina, at=now)
    files.hand_over(case, to=world.uptd_province, by=world.yanti, at=now)
    assert list(case.assignments.filter(until_at=None)) == [guest]
    assert not Case.objects.visible_to(world.rina, at=now).exists()
    assert Case.objects.visible_to(world.lina, at=now).get() == case
    assert world.owed("report_to_police", on=case).owed_by == world.uptd_province
    assert world.owed("answer_referral", on=referral).watched_by == world.uptd_province
    assert list(Referral.objects.visible_to(world.lina)) == [referral]
    assert not Referral.objects.visible_to(world.rina).exists()
    referrals.decline(world.anew(referral), reason="no_capacity", by=world.budi, at=now)
    assert world.owed("refer_again", on=referral.service).owed_by == world.uptd_province


def test_a_case_goes_only_where_somebody_can_keep_it(world, now):
    referral = sent(world, world.case())
    case = referral.case
    world.uptd_sambas.ended_on = now.date()
    for to, says in (
        (world.uptd, "keeps the case already"), (world.police, "Nobody at"), (world.uptd_sambas, "Nobody at"),
    ):  # fmt: skip
        with refused(says):
            files.hand_over(case, to=to, by=world.yanti, at=now)
    keeper = an_officer(world, "ratna", world.dinsos, "case_manager")
    with refused("referral of this case to answer"):
        files.hand_over(case, to=world.dinsos, by=world.yanti, at=now)
    exclusions.keep_out(case, agency=world.uptd_province, by=world.yanti, at=now)
    with refused("kept out"):
        files.hand_over(case, to=world.uptd_province, by=world.yanti, at=now)
    referrals.withdraw(referral, by=world.rina, at=now)
    files.hand_over(case, to=world.dinsos, by=world.yanti, at=now)
    assert Case.objects.visible_to(keeper, at=now).get() == case


def test_a_closed_file_goes_only_where_somebody_can_let_officers_in(world, now):
    case = world.case()
    world.victim(case, childhood="child")
    with refused("head of the unit here"):
        files.hand_over(world.anew(case), to=world.uptd_province, by=world.yanti, at=now)
    head = world.lead_of_province()
    files.hand_over(world.anew(case), to=world.uptd_province, by=world.yanti, at=now)
    assert Case.objects.visible_to(head, at=now).get() == case


@pytest.mark.parametrize("who", ["rina", "lina", "siti", "budi", "dewi", "tono"])
def test_a_case_leaves_the_agency_by_its_head_alone(world, now, who):
    with refused("Only the head of the unit"):
        files.hand_over(opened(world), to=world.uptd_province, by=getattr(world, who), at=now)


def lists_of(officer, case, at):
    """Where an officer meets a case: by name of the list."""
    return {
        "open": Case.objects.visible_to(officer, at=at).filter(pk=case.pk).exists(),
        "listed": queries.case_list(officer, at=at).filter(pk=case.pk).exists(),
        "found": queries.involving(officer, "melati", at=at).filter(case=case).exists(),
        "referrals": queries.referral_list(officer).filter(case=case).exists(),
    }


def test_closed_access_hides_the_case_from_the_own_agency_but_its_head_and_who_is_assigned(world, now):
    nina = an_officer(world, "nina", world.uptd, "case_manager")
    referral = sent(world, world.case())
    case = referral.case
    everywhere = dict.fromkeys(lists_of(nina, case, now), True)
    nowhere = dict.fromkeys(everywhere, False)
    assert lists_of(nina, case, now) == everywhere
    files.close_access(case, by=world.rina, at=now)
    assert lists_of(nina, case, now) == nowhere
    for officer in (world.rina, world.yanti):
        assert lists_of(officer, case, now) == everywhere
    for door in (access.case_for, access.case_to_change):
        with pytest.raises(NotFound):
            door(nina, case.number, at=now)
    with pytest.raises(NotFound):
        access.referral_for(nina, referral.pk, at=now)
    with pytest.raises(NotFound):
        access.referral_to_answer(nina, referral.pk)
    assert access.referral_for(world.budi, referral.pk, at=now), "the other agency answers it all the same"
    files.assign(case, officer=nina, by=world.yanti, at=now)
    assert lists_of(nina, case, now) == everywhere


def test_who_closes_the_file_stays_in_and_who_opened_it(world, now):
    case = opened(world)
    nina = an_officer(world, "nina", world.uptd, "case_manager")
    files.close_access(case, by=nina, at=now)
    files.close_access(case, by=nina, at=now)
    assert {a.officer for a in case.assignments.all()} == {nina, world.rina}
    assert Entry.objects.filter(act="case.access_changed").count() == 1


def test_a_guest_who_closes_the_file_is_assigned_once(world, now):
    case = opened(world)
    files.assign(case, officer=world.agus, by=world.rina, at=now)
    files.close_access(case, by=world.agus, at=now)
    assert case.assignments.filter(officer=world.agus).count() == 1
    assert case.assignments.filter(officer=world.rina).count() == 1


def test_a_file_with_a_child_is_not_opened_and_another_is(world, now):
    case = opened(world)
    victim = world.victim(case, childhood="disputed")
    case = world.anew(case)
    with refused("A child is among the victims"):
        files.open_access(case, by=world.rina, at=now)
    victims.correct(victim, childhood="adult", by=world.rina, at=now)
    files.open_access(case, by=world.rina, at=now)
    assert not world.anew(case).is_closed_access


def test_an_intake_officer_who_opened_a_case_of_a_child_stays_in_it(world, now):
    case = world.case(by=world.lina)
    world.victim(case, by=world.lina, childhood="child")
    assert access.case_for(world.lina, case.number, at=now)


def test_who_leaves_the_file_of_a_child_is_out(world, now):
    case = opened(world)
    world.victim(case, childhood="child")
    case = world.anew(case)
    files.release(case.assignments.get(officer=world.rina), by=world.yanti, at=now)
    with pytest.raises(NotFound):
        access.case_for(world.rina, case.number, at=now)
    assert access.case_for(world.yanti, case.number, at=now)
