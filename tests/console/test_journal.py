"""`simpul journal`: whether the book holds, how long it was, and what stands at its end."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from simpul.console import main as console
from simpul.console.management.commands import journal
from simpul.journal import anchors
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.models import Entry, Head


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


def run(*arguments):
    said = io.StringIO()
    call_command("journal", *arguments, stdout=said, stderr=io.StringIO())
    return said.getvalue()


def refused(*arguments):
    said = io.StringIO()
    with pytest.raises(CommandError) as problem:
        call_command("journal", *arguments, stdout=said, stderr=io.StringIO())
    return said.getvalue(), str(problem.value), problem.value.returncode


def test_a_book_that_holds_says_how_long_it_is(book):
    anchors.note()
    said = run("verify")
    assert said == (
        f"The journal holds: {Entry.objects.count()} entries, the last of 2026-08-03 09:00:00; anchors compared: 1.\n"
    )


@pytest.mark.django_db
def test_an_empty_book_holds(tamper):
    if Entry.objects.exists():
        tamper("DELETE FROM journal_entry")
    Head.objects.all().delete()
    assert run("verify") == "The journal holds: it is empty.\n"


def test_each_fault_has_its_sentence_and_the_exit_code_is_one(book, tamper):
    tamper("UPDATE journal_entry SET act = 'case.opened' WHERE number = %s", book[0])
    tamper("DELETE FROM journal_entry WHERE number = %s", book[3])
    said, problem, code = refused("verify")
    assert f"Entry {book[0]} was altered, or the entry before it was." in said
    assert f"Entry {book[3]} was removed." in said
    assert "The journal does not hold: 3 faults." in problem
    assert code == 1


def test_the_command_ends_with_one_and_no_traceback(book, tamper, capsys, monkeypatch):
    tamper("UPDATE journal_entry SET act = 'case.opened' WHERE number = %s", book[0])
    # The command closes its connections at its end; the test still needs its own.
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    assert console.main(["journal", "verify"]) == 1
    shown = capsys.readouterr()
    assert "was altered" in shown.out
    assert shown.err == "The journal does not hold: 1 faults.\n"


def test_a_wrong_key_is_suspected_before_everybody_is(book, settings):
    settings.KEYS = settings.KEYS | {"journal_key": "A" * 43 + "="}
    _said, problem, _code = refused("verify")
    assert "is portal.json the one the entries were written with?" in problem


def test_a_flood_of_faults_is_cut_short(book, settings, monkeypatch):
    monkeypatch.setattr(journal, "MOST_FAULTS", 2)
    settings.KEYS = settings.KEYS | {"journal_key": "A" * 43 + "="}
    said, _problem, _code = refused("verify")
    assert len(said.splitlines()) == 3
    assert said.splitlines()[-1] == f"... and {Entry.objects.count() - 2} more."


def test_a_copy_of_the_anchors_kept_elsewhere_finds_what_a_forged_one_hides(book, tamper, tmp_path):
    anchors.note()
    copy = tmp_path / "copy.txt"
    copy.write_text(anchors.path().read_text())
    before = Entry.objects.get(number=book[2])
    tamper("DELETE FROM journal_entry WHERE number > %s", before.number)
    Head.objects.update(number=before.number, link=before.link)
    anchors.path().unlink()
    assert "The journal holds" in run("verify")
    said, _problem, _code = refused("verify", "--anchors", str(copy))
    assert f"Entries {book[3]} to {book[4]} were removed from the end." in said


@pytest.mark.django_db
def test_a_copy_that_cannot_be_read_is_a_sentence(tmp_path):
    (tmp_path / "copy.txt").write_text("no anchor\n")
    assert "is not an anchor" in refused("verify", "--anchors", str(tmp_path / "copy.txt"))[1]
    assert "none.txt" in refused("verify", "--anchors", str(tmp_path / "none.txt"))[1]


def test_anchors_are_listed_and_one_can_be_noted_now(book):
    assert "Nothing was noted yet" in run("anchors")
    said = run("anchors", "--note")
    assert said.startswith(f"{book[-1]} {bytes(Head.objects.get().link).hex()}\n")
    assert str(anchors.path()) in said


def test_the_tail_shows_the_last_entries_and_names_the_officer(world, now):
    enter(Act.CASE_READ, on="cases.case:7", by=world.rina, at=now)
    enter(Act.REPORT_RECEIVED, on="intake.report:3", file="intake.report:3", by=None, at=now, files=2)
    lines = run("tail", "-n", "2").splitlines()
    assert [line.split()[3:6] for line in lines] == [
        ["case.read", "rina", "cases.case:7"],
        ["report.received", "-", "intake.report:3"],
    ]
    assert lines[1].endswith("files=2")


def test_reading_the_journal_is_a_reading(book):
    run("tail")
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.officer_id) == ("journal.read", None)
    assert "The journal holds" in run("verify")


def test_the_tail_of_one_file_shows_that_file(book):
    lines = run("tail", "--file", "cases.case:3").splitlines()
    assert len(lines) == 1
    assert "cases.case:3" in lines[0]


def test_a_thing_in_a_file_is_shown_with_its_file(db, now):
    enter(Act.IDENTITY_READ, on="persons.person:1", file="cases.case:7", by=None, at=now)
    assert "persons.person:1 in cases.case:7" in run("tail", "-n", "1")


@pytest.mark.django_db
def test_no_lines_are_no_answer():
    assert "above zero" in refused("tail", "-n", "0")[1]
