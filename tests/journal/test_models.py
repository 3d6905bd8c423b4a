"""The database itself refuses to change the book, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction

from simpul.journal.models import Entry

REFUSED = "The journal is append-only"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET act = 'case.opened' WHERE number = %s",
        "UPDATE journal_entry SET officer_id = NULL WHERE number = %s",
        "DELETE FROM journal_entry WHERE number = %s",
    ],
)
def test_an_entry_is_neither_changed_nor_removed(book, sql):
    before = Entry.objects.filter(number=book[2]).values().get()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [book[2]])
    assert Entry.objects.filter(number=book[2]).values().get() == before


def test_the_orm_cannot_do_it_either(book):
    entry = Entry.objects.get(number=book[0])
    entry.subject = "cases.case:99"
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        Entry.objects.all().delete()


@pytest.mark.sqlite
def test_an_entry_is_not_replaced(book):
    sql = (
        "INSERT OR REPLACE INTO journal_entry (number, at, act, officer_id, agency_id, subject, file, facts, link) "
        "SELECT number, at, 'case.opened', officer_id, agency_id, subject, file, facts, link "
        "FROM journal_entry WHERE number = %s"
    )
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [book[1]])
    assert Entry.objects.get(number=book[1]).act == "case.read"


@pytest.mark.postgres
def test_the_book_is_not_emptied(book):
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry")
    assert Entry.objects.filter(number=book[0]).exists()


def test_an_entry_says_what_it_is(book):
    assert str(Entry.objects.get(number=book[0])) == f"{book[0]} case.read cases.case:0"
