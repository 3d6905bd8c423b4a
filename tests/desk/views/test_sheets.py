"""Lists in the browser: chosen, read, corrected, taken in, taken back; nothing typed is lost, nothing is guessed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.migrants import sheets
from simpul.migrants.models import Manifest, Returnee, Sheet, Worker
from tests.lists import DAHLIA, JOKO, MELATI, UNCLEAR, manifest, many
from tests.returns import with_returns

UPLOAD = "/desk/daftar/pemulangan/unggah/"


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


@pytest.fixture
def client(w, desk):
    return desk(w.hana)


def sent(client, data, name="daftar.csv", address=UPLOAD):
    files = {} if data is None else {"file": SimpleUploadedFile(name, data)}
    return client.post(address, files)


def received(client, *people, **told):
    """The address of the page of a list that was sent."""
    answer = sent(client, manifest(*people, **told))
    assert answer.status_code == 302, answer.content.decode()
    return answer["location"]


def fields(page, prefix="jawab"):
    """The names of the fields of a page, without those of the boxes beside them."""
    names = re.findall(rf'name="({prefix}-[^"]+)"', page.content.decode())
    return [name for name in dict.fromkeys(names) if not name.endswith(("_kosong", "_bukan"))]


def the_field(page, column):
    return next(name for name in fields(page) if name.endswith(f"_{column}"))


def test_a_file_is_read_and_shown_as_it_was_understood(w, client):
    page = client.get(received(client, MELATI, JOKO))
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("Melati Kusuma", "12-08-1990", "Jagoi, Kec. Jagoi Babang", "Joko Sanen"):
        assert words in text
    assert not Returnee.objects.exists()
    assert Entry.objects.filter(act=Act.SHEET_READ, officer_id=w.hana.pk).exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", None), ("a.xlsx", b""), ("a.xlsx", b"%PDF-1.7 x"), ("a.xlsx", b"PK\x03\x04 broken"),
     ("a.csv", b"a;b;c\n1;2;3")],
    ids=["none", "empty", "pdf", "broken", "no people"],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_beside_the_field(client, name, data):
    answer = sent(client, data, name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not Sheet.objects.exists()


def test_a_protected_file_is_refused_with_what_to_do(client):
    sign, what = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
    answer = sent(client, sign + b"\0" * 4096 + what, "a.xlsx")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_a_file_too_large_is_refused_before_it_is_read(client):
    answer = sent(client, b"x;y\n" * (21 * 2**18))
    assert answer.status_code == 422
    assert "8 MB" in str(answer.context["form"].errors["file"])


def test_the_same_file_again_leads_to_the_list_that_stands(client):
    first = received(client, MELATI)
    assert received(client, MELATI) == first
    assert Sheet.objects.count() == 1
    assert first.split("/")[-2] in client.get(first).content.decode()


def test_who_takes_in_no_lists_finds_no_page(w, desk, client):
    address = received(client, MELATI)
    for officer in (w.rina, w.dewi, w.joko, w.darius):
        assert desk(officer).get(address).status_code == 404
    assert desk(w.darius).get(UPLOAD).status_code == 404
    assert client.get("/desk/daftar/lain/unggah/").status_code == 404


def test_unclear_cells_are_asked_and_those_that_read_the_same_only_once(client):
    page = client.get(received(client, *UNCLEAR))
    assert len(fields(page)) == 3
    assert page.context["questions"] == 4
    text = page.content.decode()
    assert "kabur dari majikan" in text
    assert "Xyzzyqua" in text
    assert 'class="birth_date asked"' in text


def test_answers_are_kept_and_counted(client):
    address = received(client, *UNCLEAR)
    page = client.get(address)
    client.post(f"{address}jawaban/", {the_field(page, "birth_date"): "28-02-1990", the_field(page, "reason"): "other"})
    page = client.get(address)
    assert (page.context["answered"], page.context["asked"], page.context["questions"]) == (3, 4, 1)
    client.post(f"{address}jawaban/", {f"{the_field(page, 'village')}_kosong": "on"})
    page = client.get(address)
    assert page.context["questions"] == 0
    assert f"{address}terima/" in page.content.decode()


def test_what_stands_in_a_field_as_it_was_read_is_no_answer(client):
    address = received(client, *UNCLEAR)
    page = client.get(address)
    client.post(f"{address}jawaban/", {the_field(page, "birth_date"): "31-02-1990"})
    assert client.get(address).context["answered"] == 0


def test_an_answer_can_be_asked_again_and_a_line_comes_back(client):
    address = received(client, *UNCLEAR)
    page = client.get(address)
    day = the_field(page, "birth_date")
    client.post(f"{address}jawaban/", {f"{the_field(page, 'reason')}_kosong": "on", f"{day}_bukan": "on"})
    page = client.get(address)
    assert page.context["questions"] == 1
    [(_row, line)] = page.context["lines_out"]
    [reason] = page.context["done"]
    client.post(f"{address}tanya-lagi/", {"apa": reason.name})
    client.post(f"{address}tanya-lagi/", {"apa": line})
    page = client.get(address)
    assert (page.context["questions"], page.context["answered"]) == (4, 0)
    assert client.post(f"{address}tanya-lagi/", {"apa": "nothing"}).status_code == 302


def test_any_line_can_be_left_out_and_come_back(client):
    address = received(client, MELATI, JOKO)
    name = re.findall(r'name="baris" value="([^"]+)"', client.get(address).content.decode())[1]
    client.post(f"{address}bukan-orang/", {"baris": name})
    page = client.get(address)
    assert page.context["people"] == 1
    assert page.context["lines_out"][0][0].values["name"] == "Joko Sanen"
    client.post(f"{address}tanya-lagi/", {"apa": name})
    assert client.get(address).context["people"] == 2
    client.post(f"{address}bukan-orang/", {"baris": "nothing"})
    assert client.get(address).context["people"] == 2


def test_the_second_of_two_officers_hears_that_somebody_was_quicker(client):
    address = received(client, *UNCLEAR)
    page = client.get(address)
    day = the_field(page, "birth_date")
    client.post(f"{address}jawaban/", {day: "28-02-1990"})
    answer = client.post(f"{address}jawaban/", {day: "27-02-1990"}, follow=True)
    assert len(list(answer.context["messages"])) == 2
    assert answer.context["done"][0].text == "28-02-1990"


def test_a_head_without_a_day_is_asked_first(client):
    address = received(client, MELATI, on="")
    page = client.get(address)
    assert page.context["lacks_day"]
    assert f"{address}terima/" not in page.content.decode()
    wrong = client.post(f"{address}kepala/", {"kepala-kind": "deportation", "kepala-arrived_on": "kemarin"})
    assert wrong.status_code == 422
    assert "kemarin" in wrong.content.decode()
    client.post(f"{address}kepala/", {"kepala-kind": "deportation", "kepala-arrived_on": "2026-01-30"})
    assert not client.get(address).context["lacks_day"]


def test_a_column_is_corrected_and_the_list_is_read_anew(client):
    address = received(client, MELATI)
    page = client.get(address)
    told = {field.html_name: field.value() or "" for _column, field in page.context["columns"]}
    sector = next(field.html_name for column, field in page.context["columns"] if column.code == "sector")
    client.post(f"{address}kolom/", told | {sector: "remarks"})
    codes = {column.code: column.known_by for column, _field in client.get(address).context["columns"]}
    assert codes["remarks"] == "officer"
    assert "sector" not in codes
    assert client.post(f"{address}kolom/", told | {sector: "shoe_size"}).status_code == 422


def test_a_clear_list_is_taken_in_and_taken_back(client):
    address = received(client, MELATI, JOKO)
    answer = client.post(f"{address}terima/")
    assert answer["location"] == f"/desk/manifes/{Manifest.objects.get().number}/"
    assert Returnee.objects.count() == 2
    closed = client.get(address).content.decode()
    assert f"{address}batalkan/" in closed
    assert "Melati" not in closed
    client.post(f"{address}batalkan/")
    assert not Returnee.objects.exists()
    assert client.get(address).context["reading"]


def test_a_list_that_is_not_clear_is_not_taken_in(client):
    address = received(client, *UNCLEAR)
    answer = client.post(f"{address}terima/", follow=True)
    assert list(answer.context["messages"])
    assert not Manifest.objects.exists()


def test_what_is_sent_for_a_list_that_was_taken_in_meanwhile_is_refused(client):
    address = received(client, MELATI)
    client.post(f"{address}terima/")
    answer = client.post(f"{address}kepala/", {"kepala-kind": "deportation", "kepala-arrived_on": "2026-01-29"})
    assert answer.status_code == 409
    assert answer.context["refusals"]
    assert client.post(f"{address}singkirkan/", follow=True).status_code == 200
    assert client.post(f"{address}terima/", follow=True).status_code == 200
    assert client.post(f"{address}tanya-lagi/", {"apa": "x"}, follow=True).status_code == 200
    assert Manifest.objects.get().arrived_on.isoformat() == "2026-01-30"


def test_a_corrected_list_shows_what_is_different_and_takes_its_place(client):
    client.post(f"{received(client, MELATI, JOKO)}terima/")
    first = Sheet.objects.get()
    address = received(client, MELATI, DAHLIA)
    text = client.get(address).content.decode()
    assert 'name="ganti"' in text
    assert "Joko Sanen" in text
    assert "Dahlia Tan" in text
    client.post(f"{address}terima/", {"ganti": first.number})
    assert Manifest.objects.get().total == 2
    assert sorted(each.person.name.opened() for each in Returnee.objects.all()) == ["Dahlia Tan", "Melati Kusuma"]
    assert client.get(f"/desk/daftar/{first.number}/").status_code == 200


def test_a_list_that_is_not_there_takes_nobodys_place(client):
    address = received(client, MELATI)
    assert client.post(f"{address}terima/", {"ganti": "M-2020-000001"}).status_code == 404
    assert not Manifest.objects.exists()


def test_a_list_is_put_away_and_taken_up_again(client):
    address = received(client, MELATI)
    client.post(f"{address}singkirkan/")
    assert "Melati" not in client.get(address).content.decode()
    client.post(f"{address}singkirkan/")
    assert "Melati" in client.get(address).content.decode()


def test_a_destroyed_file_shows_what_is_left(w, client):
    address = received(client, MELATI)
    sheet = Sheet.objects.get()
    sheets.discard(sheet, by=w.hana, at=w.at)
    sheets.forget(sheet, by=w.hana, at=w.at)
    assert client.get(address).status_code == 200
    for act in ("kepala", "kolom", "jawaban", "tanya-lagi", "bukan-orang", "singkirkan", "terima", "batalkan"):
        assert client.post(f"{address}{act}/", {}, follow=True).status_code in (200, 409)


def test_a_village_takes_in_its_own_people_only(w, desk):
    client = desk(w.darius)
    elsewhere = JOKO.replace("Jagoi;Jagoi Babang;Bengkayang", ";;Sambas")
    answer = sent(client, manifest(MELATI, elsewhere), address="/desk/daftar/register/unggah/")
    address = answer["location"]
    page = client.get(address)
    assert page.context["questions"] == 1
    [field] = fields(page)
    client.post(f"{address}jawaban/", {f"{field}_bukan": "on"})
    assert client.post(f"{address}terima/")["location"] == "/desk/register/"
    assert Worker.objects.get().person.name.opened() == "Melati Kusuma"
    client.post(f"{address}batalkan/")
    assert not Worker.objects.exists()


def test_a_long_list_is_shown_leaf_by_leaf_in_as_many_queries(w, client):
    counted = []
    for count, unclear in ((60, 10), (400, 100)):
        address = sent(client, many(count, unclear=unclear))["location"]
        client.get(address)
        client.get(f"{address}?hal=2")
        with CaptureQueriesContext(connection) as captured:
            page = client.get(f"{address}?hal=2")
        counted.append(len(captured))
        assert len(page.context["leaf"]) == 25
        assert page.context["questions"] == unclear
    assert counted[0] == counted[1]
    assert (len(fields(page)), page.context["more"]) == (60, 40)
    marked = client.get(f"{address}?lihat=tanda")
    assert all(row.problems for row in marked.context["leaf"])
