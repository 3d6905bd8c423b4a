"""What somebody in no case asks about the own data: who opened it, a copy, a restriction."""

import pytest

from simpul.agencies import exclusions
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.migrants.models import Worker
from tests.register import SEKIDA, worker
from tests.returns import came_home, with_returns

NIK = "6107075208020003"
WAYS = ("pembaca/", "salinan/", "pembatasan/", "pembatasan/cabut/")


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


def of_return(person, what=""):
    return f"/desk/pemulangan/{person.manifest.number}/{person.row}/{what}"


def of_entry(entry, what=""):
    return f"/desk/register/{entry.pk}/{what}"


def test_who_came_home_is_told_who_opened_it(w, desk):
    person = came_home(w)
    desk(w.joko).get(of_return(person))
    page = desk(w.hana).get(of_return(person, "pembaca/"))
    shown = page.content.decode()
    assert "Joko Susilo" in shown
    assert "Melati Kusuma" in shown
    assert person.number in shown
    # The reading of the name for this page is one of those that are told.
    assert {reading.officer for reading in page.context["readings"]} == {"Joko Susilo", "Hana Pertiwi"}


def test_a_worker_of_the_register_is_told_who_opened_it(w, desk):
    entry = worker(w)
    desk(w.joko).get(of_entry(entry))
    assert "Joko Susilo" in desk(w.darius).get(of_entry(entry, "pembaca/")).content.decode()


@pytest.mark.parametrize("what", ["return", "entry"])
def test_the_copy_shows_what_is_kept_and_is_a_reading(w, desk, what):
    if what == "return":
        where, officer = of_return(came_home(w, nik=NIK, remarks="Sakit"), "salinan/"), w.hana
    else:
        where, officer = of_entry(worker(w, nik=NIK, name="Melati Kusuma"), "salinan/"), w.darius
    client = desk(officer)
    assert client.get(where).status_code == 405
    shown = client.post(where).content.decode()
    assert "Melati Kusuma" in shown
    assert NIK in shown
    entry = Entry.objects.filter(act=Act.IDENTITY_READ).latest("number")
    assert (entry.officer_id, entry.facts["because"]) == (officer.pk, "access")
    # The page of the person itself shows the number to nobody who did not ask.
    assert NIK not in client.get(where.removesuffix("salinan/")).content.decode()


def test_the_data_are_restricted_and_the_restriction_is_lifted(w, desk):
    person, hana = came_home(w), desk(w.hana)
    assert desk(w.darius).get(of_return(person)).status_code == 200
    shown = hana.post(of_return(person, "pembatasan/"), follow=True).content.decode()
    assert of_return(person, "pembatasan/cabut/") in shown
    assert w.owed("visit_returnee", on=person).owed_by == w.bp3mi
    assert desk(w.darius).get(of_return(person)).status_code == 404
    hana.post(of_return(person, "pembatasan/cabut/"))
    assert w.anew(person.person).restricted_at is None
    assert w.owed("visit_returnee", on=person).owed_by == w.jagoi
    assert Entry.objects.filter(act__in=[Act.RESTRICTION_SET, Act.RESTRICTION_LIFTED]).count() == 2


def test_the_village_that_restricts_finds_the_person_no_more(w, desk):
    person, darius = came_home(w), desk(w.darius)
    answer = darius.post(of_return(person, "pembatasan/"))
    assert answer.url == "/desk/pemulangan/"
    assert w.anew(person.person).restricted_at
    assert darius.get(of_return(person)).status_code == 404


def test_a_worker_asks_the_same_on_the_page_of_the_entry(w, desk):
    entry, darius = worker(w), desk(w.darius)
    shown = darius.post(of_entry(entry, "pembatasan/"), follow=True).content.decode()
    assert of_entry(entry, "pembatasan/cabut/") in shown
    assert w.anew(entry.person).restricted_at
    darius.post(of_entry(entry, "pembatasan/cabut/"))
    assert w.anew(entry.person).restricted_at is None


def test_a_stranger_and_whoever_is_kept_out_find_none_of_it(w, desk):
    person, entry = came_home(w), worker(w, home=SEKIDA, by=w.joko)
    before = Entry.objects.count()
    strangers = [desk(officer) for officer in (w.siti, w.rina, w.tono)]
    for client in strangers:
        for where in (*(of_return(person, way) for way in WAYS), *(of_entry(entry, way) for way in WAYS)):
            assert client.post(where).status_code == 404
    # The register of another village.
    for way in WAYS:
        assert desk(w.darius).post(of_entry(entry, way)).status_code == 404
    assert Entry.objects.filter(act__in=[Act.IDENTITY_READ, Act.RESTRICTION_SET]).count() == 0
    assert Entry.objects.count() == before
    exclusions.shut(person, officer=w.joko, by=w.hana, at=w.at)
    mine = Worker.objects.get(person=person.person)
    for way in WAYS:
        assert desk(w.joko).post(of_return(person, way)).status_code == 404
        assert desk(w.joko).post(of_entry(mine, way)).status_code == 404
    assert desk(w.hana).get(of_return(person, "pembaca/")).status_code == 200


def test_the_sections_stand_on_both_pages(w, desk):
    person, entry = came_home(w), worker(w)
    for page, address in ((desk(w.hana).get(of_return(person)), of_return(person)),
                          (desk(w.darius).get(of_entry(entry)), of_entry(entry))):  # fmt: skip
        shown = page.content.decode()
        for way in ("pembaca/", "salinan/", "pembatasan/"):
            assert f'"{address}{way}"' in shown
