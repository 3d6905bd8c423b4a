"""A machine for tests: two records are alike by how many of their words and numbers are equal. It needs no key."""

from hashlib import blake2b
from struct import pack, unpack

from simpul.linkage import engine

COMPARED = ("name", "nik", "birth_date", "birth_year", "passport", "phone", "village")
WEIGHTS = {"name": 0.5, "nik": 0.6, "birth_date": 0.4, "birth_year": 0.1, "passport": 0.6, "phone": 0.3, "village": 0.2}


class Machine:
    """Equal fields add up to a probability; `away` is a key process that does not answer."""

    version = "test 1"

    def __init__(self):
        self.away, self.refused, self.asked, self.kept = False, set(), [], {}
        self.epoch, self.counted, self.warmed, self.tended, self.knows_words = "2026", 0, 0, 0, True

    def encode(self, evidence, *, by, purpose):
        if self.away:
            raise engine.Away("The key process does not answer.")
        if evidence["name"] in self.refused:
            raise engine.Refused("This looks as if numbers were being tried out.")
        self.asked.append((by, purpose))
        slots = [_tag(name, evidence.get(name, "").upper()) for name in COMPARED]
        return engine.Made(self.epoch, pack(f"<{len(slots)}Q", *slots), pack(f"<{len(slots)}Q", *slots))

    def put(self, person, made):
        self.kept[person] = made.slots

    def count_words(self, *, least=0):
        if len(self.kept) >= least:
            self.counted, self.knows_words = self.counted + 1, True

    def warm(self):
        self.warmed += 1

    def tend(self):
        self.tended += 1

    def forget(self, persons):
        for person in persons:
            self.kept.pop(person, None)

    def near(self, person, made, *, most):
        found = [self._near(other, made.slots, held) for other, held in self.kept.items() if other != person]
        return sorted((one for one in found if one.levels), key=lambda one: -one.probability)[:most]

    def _near(self, other, slots, held):
        same = [
            name
            for name, one, two in zip(COMPARED, _unpacked(slots), _unpacked(held), strict=True)
            if one == two and one
        ]
        probability = min(sum(WEIGHTS[name] for name in same), 0.99)
        return engine.Near(other, probability, dict.fromkeys(same, "equal"))


def _tag(name, text):
    return int.from_bytes(blake2b(f"{name} {text}".encode(), digest_size=8).digest(), "little") if text else 0


def _unpacked(slots):
    return unpack(f"<{len(slots) // 8}Q", slots)
