"""What a reporter told is read by few and each reading is known; what is lost is restored, what is erased is not."""

from base64 import b64decode

import pytest

from simpul.cases import access as case_access
from simpul.cases import referrals, victims
from simpul.confidentiality import data_keys, keys, recovery, rotation
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.opening import NoOpeningKey
from simpul.confidentiality.sealing import generation_in_use
from simpul.intake import access, reports, tracking
from simpul.intake.models import Message, Report
from simpul.journal import chain
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.persons import identities
from simpul.persons.models import Person
from simpul.persons.queries import named, numbered
from tests.confidentiality.conftest import take_up

STATEMENT = "Anak tetangga dibawa agen ke Serian, paspornya ditahan."


@pytest.fixture
def report(folder, world):
    return world.report(STATEMENT, contact="0812 5555 0101", contact_is_safe="yes")


def anew(report):
    return Report.objects.select_related("data_key").get(pk=report.pk)


def referred(world, now):
    victim = world.victim(world.case())
    return referrals.send(
        world.service(victim), to=world.dinsos, need="Pendampingan", fields=["name"], basis="vital_interests",
        basis_reason="Anak tanpa pendamping.", by=world.rina, at=now,
    )  # fmt: skip


def test_nobody_sees_an_identity_before_acknowledging_the_duty_of_secrecy(world, report, now):
    """UU 21/2007 Art. 24 and 44 protect who reports and who suffered; whoever reads of them is told so first."""
    referral = referred(world, now)
    victim = world.victim(world.case(), name="Kenanga")
    for officer in (world.rina, world.budi):
        type(officer).objects.filter(pk=officer.pk).update(acknowledged_at=None)
    rina, budi = world.anew(world.rina), world.anew(world.budi)
    before = Entry.objects.count()

    for look in (
        lambda: access.read(access.report_for(rina, report.number), by=rina, at=now),
        lambda: access.read_contact(access.report_for(rina, report.number), by=rina, at=now),
        lambda: victims.read_identity(victim, fields=["name"], by=rina, at=now),
        lambda: case_access.referral_for(budi, referral.pk, at=now),
    ):
        with pytest.raises(NotAllowed):
            look()
    assert Entry.objects.count() == before

    type(rina).objects.filter(pk=rina.pk).update(acknowledged_at=now)
    assert access.read(report, by=world.anew(rina), at=now)["statement"] == STATEMENT


def test_every_reading_of_what_was_told_and_of_who_it_is_leaves_an_entry(world, report, now):
    rina, budi = world.rina, world.budi
    referral = referred(world, now)
    victim = world.victim(world.case(), name="Kenanga")
    Message.objects.create(report=report, sender="reporter", text="Masih di sana.", sent_at=now)
    readings = {
        "report.read": lambda: access.read(report, by=rina, at=now),
        "report.contact_read": lambda: access.read_contact(report, by=rina, at=now),
        "messages.read": lambda: access.read_messages(report, by=rina, at=now),
        "identity.read": lambda: victims.read_identity(victim, fields=["name"], by=rina, at=now),
        "case.read": lambda: case_access.case_for(rina, victim.case.number, at=now),
        "referral.read": lambda: case_access.referral_for(budi, referral.pk, at=now),
    }
    for act, look in readings.items():
        before = Entry.objects.latest("number").number
        look()
        entries = list(Entry.objects.filter(number__gt=before))
        assert [entry.act for entry in entries] == [act]
        assert entries[0].officer_id == (budi.pk if act == "referral.read" else rina.pk)
        assert entries[0].at == now


def test_a_stranger_finds_nothing_and_leaves_no_entry(world, report, now):
    case = world.case()
    before = Entry.objects.count()
    for look in (
        lambda: access.report_for(world.siti, report.number),
        lambda: case_access.case_for(world.siti, case.number, at=now),
        lambda: access.report_for(world.budi, report.number),
    ):
        with pytest.raises(NotFound):
            look()
    assert Entry.objects.count() == before
    assert access.report_for(world.rina, report.number).pk == report.pk


def test_the_public_process_takes_reports_and_cannot_read_one(world, report, settings, now):
    take_up(settings, "portal.json")
    sent = world.report("Laporan kedua, dari proses publik.")
    for each in (report, sent):
        with pytest.raises(NoOpeningKey):
            anew(each).statement.opened()
    # Its own reporter still reads it, with the receipt and nothing else.
    assert tracking.report_of(sent.receipt).statement.opened() == "Laporan kedua, dari proses publik."
    take_up(settings)
    assert anew(sent).statement.opened() == "Laporan kedua, dari proses publik."


