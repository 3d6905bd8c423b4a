"""Decisions on a report: each by name, once, and with everything that hangs on it."""

from functools import partial

import pytest

from simpul.agencies import exclusions
from simpul.cases import files
from simpul.cases.models import Case
from simpul.intake import access, reports, tracking, triage
from simpul.intake.models import Message, Report
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401

STRANGERS = ["siti", "budi", "agus", "dewi", "tono", "wulan"]


def decisions(world, report):
    """Every decision on a report, ready to be made by somebody."""
    other = world.report()
    return {
        "ask": partial(triage.ask, report, text="Di mana?"),
        "write": partial(triage.write, report, text="Halo."),
        "accept": partial(triage.accept, report),
        "pass_on": partial(triage.pass_on, report, note="Polresta"),
        "merge": partial(triage.merge, report, into=other),
        "set_aside": partial(triage.set_aside, report, because="not_a_report"),
    }


@pytest.mark.parametrize("act", ["ask", "write", "accept", "pass_on", "merge", "set_aside"])
@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_decides_nothing_and_leaves_nothing(world, now, act, who):
    report = world.report()
    decide = decisions(world, report)[act]
    entries = Entry.objects.count()
    with pytest.raises(NotAllowed):
        decide(by=getattr(world, who), at=now)
    assert Entry.objects.count() == entries
    assert not Message.objects.exists()
    assert not Case.objects.exists()
    decide(by=world.rina, at=now)
    assert Entry.objects.count() > entries


@pytest.mark.parametrize("act", ["ask", "accept", "pass_on", "merge", "set_aside"])
def test_every_decision_meets_the_clock_of_triage(world, act):
    report = world.report(danger="yes_now")
    assert world.owed("triage_danger", on=report)
    decisions(world, report)[act](by=world.rina, at=world.later(minutes=30))
    assert world.owed("triage_danger", on=report) is None


