"""What erasing takes with it, found along the foreign keys."""

from django.apps import apps
from django.db import transaction

from simpul.cases import referrals, returns
from simpul.cases.models import Involvement, Referral, Service
from simpul.confidentiality import parcels
from simpul.confidentiality.fields import SealedField
from simpul.confidentiality.models import DataKey, Parcel
from simpul.console.reindexing import index_all
from simpul.intake import complaints, jobs, receipts, triage
from simpul.journal.entries import label
from simpul.migrants import meetings, registry, screening
from simpul.migrants.models import Meeting, Returnee, Screening, Worker
from simpul.obligations.models import Obligation
from simpul.persons import consents
from simpul.persons.models import Consent, NameTag, Person
from simpul.places import legs
from simpul.places.legs import Step
from simpul.places.models import Place
from simpul.privacy import erasing, retention
from simpul.privacy.models import Affected, DataRequest
from simpul.reference.models import Term
from tests.world import JAGOI


def erase(thing, world):
    with transaction.atomic():
        return erasing.erase(thing, by=world.wulan, at=world.at)


def test_words_about_a_person_are_found_along_the_foreign_keys():
    ways = erasing.rows_about_a_person()
    expected = {Consent: "person", Involvement: "person", Affected: "person", DataRequest: "person",
                Service: "victim__person", Referral: "service__victim__person", Returnee: "person", Worker: "person",
                Screening: "returnee__person", Meeting: "returnee__person"}  # fmt: skip
    assert expected.items() <= ways.items()
    assert Person not in ways
    assert Term not in ways


def test_every_sealed_word_hangs_on_a_key_that_erasing_reaches():
    """A model with sealed fields has the key of a case, report, person, complaint, list or hold, or is one of these."""
    ends = set()
    for model in apps.get_models():
        if any(isinstance(field, SealedField) for field in model._meta.local_fields):
            owner = model
            for name in model.Confidential.key.split(".")[:-1]:
                owner = owner._meta.get_field(name).related_model
            ends.add(owner._meta.label)
    assert ends <= {"cases.Case", "intake.Report", "intake.Complaint", "persons.Person", "privacy.Hold",
                    "privacy.Breach", "migrants.Sheet"}  # fmt: skip


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


def test_of_a_way_home_the_regency_stays_and_the_village_goes(privacy, world):
    home = Place.objects.get(pk=JAGOI)
    ways = {}
    for name, part in (("mine", privacy.part), ("other", world.victim(privacy.case, name="Kenanga"))):
        service = world.service(part, kind="repatriation")
        ways[name] = returns.wish(service, home=home, wish="Ingin pulang ke Jagoi.", by=world.rina, at=world.at)
    erase(privacy.person, world)
    assert world.anew(ways["mine"]).home_id == "61.07"
    assert world.anew(ways["mine"]).wish.opened() == ""
    assert world.anew(ways["other"]).home_id == JAGOI


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


def test_of_a_return_what_is_counted_stays_and_words_and_village_go(homecoming, world):
    mine, other = homecoming.returnee(remarks="Melati hamil"), homecoming.returnee(name="Kenanga", remarks="Sakit")
    for one in (mine, other):
        one.written = {"Nama": "SDRI. MELATI KUSUMA"}
        one.save(update_fields=["written"])
        screening.note(one, answers={"debt": "no"}, finding="none", note="Melati bercerita", by=homecoming.hadi,
                       at=world.at)  # fmt: skip
        meetings.note(one, on=one.arrived_on, outcome="moved", note="Di rumah Melati", moved_to=Place.objects.get(
            pk="61.07.07.2002"), by=homecoming.sekar, at=world.at)  # fmt: skip
    sums = Returnee.objects.values_list("arrived_on", "sex", "age", "screened")
    before = sorted(sums)
    counts = erase(mine.person, world)
    assert counts == {"persons": 1, "returns": 1, "register_entries": 1}
    assert sorted(sums) == before
    mine, other = world.anew(mine), world.anew(other)
    assert (mine.home_id, other.home_id) == ("61.07", "61.07.07.2002")
    words = (mine.remarks, mine.written, mine.screenings.get().note, mine.meetings.get().note)
    assert not any(words)
    assert other.remarks.opened() == "Sakit"
    words = (other.written, other.screenings.get().note, other.meetings.get().note)
    assert all(words)
    assert mine.meetings.get().moved_to_id == "61.07"
    assert other.meetings.get().moved_to_id == "61.07.07.2002"


