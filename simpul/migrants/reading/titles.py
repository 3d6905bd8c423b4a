"""The header of a list: what its title rows, sheet names and file name say of the day, the post and the depot."""

import csv
import re
from functools import lru_cache

from django.conf import settings

from simpul.lib.texts import folded
from simpul.migrants.reading import dates
from simpul.migrants.reading.findings import Header

# Depots of Malaysian immigration from which people come to West Kalimantan, and others that lists name.
DEPOTS = {
    "semuja": r"\b(semuja|semujha|serian)\b",
    "bekenu": r"\b(bekenu|bekanu|miri)\b",
    "tawau": r"\btawau\b",
    "sandakan": r"\bsandakan\b",
    "papar": r"\b(papar|kimanis)\b",
    "menggatal": r"\bmenggatal\b",
    "pekan_nenas": r"\bpekan nenas\b",
    "semenyih": r"\bsemenyih\b",
    "sibu": r"\bsibu\b",
}
_DEPOTS = {code: re.compile(pattern) for code, pattern in DEPOTS.items()}
_DEPORTATION = re.compile(r"\b(deportasi|dideportasi|deport|deportation|deportan|deported|pengusiran)\b")
_REPATRIATION = re.compile(r"\b(repatriasi|repatriation|direpatriasi|repatriated|pmi t|terkendala)\b")
_CLOCK = re.compile(
    r"(?:pukul|pkl|jam|time)\.?\s*:?\s*(\d{1,2})\s*[.:]\s*(\d\d)|\b(\d{1,2})[.:](\d\d)\s*(?:wib|wita|wit)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<![\w/])((?=[\w.…-]*\d)[\w.…-]{1,20}(?:\s?/\s?[\w.…-]{1,20}){2,8})")
