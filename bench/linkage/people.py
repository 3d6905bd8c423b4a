"""The people of the sisters, before anybody writes them down: villages, households, documents, second identities."""

import gzip
import json
from bisect import bisect
from dataclasses import dataclass, field
from importlib import resources
from itertools import accumulate, count

from bench.linkage import names, slips

MIXES = {
    "61.01": "melayu*55 tionghoa*14 kanayatn*12 jawa*8 bidayuh*5 bugis*3 madura*3",
    "61.02": "melayu*35 kanayatn*20 tionghoa*12 madura*12 jawa*11 bugis*10",
    "61.03": "bidayuh*30 kanayatn*25 melayu*24 jawa*12 batak*5 tionghoa*4",
    "61.04": "melayu*48 kanayatn*24 jawa*14 tionghoa*6 madura*4 flores*4",
    "61.05": "iban*42 melayu*30 jawa*16 kanayatn*8 tionghoa*4",
    "61.06": "iban*45 melayu*40 kanayatn*8 jawa*7", "61.07": "kanayatn*44 bidayuh*22 tionghoa*16 melayu*12 jawa*6",
    "61.08": "kanayatn*82 melayu*8 jawa*6 tionghoa*4",
    "61.71": "melayu*34 tionghoa*28 jawa*12 madura*12 bugis*7 batak*4 minang*3",
    "61.72": "tionghoa*44 melayu*22 kanayatn*14 jawa*12 madura*8",
    "61.12": "melayu*30 madura*24 jawa*16 bugis*14 tionghoa*10 kanayatn*6",
    "61": "melayu*40 iban*25 kanayatn*15 jawa*12 tionghoa*8",
    "32": "sunda*72 jawa*15 melayu*5 tionghoa*4 batak*2 minang*2", "53": "flores*88 bugis*4 jawa*4 melayu*2 tionghoa*2",
    "35": "jawa*60 madura*40", "33": "jawa", "52": "melayu", "73": "bugis", "12": "batak", "13": "minang",
    "18": "jawa*80 sunda*20",
}  # fmt: skip
GROUNDS = {"westjava": "32", "ntt": "53"}
ELSEWHERE = {
    "61": ("35", "33", "32", "52", "53", "73", "12", "13"),
    "32": ("33", "35", "18", "12"),
    "53": ("52", "73", "35"),
}
# The lists go back to 2003: who was born from here on may have been a child when papers made him or her older.
FIRST_FORGED = 1986
OPERATORS = ("0811", "0812", "0813", "0821", "0822", "0852", "0853", "0856", "0857", "0858", "0895", "0896", "0877",
    "0878", "0819", "0838")  # fmt: skip


@dataclass
class Village:
    code: str
    name: str
    district: str
    regency: str
    communities: tuple
    writes_january: bool
    known: dict = field(default_factory=dict)


@dataclass
class Person:
    """Somebody as he or she is, before anybody writes it down."""

    cluster: int
    community: str
    sex: str
    parts: list
    born: tuple
    village: Village
    other: Village
    father: list
    mother: list
    husband: list
    nickname: str
    child: str
    nik: str
    passports: list
    phones: list
    papers: list
    forged: "Person | None" = None


def places():
    """{code: name} of all places, from the package that the application takes its places from."""
    found = {}
    for name in ("wilayah.json.gz", "desa.json.gz"):
        found |= json.loads(gzip.decompress(resources.files("lokal").joinpath("data", name).read_bytes()))
    return found


