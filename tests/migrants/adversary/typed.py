"""How offices type what stands in a cell: headings, reasons, dates, numbers, names and places, each in its ways."""

from datetime import date

from tests.migrants.adversary.people import ARRIVED, age_on, name_of, regency_name

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


def address_of(code, habit):
    names = {"village": name_of(code), "district": name_of(code[:8]), "regency": regency_name(code)}
    names["bare"] = names["regency"].replace("Kabupaten ", "").replace("Kota ", "")
    text = ADDRESSES[habit].format(**names)
    # A city is no "Kab."
    text = text.replace("Kab. Singkawang", "Kota Singkawang").replace("KAB. Singkawang", "KOTA Singkawang")
    return text.upper() if habit == "capital" else text