def test_erasing_a_key_erases_the_record_for_everybody_and_nothing_else(world, report, now):
    other = world.report("Laporan lain.")
    Message.objects.create(report=report, sender="reporter", text="Masih di sana.", sent_at=now)
    row = bytes(anew(report).__dict__["statement"])
    assert row

    data_keys.destroy(anew(report).data_key, of=report, by=world.rina, at=now)

    erased = anew(report)
    assert bytes(erased.__dict__["statement"]) == row
    with pytest.raises(data_keys.Erased):
        erased.statement.opened()
    with pytest.raises(data_keys.Erased):
        Message.objects.select_related("report__data_key").get(report=report).text.opened()
    with pytest.raises(NotFound):
        tracking.report_of(report.receipt)
    told = access.read(erased, by=world.rina, at=now)
    assert STATEMENT not in told.values()
    assert anew(other).statement.opened() == "Laporan lain."
    assert Entry.objects.filter(act="key.destroyed", subject=f"intake.report:{report.pk}").exists()


def test_an_erased_person_is_gone_from_every_case_and_the_case_stays(folder, world, now):
    victim = world.victim(world.case(), name="Kenanga")
    assert victims.read_identity(victim, fields=["name"], by=world.rina, at=now) == {"name": "Kenanga"}
    person = Person.objects.select_related("data_key").get(pk=victim.person_id)
    data_keys.destroy(person.data_key, of=person, by=world.rina, at=now)
    victim = world.anew(victim)
    assert victims.read_identity(victim, fields=["name"], by=world.rina, at=now)["name"] != "Kenanga"
    assert world.anew(victim.case).stage == "new"


def test_two_people_with_their_sheets_restore_every_report_after_the_opening_key_is_lost(
    folder, world, report, settings, now
):
    victim = world.victim(world.case(), name="Kenanga", nik="9900000101090001")
    (seed,) = (b64decode(text) for text in settings.KEYS["seeds"].values())
    sheets = recovery.split(seed)

    (folder / "opening.json").unlink()
    take_up(settings, "portal.json")
    with pytest.raises(NoOpeningKey):
        anew(report).statement.opened()

    keys.restore_seed(folder, recovery.join(sheets[2], sheets[0]))
    take_up(settings)
    assert anew(report).statement.opened() == STATEMENT
    assert victims.read_identity(world.anew(victim), fields=["name"], by=world.rina, at=now) == {"name": "Kenanga"}
    # The blind key came back, too: a person recorded before is found again.
    assert numbered("9900000101090001").get().pk == victim.person_id


def test_after_a_rotation_old_reports_are_readable_and_the_old_key_can_be_retired(folder, world, report, settings, now):
    old = generation_in_use()
    new = keys.add_generation(folder)
    take_up(settings)
    with pytest.raises(keys.KeysError):
        rotation.retire(old, folder=folder, at=now)

    rotation.reseal_all(new, at=now)
    rotation.retire(old, folder=folder, at=now)
    take_up(settings)

    assert old not in settings.KEYS["seeds"]
    assert not DataKey.objects.filter(generation=old).exists()
    assert anew(report).statement.opened() == STATEMENT
    mine = tracking.report_of(report.receipt)
    reports.add_message(mine, text="Masih di sana.", at=now)
    assert [m.text.opened() for m in tracking.conversation(tracking.report_of(report.receipt), at=now)] == [
        "Masih di sana."
    ]
    assert chain.verify() == []


def test_a_desk_that_was_not_started_again_reads_on_during_a_rotation(folder, world, report, settings, now):
    at_start = settings.KEYS
    new = keys.add_generation(folder)
    take_up(settings)
    rotation.reseal_all(new, at=now)
    settings.KEYS = at_start
    assert new not in settings.KEYS["seeds"]
    assert anew(report).statement.opened() == STATEMENT


def test_names_are_searched_without_being_read(folder, world, now):
    identities.record(by=world.rina, at=now, name="Kenanga Wijaya")
    before = Entry.objects.count()
    found = named("wijaya").get()
    assert str(found.name) == "•••"
    assert not hasattr(found.data_key, "opened")
    assert Entry.objects.count() == before
