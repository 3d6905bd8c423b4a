"""Erasing: keys are destroyed, what could find or describe somebody is emptied, and the plain facts stay.

Everything sealed under a key is unreadable once the key is gone, in every row and in every file on the disk. What is
counted (region, kind, sex, child, year) is plain and stays, so that the sums of the statistics are the same after as
before. This module asks nobody and refuses nothing: who may, when, and with whom is decided in `retention`.
"""

from functools import cache, partial

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from simpul.cases.models import Case, Involvement, Referral, Return
from simpul.confidentiality import data_keys
from simpul.confidentiality.fields import SealedField
from simpul.confidentiality.models import Parcel
from simpul.intake.attachments import path_of
from simpul.intake.models import Attachment, Complaint, Message, Report
from simpul.journal.entries import label
from simpul.linkage.erasing import forget
from simpul.migrants import sheets
from simpul.migrants.models import Meeting, Returnee, Sheet, Worker
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.persons.models import Consent, Person
from simpul.places import legs
from simpul.places.regions import regency_of
from simpul.privacy.models import Hold


def erase(thing, *, by, at):
    """Erase a case, a report, a complaint or a person; returns how many of what, as a dict of codes and numbers."""
    counts = {}
    ERASERS[type(thing)](thing, counts, by=by, at=at)
    return counts


def _case(case, counts, *, by, at):
    """The case, the reports it grew from, and everybody in it who stands in no other case that still lives."""
    rows = Report.objects.filter(case=case, data_key__destroyed_at=None).select_related("data_key")
    for report in rows.order_by("pk"):
        _report(report, counts, by=by, at=at)
    people = Person.objects.filter(involvements__case=case, data_key__destroyed_at=None).distinct()
    for person in people.select_related("data_key"):
        if stands_elsewhere(person, case):
            _add(counts, "persons_kept")
            continue
        _person(person, counts, by=by, at=at)
    _parcels(Parcel.objects.filter(file=label(case)), counts, by=by, at=at)
    _destroy(case, counts, "cases", by=by, at=at)


def _report(report, counts, *, by, at):
    """The report with its messages and files, and the reports that were merged into it."""
    attachments = Attachment.objects.filter(report=report)
    _add(counts, "messages", Message.objects.filter(report=report).count())
    _add(counts, "files", attachments.count())
    for attachment in attachments:
        # Unreadable without its key already; the file goes when the transaction has ended well.
        transaction.on_commit(partial(path_of(attachment).unlink, missing_ok=True))
    attachments.delete()
    _add(counts, "legs", legs.coarsen(report))
    report.contact_tag = b""
    report.save(update_fields=["contact_tag"])
    _destroy(report, counts, "reports", by=by, at=at)
    for follower in report.merged.filter(data_key__destroyed_at=None).select_related("data_key").order_by("pk"):
        _report(follower, counts, by=by, at=at)


def _complaint(complaint, counts, *, by, at):
    _destroy(complaint, counts, "complaints", by=by, at=at)


def _person(person, counts, *, by, at):
    """The identity, what finds it, and what is written of this person alone in files that others are in too."""
    _add(counts, "consents", Consent.objects.filter(person=person).count())
    for model, way in rows_about_a_person().items():
        empty = {name: b"" for name in _sealed_in(model)}
        model.objects.filter(**{way: person}).update(**empty)
    referrals = Referral.objects.filter(service__victim__person=person).only("pk")
    _parcels(Parcel.objects.filter(about__in=[label(one) for one in referrals]), counts, by=by, at=at)
    person.name_tags.all().delete()
    person.nik_tag = person.phone_tag = person.passport_tag = b""
    person.home_id = _coarse(person.home_id)
    person.save(update_fields=["nik_tag", "phone_tag", "passport_tag", "home"])
    for homeward in Return.objects.filter(service__victim__person=person).order_by("pk"):
        homeward.home_id = _coarse(homeward.home_id)
        homeward.save(update_fields=["home"])
    _ways(person, counts)
    _lists(person, counts, by=by, at=at)
    _returns(person, counts, by=by, at=at)
    _work(person, counts)
    for code, number in forget(person, by=by, at=at).items():
        _add(counts, code, number)
    _destroy(person, counts, "persons", by=by, at=at)


def _ways(person, counts):
    """The ways stay for the figures, no more exactly than from regency to regency in a year."""
    for thing in (*Involvement.objects.filter(person=person), *Returnee.objects.filter(person=person)):
        _add(counts, "legs", legs.coarsen(thing))


