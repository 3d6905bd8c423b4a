"""Lists of people sent home as offices really type them, made with the truth beside each, to try the reader with.

Every person is invented. `manifests` draws a sheet with any habits; the `*_list` functions are whole sheets
written out, each after one office's way of working. A sheet is a `Sample`: the bytes of the file, and for each person
the row in which he stands and what a reader must find there.
"""

import csv
import io
import random
import zipfile
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt
from hypothesis import assume
from hypothesis import strategies as st

from simpul.lib import tables
from simpul.places import gazetteer

TODAY = date(2026, 2, 20)
ARRIVED = date(2026, 1, 30)

MEN = [
    "Yulius",
    "Ahmad",
    "Petrus",
    "Suryadi",
    "Hendra",
    "Darmawan",
    "Lukas",
    "Junaidi",
    "Rahmat",
    "Kornelius",
    "Agus",
    "Bambang",
    "Stepanus",
    "Iskandar",
    "Firman",
    "Markus",
    "Sabirin",
    "Wahyudi",
    "Dominikus",
    "Usman",
]
WOMEN = [
    "Maria",
    "Siti",
    "Yuliana",
    "Dewi",
    "Kartini",
    "Nurhayati",
    "Agnes",
    "Fitri",
    "Rosmini",
    "Lidia",
    "Sumarni",
    "Veronika",
    "Halimah",
    "Yanti",
    "Marlina",
    "Juliana",
    "Aminah",
    "Katarina",
    "Rusmiati",
    "Elisabet",
]
LAST = [
    "Saputra",
    "Lestari",
    "Gunawan",
    "Anton",
    "Bujang",
    "Ramli",
    "Sulaiman",
    "Akim",
    "Jamal",
    "Tono",
    "Amin",
    "Basri",
    "Kadir",
    "Nyangun",
    "Sadikin",
    "Mulyadi",
    "Haris",
    "Jelani",
    "Rasyid",
    "Simon",
]

MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop", "Des"]
MISSPELT_MONTHS = [
    "Jan",
    "Pebruari",
    "Maret",
    "Aprl",
    "Mei",
    "Juni",
    "Juli",
    "Agst",
    "Sept",
    "Oktober",
    "Nopember",
    "Desmber",
]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MALAY_MONTHS = [
    "Januari",
    "Februari",
    "Mac",
    "April",
    "Mei",
    "Jun",
    "Julai",
    "Ogos",
    "September",
    "Oktober",
    "November",
    "Disember",
]


class Person(NamedTuple):
    """An invented person. `village` is the code of the home village."""

    name: str
    sex: str
    birth: date
    birth_place: str
    nik: str
    document: str
    village: str
    reason: str
    sector: str


class Formula(NamedTuple):
    text: str
    value: object


@dataclass
class Sheet:
    """A grid of cells with merged ranges (first row, first column, last row, last column; all from 0)."""

    name: str
    rows: list = field(default_factory=list)
    merged: list = field(default_factory=list)

    def add(self, *cells):
        """Add a row; its number as a spreadsheet counts."""
        self.rows.append(list(cells))
        return len(self.rows)

    def title(self, text, *, width):
        number = self.add(text)
        self.merged.append((number - 1, 0, number - 1, max(width - 1, 1)))

    def merge_down(self, column, first, last):
        """Merge rows `first` to `last` (as a spreadsheet counts) of a column."""
        if last > first:
            self.merged.append((first - 1, column, last - 1, column))


@dataclass
class Sample:
    """A file and its truth: `people` are (sheet, row, {field: value}); `doubtful` fields may be empty, never wrong."""

    data: bytes
    filename: str
    people: list
    printed: dict = field(default_factory=dict)
    differs: bool = False
    header: dict = field(default_factory=dict)
    doubtful: frozenset = frozenset()
    told: str = ""


# People


@lru_cache(maxsize=1)
def country():
    return gazetteer.of_package()


@lru_cache(maxsize=1)
def homes():
    """Villages of West Kalimantan whose name stands once in its regency, in regencies of one name only."""
    names = country().names
    villages = [
        code for code in names if len(code) == 13 and code.startswith("61.") and code[:5] not in ("61.71", "61.02")
    ]
    seen = {}
    for code in villages:
        seen.setdefault((code[:5], names[code].casefold()), []).append(code)
    known = {names[code].casefold() for code in names if len(code) <= 8}
    return sorted(found[0] for (_, name), found in seen.items() if len(found) == 1 and name not in known)


def people(count, *, seed):
    chance = random.Random(seed)
    return [person(chance, number) for number in range(count)]


def person(chance, number):
    sex = chance.choice("LLP")
    birth = date(1948, 1, 1) + timedelta(days=chance.randrange(365 * 58))
    village = chance.choice(homes())
    first = chance.choice(MEN if sex == "L" else WOMEN)
    # The number in letters keeps two people of one list from being the same.
    own = f"{'ABCDEFGHJKMNPRSTUVWY'[number // 20 % 20]}{'aiueo'[number % 5]}{'bdgklmnrst'[number % 10]}"
    last = f"{chance.choice(LAST)} {own}"
    joined = chance.choice([" ", " ", " bin " if sex == "L" else " binti ", " anak "])
    nik = village[:8].replace(".", "") + f"{birth.day + 40 * (sex == 'P'):02}{birth:%m%y}{number % 89 + 1:04}"
    return Person(
        name=f"{first}{joined}{last}",
        sex=sex,
        birth=birth,
        birth_place=chance.choice(["Sambas", "Bengkayang", "Sanggau", "Sintang", "Ngabang", "Singkawang"]),
        nik=nik,
        document=f"{chance.choice('ABCEX')}{1000000 + 7919 * number % 9000000}",
        village=village,
        reason=chance.choice(["no_passport", "no_passport", "no_permit", "gambling", "drugs"]),
        sector=chance.choice(["services", "construction", "plantation", "industry"]),
    )


def name_of(code):
    return country().names[code]


def regency_name(code):
    return name_of(code[:5])


# Words

HEADINGS = {
    "name": "Nama|Nama Lengkap|NAMA PMI|NAMA WNI|Nama PMI/WNI|Nama Deportan|Name|Nama Penuh|N A M A|Nama (sesuai KTP)"
    "|NAMA LENGKAP WNI|Nama Pekerja Migran|Nm. Lengkap|NAMA/ALIAS|Nama ybs|Nama PMI-B|Nama_Lengkap|Deportee Name",
    "sex": "JK|L/P|Jenis Kelamin|Kelamin|Sex|Gender|Jns Kelamin|Jantina|Jenis\nKelamin|Jns. Kel|LK/PR|L / P|JENKEL"
    "|Laki/Pr|L/W|Jns Klmn|J.K.|Jenis Kelamin (L/P)",
    "birth": "Tgl Lahir|Tanggal Lahir|Tgl. Lahir|DOB|Date of Birth|Tarikh Lahir|TGL LHR|Tgl/Bln/Thn Lahir"
    "|TGL. LAHIR (DD/MM/YYYY)|D.O.B|Tanggal Kelahiran|Tgl_Lahir",
    "ttl": "TTL|Tempat, Tanggal Lahir|Tempat/Tgl Lahir|Tempat & Tgl. Lahir|Tempat dan Tanggal Lahir|T.T.L"
    "|Tmpt, Tgl Lahir|Place/Date of Birth|Kelahiran",
    "age": "Umur|Usia|Umur (Th)|Age|Usia (Tahun)",
    "nik": "NIK|No. KTP|No KTP/NIK|Nomor Induk Kependudukan|NO. NIK|N.I.K|No. Induk Kependudukan|NIK (16 digit)|KTP",
    "document": "No. Paspor|No Paspor/SPLP|Nomor Paspor|Passport No.|No. Dokumen|NO. PASPOR / SPLP|PASPOR/SPLP"
    "|No. Dokumen Perjalanan|Paspor|Dok. Perjalanan",
    "regency": "Kab/Kota|Kabupaten|Kabupaten/Kota|Daerah Asal|Kab. Asal|Kabupaten Asal|Asal|KAB./KOTA|Kota/Kab"
    "|Asal Kabupaten|Kab|Asal Kab/Kota|KAB / KOTA ASAL PMI|Tempat Asal|Wilayah Asal",
    "district": "Kecamatan|Kec|Kec.|Kecamatan Asal|Nama Kecamatan",
    "village": "Desa|Desa/Kel|Kelurahan/Desa|Desa / Kelurahan|Kel/Desa|Desa Asal|Nama Desa|Desa/Kampung",
    "address": "Alamat|Alamat Lengkap|Alamat Asal|Alamat di Indonesia|ALAMAT LENGKAP|Alamat KTP|Alamat sesuai KTP"
    "|Alamat (Desa, Kec, Kab)|Home Address|Almt",
    "reason": "Kasus|Alasan|Pelanggaran|Alasan Deportasi|Sebab Deportasi|Kasus / Pelanggaran|Jenis Kasus"
    "|Penyebab Deportasi|Alasan Dipulangkan|Permasalahan|Jenis Pelanggaran",
    "sector": "Sektor|Pekerjaan|Jenis Pekerjaan|Sektor Pekerjaan|Bidang Kerja|Pekerjaan di Malaysia|Profesi",
}
HEADINGS = {key: words.split("|") for key, words in HEADINGS.items()}
REASONS = {
    "no_passport": ["tidak memiliki paspor", "Tidak memiliki paspor", "TIDAK MEMILIKI PASPOR", "Tidak ada paspor"],
    "no_permit": ["tidak memiliki permit/visa kerja", "Tidak memiliki permit", "TIDAK MEMILIKI PERMIT", "Tanpa permit"],
    "gambling": ["perjudian", "Judi online", "PERJUDIAN"],
    "drugs": ["narkoba", "NARKOBA", "Narkotika"],
}
SECTORS = {
    "services": ["jasa", "JASA", "Jasa"],
    "construction": ["konstruksi", "KONSTRUKSI", "Konstruksi"],
    "plantation": ["perkebunan", "PERKEBUNAN", "Perkebunan"],
    "industry": ["industri", "INDUSTRI", "Industri"],
}
SEXES = {
    "letter": {"L": "L", "P": "P"},
    "small": {"L": "l", "P": "p"},
    "word": {"L": "Laki-laki", "P": "Perempuan"},
    "short": {"L": "Lk", "P": "Pr"},
    "capital": {"L": "LAKI - LAKI", "P": "PEREMPUAN"},
    "english": {"L": "Male", "P": "Female"},
    "malay": {"L": "Lelaki", "P": "Perempuan"},
    "man": {"L": "Pria", "P": "Wanita"},
    "MF": {"L": "M", "P": "F"},
    "dotted": {"L": "LK.", "P": "PR."},
}
TICKS = ["√", "✓", "v", "V", "x", "X", 1, "1", "●"]
EMPTY = [None, "", "-", "–", "tidak ada", "tdk ada", "n/a", "nihil", "belum ada"]


