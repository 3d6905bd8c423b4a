"""The reported person may be an official: the agency that is reported finds nothing, anywhere."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import access as case_access
from simpul.cases import emergency, files, referrals
from simpul.cases.models import Case, Referral
from simpul.cases.queries import case_list, involving, referral_list, waiting_for
from simpul.intake import access, attachments, duplicates, jobs, queries, reports, tracking, triage
from simpul.intake.models import Report
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations import book
from simpul.obligations.queries import escalated_to, owed_now

REASON = "Korban tidak sadar di UGD, keluarganya harus dihubungi."


def findings(world, officer, *, like, number, attachment, telephone):
    """Everything an officer could find of a report, by every way there is."""
    found = {
        "queue": queries.queue(officer).filter(number=number).exists(),
        "list": queries.report_list(officer).filter(number=number).exists(),
        "number": queries.report_list(officer, text=number).exists(),
        "telephone": queries.report_list(officer, text=telephone).filter(number=number).exists(),
        "messages": queries.with_new_messages(officer).filter(number=number).exists(),
        "duplicates": any(one.report.number == number for one in duplicates.like(like, officer)),
        "today": owed_now(officer).filter(number=number).exists(),
        "escalated": escalated_to(officer).filter(number=number).exists(),
    }
    for way, look in {
        "report": lambda: access.report_for(officer, number),
        "attachment": lambda: access.attachment_for(officer, attachment.pk),
        "file": lambda: attachments.take(attachment, by=officer, at=world.at),
    }.items():
        try:
            found[way] = bool(look())
        except NotFound:
            found[way] = False
    return {way for way, was_found in found.items() if was_found}


def test_a_unit_that_is_reported_finds_nothing_of_the_report(world, now):
    pdf = attachments.prepare(b"%PDF-1")
    seen = world.report(danger="yes_now", contact="0812 5555 0101", files=[pdf])
    hidden = world.report(danger="yes_now", contact="0812 5555 0101", files=[pdf], involves=["uptd_ppa"])
    for report in (seen, hidden):
        reports.add_message(report, text="Tolong.", at=now)
    jobs.index_contacts(at=now)
    book.let_time_pass(at=world.later(hours=2))
    like = world.anew(world.report(contact="0812 5555 0101"))
    jobs.index_contacts(at=now)
    for officer in (world.rina, world.yanti):
        for report, ways in ((seen, 10), (hidden, 0)):
            what = {"like": world.anew(like), "number": report.number, "attachment": report.attachments.get(),
                    "telephone": "081255550101"}  # fmt: skip
            assert len(findings(world, officer, **what)) >= ways
            if not ways:
                assert findings(world, officer, **what) == set()
    assert access.report_for(world.lina, hidden.number)


def test_the_case_that_grows_from_it_stays_unknown_too(world, now):
    report = world.report(involves=["social"])
    case = triage.accept(report, by=world.rina, at=now)
    victim = world.victim(case, name="Melati Kusuma")
    service = world.service(victim)
    with pytest.raises(NotAllowed):
        referrals.send(service, to=world.dinsos, need="x", fields=[], basis="vital_interests", basis_reason="x",
                       by=world.rina, at=now)  # fmt: skip
    with pytest.raises(NotAllowed):
        files.assign(case, officer=world.budi, by=world.rina, at=now)
    with pytest.raises(NotFound):
        emergency.break_glass(case.number, reason=REASON, by=world.budi, at=now)
    assert not case_list(world.budi, at=now).exists()
    assert not involving(world.budi, "melati", at=now).exists()
    assert not owed_now(world.budi).exists()
    assert case_access.case_for(world.rina, case.number, at=now)


def test_what_was_open_before_closes_when_somebody_is_kept_out(world, now):
    case = world.case()
    victim = world.victim(case, name="Melati Kusuma")
    files.assign(case, officer=world.budi, by=world.rina, at=now)
    referral = referrals.send(
        world.service(victim), to=world.dinsos, need="x", fields=["name"], basis="vital_interests", basis_reason="x",
        by=world.rina, at=now,
    )  # fmt: skip
    emergency.break_glass(case.number, reason=REASON, by=world.budi, at=now)

    def ways():
        return [
            Case.objects.visible_to(world.budi, at=now).exists(),
            Referral.objects.visible_to(world.budi).exists(),
            waiting_for(world.budi).exists(),
            referral_list(world.budi).exists(),
            involving(world.budi, "melati", at=now).exists(),
            owed_now(world.budi).exists(),
        ]

    assert all(ways())
    reports.keep_out(case.reports.get(), agency=world.dinsos, by=world.yanti, at=now)
    assert not any(ways())
    with pytest.raises(NotAllowed):
        referrals.accept(world.anew(referral), by=world.budi, at=now)


def test_one_officer_of_the_own_unit_can_be_kept_out_alone(world, now):
    report = world.report()
    exclusions.keep_out(report, officer=world.rina, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        access.report_for(world.rina, report.number)
    assert not owed_now(world.rina).exists()
    assert access.report_for(world.yanti, report.number)
    assert owed_now(world.yanti).exists()


def test_an_office_the_reporter_names_only_afterwards_is_shut_out_from_then_on(world, now):
    token = "0123456789abcdef" * 2
    told = {"statement": "Petugas ikut terlibat.", "place": "61.07.07.2001"}
    report, receipt = reports.receive(reports.Told(**told), token=token, at=now)
    assert Report.objects.visible_to(world.rina).exists()
    reports.receive(reports.Told(**told, involves=["uptd_ppa"]), token=token, at=world.later(minutes=3))
    assert not Report.objects.visible_to(world.rina).exists()
    assert not owed_now(world.rina).exists()
    assert tracking.report_of(receipt).agency == world.uptd_province
    assert world.owed("triage", on=report).owed_by == world.uptd_province
