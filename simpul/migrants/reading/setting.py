"""The circumstances of a reading: the day, the places, the sender's habits, and what the officer said already."""

import re
from dataclasses import dataclass, field
from datetime import date

from simpul.lib.texts import folded
from simpul.migrants.reading import headings, structure, titles, words
from simpul.places import addresses

_REGION_WORD = re.compile(
    r"^(?:asal\s+)?(?:daerah\s+)?(kab|kabupaten|kota|kodya|prov|provinsi|propinsi|province|kec|kecamatan|desa|kel"
    r"|kelurahan)\b"
)
_PASSING = re.compile(r"\b(asal|daerah|dari|wilayah|pmi|wni|deportan|orang|tki)\b", re.IGNORECASE)
_LEVEL_COLUMN = {"kab": "regency", "kabupaten": "regency", "kota": "regency", "kodya": "regency", "prov": "province",
                 "provinsi": "province", "propinsi": "province", "province": "province", "kec": "district",
                 "kecamatan": "district", "desa": "village", "kel": "village", "kelurahan": "village"}  # fmt: skip
_SHEET = re.compile(r"^(sheet|lembar|lembaran|worksheet|data|table|tabel)\s*\d*$")
_ALL = frozenset(
    [
        "jumlah",
        "total",
        "jml",
        "jlh",
        "sub",
        "subtotal",
        "subjumlah",
        "grand",
        "seluruh",
        "seluruhnya",
        "keseluruhan",
        "keseluruhannya",
        "orang",
        "org",
        "pmi",
        "wni",
        "deportan",
        "tki",
        "semua",
        "jiwa",
        "all",
        "people",
        "yang",
        "dan",
        "deportasi",
        "repatriasi",
        "dideportasi",
        "sebanyak",
        "adalah",
        "jumlahnya",
        "besar",
        "umum",
        "pmib",
        "pekerja",
        "migran",
        "indonesia",
    ]
)


@dataclass
class Setting:
    """What a reading knows before it begins."""

    today: date
    layout: object
    near: str
    gazetteer: object
    habits: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    counted_on: date | None = None
    _resolved: dict = field(default_factory=dict)
    _sections: dict = field(default_factory=dict)
    _labels: dict = field(default_factory=dict)
    _answered: dict = field(default_factory=dict)

    def __post_init__(self):
        for key, text in self.answers.items():
            self._answered.setdefault(key[0], []).append((key[1], key[2] if len(key) > 2 else None, text))

    @property
    def names(self):
        """The names of places by code, for telling what a NIK begins with."""
        return getattr(self.gazetteer, "names", {})

    def answers_of(self, row, sheet):
        """{code: text} of what the officer wrote for a row."""
        found = self._answered.get(row)
        if not found:
            return {}
        return {code: text for code, where, text in found if where in (None, sheet)}

    def resolve(self, province, regency, district, village, address):
        """The places that cells mean, each distinct combination asked once."""
        key = (province, regency, district, village, address)
        found = self._resolved.get(key)
        if found is None:
            if len(self._resolved) > 50_000:
                self._resolved.clear()
            found = addresses.resolve(
                self.gazetteer,
                province=province,
                regency=regency,
                district=district,
                village=village,
                address=address,
                near=self.near,
            )
            self._resolved[key] = found
        return found

    def is_region(self, text):
        """Whether a text alone names a province, regency or district."""
        found = self.resolve("", text, "", "", "")
        return (
            bool(found.code or found.candidates) and (not found.problem or bool(found.candidates)) and _is_found(found)
        )

    def region_of(self, text):
        """(column, code) of the province or regency that a text names for certain, or None."""
        found = self.resolve("", text, "", "", "")
        if not found.code or found.problem or len(found.code) > 5:
            return None
        return ("province" if len(found.code) == 2 else "regency"), found.code

    def section(self, text):
        """What a section row or the name of a sheet says of the people below: {column: text}, empty for nothing."""
        if text not in self._sections:
            self._sections[text] = self._section(structure.section_text(text)[0])
        return self._sections[text]

    def _section(self, text):
        plain = folded(text)
        if not plain or _SHEET.match(plain) or len(plain) > 60:
            return {}
        sex = _sex_of(plain)
        if sex:
            return {"sex": sex}
        depot = titles.depot_in(plain)
        if depot:
            return {"depot": text}
        word = _REGION_WORD.match(plain)
        if word:
            return {_LEVEL_COLUMN[word[1]]: re.sub(r"^\s*asal\s+|\s*:\s*", " ", text, flags=re.IGNORECASE).strip()}
        region = self.region_of(_PASSING.sub(" ", text).strip()) if len(plain) > 2 else None
        if region:
            return {region[0]: text}
        return self._section_of_terms(plain)

    def _section_of_terms(self, plain):
        kinds = words.LISTS["document_kind"].find(plain)
        if len(kinds) == 1 and len(plain.split()) < 3:
            return {"document_kind": plain}
        reasons = words.LISTS["reason"].find(plain)
        if len(reasons) == 1 and headings.of((plain,)).code in ("", "reason"):
            return {"reason": plain}
        sector = re.match(r"sektor (.+)", plain)
        return {"sector": sector[1]} if sector and len(words.LISTS["sector"].find(sector[1])) == 1 else {}

    def label_key(self, text):
        """The key of a printed sum by its label: "Laki-laki" is sex:L, "Kab. Sambas" regency:61.01; None if unknown."""
        if text not in self._labels:
            self._labels[text] = self._label_key(folded(text))
        return self._labels[text]

    def _label_key(self, plain):
        left = " ".join(word for word in plain.split() if word not in _ALL)
        if not left:
            return "total" if plain else None
        sex = _sex_of(left)
        if sex:
            return f"sex:{sex}"
        for catalogue in ("reason", "sector", "onward"):
            found = words.LISTS[catalogue].find(left)
            if len(found) == 1:
                return f"{catalogue}:{found[0]}"
        region = self.region_of(left)
        return f"{region[0]}:{region[1]}" if region else None


def _is_found(found):
    return len(found.code) >= 2 or (bool(found.candidates) and "%" not in found.problem and bool(found.code))


def _sex_of(plain):
    """The sex that a heading of people names; a single letter names none unless it stands alone."""
    words_ = [
        word for word in plain.split() if word not in ("dewasa", "orang", "jenis", "kelamin", "daftar", "pmi", "wni")
    ]
    return words.SEXES.get(" ".join(words_)) or ""