@pytest.mark.parametrize("act", ["accept", "pass_on", "merge", "set_aside"])
def test_who_decides_second_is_told_so(world, now, act):
    report = world.report()
    stale = world.anew(report)
    triage.set_aside(report, because="not_a_report", by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        decisions(world, stale)[act](by=world.lina, at=now)


def test_a_question_keeps_the_report_in_the_queue(world, now):
    report = world.report()
    triage.ask(report, text="Di mana?", by=world.rina, at=now)
    assert report.status == Report.Status.QUESTION
    assert report in Report.objects.visible_to(world.rina).waiting()
    triage.ask(report, text="Siapa?", by=world.rina, at=now)
    assert Message.objects.count() == 2


def test_an_empty_message_is_not_sent(world, now):
    with pytest.raises(NotAllowed):
        triage.ask(world.report(), text=" \n", by=world.rina, at=now)
    assert not Message.objects.exists()


def test_an_answer_meets_what_the_desk_owes_the_reporter(world, now):
    report = world.report()
    reports.add_message(report, text="Halo?", at=now)
    triage.write(report, text="Kami di sini.", by=world.rina, at=world.later(hours=1))
    assert world.owed("answer_reporter", on=report) is None


def test_a_case_begins_with_the_facts_of_its_report(world, now):
    report = world.report(danger="yes_now", children="yes", kinds=["sexual"])
    case = triage.accept(report, by=world.rina, at=now)
    assert (case.agency, case.place_id, case.kinds) == (world.uptd, report.place_id, ["sexual"])
    assert (case.has_children, case.is_sexual, case.in_danger) == (True, True, True)
    assert case.summary.opened() == ""
    assert report.case == case


def test_a_further_report_adds_its_facts_to_the_case(world, now):
    case = world.case(kinds=["unpaid_work"])
    triage.accept(world.report(children="yes", kinds=["sexual"]), into=case, by=world.rina, at=now)
    case = world.anew(case)
    assert case.kinds == ["sexual", "unpaid_work"]
    assert case.has_children
    assert case.is_sexual
    assert not case.in_danger
    assert case.reports.count() == 2


def test_a_report_is_not_accepted_into_somebody_elses_case(world, now):
    case = world.case()
    report = world.report()
    with pytest.raises(NotAllowed):
        triage.accept(report, into=case, by=world.lina, at=now)
    files.assign(case, officer=world.lead_of_province(), by=world.rina, at=now)
    assert triage.accept(world.anew(report), into=case, by=world.lina, at=now) == case


def test_a_report_is_not_buried_in_a_case_that_has_ended(world, now):
    case = world.case()
    files.move(case, to="cancelled", by=world.rina, at=now)
    with pytest.raises(NotAllowed, match=case.number):
        triage.accept(world.report(), into=case, by=world.rina, at=now)


def test_a_report_is_not_accepted_into_a_case_of_the_agency_it_is_about(world, now):
    case = world.case()
    report = world.report(involves=["uptd_ppa"])
    files.assign(case, officer=world.lead_of_province(), by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        triage.accept(report, into=case, by=world.lina, at=now)
    assert not exclusions.of(case).exists()


def test_a_report_passed_to_another_agency_waits_there_anew(world, now):
    report = world.report()
    triage.pass_on(report, to=world.uptd_sambas, by=world.rina, at=world.later(hours=3))
    report = world.anew(report)
    assert (report.agency, report.status, report.decided_by) == (world.uptd_sambas, Report.Status.RECEIVED, None)
    assert world.owed("triage", on=report).opened_at == world.later(hours=3)
    assert access.report_for(world.siti, report.number) == report


def test_a_report_passed_outside_says_to_whom(world, now):
    report = world.report()
    with pytest.raises(NotAllowed):
        triage.pass_on(report, note=" ", by=world.rina, at=now)
    triage.pass_on(report, note="Polresta Pontianak, Ipda Y", by=world.rina, at=now)
    assert report.status == Report.Status.PASSED_ON
    assert world.anew(report).note.opened() == "Polresta Pontianak, Ipda Y"


def test_a_report_is_not_passed_where_nobody_would_read_it(world, now):
    report = world.report()
    with pytest.raises(NotAllowed):
        triage.pass_on(report, to=world.dinsos, by=world.rina, at=now)
    world.uptd_sambas.ended_on = now.date()
    with pytest.raises(NotAllowed):
        triage.pass_on(report, to=world.uptd_sambas, by=world.rina, at=now)


def test_a_report_is_not_passed_to_an_agency_it_is_about(world, now):
    report = world.report(involves=["uptd_ppa"])
    with pytest.raises(NotAllowed):
        triage.pass_on(report, to=world.uptd_sambas, by=world.lina, at=now)


def test_reports_are_not_merged_in_a_circle(world, now):
    first, second, third = (world.report() for _i in range(3))
    triage.merge(first, into=second, by=world.rina, at=now)
    triage.merge(second, into=third, by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        triage.merge(third, into=world.anew(first), by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        triage.merge(third, into=third, by=world.rina, at=now)
    assert tracking.status_code(world.anew(first)) == Report.Status.RECEIVED


def test_a_report_merged_into_a_merged_one_follows_the_last(world, now):
    first, second, third = (world.report() for _i in range(3))
    triage.merge(second, into=third, by=world.rina, at=now)
    triage.merge(first, into=world.anew(second), by=world.rina, at=now)
    assert world.anew(first).merged_into == third


def test_merged_reports_come_along_into_the_case(world, now):
    first, second, third = (world.report() for _i in range(3))
    triage.merge(first, into=second, by=world.rina, at=now)
    triage.merge(second, into=third, by=world.rina, at=now)
    case = triage.accept(world.anew(third), by=world.rina, at=now)
    assert set(case.reports.all()) == {first, second, third}


def test_whoever_is_kept_out_of_one_merged_report_is_kept_out_of_both(world, now):
    about_police, other = world.report(involves=["police"]), world.report()
    assert not exclusions.keeps_out(other, world.police)
    triage.merge(about_police, into=other, by=world.rina, at=now)
    assert exclusions.keeps_out(other, world.police)
    one, another = world.report(), world.report(involves=["police"])
    triage.merge(one, into=another, by=world.rina, at=now)
    assert exclusions.keeps_out(one, world.police)


def test_a_report_about_an_agency_is_not_merged_into_one_that_this_agency_reads(world, now):
    about, read_by_rina = world.report(involves=["uptd_ppa"]), world.report()
    with pytest.raises(NotAllowed):
        triage.merge(about, into=read_by_rina, by=world.lina, at=now)
    triage.merge(read_by_rina, into=world.anew(about), by=world.lina, at=now)
    assert not Report.objects.visible_to(world.rina).exists()


def test_a_report_is_set_aside_only_for_a_reason_of_the_list(world, now):
    report = world.report()
    with pytest.raises(NotAllowed):
        triage.set_aside(report, because="Melati berbohong", by=world.rina, at=now)
    triage.set_aside(report, because="not_trafficking", note="Sengketa upah", by=world.rina, at=now)
    assert (report.status, report.reason) == (Report.Status.SET_ASIDE, "not_trafficking")


@pytest.mark.parametrize("act", ["pass_on", "merge", "set_aside"])
def test_a_decision_can_be_undone_and_the_clock_runs_anew(world, act):
    report = world.report()
    decisions(world, report)[act](by=world.rina, at=world.later(hours=1))
    assert not world.anew(report).is_undecided
    triage.take_up_again(report, by=world.rina, at=world.later(hours=2))
    report = world.anew(report)
    assert report.is_undecided
    assert (report.merged_into, report.case, report.reason, report.decided_by) == (None, None, "", None)
    assert world.owed("triage", on=report).opened_at == world.later(hours=2)


def test_a_report_taken_up_again_leaves_the_case_of_the_other(world, now):
    first, second = world.report(), world.report()
    triage.merge(first, into=second, by=world.rina, at=now)
    case = triage.accept(world.anew(second), by=world.rina, at=now)
    triage.take_up_again(world.anew(first), by=world.rina, at=now)
    assert list(case.reports.all()) == [second]


def test_an_acceptance_is_not_undone(world, now):
    case = world.case()
    with pytest.raises(NotAllowed):
        triage.take_up_again(case.reports.get(), by=world.rina, at=now)


def test_a_decision_does_not_take_back_what_the_reporter_did_meanwhile(world, now):
    report = world.report()
    seen = world.anew(report)
    mine = tracking.report_of(report.receipt)
    reports.add_message(mine, text="Tolong.", at=now)
    reports.receipt_saved(mine, at=now)
    triage.set_aside(seen, because="not_a_report", by=world.rina, at=now)
    assert world.anew(report).unread == 1
    assert world.anew(report).receipt_saved_at == now


def test_the_journal_tells_the_decision_in_codes_and_numbers(world, now):
    for decide in decisions(world, world.report("Namanya Melati.")).values():
        try:
            decide(by=world.rina, at=now)
        except NotAllowed:
            continue
    assert "Melati" not in " ".join(str(entry.facts) for entry in Entry.objects.all())


def test_of_two_officers_who_accept_at_once_one_opens_the_case(lasting, now):  # noqa: F811
    report = lasting.report()
    acts = [partial(triage.accept, lasting.anew(report), by=by, at=now) for by in (lasting.rina, lasting.lina)]
    results = at_once(*acts)
    assert sorted(type(result).__name__ for result in results) == ["Case", "NotAllowed"]
    assert Case.objects.count() == 1


def test_two_reports_merged_into_each_other_at_once_do_not_end_in_a_circle(lasting, now):  # noqa: F811
    one, other = lasting.report(), lasting.report()
    acts = [
        partial(triage.merge, lasting.anew(first), into=lasting.anew(second), by=lasting.rina, at=now)
        for first, second in ((one, other), (other, one))
    ]
    results = at_once(*acts)
    assert sorted(str(type(result).__name__) for result in results) == ["NoneType", "NotAllowed"]
    assert Report.objects.exclude(merged_into=None).count() == 1
