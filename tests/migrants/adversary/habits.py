"""Sheets with any habits an office may have, drawn with the truth beside each."""

from dataclasses import dataclass

from hypothesis import assume
from hypothesis import strategies as st

from tests.migrants.adversary.files import Formula, Sample, Sheet, encoded
from tests.migrants.adversary.people import ARRIVED, age_on, born_late, name_of, people, regency_name
from tests.migrants.adversary.typed import (
    ADDRESSES,
    DATES,
    EMPTY,
    HEADINGS,
    IN_TEXT,
    MIXED,
    NAMES,
    NIKS,
    REASONS,
    REGENCIES,
    SECTORS,
    SEXES,
    SPARE,
    TICKS,
    address_of,
)


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
            self.everyone = [born_late(self.everyone[0]), *self.everyone[1:]]
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
