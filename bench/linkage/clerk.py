"""The clerk of the sisters: writes a person down as five agencies do, each with its habits."""

from bisect import bisect
from itertools import accumulate

from bench.linkage import names, slips
from bench.linkage.people import GROUNDS, passport, phone

# Weight, then how often a cell is filled: nik, dob, birth_year, father, mother, desa, paspor, phone; then how often a
# name is copied from a document, and how strongly it is bent otherwise.
FILLED = ("nik", "dob", "birth_year", "father", "mother", "desa", "paspor", "phone")
AGENCIES = {
    "POLRI": (0.31, (0.70, 0.90, 0.98, 0.45, 0.10, 0.80, 0.16, 0.55), 0.45, 1.0),
    "BP3MI": (0.24, (0.55, 0.96, 0.99, 0.26, 0.10, 0.70, 0.88, 0.36), 0.55, 0.9),
    "DINSOS": (0.22, (0.80, 0.92, 0.98, 0.30, 0.52, 0.90, 0.04, 0.50), 0.50, 0.9),
    "LSM": (0.13, (0.14, 0.36, 0.85, 0.17, 0.10, 0.70, 0.05, 0.60), 0.22, 1.1),
    "HOTLINE": (0.10, (0.03, 0.12, 0.78, 0.05, 0.04, 0.58, 0.02, 0.70), 0.05, 1.3),
}
WEIGHTS = {
    "clean": {"POLRI": 0.35, "BP3MI": 0.33, "DINSOS": 0.32},
    "hotline": {"POLRI": 0.12, "BP3MI": 0.1, "DINSOS": 0.1, "LSM": 0.28, "HOTLINE": 0.4},
}
RECORDS = list(accumulate((0.45, 0.28, 0.17, 0.075, 0.025)))

REGENCY_WAYS = {
    "SAMBAS": ("SBS", "SMBS"), "BENGKAYANG": ("BKY", "BENGKAYAN"), "KETAPANG": ("KTP", "KETAPAN"),
    "SINGKAWANG": ("SKW", "SINGKAWAN"),
    "PONTIANAK": ("PTK", "PONTI"), "KUBU RAYA": ("KKR", "KUBURAYA"), "KAPUAS HULU": ("KAP. HULU", "KPH"),
    "MEMPAWAH": ("MPW", "MENPAWAH"),
    "BANDUNG": ("BDG", "KAB BDG"), "BANDUNG BARAT": ("KBB", "BDG BARAT"), "CIREBON": ("CRB", "CIREBON KAB"),
    "INDRAMAYU": ("IM", "INDRA MAYU"),
    "KARAWANG": ("KRW", "KRAWANG"), "SUKABUMI": ("SMI", "SKBM"), "CIANJUR": ("CJR", "CIANJUR KAB"),
    "MAJALENGKA": ("MJL", "MAJA LENGKA"),
    "TIMOR TENGAH SELATAN": ("TTS", "TIMTENGSEL"), "TIMOR TENGAH UTARA": ("TTU", "TIMTENGUT"),
    "FLORES TIMUR": ("FLOTIM", "FLORES TIM."),
    "SUMBA BARAT DAYA": ("SBD", "SUMBA BARDA"), "SUMBA TIMUR": ("SUMTIM", "SUMBA TIM."), "MANGGARAI BARAT": ("MABAR",
    "MANGGARAI BRT"),
    "MANGGARAI TIMUR": ("MATIM", "MANGGARAI TIM."), "ROTE NDAO": ("ROTE", "ROTENDAO"), "SABU RAIJUA": ("SABU", "SARAI"),
}  # fmt: skip
VILLAGE_WAYS = (
    ("SUNGAI ", ("SEI ", "SUI ", "S. ", "SEI. ")), ("TANJUNG ", ("TJ. ", "TG. ", "TANJONG ")), ("NANGA ", ("NG. ",
    "NG ")),
    ("PARIT ", ("PRT. ", "PRT ")), ("TELUK ", ("TLK ", "TELOK ")), ("PADANG ", ("PD. ", "PDG ")), ("SIMPANG ",
    ("SP. ", "SIMP. ")),
    ("GUNUNG ", ("GN. ", "G. ")), (" BARAT", (" BRT", " BAR.")), (" TIMUR", (" TIM", " TMR")), (" SELATAN", (" SEL",
    " SLTN")),
    (" UTARA", (" UT", " UTR")), (" TENGAH", (" TGH", " TENG.")), (" KULON", (" KLN",)), (" KIDUL", (" KDL",)),
    ("WEE ", ("WE ", "WAI ")),
    ("GOLO ", ("GOLLO ", "G. ")), ("PONDOK ", ("PD. ", "PDK ")), ("PULAU ", ("P. ", "PL ")),
)  # fmt: skip
MONTHS = ("JANUARI", "FEBRUARI", "MARET", "APRIL", "MEI", "JUNI", "JULI", "AGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER",
                  "DESEMBER")  # fmt: skip
