"""What is kept of me: the copy holds everything of the person, and nothing of anybody else."""

import pytest

from simpul.cases.models import Involvement
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import meetings, screening
from simpul.migrants.models import Worker
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
