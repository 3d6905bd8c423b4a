"""What UU 27/2022 owes a person whose data are kept: an answer in time, the list of readers, restriction."""

import pytest

from simpul.agencies import exclusions, people
from simpul.agencies.roles import Role
from simpul.cases import access, referrals, victims
from simpul.documents import records
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import access as list_access
from simpul.migrants.models import Notice, Returnee
from simpul.obligations.rules import rule
from simpul.persons import consents
from simpul.privacy import copies, readings, requests
from tests.documents.reading import squeezed, words
from tests.privacy.conftest import Homecoming, Privacy


@pytest.fixture
def privacy(world):
    return Privacy(world)


@pytest.fixture
def home(world):
    return Homecoming(world)


@pytest.mark.parametrize(
    ("kind", "clock", "article"),
    [
        ("access", "give_access_to_data", "32"),
        ("correct", "correct_data", "30"),
        ("withdraw", "stop_after_withdrawal", "40"),
        ("restrict", "restrict_processing", "41"),
    ],
)
def test_a_request_is_answered_within_72_hours_of_when_it_was_received(privacy, world, kind, clock, article):
    """UU 27/2022 Art. 30, 32, 40, 41: 3 x 24 hours."""
    request = requests.record(
        privacy.person, case=privacy.case, kind=kind, words="Mohon dijawab.", asked_by="person",
        received_at=world.at, by=world.rina, at=world.later(hours=5),
    )  # fmt: skip
    owed = world.owed(clock, on=request)
    assert (owed.owed_by, owed.limit_at) == (world.uptd, world.later(hours=72))
    assert rule(clock).legal_basis == f"UU 27/2022 Art. {article}"
    requests.answer(request, words="Sudah.", by=world.rina, at=world.later(hours=71))
    assert world.owed(clock, on=request) is None


def test_the_person_learns_who_opened_the_file_and_which_fields_were_read(privacy, world):
    """UU 27/2022 Art. 32."""
    access.case_for(world.yanti, privacy.case.number, at=world.at)
    victims.read_identity(privacy.part, fields=["name", "phone"], by=world.rina, at=world.later(minutes=1))
    service = world.service(privacy.part)
    referrals.send(service, to=world.dinsos, need="Pendampingan", fields=["name"], basis="vital_interests",
                   basis_reason="Bahaya", by=world.rina, at=world.later(minutes=2))  # fmt: skip
    referral = service.referrals.get()
    access.referral_for(world.budi, referral.pk, at=world.later(minutes=3))
    told = readings.readings_for(privacy.asked(), by=world.rina)
    by_whom = [(one.officer, one.agency, one.what) for one in told]
    assert ("Yanti Sari", "UPTD PPA Bengkayang", str(Act.CASE_READ.label)) in by_whom
    assert ("Budi Hartono", "Dinas Sosial Bengkayang", str(Act.REFERRAL_READ.label)) in by_whom
    assert ("Rina Wati", "UPTD PPA Bengkayang", str(Act.REFERRAL_SENT.label)) in by_whom
    read = next(one for one in told if len(one.fields) == 2)
    assert (read.officer, read.role) == ("Rina Wati", str(Role.CASE_MANAGER.label))
    assert set(read.fields) == {"Nama", "Nomor telepon"}
    assert told == sorted(told, key=lambda one: one.at, reverse=True)


def test_the_list_tells_nothing_of_other_people_other_files_or_the_reporter(privacy, world):
    other = world.victim(privacy.case, name="Kenanga")
    victims.read_identity(other, fields=["passport"], by=world.rina, at=world.at)
    elsewhere = world.case()
    victims.add(elsewhere, part="witness", person=privacy.person, by=world.rina, at=world.at)
    part = elsewhere.involvements.get()
    victims.read_identity(part, fields=["aliases"], by=world.rina, at=world.at)
    assert Entry.objects.filter(act=Act.IDENTITY_READ).count() == 2
    told = readings.readings_for(privacy.asked(), by=world.rina)
    assert [one for one in told if one.fields] == []


def test_whoever_is_kept_out_now_is_still_named_for_what_was_opened_before(privacy, world):
    world.yanti.role = Role.SUPERVISOR
    access.case_for(world.yanti, privacy.case.number, at=world.at)
    exclusions.keep_out(privacy.case, officer=world.yanti, by=world.lead_of_province(), at=world.at)
    people.end(world.yanti, by=None, at=world.at)
    told = readings.readings_for(privacy.asked(), by=world.rina)
    assert "Yanti Sari" in {one.officer for one in told}


def test_a_request_is_refused_for_safety_only_and_only_by_the_head_of_the_unit(privacy, world):
    """UU 27/2022 Art. 33."""
    request = privacy.asked()
    reason = "Nama petugas pendamping akan sampai kepada pelaku."
    for officer in (world.rina, world.wulan, world.lead_of_province()):
        with pytest.raises(NotAllowed):
            requests.refuse(request, reason=reason, by=officer, at=world.at)
    with pytest.raises(NotAllowed):
        requests.refuse(request, reason="tidak", by=world.yanti, at=world.at)
    assert world.owed("give_access_to_data", on=request)
    requests.refuse(request, reason=reason, by=world.yanti, at=world.later(hours=2))
    assert world.owed("give_access_to_data", on=request) is None
    assert world.anew(request).refusal.opened() == reason


