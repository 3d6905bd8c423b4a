"""Small lists of people sent home, as text: what tests of taking in share."""

HEAD = "No;Nama Lengkap;L/P;Tgl Lahir;NIK;No. SPLP;Desa;Kecamatan;Kab/Kota;Kasus;Sektor"
MELATI = "MELATI KUSUMA;P;12-08-1990;;XD1000001;Jagoi;Jagoi Babang;Bengkayang;tidak memiliki paspor;jasa"
JOKO = "JOKO SANEN;L;07-03-1988;;XD1000002;Jagoi;Jagoi Babang;Bengkayang;tidak memiliki permit;konstruksi"
DAHLIA = "DAHLIA TAN;P;05-05-1999;;XD1000003;Jagoi;Jagoi Babang;Bengkayang;tidak memiliki paspor;perkebunan"
# What stands in these cannot be read: a day that is none, twice a reason nobody knows, a village that is not there.
UNCLEAR = (
    "MELATI KUSUMA;P;31-02-1990;;XD1000001;Jagoi;Jagoi Babang;Bengkayang;tidak memiliki paspor;jasa",
    "PETRUS UJAI;L;01-01-1980;;XD1000004;Jagoi;Jagoi Babang;Bengkayang;kabur dari majikan;konstruksi",
    "KENANGA LIM;P;06-06-1995;;XD1000005;Jagoi;Jagoi Babang;Bengkayang;kabur dari majikan;jasa",
    "DAHLIA TAN;P;05-05-1999;;XD1000003;Xyzzyqua;Jagoi Babang;Bengkayang;tidak memiliki paspor;perkebunan",
)


def manifest(*people, on="30-01-2026", depot="Semuja"):
    """A list as BP3MI types it, each person a line of cells."""
    title = f"Depot {depot}, tanggal {on}" if on else f"Depot {depot}"
    lines = ["DAFTAR WNI/PMI DEPORTASI MELALUI PLBN ENTIKONG", title, "", HEAD]
    lines += [f"{number};{person}" for number, person in enumerate(people, start=1)]
    return "\n".join(lines).encode()


def many(count, *, unclear=0):
    """So many people, the first of them with a day of birth that is none, each another."""
    first = ("SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH")
    people = []
    for number in range(count):
        name = f"{first[number % 7]} {chr(65 + number % 26)}{chr(65 + number // 26 % 26)}AN"
        day = f"{number % 27 + 1:02d}-{number % 12 + 1:02d}-{1960 + number // 12 % 45}"
        if number < unclear:
            day = f"{30 + number % 2}-02-{1900 + number}"
        people.append(
            f"{name};{'LP'[number % 2]};{day};;XE{2_000_000 + number};Jagoi;Jagoi Babang;Bengkayang;"
            "tidak memiliki paspor;jasa"
        )
    return manifest(*people)
