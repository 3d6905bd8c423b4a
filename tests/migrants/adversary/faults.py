"""Sheets with one thing wrong: a cell nobody could read, a person who contradicts himself, a total that is off."""

from datetime import date

from tests.migrants.adversary.files import Sample, Sheet, encoded, sheet_sample
from tests.migrants.adversary.people import ARRIVED, age_on, name_of, people, short_regency, truth_of
from tests.migrants.adversary.typed import REASONS


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
        truth.append((sheet.name, row, truth_of(each, "name", "sex", "birth_date")))
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
        expected = {**truth_of(each), "nik": each.nik, "age": cells[4]}
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
        truth.append((sheet.name, row, truth_of(each, "name", "sex", "birth_date", "regency_code")))
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