def _month(names, shape):
    return lambda day: shape.format(d=day.day, m=names[day.month - 1], y=day.year, yy=day.year % 100)


DATES = {
    "d-m-Y": lambda day: f"{day.day}-{day.month}-{day.year}",
    "dd/mm/Y": lambda day: f"{day:%d/%m/%Y}",
    "dd.mm.Y": lambda day: f"{day:%d.%m.%Y}",
    "d m Y": lambda day: f"{day:%d %m %Y}",
    "iso": lambda day: day.isoformat(),
    "iso with time": lambda day: f"{day.isoformat()} 00:00:00",
    "digits": lambda day: f"{day:%d%m%Y}",
    "two digits": lambda day: f"{day.day}-{day.month}-{day:%y}",
    "month": _month(MONTHS, "{d} {m} {y}"),
    "capital month": lambda day: _month(MONTHS, "{d} {m} {y}")(day).upper(),
    "short month": _month(SHORT_MONTHS, "{d:02} {m} {y}"),
    "dashed month": _month(SHORT_MONTHS, "{d:02}-{m}-{yy:02}"),
    "misspelt month": _month(MISSPELT_MONTHS, "{d} {m} {y}"),
    "english month": _month(ENGLISH_MONTHS, "{d} {m} {y}"),
    "american month": _month(ENGLISH_MONTHS, "{m} {d}, {y}"),
    "weekday": lambda day: f"{WEEKDAYS[day.weekday()]}, {_month(MONTHS, '{d} {m} {y}')(day)}",
    "dashed long month": _month(MONTHS, "{d}-{m}-{y}"),
    "slashed month": _month(SHORT_MONTHS, "{d:02}/{m}/{y}"),
    "wide": lambda day: f"{day.day} - {day.month} - {day.year}",
    "Y/m/d": lambda day: f"{day:%Y/%m/%d}",
    "malay month": _month(MALAY_MONTHS, "{d} {m} {y}"),
    "true": lambda day: day,
    "serial": lambda day: (day - date(1899, 12, 30)).days,
    "with age": lambda day: f"{day:%d-%m-%Y} / {age_on(day, ARRIVED)} th",
    # Read so only where the column proves it: a list with this habit always holds a day above 12.
    "m/d/Y": lambda day: f"{day.month}/{day.day}/{day.year}",
}
_ALONE = {"weekday", "with age", "true", "serial", "digits", "m/d/Y", "american month", "iso with time"}
# One column in which everybody types as he likes.
MIXED = ["d-m-Y", "dd/mm/Y", "month", "short month", "true", "dd.mm.Y", "capital month", "iso", "dashed long month"]
IN_TEXT = [habit for habit in DATES if habit not in _ALONE]

NIKS = {
    "text": lambda nik: nik,
    "apostrophe": lambda nik: f"'{nik}",
    "number": lambda nik: float(nik),
    "blanks": lambda nik: f"{nik[:6]} {nik[6:12]} {nik[12:]}",
    "fours": lambda nik: f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}",
    "dashes": lambda nik: f"{nik[:6]}-{nik[6:12]}-{nik[12:]}",
    "dots": lambda nik: f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}.{nik[6:12]}.{nik[12:]}",
}
ADDRESSES = {
    "marked": "Ds. {village} Kec. {district} {regency}",
    "marked with hamlet": "Dsn. Mawar RT 01/02 Ds. {village} Kec. {district} Kab. {bare}",
    "whole": "Dusun Melati RT.003 RW.001 Desa {village} Kecamatan {district} {regency} Kalimantan Barat 79462",
    "commas": "{village}, {district}, {bare}, Kalbar",
    "capital": "DESA {village} KEC. {district} KAB. {bare}",
    "from above": "{bare}, {district}, {village}",
    "lines": "RT 02 RW 01\nDesa {village}\nKec. {district}\n{regency}",
    "street": "Jl. Pelabuhan No. 12, Kel. {village}, Kec. {district}, {regency}",
}
NAMES = {
    "plain": lambda name, sex: name,
    "capital": lambda name, sex: name.upper(),
    "small": lambda name, sex: name.lower(),
    "wide": lambda name, sex: f"  {name.replace(' ', '  ')} ",
    "courtesy": lambda name, sex: f"{'Sdr.' if sex == 'L' else 'Sdri.'} {name}",
    "mister": lambda name, sex: f"{'Tn.' if sex == 'L' else 'Ny.'} {name.upper()}",
    "degree": lambda name, sex: f"{name}, S.Pd.",
    "on behalf": lambda name, sex: f"an. {name}",
    "bpk": lambda name, sex: f"{'Bpk.' if sex == 'L' else 'Ibu'} {name}",
    "pilgrim": lambda name, sex: f"{'H.' if sex == 'L' else 'Hj.'} {name}",
}
REGENCIES = {
    "official": lambda name: name,
    "short": lambda name: name.replace("Kabupaten ", "Kab. "),
    "bare": lambda name: name.replace("Kabupaten ", "").replace("Kota ", ""),
    "capital": lambda name: name.replace("Kabupaten ", "").replace("Kota ", "").upper(),
    "tight": lambda name: name.replace("Kabupaten ", "Kab.").replace("Kota ", "Kota "),
    "capital short": lambda name: name.replace("Kabupaten ", "KAB. ").upper(),
    "prov": lambda name: f"{name.replace('Kabupaten ', 'Kab. ')}, Prov. Kalimantan Barat",
    "with province": lambda name: f"{name.replace('Kabupaten ', '')} - Kalbar",
}


# Columns that say nothing this reader keeps, and what stands in them.
SPARE = {
    "": lambda number: None,
    "TTD": lambda number: "........" if number % 2 else None,
    "No. HP": lambda number: f"0812{number:07}",
    "Ket": lambda number: ["sehat", None, "hamil", "-"][number % 4],
    "Agama": lambda number: ["Islam", "Katolik", "Kristen"][number % 3],
    "Kewarganegaraan": lambda number: "WNI",
    "Keterangan": lambda number: "dijemput keluarga" if number % 3 else None,
    "Tgl Masuk Malaysia": lambda number: f"{number % 27 + 1}-03-2024",
}


# Any sheet


@dataclass
class Habits:
    """How one office types its list. Everything a person could read at a glance."""

    fields: list
    headings: dict
    style: str
    dates: str
    sex: str
    tick: object
    nik: str
    name: str
    regency: str
    address: str
    place: str
    empty: object
    titles: int
    has_numbers: bool
    has_number_row: bool
    repeats_header: bool
    same_as_above: str
    sections: str
    total: str
    signature: bool
    blank_rows: bool
    spare: list
    subtotals: bool
    sheets: str
    format: str


FORMATS = ["xlsx", "xls", "ods", "csv;", "csv,", "csv;bom", "csv\tutf-16", "csv;cp1252", "csv|"]


