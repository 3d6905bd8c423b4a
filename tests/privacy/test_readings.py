"""Who opened my file: what the list holds (more in tests/stories/test_data_subject.py)."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from simpul.agencies.oversight import note_reading
from simpul.cases import access, referrals
from simpul.confidentiality import parcels
from simpul.documents import records
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.migrants import access as access_to_returns
from simpul.migrants.models import Returnee
from simpul.privacy.readings import readings_for, readings_of


def test_the_list_answers_a_request_for_access_only(privacy, world):
    with pytest.raises(NotAllowed):
        readings_for(privacy.asked("correct"), by=world.rina)


def test_reading_the_journal_is_no_opening_of_the_file(privacy, world):
    note_reading(by=world.wulan, at=world.at, filters=["berkas"])
    access.case_for(world.rina, privacy.case.number, at=world.at)
    told = readings_for(privacy.asked(), by=world.rina)
    assert [(one.officer, one.what) for one in told] == [("Rina Wati", str(Act.CASE_READ.label))]


def test_it_costs_the_same_for_few_and_many_readings(privacy, world):
    asked, costs = privacy.asked(), []
    for _round in range(2):
        for officer in (world.rina, world.yanti) * 3:
            access.case_for(officer, privacy.case.number, at=world.at)
        with CaptureQueriesContext(connection) as spent:
            readings_for(asked, by=world.rina)
        costs.append(len(spent))
    assert costs[0] == costs[1]


def test_papers_printed_about_the_person_are_told_and_those_about_others_are_not(privacy, world):
    other = world.victim(privacy.case, name="Kenanga")
    with transaction.atomic():
        for part in (privacy.part, other):
            enter(Act.DOCUMENT_MADE, on=part, file=privacy.case, by=world.rina, at=world.at, paper="receipt")
        enter(Act.DOCUMENT_MADE, on=privacy.case, file=privacy.case, by=world.rina, at=world.at, paper="x")
    told = readings_for(privacy.asked(), by=world.rina)
    assert [one.what for one in told] == [str(Act.DOCUMENT_MADE.label)]


def test_a_one_time_link_that_was_opened_is_told(privacy, world):
    sent = referrals.send(
        world.service(privacy.part), to=world.dinsos, need="x", fields=["sex"], basis="vital_interests",
        basis_reason="Bahaya", by=world.rina, at=world.at,
    )  # fmt: skip
    _parcel, token, code = parcels.make(
        sent, {"title": "x"}, until_at=world.later(days=1), at=world.at, by=world.rina, file=privacy.case
    )
    parcels.open_(token, code, at=world.later(hours=1))
    opened = readings_for(privacy.asked(), by=world.rina)[0]
    assert (opened.at, opened.what) == (world.later(hours=1), str(Act.PARCEL_OPENED.label))
    assert opened.agency == ""


def test_who_was_sent_home_is_told_of_pages_lists_and_papers(homecoming, world):
    sheet = homecoming.sheet()
    returnee = homecoming.on(sheet, homecoming.returnee())
    other = homecoming.returnee(name="Kenanga")
    access_to_returns.read_names([returnee, other], by=homecoming.sekar, at=world.later(hours=1))
    access_to_returns.read_names([other], by=homecoming.sekar, at=world.later(hours=2))
    access_to_returns.open_sheet(sheet, by=homecoming.hadi, at=world.later(hours=3))
    access_to_returns.open_sheet(homecoming.sheet(number="x"), by=homecoming.hadi, at=world.later(hours=4))
    access_to_returns.read_person(returnee, by=homecoming.sekar, at=world.later(hours=5))
    access_to_returns.read_person(other, by=homecoming.sekar, at=world.later(hours=6))
    records.handover_of_returnee(returnee, by=homecoming.hadi, at=world.later(hours=7))
    told = readings_of(returnee, by=homecoming.hadi)
    hours = [(one.at - world.at).seconds // 3600 for one in told]
    assert hours == [7, 7, 5, 3, 1]
    assert {one.officer for one in told} == {"Hadi Prasetyo", "Sekar Ayu"}
    with pytest.raises(NotAllowed):
        readings_of(returnee, by=world.siti)


def test_who_is_in_a_case_and_was_sent_home_is_told_of_both(privacy, homecoming, world):
    returnee = homecoming.returnee()
    Returnee.objects.filter(pk=returnee.pk).update(person=privacy.person)
    access_to_returns.read_names([world.anew(returnee)], by=homecoming.sekar, at=world.later(hours=1))
    access.case_for(world.rina, privacy.case.number, at=world.later(hours=2))
    told = readings_for(privacy.asked(), by=world.rina)
    assert [one.officer for one in told] == ["Rina Wati", "Sekar Ayu"]