class Ground:
    """The villages of a register: some 160 of its province, a few of other provinces; a few send most people."""

    def __init__(self, rates, chance, *, home=160, away=40):
        names_of, province = places(), GROUNDS.get(rates.kind, "61")
        self.home = self._villages(names_of, (province,), home, rates, chance)
        self.away = self._villages(names_of, ELSEWHERE[province], away, rates, chance)
        self.heights = list(accumulate((rank + 4) ** -0.8 for rank in range(len(self.home))))

    def _villages(self, names_of, provinces, number, rates, chance):
        codes = sorted(code for code in names_of if len(code) == 13 and code[:2] in provinces)
        return [self._village(code, names_of, rates, chance) for code in chance.sample(codes, number)]

    def _village(self, code, names_of, rates, chance):
        mix = MIXES.get(code[:5]) or MIXES[code[:2]]
        weights = dict(part.partition("*")[::2] for part in mix.split())
        lives = chance.choices(list(weights), [int(each or 1) for each in weights.values()], k=6)
        regency = names_of[code[:5]].upper().removeprefix("KABUPATEN ").removeprefix("KOTA ")
        return Village(code, names_of[code].upper(), names_of[code[:8]].upper(), regency, tuple(lives),
                       chance.random() < rates.january_village)  # fmt: skip

    def draw(self, chance):
        if chance.random() < 0.08:
            return chance.choice(self.away)
        return self.home[bisect(self.heights, chance.random() * self.heights[-1])]


