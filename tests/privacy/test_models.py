"""The rows of privacy and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from simpul.privacy import breaches, retention
from simpul.privacy.models import Affected, DataRequest, Erasure


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_a_settled_request_has_its_officer(privacy):
    asked = privacy.asked()
    assert asked.is_open
    refused(lambda: DataRequest.objects.filter(pk=asked.pk).update(state="answered"))


def test_an_erasure_takes_two_people_and_is_done_only_when_confirmed(privacy, world):
    privacy.closed(years=11)
    one = retention.propose(privacy.case, by=world.yanti, at=world.at)
    rows = Erasure.objects.filter(pk=one.pk)
    refused(lambda: rows.update(confirmed_by=world.yanti, confirmed_at=world.at))
    refused(lambda: rows.update(done_at=world.at))
    again = {"file": one.file, "agency": world.uptd, "rule": "case_closed", "proposed_at": world.at}
    refused(lambda: Erasure.objects.create(proposed_by=world.wulan, **again))
    assert list(Erasure.objects.waiting()) == [one]
    assert not Erasure.objects.done().exists()


def test_somebody_affected_is_a_person_or_a_reporter_once(privacy, world):
    breach = breaches.note(kinds=["contact"], discovered_at=world.at, how="x", by=world.yanti, at=world.at)
    report = privacy.case.reports.get()
    Affected.objects.create(breach=breach, person=privacy.person, case=privacy.case)
    refused(lambda: Affected.objects.create(breach=breach, person=privacy.person, case=privacy.case))
    refused(lambda: Affected.objects.create(breach=breach, person=privacy.person, case=privacy.case, report=report))
    Affected.objects.create(breach=breach, person=privacy.person)
    refused(lambda: Affected.objects.create(breach=breach, person=privacy.person))
    refused(lambda: Affected.objects.create(breach=breach, case=privacy.case))
    refused(lambda: Affected.objects.create(breach=breach))


def test_words_are_sealed(privacy, world):
    asked = privacy.asked()
    assert "Siapa" not in str(DataRequest.objects.filter(pk=asked.pk).values_list("words", "answer", "refusal")[0])
    assert asked.words.opened() == "Siapa yang membuka berkas saya?"
