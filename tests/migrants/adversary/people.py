"""Invented people with their homes, and what a reader must find of each."""

import random
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

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


def age_on(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def bare_regency(code):
    return regency_name(code).replace("Kabupaten ", "").replace("Kota ", "")


def short_regency(code):
    return regency_name(code).replace("Kabupaten ", "Kab. ")


def truth_of(each, *fields):
    truth = {"name": each.name, "sex": each.sex, "birth_date": each.birth, "regency_code": each.village[:5]}
    truth |= {"district_code": each.village[:8], "village_code": each.village}
    truth |= {"reason": each.reason, "sector": each.sector}
    return {key: truth[key] for key in fields} if fields else truth


def born_late(each):
    birth = each.birth.replace(day=27)
    nik = f"{each.nik[:6]}{27 + 40 * (each.sex == 'P'):02}{each.nik[8:]}"
    return each._replace(birth=birth, nik=nik)
