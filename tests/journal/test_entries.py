"""Writing the journal."""

import threading

import pytest
from django.db import connection, transaction

from simpul.journal import chain
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.journal.models import Entry, Head


def test_an_entry_tells_who_did_what_to_what_and_when(world, now):
    entry = Entry.objects.get(pk=enter(Act.CASE_READ, on=world.rina, file=world.uptd, by=world.budi, at=now, n=1).pk)
    assert (entry.act, entry.at, entry.facts) == ("case.read", now, {"n": 1})
    assert (entry.officer_id, entry.agency_id) == (world.budi.pk, world.dinsos.pk)
    assert entry.subject == f"agencies.officer:{world.rina.pk}"
    assert entry.file == f"agencies.agency:{world.uptd.pk}"


def test_what_is_acted_on_is_its_own_file_where_no_other_is_named(world, now):
    entry = enter(Act.CASE_READ, on=world.rina, by=None, at=now)
    assert entry.file == entry.subject
    assert entry.officer_id is None


def test_a_word_stands_for_itself():
    assert label("confidentiality") == "confidentiality"


def test_entries_are_numbered_without_gaps_and_the_head_follows(book):
    assert list(Entry.objects.filter(number__gte=book[0]).order_by("number").values_list("number", flat=True)) == book
    head, last = Head.objects.get(), Entry.objects.get(number=book[-1])
    assert (head.number, bytes(head.link)) == (last.number, bytes(last.link))


def test_an_entry_outside_a_transaction_is_refused(now):
    refused = []

    def outside():
        # A thread has a connection of its own, on which no test has begun a transaction.
        try:
            enter(Act.CASE_READ, on="cases.case:1", by=None, at=now)
        except RuntimeError as problem:
            refused.append(str(problem))
        finally:
            connection.close()

    thread = threading.Thread(target=outside)
    thread.start()
    thread.join()
    assert refused == ["A journal entry belongs into the transaction of its act."]


def test_an_act_that_fails_leaves_no_entry_and_no_gap(book, now):
    @transaction.atomic
    def act():
        enter(Act.CASE_READ, on="cases.case:1", by=None, at=now)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert enter(Act.CASE_READ, on="cases.case:1", by=None, at=now).number == book[-1] + 1
    assert chain.verify() == []


def test_what_is_no_code_or_number_is_not_taken_as_a_fact(db, now):
    with pytest.raises(TypeError), transaction.atomic():
        enter(Act.CASE_READ, on="cases.case:1", by=None, at=now, when=now)


def test_facts_are_read_back_as_they_were_linked(book, now):
    enter(Act.CASE_READ, on="cases.case:1", by=None, at=now, codes=["a", "b"], count=3, share=0.1, flag=True, none=None)
    enter(Act.CASE_READ, on="cases.case:1", by=None, at=now, before={"role": "partner", "agency": 3}, pair=("a", 1))
    assert chain.verify() == []


def test_an_entry_costs_three_queries(book, now, django_assert_num_queries):
    with django_assert_num_queries(3):
        enter(Act.CASE_READ, on="cases.case:1", by=None, at=now)
