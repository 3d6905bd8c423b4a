"""Columns: headings as people write them, and none taken for what it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import columns
from simpul.linkage.matching.columns import ColumnError, recognise
from simpul.linkage.matching.normalise import FIELDS


def test_the_columns_of_the_samples():
    line = "rec_id,cluster,agency,name,nik,dob,birth_year,sex,father,mother,desa,kab,paspor,phone"
    headings = line.split(",")
    found = recognise(headings)
    assert {field: made_of[0] for field, made_of in found.items()} == {
        "id": "rec_id", "cluster": "cluster", "source": "agency", "name": "name", "nik": "nik", "birth_date": "dob",
        "birth_year": "birth_year", "sex": "sex",
        "father": "father", "mother": "mother", "village": "desa", "regency": "kab", "passport": "paspor",
        "phone": "phone",
    }  # fmt: skip
    assert columns.left_out(headings, found) == []


def test_the_columns_of_febrl():
    line = "rec_id given_name surname street_number address_1 address_2 suburb postcode state date_of_birth soc_sec_id"
    headings = line.split()
    assert recognise(headings) == {
        "id": ["rec_id"], "given_name": ["given_name"], "surname": ["surname"],
        "address": ["street_number", "address_1", "address_2"], "village": ["suburb"],
        "postcode": ["postcode"], "province": ["state"], "birth_date": ["date_of_birth"], "number": ["soc_sec_id"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nama", "name"), ("NAMA LENGKAP", "name"), ("Nama (sesuai KTP)", "name"), ("Nama Korban", "name"),
        ("Full Name", "name"), ("Alias", "alias"), ("NIK", "nik"), ("No. KTP", "nik"), ("N.I.K.", "nik"),
        ("NIK/No. KTP", "nik"), ("Tgl Lahir", "birth_date"), ("Tgl. Lahir (dd/mm/yyyy)", "birth_date"),
        ("Tanggal lahir dd-mm-yyyy", "birth_date"), ("Tempat/Tgl Lahir", "birth_date"), ("TTL", "birth_date"),
        ("Tahun Lahir", "birth_year"), ("JK", "sex"), ("L/P", "sex"), ("Jenis Kelamin", "sex"),
        ("Jenis Kelamin (L/P)", "sex"), ("Nama Ayah", "father"), ("Nama Bapak", "father"),
        ("Father's name", "father"), ("Nama Ibu (Kandung)", "mother"), ("Nama Ibu Kandung", "mother"),
        ("Alamat", "address"), ("RT/RW", "address"), ("Desa/Kelurahan", "village"), ("Desa", "village"),
        ("Kecamatan", "district"), ("Kec.", "district"), ("Kab/Kota", "regency"), ("Kabupaten / Kota", "regency"),
        ("Provinsi", "province"), ("Kode Pos", "postcode"), ("No Paspor", "passport"), ("Passport No.", "passport"),
        ("No. HP/Telp", "phone"), ("Nomor Telepon", "phone"), ("Lembaga", "source"), ("Instansi", "source"),
        ("ID", "id"), ("No", "id"), ("Nomor Registrasi", "id"), ("No. Identitas", "number"),
    ],
)  # fmt: skip
def test_usual_headings(heading, field):
    assert columns.field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        "Nama Majikan",
        "Nama Petugas",
        "Alamat Majikan",
        "Tempat Lahir",
        "Tanggal Masuk",
        "Keterangan",
        "Umur",
        "No. Polisi",
        "",
    ],
)
def test_what_speaks_of_something_else_is_not_taken(heading):
    assert columns.field_of(heading) == ""


def test_what_is_not_known_is_told_with_the_reason_where_there_is_one():
    headings = ["Nama", "Umur", "Keterangan"]
    told = columns.left_out(headings, recognise(headings))
    assert [heading for heading, _why in told] == ["Umur", "Keterangan"]
    assert told[0][1]
    assert not told[1][1]


def test_the_most_telling_of_several_ids_is_taken_and_the_other_told():
    found = recognise(["No", "Nama", "Rec_ID"])
    assert found["id"] == ["Rec_ID"]
    assert columns.left_out(["No", "Nama", "Rec_ID"], found) == [("No", "")]


def test_a_chosen_heading_comes_before_what_is_known():
    found = recognise(["Nama", "Nama di Malaysia", "Ket"], chosen={"name": ["nama di malaysia"], "father": ["Ket"]})
    assert found == {"name": ["Nama di Malaysia"], "father": ["Ket"]}


def test_several_headings_may_be_chosen_for_one_field():
    assert recognise(["a", "b", "Nama"], chosen={"address": ["b", "a"]})["address"] == ["b", "a"]


@pytest.mark.parametrize(("chosen", "reason"), [({"nama": ["Nama"]}, "field"), ({"name": ["Nam"]}, "heading")])
def test_a_choice_that_cannot_be_is_refused(chosen, reason):
    with pytest.raises(ColumnError) as problem:
        recognise(["Nama"], chosen=chosen)
    assert problem.value.reason == reason


def test_a_heading_twice_becomes_two():
    assert columns.distinct(["Nama", " Nama ", "", "\ufeffNIK"]) == ["Nama", "Nama (2)", "", "NIK"]
    assert columns.field_of("Nama (2)") == "name"


def test_one_heading_belongs_to_one_field():
    pairs = {(key, field) for field, keys in columns._LISTS.items() for key in keys}
    keys = [key for key, _field in pairs]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@given(st.lists(st.text(max_size=20), max_size=12))
def test_no_heading_is_lost_or_used_twice(headings):
    headings = columns.distinct(headings)
    found = recognise(headings)
    assert set(found) <= {*FIELDS, "alias"}
    used = [heading for made_of in found.values() for heading in made_of]
    told = [heading for heading, _why in columns.left_out(headings, found)]
    assert len(used) == len(set(used))
    assert sorted(used + told) == sorted(filter(None, headings))
