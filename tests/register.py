"""What tests of the register share: workers as the village and the manpower office enter them, and their lists.

Pak Darius enters people of Jagoi, Joko of all Bengkayang (`tests.returns`).
"""

import csv
import io

from simpul.migrants import registry
from simpul.places.models import Place
from tests.world import JAGOI

NIK, OTHER_NIK = "6107075208900001", "6107071408850002"
SEKIDA, TEMAJUK = "61.07.07.2006", "61.01.08.2007"
HEAD = ("Nama", "NIK", "L/P", "Tanggal Lahir", "Desa", "Kecamatan", "Kabupaten", "No. Paspor", "Status",
        "Negara", "Majikan", "Tanggal Berangkat", "Akhir Kontrak")  # fmt: skip


def worker(w, *, name="Anggrek Lestari", home=JAGOI, by=None, at=None, facts=None, **told):
    """Somebody in the register, as Pak Darius enters her."""
    facts = {"status": "abroad", "country": "my"} | (facts or {})
    return registry.note(
        name=name, home=Place.objects.get(pk=home), by=by or w.darius, at=at or w.at, facts=facts, **told
    )


def line(name, *, nik="", village="Jagoi", district="Jagoi Babang", passport="", employer="Ladang Hijau", **more):
    """A line of a list, by its headings."""
    told = {
        "Nama": name, "NIK": nik, "L/P": "P", "Tanggal Lahir": "12-08-1990", "Desa": village, "Kecamatan": district,
        "Kabupaten": "Bengkayang", "No. Paspor": passport, "Status": "Bekerja di luar negeri", "Negara": "Malaysia",
        "Majikan": employer, "Tanggal Berangkat": "01-02-2024", "Akhir Kontrak": "01-02-2027",
    }  # fmt: skip
    return told | more


def table(lines):
    """The bytes of a list as CSV."""
    text = io.StringIO()
    head = [each for each in HEAD if any(each in line for line in lines)]
    made = csv.DictWriter(text, head, delimiter=";", restval="")
    made.writeheader()
    made.writerows(lines)
    return text.getvalue().encode()
