"""The journal tells the person concerned who saw them, and nobody can make it tell otherwise."""

import pytest
from django.db import DatabaseError, connection, transaction

from simpul.agencies import people
from simpul.agencies.roles import Right
from simpul.cases import access, files, victims
from simpul.journal import anchors, chain
from simpul.journal.models import Entry, Head
from simpul.journal.queries import acts_by, entries_of, readings_of
from simpul.lib.rules import NotAllowed


@pytest.fixture
def case(world, now):
    """A case whose victim Rina recorded, and that she and Yanti have opened."""
    case = world.case()
    world.victim(case, name="Kenanga")
    access.case_for(world.rina, case.number, at=now)
    access.case_for(world.yanti, case.number, at=world.later(hours=1))
    return case


def test_a_person_can_be_told_who_saw_the_file_and_when(world, case):
    seen = [(entry.officer_id, entry.at) for entry in readings_of(case)]
    assert seen == [(world.yanti.pk, world.later(hours=1)), (world.rina.pk, world.at)]


def test_an_officer_answers_for_everything_done_and_seen(world, case):
    done = {entry.act for entry in acts_by(world.rina)}
    assert {"report.accepted", "case.opened", "person.recorded", "involvement.noted", "case.read"} <= done
    assert not acts_by(world.budi).exclude(act="notice.acknowledged").exists()


def test_what_failed_is_not_told_as_done(world, case, now):
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        files.summarise(case, summary="x", by=world.siti, at=now)
    assert Entry.objects.count() == before


def test_the_journal_holds_no_word_of_a_person(world, case, now):
    victim = case.involvements.get()
    victims.read_identity(victim, fields=["name"], by=world.rina, at=now)
    assert Entry.objects.filter(act="identity.read").exists()
    told = " ".join(f"{e.subject} {e.file} {e.facts}" for e in Entry.objects.all())
    for word in ("Kenanga", "Tetangga", "Malaysia"):
        assert word not in told


def test_not_even_the_program_can_change_what_was_written(world, case):
    entry = readings_of(case).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(officer_id=world.siti.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    assert readings_of(case).first().officer_id == world.yanti.pk


def test_who_removes_a_reading_from_the_database_is_found_out(world, case, tamper):
    number = readings_of(case).first().number
    assert chain.verify() == []
    tamper("DELETE FROM journal_entry WHERE number = %s", number)
    assert [fault.number for fault in chain.verify()] == [number]


def test_who_blames_somebody_else_is_found_out(world, case, tamper):
    number = readings_of(case)[1].number
    tamper("UPDATE journal_entry SET officer_id = %s WHERE number = %s", world.siti.pk, number)
    assert [fault.number for fault in chain.verify()] == [number]


def test_who_cuts_off_the_end_with_all_traces_in_the_database_is_found_out(world, case, tamper, settings, tmp_path):
    settings.HOME = tmp_path
    anchors.note()
    number = readings_of(case).first().number
    before = Entry.objects.get(number=number - 1)
    tamper("DELETE FROM journal_entry WHERE number >= %s", number)
    Head.objects.update(number=before.number, link=before.link)
    assert chain.verify() == []
    assert [fault.number for fault in chain.verify(anchors=anchors.noted())] == [number]


def test_an_act_and_its_entry_are_one(world, now, monkeypatch):
    """Where the entry cannot be written, the act has not happened."""
    before = Entry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry RENAME TO journal_elsewhere")
    try:
        with pytest.raises(DatabaseError), transaction.atomic():
            people.end(world.rina, by=world.tono, at=now)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE journal_elsewhere RENAME TO journal_entry")
    assert world.anew(world.rina).is_active
    assert Entry.objects.count() == before


def test_who_reads_the_journal_is_one_who_reads_no_case(world, case):
    assert world.wulan.may(Right.READ_JOURNAL)
    for right in (Right.TRIAGE, Right.KEEP_CASES, Right.WORK_ON_CASES, Right.BREAK_GLASS, Right.SEARCH_PERSONS):
        assert not world.wulan.may(right)
    assert entries_of(case).exists()
