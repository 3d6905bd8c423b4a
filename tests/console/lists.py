"""Two invented lists in which most people of one stand in the other too, written as another office writes them."""

import csv
import random

_NAMES = (
    "SITI NURHALIZA", "MUHAMMAD SYARIF", "YOHANES UNTUNG", "MARIA GORETI", "ABDUL RASYID", "DEWI LESTARI",
    "BUDI SANTOSO", "THERESIA MELI", "AGUSTINUS ATONG", "NURUL HIDAYAH", "JOKO SUSILO", "FITRIANI",
    "RAHMAT HIDAYAT", "KATARINA LINA", "EKO PRASETYO", "SRI WAHYUNI", "LIM SIU FA", "ANTONIUS NYANGGAI", "HALIMAH",
    "SUPRIYADI", "MARTINUS UJANG", "RINA MARLINA", "IRFAN MAULANA", "YULIANA UNYAT", "HENDRA GUNAWAN",
)  # fmt: skip
SECOND = "ALI UMAR KASIM DAUD OMAR SALEH JAMAL HASAN HUSIN YUSUF BASRI TAHIR AMIN RAZAK".split()  # noqa: SIM905
_VILLAGES = ("JAGOI", "SEMUNYING", "KUALA MANDOR", "SUNGAI RAYA", "TEBAS", "PEMANGKAT", "SANGGAU LEDO", "ENTIKONG")
HEAD = ("rec_id", "person", "agency", "name", "nik", "dob", "sex", "father", "desa", "kab", "phone", "paspor")


def people(count, *, seed=3):
    chance = random.Random(seed)
    for number in range(count):
        year, month, day = chance.randint(1970, 2005), chance.randint(1, 12), chance.randint(2, 28)
        sex = chance.choice("LP")
        code = f"{day + 40 * (sex == 'P'):02}{month:02}{year % 100:02}"
        yield {
            "person": f"p{number}",
            "name": f"{chance.choice(_NAMES)} {chance.choice(SECOND)}",
            "father": chance.choice(SECOND),
            "nik": f"61{chance.randint(1, 12):02}{chance.randint(1, 20):02}{code}{number:04}",
            "dob": f"{year}-{month:02}-{day:02}",
            "sex": sex,
            "desa": chance.choice(_VILLAGES),
            "kab": "BENGKAYANG",
            "phone": f"0812{chance.randint(10**7, 10**8 - 1)}",
        }


def written(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEAD, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def two_lists(folder, *, count=300):
    """(police.csv, shelter.csv): the shelter knows two thirds of the people, under other spellings."""
    chance = random.Random(5)
    everybody = list(people(count))
    police = [row | {"rec_id": f"a{number}", "agency": "POLRI"} for number, row in enumerate(everybody)]
    shelter = [
        _otherwise(row, chance) | {"rec_id": f"b{number}", "agency": "LSM"}
        for number, row in enumerate(everybody + list(people(count // 3, seed=9)))
        if number % 3 or number >= count
    ]
    strangers = {f"b{number}" for number in range(count, count + count // 3)}
    shelter = [row | {"person": f"q{row['rec_id']}"} if row["rec_id"] in strangers else row for row in shelter]
    return written(folder / "police.csv", police), written(folder / "shelter.csv", shelter)


def _otherwise(row, chance):
    year, month, day = row["dob"].split("-")
    changed = {
        "dob": f"{day}/{month}/{year}",
        "name": row["name"].replace("SY", "S").replace("MUHAMMAD", "MOH.").replace("U", "OE", 1),
    }
    if chance.random() < 0.4:
        changed["nik"] = ""
    if chance.random() < 0.4:
        changed["phone"] = ""
    if chance.random() < 0.3:
        changed["father"] = ""
    return row | changed