_LETTER_WORD = re.compile(r"\b(?:nomor|no|ref|surat|nota|brafaks|rujukan)\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:jumlah|total|sebanyak|jml|banyaknya)\D{0,40}?(\d{1,3}(?:\.\d{3})+|\d{1,5})\s*(?:\([^)]{3,60}\)\s*)?"
    r"(?:orang|org|wni\w*|pmi\w*|jiwa|deportan|tki\w*|people|persons)?\s*(?:$|[(,;.]|orang|org|wni|pmi|jiwa)",
    re.IGNORECASE,
)
_LISTING = re.compile(r"\b(daftar|manifest|manifes|data|rekap|list|laporan|nominatif|register|senarai)\b")
_SENDER = re.compile(
    r"\b(kjri|konsulat|kbri|bp3mi|p4mi|bp2mi|kp2mi|dinas|disnaker\w*|dinsos|upt|balai|kantor|pemerintah|kecamatan"
    r"|satgas"
    r"|kepolisian|polres|imigresen|imigrasi|desa)\b"
)
_REGION_LABEL = re.compile(r"^(?:provinsi|propinsi|kabupaten|kab|kota|kecamatan|kec|desa|kelurahan|kel|dusun)\b")
_POST_WORD = re.compile(r"\b(plbn?|pos|tpi|lintas batas|border|imigrasi)\b")
_LABEL = re.compile(r"^\s*(?:dari|pengirim|instansi|from|sender|asal data|asal surat)\s*:\s*(.+)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def posts():
    """{code: pattern} of the border posts in `data/border_posts.csv`."""
    with open(settings.DATA / "border_posts.csv", encoding="utf-8", newline="") as file:
        names = {row["code"]: folded(row["name"].split("(")[0]) for row in csv.DictReader(file)}
    return {code: (name, re.compile(rf"\b{name}\b")) for code, name in names.items()}


def header(lines, *, names, filename, today):
    """The header from the title rows (each one text), the names of the sheets and the name of the file."""
    facts = {}
    stem = re.sub(r"[_+]", " ", filename.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    for number, line in enumerate([*lines, *names, stem]):
        _read_line(line, facts, today=today, is_title=number < len(lines))
    facts.setdefault("title", "")
    return Header(**facts)


def _read_line(line, facts, *, today, is_title):
    plain = folded(line)
    if _REGION_LABEL.match(plain) and ":" in line:
        return
    _keep(facts, "kind", _kind(plain))
    _read_depot(line, plain, facts)
    _read_post(line, plain, facts)
    clock = _CLOCK.search(line)
    if clock:
        _keep(facts, "arrived_at", f"{int(clock[1] or clock[3]):02d}:{clock[2] or clock[4]}")
    rest = _read_letter(line, facts, today)
    _read_day(rest, plain, facts, today)
    if not is_title:
        return
    total = _TOTAL.search(line)
    if total:
        _keep(facts, "total", int(total[1].replace(".", "")))
    _read_sender(line, plain, facts)
    if _LISTING.search(plain) or _DEPORTATION.search(plain) or _REPATRIATION.search(plain):
        _keep(facts, "title", line)


def _keep(facts, name, value):
    if value not in ("", None) and name not in facts:
        facts[name] = value


def _kind(plain):
    found = [
        kind
        for kind, pattern in (("deportation", _DEPORTATION), ("repatriation", _REPATRIATION))
        if pattern.search(plain)
    ]
    return found[0] if len(found) == 1 else ""


def _read_depot(line, plain, facts):
    found = depot_in(plain)
    if found and "depot" not in facts:
        facts["depot"] = found
        match = re.search(r"(?:depot|depo|dti)\b[^,;\n]{0,60}", line, re.IGNORECASE)
        facts["depot_written"] = match[0].strip(" .:") if match else _words_of(found, line)


def depot_in(plain):
    """The code of the only depot that a folded text names, or ""."""
    found = [code for code, pattern in _DEPOTS.items() if pattern.search(plain)]
    return found[0] if len(found) == 1 else ""


def _words_of(code, line):
    return next((word for word in re.findall(r"\w+", line) if _DEPOTS[code].search(word.lower())), "")


def _read_post(line, plain, facts):
    for code, (name, pattern) in posts().items():
        is_named = pattern.search(plain) and (code == "entikong" or _POST_WORD.search(plain))
        if "post" not in facts and is_named:
            facts["post"] = code
            match = re.search(rf"(?:PLBN?|Pos|TPI)?\s*(?:Terpadu\s+)?{name.replace(' ', '[ -]*')}", line, re.IGNORECASE)
            facts["post_written"] = match[0].strip() if match else name.title()


def _read_letter(line, facts, today):
    """Take the number and day of the letter out of a line; what is left may tell the day of arrival."""
    for match in _LETTER.finditer(line):
        number = re.sub(r"\s*/\s*", "/", match[1])
        if dates.in_text(number) or not re.search(r"[A-Za-z]", number):
            continue
        if number.count("/") < 3 and not _LETTER_WORD.search(line[: match.start()]):
            continue
        _keep(facts, "letter_number", number.strip(".,"))
        before, after = line[: match.start()], line[match.end() :]
        span = dates.in_text(after)
        if span and span[0] < 30:
            _keep(facts, "letter_on", _day(after[span[0] : span[1]], today))
            after = after[: span[0]] + after[span[1] :]
        return before + " " + after
    return line


def _read_day(line, plain, facts, today):
    span = dates.in_text(line)
    if not span:
        return
    day = _day(line[span[0] : span[1]], today)
    is_letter = "surat" in plain.split() or "surat" in folded(line[: span[0]]) or "nota" in plain.split()
    if is_letter and "tiba" not in plain and "kedatangan" not in plain:
        _keep(facts, "letter_on", day)
    else:
        _keep(facts, "arrived_on", day)


def _day(text, today):
    found = dates.read(text, today=today, future=True)
    return found.day


def _read_sender(line, plain, facts):
    label = _LABEL.match(line)
    if label:
        facts["sender"] = label[1].strip()
    elif _SENDER.search(plain) and not _LISTING.search(plain) and not _LETTER.search(line) and len(line) < 120:
        _keep(facts, "sender", line)
