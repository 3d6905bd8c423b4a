"""Invented people for benchmarks of lists: a manifest as a spreadsheet, and entries of the register in bulk."""

import io
from datetime import date, timedelta
from random import Random

BATCH = 5000
FIRST = [
    "Melati",
    "Kenanga",
    "Cempaka",
    "Dahlia",
    "Mawar",
    "Anggrek",
    "Joko",
    "Budi",
    "Slamet",
    "Wahyu",
    "Agus",
    "Hendra",
    "Yusuf",
    "Marsel",
    "Petrus",
    "Yohana",
]
LAST = [
    "Ujai",
    "Sanen",
    "Kusuma",
    "Wijaya",
    "Santoso",
    "Hidayat",
    "Lestari",
    "Pratama",
    "Saputra",
    "Nengsih",
    "Aban",
    "Lim",
    "Tan",
    "Rahayu",
    "Utami",
    "Jalung",
]


def officer(username, role):
    """An officer of the whole province with a role, at an agency of its own."""
    from django.utils import timezone

    from simpul.agencies import offices, people
    from simpul.agencies.models import Agency, Officer
    from simpul.places.models import Place

    if found := Officer.objects.filter(username=username).first():
        return found
    now = timezone.now()
    kind = "bp3mi" if role == "returns" else "secretariat"
    agency = Agency.objects.filter(name=f"Benchmark {role}").first() or offices.record(
        f"Benchmark {role}", kind=kind, place=Place.objects.get(pk="61"), by=None, at=now
    )
    made = people.record(
        username, full_name=username, agency=agency, role=role, password="sandi tolok ukur", by=None, at=now
    )
    people.acknowledge_secrecy(made, at=now)
    return made


def manifest(people, *, on):
    """A manifest as BP3MI types it: title rows, capitals, dates as text, places by name, a sum below."""
    import xlsxwriter

    random, out = Random("manifest"), io.BytesIO()
    villages = _villages()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Manifes")
    sheet.write_string(0, 0, "DAFTAR WNI/PMI DEPORTASI MELALUI PLBN ENTIKONG")
    sheet.write_string(1, 0, f"Depot Semuja, tanggal {on.day:02d}-{on.month:02d}-{on.year}")
    heads = (
        "No",
        "Nama Lengkap",
        "L/P",
        "Tempat/Tgl Lahir",
        "No. SPLP",
        "Desa",
        "Kecamatan",
        "Kab/Kota",
        "Kasus",
        "Sektor",
    )
    for column, words in enumerate(heads):
        sheet.write_string(3, column, words)
    for number in range(people):
        village, district, regency = random.choice(villages)
        born = date(1960, 1, 1) + timedelta(days=random.randrange(16_000))
        name = f"{random.choice(FIRST)} {random.choice(LAST)}".upper()
        cells = (
            name, random.choice("LP"), f"{regency.split()[-1]}, {born:%d-%m-%Y}", f"XD{1_000_000 + number}", village,
            district, regency, random.choice(("tidak memiliki paspor", "tidak memiliki permit")),
            random.choice(("jasa", "konstruksi", "perkebunan")),
        )  # fmt: skip
        sheet.write_number(4 + number, 0, number + 1)
        for column, words in enumerate(cells, start=1):
            sheet.write_string(4 + number, column, words)
    sheet.write_string(4 + people, 1, "JUMLAH")
    sheet.write_number(4 + people, 2, people)
    book.close()
    return out.getvalue()


def store_workers(count):
    """Entries of the register, spread over the villages as people are: without names,
    since a benchmark opens none."""
    from django.db import transaction
    from django.utils import timezone

    from simpul.confidentiality import data_keys
    from simpul.confidentiality.models import DataKey
    from simpul.migrants.models import Worker
    from simpul.persons.models import Person
    from simpul.places.models import Place

    random, now, by = Random("workers"), timezone.now(), officer("bench_returns", "returns")
    codes = list(Place.objects.filter(level="village", code__startswith="61.").values_list("code", flat=True))
    weights = [random.paretovariate(1.2) for _code in codes]
    statuses, sectors = list(Worker.Status.values), ("services", "construction", "plantation", "domestic", "")
    with transaction.atomic():
        key = data_keys.make(at=now)
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            keys = DataKey.objects.bulk_create(
                DataKey(generation=key.generation, sealed=key.sealed, made_at=now) for _each in range(size)
            )
            people = Person.objects.bulk_create(
                Person(data_key=each, sex=random.choice("LP"), birth_year=random.randrange(1960, 2008),
                       recorded_at=now, recorded_by=by) for each in keys)  # fmt: skip
            Worker.objects.bulk_create(
                Worker(person=person, home_id=home, sex=person.sex, birth_year=person.birth_year,
                       status=random.choice(statuses), sector=random.choice(sectors), country="my", noted_at=now,
                       noted_by=by)
                for person, home in zip(people, random.choices(codes, weights, k=size), strict=True)
            )  # fmt: skip
    return count


def _villages():
    """(village, district, regency) of the region, by name."""
    from simpul.places.models import Place

    names = dict(Place.objects.filter(code__startswith="61.").values_list("code", "name"))
    return [(name, names[code[:8]], names[code[:5]]) for code, name in sorted(names.items()) if len(code) == 13]
