"""The people of the sample manifests: as many as were published of each arrival, and not one of them real.

What the press was told of an arrival (`ARRIVALS`, with its source) is kept to the person: how many men and women, how
many of the province, for which reasons. Names, birthdays, numbers and villages are invented. Some of them are sent
home twice: with the same passport, or under another spelling (`twice`).
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from simpul.demo import people, twice
from simpul.places.loading import package_names

HERE = "61"
# How often people sent home are from where: more along the border, and where many live.
HOMES_HERE = {
    "61.01": 26, "61.07": 19, "61.03": 13, "61.72": 7, "61.08": 7, "61.12": 6, "61.71": 5, "61.05": 5, "61.06": 5,
    "61.02": 4, "61.04": 3, "61.09": 3, "61.10": 2, "61.11": 1,
}  # fmt: skip
HOMES_ELSEWHERE = {
    "35": 22, "52": 20, "73": 17, "53": 13, "33": 9, "32": 8, "12": 4, "18": 3, "64": 2, "63": 1, "36": 1
}  # fmt: skip
# Of people from these regencies a list mostly names the village; of others the regency, sometimes the district.
WITH_VILLAGE = ("61.01", "61.03", "61.07")
# In these districts of Bengkayang most know somebody who works across the border.
CLOSE_TO_THE_BORDER = ("61.07.07", "61.07.05", "61.07.03")
VILLAGES = ("61.07.07.2001", "61.07.07.2006", "61.07.03.2002")

SECTORS = {
    "L": {"plantation": 40, "construction": 30, "services": 12, "industry": 12, "shipping": 4, "other": 2},
    "P": {"services": 34, "domestic": 32, "plantation": 15, "industry": 9, "with_husband": 10},
}
SECTORS_OF_WOMEN = ("domestic", "with_husband")
ONWARD = {"alone": 88, "family": 6, "shelter_bp3mi": 4, "shelter_social": 1, "hospital": 1}
REMARKS = {"L": ("sakit", "bekas luka kerja", "demam"), "P": ("hamil 5 bulan", "sakit", "membawa bayi")}


@dataclass(frozen=True)
class Arrival:
    """What was published of one arrival; an empty `reasons` or None was not published and is invented."""

    name: str
    arrived_on: date
    depot: str
    total: int
    men: int | None
    here: int
    reasons: dict
    source: str
    children: int = 1
    sectors: dict = field(default_factory=dict)
    onward: dict = field(default_factory=dict)
    kind: str = "deportation"
    # People of earlier arrivals who are on this list again.
    again: int = 0


ARRIVALS = (
    Arrival("2022-04", date(2022, 4, 28), "", 286, None, 108,
            {"no_passport": 100, "no_permit": 184, "gambling": 2}, "kompas.com"),
    Arrival("2022-11", date(2022, 11, 3), "", 145, 116, 64,
            {"no_passport": 89, "no_permit": 51, "gambling": 3}, "p2miprojo.com", again=2),
    Arrival("2025-10-16", date(2025, 10, 16), "", 136, 110, 86,
            {"no_passport": 29, "no_permit": 84, "gambling": 23}, "kp2mi.go.id", onward={"alone": 124}, again=2),
    Arrival("2025-10-23", date(2025, 10, 23), "semuja", 104, 69, 63,
            {"no_passport": 54, "no_permit": 36, "gambling": 14}, "kp2mi.go.id", again=2),
    Arrival("2025-11", date(2025, 11, 12), "bekenu", 155, 89, 92,
            {"no_passport": 33, "no_permit": 119, "gambling": 3}, "kp2mi.go.id", again=3,
            sectors={"services": 87, "construction": 40, "industry": 10, "plantation": 7, "domestic": 6,
                     "with_husband": 4, "with_parents": 1}),
    Arrival("2026-01", date(2026, 1, 30), "bekenu", 327, 273, 120,
            {"no_passport": 249, "no_permit": 73, "gambling": 2, "drugs": 2, "crime": 1}, "kp2mi.go.id", again=5),
    Arrival("2026-02", date(2026, 2, 12), "semuja", 71, 33, 37,
            {"no_passport": 29, "no_permit": 42}, "kp2mi.go.id", children=9, again=2),
)  # fmt: skip
BY_NAME = {arrival.name: arrival for arrival in ARRIVALS}


@dataclass(frozen=True)
class Sent:
    """One line of a list. `home` is the code of the deepest place that the list names."""

    name: str
    sex: str
    birth_date: date
    birth_place: str
    nik: str
    document: str
    document_kind: str
    home: str
    reason: str
    sector: str
    onward: str
    stay: int
    remarks: str = ""

    def age_on(self, day):
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


@cache
def people_of(name):
    """Everybody of an arrival, in no order that anybody chose; the same people every time."""
    return known_twice().put_into(name, _lines_of(name))


@cache
def known_twice():
    """Who of the arrivals stands on several lists, or in the register, under another spelling."""
    return twice.plan({arrival.name: (arrival.arrived_on, _lines_of(arrival.name)) for arrival in ARRIVALS})


def invented_arrival(name, arrived_on, *, depot, total, men, here, again=()):
    """People of an arrival that was never published, such as one of last week; `again` were sent home before."""
    random = Random(f"sent home {name}")
    reasons = {"no_permit": total // 2, "no_passport": total - total // 2}
    arrival = Arrival(name, arrived_on, depot, total, men, here, reasons, "")
    return arrival, _with_those_again(_drawn(arrival, random), again, random)


def name_of(code):
    """The name of a place, as the package of places writes it."""
    return _names()[code]


@cache
def _lines_of(name):
    """Everybody of an arrival as first drawn; people of earlier arrivals with the papers of then."""
    return _drawn(BY_NAME[name], Random(f"sent home {name}"))


def _drawn(arrival, random):
    sexes = _sexes(arrival, random)
    sectors = _sectors(arrival, sexes, random)
    homes = [_home_here(random) for _each in range(arrival.here)]
    homes += [_home_elsewhere(random) for _each in range(arrival.total - arrival.here)]
    reasons = _filled(arrival.reasons, arrival.total, {"": 1}, random)
    onward = _filled(arrival.onward, arrival.total, _without(ONWARD, arrival.onward), random)
    for facts in (homes, reasons, onward):
        random.shuffle(facts)
    children = _children(arrival, sectors, random)
    lines = [
        _somebody(random, arrival, sex=sexes[at], sector=sectors[at], home=homes[at], reason=reasons[at],
                  onward=onward[at], is_child=at in children, serial=f"{arrival.arrived_on:%y%j}{at:03d}")
        for at in range(arrival.total)
    ]  # fmt: skip
    earlier = [each for before in ARRIVALS if before.arrived_on < arrival.arrived_on - timedelta(days=14)
               for each in _lines_of(before.name)] if arrival.again else []  # fmt: skip
    may = [each for each in earlier if may_come_again(each) and each.age_on(arrival.arrived_on) > 18]
    return _with_those_again(lines, random.sample(may, arrival.again) if may else (), random)


def _children(arrival, sectors, random):
    """Which of them are children; they came with their parents."""
    if not arrival.sectors:
        children = random.sample(range(arrival.total), arrival.children)
        for at in children:
            sectors[at] = "with_parents"
    return {at for at, sector in enumerate(sectors) if sector == "with_parents"}


def _sexes(arrival, random):
    men = arrival.men if arrival.men is not None else round(arrival.total * 0.72)
    sexes = ["L"] * men + ["P"] * (arrival.total - men)
    random.shuffle(sexes)
    return sexes


def _sectors(arrival, sexes, random):
    """What everybody worked as; where it was published, women take first what mostly women do."""
    if not arrival.sectors:
        return [_one_of(random, SECTORS[sex]) for sex in sexes]
    left = [sector for sector, number in arrival.sectors.items() for _each in range(number)]
    random.shuffle(left)
    left.sort(key=lambda sector: sector in SECTORS_OF_WOMEN)
    return [left.pop(-1 if sex == "P" else 0) for sex in sexes]


def _somebody(random, arrival, *, sex, sector, home, reason, onward, is_child, serial):
    youngest, oldest = (1, 16) if is_child else (18, 52)
    age = random.randint(youngest, oldest)
    born = arrival.arrived_on - timedelta(days=age * 365 + age // 4 + random.randint(5, 355))
    regency = home[:5] if home.startswith(HERE) else ""
    has_passport = reason != "no_passport" and random.random() < 0.8
    name = people.full_name(random, sex=sex, regency=regency)
    return Sent(
        name=people.varied(Random(f"name {serial}"), name, sex=sex),
        sex=sex,
        birth_date=born,
        birth_place=name_of(home[:5]).removeprefix("Kota ").removeprefix("Kabupaten "),
        nik=_nik(random, home, born, sex),
        document=f"X{serial}" if has_passport else f"XD{serial}",
        document_kind="passport" if has_passport else "splp",
        home=home,
        reason=reason,
        sector=sector,
        onward=onward,
        stay=random.choice((2, 3, 5, 6, 8, 11, 12, 14, 18, 24, 30, 36, 48, 60)),
        remarks=random.choice(REMARKS[sex]) if random.random() < 0.03 and not is_child else "",
    )


def _nik(random, home, born, sex):
    """Mostly the list names none."""
    if random.random() < 0.55:
        return ""
    district = home if len(home) >= 8 else random.choice(places_below(home))
    return people.nik_of(random, district, born, sex)


def may_come_again(person):
    """Somebody of the province with a passport, by whose number an earlier return is recognised."""
    return person.document_kind == "passport" and person.home.startswith(HERE)


def _with_those_again(lines, again, random):
    """Put people of earlier arrivals in the place of somebody of the same sex and province, with the same passport."""
    lines = list(lines)
    free = list(range(len(lines)))
    random.shuffle(free)
    for person in again:
        at = next((n for n in free if _may_stand_for(lines[n], person)), None)
        if at is None:
            continue
        free.remove(at)
        now = lines[at]
        lines[at] = replace(
            person, reason=now.reason, sector=now.sector, onward=now.onward, stay=now.stay, remarks="pernah dideportasi"
        )
    return lines


def _may_stand_for(line, person):
    is_of_age = line.sector != "with_parents"
    has_papers = line.reason != "no_passport"
    return is_of_age and has_papers and line.sex == person.sex and line.home[:2] == person.home[:2]


def _home_here(random):
    regency = _one_of(random, HOMES_HERE)
    if regency == "61.07" and random.random() < 0.45:
        return _in_bengkayang(random)
    district = random.choice(places_below(regency))
    if regency in WITH_VILLAGE and random.random() < 0.75:
        return random.choice(places_below(district))
    return district if random.random() < 0.2 else regency


def _in_bengkayang(random):
    if random.random() < 0.55:
        return random.choice(VILLAGES)
    return random.choice(places_below(random.choice(CLOSE_TO_THE_BORDER)))


def _home_elsewhere(random):
    return random.choice(places_below(_one_of(random, HOMES_ELSEWHERE)))


def places_below(code):
    """Codes of the places right below one."""
    return _tree()[code]


@cache
def _names():
    return package_names()


@cache
def _tree():
    below = {}
    for code in sorted(_names()):
        below.setdefault(code.rpartition(".")[0], []).append(code)
    return below


def _filled(told, total, others, random):
    """What was published, a value for each person; the rest by other weights."""
    values = [value for value, number in told.items() for _each in range(number)]
    return values + [_one_of(random, others) for _each in range(total - len(values))]


def _without(weights, told):
    return {value: weight for value, weight in weights.items() if value not in told}


def _one_of(random, weights):
    return random.choices(list(weights), list(weights.values()))[0]
