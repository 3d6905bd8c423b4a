"""A breach of personal data: within 72 hours the people affected and the authority are told (UU 27/2022 Art. 46)."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import access, referrals, victims
from simpul.intake import access as report_access
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.obligations.policy import check_may_meet, check_may_waive
from simpul.obligations.rules import rule
from simpul.privacy import breaches
from simpul.privacy.access import affected_list
from simpul.privacy.queries import affected_by, breaches_for
from tests.privacy.conftest import Privacy


@pytest.fixture
def privacy(world):
    return Privacy(world)


def noted(world, *, by=None, **more):
    told = {"kinds": ["identity", "child"], "discovered_at": world.at, "how": "Telepon petugas hilang."} | more
    return breaches.note(by=by or world.yanti, at=world.later(hours=3), **told)


def test_the_72_hours_run_from_the_discovery(world):
    breach = noted(world)
    owed = world.owed("notify_breach", on=breach)
    assert (owed.owed_by, owed.limit_at) == (world.uptd, world.later(hours=72))
    assert rule("notify_breach").legal_basis == "UU 27/2022 Art. 46"
    assert breach.number == "B-2026-0001"


def test_the_clock_is_met_when_everybody_and_the_authority_were_told(privacy, world):
    other = world.victim(privacy.case, name="Kenanga")
    breach = noted(world)
    assert breaches.list_files(breach, [privacy.case.number], by=world.yanti, at=world.at) == 2
    first, second = breach.affected.order_by("pk")
    who = {"by": world.yanti, "at": world.later(hours=40)}
    breaches.tell_authority(breach, authority="Surat 12/2026", told_at=world.later(hours=20), **who)
    breaches.tell(first, how="Surat diserahkan pendamping", told_at=world.later(hours=30), **who)
    assert world.owed("notify_breach", on=breach)
    breaches.leave_untold(second, because="endangers", how="Suaminya membaca surat", **who)
    met = Obligation.objects.get(rule="notify_breach")
    assert (met.state, met.was_met_in_time, met.settled_at) == ("met", True, world.later(hours=30))
    assert world.anew(breach).state == "notified"
    assert {row.person_id for row in (first, second)} == {privacy.person.pk, other.person.pk}


def test_nobody_can_tick_the_clock_off(privacy, world):
    for clock in (world.owed("notify_breach", on=noted(world)), world.owed("give_access_to_data", on=privacy.asked())):
        for check in (check_may_meet, check_may_waive):
            with pytest.raises(NotAllowed):
                check(clock, by=world.yanti)


def test_the_list_is_made_from_what_an_officer_opened_between_two_moments(privacy, world):
    case, at = privacy.case, world.at
    named_only = world.case()
    part = world.victim(named_only, name="Kenanga")
    world.victim(named_only, name="Cempaka")
    untouched = world.victim(world.case(), name="Seroja")
    told = world.report(contact="0812 5555 0101")
    access.case_for(world.rina, case.number, at=at)
    victims.read_identity(part, fields=["name"], by=world.rina, at=at)
    report_access.read(told, by=world.rina, at=at)
    victims.read_identity(untouched, fields=["name"], by=world.rina, at=world.later(hours=9))
    breach = noted(world)
    breaches.list_openings(breach, officer=world.rina, since=world.later(hours=-1), until=world.later(hours=1),
                           by=world.yanti, at=world.later(hours=10))  # fmt: skip
    rows = breach.affected.all()
    assert {row.person_id for row in rows if row.person_id} == {privacy.person.pk, part.person.pk}
    assert {row.report_id for row in rows if row.report_id} == {told.pk}


def test_of_a_referral_only_the_person_it_is_about_is_listed(privacy, world):
    world.victim(privacy.case, name="Kenanga")
    service = world.service(privacy.part)
    sent = referrals.send(service, to=world.dinsos, need="x", fields=["name"], basis="vital_interests",
                          basis_reason="Bahaya", by=world.rina, at=world.at)  # fmt: skip
    access.referral_for(world.budi, sent.pk, at=world.at)
    breach = noted(world, by=world.wulan)
    breaches.list_openings(breach, officer=world.budi, since=world.later(hours=-1), until=world.later(hours=1),
                           by=world.wulan, at=world.later(hours=10))  # fmt: skip
    assert [row.person_id for row in breach.affected.all()] == [privacy.person.pk]


def test_somebody_found_late_has_a_clock_of_the_own(privacy, world):
    breach = noted(world)
    breaches.list_files(breach, [privacy.case.number], by=world.yanti, at=world.at)
    who = {"by": world.yanti, "at": world.later(hours=4)}
    breaches.tell(breach.affected.get(), how="Surat", told_at=world.later(hours=4), **who)
    breaches.tell_authority(breach, authority="Surat", told_at=world.later(hours=4), **who)
    assert world.owed("notify_breach", on=breach) is None
    late = world.victim(world.case(), name="Kenanga")
    breaches.list_files(breach, [late.case.number], by=world.yanti, at=world.later(days=9))
    assert world.owed("notify_breach", on=breach).limit_at == world.later(days=12)


@pytest.mark.parametrize("name", ["rina", "budi", "dewi", "tono"])
def test_only_who_handles_breaches_learns_of_one(world, name):
    breach, officer = noted(world), getattr(world, name)
    assert list(breaches_for(world.yanti)) == [breach]
    assert list(breaches_for(officer)) == []
    with pytest.raises(NotAllowed):
        noted(world, by=officer)
    with pytest.raises(NotAllowed):
        breaches.contain(breach, measures="x", by=officer, at=world.at)


def test_a_head_of_a_unit_lists_and_sees_the_own_files_only(privacy, world):
    lead = world.siti
    lead.role = "supervisor"
    lead.save(update_fields=["role"])
    breach = noted(world, by=world.wulan)
    breaches.list_files(breach, [privacy.case.number], by=world.wulan, at=world.at)
    assert list(breaches_for(lead)) == []
    assert list(affected_by(breach, lead)) == []
    assert affected_by(breach, world.yanti).count() == 1
    with pytest.raises(NotAllowed):
        breaches.list_files(breach, [privacy.case.number], by=lead, at=world.at)
    with pytest.raises(NotAllowed):
        breaches.tell(breach.affected.get(), how="x", told_at=world.later(hours=1), by=lead, at=world.later(hours=2))


def test_a_file_that_hides_from_an_officer_is_not_on_the_list(privacy, world):
    breach = noted(world)
    breaches.list_files(breach, [privacy.case.number], by=world.yanti, at=world.at)
    assert affected_by(breach, world.wulan).count() == 1
    exclusions.keep_out(privacy.case, officer=world.wulan, by=world.yanti, at=world.at)
    assert affected_by(breach, world.wulan).count() == 0
    with pytest.raises(NotAllowed):
        breaches.list_files(breach, [privacy.case.number], by=world.wulan, at=world.at)


def test_taking_the_list_along_is_written_down(privacy, world):
    breach = noted(world)
    breaches.list_files(breach, [privacy.case.number], by=world.yanti, at=world.at)
    assert len(affected_list(world.yanti, breach, at=world.at)) == 1
    entry = Entry.objects.get(act=Act.BREACH_LIST_READ)
    assert (entry.officer_id, entry.facts) == (world.yanti.pk, {"count": 1})


def test_a_breach_is_closed_when_it_is_stopped_and_all_know(privacy, world):
    breach = noted(world)
    who = {"by": world.yanti, "at": world.later(hours=4)}
    with pytest.raises(NotAllowed):
        breaches.close(breach, **who)
    breaches.contain(breach, measures="Telepon dihapus dari jauh.", **who)
    breaches.list_files(breach, [privacy.case.number], **who)
    with pytest.raises(NotAllowed):
        breaches.close(breach, **who)
    breaches.tell(breach.affected.get(), how="Surat", told_at=world.later(hours=4), **who)
    breaches.tell_authority(breach, authority="Surat", told_at=world.later(hours=4), **who)
    breaches.close(breach, **who)
    with pytest.raises(NotAllowed):
        breaches.contain(breach, measures="x", **who)


def test_what_was_a_false_alarm_owes_nothing_more(world):
    breach = noted(world)
    breaches.contain(breach, measures="Telepon ditemukan, tidak terbuka.", by=world.yanti, at=world.at)
    breaches.close(breach, by=world.yanti, at=world.at)
    assert Obligation.objects.get(rule="notify_breach").state == "waived"