ALIASES = ("ALIAS", "ALS", "ALS.", "AL.", "@", "PANGGILAN", "DIPANGGIL", "PGL", "ALIAS.", "TTG")
NO_NIK = (
    "0000000000000000",
    "-",
    "X",
    "TIDAK TAHU",
    "TIDAK ADA",
    "TDK ADA",
    "BELUM ADA",
    "1111111111111111",
    "9999999999999999",
)
NOBODY = ("TIDAK DIKETAHUI", "MR. X", "MRS X", "TANPA NAMA", "KORBAN", "NN")
MEN_TITLES = ("SDR.", "BPK.", "BPK", "PAK", "TN.", "BAPAK", "SDR", "H.", "HAJI", "NEK", "BANG", "MAS")
WOMEN_TITLES = ("SDRI.", "IBU", "NY.", "NN.", "MAK", "HJ.", "HJ", "IBU.", "SDRI", "NEK", "KAK", "MBAK")
DEGREES = ("S.PD", "S.PD.I", "SE", "S.SOS", "A.MD", "S.H.", "S.AG", "A.MD.KEB", "S.KEP", "ST", "S.IP", "DRS.")


class Clerk:
    """Writes people down as the agencies do."""

    def __init__(self, rates, chance):
        self.rates, self.chance = rates, chance
        weights = WEIGHTS.get(rates.kind) or {agency: each[0] for agency, each in AGENCIES.items()}
        self.agencies, self.heights = list(weights), list(accumulate(weights.values()))

    def agency(self):
        return self.agencies[bisect(self.heights, self.chance.random() * self.heights[-1])]

    def records(self, person):
        """All rows about one person: mostly one or two, of one agency or of several."""
        wanted = 1 + bisect(RECORDS, self.chance.random() * RECORDS[-1])
        rows = []
        for agency in (self.agency() for _each in range(wanted)):
            earlier = [row for row in rows if row[1] == agency]
            again = earlier and self.chance.random() < 0.3
            rows.append(self.again(earlier[-1]) if again else self.record(person, agency))
        return rows

    def two_lists(self, person):
        """At most one row in each of two lists."""
        fate = self.chance.random()
        agencies = ("POLRI", "BP3MI") if fate < 0.4 else ("POLRI",) if fate < 0.7 else ("BP3MI",)
        return [self.record(person, agency) for agency in agencies]

    def again(self, row):
        """The same office writes from its own earlier file, and leaves some cells out or mistypes the name."""
        row = [cell if at < 3 or at in (6, 10) or self.chance.random() < 0.82 else "" for at, cell in enumerate(row)]
        if self.chance.random() < 3 * self.rates.typo:
            row[2] = slips.mistyped(row[2], self.chance)
        return row

    def record(self, person, agency):
        chance = self.chance
        _weight, filled, copies, bent = AGENCIES[agency]
        if person.forged and chance.random() < (0.75 if agency == "BP3MI" else 0.4 if agency == "POLRI" else 0.15):
            person = person.forged
        cells = {
            "nik": self.nik, "dob": self.date, "father": lambda one: self.parent(one.father, agency),
            "mother": lambda one: self.parent(one.mother, agency), "paspor": self.passport, "phone": self.phone,
        }  # fmt: skip
        full = 1 - self.rates.thin
        has = {name: chance.random() < share * full for name, share in zip(FILLED, filled, strict=True)}
        values = {name: write(person) if has[name] else "" for name, write in cells.items()}
        desa, kab = self.place(person)
        year = self.year(person, values["dob"]) if has["birth_year"] or values["dob"] else ""
        return [
            str(person.cluster), agency, self.name(person, agency, copies, bent), values["nik"],
                self.dated(values["dob"], agency),
            year, self.sex(person), values["father"], values["mother"], desa if has["desa"] else "", kab,
                values["paspor"], values["phone"],
        ]  # fmt: skip

    # -- names

    def name(self, person, agency, copies, bent):
        chance, rates = self.chance, self.rates
        if agency == "HOTLINE" and chance.random() < 0.006:
            return chance.choice(NOBODY)
        if chance.random() < rates.nickname * (3 if agency in ("HOTLINE", "LSM") else 0.5):
            return self.called(person)
        copied = chance.random() < copies
        parts = self.worn(list(chance.choice(person.papers)) if copied else self.heard(person, bent), bent)
        return self.slipped(self.dressed(parts, person, agency), bent)

    def called(self, person):
        """What the neighbours say: BUJANG, MAK ITAM, PAK YUDI (after the first child)."""
        chance, fate = self.chance, self.chance.random()
        if fate < 0.5:
            return person.nickname
        if fate < 0.65:
            before = (
                chance.choice(("PAK", "BAPAK", "PAK")) if person.sex == "L" else chance.choice(("MAK", "IBU", "MAMA"))
            )
            return f"{before} {person.child}"
        return slips.by_ear(max(person.parts, key=len), chance)

    def heard(self, person, bent):
        """The name as an officer spells what is said."""
        chance, rates = self.chance, self.rates
        parts = list(person.parts)
        if person.husband and chance.random() < rates.husband * bent:
            parts = [parts[0], person.husband[-1]] if chance.random() < 0.6 else ["NY.", *person.husband]
        if person.community == "tionghoa":
            parts = [self.romanised(part) for part in parts]
        return [self.spelled(part, rates.ear * bent) for part in parts]

    def romanised(self, part):
        for ways in names.CHINESE_FAMILY:
            if part == ways[0]:
                return part if self.chance.random() < 0.6 else self.chance.choice(ways)
        return part

    def spelled(self, part, share):
        while share > 0 and self.chance.random() < share:
            part, share = slips.by_ear(part, self.chance), share - 0.35
        return part

    def worn(self, parts, bent):
        """Parts left out, shortened, turned and joined."""
        chance, rates = self.chance, self.rates
        for share, change in ((rates.dropped, slips.dropped), (rates.shortened, slips.shortened), (rates.turned,
            slips.turned),
                              (rates.joined, slips.joined)):  # fmt: skip
            if chance.random() < share * bent:
                parts = change(parts, chance)
        if chance.random() < rates.old:
            parts = [slips.old_spelling(part) for part in parts]
        return parts

    def dressed(self, parts, person, agency):
        """With father, alias, title and degree."""
        chance, rates, text = self.chance, self.rates, " ".join(parts)
        if agency != "HOTLINE" and chance.random() < rates.kin * (3 if person.community == "iban" else 1):
            text += self.kin(person)
        if chance.random() < rates.alias:
            fate = chance.random()
            text += f" ({person.nickname})" if fate < 0.12 else f" {chance.choice(ALIASES)} {person.nickname}"
        if chance.random() < rates.title:
            text = f"{chance.choice(MEN_TITLES if person.sex == 'L' else WOMEN_TITLES)} {text}"
        if chance.random() < rates.degree:
            text += f", {chance.choice(DEGREES)}"
        return text

    def kin(self, person):
        chance = self.chance
        if person.community in names.MUSLIM:
            marks = (
                ("BIN", "BIN", "B.", "BIN.", "A/L")
                if person.sex == "L"
                else ("BINTI", "BINTI", "BT.", "BTE", "BT", "BINTE", "D/O")
            )
            weights = (6, 4, 2, 1, 0.1) if person.sex == "L" else (5, 3, 2, 1, 2, 0.4, 0.1)
        else:
            marks, weights = (
                ("ANAK", "AK", "AK.", "ANAK DARI", "BIN" if person.sex == "L" else "BINTI"),
                (6, 2, 1, 0.3, 0.7),
            )
        father = person.father if chance.random() < 0.55 else person.father[:1]
        if chance.random() < self.rates.ear:
            father = [slips.by_ear(part, chance) for part in father]
        return f" {chance.choices(marks, weights)[0]} {' '.join(father)}"

    def slipped(self, text, bent):
        chance, rates = self.chance, self.rates
        if chance.random() < rates.typo * bent:
            text = slips.mistyped(text, chance)
            if chance.random() < rates.typo:
                text = slips.mistyped(text, chance)
        return slips.misread(text, chance) if chance.random() < rates.misread else text

    def parent(self, parts, agency):
        chance, rates = self.chance, self.rates
        if chance.random() < 0.25 and len(parts) > 1:
            parts = parts[:1] if parts[0] not in slips.SHORT else parts[1:]
        if chance.random() < 0.5:
            parts = [self.spelled(part, rates.ear * 0.7) for part in parts]
        if chance.random() < rates.shortened / 2:
            parts = slips.shortened(list(parts), chance)
        text = " ".join(parts)
        if chance.random() < rates.title / 3:
            text = f"{chance.choice(('ALM.', 'H.', 'BPK.', 'ALM'))} {text}"
        return slips.mistyped(text, chance) if chance.random() < rates.typo / 2 else text

    # -- numbers and dates

    def nik(self, person):
        chance, rates = self.chance, self.rates
        if chance.random() < rates.nik_junk or not person.nik:
            return chance.choice(NO_NIK) if chance.random() < rates.nik_junk * 10 else ""
        fate = chance.random()
        if fate < rates.nik_slip:
            return slips.digit_slip(person.nik, chance)
        if fate < rates.nik_slip * 1.2:
            return person.nik[: chance.choice((12, 14, 15))]
        if fate < rates.nik_slip * 1.4:
            return f"{person.nik[:6]} {person.nik[6:12]} {person.nik[12:]}"
        return person.nik

    def date(self, person):
        chance, rates = self.chance, self.rates
        year, month, day = person.born
        fate = chance.random()
        if fate < rates.january:
            return _iso(year, 1, 1)
        fate -= rates.january
        if fate < rates.date_turned and day <= 12:
            return _iso(year, day, month)
        fate -= rates.date_turned
        if 0 <= fate < rates.date_slip:
            return self._slipped_date(year, month, day)
        return _iso(year, month, day)

    def _slipped_date(self, year, month, day):
        chance, fate = self.chance, self.chance.random()
        if fate < 0.35:
            return _iso(
                year, month, chance.choice((max(1, day - 1), min(28, day + 1), day % 10 or 10, min(28, day + 10)))
            )
        if fate < 0.55:
            return _iso(year, 1 + chance.randrange(12), day)
        if fate < 0.85:
            return _iso(year + chance.choice((-10, -2, -1, -1, 1, 1, 2, 10)), month, day)
        return _iso(year + chance.randrange(-3, 4), 1 + chance.randrange(12), 1 + chance.randrange(28))

    def year(self, person, iso):
        if iso:
            return iso[:4]
        if self.chance.random() < self.rates.guess:
            return str(person.born[0] + self.chance.choice((-3, -2, -1, -1, 1, 1, 2, 3)))
        return str(person.born[0])

    def dated(self, iso, agency):
        """NGOs and hotlines of the other provinces write dates as one speaks them."""
        if not iso or self.rates.kind not in GROUNDS or agency not in ("LSM", "HOTLINE"):
            return iso
        year, month, day = iso.split("-")
        fate = self.chance.random()
        if fate < 0.3:
            return f"{int(day)} {MONTHS[int(month) - 1]} {year}"
        return f"{day}-{month}-{year}" if fate < 0.7 else f"{day}/{month}/{year}"

    def sex(self, person):
        return person.sex if self.chance.random() >= self.rates.sex else "LP"[person.sex == "L"]

    def passport(self, person):
        if self.chance.random() < self.rates.new_passport:
            person.passports.append(passport(self.chance))
        return person.passports[-1] if self.chance.random() < 0.8 else self.chance.choice(person.passports)

    def phone(self, person):
        chance = self.chance
        if chance.random() < self.rates.new_phone:
            person.phones.append(phone(chance))
        number = person.phones[-1] if chance.random() < 0.75 else chance.choice(person.phones)
        if chance.random() < 0.02:
            number = slips.digit_slip(number, chance)
        if chance.random() >= self.rates.phone_ways or number[0] != "0":
            return number
        return chance.choice(
            (
                f"+62{number[1:]}",
                f"62{number[1:]}",
                f"{number[:4]}-{number[4:8]}-{number[8:]}",
                f"{number[:4]} {number[4:]}",
            )
        )

    # -- places

    def place(self, person):
        chance, rates = self.chance, self.rates
        fate = chance.random()
        village = person.other if fate < rates.moved * 0.6 else person.village
        desa = self.village_written(village) if chance.random() > 0.04 else village.district
        regency = person.other.regency if fate < rates.moved else village.regency
        return desa, self.regency_written(regency)

    def village_written(self, village):
        chance, name = self.chance, village.name
        if chance.random() >= self.rates.place_ways:
            return name
        ways = [(old, new) for old, new in VILLAGE_WAYS if old in f" {name} "]
        fate = chance.random()
        if ways and fate < 0.6:
            old, new = chance.choice(ways)
            return f" {name} ".replace(old, chance.choice(new), 1).strip()
        if fate < 0.75:
            return f"{chance.choice(('DESA', 'DS.', 'DS', 'KEL.'))} {name}"
        if fate < 0.85:
            return name.replace(" ", "") if " " in name else f"{name} KEC {village.district}"
        return " ".join(slips.by_ear(part, chance) for part in name.split())

    def regency_written(self, name):
        chance = self.chance
        if chance.random() >= self.rates.place_ways:
            return name
        if name in REGENCY_WAYS and chance.random() < 0.45:
            return chance.choice(REGENCY_WAYS[name])
        return f"{chance.choice(('KAB.', 'KAB', 'KABUPATEN'))} {name}"


def _iso(year, month, day):
    return f"{year:04}-{month:02}-{day:02}"
