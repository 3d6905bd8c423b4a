"""Headings of tables of indicators: which column names the place, which an indicator, what only a list of people has.

A table whose rows are persons is recognised here, so that it is refused wherever it is offered: an index ranks places.
"""

import re

GAPS = {"", "na", "n/a", "n.a.", "nan", "null", "-", "..", "n/f"}
CODES = ("code", "kode", "ucode", "region", "wilayah", "kode_wilayah", "place", "tempat", "daerah", "regency",
         "kabupaten", "kabupaten_kota", "kecamatan", "district", "desa", "village", "provinsi", "province", "country",
         "negara", "iso3")  # fmt: skip
OTHER_CODES = re.compile(r"(kode|code|nama)_(kab|kota|kec|desa|kel|prov|wil|daerah|reg|bps|kemendagri|place)\w*"
                         r"|(kab|kota|kec|desa|prov|wilayah|daerah)(_\w+)?")  # fmt: skip
NAMES = ("name", "nama", "uname", "nama_wilayah", "nama_kabupaten", "english", "indonesian")
LONG = {"indicator": ("indicator", "indikator", "icode"), "value": ("value", "nilai"), "year": ("year", "tahun")}

# Headings only a list of people has, whole; and words that give one away wherever they stand.
OF_PERSONS = {
    "kk", "no_kk", "nokk", "tanggal_lahir", "tgl_lahir", "tempat_lahir", "birth_date", "birthdate", "date_of_birth",
    "alamat", "address", "no_hp", "hp", "telepon", "telp", "no_telp", "phone", "email", "nama_lengkap", "full_name",
    "nama_ibu", "nama_ayah", "nama_korban", "jenis_kelamin", "kelamin", "sex", "gender", "jk", "umur", "usia", "age",
    "korban", "victim", "person", "person_id", "orang", "first_name", "last_name", "surname",
}  # fmt: skip
GIVING_AWAY = {"nik", "ktp", "paspor", "passport", "dob"}
OF_PLACES = re.compile(r"(?i)^(kab(upaten)?|kota|kec(amatan)?|desa|kel(urahan)?|prov(insi)?|regency|city of)\b")
PER_CENT = {"%", "percent", "per cent", "percentage", "persen", "pct"}
# What makes a percentage a ratio to something else, or a change, so that it may exceed 100.
RATIO = re.compile(r"(?i)\b(gdp|pdb|pdrb|growth|pertumbuhan|change|perubahan|net|neto|ratio|rasio|index|indeks)\b")


def plain(heading):
    """A heading as it is compared: small letters, figures and underscores."""
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")


def is_place(name):
    """Whether a plain heading is that of a column of places."""
    return name in CODES or bool(OTHER_CODES.fullmatch(name))


def is_share(unit, code, title):
    """Whether a value is a share of a whole, which cannot exceed 100 percent."""
    return unit.strip().lower() in PER_CENT and not RATIO.search(f"{unit} {title} {code.replace('_', ' ')}")


def of_persons(headings, rows):
    """The heading by which a table is recognised as a list of persons; "" where its rows are places."""
    names = [plain(each) for each in headings]
    for each, heading in zip(names, headings, strict=True):
        if each in OF_PERSONS or GIVING_AWAY & set(each.split("_")):
            return heading
    for column, heading in enumerate(headings):
        cells = [row[column] for row in rows if row[column]]
        if cells and sum(len(cell) == 16 and cell.isdecimal() for cell in cells) * 2 > len(cells):
            return heading
    return _name_without_place(names, headings, rows)


def _name_without_place(names, headings, rows):
    """A column of names that are not names of places, and no code that says where."""
    for each, heading in zip(names, headings, strict=True):
        if each not in {"name", "nama"}:
            continue
        cells = [row[headings.index(heading)] for row in rows]
        if sum(bool(OF_PLACES.match(cell)) for cell in cells) * 2 >= len(cells):
            return ""
        code = next((place for place, known in enumerate(names) if is_place(known)), None)
        if code is None:
            return heading
        # Words beside a name say where somebody lives; a code beside a name says which place it names.
        is_code = all(re.fullmatch(r"[\d.]+|[A-Za-z]{2,3}", row[code]) for row in rows)
        return "" if is_code else heading
    return ""
