"""The chain: whatever is done to the book behind its back is found, and said where."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from simpul.journal import anchors, chain
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.models import Entry, Head


def said(faults):
    return [fault.sentence for fault in faults]


def test_an_untouched_book_holds(book):
    assert Entry.objects.count() >= 5
    assert chain.verify() == []


@pytest.mark.parametrize(
    "change",
    [
        "act = 'case.opened'", "subject = 'cases.case:77'", "file = 'cases.case:77'", "officer_id = 77",
        "agency_id = 77", "facts = '{}'", "at = '2026-08-04 09:00:00+00:00'",
    ],
)  # fmt: skip
def test_every_field_of_an_entry_is_held(book, tamper, change):
    tamper(f"UPDATE journal_entry SET {change} WHERE number = %s", book[2])
    assert said(chain.verify()) == [f"Entry {book[2]} was altered, or the entry before it was."]


def test_a_forged_link_breaks_the_next_one(book, tamper):
    tamper("UPDATE journal_entry SET link = %s WHERE number = %s", b"\x07" * 32, book[2])
    assert [fault.number for fault in chain.verify()] == [book[2], book[3]]


def test_a_removed_entry_is_missed(book, tamper):
    tamper("DELETE FROM journal_entry WHERE number = %s", book[1])
    faults = chain.verify()
    assert faults[0] == chain.Fault(book[1], f"Entry {book[1]} was removed.")
    assert faults[1].number == book[2]


def test_several_removed_entries_are_missed(book, tamper):
    tamper("DELETE FROM journal_entry WHERE number IN (%s, %s)", book[1], book[2])
    assert said(chain.verify())[0] == f"Entries {book[1]} to {book[2]} were removed."


def test_two_entries_cannot_change_places(book, tamper):
    tamper("UPDATE journal_entry SET number = -1 WHERE number = %s", book[1])
    tamper("UPDATE journal_entry SET number = %s WHERE number = %s", book[1], book[2])
    tamper("UPDATE journal_entry SET number = %s WHERE number = -1", book[2])
    assert {book[1], book[2]} <= {fault.number for fault in chain.verify()}


@pytest.mark.usefixtures("book")
def test_an_entry_before_the_beginning_is_found(tamper):
    tamper(
        "INSERT INTO journal_entry (number, at, act, subject, file, facts, link) "
        "SELECT 0, at, act, subject, file, facts, link FROM journal_entry WHERE number = 1"
    )
    assert "Entry 0 was put in before the beginning." in said(chain.verify())


def test_an_end_that_is_cut_off_is_missed(book, tamper):
    tamper("DELETE FROM journal_entry WHERE number >= %s", book[3])
    assert said(chain.verify()) == [f"Entries {book[3]} to {book[4]} were removed from the end."]


def test_an_entry_past_the_end_is_found(book, tamper):
    tamper(
        "INSERT INTO journal_entry (number, at, act, subject, file, facts, link) "
        "SELECT number + 1, at, act, subject, file, facts, link FROM journal_entry WHERE number = %s",
        book[-1],
    )
    extra = book[-1] + 1
    assert said(chain.verify()) == [
        f"Entry {extra} was altered, or the entry before it was.",
        f"Entries {extra} to {extra} were put in past the end.",
    ]


def test_a_head_that_does_not_fit_is_found(book):
    Head.objects.update(link=b"\x07" * 32)
    assert said(chain.verify()) == ["The end of the journal does not fit its last entry."]


def test_a_head_set_back_is_found(book):
    before = Entry.objects.get(number=book[2])
    Head.objects.update(number=before.number, link=before.link)
    assert said(chain.verify()) == [f"Entries {book[3]} to {book[4]} were put in past the end."]


def test_a_head_that_is_gone_is_found(book):
    Head.objects.all().delete()
    assert said(chain.verify()) == ["The end of the journal is missing."]


def test_without_an_anchor_an_end_cut_off_together_with_its_head_would_hold(book, tamper):
    known = [(book[-1], bytes(Head.objects.get().link).hex())]
    before = Entry.objects.get(number=book[2])
    tamper("DELETE FROM journal_entry WHERE number > %s", before.number)
    Head.objects.update(number=before.number, link=before.link)
    assert chain.verify() == []
    assert said(chain.verify(anchors=known)) == [f"Entries {book[3]} to {book[4]} were removed from the end."]


def test_a_book_written_anew_with_the_key_differs_from_its_anchors(book, tamper, now, settings):
    settings.HOME = settings.HOME / "anchors-of-a-rewritten-book"
    anchors.note()
    before = Entry.objects.get(number=book[3])
    tamper("DELETE FROM journal_entry WHERE number > %s", before.number)
    Head.objects.update(number=before.number, link=before.link)
    enter(Act.CASE_READ, on="cases.case:0", by=None, at=now)
    assert chain.verify() == []
    expected = [f"Entry {book[4]} differs from what was noted outside."]
    assert said(chain.verify(anchors=anchors.noted())) == expected

    # The next hourly anchor is noted of the forged book; the first one still tells.
    anchors.note()
    assert said(chain.verify(anchors=anchors.noted())) == expected


def test_without_the_key_nothing_can_be_verified(book, settings):
    settings.KEYS = {}
    with pytest.raises(ImproperlyConfigured, match="simpul keys make"):
        chain.verify()


def test_another_key_fits_no_entry(book, settings):
    settings.KEYS = settings.KEYS | {"journal_key": "A" * 43 + "="}
    assert len(chain.verify()) == Entry.objects.count()


def test_entries_written_during_the_verification_are_no_fault(book, now):
    def meanwhile(done):
        if done == 1:
            enter(Act.CASE_READ, on="cases.case:1", by=None, at=now)

    assert chain.verify(told=meanwhile) == []


def test_the_reader_hears_how_far_it_is(book):
    heard = []
    chain.verify(told=heard.append)
    assert heard == list(range(1, Entry.objects.count() + 1))
