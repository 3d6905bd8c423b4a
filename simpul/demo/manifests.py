"""Sample manifests: the same invented people as files, each as untidy as another office makes it.

They show what the reader of lists meets: two rows of headings, ticks, everything of an address in one cell, sections,
headings repeated on each printed page, subtotals, sums beside the table, a signature below. `sample` gives a file;
`persons` gives who stands on it, line by line, so that what was read can be compared.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO

import xlsxwriter

from simpul.demo.returned import ARRIVALS, BY_NAME, HERE, VILLAGES, invented_arrival, name_of, people_of
from simpul.lib.texts import one_line
from simpul.migrants.reading.findings import ERROR

REASONS = {
    "no_passport": ("tidak memiliki paspor", "Tdk memiliki paspor", "TANPA PASPOR"),
    "no_permit": ("tidak memiliki permit/visa kerja", "tdk ada permit kerja", "Visa kerja tidak ada"),
    "gambling": ("perjudian / operator judi online", "judi online", "Operator judi online"),
    "drugs": ("narkoba", "Narkoba", "dadah"),
    "crime": ("tindak kriminal", "kriminal", "Tindak kriminal"),
    "": ("-", "", "-"),
    "unclear": ("tanpa dokumen",),
}
SECTORS = {
    "services": ("jasa", "Pelayan kedai", "Jasa"),
    "construction": ("konstruksi", "Buruh bangunan", "Konstruksi"),
    "plantation": ("perkebunan", "Ladang sawit", "Perkebunan"),
    "industry": ("industri", "Kilang papan", "Industri"),
    "domestic": ("PLRT", "Pembantu rumah tangga", "PLRT"),
    "shipping": ("perkapalan", "ABK", "Perkapalan"),
    "with_husband": ("ikut suami", "ikut suami", "Ikut suami"),
    "with_parents": ("ikut orang tua", "ikut ortu", "Ikut orang tua"),
    "other": ("lainnya", "lain-lain", "Lainnya"),
}
ONWARD = {
    "alone": "mandiri", "family": "dijemput keluarga", "shelter_bp3mi": "shelter BP3MI", "shelter_social":
    "shelter Dinsos", "hospital": "RSUD", "": "-",
}  # fmt: skip
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
# What an officer answers when a cell is not clear.
IN_WORDS = {
    "birth": lambda each: f"{each.birth_place}, {each.birth_date:%d-%m-%Y}",
    "birth_date": lambda each: f"{each.birth_date:%d-%m-%Y}",
    "nik": lambda each: each.nik,
    "reason": lambda each: each.reason,
    "sector": lambda each: each.sector,
    "province": lambda each: each.home[:2],
    "regency": lambda each: each.home[:5],
    "district": lambda each: each.home[:8],
    "village": lambda each: each.home,
    "address": lambda each: each.home,
}
PLACE_COLUMNS = {"province", "regency", "district", "village", "address"}
MEANT = {"TUJUAN": "onward"}
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
OFFICE = ("CONTOH - SEMUA NAMA DAN NOMOR DALAM DAFTAR INI KARANGAN", "BP3MI KALIMANTAN BARAT / P4MI ENTIKONG")
TICK = "√"
PER_PAGE = 45


@dataclass(frozen=True)
class Sample:
    """A file and the people on it, in the order of its lines."""

    filename: str
    data: bytes
    persons: list


def sample(name):
    """(name of the file, its bytes) of one of `NAMES`."""
    made = _made(name)
    return made.filename, made.data


@cache
def to_try():
    """An untidy list that the invented year does not hold, for whoever wants to take one in (`docs/samples/`)."""
    arrival, everybody = invented_arrival("to try", date(2026, 3, 5), depot="bekenu", total=84, men=61, here=52)
    return _messy(arrival, at_home_in(everybody, VILLAGES, 9))


def persons(name):
    """Who stands on a sample, in the order of its lines."""
    return _made(name).persons


def columns_meant(reading):
    """{column number: code} where a sample means another column than was understood."""
    return {
        column.number: MEANT[column.heading]
        for column in reading.columns
        if column.heading in MEANT and column.code != MEANT[column.heading]
    }


def cells_meant(reading, people):
    """{(row, column, sheet): text} for what is asked about a sample, from who stands on it."""
    by_row = {(row.sheet, row.row): each for row, each in zip(reading.rows, people, strict=True)}
    return {
        (problem.row, problem.column, problem.sheet): _meant(problem, by_row[problem.sheet, problem.row])
        for problem in reading.problems
        if problem.kind == ERROR and problem.column in IN_WORDS
    }


def _meant(problem, person):
    """What an officer writes for a cell. A place that this installation does not know is not known."""
    text = IN_WORDS[problem.column](person)
    is_place = problem.column in PLACE_COLUMNS
    is_known = person.home.startswith(HERE) or text in {value for value, _label in problem.choices}
    return "" if is_place and not is_known else text


def written(arrival, people):
    """(name of the file, bytes) of a plain list of people who arrived on a day, for arrivals that nobody published."""
    titles = (
        f"MANIFES DEPORTASI DARI DEPOT {arrival.depot.upper()}", f"PLBN Entikong, {_day(arrival)}"
    )  # fmt: skip
    rows = [
        (number, each.name, each.sex, f"{each.birth_date:%d-%m-%Y}", each.nik, each.document, *_clearly(each.home),
         _one(REASONS, each.reason, 0), _one(SECTORS, each.sector, 0), ONWARD[each.onward])
        for number, each in enumerate(people, start=1)
    ]  # fmt: skip
    return f"Manifes {arrival.arrived_on:%d-%m-%Y}.xlsx", workbook("Manifes", titles, PLAIN, rows)


def workbook(sheet_name, titles, headings, rows):
    """The bytes of a workbook of one plain table."""
    book = _Book()
    sheet = book.sheet(sheet_name)
    sheet.titles(*titles)
    sheet.row(*headings)
    for row in rows:
        sheet.row(*row)
    return book.bytes()


def misspelt(person):
    """A line with a slip in the name, as on a list that was corrected afterwards."""
    return replace(person, name=person.name.replace("a", "e", 1))


def unclear(person, order):
    """A line of a list that still has questions: a day that no calendar has, a reason of two meanings."""
    return replace(person, reason="unclear" if order == 5 else person.reason)


def at_home_in(persons, villages, number):
    """The same people, the first grown-up ones of the own province at home in certain villages."""
    left = number
    placed = []
    for person in persons:
        if left and person.home.startswith(HERE) and not person.nik:
            left -= 1
            person = replace(person, home=villages[left % len(villages)])
        placed.append(person)
    return placed


@cache
def _made(name):
    return MAKERS[name](BY_NAME[name], list(people_of(name)))


def _messy(arrival, people):
    """Two rows of headings with ticks, page after page, with everything around the table that an office adds."""
    people.sort(key=lambda each: each.home[:5] not in ("61.01", "61.07"))
    book = _Book()
    on = arrival.arrived_on
    short = f"BEKENU {on.day} {MONTHS[on.month - 1][:3].upper()}"
    sheet = book.sheet(short)
    sheet.titles("DAFTAR PEKERJA MIGRAN INDONESIA YANG DIDEPORTASI DARI DEPOT IMIGRESEN BEKENU, MIRI",
                 f"Tiba di PLBN Entikong hari {DAYS[on.weekday()]}, {_day(arrival)} pukul 17.15 WIB",
                 f"Surat KJRI Kuching No. 0/PK/B/CONTOH/{on:%m/%Y}/KCH tanggal {_day(arrival, before=2)}")  # fmt: skip
    sheet.blank()
    begins = sheet.at
    for first in range(0, len(people), PER_PAGE):
        _messy_headings(sheet)
        if first == 0:
            sheet.row(*(f"({number})" for number in range(1, 16)))
        page = people[first : first + PER_PAGE]
        before = None
        for number, each in enumerate(page, start=first + 1):
            _messy_line(sheet, number, each, before)
            before = each
        sheet.row("", "Jumlah halaman ini", *_by_sex(page))
    sheet.row("JUMLAH SELURUHNYA", "", *_by_sex(people))
    sheet.beside(begins + 4, 17, _recap(people))
    sheet.blank()
    sheet.signed(f"Entikong, {_day(arrival)}", "Petugas P4MI Entikong", "Contoh Petugas", "NIP. 19800101 200501 1 999")
    return Sample(f"DAFTAR PMI DEPORTASI {short} {on.year} (FIX).xlsx", book.bytes(), people)


def _by_sex(people):
    """How many men and how many women."""
    return sum(each.sex == "L" for each in people), sum(each.sex == "P" for each in people)


def _messy_headings(sheet):
    top = sheet.at
    above = ("NO", "NAMA LENGKAP", "JENIS KELAMIN", None, "TEMPAT, TANGGAL LAHIR", "NO. KTP", "NO. PASPOR / SPLP",
             "ALAMAT", None, None, "PROV.", "KASUS", "JENIS PEKERJAAN", "LAMA TINGGAL", "TUJUAN")  # fmt: skip
    below = {2: "L", 3: "P", 7: "DESA", 8: "KEC.", 9: "KAB./KOTA"}
    for column, heading in enumerate(above):
        if column in below:
            sheet.put(top + 1, column, below[column])
        elif heading:
            sheet.merge(top, column, top + 1, column, heading)
    sheet.merge(top, 2, top, 3, "JENIS KELAMIN")
    sheet.merge(top, 7, top, 9, "ALAMAT")
    sheet.at += 2


def _messy_line(sheet, number, each, before):
    village, district, regency, province = _clearly(each.home)
    if before is not None and before.home[:2] == each.home[:2]:
        province = "sda"
    if before is not None and before.home[:5] == each.home[:5]:
        regency = "sda"
    born = f"{each.birth_place}, {each.birth_date.day} {MONTHS[each.birth_date.month - 1]} {each.birth_date.year}"
    nik = each.nik
    # Three slips, as there are on every list: a day that no calendar has, a digit lost, a word of two meanings.
    if number == 12:
        born = f"{each.birth_place}, 31 Februari {each.birth_date.year}"
    if number == 40:
        nik = (nik or "6107075208909901")[:15]
    reason = "tanpa dokumen" if number == 77 else _one(REASONS, each.reason, number)
    sheet.row(
        number, each.name.upper(), TICK if each.sex == "L" else "", TICK if each.sex == "P" else "", born, nik,
        each.document, village, district, regency, province, reason, _one(SECTORS, each.sector, number),
        _stay(each.stay), one_line(f"{ONWARD[each.onward]} {each.remarks}"),
    )  # fmt: skip


def _recap(people):
    lines = [("REKAPITULASI", "JUMLAH")]
    for code, words in (("no_passport", "Tidak memiliki paspor"), ("no_permit", "Tidak memiliki permit/visa kerja"),
                        ("gambling", "Judi online"), ("drugs", "Narkoba"), ("crime", "Kriminal")):  # fmt: skip
        lines.append((words, sum(each.reason == code for each in people)))
    return [*lines, ("TOTAL", len(people))]


def _csv(arrival, people):
    """A file with semicolons as a program writes it, in the letters of old Windows; ages for children."""
    lines = [
        "DAFTAR PMI DEPORTASI DEPOT SEMUJA (CONTOH - SEMUA NAMA KARANGAN)",
        f"Tiba di PLBN Entikong {_day(arrival)}", "",
        "No;Nama;L/P;Tempat Lahir;Tgl. Lahir;NIK;No. Paspor/SPLP;Dusun/Desa;Kecamatan;Kabupaten/Kota;Provinsi;Sebab;"
        "Pekerjaan;Ket.",
    ]  # fmt: skip
    for number, each in enumerate(people, start=1):
        village, district, regency, province = _place(each.home)
        cells = (number, each.name, each.sex, each.birth_place, f"{each.birth_date:%d.%m.%Y}", each.nik, each.document,
                 village, district, regency, province, _one(REASONS, each.reason, 1), _one(SECTORS, each.sector, 2),
                 each.remarks)  # fmt: skip
        lines.append(";".join(str(cell) for cell in cells))
    lines.append(f";JUMLAH;{len(people)};;;;;;;;;;;")
    return Sample("Semuja 12-02-2026.csv", "\r\n".join(lines).encode("cp1252"), people)


def _sheet_for_each_sex(arrival, people):
    """A workbook with a sheet of sums, one of men and one of women."""
    people.sort(key=lambda each: each.sex)
    book = _Book()
    sums = book.sheet("Rekap")
    sums.titles("REKAPITULASI DEPORTASI DEPOT BEKENU", f"PLBN Entikong {_day(arrival)}")
    sums.row("Uraian", "Jumlah")
    for words, sex in (("Laki-laki", "L"), ("Perempuan", "P")):
        sums.row(words, sum(each.sex == sex for each in people))
    sums.row("Total", len(people))
    for words, sex in (("Laki-laki", "L"), ("Perempuan", "P")):
        sheet = book.sheet(words)
        sheet.titles(f"DAFTAR NAMA PMI DEPORTASI DEPOT BEKENU - {words.upper()}", f"Tanggal tiba : {_day(arrival)}")
        sheet.row("No.", "Nama PMI", "Tgl Lahir", "No. Identitas (KTP)", "Dokumen", "Alamat", "Asal Kab/Kota",
                  "Propinsi", "Pelanggaran", "Sektor")  # fmt: skip
        for number, each in enumerate((each for each in people if each.sex == sex), start=1):
            village, district, regency, province = _place(each.home)
            sheet.row(number, each.name, datetime(*each.birth_date.timetuple()[:3]), each.nik,
                      f"{each.document_kind.upper()} {each.document}", _small(village, district), regency, province,
                      _one(REASONS, each.reason, 2), _one(SECTORS, each.sector, 0))  # fmt: skip
        sheet.blank()
        sheet.row("", "Keterangan: data menurut pengakuan PMI.")
    return Sample("rekap deportasi bekenu 12112025.xlsx", book.bytes(), people)


def _in_sections(arrival, people):
    """Sections by regency; the age only; sums after each section."""
    people.sort(key=lambda each: (not each.home.startswith(HERE), each.home[:5]))
    book = _Book()
    sheet = book.sheet("Sheet1")
    sheet.titles("DATA WNI/PMI DEPORTASI DEPOT IMIGRESEN SEMUJA", f"TIBA DI ENTIKONG TANGGAL {_day(arrival).upper()}",
                 f"JUMLAH : {len(people)} ORANG")  # fmt: skip
    sheet.row("NO", "NAMA", "JK", "USIA", "NIK", "NO DOKUMEN", "KECAMATAN / DESA", "ALASAN DEPORTASI", "KERJA DI SANA",
              "PEMULANGAN LANJUTAN")  # fmt: skip
    regency = ""
    for number, each in enumerate(people, start=1):
        if each.home[:5] != regency:
            regency = each.home[:5]
            named = name_of(regency).upper()
            sheet.row("", named if named.startswith("KOTA") else f"KABUPATEN {named.removeprefix('KABUPATEN ')}")
        village, district, _regency, _province = _place(each.home)
        sheet.row(number, each.name, {"L": "Lk", "P": "Pr"}[each.sex], f"{each.age_on(arrival.arrived_on)} th",
                  each.nik, each.document, _small(village, district), _one(REASONS, each.reason, 1),
                  _one(SECTORS, each.sector, 1), ONWARD[each.onward])  # fmt: skip
    sheet.row("", "TOTAL", len(people))
    return Sample("WNI Semuja 23 Okt 2025.xlsx", book.bytes(), people)


def _whole_address(arrival, people):
    """Everything of the address in one cell, birth as place and date in one cell."""
    book = _Book()
    sheet = book.sheet("16 okt")
    sheet.titles("MANIFES DEPORTASI WNI DARI SARAWAK MELALUI PLBN ENTIKONG",
                 f"Hari/Tanggal: Kamis, {_day(arrival)}", "Surat KJRI Nomor 0001/PK/B/CONTOH/10/2025/KCH")  # fmt: skip
    sheet.row("No Urut", "Nama / Name", "Sex", "TTL", "No. Paspor", "Alamat Lengkap", "Sebab dideportasi", "Pekerjaan",
              "Pulang dengan", "HP")  # fmt: skip
    for number, each in enumerate(people, start=1):
        village, district, regency, province = _place(each.home)
        address = ", ".join(filter(None, (_small(village, district), _regency_in_words(regency), f"Prov. {province}")))
        sheet.row(number, each.name, {"L": "M", "P": "F"}[each.sex],
                  f"{each.birth_place}, {each.birth_date:%d-%m-%Y}", each.document, address,
                  _one(REASONS, each.reason, 0), _one(SECTORS, each.sector, number), ONWARD[each.onward],
                  "")  # fmt: skip
    return Sample("manifes_16102025_KJRI.xlsx", book.bytes(), people)


def _malay(arrival, people):
    """Two sheets with headings in the words of the other side of the border."""
    book = _Book()
    half = len(people) // 2
    for page, part in (("Helai 1", people[:half]), ("Helai 2", people[half:])):
        sheet = book.sheet(page)
        sheet.titles("SENARAI PMI DEPORTASI DARI DEPOH-DEPOH IMIGRESEN SARAWAK", f"Tarikh: {_day(arrival)}")
        sheet.row("BIL", "NAMA PENUH", "JANTINA", "TARIKH LAHIR", "NO. PASPORT", "NEGERI ASAL", "KABUPATEN",
                  "KESALAHAN", "PEKERJAAN")  # fmt: skip
        for number, each in enumerate(part, start=1):
            _village, _district, regency, province = _place(each.home)
            sheet.row(number, each.name.upper(), {"L": "LELAKI", "P": "PEREMPUAN"}[each.sex],
                      f"{each.birth_date:%d/%m/%Y}", each.document, province, regency, _one(REASONS, each.reason, 1),
                      _one(SECTORS, each.sector, 0))  # fmt: skip
    return Sample("PMI-B 3 NOVEMBER 2022.xlsx", book.bytes(), people)


def _merged_down(arrival, people):
    """Province and regency in cells merged downwards over everybody from there."""
    people.sort(key=lambda each: each.home[:5])
    book = _Book()
    sheet = book.sheet("Lampiran")
    sheet.titles("LAMPIRAN SURAT: PMI TKIB YANG DIDEPORTASI", f"Entikong, {_day(arrival)}")
    sheet.row("NO", "PROVINSI", "KABUPATEN/KOTA", "NAMA", "L/P", "TAHUN LAHIR", "PASPOR/SPLP", "KASUS", "PEKERJAAN")
    top = sheet.at
    for number, each in enumerate(people, start=1):
        sheet.row(number, None, None, each.name, each.sex, each.birth_date.year, each.document,
                  _one(REASONS, each.reason, 0), _one(SECTORS, each.sector, 0))  # fmt: skip
    for column, length in ((1, 2), (2, 5)):
        for first, last in _runs([each.home[:length] for each in people]):
            words = name_of(people[first].home[:length])
            sheet.merge(top + first, column, top + last, column, words)
    return Sample("lampiran 28 april 2022.xlsx", book.bytes(), people)


MAKERS = {
    "2022-04": _merged_down,
    "2022-11": _malay,
    "2025-10-16": _whole_address,
    "2025-10-23": _in_sections,
    "2025-11": _sheet_for_each_sex,
    "2026-01": _messy,
    "2026-02": _csv,
}
NAMES = tuple(arrival.name for arrival in ARRIVALS)
MESSIEST = "2026-01"
PLAIN = (
    "No", "Nama", "L/P", "Tgl Lahir", "NIK", "No Paspor/SPLP", "Desa/Kel", "Kecamatan", "Kab/Kota", "Provinsi",
    "Alasan", "Pekerjaan", "Pemulangan lanjutan",
)  # fmt: skip


class _Book:
    """A workbook in memory; the same cells give the same bytes."""

    def __init__(self):
        self._into = BytesIO()
        self._book = xlsxwriter.Workbook(self._into, {"in_memory": True})
        self._book.set_properties({"author": "Simpul", "created": datetime(2026, 1, 1)})
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})

    def sheet(self, name):
        return _Sheet(self._book.add_worksheet(name), self._day)

    def bytes(self):
        self._book.close()
        return self._into.getvalue()


class _Sheet:
    """A sheet that is written downwards; `at` is the row that comes next."""

    def __init__(self, sheet, day):
        self._sheet, self._day, self.at = sheet, day, 0

    def titles(self, *lines):
        for line in (*OFFICE, *lines):
            self._sheet.merge_range(self.at, 0, self.at, 9, line)
            self.at += 1

    def row(self, *cells):
        for column, cell in enumerate(cells):
            self.put(self.at, column, cell)
        self.at += 1

    def put(self, row, column, cell):
        if isinstance(cell, datetime):
            self._sheet.write_datetime(row, column, cell, self._day)
        elif isinstance(cell, int):
            self._sheet.write_number(row, column, cell)
        elif cell:
            self._sheet.write_string(row, column, cell)

    def merge(self, top, left, bottom, right, words):
        if (top, left) == (bottom, right):
            self.put(top, left, words)
            return
        self._sheet.merge_range(top, left, bottom, right, words)

    def beside(self, row, column, lines):
        for down, line in enumerate(lines):
            for right, cell in enumerate(line):
                self.put(row + down, column + right, cell)

    def blank(self):
        self.at += 1

    def signed(self, *lines):
        for line in lines:
            self.put(self.at, 11, line)
            self.at += 1


def _runs(values):
    """(first, last) of each run of equal values."""
    first = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[first]:
            yield first, at - 1
            first = at


def _place(code):
    """Names of village, district, regency and province; "" for what is not known."""
    names = [name_of(code[:length]) if len(code) >= length else "" for length in (13, 8, 5, 2)]
    return names[0], names[1], names[2].removeprefix("Kabupaten "), names[3]


def _clearly(code):
    """The names of a place, with the word that tells a regency from the city of the same name."""
    village, district, regency, province = _place(code)
    return village, district, _regency_in_words(regency), province


def _small(village, district):
    return ", ".join(filter(None, (village and f"Ds. {village}", district and f"Kec. {district}")))


def _regency_in_words(regency):
    return regency if regency.startswith("Kota") else f"Kab. {regency}"


def _one(words, code, number):
    """One of the ways to write a code."""
    return words[code][number % len(words[code])]


def _stay(months):
    years, rest = divmod(months, 12)
    return f"{months} bln" if years == 0 else f"{years} th {rest} bln" if rest else f"{years} tahun"


def _day(arrival, *, before=0):
    on = arrival.arrived_on - timedelta(days=before)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
