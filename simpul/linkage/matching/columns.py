"""Columns: which evidence each heading of a list holds, in Indonesian, in English and in the lists people exchange.

A heading that is not known is told and left alone: a column taken for another would make strangers one person.
"""

import re
import unicodedata

from simpul.linkage.matching.normalise import FIELDS

# Headings of each field, the most telling first. Signs, blanks and capitals do not count.
_HEADINGS = {
    "id": """
        rec_id; record id; recid; id; id record; id rekaman; id data; id orang; person id; row id; unique id; uid;
        uuid; kode; kode data; no registrasi; nomor registrasi; no reg; id korban; id pmi; id cpmi; case id; id kasus;
        no kasus; no; nomor; no urut; nomor urut; nr
    """,
    "source": """
        source; sumber; sumber data; asal data; agency; agencies; lembaga; instansi; nama instansi; nama lembaga;
        institution; dataset
    """,
    "cluster": "cluster; cluster id; person; entity; entity id; true id; truth",
    "name": """
        name; full name; fullname; nama; nama lengkap; nama orang; nama korban; nama pmi; nama cpmi; nama tki; nama
        ctki; nama wni; nama deportan; nama penumpang; nama pekerja; nama peserta; nama warga; nama penduduk; nama
        klien; nama anak korban; nama saksi korban; nama sesuai ktp; nama sesuai paspor; nama ktp; nama paspor; nama
        pekerja migran; nama pekerja migran indonesia; person name; name of person; victim name; name of victim
    """,
    "alias": """
        alias; aliases; nama alias; nama lain; nama panggilan; panggilan; nickname; also known as; aka; other name;
        other names
    """,
    "given_name": "given name; given names; first name; firstname; forename; nama depan; nama pertama; nama kecil",
    "surname": "surname; last name; lastname; family name; nama belakang; nama keluarga; nama akhir; marga; fam",
    "nik": """
        nik; no nik; nomor nik; nik ktp; nik korban; nik pmi; no ktp; nomor ktp; ktp; no ktp nik; nik no ktp; no induk
        kependudukan; nomor induk kependudukan; national id; national id number; nationalid; nin
    """,
    "number": """
        soc_sec_id; ssn; social security number; no identitas; nomor identitas; identity number; id number;
        identification number; no kartu identitas; nomor kartu identitas; ic number; no ic; no kad pengenalan; id card
        number
    """,
    "birth_date": """
        dob; birth date; birthdate; date of birth; birthday; born on; tgl lahir; tanggal lahir; tgllahir;
        tanggallahir; lahir; tempat tgl lahir; tempat tanggal lahir; tempat dan tgl lahir; tempat dan tanggal lahir;
        tmpt tgl lahir; tmp tgl lahir; tpt tgl lahir; ttl; place and date of birth; place date of birth
    """,
    "birth_year": "birth year; birthyear; year of birth; yob; thn lahir; tahun lahir; th lahir",
    "sex": """
        sex; gender; jk; j k; l p; lp; jenis kelamin; jns kelamin; jenkel; jns kel; kelamin; m f; laki laki perempuan
    """,
    "father": """
        father; father name; fathers name; name of father; nama ayah; ayah; nama ayah kandung; ayah kandung; nama
        bapak; bapak; nama bapak kandung; bin binti; bin; binti
    """,
    "mother": """
        mother; mother name; mothers name; name of mother; mothers maiden name; nama ibu; ibu; nama ibu kandung; ibu
        kandung; nama gadis ibu kandung
    """,
    "address": """
        street number; house number; no rumah; address; alamat; alamat lengkap; alamat asal; alamat ktp; alamat sesuai
        ktp; alamat rumah; alamat tinggal; alamat domisili; home address; street; street address; jalan; jln; address
        1; address 2; address 3; address line 1; address line 2; rt rw; rt; rw
    """,
    "village": """
        village; desa; kelurahan; desa kelurahan; desa kel; kel desa; kelurahan desa; nama desa; nama kelurahan; nama
        desa kelurahan; desa asal; asal desa; kampung; gampong; nagari; suburb; kode desa; kode kelurahan; kode desa
        kelurahan
    """,
    "district": """
        district; subdistrict; sub district; kecamatan; kec; nama kecamatan; kecamatan asal; kode kecamatan; distrik
    """,
    "regency": """
        regency; regency city; kabupaten; kab; kab kota; kabupaten kota; kabkota; kota; kota kabupaten; kota kab; nama
        kabupaten; nama kabupaten kota; kabupaten asal; kab asal; kab kota asal; asal kabupaten; daerah asal; city;
        town; kode kabupaten; kode kabupaten kota
    """,
    "province": """
        province; provinsi; prov; propinsi; nama provinsi; provinsi asal; asal provinsi; state; kode provinsi
    """,
    "postcode": "postcode; post code; postal code; zip; zip code; zipcode; kode pos; kodepos",
    "passport": """
        passport; passport no; passport number; paspor; no paspor; nomor paspor; nopaspor; no paspor splp; paspor
        splp; no passport; no paspor lama; nomor passport
    """,
    "phone": """
        phone; phone no; phone number; telephone; telephone number; mobile; mobile phone; mobile number; cell phone;
        hp; no hp; nomor hp; nohp; telp; telepon; no telp; no telepon; nomor telepon; no hp telp; no telp hp; no hp
        wa; no wa; wa; whatsapp; no whatsapp; handphone; no handphone; no kontak; kontak; contact number; nomor kontak
    """,
}
# What says nothing without the day it was written on, or too little by itself.
_TOLD_APART = {
    "umur": "an age says nothing without the day it was asked",
    "usia": "an age says nothing without the day it was asked",
    "age": "an age says nothing without the day it was asked",
}
# All their columns together are the evidence; of any other field the first that is filled is taken.
JOINED = ("address", "given_name", "surname")
_BRACKETED = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_DATE_PATTERN = re.compile(r"\b(?:dd|tgl|hh)\W?(?:mm|bln|bb)\W?(?:yyyy|yy|thn|tttt|th)\b", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘`´]")
_NOT_LETTERS = re.compile(r"[\W_]+")


class ColumnError(ValueError):
    """A field or a heading that is not there. `reason` is "field" or "heading", `text` what was asked for."""

    def __init__(self, reason, text):
        super().__init__(f"no such {reason}: {text}")
        self.reason, self.text = reason, text


def recognise(headings, *, chosen=None):
    """{field: headings that make it}, in the order of the list; `chosen` {field: [heading]} comes before what is known.

    An `alias` heading counts as a part of the name. Of several columns for an id only the most telling is taken.
    Raises `ColumnError` for a field or a heading that is not there.
    """
    found = {field: _chosen(headings, field, names) for field, names in (chosen or {}).items()}
    taken = {heading for names in found.values() for heading in names}
    known = {}
    for heading in headings:
        field = "" if heading in taken else field_of(heading)
        if field and field not in found:
            known.setdefault(field, []).append(heading)
    return found | {field: _in_order(field, names) for field, names in known.items()}


def field_of(heading):
    """The field a heading names, or ""."""
    return next((_FIELD_OF[key] for key in _keys(heading) if key in _FIELD_OF), "")


def left_out(headings, found):
    """[(heading, why)] of what no field uses; why is "" where the heading is simply not known."""
    used = {heading for names in found.values() for heading in names}
    return [(heading, _reason(heading)) for heading in headings if heading and heading not in used]


def is_alias(heading):
    return field_of(heading) == "alias"


def distinct(headings):
    """Headings of which none occurs twice: the second "Nama" becomes "Nama (2)"; blanks at the ends are gone."""
    seen, result = {}, []
    for heading in headings:
        heading = " ".join(str(heading).replace("\ufeff", "").split())
        seen[heading] = seen.get(heading, 0) + 1
        result.append(f"{heading} ({seen[heading]})" if heading and seen[heading] > 1 else heading)
    return result


def _chosen(headings, field, names):
    if field not in FIELDS and field != "alias":
        raise ColumnError("field", field)
    return [_named(headings, name) for name in names]


def _named(headings, name):
    if name in headings:
        return name
    same = [heading for heading in headings if _key(heading) == _key(name)]
    if len(same) != 1:
        raise ColumnError("heading", name)
    return same[0]


def _in_order(field, names):
    if field in JOINED:
        return names
    names = sorted(names, key=lambda heading: _rank(field, heading))
    return names[:1] if field in ("id", "cluster", "source") else names


def _rank(field, heading):
    return next((_RANK[field, key] for key in _keys(heading) if (field, key) in _RANK), len(_RANK))


def _reason(heading):
    return next((_TOLD_APART[key] for key in _keys(heading) if key in _TOLD_APART), "")


def _keys(heading):
    """A heading's letters as it stands, and without what stands in brackets or tells how to write a date."""
    yield _key(heading)
    short = _DATE_PATTERN.sub(" ", _BRACKETED.sub(" ", heading))
    yield _key(short)
    # The second of two columns with one heading.
    yield _key(re.sub(r" \(\d+\)$", "", heading))


def _key(text):
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return _NOT_LETTERS.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign))).casefold()


_LISTS = {field: [_key(heading) for heading in text.split(";")] for field, text in _HEADINGS.items()}
_FIELD_OF = {_key(field): field for field in FIELDS} | {key: field for field, keys in _LISTS.items() for key in keys}
_RANK = {(field, key): at for field, keys in _LISTS.items() for at, key in enumerate(keys)}


def same(heading, other):
    """Whether two headings are the same but for signs, blanks and capitals."""
    return _key(heading) == _key(other)
