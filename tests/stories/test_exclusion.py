"""The reported person may be an official: whoever is kept out learns nothing, and somebody else answers."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import access as case_access
from simpul.cases import emergency, files, queries, referrals
from simpul.cases.models import Case
from simpul.intake import access, triage
from simpul.intake.models import Report
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations.queries import owed_now, visible_to

REASON = "Korban akan dipulangkan malam ini juga."


@pytest.fixture
def about_police(world):
    """A report whose sender says that the police are involved."""
    return world.report("Polisi di pos ikut menahan paspor.", involves=["police"])


def send(world, case, now, *, to):
    victim = case.involvements.first() or world.victim(case)
    return referrals.send(
        world.service(victim, kind="social_rehabilitation"), to=to, need="Pendampingan", fields=["sex"],
        basis="vital_interests", basis_reason="Mendesak.", by=world.rina, at=now,
    )  # fmt: skip


def test_a_kind_of_agency_that_is_kept_out_finds_nothing(world, about_police, now):
    case = triage.accept(about_police, by=world.rina, at=now)
    other = world.case()

    # There is something to hide: in another case, nothing stands in the way.
    assert files.assign(other, officer=world.agus, by=world.rina, at=now)
    assert Case.objects.visible_to(world.agus, at=now).get() == other
    assert emergency.break_glass(other.number, reason=REASON, by=world.agus, at=now)

    before = Entry.objects.count()
    assert not Case.objects.visible_to(world.agus, at=now).filter(pk=case.pk).exists()
    assert not queries.case_list(world.agus, at=now).filter(pk=case.pk).exists()
    with pytest.raises(NotFound):
        case_access.case_for(world.agus, case.number, at=now)
    with pytest.raises(NotFound):
        emergency.break_glass(case.number, reason=REASON, by=world.agus, at=now)
    with pytest.raises(NotAllowed):
        send(world, case, now, to=world.police)
    assert not Entry.objects.filter(number__gt=before, officer_id=world.agus.pk).exists()


def test_nobody_of_the_kind_reads_the_report_and_the_one_above_does(world, now):
    report = world.report("Petugas UPTD meminta uang.", involves=["uptd_ppa"])
    for officer in (world.rina, world.yanti, world.siti):
        assert not Report.objects.visible_to(officer).filter(pk=report.pk).exists()
        with pytest.raises(NotFound):
            access.report_for(officer, report.number)
    assert report.agency == world.uptd_province
    assert access.report_for(world.lina, report.number).pk == report.pk
    # Without the accusation the same report is Rina's.
    assert world.report("Majikan meminta uang.").agency == world.uptd


def test_a_clock_does_not_tell_who_is_kept_out(world, now):
    case = world.case()
    assert visible_to(world.rina).in_file(f"cases.case:{case.pk}").exists()
    exclusions.keep_out(case, officer=world.rina, by=world.yanti, at=now)
    assert not owed_now(world.rina).in_file(f"cases.case:{case.pk}").exists()
    assert owed_now(world.yanti).in_file(f"cases.case:{case.pk}").exists()


def test_the_secretariat_that_is_kept_out_sees_neither_facts_nor_clocks(world, now):
    case = world.case()
    assert Case.objects.facts_visible_to(world.dewi).get() == case
    exclusions.keep_out(case, agency=world.secretariat, by=world.yanti, at=now)
    assert not Case.objects.facts_visible_to(world.dewi).exists()
    assert not visible_to(world.dewi).in_file(f"cases.case:{case.pk}").exists()
    with pytest.raises(NotFound):
        case_access.facts_for(world.dewi, case.number, at=now)


def test_a_referral_that_was_sent_before_disappears_for_who_is_kept_out(world, now):
    case = world.case()
    referral = send(world, case, now, to=world.dinsos)
    assert case_access.referral_for(world.budi, referral.pk, at=now).pk == referral.pk
    exclusions.keep_out(case, officer=world.budi, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        case_access.referral_for(world.budi, referral.pk, at=now)
    assert not queries.waiting_for(world.budi).exists()


def test_who_is_kept_out_of_a_report_is_kept_out_of_the_case_that_grows_from_it(world, about_police, now):
    case = triage.accept(about_police, by=world.rina, at=now)
    assert exclusions.keeps_out(case, world.police)


def test_whoever_was_kept_out_wrongly_finds_the_file_again(world, now):
    case = world.case()
    made = exclusions.keep_out(case, officer=world.rina, by=world.yanti, at=now)
    with pytest.raises(NotFound):
        case_access.case_for(world.rina, case.number, at=now)
    exclusions.lift(made, thing=case, by=world.yanti, at=now)
    assert case_access.case_for(world.rina, case.number, at=now) == case


def test_an_officer_does_not_decide_about_an_own_exclusion(world, about_police, now):
    made = exclusions.of(about_police).get()
    with pytest.raises(NotAllowed):
        exclusions.lift(made, thing=about_police, by=world.agus, at=now)
    assert exclusions.of(about_police).get() == made
