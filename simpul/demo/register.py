"""The register of migrant workers of three regencies: a list of each Disnaker, and entries of village officers.

Nobody in it exists. Its columns are those of PP 59/2021 Art. 67(2): who, from where, with which employer and company,
in which country, since when and until when.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from django.utils.timezone import localdate

from simpul.agencies.roles import Role
from simpul.demo import manifests, people
from simpul.demo.beginnings import JAGOI, SEKIDA
from simpul.demo.diary import in_office
from simpul.demo.returned import SECTORS, known_twice, name_of, places_below
from simpul.migrants import lists, registry, sheets
from simpul.migrants.models import Sheet
from simpul.places.models import Place

# How many workers of a regency, in the whole year.
MANY = (("61.07", 640), ("61.01", 560), ("61.03", 300))
STATUSES = {"abroad": 62, "returned": 22, "candidate": 10, "unknown": 6}
COUNTRIES = {"my": 74, "bn": 10, "sg": 5, "tw": 6, "hk": 5}
IN_WORDS = {
    "abroad": "Bekerja di luar negeri", "returned": "Sudah pulang", "candidate": "Calon PMI",
    "unknown": "Tidak diketahui", "my": "Malaysia", "bn": "Brunei Darussalam", "sg": "Singapura", "tw": "Taiwan",
    "hk": "Hong Kong",
}  # fmt: skip
EMPLOYERS = {
    "plantation": ("Ladang Contoh Sdn Bhd", "Estet Contoh Miri"), "construction": ("Binaan Contoh Sdn Bhd",),
    "services": ("Kedai Makan Contoh", "Hotel Contoh Kuching"), "industry": ("Kilang Papan Contoh",),
    "domestic": ("Keluarga Contoh",), "shipping": ("Kapal Contoh 7",), "with_husband": ("-",), "other": ("-",),
}  # fmt: skip
COMPANIES = ("PT Contoh Karya Khatulistiwa", "PT Contoh Duta Kapuas", "PT Contoh Mandiri Borneo")
HEADINGS = (
    "No", "Nama PMI", "NIK", "L/P", "Tanggal Lahir", "Desa", "Kecamatan", "Kabupaten/Kota", "Status PMI",
    "Negara Tujuan", "Sektor", "Prosedural", "Nama Majikan", "Alamat Majikan", "P3MI", "Tanggal Berangkat",
    "Mulai Kontrak", "Akhir Kontrak", "Tanggal Pulang",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A worker as a line of the register says it; a day that is not told is None."""

    name: str
    sex: str
    birth_date: date
    nik: str
    home: str
    status: str
    country: str
    sector: str
    procedural: str
    employer: str
    address: str
    company: str
    departed_on: date | None
    contract_from: date | None
    contract_until: date | None
    returned_on: date | None


def begin(office, *, now, scale):
    """A list for each regency some months ago, and what villages have entered since."""
    for days_ago, (regency, many) in zip((210, 150, 95), MANY, strict=True):
        office.diary.begin(_list(office, now, regency, max(round(many * scale), 12), days_ago), at=now.on(days_ago))
    office.diary.begin(_entered(office, now, JAGOI, 14), at=now.on(70))
    office.diary.begin(_entered(office, now, SEKIDA, 9), at=now.on(66))


def entries(regency, *, many, on):
    """Workers of a regency, as a list of that day names them; the same ones every time.

    Every third one, as far as there are, came home meanwhile without the office knowing (`twice`).
    """
    random = Random(f"register {regency}")
    found = [worker(random, random.choice(villages(regency)), on=on) for _each in range(many)]
    for number, person in enumerate(known_twice().register.get(regency, ())):
        if 3 * number < many:
            found[3 * number] = _sent_home_later(found[3 * number], person, on=on)
    return found


def _sent_home_later(one, person, *, on):
    """The entry of somebody who is on a list of people sent home: as far as the register knows, still abroad."""
    return replace(
        one, name=person.name, sex=person.sex, birth_date=person.birth_date, nik=person.nik, home=person.home,
        status="abroad", country="my", sector=person.sector, employer=EMPLOYERS[person.sector][0], procedural="no",
        company="", departed_on=on - timedelta(days=700 + 30 * person.stay), contract_from=None, contract_until=None,
        returned_on=None,
    )  # fmt: skip