def test_nobody_is_asked_any_more_to_visit_who_was_erased(homecoming, world):
    mine, other = homecoming.returnee(), homecoming.returnee(name="Kenanga")
    assert world.owed("visit_returnee", on=mine).place_id == JAGOI
    erase(mine.person, world)
    assert world.owed("visit_returnee", on=mine) is None
    assert set(Obligation.objects.about(label(mine)).values_list("place", flat=True)) == {"61.07"}
    assert world.owed("visit_returnee", on=other).place_id == JAGOI


def test_the_register_counts_an_erased_worker_no_more(homecoming, world):
    mine, other = homecoming.worker(), homecoming.worker(name="Melur")
    later = homecoming.worker(earlier=mine, status="returned", person=None)
    assert Worker.objects.current().count() == 2
    assert erase(mine.person, world)["register_entries"] == 2
    assert list(Worker.objects.current()) == [other]
    assert {world.anew(one).home_id for one in (mine, later)} == {"61.07"}
    assert world.anew(other).home_id == JAGOI


def test_an_entry_that_was_struck_out_cannot_bring_anybody_back(homecoming, world):
    worker = homecoming.worker()
    registry.strike(worker, by=homecoming.sekar, at=world.at)
    assert Worker.objects.exclude(struck_at=None).exists()
    erase(worker.person, world)
    assert not Worker.objects.exists()


def test_the_file_of_the_list_a_person_came_on_is_destroyed_and_so_is_what_it_corrected(homecoming, world):
    first = homecoming.sheet(state="replaced")
    second = homecoming.sheet(number="M-2026-900002", replaces=first)
    mine = homecoming.on(second, homecoming.returnee())
    elsewhere = homecoming.sheet(number="M-2026-900003")
    neighbour = homecoming.on(elsewhere, homecoming.returnee(name="Kenanga"))
    register = homecoming.sheet(number="R-2026-900001", layout="register")
    Worker.objects.filter(person=mine.person).update(sheet=register)
    assert erase(mine.person, world)["lists"] == 3
    for sheet in (first, second, register):
        sheet = world.anew(sheet)
        assert sheet.forgotten_at == world.at
        assert sheet.data_key.destroyed_at
        assert not any((sheet.content, sheet.name, sheet.said))
    assert world.anew(elsewhere).content.opened() == b"MELATI KUSUMA"
    assert world.anew(neighbour.person).name.opened() == "Kenanga"


def test_who_came_home_is_not_erased_with_a_case(privacy, homecoming, world):
    """Returns and the register have years of their own."""
    returnee = homecoming.returnee()
    Returnee.objects.filter(pk=returnee.pk).update(person=privacy.person)
    counts = erase(privacy.case, world)
    assert counts["persons_kept"] == 1
    assert world.anew(privacy.person).name.opened() == "Melati Kusuma"


def test_taking_an_entry_back_counts_nobody_again_who_was_erased(homecoming, world):
    earlier = homecoming.worker()
    newer = homecoming.worker(name="Kenanga")
    Worker.objects.filter(pk=earlier.pk).update(is_current=False)
    Worker.objects.filter(pk=newer.pk).update(earlier=earlier)
    erase(earlier.person, world)
    registry.strike(world.anew(newer), by=homecoming.sekar, at=world.at)
    assert not Worker.objects.current().exists()


def test_ways_stay_without_their_villages(privacy, world):
    step = Step(Place.objects.get(pk=JAGOI), "kuching", on=world.at.date(), precision="day")
    legs.record(privacy.part, [step], by=world.rina, at=world.at)
    assert erase(privacy.person, world)["legs"] == 1
    kept = legs.of(privacy.part).get()
    assert (kept.origin_id, kept.precision) == ("61.07", "year")