class Population:
    """Households, one after the other; of most of them one member is in the lists."""

    def __init__(self, rates, chance):
        self.rates, self.chance, self.ground = rates, chance, Ground(rates, chance)
        self.clusters, self.serials = count(1), {}

    def people(self, number):
        made = 0
        while made < number:
            for person in self.household()[: number - made]:
                made += 1
                yield person

    def household(self):
        chance, village = self.chance, self.ground.draw(self.chance)
        community = chance.choice(village.communities)
        family = self._family_name(community)
        home = {
            "village": village, "community": community, "family": family,
            "father": self._parts(community, "L", family), "mother": self._parts(community, "P", ""),
            "phone": phone(chance), "other": self.ground.draw(chance),
        }  # fmt: skip
        year = self._year()
        first = self.child(home, year)
        if chance.random() >= self.rates.household:
            return [first]
        members, size = [first], 1 + (chance.random() < 0.35) + (chance.random() < 0.2)
        for _each in range(size):
            members.append(self._relative(home, members))
        return members

    def _relative(self, home, members):
        chance, fate, first = self.chance, self.chance.random(), members[0]
        if fate < 0.03:
            return self.child(home, first.born[0], like=first, twin=True)
        if fate < 0.62:
            step = chance.choice((-5, -4, -3, -2, -2, 2, 2, 3, 4, 5))
            return self.child(home, first.born[0] + step, like=first if chance.random() < self.rates.alike else None)
        if fate < 0.8:
            return self._spouse(home, first)
        return self._parent(home, first)

    def _spouse(self, home, first):
        sex = "P" if first.sex == "L" else "L"
        parents = {"father": self._parts(home["community"], "L", ""), "mother": self._parts(home["community"], "P", "")}
        made = self.child(home | parents | {"family": ""}, first.born[0] + self.chance.randrange(-4, 5), sex=sex)
        wife, man = (made, first) if sex == "P" else (first, made)
        wife.husband = man.parts
        return made

    def _parent(self, home, first):
        parents = {"father": self._parts(home["community"], "L", ""), "mother": self._parts(home["community"], "P", "")}
        sex = self.chance.choice("LP")
        made = self.child(home | parents, first.born[0] - self.chance.randrange(19, 34), sex=sex)
        made.parts = list(home["father"] if sex == "L" else home["mother"])
        made.papers, made.child = [made.parts], first.parts[0]
        return made

    def _family_name(self, community):
        if community in names.FAMILY_FIRST:
            return names.chinese_family(self.chance)[0]
        stock = {"batak": names.BATAK_LAST, "flores": names.FLORES_LAST}.get(community)
        return stock.draw(self.chance) if stock else ""

    def _parts(self, community, sex, family):
        return names.NAMING[community](self.chance, sex, family)

    def _year(self):
        return int(self.chance.triangular(1958, 2011, 1993))

    def child(self, home, year, *, sex="", like=None, twin=False):
        chance, village, community = self.chance, home["village"], home["community"]
        sex = sex or (like.sex if like and chance.random() < 0.6 else "P" if chance.random() < 0.52 else "L")
        parts = self._name(home, sex, like)
        born = like.born if twin else (year, 1 + chance.randrange(12), 1 + chance.randrange(28))
        if not twin and (village.writes_january or (year < 1978 and chance.random() < 0.15)):
            born = (year, 1, 1) if village.writes_january or chance.random() < 0.6 else (year, 12, 31)
        papers = [parts] if chance.random() < 0.72 else [parts, self.respelled(parts)]
        person = Person(
            next(self.clusters), community, sex, parts, born, village,
            home["other"] if chance.random() < 0.5 else self.ground.draw(chance), home["father"], home["mother"],
            self._husband(community, sex, year), self._nickname(parts, sex), names.NAMING[community](chance,
                "LP"[year % 2], "")[0],
            "" if chance.random() < 0.04 else self.nik(village, born, sex), [passport(chance)],
            [home["phone"] if chance.random() < self.rates.family_phone else phone(chance)], papers,
        )  # fmt: skip
        if year >= FIRST_FORGED and chance.random() < self.rates.forged:
            person.forged = self._forged(person)
        return person

    def _husband(self, community, sex, year):
        married = sex == "P" and year < 2005 and self.chance.random() < 0.6
        return self._parts(community, "L", "") if married else []

    def _nickname(self, parts, sex):
        chance = self.chance
        if chance.random() < 0.45:
            return (names.NICKNAMES_MEN if sex == "L" else names.NICKNAMES_WOMEN).draw(chance)
        part = chance.choice(parts)
        return part[: 4 if chance.random() < 0.5 else 3] if chance.random() < 0.4 or len(part) < 5 else part[-4:]

    def _name(self, home, sex, like):
        chance, known = self.chance, home["village"].known.setdefault((home["community"], sex), [])
        if known and chance.random() < self.rates.namesake:
            return list(chance.choice(known))
        parts = self._parts(home["community"], sex, home["family"])
        if like and like.sex == sex:
            parts = self._sounding_like(like.parts, parts)
        known.append(parts)
        del known[:-50]
        return parts

    def _sounding_like(self, elder, own):
        """YULIANA and YULIANI, or the elder's second part for both."""
        if len(elder) > 1 and self.chance.random() < 0.6:
            return [own[0], *elder[1:]]
        stem = elder[0]
        return [stem[:-1] + self.chance.choice("AIONTH"), *own[1:]] if len(stem) > 3 else own

    def respelled(self, parts):
        """The spelling of a second document of the same person."""
        at = self.chance.randrange(len(parts))
        return [slips.by_ear(part, self.chance) if place == at else part for place, part in enumerate(parts)]

    def nik(self, village, born, sex):
        place = village.code if self.chance.random() < 0.85 else self.ground.draw(self.chance).code
        year, month, day = born
        head = f"{place[:8].replace('.', '')}{day + 40 * (sex == 'P'):02}{month:02}{year % 100:02}"
        # Others than migrants are born, too; where everybody is born on 1 January they are many.
        others = self.chance.randrange(60 if (month, day) == (1, 1) else 12) if self.chance.random() < 0.5 else 0
        self.serials[head] = self.serials.get(head, 0) + 1 + others
        return f"{head}{self.serials[head]:04}"

    def _forged(self, person):
        """A second identity of a child: three to six years older, another NIK, often the same day and month."""
        chance, (year, month, day) = self.chance, person.born
        day, month = (day, month) if chance.random() < 0.7 else (1 + chance.randrange(28), 1 + chance.randrange(12))
        born = (year - chance.randrange(3, 7), month, day)
        parts = person.parts if chance.random() < 0.7 else self.respelled(person.parts)
        village = person.village if chance.random() < 0.6 else person.other
        return Person(
            person.cluster, person.community, person.sex, parts, born, village, person.other, person.father,
                person.mother,
            person.husband, person.nickname, person.child, self.nik(village, born, person.sex), [passport(chance)],
            person.phones, [parts],
        )  # fmt: skip


def passport(chance):
    return chance.choice(("A", "B", "C", "E", "X", "AT", "XD", "C")) + f"{chance.randrange(10**6, 10**7)}"


def phone(chance):
    if chance.random() < 0.04:
        return f"601{chance.randrange(10**7, 10**9)}"
    return chance.choice(OPERATORS) + f"{chance.randrange(10**6, 10**8)}"