def worker(random, village, *, on):
    """Somebody of a village, with what is known of the work."""
    sex = random.choice("LLP")
    lived = random.randint(19 * 365, 48 * 365)
    born = on - timedelta(days=lived)
    status = _one_of(random, STATUSES)
    sector = _one_of(random, SECTORS[sex])
    is_procedural = random.random() < 0.42
    left = on - timedelta(days=random.randint(60, 1500)) if status != "candidate" else None
    home = left + timedelta(days=random.randint(30, 59)) if status == "returned" else None
    begins = left + timedelta(days=5) if left and is_procedural else None
    name = people.full_name(random, sex=sex, regency=village[:5])
    return Entry(
        name=people.varied(Random(f"name {name} {village} {lived}"), name, sex=sex),
        sex=sex,
        birth_date=born,
        nik=people.nik_of(random, village, born, sex) if random.random() < 0.8 else "",
        home=village,
        status=status,
        country=_one_of(random, COUNTRIES),
        sector=sector,
        procedural="yes" if is_procedural else "no",
        employer=random.choice(EMPLOYERS[sector]),
        address=f"Jalan Contoh {random.randint(1, 90)}",
        company=random.choice(COMPANIES) if is_procedural else "",
        departed_on=left,
        contract_from=begins,
        contract_until=begins + timedelta(days=730) if begins else None,
        returned_on=home,
    )


def written(workers, *, regency):
    """(name of the file, bytes) of a register as a Disnaker keeps it."""
    rows = []
    for number, each in enumerate(workers, start=1):
        rows.append((
            number, each.name, each.nik, each.sex, _day(each.birth_date), name_of(each.home), name_of(each.home[:8]),
            name_of(each.home[:5]), IN_WORDS[each.status], IN_WORDS[each.country], manifests.SECTORS[each.sector][0],
            {"yes": "Prosedural", "no": "Nonprosedural"}[each.procedural], each.employer, each.address, each.company,
            _day(each.departed_on), _day(each.contract_from), _day(each.contract_until), _day(each.returned_on),
        ))  # fmt: skip
    title = f"DATA PEKERJA MIGRAN INDONESIA {name_of(regency).upper()}"
    return f"Data PMI {name_of(regency)}.xlsx", manifests.workbook("Data PMI", (title,), HEADINGS, rows)


def villages(regency):
    """Codes of the villages of a regency, those along the border first and twice as often."""
    found = [village for district in places_below(regency) for village in places_below(district)]
    return found + [code for code in found if code.startswith(("61.07.07", "61.07.05", "61.01.08", "61.03.21"))] * 3


def _list(office, now, regency, many, days_ago):
    """Disnaker sends its own register to itself: read, and taken in where nothing is asked."""
    agency = office.world.agency("manpower", regency)
    by = office.world.officer(agency, Role.RETURNS)
    at = now.on(days_ago, hour=9)
    yield at
    workers = entries(regency, many=many, on=localdate(at))
    filename, data = written(workers, regency=regency)
    sheet = sheets.receive(data, filename=filename, layout=Sheet.Layout.REGISTER, by=by, at=at)
    at += timedelta(minutes=25)
    yield at
    lists.take_in(sheet, by=by, at=at)


def _entered(office, now, village, many):
    """A village officer writes down who left, one after the other; later some are home again."""
    by = office.world.officer(office.world.agencies["village", village], Role.VILLAGE)
    place, random = Place.objects.get(pk=village), Random(f"entered {village}")
    at, noted = now.on(66, hour=9), []
    for _each in range(many):
        at = in_office(at + timedelta(minutes=random.randint(20, 600)))
        yield at
        one = worker(random, village, on=localdate(at))
        facts = {name: getattr(one, name) for name in (
            "status", "country", "sector", "procedural", "employer", "company", "departed_on", "contract_from",
            "contract_until", "returned_on")}  # fmt: skip
        noted.append(registry.note(
            home=place, name=one.name, sex=one.sex, birth_date=one.birth_date, facts=facts, by=by, at=at
        ))  # fmt: skip
    at = now.on(8, hour=9)
    yield at
    home = next((each for each in noted if each.status == "abroad"), None)
    if home is not None:
        back = {"status": "returned", "returned_on": localdate(at)}
        registry.note(home=place, earlier=home, facts=back, by=by, at=at)


def _day(day):
    return f"{day:%d-%m-%Y}" if day else ""


def _one_of(random, weights):
    return random.choices(list(weights), list(weights.values()))[0]