@st.composite
def habits(draw):
    birth = draw(st.sampled_from(["birth", "ttl", "birth", "ttl+age"]))
    place = draw(st.sampled_from(["regency", "columns", "address", "section", "grouped"]))
    sex = draw(st.sampled_from([*SEXES, "ticks", "ticks below", "section"]))
    sections = "regency" if place == "section" else "sex" if sex == "section" else ""
    if place == "section" and sex == "section":
        sex = "letter"
    optional = draw(st.lists(st.sampled_from(["nik", "document", "reason", "sector"]), unique=True))
    fields = ["name", *optional, "ttl" if birth.startswith("ttl") else "birth"]
    fields += ["age"] if birth.endswith("age") else []
    fields += [] if sex == "section" else ["sex"]
    fields += {"columns": ["place"], "regency": ["regency"], "address": ["address"], "grouped": ["place"]}.get(
        place, []
    )
    dates = draw(st.sampled_from(IN_TEXT if birth.startswith("ttl") else [*DATES, "mixed"]))
    file = draw(st.sampled_from(FORMATS))
    return Habits(
        fields=draw(st.permutations(fields)),
        headings={key: draw(st.sampled_from(words)) for key, words in HEADINGS.items()},
        style=draw(st.sampled_from(["as is", "capital", "small", "colon"])),
        dates="iso" if dates == "serial" and file.startswith("csv") else dates,
        sex=sex,
        tick=draw(st.sampled_from(TICKS)),
        nik=draw(st.sampled_from([key for key in NIKS if key != "number" or not file.startswith("csv")])),
        name=draw(st.sampled_from(list(NAMES))),
        regency=draw(st.sampled_from(list(REGENCIES))),
        address=draw(st.sampled_from(list(ADDRESSES))),
        place=place,
        empty=draw(st.sampled_from(EMPTY)),
        titles=draw(st.integers(0, 4)),
        has_numbers=draw(st.booleans()),
        has_number_row=draw(st.booleans()),
        repeats_header=draw(st.booleans()),
        same_as_above=draw(st.sampled_from(["", "", "sda", "s.d.a", "idem", '"', "-//-", "〃"])),
        sections=sections,
        total=draw(st.sampled_from(["", "total", "by sex", "recap", "formula"])),
        signature=draw(st.booleans()),
        blank_rows=draw(st.booleans()),
        spare=draw(st.lists(st.sampled_from(list(SPARE)), unique=True, max_size=2)),
        subtotals=draw(st.booleans()),
        sheets=draw(st.sampled_from(["one", "one", "one", "by section", "with empty ones"])),
        format=file,
    )


# What a file in cp1252 cannot hold is typed otherwise in it.
CP1252 = {"√": "v", "✓": "V", "●": "x", "〃": "sda"}


@st.composite
def manifests(draw, *, most=14):
    """A sheet with any habits and its truth."""
    count = draw(st.integers(2, most))
    return build(draw(habits()), people(count, seed=draw(st.integers(0, 5000))))


def build(habit, everyone):
    """The sheet of one office for these people."""
    return _Builder(habit, everyone).sample()


class _Builder:
    def __init__(self, habit, everyone):
        if habit.format.endswith("cp1252"):
            habit.tick = CP1252.get(habit.tick, habit.tick)
            habit.same_as_above = CP1252.get(habit.same_as_above, habit.same_as_above)
        if habit.format.startswith("csv"):
            habit.sheets = "one"
        self.habit = habit
        self.is_split = habit.sheets == "by section" and bool(habit.sections)
        self.everyone = _in_sections(everyone, habit.sections)
        if habit.dates == "m/d/Y" and all(each.birth.day <= 12 for each in everyone):
            self.everyone = [_born_late(self.everyone[0]), *self.everyone[1:]]
        self.sheet = Sheet("Sheet1")
        self.sheets = [self.sheet]
        self.truth = []
        self.columns = self._columns()
        self.above = {}

    def sample(self):
        self._head()
        self._people()
        if self.is_split and self.habit.total:
            self.sheet = Sheet("REKAP")
            self.sheets.append(self.sheet)
            self.habit.total = "recap"
        printed = self._totals()
        self._signature()
        if self.habit.sheets == "with empty ones":
            self.sheets = [_instructions(), *self.sheets, Sheet("Sheet2")]
        data, filename = encoded(self.sheets, self.habit.format)
        return Sample(data, filename, self.truth, printed=printed, told=repr(self.habit))

    def cells(self):
        """(row from 0, column from 0, what it is) of every cell that belongs to a person, for who spoils one."""
        rows = [row for _, row, _ in self.truth]
        return [(row - 1, place, column) for row in rows for place, column in enumerate(self.columns)]

    # The head

    def _head(self):
        titles = ["DAFTAR NAMA WNI / PMI DEPORTASI", "DARI MALAYSIA MELALUI PLBN ENTIKONG"]
        titles += ["TANGGAL 30 JANUARI 2026", "DEPOT IMIGRESEN BEKENU"]
        for text in titles[: self.habit.titles]:
            self.sheet.title(text, width=len(self.columns))
        if self.habit.titles and self.habit.blank_rows:
            self.sheet.add()
        self._header()

    def _columns(self):
        columns = ["no"] if self.habit.has_numbers else []
        for each in self.habit.fields:
            if each == "place":
                columns += ["village", "district", "regency"]
            elif each == "sex" and self.habit.sex.startswith("ticks"):
                columns += ["male", "female"]
            else:
                columns.append(each)
        for each in self.habit.spare:
            columns.insert(len(self.everyone) * 7 % (len(columns) + 1), f"spare {each}")
        if "male" in columns and columns.index("female") != columns.index("male") + 1:
            columns.remove("female")
            columns.insert(columns.index("male") + 1, "female")
        if "village" in columns:
            columns = [each for each in columns if each not in ("district", "regency")]
            place = columns.index("village") + 1
            columns[place:place] = ["district", "regency"]
        return columns

    def _header(self):
        grouped = self._groups()
        words = [self._heading(column) for column in self.columns]
        if not grouped:
            self.sheet.add(*words)
        else:
            first = self.sheet.add(
                *[grouped.get(column, word) for column, word in zip(self.columns, words, strict=True)]
            )
            below = [word if column in grouped else None for column, word in zip(self.columns, words, strict=True)]
            self.sheet.add(*below)
            self._merge_head(grouped, first)
        self.header_rows = [list(row) for row in self.sheet.rows[-2 if grouped else -1 :]]
        if self.habit.has_number_row:
            self.sheet.add(*[number + 1 for number in range(len(self.columns))])

    def _groups(self):
        """{column: the heading above it} where the header has two rows."""
        grouped = {}
        if self.habit.sex == "ticks below":
            grouped |= dict.fromkeys(["male", "female"], self._styled("Jenis Kelamin"))
        if self.habit.place == "grouped":
            grouped |= dict.fromkeys(["village", "district", "regency"], self._styled("Alamat"))
        return {column: word for column, word in grouped.items() if column in self.columns}

    def _merge_head(self, grouped, first):
        row = self.sheet.rows[first - 1]
        done = set()
        for number, column in enumerate(self.columns):
            if column not in grouped:
                self.sheet.merged.append((first - 1, number, first, number))
            elif grouped[column] in done:
                row[number] = None
            else:
                size = list(grouped.values()).count(grouped[column])
                self.sheet.merged.append((first - 1, number, first - 1, number + size - 1))
                done.add(grouped[column])

    def _heading(self, column):
        words = {"no": "No", "male": "L", "female": "P"}
        if column.startswith("spare "):
            return column.removeprefix("spare ")
        return words[column] if column in words else self._styled(self.habit.headings[column])

    def _styled(self, text):
        styles = {"capital": text.upper(), "small": text.lower(), "colon": f"{text} :"}
        return styles.get(self.habit.style, text)

    # The people

    def _people(self):
        section, middle = None, len(self.everyone) // 2
        for number, each in enumerate(self.everyone):
            if number == middle and self.habit.repeats_header:
                for row in self.header_rows:
                    self.sheet.add(*row)
                self.above = {}
            title = self._section(each)
            if title and title != section:
                self._subtotal(section, number)
                self._open_section(title, is_first=section is None)
                section, self.above = title, {}
            row = self.sheet.add(*[self._written(column, each, number) for column in self.columns])
            self.truth.append((self.sheet.name, row, self._truth(each)))
            if self.habit.blank_rows and number == middle:
                self.sheet.add()
        self._subtotal(section, len(self.everyone))

    def _open_section(self, title, *, is_first):
        """A row that says what the rows below it share, or a sheet of that name."""
        if not self.is_split:
            self.sheet.add(title)
            return
        if is_first:
            self.sheet.name = title
            return
        self.sheet = Sheet(title)
        self.sheets.append(self.sheet)
        self._head()

    def _subtotal(self, section, number):
        """What some type under each section: how many people it held."""
        if section and self.habit.subtotals:
            own = sum(self._section(each) == section for each in self.everyone[:number])
            self.sheet.add("Jumlah" if self.habit.has_numbers else "Sub Total", *[None] * (len(self.columns) - 2), own)

    def _section(self, each):
        if self.habit.sections == "regency":
            return regency_name(each.village).upper()
        if self.habit.sections == "sex":
            return "A. LAKI-LAKI" if each.sex == "L" else "B. PEREMPUAN"
        return ""

    def _written(self, column, each, number):
        value = self._cell(column, each, number)
        repeated = column in {"regency", "reason", "sector"} and self.habit.same_as_above
        if repeated and self.above.get(column) == value:
            return self.habit.same_as_above
        self.above[column] = value
        return value

    def _cell(self, column, each, number):
        if column.startswith("spare "):
            return SPARE[column.removeprefix("spare ")](number)
        writers = {
            "no": lambda: number + 1,
            "name": lambda: NAMES[self.habit.name](each.name, each.sex),
            "male": lambda: self.habit.tick if each.sex == "L" else None,
            "female": lambda: self.habit.tick if each.sex == "P" else None,
            "sex": lambda: SEXES[self.habit.sex][each.sex],
            "birth": lambda: DATES[self._dates(number)](each.birth),
            "ttl": lambda: f"{each.birth_place}, {DATES[self.habit.dates](each.birth)}",
            "age": lambda: age_on(each.birth, ARRIVED),
            "nik": lambda: NIKS[self.habit.nik](each.nik) if number % 3 else self.habit.empty,
            "document": lambda: each.document if number % 4 else self.habit.empty,
            "regency": lambda: REGENCIES[self.habit.regency](regency_name(each.village)),
            "district": lambda: name_of(each.village[:8]),
            "village": lambda: name_of(each.village),
            "address": lambda: address_of(each.village, self.habit.address),
            "reason": lambda: REASONS[each.reason][number % len(REASONS[each.reason])],
            "sector": lambda: SECTORS[each.sector][0],
        }
        return writers[column]()

    def _dates(self, number):
        return MIXED[number % len(MIXED)] if self.habit.dates == "mixed" else self.habit.dates

    def _truth(self, each):
        number = len(self.truth)
        truth = {"name": each.name, "sex": each.sex, "birth_date": each.birth, "regency_code": each.village[:5]}
        if self.habit.place in {"columns", "address", "grouped"}:
            truth |= {"district_code": each.village[:8], "village_code": each.village}
        if "nik" in self.columns:
            truth["nik"] = each.nik if number % 3 else None
        if "document" in self.columns:
            truth["document"] = each.document if number % 4 else None
        truth |= {key: getattr(each, key) for key in ("reason", "sector") if key in self.columns}
        return truth

    # What stands below

    def _totals(self):
        men = sum(each.sex == "L" for each in self.everyone)
        women = len(self.everyone) - men
        wide = [None] * (len(self.columns) - 2)
        if self.habit.total == "total":
            self.sheet.add("JUMLAH", *wide, len(self.everyone))
        elif self.habit.total == "formula":
            self.sheet.add("JUMLAH", *wide, Formula(f"=COUNTA(A1:A{len(self.everyone)})", len(self.everyone)))
        elif self.habit.total == "by sex":
            self.sheet.add(f"Jumlah : {len(self.everyone)} orang (L: {men}, P: {women})")
        elif self.habit.total == "recap":
            self.sheet.add()
            self.sheet.add("REKAPITULASI")
            self.sheet.add("Laki-laki", men)
            self.sheet.add("Perempuan", women)
            self.sheet.add("Jumlah", len(self.everyone))
        else:
            return {}
        return {"total": len(self.everyone)}

    def _signature(self):
        if not self.habit.signature:
            return
        self.sheet.add()
        self.sheet.add(None, None, "Entikong, 30 Januari 2026")
        self.sheet.add(None, None, "Koordinator P4MI Entikong")
        self.sheet.add()
        self.sheet.add(None, None, "Drs. Contoh Invented, M.Si")
        self.sheet.add(None, None, "NIP. 19700101 199803 1 001")