def test_after_a_refusal_for_safety_the_list_is_given_to_nobody(privacy, world):
    access.case_for(world.yanti, privacy.case.number, at=world.at)
    request = privacy.asked()
    assert readings.readings_for(request, by=world.rina)
    requests.refuse(request, reason="Daftar ini membahayakan pendamping korban.", by=world.yanti, at=world.at)
    for officer in (world.rina, world.yanti):
        with pytest.raises(NotAllowed):
            readings.readings_for(world.anew(request), by=officer)


def test_a_withdrawal_of_consent_can_be_refused_by_nobody(privacy, world):
    request = privacy.asked("withdraw")
    with pytest.raises(NotAllowed):
        requests.refuse(request, reason="Kami masih membutuhkan datanya untuk perkara.", by=world.yanti, at=world.at)


def test_a_withdrawal_ends_every_consent_at_once(privacy, world):
    """UU 27/2022 Art. 40: nothing new is shared from that moment; what runs is stopped within 72 hours."""
    consents.give(privacy.person, purpose="referral", recipient=None, fields=["name"], given_by="self", by=world.rina,
                  at=world.at)  # fmt: skip
    assert consents.covering(privacy.person, recipient=world.dinsos, fields=["name"], on=world.at.date())
    consents.give(privacy.person, purpose="referral", recipient=None, fields=["nik"], given_by="other_basis",
                  basis="vital_interests", reason="Terancam", by=world.rina, at=world.at)  # fmt: skip
    privacy.asked("withdraw")
    assert privacy.person.consents.get(withdrawn_at=None).basis == "vital_interests"
    assert not consents.covering(privacy.person, recipient=world.dinsos, fields=["name"], on=world.at.date())
    with pytest.raises(NotAllowed):
        referrals.send(world.service(privacy.part), to=world.dinsos, need="Pendampingan", fields=["name"],
                       basis="consent", by=world.rina, at=world.at)  # fmt: skip


def test_while_the_use_of_data_is_restricted_nothing_goes_to_another_agency(privacy, world):
    """UU 27/2022 Art. 41."""
    service = world.service(privacy.part)
    sent = {"to": world.dinsos, "need": "Pendampingan", "fields": ["name"], "basis": "public_task",
            "basis_reason": "Layanan wajib", "by": world.rina, "at": world.at}  # fmt: skip
    requests.answer(privacy.asked("restrict"), words="Dibatasi.", by=world.rina, at=world.at)
    service.victim.person.refresh_from_db()
    with pytest.raises(NotAllowed):
        referrals.send(service, **sent)
    requests.lift_restriction(world.anew(privacy.person), case=privacy.case, by=world.rina, at=world.at)
    service.victim.person.refresh_from_db()
    assert referrals.send(service, **sent)


def test_a_stranger_records_and_answers_nothing(privacy, world):
    request = privacy.asked()
    for officer in (world.siti, world.budi, world.wulan):
        with pytest.raises(NotAllowed):
            requests.record(privacy.person, case=privacy.case, kind="access", words="?", asked_by="person",
                            received_at=world.at, by=officer, at=world.at)  # fmt: skip
        with pytest.raises(NotAllowed):
            requests.answer(request, words="ya", by=officer, at=world.at)
        with pytest.raises(NotAllowed):
            readings.readings_for(request, by=officer)


def test_who_was_sent_home_and_is_in_no_case_learns_what_is_kept_and_who_read_it(home, world):
    """UU 27/2022 Art. 32: the right belongs to whoever data are kept about, with a case or without."""
    returnee = home.returnee(remarks="Gaji tiga bulan belum dibayar")
    list_access.read_names([returnee], by=home.sekar, at=world.later(hours=1))
    kept = copies.copy_of(returnee, by=home.hadi, at=world.later(days=1))
    assert any("Gaji tiga bulan" in words for part in kept for _name, words in part.facts)
    told = readings.readings_of(returnee, by=home.hadi)
    assert "Sekar Ayu" in {one.officer for one in told}


def test_whose_data_are_restricted_comes_home_without_being_named_to_any_other_office(home, world):
    """UU 27/2022 Art. 41, against Permen P2MI 32/2025 Art. 13: the region is told how many, and not who."""
    returnee = home.returnee(name="Zulaikha Wirasentana")
    notice = Notice.objects.get(manifest=returnee.manifest)
    assert squeezed("Zulaikha") in words(records.home_notice(notice, by=home.hadi, at=world.at))
    requests.restrict(returnee, by=home.hadi, at=world.at)
    notice = Notice.objects.get(pk=notice.pk)
    text = words(records.home_notice(notice, by=home.hadi, at=world.at))
    assert squeezed("Zulaikha") not in text
    assert not Returnee.objects.visible_to(home.sekar).exists()
    assert world.owed("visit_returnee", on=returnee).owed_by == home.bp3mi
