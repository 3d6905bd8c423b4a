"""What is kept of me: the copy holds everything of the person, and nothing of anybody else."""

import pytest

from simpul.agencies import exclusions
from simpul.cases.models import Involvement
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.linkage import inquiries, review
from simpul.migrants import meetings, screening
from simpul.migrants.models import Worker
from simpul.places import legs
from simpul.places.legs import Step
from simpul.privacy import copies, requests

NIK = "6107064505080001"


def known(homecoming, world, **told):
    """Somebody sent home, screened, visited and in the register."""
    told = {"name": "Melati Kusuma", "nik": NIK, "remarks": "Hamil lima bulan"} | told
    returnee = homecoming.returnee(facts={"reason": "no_passport", "sector": "domestic"}, **told)
    returnee.written = {"Nama": "SDRI. MELATI"}
    returnee.save(update_fields=["written"])
    screening.note(returnee, answers={"debt": "yes"}, finding="none", note="Utang sudah lunas", by=homecoming.hadi,
                   at=world.at)  # fmt: skip
    meetings.note(returnee, on=returnee.arrived_on, outcome="found", note="Tinggal pada ibunya", by=homecoming.sekar,
                  at=world.at)  # fmt: skip
    homecoming.worker(earlier=Worker.objects.get(person=returnee.person), note="Ingin berdagang")
    return returnee


def words(parts):
    return " ".join(f"{part.title} {name} {value}" for part in parts for name, value in part.facts)


def test_the_copy_tells_returns_screenings_visits_and_the_register(homecoming, world):
    parts = copies.copy_of(known(homecoming, world), by=homecoming.hadi, at=world.at)
    told = words(parts)
    for piece in ("Melati Kusuma", NIK, "3 Agustus 2026", "Hamil lima bulan", "SDRI. MELATI", "Utang sudah lunas",
                  "Tinggal pada ibunya", "Ingin berdagang", "Jagoi"):  # fmt: skip
        assert piece in told, piece
    assert len(parts) == 1 + 1 + 1 + 1 + 2
    assert all(value for part in parts for _name, value in part.facts)


def test_it_tells_nothing_of_anybody_else_and_is_written_down(homecoming, world):
    known(homecoming, world, name="Kenanga", nik="6107064505080002", remarks="Sakit")
    returnee = known(homecoming, world)
    parts = copies.copy_of(returnee, by=homecoming.hadi, at=world.at)
    told = words(parts)
    assert len(parts) == 6
    assert "Kenanga" not in told
    assert "Sakit" not in told
    entry = Entry.objects.filter(act=Act.IDENTITY_READ).latest("number")
    assert (entry.subject, entry.facts["because"]) == (f"persons.person:{returnee.person_id}", "access")


def test_a_stranger_copies_nothing(homecoming, world):
    returnee = known(homecoming, world)
    worker = Worker.objects.current().get()
    before = Entry.objects.count()
    for thing in (returnee, worker):
        with pytest.raises(NotAllowed):
            copies.copy_of(thing, by=world.siti, at=world.at)
    assert Entry.objects.count() == before
    assert "Ingin berdagang" in words(copies.copy_of(worker, by=homecoming.sekar, at=world.at))