def _instructions():
    sheet = Sheet("Petunjuk")
    sheet.add("Petunjuk pengisian")
    sheet.add("1. Isi nama sesuai KTP.")
    sheet.add("2. Tanggal lahir ditulis tanggal-bulan-tahun.")
    return sheet


def _in_sections(everyone, by):
    keys = {"regency": lambda each: each.village[:5], "sex": lambda each: each.sex}
    return sorted(everyone, key=keys[by]) if by else list(everyone)


def _born_late(each):
    birth = each.birth.replace(day=27)
    nik = f"{each.nik[:6]}{27 + 40 * (each.sex == 'P'):02}{each.nik[8:]}"
    return each._replace(birth=birth, nik=nik)


def age_on(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def address_of(code, habit):
    names = {"village": name_of(code), "district": name_of(code[:8]), "regency": regency_name(code)}
    names["bare"] = names["regency"].replace("Kabupaten ", "").replace("Kota ", "")
    text = ADDRESSES[habit].format(**names)
    # A city is no "Kab."
    text = text.replace("Kab. Singkawang", "Kota Singkawang").replace("KAB. Singkawang", "KOTA Singkawang")
    return text.upper() if habit == "capital" else text


# Writing files


def encoded(sheets, kind, *, name="daftar"):
    """(bytes, file name) of the sheets in one of the formats."""
    if kind.startswith("csv"):
        encoding = {"bom": "utf-8-sig", "utf-16": "utf-16", "cp1252": "cp1252"}.get(kind[4:], "utf-8")
        return as_csv(
            sheets[0], delimiter=kind[3], encoding=encoding
        ), f"{name}.{'tsv' if kind[3] == chr(9) else 'csv'}"
    return {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}[kind](sheets), f"{name}.{kind}"


def as_xlsx(sheets):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for span in sheet.merged:
            page.merge_range(*span, "")
        for number, row in enumerate(sheet.rows):
            for place, value in enumerate(row):
                _write_xlsx(page, number, place, value, dated)
    book.close()
    return out.getvalue()


def _write_xlsx(page, row, column, value, dated):
    if value is None or value == "":
        return
    if isinstance(value, Formula):
        page.write_formula(row, column, value.text, None, value.value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, dated)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write_number(row, column, value)


def as_xls(sheets):
    book = xlwt.Workbook()
    dated = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for first, left, last, right in sheet.merged:
            page.merge(first, last, left, right)
        for number, row in enumerate(sheet.rows):
            for place, value in enumerate(row):
                value = value.value if isinstance(value, Formula) else value
                if value is not None and value != "":
                    page.write(number, place, value, dated if isinstance(value, date) else xlwt.Style.default_style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "{}</office:spreadsheet></office:body></office:document-content>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def as_ods(sheets):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml", _MANIFEST)
        file.writestr("content.xml", _ODS.format("".join(map(_ods_table, sheets))), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ods_table(sheet):
    spans = {(first, left): (last - first + 1, right - left + 1) for first, left, last, right in sheet.merged}
    covered = {
        (row, column)
        for first, left, last, right in sheet.merged
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    } - set(spans)
    width = max((len(row) for row in sheet.rows), default=1)
    width = max([width, *(right + 1 for *_, right in sheet.merged)])
    lines = []
    for number, row in enumerate(sheet.rows):
        cells = [*row, *[None] * (width - len(row))]
        line = "".join(
            "<table:covered-table-cell/>"
            if (number, place) in covered
            else _ods_cell(value, spans.get((number, place)))
            for place, value in enumerate(cells)
        )
        lines.append(f"<table:table-row>{line}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(lines)}</table:table>'


def _ods_cell(value, span):
    value = value.value if isinstance(value, Formula) else value
    spanned = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if value is None or value == "":
        return f"<table:table-cell{spanned}/>"
    if isinstance(value, date):
        kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
        text = f"{value:%d/%m/%Y}"
    elif isinstance(value, str):
        kind, text = ' office:value-type="string"', value
    else:
        kind, text = f' office:value-type="float" office:value="{value!r}"', f"{value:g}"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell{kind}{spanned}>{lines}</table:table-cell>"


def as_csv(sheet, *, delimiter=";", encoding="utf-8"):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    width = max(len(row) for row in sheet.rows)
    for row in sheet.rows:
        cells = [_csv_text(value).replace("\n", " ") for value in row]
        writer.writerow([*cells, *[""] * (width - len(cells))])
    return out.getvalue().encode(encoding, errors="replace")


def _csv_text(value):
    if isinstance(value, Formula):
        value = value.value
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


# Whole lists, each after the way of working of one office


def sheet_sample(sheets, people, *, kind="xlsx", name="daftar", **more):
    data, filename = encoded(sheets, kind, name=name)
    return Sample(data, filename, people, **more)


def bare_regency(code):
    return regency_name(code).replace("Kabupaten ", "").replace("Kota ", "")


def short_regency(code):
    return regency_name(code).replace("Kabupaten ", "Kab. ")


def entikong_list():
    """P4MI Entikong: two-row header, ticks under L and P, TTL in one cell, number row in brackets, signature."""
    everyone = people(9, seed=1)
    sheet = Sheet("30 Jan 2026")
    sheet.title("KEMENTERIAN PELINDUNGAN PEKERJA MIGRAN INDONESIA", width=12)
    sheet.title("P4MI ENTIKONG - BP3MI KALIMANTAN BARAT", width=12)
    sheet.title("DAFTAR WNI/PMI DEPORTASI DARI DEPOT IMIGRESEN BEKENU, SARAWAK", width=12)
    sheet.title("HARI/TANGGAL : JUMAT, 30 JANUARI 2026   PUKUL : 15.30 WIB", width=12)
    sheet.add()
    first = sheet.add("NO", "NAMA LENGKAP", "JENIS KELAMIN", None, "TEMPAT, TANGGAL LAHIR", "NO. PASPOR/SPLP",
                      "ALAMAT", None, None, "SEKTOR PEKERJAAN", "KASUS", "KET")  # fmt: skip
    sheet.add(None, None, "L", "P", None, None, "DESA", "KECAMATAN", "KABUPATEN")
    sheet.merged += [(first - 1, 2, first - 1, 3), (first - 1, 6, first - 1, 8)]
    for column in (0, 1, 4, 5, 9, 10, 11):
        sheet.merge_down(column, first, first + 1)
    sheet.add(*[f"({number})" for number in range(1, 13)])
    truth = []
    for number, each in enumerate(everyone, 1):
        row = sheet.add(
            f"{number}.", each.name.upper(), "√" if each.sex == "L" else None, "√" if each.sex == "P" else None,
            f"{each.birth_place.upper()}, {each.birth:%d-%m-%Y}", f"{each.document[0]} {each.document[1:]}",
            name_of(each.village), name_of(each.village[:8]), short_regency(each.village),
            SECTORS[each.sector][1], REASONS[each.reason][2 % len(REASONS[each.reason])], "Mandiri",
        )  # fmt: skip
        truth.append((sheet.name, row, {**_whole(each), "document": each.document, "birth_place": each.birth_place}))
    men = sum(each.sex == "L" for each in everyone)
    number = sheet.add("JUMLAH", None, men, 9 - men)
    sheet.merged.append((number - 1, 0, number - 1, 1))
    sheet.add("*) yang bersangkutan dalam keadaan sehat")
    sheet.add()
    for text in (
        "Entikong, 30 Januari 2026",
        "Koordinator P4MI Entikong,",
        "",
        "Contoh Karangan, S.Sos",
        "NIP 198001012005011001",
    ):
        sheet.add(None, None, None, None, None, None, None, None, text)
    header = {"arrived_on": ARRIVED, "depot": "bekenu", "kind": "deportation"}
    printed = {"sex:L": men, "sex:P": 9 - men}
    return sheet_sample([sheet], truth, printed=printed, header=header, name="Deportasi 30 Januari 2026")


def kuching_list():
    """KJRI Kuching: Malay headings and months, long words for the sexes, letter number above, ODS."""
    everyone = people(8, seed=2)
    sheet = Sheet("Lampiran")
    sheet.add("KONSULAT JENDERAL REPUBLIK INDONESIA - KUCHING")
    sheet.add("Lampiran Surat No. 0123/WN/I/2026/08 tanggal 29 Januari 2026")
    sheet.add("SENARAI NAMA WARGANEGARA INDONESIA YANG AKAN DIHANTAR PULANG")
    sheet.add()
    sheet.add("Bil.", "Nama Penuh", "Jantina", "Tarikh Lahir", "No. Pasport / SPLP", "Daerah Asal")
    truth = []
    for number, each in enumerate(everyone, 1):
        row = sheet.add(number, each.name, "Lelaki" if each.sex == "L" else "Perempuan",
                        DATES["malay month"](each.birth), each.document, bare_regency(each.village))  # fmt: skip
        truth.append(
            (sheet.name, row, {**_whole(each, "name", "sex", "birth_date", "regency_code"), "document": each.document})
        )
    sheet.add()
    sheet.add("Jumlah keseluruhan : 8 (lapan) orang")
    return sheet_sample([sheet], truth, kind="ods", printed={"total": 8}, name="lampiran kjri")


def social_office_list():
    """Dinas Sosial: one sheet for each regency, named after it, and a sheet of totals before them."""
    everyone = sorted(people(12, seed=3), key=lambda each: each.village)
    recap = Sheet("Rekap")
    recap.title("REKAPITULASI PEMULANGAN WNI-M KPO", width=3)
    recap.add("No", "Kabupaten/Kota", "Jumlah")
    codes = sorted({each.village[:5] for each in everyone})
    sheets, truth, printed = [recap], [], {"total": 12}
    for number, code in enumerate(codes, 1):
        own = [each for each in everyone if each.village[:5] == code]
        recap.add(number, bare_regency(code), len(own))
        printed[f"regency:{code}"] = len(own)
        sheet = Sheet(bare_regency(code))
        sheet.add(f"DATA WNI-M KPO {regency_name(code).upper()}")
        sheet.add("No", "Nama", "L/P", "NIK", "Tgl Lahir", "Desa/Kelurahan", "Kecamatan")
        for place, each in enumerate(own, 1):
            row = sheet.add(
                place, each.name, each.sex, each.nik, each.birth, name_of(each.village), name_of(each.village[:8])
            )
            truth.append((sheet.name, row, {**_whole(each), "nik": each.nik}))
        sheets.append(sheet)
    recap.add(None, "TOTAL", 12)
    for each in truth:
        each[2].pop("reason"), each[2].pop("sector")
    return sheet_sample(sheets, truth, printed=printed, name="wni-m kpo dinsos")


def labour_office_list():
    """Disnaker of a regency: CSV with semicolons, the regency only in the title, ages instead of dates."""
    everyone = [each for each in people(200, seed=4) if each.village.startswith("61.01")][:8]
    sheet = Sheet("")
    sheet.add("DATA PMI BERMASALAH KABUPATEN SAMBAS TAHUN 2026")
    sheet.add()
    sheet.add("no", "nama pmi", "l/p", "umur", "desa", "kec", "ket")
    truth = []
    for number, each in enumerate(everyone, 1):
        age = age_on(each.birth, ARRIVED)
        row = sheet.add(number, each.name.lower(), each.sex.lower(), f"{age} th", f"Ds. {name_of(each.village)}",
                        name_of(each.village[:8]).lower(), "pulang sendiri")  # fmt: skip
        truth.append((sheet.name, row, {**_whole(each, "name", "sex", *PLACES), "age": age, "birth_date": None}))
    return sheet_sample([sheet], truth, kind="csv;cp1252", name="disnaker sambas")


def village_list():
    """A village secretary: old XLS, misspelt headings, village and district only in the title, no totals."""
    everyone = people(6, seed=5)
    sheet = Sheet("Sheet1")
    sheet.add("DATA WARGA DESA JAGOI KECAMATAN JAGOI BABANG KABUPATEN BENGKAYANG")
    sheet.add("YANG PULANG DARI MALAYSIA BULAN JANUARI 2026")
    sheet.add("NO", "NAMA WARGA", "TMPT/TGL LAHIR", "JNS KELAMIN", "DUSUN", "RT/RW", "KETRANGAN")
    truth = []
    for number, each in enumerate(everyone, 1):
        row = sheet.add(number, each.name, f"{each.birth_place} {DATES['misspelt month'](each.birth)}",
                        "LK" if each.sex == "L" else "PR", "Risau", "01/02", "sudah di rumah")  # fmt: skip
        place = {"regency_code": "61.07", "district_code": "61.07.07", "village_code": "61.07.07.2001"}
        truth.append((sheet.name, row, {**_whole(each, "name", "sex", "birth_date"), **place}))
    return sheet_sample([sheet], truth, kind="xls", doubtful=frozenset(PLACES), name="warga pulang")


def two_sexes_list():
    """BP3MI: a sheet of men and a sheet of women, true dates, numbers as NIK, "sda" in the columns that repeat."""
    everyone = people(14, seed=6)
    sheets, truth = [], []
    for name, sex in (("LAKI-LAKI", "L"), ("PEREMPUAN", "P")):
        sheet = Sheet(name)
        sheet.title("DAFTAR DEPORTASI PMI-B DEPOT SEMUJA 12 FEBRUARI 2026", width=6)
        sheet.add("NO", "NAMA", "TGL LAHIR", "NIK", "ASAL", "ALASAN DEPORTASI")
        above = (None, None)
        for number, each in enumerate(
            sorted((one for one in everyone if one.sex == sex), key=lambda one: one.village[:5]), 1
        ):
            asal, alasan = short_regency(each.village), REASONS[each.reason][0]
            told = ["sda" if new == old else new for new, old in zip((asal, alasan), above, strict=True)]
            row = sheet.add(number, each.name.upper(), each.birth, float(each.nik), *told)
            above = (asal, alasan)
            fields = ("name", "sex", "birth_date", "regency_code", "reason")
            truth.append((name, row, {**_whole(each, *fields), "nik": each.nik}))
        sheets.append(sheet)
    header = {"arrived_on": date(2026, 2, 12), "depot": "semuja"}
    return sheet_sample(sheets, truth, header=header, name="semuja 12022026")


def headless_list():
    """A list passed on without its first rows: no heading says what a column is."""
    everyone = people(10, seed=7)
    sheet = Sheet("Sheet1")
    truth = []
    for number, each in enumerate(everyone, 1):
        row = sheet.add(number, each.name, each.sex, f"{each.birth:%d/%m/%Y}", each.nik, short_regency(each.village))
        fields = ("name", "sex", "birth_date", "regency_code")
        truth.append((sheet.name, row, {**_whole(each, *fields), "nik": each.nik}))
    return sheet_sample([sheet], truth, name="tanpa judul")


def sections_list():
    """A list in sections by regency, numbers that begin anew, a subtotal under each, a grand total."""
    everyone = sorted(people(13, seed=8), key=lambda each: each.village[:5])
    sheet = Sheet("Data")
    sheet.title("DAFTAR PMI TERKENDALA PER KABUPATEN", width=6)
    sheet.add("No", "Nama", "Jenis Kelamin", "Tanggal Lahir", "Kecamatan", "Desa")
    truth, printed, code, number = [], {"total": 13}, "", 0
    for each in everyone:
        if each.village[:5] != code:
            if code:
                sheet.add(None, "Sub Jumlah", number)
                printed[f"regency:{code}"] = number
            code, number = each.village[:5], 0
            title = sheet.add(regency_name(code).upper())
            sheet.merged.append((title - 1, 0, title - 1, 5))
        number += 1
        row = sheet.add(number, each.name, SEXES["word"][each.sex], DATES["month"](each.birth),
                        name_of(each.village[:8]).upper(), name_of(each.village).upper())  # fmt: skip
        truth.append((sheet.name, row, _whole(each, "name", "sex", "birth_date", *PLACES)))
    sheet.add(None, "Sub Jumlah", number)
    printed[f"regency:{code}"] = number
    sheet.add(None, "JUMLAH TOTAL", 13)
    return sheet_sample([sheet], truth, printed=printed, name="per kabupaten")


def printed_pages_list():
    """A list laid out for paper: the header on each page, page numbers between, courtesy titles."""
    everyone = people(12, seed=9)
    sheet = Sheet("Cetak")
    truth = []
    for page in range(3):
        sheet.add("DAFTAR NAMA WNI YANG DIPULANGKAN")
        sheet.add("NO.", "NAMA", "UMUR", "JK", "ALAMAT", "KETERANGAN")
        sheet.add(1, 2, 3, 4, 5, 6)
        for number, each in enumerate(everyone[page * 4 : page * 4 + 4], page * 4 + 1):
            age = age_on(each.birth, ARRIVED)
            named = f"{'Sdr.' if each.sex == 'L' else 'Sdri.'} {each.name.upper()}"
            row = sheet.add(number, named, f"{age} Tahun", each.sex, address_of(each.village, "whole"), "-")
            truth.append((sheet.name, row, {**_whole(each, "name", "sex", *PLACES), "age": age}))
        sheet.add(None, None, None, None, None, f"Halaman {page + 1} dari 3")
    return sheet_sample([sheet], truth, kind="xls", name="cetak")


def immigration_list():
    """An immigration office: English headings, month before day, passports, nationality, capital letters."""
    everyone = people(9, seed=10)
    sheet = Sheet("")
    sheet.add("NO", "FULL NAME", "GENDER", "NATIONALITY", "DATE OF BIRTH", "PASSPORT NO", "PLACE OF ORIGIN")
    truth = []
    for number, each in enumerate([_born_late(everyone[0]), *everyone[1:]], 1):
        row = sheet.add(number, each.name.upper(), "MALE" if each.sex == "L" else "FEMALE", "INDONESIA",
                        DATES["m/d/Y"](each.birth), each.document, short_regency(each.village).upper())  # fmt: skip
        fields = ("name", "sex", "birth_date", "regency_code")
        truth.append((sheet.name, row, {**_whole(each, *fields), "document": each.document}))
    return sheet_sample([sheet], truth, kind="csv,", name="deportees")


def volunteers_list():
    """Volunteers: everything about the home in one cell, telephone numbers, ages about right, lower case."""
    everyone = people(7, seed=11)
    sheet = Sheet("catatan")
    sheet.add("nama", "lk/pr", "umur", "alamat lengkap", "no hp", "catatan")
    truth = []
    for number, each in enumerate(everyone):
        age = age_on(each.birth, ARRIVED)
        row = sheet.add(each.name.lower(), "lk" if each.sex == "L" else "pr", f"± {age} th",
                        address_of(each.village, "marked with hamlet").lower(),
                        f"0812-0000-{number:04}", None)  # fmt: skip
        truth.append((sheet.name, row, {**_whole(each, "name", "sex", *PLACES), "age": age}))
    return sheet_sample([sheet], truth, kind="ods", name="catatan relawan")


def chat_list():
    """A list copied out of a chat: tabs, UTF-16, columns in an odd order, spare columns, the father's name apart."""
    everyone = people(8, seed=12)
    sheet = Sheet("")
    sheet.add("Ket", "Kab", "Tgl Lahir", "Nama", "Nama Ayah", "No", "L/P", "NIK", "")
    truth = []
    for number, each in enumerate(everyone, 1):
        row = sheet.add("sehat", bare_regency(each.village).upper(), DATES["dashed month"](each.birth), each.name,
                        f"Contoh {number * 'a'}di", number, each.sex, f"'{each.nik}", None)  # fmt: skip
        fields = ("name", "sex", "birth_date", "regency_code")
        truth.append((sheet.name, row, {**_whole(each, *fields), "nik": each.nik}))
    return sheet_sample([sheet], truth, kind="csv\tutf-16", name="grup")


def recap_beside_list():
    """Regencies merged downwards beside their people, a recapitulation to the right of the list, a wrong total."""
    everyone = sorted(people(11, seed=13), key=lambda each: each.village[:5])
    sheet = Sheet("Kedatangan")
    sheet.title("KEDATANGAN DEPORTAN 30 JANUARI 2026 (SEMUJA)", width=6)
    sheet.add("NO", "KABUPATEN", "NAMA", "L/P", "TGL LAHIR", "NO PASPOR", None, "REKAP", "JUMLAH")
    truth, first = [], {}
    codes = sorted({each.village[:5] for each in everyone})
    for number, each in enumerate(everyone):
        code = each.village[:5]
        beside = codes[number] if number < len(codes) else None
        told = [None, bare_regency(beside), sum(one.village[:5] == beside for one in everyone)] if beside else []
        row = sheet.add(number + 1, bare_regency(code) if code not in first else None, each.name, each.sex,
                        each.birth, each.document, *told)  # fmt: skip
        first.setdefault(code, row)
        fields = ("name", "sex", "birth_date", "regency_code")
        truth.append((sheet.name, row, {**_whole(each, *fields), "document": each.document}))
    for code in codes:
        sheet.merge_down(1, first[code], first[code] + sum(each.village[:5] == code for each in everyone) - 1)
    sheet.add("JUMLAH", None, None, None, None, 12)
    return sheet_sample([sheet], truth, printed={"total": 12}, differs=True, name="kedatangan")


def passengers_list():
    """The list of a bus: names with titles and degrees, an alias, "an." before a child's name, some years of birth."""
    sheet = Sheet("manifes bus")
    sheet.add("MANIFES PENUMPANG BUS - PEMULANGAN WNI")
    sheet.add("Tanggal :", "30-01-2026", "Dari :", "Entikong", "Tujuan :", "Pontianak")
    sheet.add("NO", "NAMA PENUMPANG", "L/P", "TAHUN LAHIR/TGL LAHIR", "TUJUAN (KAB)")
    rows = [
        ("H. ABDUL CONTOH BIN RAHMAN, S.Pd", "Abdul Contoh bin Rahman", "L", "1964", None, 1964, "Sambas", "61.01"),
        ("Hj. Contohwati", "Contohwati", "P", "th 1970", None, 1970, "Kubu Raya", "61.12"),
        ("an. Bayi Contoh", "Bayi Contoh", "P", "12/11/2024", date(2024, 11, 12), 2024, "Landak", "61.08"),
        ("Sdr. Udin Contoh als Ujang", "Udin Contoh", "L", "03-09-1999", date(1999, 9, 3), 1999, "Skw", "61.72"),
        (
            "Ny. O'Contoh D'Lestari",
            "O'Contoh D'Lestari",
            "P",
            "23-9-81",
            date(1981, 9, 23),
            1981,
            "Kab. Bengkayang",
            "61.07",
        ),
    ]
    truth = []
    for number, (written, name, sex, birth, born, year, place, code) in enumerate(rows, 1):
        row = sheet.add(number, written, sex, birth, place)
        truth.append(
            (sheet.name, row, {"name": name, "sex": sex, "birth_date": born, "birth_year": year, "regency_code": code})
        )
    return sheet_sample([sheet], truth, name="bus 30 januari", doubtful=frozenset(["birth_year"]))


def two_lists_list():
    """Two arrivals in one sheet, each with its own header in its own order of columns."""
    everyone = people(10, seed=15)
    sheet = Sheet("Januari")
    truth = []
    sheet.add("I. DEPORTASI DARI DEPOT SEMUJA")
    sheet.add("No", "Nama", "L/P", "Tgl Lahir", "Kab/Kota")
    fields = ("name", "sex", "birth_date", "regency_code")
    for number, each in enumerate(everyone[:5], 1):
        row = sheet.add(number, each.name, each.sex, f"{each.birth:%d-%m-%Y}", short_regency(each.village))
        truth.append((sheet.name, row, _whole(each, *fields)))
    sheet.add()
    sheet.add("II. DEPORTASI DARI DEPOT BEKENU")
    sheet.add("No", "L/P", "Nama", "Kab/Kota", "Tgl Lahir")
    for number, each in enumerate(everyone[5:], 1):
        row = sheet.add(number, each.sex, each.name, short_regency(each.village), f"{each.birth:%d-%m-%Y}")
        truth.append((sheet.name, row, _whole(each, *fields)))
    return sheet_sample([sheet], truth, name="januari")


def monthly_book():
    """A book of a year: a cover, an empty sheet, a sheet for each arrival with other headings, a sheet of notes."""
    everyone = people(9, seed=16)
    cover, empty, notes = Sheet("Sampul"), Sheet("Sheet3"), Sheet("Catatan")
    cover.add("LAPORAN PEMULANGAN WNI TAHUN 2026")
    cover.add("Disusun oleh Seksi Pelindungan")
    notes.add("Catatan rapat:")
    notes.add("1. Data agar dikirim setiap minggu.")
    notes.add("2. Mohon NIK dilengkapi.")
    first, second = Sheet("12 Feb"), Sheet("30 Jan")
    truth = []
    first.add("NAMA", "JK", "TTL", "ASAL")
    fields = ("name", "sex", "birth_date", "regency_code")
    for each in everyone[:5]:
        born = f"{each.birth_place}, {DATES['month'](each.birth)}"
        row = first.add(each.name.upper(), SEXES["capital"][each.sex], born, bare_regency(each.village))
        truth.append((first.name, row, {**_whole(each, *fields), "birth_place": each.birth_place}))
    second.title("Kedatangan 30 Januari 2026", width=4)
    second.add("Tanggal Lahir", "Daerah Asal", "Nama WNI", "L", "P")
    for each in everyone[5:]:
        ticks = [1 if each.sex == "L" else None, 1 if each.sex == "P" else None]
        row = second.add(each.birth, short_regency(each.village), each.name, *ticks)
        truth.append((second.name, row, _whole(each, *fields)))
    return sheet_sample([cover, first, empty, second, notes], truth, name="laporan 2026")


def wide_list():
    """The columns of a long form, most of them empty, a header of three rows, a grand header above all."""
    everyone = people(6, seed=17)
    sheet = Sheet("Form")
    sheet.add("FORMULIR PENDATAAN WNI/PMI TERKENDALA")
    sheet.add("NO", "IDENTITAS", None, None, None, None, "DAERAH ASAL", None, None, None, "DOKUMEN", None, "KET")
    sheet.add(
        None, "NAMA", "NIK", "TEMPAT LAHIR", "TANGGAL LAHIR", "JK", "PROV", "KAB", "KEC", "DESA", "JENIS", "NOMOR"
    )
    sheet.add(*[chr(97 + number) for number in range(13)])
    sheet.merged += [(1, 1, 1, 5), (1, 6, 1, 9), (1, 10, 1, 11), (1, 0, 2, 0), (1, 12, 2, 12)]
    truth = []
    for number, each in enumerate(everyone, 1):
        row = sheet.add(number, each.name, f"{each.nik[:6]} {each.nik[6:12]} {each.nik[12:]}", each.birth_place,
                        each.birth, each.sex, "Kalbar", bare_regency(each.village), name_of(each.village[:8]),
                        name_of(each.village), "Paspor", each.document)  # fmt: skip
        expected = _whole(each, "name", "sex", "birth_date", *PLACES)
        expected |= {"nik": each.nik, "document": each.document, "document_kind": "passport"}
        truth.append((sheet.name, row, {**expected, "birth_place": each.birth_place, "province_code": "61"}))
    return sheet_sample([sheet], truth, name="form pendataan")


PLACES = ("regency_code", "district_code", "village_code")

LISTS = [
    entikong_list,
    kuching_list,
    social_office_list,
    labour_office_list,
    village_list,
    two_sexes_list,
    headless_list,
    sections_list,
    printed_pages_list,
    immigration_list,
    volunteers_list,
    chat_list,
    recap_beside_list,
    passengers_list,
    two_lists_list,
    monthly_book,
    wide_list,
]


def _whole(each, *fields):
    truth = {"name": each.name, "sex": each.sex, "birth_date": each.birth, "regency_code": each.village[:5]}
    truth |= {"district_code": each.village[:8], "village_code": each.village}
    truth |= {"reason": each.reason, "sector": each.sector}
    return {key: truth[key] for key in fields} if fields else truth


# Sheets with one thing wrong

# Columns whose content is a word of a list, a date, a number or a place: what makes no sense there is asked.
STRICT = {
    "sex": "sex",
    "birth": "birth_date",
    "age": "age",
    "nik": "nik",
    "reason": "reason",
    "sector": "sector",
    "regency": "regency_code",
}


@st.composite
def scribbled(draw):
    """A sheet of any habits in which somebody scribbled over one cell: the sample, the row and cell, the field."""
    builder = _Builder(draw(habits()), people(draw(st.integers(3, 8)), seed=draw(st.integers(0, 5000))))
    builder.habit.same_as_above = ""
    builder.habit.sheets, builder.is_split = "one", False
    builder.habit.dates = "d-m-Y" if builder.habit.dates == "m/d/Y" else builder.habit.dates
    builder.sample()
    # Beside a village and its district a regency says nothing new; beside nothing it is all there is.
    strict = STRICT.keys() - ({"regency"} if "village" in builder.columns else set())
    cells = [cell for cell in builder.cells() if cell[2] in strict]
    assume(cells)
    row, place, column = draw(st.sampled_from(cells))
    builder.sheet.rows[row][place] = draw(st.sampled_from(["qwx zzk", "xx-yy-zz", "lihat lampiran"]))
    data, filename = encoded(builder.sheets, builder.habit.format)
    for _, number, truth in builder.truth:
        if number == row + 1:
            truth[STRICT[column]] = None
    told = f"{column} in row {row + 1}: {builder.habit}"
    return Sample(data, filename, builder.truth, told=told, differs=None), row + 1, f"{letter(place)}{row + 1}"


def letter(place):
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]


def contradicting(kind, *, seed):
    """A list in which one person contradicts himself or another, and his row."""
    everyone = people(7, seed=seed)
    place = seed % 6 + 1
    one = everyone[place]
    age = age_on(one.birth, ARRIVED)
    if kind == "age":
        age += 9
    elif kind == "nik and birth":
        one = one._replace(birth=one.birth.replace(year=one.birth.year - 3))
        age += 3
    elif kind == "nik and sex":
        one = one._replace(sex="P" if one.sex == "L" else "L")
    elif kind == "same nik":
        one = one._replace(nik=everyone[0].nik, birth=everyone[0].birth, sex=everyone[0].sex)
        age = age_on(one.birth, ARRIVED)
    elif kind == "same document":
        one = one._replace(document=everyone[0].document)
    elif kind == "same person":
        one = one._replace(name=everyone[0].name, birth=everyone[0].birth, nik="", sex=everyone[0].sex)
        age = age_on(one.birth, ARRIVED)
    sheet = Sheet("Data")
    sheet.add("No", "Nama", "L/P", "Tgl Lahir", "Umur", "NIK", "No Paspor")
    for number, each in enumerate(everyone):
        told = one if number == place else each
        years = age if number == place else age_on(each.birth, ARRIVED)
        sheet.add(number + 1, told.name, told.sex, f"{told.birth:%d-%m-%Y}", years, told.nik, told.document)
    data, filename = encoded([sheet], "xlsx")
    return data, filename, place + 2


def misread_dates(*, seed):
    """Days typed day first into a program that wanted the month first: half became other dates, half stayed text."""
    sheet = Sheet("Data")
    sheet.add("No", "Nama", "L/P", "Tgl Lahir", "NIK")
    truth = []
    for number, each in enumerate(people(14, seed=seed), 1):
        birth = each.birth
        typed = date(birth.year, birth.day, birth.month) if birth.day <= 12 else f"{birth:%d/%m/%Y}"
        row = sheet.add(number, each.name, each.sex, typed, each.nik)
        truth.append((sheet.name, row, _whole(each, "name", "sex", "birth_date")))
    return sheet_sample([sheet], truth, doubtful=frozenset(["birth_date"]))


def two_orders_of_dates():
    """A column in which some put the day first and some the month, and one date that may be either."""
    sheet = Sheet("Data")
    sheet.add("Nama", "L/P", "Tanggal Lahir")
    told = [("13/05/1990", date(1990, 5, 13)), ("05/24/1988", date(1988, 5, 24)), ("04/05/1991", None)]
    truth = []
    for (text, birth), each in zip(told, people(3, seed=3), strict=True):
        row = sheet.add(each.name, each.sex, text)
        truth.append((sheet.name, row, {"name": each.name, "birth_date": birth}))
    return sheet_sample([sheet], truth)


def lying_list():
    """The headings of two columns have changed places: "NIK" holds names, "Nama" the numbers."""
    sheet = Sheet("Data")
    sheet.add("No", "NIK", "Nama", "L/P", "Tgl Lahir")
    names = []
    for number, each in enumerate(people(6, seed=9), 1):
        sheet.add(number, each.name, each.nik, each.sex, f"{each.birth:%d-%m-%Y}")
        names.append(each.name)
    return encoded([sheet], "xlsx"), names


def side_by_side_list():
    """Two halves of one list beside each other, each with its own headings."""
    everyone = people(8, seed=18)
    sheet = Sheet("Data")
    head = ["No", "Nama", "L/P", "Asal"]
    sheet.add(*head, None, *head)
    for number in range(4):
        left, right = everyone[number], everyone[number + 4]
        sheet.add(number + 1, left.name, left.sex, short_regency(left.village), None,
                  number + 5, right.name, right.sex, short_regency(right.village))  # fmt: skip
    return encoded([sheet], "xlsx"), [each.name for each in everyone]


def unnamed_list():
    """A list with a heading nobody knows over the names, as one sender types it: its file, and the names."""
    sheet = Sheet("Data")
    sheet.add("No", "Ybs", "L/P", "Tgl", "Kasusnya apa")
    everyone = people(5, seed=19)
    for number, each in enumerate(everyone, 1):
        sheet.add(number, each.name, each.sex, f"{each.birth:%d-%m-%Y}", REASONS[each.reason][0])
    return encoded([sheet], "xlsx"), everyone


# (column, what is typed there): no person could say what is meant.
SPOILT = [
    ("birth", "31-02-1990"),
    ("birth", "12-13-1990x"),
    ("birth", "07-08-2031"),
    ("birth", "belum jelas"),
    ("birth", "00-00-1990"),
    ("birth", "#REF!"),
    ("nik", "610701"),
    ("nik", "61070752089000"),
    ("nik", "6107077213900001"),
    ("nik", "0000000000000000"),
    ("nik", "9907071208900001"),
    ("nik", "6.10707E+15"),
    ("nik", "tidak hafal"),
    ("sex", "Q"),
    ("sex", "L/P"),
    ("regency", "Xyzzyqua"),
    ("regency", "Pontianak"),
    ("regency", "Bekasi"),
    ("regency", "Sambas / Bengkayang"),
    ("regency", "Sungai Raya"),
    ("district", "Xyzzyqua"),
    ("village", "Xyzzyqua"),
    ("reason", "qwrtpsd"),
    ("age", "412"),
    ("age", "-3"),
    ("name", "12345"),
    ("name", ""),
]
_SPOILT_FIELDS = {
    "birth": ["birth_date"],
    "nik": ["nik"],
    "sex": ["sex"],
    "regency": ["regency_code", "district_code", "village_code"],
    "district": ["district_code", "village_code"],
    "village": ["village_code"],
    "reason": ["reason"],
    "age": ["age"],
    "name": ["name"],
}


def spoilt_sheet(spoiling, *, seed, kind):
    """A list with one cell nobody could read: the sample, the name of the cell ("C7") and its row."""
    column, text = spoiling
    everyone = people(6, seed=seed)
    columns = ["no", "name", "sex", "birth", "age", "nik", "village", "district", "regency", "reason"]
    sheet = Sheet("Data")
    sheet.add("DAFTAR DEPORTASI")
    sheet.add("No", "Nama", "L/P", "Tgl Lahir", "Umur", "NIK", "Desa", "Kecamatan", "Kabupaten", "Alasan")
    truth, place = [], seed % 6
    for number, each in enumerate(everyone):
        cells = [number + 1, each.name, each.sex, f"{each.birth:%d-%m-%Y}", age_on(each.birth, ARRIVED), each.nik,
                 name_of(each.village), name_of(each.village[:8]), short_regency(each.village),
                 REASONS[each.reason][0]]  # fmt: skip
        expected = {**_whole(each), "nik": each.nik, "age": cells[4]}
        del expected["sector"]
        if number == place:
            cells[columns.index(column)] = text
            expected |= dict.fromkeys(_SPOILT_FIELDS[column])
            if column == "regency":
                # With a district or a village beside it, these could decide, or contradict it in their own cell.
                cells[columns.index("district")] = cells[columns.index("village")] = None
        row = sheet.add(*cells)
        truth.append((sheet.name, row, expected))
    if column == "district":
        # The village may still decide where its name stands but once; then nothing is lost and nothing is wrong.
        for key in _SPOILT_FIELDS[column]:
            truth[place][2].pop(key)
    data, filename = encoded([sheet], kind)
    cell = f"{'ABCDEFGHIJ'[columns.index(column)]}{truth[place][1]}"
    return Sample(data, filename, truth, told=repr(spoiling)), cell, truth[place][1]


def with_totals(which, *, more):
    """A list whose printed total of one kind is `more` too large."""
    everyone = people(10, seed=21)
    sheet = Sheet("Data")
    sheet.add("No", "Nama", "L/P", "Tgl Lahir", "Kab/Kota")
    truth = []
    for number, each in enumerate(everyone, 1):
        row = sheet.add(number, each.name, each.sex, f"{each.birth:%d/%m/%Y}", short_regency(each.village))
        truth.append((sheet.name, row, _whole(each, "name", "sex", "birth_date", "regency_code")))
    counts = {
        "total": ("JUMLAH", 10),
        "sex:L": ("Laki-laki", sum(each.sex == "L" for each in everyone)),
        "regency:61.01": ("Kab. Sambas", sum(each.village.startswith("61.01") for each in everyone)),
    }
    word, number = counts[which]
    sheet.add()
    sheet.add("REKAPITULASI")
    sheet.add(word, number + more)
    data, filename = encoded([sheet], "xlsx")
    return Sample(data, filename, truth, printed={which: number + more}, differs=bool(more))


def with_an_empty_column(sample, place):
    """A text file with an empty column before one of its columns, never before the first."""
    (sheet,) = tables.opened(sample.data).sheets
    width = max(map(len, sheet.rows))
    at = 1 + place % max(width - 1, 1)
    rows = [[*row[:at], "", *row[at:]] if len(row) > at else row for row in sheet.rows]
    return replace(sample, data=as_csv(Sheet("", rows=rows)), filename="daftar.csv")


def printable(sheet):
    """The sheet without characters that a file of XML cannot hold."""
    rows = [
        ["".join(c for c in cell if c.isprintable()) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.rows
    ]
    return Sheet(sheet.name, rows=rows)


# What a reading lacks


def shortcomings(reading, sample):
    """What of the truth a reading does not hold, one sentence each; empty if it holds all of it."""
    rows = {(row.sheet, row.row): row.values for row in reading.rows}
    known = {(sheet, row) for sheet, row, _ in sample.people}
    if not sample.filename.endswith(("xlsx", "xls", "ods", "xlsm")):
        # A CSV has no sheets: its only one may be called anything.
        rows = {("", row): values for (_, row), values in rows.items()}
        known = {("", row) for _, row in known}
    found = [f"{place} is no person" for place in sorted(set(rows) - known)]
    for sheet, row, truth in sample.people:
        values = rows.get((sheet, row)) or rows.get(("", row))
        if values is None:
            found.append(f"row {row} of {sheet} is lost")
        else:
            found += [f"row {row}: {each}" for each in _differences(values, truth, sample)]
    return found + _unlike_printed(reading, sample)


def _differences(values, truth, sample):
    for key, expected in truth.items():
        got = values.get(key)
        if key in sample.doubtful and not got:
            continue
        if _plain(got) != _plain(expected):
            yield f"{key} is {got!r}, not {expected!r}"


def _plain(value):
    return " ".join(value.split()).casefold() if isinstance(value, str) else value or None


def _unlike_printed(reading, sample):
    found = []
    for key, number in sample.printed.items():
        if reading.totals.printed.get(key) != number:
            found.append(f"the printed {key} is {reading.totals.printed.get(key)}, not {number}")
    if sample.differs is not None and bool(reading.totals.differences) != sample.differs:
        found.append(f"differences of totals: {reading.totals.differences}")
    return found
