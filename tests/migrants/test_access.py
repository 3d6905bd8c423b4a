"""The door: what is not for an officer is not found, and every reading is written down."""

import pytest

from simpul.agencies import exclusions
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.migrants import access, meetings
from simpul.migrants.models import Worker
from tests.returns import came_home


def test_a_person_is_found_by_number_by_whoever_may_know(w):
    person = came_home(w)
    for officer in (w.hana, w.joko, w.darius):
        assert access.returnee_for(officer, person.number) == person
    for officer in (w.rina, w.siti, w.dewi):
        with pytest.raises(NotFound):
            access.returnee_for(officer, person.number)


@pytest.mark.parametrize("number", ["", "/", "M-2026-000001", "M-2026-000001/x", "M-2026-000001/²", f"M/{'9' * 30}"])
def test_what_is_no_number_is_not_found(w, number):
    came_home(w)
    with pytest.raises(NotFound):
        access.returnee_for(w.hana, number)


def test_a_village_that_must_not_know_finds_nothing(w):
    person = came_home(w)
    assert access.returnee_for(w.darius, person.number)
    meetings.ask_village(person, may_know="no", by=w.hana, at=w.at)
    with pytest.raises(NotFound):
        access.returnee_for(w.darius, person.number)


def test_whoever_is_kept_out_finds_nothing(w):
    person = came_home(w)
    assert access.returnee_for(w.joko, person.number)
    exclusions.keep_out(person, agency=w.disnaker, by=None, at=w.at)
    with pytest.raises(NotFound):
        access.returnee_for(w.joko, person.number)


def test_a_manifest_is_found_by_its_own_agency(w):
    manifest = came_home(w).manifest
    assert access.manifest_for(w.hana, manifest.number) == manifest
    with pytest.raises(NotFound):
        access.manifest_for(w.joko, manifest.number)


def test_reading_a_person_says_which_fields_and_in_whose_file(w):
    person = came_home(w, remarks="Sakit")
    told = access.read_person(person, by=w.hana, at=w.at, because="shown")
    assert (told["name"], told["remarks"]) == ("Melati Kusuma", "Sakit")
    entry = Entry.objects.get(act=Act.IDENTITY_READ)
    assert entry.facts == {"fields": sorted(access.IDENTITY), "because": "shown"}
    assert entry.file == f"migrants.returnee:{person.pk}"


def test_reading_a_name_says_what_for(w):
    person = came_home(w)
    assert access.read_name(person, by=w.darius, at=w.at, because="visit") == "Melati Kusuma"
    assert Entry.objects.get(act=Act.IDENTITY_READ).facts == {"fields": ["name"], "because": "visit"}


def test_a_page_of_names_is_one_entry(w):
    people = [came_home(w, name=f"Orang {n}") for n in range(3)]
    names = access.read_names(people, by=w.hana, at=w.at)
    assert list(names.values()) == ["Orang 0", "Orang 1", "Orang 2"]
    assert Entry.objects.get(act=Act.RETURNEES_READ).facts["persons"] == [person.person_id for person in people]
    assert access.read_names([], by=w.hana, at=w.at) == {}
    assert Entry.objects.filter(act=Act.RETURNEES_READ).count() == 1


def test_names_of_the_register_are_an_act_of_their_own(w):
    came_home(w)
    access.read_names(list(Worker.objects.select_related("person__data_key")), by=w.darius, at=w.at)
    assert Entry.objects.filter(act=Act.WORKERS_READ).count() == 1


def test_whoever_has_not_acknowledged_the_secrecy_reads_no_name(w):
    person = came_home(w)
    w.hana.acknowledged_at = None
    for reading in (
        lambda: access.read_names([person], by=w.hana, at=w.at),
        lambda: access.read_person(person, by=w.hana, at=w.at),
        lambda: access.read_name(person, by=w.hana, at=w.at, because="visit"),
    ):
        with pytest.raises(NotAllowed):
            reading()


def test_an_entry_of_the_register_is_found_in_the_own_region_while_it_holds(w):
    came_home(w)
    worker = Worker.objects.get()
    assert access.worker_for(w.darius, worker.pk) == worker
    with pytest.raises(NotFound):
        access.worker_for(w.rina, worker.pk)
    Worker.objects.update(is_current=False)
    with pytest.raises(NotFound):
        access.worker_for(w.darius, worker.pk)


def test_a_notice_is_found_by_the_agency_that_took_in_the_manifest(w):
    notice = came_home(w).manifest.notices.get()
    assert access.notice_for(w.hana, notice.pk) == notice
    for officer in (w.joko, w.darius, w.rina):
        with pytest.raises(NotFound):
            access.notice_for(officer, notice.pk)


def test_who_is_kept_out_of_a_return_finds_no_entry_of_the_register_either(w):
    person = came_home(w)
    entry = Worker.objects.get(person=person.person)
    assert access.worker_for(w.darius, entry.pk) == entry
    exclusions.shut(person, agency=w.jagoi, by=w.hana, at=w.at)
    with pytest.raises(NotFound):
        access.worker_for(w.darius, entry.pk)
    assert access.worker_for(w.joko, entry.pk) == entry
