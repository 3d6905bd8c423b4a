"""The register at the desk: the list, an entry with its history, entered, changed, struck out, taken along."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.migrants import lists
from simpul.migrants.models import Worker
from simpul.migrants.reading.findings import Row
from tests.register import NIK, SEKIDA, worker
from tests.returns import came_home, with_returns
from tests.world import JAGOI

LIST = "/desk/register/"


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


def at(entry, what=""):
    return f"{LIST}{entry.pk}/{what}"


def typed(page):
    """What a form of the page was filled with, as a browser sends it back."""
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields if name != "home"}
    label = form.fields["home"].widget.format_value(form["home"].value())
    told |= {"home": label.words, "home_kode": label.code, "home_untuk": label.words}
    if getattr(form, "versions", None):
        told[form.versions.name] = form.versions.shown
    return {name: "" if value is None else value for name, value in told.items()}


def test_a_village_sees_its_own_people_only(w, desk):
    worker(w, name="Anggrek")
    worker(w, name="Melati", home=SEKIDA, by=w.joko)
    page = desk(w.joko).get(LIST).content.decode()
    assert "Anggrek" in page
    assert "Melati" in page
    page = desk(w.darius).get(LIST).content.decode()
    assert "Anggrek" in page
    assert "Melati" not in page


def test_reading_a_leaf_is_one_entry_that_names_the_persons(w, desk):
    entries = [worker(w, name=f"Orang {n}") for n in range(3)]
    desk(w.darius).get(LIST)
    entry = Entry.objects.get(act=Act.WORKERS_READ)
    assert sorted(entry.facts["persons"]) == [each.person_id for each in entries]


def test_the_list_is_narrowed_by_place_status_country_and_work(w, desk):
    worker(w, name="Anggrek", facts={"sector": "plantation"})
    worker(w, name="Melati", home=SEKIDA, by=w.joko, facts={"status": "returned", "country": "bn"})
    client = desk(w.joko)
    for asked, shown in (
        (f"tempat={SEKIDA}", "Melati"), ("status=returned", "Melati"), ("negara=bn", "Melati"),
        ("sektor=plantation", "Anggrek"),
    ):  # fmt: skip
        page = client.get(f"{LIST}?{asked}").content.decode()
        hidden = "Anggrek" if shown == "Melati" else "Melati"
        assert shown in page, asked
        assert hidden not in page, asked


def test_nobody_looks_into_another_region_by_its_code(w, desk):
    worker(w, name="Melati", home=SEKIDA, by=w.joko)
    assert "Melati" not in desk(w.darius).get(f"{LIST}?tempat={SEKIDA}").content.decode()
    assert desk(w.darius).get(at(Worker.objects.get())).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_thirty(w, desk):
    client, counts = desk(w.darius), []
    for many in (1, 29):
        for n in range(many):
            worker(w, name=f"Orang {n}")
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_an_entry_shows_the_name_and_the_rest_when_asked_for(w, desk):
    entry = worker(w, nik=NIK, facts={"employer": "Ladang Hijau"})
    client = desk(w.darius)
    page = client.get(at(entry)).content.decode()
    assert "Anggrek Lestari" in page
    assert NIK not in page
    assert "Ladang Hijau" not in page
    page = client.post(at(entry, "tampilkan/")).content.decode()
    assert NIK in page
    assert "Ladang Hijau" in page
    read = Entry.objects.filter(act=Act.IDENTITY_READ, file=f"migrants.worker:{entry.pk}").order_by("number")
    assert [each.facts["because"] for each in read] == ["register", "shown"]


def test_a_village_enters_somebody_of_its_own_without_looking_for_the_place(w, desk):
    client = desk(w.darius)
    form = typed(client.get(f"{LIST}baru/"))
    assert form["home_kode"] == JAGOI
    answer = client.post(f"{LIST}baru/", form | {"name": "Anggrek", "nik": "6107 0752 0890 0001", "country": "my"})
    entry = Worker.objects.get()
    assert answer["Location"] == at(entry)
    assert (entry.home_id, entry.person.nik.opened()) == (JAGOI, NIK)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(w, desk):
    client = desk(w.darius)
    form = typed(client.get(f"{LIST}baru/")) | {
        "name": "Anggrek", "nik": "123", "employer": "Ladang Hijau", "contract_from": "2025-01-01",
        "contract_until": "2024-01-01",
    }  # fmt: skip
    answer = client.post(f"{LIST}baru/", form)
    assert answer.status_code == 422
    assert "Ladang Hijau" in answer.content.decode()
    answer = client.post(f"{LIST}baru/", form | {"nik": ""})
    assert answer.status_code == 422
    assert "Ladang Hijau" in answer.content.decode()
    assert not Worker.objects.exists()


def test_a_change_keeps_what_stood_before_as_history(w, desk):
    before = worker(w, facts={"employer": "Ladang Hijau"})
    client = desk(w.darius)
    form = typed(client.get(at(before, "ubah/")))
    assert form["employer"] == "Ladang Hijau"
    answer = client.post(at(before, "ubah/"), form | {"status": "returned", "employer": "", "name": "Anggrek L."})
    after = Worker.objects.current().get()
    assert answer["Location"] == at(after)
    assert (after.status, after.employer.opened(), after.person.name.opened()) == ("returned", "", "Anggrek L.")
    page = client.get(at(after)).content.decode()
    assert re.search(r"talk.*2026|talk.*\d{4}", page, re.S)


def test_the_old_address_of_a_changed_entry_leads_to_the_new_one(w, desk):
    before = worker(w)
    client = desk(w.darius)
    client.post(at(before, "ubah/"), typed(client.get(at(before, "ubah/"))) | {"status": "returned"})
    assert client.get(at(before))["Location"] == at(Worker.objects.current().get())


def test_of_two_who_change_one_entry_the_second_is_shown_both_versions(w, desk):
    entry = worker(w)
    first, second = desk(w.darius), desk(w.joko)
    of_first, of_second = typed(first.get(at(entry, "ubah/"))), typed(second.get(at(entry, "ubah/")))
    first.post(at(entry, "ubah/"), of_first | {"status": "returned"})
    answer = second.post(at(entry, "ubah/"), of_second | {"status": "deported"})
    assert answer.status_code == 409
    assert Worker.objects.current().get().status == "returned"


def test_a_form_that_changes_nothing_makes_no_entry(w, desk):
    entry = worker(w)
    client = desk(w.darius)
    client.post(at(entry, "ubah/"), typed(client.get(at(entry, "ubah/"))))
    assert list(Worker.objects.all()) == [entry]


def test_an_entry_is_struck_out_and_restored_from_its_page(w, desk):
    entry = worker(w)
    client = desk(w.darius)
    client.post(at(entry, "coret/"))
    assert "Anggrek" not in client.get(LIST).content.decode()
    page = client.get(at(entry)).content.decode()
    assert at(entry, "pulihkan/") in page
    client.post(at(entry, "pulihkan/"))
    assert "Anggrek" in client.get(LIST).content.decode()


def test_an_entry_from_a_return_leads_there(w, desk):
    person = came_home(w)
    page = desk(w.darius).get(at(Worker.objects.get())).content.decode()
    assert f"/desk/pemulangan/{person.manifest.number}/{person.row}/" in page


def test_the_register_is_taken_along_as_a_workbook_and_the_journal_says_so(w, desk):
    worker(w, name="Anggrek", nik=NIK)
    worker(w, name="Melati", home=SEKIDA, by=w.joko)
    answer = desk(w.darius).post(f"{LIST}unduh/")
    assert answer["Cache-Control"] == "no-store"
    cover, table = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(n).to_python() for n in (0, 1)
    )
    assert any("Darius Jagoi" in str(cell) for row in cover for cell in row)
    assert [row[0] for row in table[1:]] == ["Anggrek"]
    assert Entry.objects.get(act=Act.DOCUMENT_MADE).facts == {"paper": "register", "people": 1}


def test_what_was_narrowed_is_taken_along_narrowed(w, desk):
    worker(w, name="Anggrek")
    worker(w, name="Melati", facts={"status": "returned"})
    answer = desk(w.darius).post(f"{LIST}unduh/", {"status": "returned"})
    table = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(1).to_python()
    assert [row[0] for row in table[1:]] == ["Melati"]


def test_the_table_is_not_taken_along_by_opening_an_address(w, desk):
    assert desk(w.darius).get(f"{LIST}unduh/").status_code == 405


def test_an_entry_of_an_imported_list_leads_to_the_list_whose_file_was_never_here(w, desk):
    sheet = lists.begin("register.csv", "0" * 64, by=w.joko, at=w.at)
    how = lists.Import(by=w.joko, at=w.at, refused=lambda _wrong: None)
    rows = [Row(2, "", {"name": "Anggrek", "village_code": JAGOI}, {})]
    lists.take_in_parts(sheet, lists.parts_of(sheet, rows, how), how)
    lists.finish(sheet, refused=0, by=w.joko, at=w.at)
    address = f"/desk/daftar/{sheet.number}/"
    assert address in desk(w.joko).get(at(Worker.objects.get())).content.decode()
    assert address not in desk(w.darius).get(at(Worker.objects.get())).content.decode()
    assert desk(w.joko).get(address).status_code == 200
    desk(w.joko).post(f"{address}batalkan/")
    assert not Worker.objects.exists()