def test_who_asks_in_a_case_is_told_of_the_way_home_too(privacy, homecoming, world):
    returnee = known(homecoming, world)
    Involvement.objects.filter(pk=privacy.part.pk).update(person=returnee.person)
    privacy.person = returnee.person
    asked = privacy.asked()
    told = words(copies.copy_for(asked, by=world.rina, at=world.at))
    for piece in ("Melati Kusuma", "3 Agustus 2026", "Utang sudah lunas"):
        assert piece in told, piece
    with pytest.raises(NotAllowed):
        copies.copy_for(privacy.asked("correct"), by=world.rina, at=world.at)
    requests.refuse(asked, reason="Yang bertanya adalah perekrutnya sendiri.", by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        copies.copy_for(asked, by=world.rina, at=world.at)


BECAUSE = "Nama ayah dan desa sama, kata bibinya."


def said(world, one, other, verdict="same", by=None):
    """What an officer decided on two records."""
    pair = review.between(one.pk, other.pk, at=world.at)
    return review.decided(pair, verdict=verdict, reason=BECAUSE, by=by or world.rina, at=world.at)


def test_the_copy_names_what_was_decided_on_whose_record_it_is(homecoming, world):
    first, again = known(homecoming, world), known(homecoming, world, nik="")
    decision = said(world, first.person, again.person, by=homecoming.hadi)
    told = words(copies.copy_of(first, by=homecoming.hadi, at=world.at))
    assert "Orang yang sama" in told or "The same person" in told
    # The reason may speak of somebody else.
    assert "bibinya" not in told
    review.retract(decision, reason=BECAUSE, by=homecoming.hadi, at=world.at)
    parts = copies.copy_of(first, by=homecoming.hadi, at=world.at)
    (one,) = [part for part in parts if len(part.facts) == 4 and part.facts[-1][1] and decision_of(part)]
    assert one.facts[-1][1]


def decision_of(part):
    return any(value in {"Orang yang sama", "The same person"} for _name, value in part.facts)


def test_the_copy_tells_nothing_of_a_record_of_another_agency(homecoming, world):
    returnee = known(homecoming, world)
    case = world.case()
    victim = world.victim(case, name="Kenanga Rahasia", nik="6107064505080077").person
    said(world, returnee.person, victim)
    before = words(copies.copy_of(returnee, by=homecoming.hadi, at=world.at))
    for piece in ("Kenanga", case.number, world.uptd.name, "bibinya", "Orang yang sama"):
        assert piece not in before, piece


def test_who_has_asked_an_agency_tells_the_person_whom_and_what_was_shown(homecoming, world):
    returnee = known(homecoming, world)
    case = world.case()
    victim = world.victim(case, name="Kenanga Rahasia", nik="6107064505080077").person
    pair = review.between(returnee.person_id, victim.pk, at=world.at)
    inquiry = inquiries.ask(
        pair, own=returnee.person, to=world.uptd, fields=["name"], words="Perlu didampingi di rumah.",
        by=homecoming.hadi, at=world.at,
    )  # fmt: skip
    inquiries.answer(inquiry, verdict="same", reason=BECAUSE, by=world.rina, at=world.at)
    told = words(copies.copy_of(returnee, by=homecoming.hadi, at=world.at))
    assert world.uptd.name in told
    assert told.count("Orang yang sama") + told.count("The same person") == 2
    for piece in ("Kenanga", case.number, "bibinya", "Perlu didampingi"):
        assert piece not in told, piece
    exclusions.keep_out(case, officer=homecoming.hadi, by=world.yanti, at=world.at)
    told = words(copies.copy_of(returnee, by=homecoming.hadi, at=world.at))
    assert world.uptd.name not in told
    assert "Orang yang sama" not in told


def test_a_village_prints_no_decision(homecoming, world):
    returnee = known(homecoming, world)
    case = world.case()
    victim = world.victim(case, name="Kenanga Rahasia").person
    pair = review.between(returnee.person_id, victim.pk, at=world.at)
    inquiry = inquiries.ask(pair, own=returnee.person, to=world.uptd, fields=["name"], words=BECAUSE,
                            by=homecoming.hadi, at=world.at)  # fmt: skip
    inquiries.answer(inquiry, verdict="same", reason=BECAUSE, by=world.rina, at=world.at)
    worker = Worker.objects.current().filter(person=returnee.person).get()
    told = words(copies.copy_of(worker, by=homecoming.sekar, at=world.at))
    assert "Tinggal pada ibunya" in told or "Ingin berdagang" in told
    assert "Orang yang sama" not in told
    assert world.uptd.name not in told


def test_the_way_that_was_told_is_part_of_the_copy(homecoming, world):
    returnee = known(homecoming, world)
    legs.record(returnee, [Step("sibu", "kuching")], by=homecoming.hadi, at=world.at)
    parts = copies.copy_of(returnee, by=homecoming.hadi, at=world.at)
    assert "Sibu, Malaysia – Kuching, Malaysia" in words(parts)
