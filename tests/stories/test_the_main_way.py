"""One report travels the whole way: sealed, triaged, a case, referred, accepted, answered, its clocks met."""

from simpul.cases import access as case_access
from simpul.cases import referrals, rights, services
from simpul.intake import access, reports, tracking, triage
from simpul.intake.models import Message, Report
from simpul.journal import chain
from simpul.journal.queries import readings_of
from simpul.obligations.models import Obligation


def test_a_report_becomes_a_case_whose_clocks_are_met(world, now):
    rina, budi = world.rina, world.budi
    report = world.report(
        "Anak tetangga dibawa agen ke Serian, paspornya ditahan.",
        danger="yes_now", children="yes", kinds=["unpaid_work"], contact="0812 5555 0101", contact_is_safe="yes",
    )  # fmt: skip

    told = access.read(access.report_for(rina, report.number), by=rina, at=now)
    assert told["statement"] == "Anak tetangga dibawa agen ke Serian, paspornya ditahan."
    triage.ask(world.anew(report), text="Apakah anak itu masih di Serian?", by=rina, at=world.later(minutes=20))

    mine = tracking.report_of(report.receipt)
    reports.add_message(mine, text="Ya, di kedai kopi.", at=world.later(hours=1))
    assert Obligation.objects.standing().filter(rule="answer_reporter").count() == 1

    case = triage.accept(
        access.report_for(rina, report.number), by=rina, at=world.later(hours=2), message="Laporan Anda kami tangani."
    )
    victim = world.victim(case, childhood="child", at=world.later(hours=2))
    police = rights.note_police_report(
        case, number="LP/B/12/VIII/2026", unit=world.police, reported_at=world.later(hours=5), by=rina,
        at=world.later(hours=6),
    )  # fmt: skip
    assert police.pk
    service = world.service(victim, at=world.later(hours=6))
    referral = referrals.send(
        service, to=world.dinsos, need="Pendampingan keluarga", fields=["name", "sex"], basis="vital_interests",
        basis_reason="Anak tanpa pendamping.", by=rina, at=world.later(hours=7),
    )  # fmt: skip
    received = case_access.referral_for(budi, referral.pk, at=world.later(hours=8))
    assert received.shared.opened() == {"name": "Melati Kusuma"}
    referrals.accept(received, by=budi, at=world.later(hours=8))
    services.move(world.anew(service), to="running", by=budi, at=world.later(hours=9))

    assert {o.rule for o in Obligation.objects.standing()} == {"first_contact", "best_interest"}
    assert all(o.was_met_in_time for o in Obligation.objects.filter(state="met"))
    assert Obligation.objects.filter(state="met", rule="report_to_police").exists()

    mine = tracking.report_of(report.receipt)
    words = [m.text.opened() for m in tracking.conversation(mine, at=world.later(days=1))]
    assert words[-1] == "Laporan Anda kami tangani."
    assert tracking.status_code(mine) == Report.Status.ACCEPTED
    assert Message.objects.filter(report=mine, sender="desk", seen_at=None).count() == 0
    assert readings_of(case).filter(officer_id=budi.pk).exists()
    assert chain.verify() == []
