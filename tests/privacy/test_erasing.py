"""What erasing takes with it, found along the foreign keys."""

from django.apps import apps
from django.db import transaction

from simpul.cases import referrals
from simpul.cases.models import Involvement, Referral, Service
from simpul.confidentiality import parcels
from simpul.confidentiality.fields import SealedField
from simpul.confidentiality.models import DataKey, Parcel
from simpul.console.reindexing import index_all
from simpul.intake import complaints, jobs, receipts, triage
from simpul.persons import consents
from simpul.persons.models import Consent, NameTag, Person
from simpul.privacy import erasing, retention
from simpul.privacy.models import Affected, DataRequest
from simpul.reference.models import Term


def erase(thing, world):
    with transaction.atomic():
        return erasing.erase(thing, by=world.wulan, at=world.at)


def test_words_about_a_person_are_found_along_the_foreign_keys():
    ways = erasing.rows_about_a_person()
    expected = {Consent: "person", Involvement: "person", Affected: "person", DataRequest: "person",
                Service: "victim__person", Referral: "service__victim__person"}  # fmt: skip
    assert expected.items() <= ways.items()
    assert Person not in ways
    assert Term not in ways


def test_every_sealed_word_hangs_on_a_key_that_erasing_reaches():
    """A model with sealed fields has the key of a case, report, person, complaint or hold, or is one of these."""
    ends = set()
    for model in apps.get_models():
        if any(isinstance(field, SealedField) for field in model._meta.local_fields):
            owner = model
            for name in model.Confidential.key.split(".")[:-1]:
                owner = owner._meta.get_field(name).related_model
            ends.add(owner._meta.label)
    assert ends <= {"cases.Case", "intake.Report", "intake.Complaint", "persons.Person", "privacy.Hold",
                    "privacy.Breach"}  # fmt: skip


def test_a_persons_own_words_go_and_those_of_others_stay(privacy, world):
    other = world.victim(privacy.case, name="Kenanga", note="Kenanga bercerita")
    mine = world.service(privacy.part, need="Melati butuh obat")
    theirs = world.service(other, need="Kenanga butuh obat")
    consents.give(privacy.person, purpose="referral", recipient=None, fields=[], given_by="other_basis",
                  basis="vital_interests", reason="Melati terancam", by=world.rina, at=world.at)  # fmt: skip
    counts = erase(privacy.person, world)
    assert counts == {"persons": 1, "consents": 1}
    assert world.anew(mine).need.opened() == ""
    assert world.anew(theirs).need.opened() == "Kenanga butuh obat"
    assert world.anew(other).note.opened() == "Kenanga bercerita"
    assert not Consent.objects.get().reason
    assert not NameTag.objects.filter(person=privacy.person).exists()


def test_reports_merged_into_one_go_with_it(world):
    first, second = world.report(contact="081255550101"), world.report(contact="081255550102")
    jobs.index_contacts(at=world.at)
    triage.merge(second, into=first, by=world.rina, at=world.at)
    first, second = world.anew(first), world.anew(second)
    assert bytes(second.contact_tag)
    assert erase(first, world)["reports"] == 2
    assert not bytes(world.anew(second).contact_tag)
    assert not DataKey.objects.filter(pk__in=[first.data_key_id, second.data_key_id], destroyed_at=None).exists()


def test_one_time_links_go_with_the_case(privacy, world):
    sent = referrals.send(
        world.service(privacy.part), to=world.dinsos, need="x", fields=["name"], basis="vital_interests",
        basis_reason="Bahaya", by=world.rina, at=world.at,
    )  # fmt: skip
    content, until = {"title": "Melati Kusuma"}, world.later(days=3)
    parcel = parcels.make(sent, content, until_at=until, at=world.at, by=world.rina, file=privacy.case)[0]
    assert bytes(parcel.sealed_content)
    assert erase(privacy.case, world)["parcels"] == 1
    parcel = Parcel.objects.select_related("data_key").get()
    assert not bytes(parcel.sealed_content)
    assert parcel.data_key.destroyed_at


def test_a_complaint_is_erased(world):
    complaint, receipt = complaints.receive(complaints.Told("Petugas kasar"), token=receipts.new_token(), at=world.at)
    assert complaints.complaint_of(receipt)
    assert erase(complaint, world) == {"complaints": 1}
    assert world.anew(complaint).statement.opened_or_erased() != "Petugas kasar"


def test_the_words_of_a_lifted_hold_go_too(privacy, world):
    held = retention.hold(privacy.case, reason="audit", words="Tentang Melati", by=world.yanti, at=world.at)
    retention.lift(held, by=world.yanti, at=world.at)
    erase(privacy.case, world)
    assert world.anew(held).words.opened_or_erased() != "Tentang Melati"


def test_an_index_made_anew_does_not_bring_anybody_back(privacy, world):
    erase(privacy.case, world)
    assert index_all() == 0
    assert not NameTag.objects.exists()
    assert not any(bytes(tag) for tag in Person.objects.values_list("nik_tag", "phone_tag", "passport_tag")[0])
