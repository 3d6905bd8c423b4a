"""A small made-up register whose truth is known: some people, each in one to three lists, written as lists write."""

from random import Random
from typing import NamedTuple

import numpy as np

from simpul.linkage.matching import normalise
from simpul.linkage.matching.table import Table

MEN = [
    "Ahmad", "Budi", "Joko", "Sukarno", "Hendra", "Yohanes", "Stefanus", "Jampung", "Lukas", "Rahmat", "Slamet",
    "Darmawan", "Hamid", "Yusuf", "Karim", "Wahyu", "Mulyadi", "Antonius", "Petrus", "Zainal", "Samsul", "Rusdi",
    "Bambang", "Agus", "Dedi", "Iwan", "Fajar", "Ridwan", "Taufik", "Usman",
]  # fmt: skip
WOMEN = [
    "Siti", "Aminah", "Melati", "Dewi", "Ratna", "Yuliana", "Kristina", "Halimah", "Fatimah", "Sulastri", "Wati",
    "Murni", "Rosmaida", "Theresia", "Lestari", "Indah", "Nurhayati", "Zubaidah", "Kartini", "Maryam", "Suryani",
    "Endang", "Fitri", "Hasanah", "Juminten", "Lilis", "Mariana", "Ningsih", "Paulina", "Rukmini",
]  # fmt: skip
MORE = [
    "Santoso", "Wijaya", "Rahman", "Hidayat", "Kusuma", "Saputra", "Lestari", "Handayani", "Gunawan", "Purnomo",
    "Setiawan", "Sitorus", "Ginting", "Ngau", "Lihan", "Dunsi", "Bakri", "Halim", "Mustofa", "Nugroho", "Pratama",
    "Susanti", "Wibowo", "Yanto", "Zulkifli", "Basuki", "Cahyono", "Firmansyah", "Irawan", "Jalil", "Kurniawan",
    "Maulana", "Oktavianus", "Permata", "Ramadhan", "Suherman", "Tarigan", "Utomo", "Widodo", "Yusnita",
]  # fmt: skip
VILLAGES = {
    "Kubu Raya": ("Sungai Raya", "Parit Baru", "Rasau Jaya"),
    "Sambas": ("Tebas", "Pemangkat", "Selakau"),
    "Sanggau": ("Balai Karangan", "Entikong", "Kembayan"),
    "Sintang": ("Tanjung Puri", "Ketungau", "Sepauk"),
}
OTHER_WAYS = (
    ("Su", "Soe"),
    ("Ju", "Djoe"),
    ("Ah", "Ach"),
    ("Sy", "Sj"),
    ("ya", "ia"),
    ("f", "p"),
    ("Y", "J"),
    ("h", ""),
)


FAMILY = ("father", "mother", "village", "regency", "phone")
EMPTY = {"nik": 0.4, "birth_date": 0.25, "father": 0.3, "mother": 0.5, "village": 0.1, "phone": 0.5}


class Register(NamedTuple):
    """Rows of canonical fields, the number of the person of each, and the list on which each stands."""

    rows: list
    truth: np.ndarray
    source: np.ndarray

    def table(self):
        return Table.of(normalise.record(row) for row in self.rows)

    def shuffled(self, seed):
        order = list(range(len(self.rows)))
        Random(seed).shuffle(order)
        return Register([self.rows[at] for at in order], self.truth[order], self.source[order]), np.array(order)


def register(persons=400, *, seed=5, lists=3):
    """Of each person at most one row stands on each list."""
    chance = Random(seed)
    rows = [
        (_written(person, chance), number, on)
        for number, person in enumerate(_people(persons, chance))
        for on in chance.sample(range(lists), chance.randint(1, lists))
    ]
    chance.shuffle(rows)
    return Register([row for row, *_ in rows], np.array([row[1] for row in rows]), np.array([row[2] for row in rows]))


def rows_of(*told):
    """A table of these rows alone."""
    return Table.of(normalise.record(row) for row in told)


def _people(count, chance):
    """Every third has brothers or sisters: the same parents, village and telephone."""
    person = {}
    for _ in range(count):
        family = {name: person[name] for name in FAMILY} if person and chance.random() < 0.35 else _family(chance)
        person = family | _alone(chance)
        yield person


def _family(chance):
    regency = chance.choice(list(VILLAGES))
    return {
        "father": f"{chance.choice(MEN)} {chance.choice(MORE)}",
        "mother": f"{chance.choice(WOMEN)} {chance.choice(MORE)}",
        "village": chance.choice(VILLAGES[regency]),
        "regency": regency,
        "phone": f"0812{chance.randint(0, 99_999_999):08}",
    }


def _alone(chance):
    sex = chance.choice("LP")
    first = chance.choice(MEN if sex == "L" else WOMEN)
    year, month, day = chance.randint(1965, 2007), chance.randint(1, 12), chance.randint(1, 28)
    told = f"{day + 40 * (sex == 'P'):02}{month:02}{year % 100:02}"
    return {
        "name": " ".join([first, *chance.sample(MORE, chance.choice((0, 1, 1, 1, 2)))]),
        "nik": f"61{chance.randint(1, 12):02}{chance.randint(1, 9):02}{told}{chance.randint(1, 9):04}",
        "birth_date": f"{day:02}/{month:02}/{year}",
        "birth_year": str(year),
        "sex": sex,
    }


def _written(person, chance):
    row = dict(person)
    row["name"] = _heard(row["name"], chance)
    row["father"] = _heard(row["father"], chance)
    if chance.random() < 0.05:
        day, month, year = row["birth_date"].split("/")
        row["birth_date"] = f"{int(day) % 28 + 1:02}/{month}/{year}"
    for name, share in EMPTY.items():
        if chance.random() < share:
            row[name] = chance.choice(("", "-", "X"))
    return row


def _heard(name, chance):
    if chance.random() < 0.3:
        name = name.replace(*chance.choice(OTHER_WAYS), 1)
    if chance.random() < 0.1:
        name = name.split()[0]
    return ("H. " if chance.random() < 0.05 else "") + name
