"""Headings as people write them."""

import pytest

from simpul.migrants.reading import headings


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("NO", "number"),
        ("No. Urut", "number"),
        ("Nama Lengkap", "name"),
        ("NAMA PMI", "name"),
        ("N A M A", "name"),
        ("JK", "sex"),
        ("L/P", "sex"),
        ("Jenis Kelamin (L/P)", "sex"),
        ("Laki/Pr", "sex"),
        ("P/W", "sex"),
        ("Jns. Kel", "sex"),
        ("Tgl. Lahir (dd/mm/yyyy)", "birth_date"),
        ("TTL", "birth"),
        ("Tempat, Tgl Lahir", "birth"),
        ("DOB", "birth_date"),
        ("Umur (Th)", "age"),
        ("Usia", "age"),
        ("No. KTP", "nik"),
        ("NIK / No KTP", "nik"),
        ("No Identitas", "identity"),
        ("No Paspor", "passport"),
        ("No. Paspor / SPLP", "document"),
        ("Jenis Dokumen", "document_kind"),
        ("Dok", "document"),
        ("Kab/Kota", "regency"),
        ("Asal", "regency"),
        ("Kabupaten Asal", "regency"),
        ("Kec.", "district"),
        ("Desa/Kel", "village"),
        ("Alamat lengkap", "address"),
        ("Desa/Kec/Kab", "address"),
        ("RT/RW", "hamlet"),
        ("Kasus", "reason"),
        ("Alasan Deportasi", "reason"),
        ("Pelanggaran", "reason"),
        ("Keterangan Kasus", "reason"),
        ("Pekerjaan", "sector"),
        ("Jenis pekerjaan", "sector"),
        ("Ket", "remarks"),
        ("No HP/WA", "phone"),
        ("Full Name", "name"),
        ("Date of Birth", "birth_date"),
        ("Reason for Deportation", "reason"),
        ("Jantina", "sex"),
        ("Tarikh Lahir", "birth_date"),
        ("Nama Ibu Kandung", "mother"),
        ("Nama Majikan", "employer"),
        ("Negara Tujuan", "country"),
        ("P3MI", "company"),
        ("Agama", "-"),
        ("Tanggal Lahir / Date of Birth", "birth_date"),
    ],
)
def test_a_heading_is_understood_however_it_is_written(heading, code):
    assert headings.of((heading,)).code == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("JENIS KELAMIN", "L"), "sex_male"),
        (("JENIS KELAMIN", "P"), "sex_female"),
        (("ALAMAT", "Desa"), "village"),
        (("TTL", "Tempat"), "birth_place"),
        (("TTL", "Tanggal"), "birth_date"),
        (("TANGGAL", "LAHIR"), "birth_date"),
        (("Dokumen", "Jenis"), "document_kind"),
        (("Dokumen", "Nomor"), "document"),
        (("Paspor", "Nomor"), "passport"),
        (("Kontrak", "Mulai"), "contract_from"),
        (("Kontrak", "Selesai"), "contract_until"),
        (("UMUR", "L"), "age_male"),
        (("Orang Tua", "Ayah"), "father"),
        (("Jenis", "Kelamin"), "sex"),
    ],
)
def test_headings_over_two_rows_are_read_together(parts, code):
    assert headings.of(parts).code == code


def test_slips_of_the_finger_are_understood_when_asked():
    assert headings.of(("Kecamattan",)).code == ""
    assert headings.of(("Kecamattan",), is_spelled=True).code == "district"
    assert headings.of(("Tanggl Lahir",), is_spelled=True).code == "birth_date"


@pytest.mark.parametrize("text", ["Siti Aminah", "Blok X", "qwerty", ""])
def test_other_words_are_no_headings(text):
    assert headings.of((text,)) == headings.NONE


def test_one_word_among_others_proves_no_header():
    assert headings.of(("dijemput keluarga",)).is_weak
    assert headings.of(("Paspor",)).is_weak
    assert not headings.of(("Tanggal Lahir",)).is_weak


def test_a_habit_is_remembered_under_the_folded_heading():
    assert headings.key_of(("JENIS KELAMIN", "L")) == "jenis kelamin l"
    assert headings.key_of(("Kolom  X", "Kolom  X")) == "kolom x"
