"""Whole lists, each after the way of working of one office, written out with the truth beside each."""

from datetime import date

from tests.migrants.adversary.files import Sheet, sheet_sample
from tests.migrants.adversary.people import (
    ARRIVED,
    age_on,
    bare_regency,
    born_late,
    name_of,
    people,
    regency_name,
    short_regency,
    truth_of,
)
from tests.migrants.adversary.typed import DATES, REASONS, SECTORS, SEXES, address_of


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
        truth.append((sheet.name, row, {**truth_of(each), "document": each.document, "birth_place": each.birth_place}))
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
            (
                sheet.name,
                row,
                {**truth_of(each, "name", "sex", "birth_date", "regency_code"), "document": each.document},
            )
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
            truth.append((sheet.name, row, {**truth_of(each), "nik": each.nik}))
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
        truth.append((sheet.name, row, {**truth_of(each, "name", "sex", *PLACES), "age": age, "birth_date": None}))
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
        truth.append((sheet.name, row, {**truth_of(each, "name", "sex", "birth_date"), **place}))
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
            truth.append((name, row, {**truth_of(each, *fields), "nik": each.nik}))
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
        truth.append((sheet.name, row, {**truth_of(each, *fields), "nik": each.nik}))
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
        truth.append((sheet.name, row, truth_of(each, "name", "sex", "birth_date", *PLACES)))
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
            truth.append((sheet.name, row, {**truth_of(each, "name", "sex", *PLACES), "age": age}))
        sheet.add(None, None, None, None, None, f"Halaman {page + 1} dari 3")
    return sheet_sample([sheet], truth, kind="xls", name="cetak")


def immigration_list():
    """An immigration office: English headings, month before day, passports, nationality, capital letters."""
    everyone = people(9, seed=10)
    sheet = Sheet("")
    sheet.add("NO", "FULL NAME", "GENDER", "NATIONALITY", "DATE OF BIRTH", "PASSPORT NO", "PLACE OF ORIGIN")
    truth = []
    for number, each in enumerate([born_late(everyone[0]), *everyone[1:]], 1):
        row = sheet.add(number, each.name.upper(), "MALE" if each.sex == "L" else "FEMALE", "INDONESIA",
                        DATES["m/d/Y"](each.birth), each.document, short_regency(each.village).upper())  # fmt: skip
        fields = ("name", "sex", "birth_date", "regency_code")
        truth.append((sheet.name, row, {**truth_of(each, *fields), "document": each.document}))
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
        truth.append((sheet.name, row, {**truth_of(each, "name", "sex", *PLACES), "age": age}))
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
        truth.append((sheet.name, row, {**truth_of(each, *fields), "nik": each.nik}))
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
        truth.append((sheet.name, row, {**truth_of(each, *fields), "document": each.document}))
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
        truth.append((sheet.name, row, truth_of(each, *fields)))
    sheet.add()
    sheet.add("II. DEPORTASI DARI DEPOT BEKENU")
    sheet.add("No", "L/P", "Nama", "Kab/Kota", "Tgl Lahir")
    for number, each in enumerate(everyone[5:], 1):
        row = sheet.add(number, each.sex, each.name, short_regency(each.village), f"{each.birth:%d-%m-%Y}")
        truth.append((sheet.name, row, truth_of(each, *fields)))
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
        truth.append((first.name, row, {**truth_of(each, *fields), "birth_place": each.birth_place}))
    second.title("Kedatangan 30 Januari 2026", width=4)
    second.add("Tanggal Lahir", "Daerah Asal", "Nama WNI", "L", "P")
    for each in everyone[5:]:
        ticks = [1 if each.sex == "L" else None, 1 if each.sex == "P" else None]
        row = second.add(each.birth, short_regency(each.village), each.name, *ticks)
        truth.append((second.name, row, truth_of(each, *fields)))
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
        expected = truth_of(each, "name", "sex", "birth_date", *PLACES)
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