def _lists(person, counts, *, by, at):
    """The files of the lists the person came on, and of those that a corrected list replaced."""
    on = Q(manifest__returnees__person=person) | Q(workers__person=person)
    for sheet in Sheet.objects.filter(on).distinct().order_by("pk"):
        while sheet is not None:
            if sheet.forgotten_at is None:
                sheets.forget(sheet, by=by, at=at)
                _add(counts, "lists")
            sheet = sheet.replaces


def _returns(person, counts, *, by, at):
    """Nobody visits any more; of every home and of what is owed about it the regency stays."""
    for returnee in Returnee.objects.filter(person=person).order_by("pk"):
        book.waive_all(on=returnee, reason="no_longer_applies", by=by, at=at)
        for owed in Obligation.objects.about(label(returnee)).order_by("pk"):
            owed.place_id = _coarse(owed.place_id)
            owed.save(update_fields=["place"])
        returnee.home_id = _coarse(returnee.home_id)
        returnee.save(update_fields=["home"])
        _add(counts, "returns")
    for meeting in Meeting.objects.filter(returnee__person=person).exclude(moved_to=None).order_by("pk"):
        meeting.moved_to_id = _coarse(meeting.moved_to_id)
        meeting.save(update_fields=["moved_to"])


def _work(person, counts):
    """The register no longer counts the person; its entries stay as history of a regency.

    What was struck out goes: it could be restored.
    """
    Worker.objects.filter(person=person).exclude(struck_at=None).delete()
    for worker in Worker.objects.filter(person=person).order_by("pk"):
        worker.home_id, worker.is_current = _coarse(worker.home_id), False
        worker.save(update_fields=["home", "is_current"])
        _add(counts, "register_entries")


def _coarse(code):
    """The regency of a place: what is counted. A village with a year and a sex could name somebody."""
    return code and (regency_of(code) or code)


ERASERS = {Case: _case, Report: _report, Complaint: _complaint, Person: _person}


def _parcels(parcels, counts, *, by, at):
    """What went out by a one-time link, and what came back by it."""
    for parcel in parcels.filter(data_key__destroyed_at=None).select_related("data_key", "answer_key").order_by("pk"):
        for data_key in filter(None, (parcel.data_key, parcel.answer_key)):
            data_keys.destroy(data_key, of=parcel, by=by, at=at)
        parcel.sealed_content = parcel.sealed_answer = b""
        parcel.save(update_fields=["sealed_content", "sealed_answer"])
        _add(counts, "parcels")


def stands_elsewhere(person, case):
    """Whether a person has a part in another case that was not erased, was sent home, or stands in the register.

    Returns and the register have years of their own: whoever is kept for them is proposed again once those are over.
    """
    others = Case.objects.filter(involvements__person=person, data_key__destroyed_at=None)
    return others.exclude(pk=case.pk).exists() or person.returns.exists() or person.work.exists()


def rows_about_a_person():
    """Models with sealed words about one person, each with its way to that person."""
    return {model: way for model, way in ways_to_a_person().items() if _sealed_in(model)}


@cache
def ways_to_a_person():
    """Models whose rows are about one person, each with the shortest way to that person: "victim__person".

    Found along the foreign keys, so that a room that keeps something new about a person need not be told of this one.
    """
    ways, layer = {}, {Person: ""}
    while layer:
        layer = {model: way for model, way in _one_step_from(layer) if model not in ways and model is not Person}
        ways |= layer
    return ways


def _one_step_from(layer):
    ours = [model for model in apps.get_models() if model.__module__.startswith("simpul.")]
    for model in ours:
        for field in model._meta.local_fields:
            if field.related_model in layer:
                onward = layer[field.related_model]
                yield model, f"{field.name}__{onward}" if onward else field.name


def _sealed_in(model):
    return [field.name for field in model._meta.local_fields if isinstance(field, SealedField)]


def _destroy(thing, counts, code, *, by, at):
    data_keys.destroy(thing.data_key, of=thing, by=by, at=at)
    _add(counts, code)
    # A hold that was lifted has words of its own about the file.
    rows = Hold.objects.filter(file=label(thing), data_key__destroyed_at=None).select_related("data_key")
    for hold in rows.order_by("pk"):
        data_keys.destroy(hold.data_key, of=hold, by=by, at=at)


def _add(counts, code, number=1):
    if number:
        counts[code] = counts.get(code, 0) + number
