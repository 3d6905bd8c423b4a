"""The files of a release: one JSON document, and a package of CSV; the same release always gives the same bytes.

What is signed in the JSON is the document in one fixed spelling (keys sorted, no spaces); in the package it is the list
of the SHA-256 of its files. Both stand beside what they sign, so that a file can be checked without a network.
"""

import csv
import hashlib
import io
import json
import zipfile

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from simpul.insight import drawing, periods
from simpul.insight.figures import UNKNOWN, places_at
from simpul.insight.release_tables import BANDS, BY_CODE, SEVERAL, SUBJECT_WORDS
from simpul.lib import signed
from simpul.places import outlines
from simpul.reference import catalogues

FORMAT = "simpul-release/1"
HIDDEN = "…"
COLUMNS = ("table", "place", "month", "kind", "sex", "age", "service", "count")
# The first moment that the format of packages knows. A true one would make other bytes of the same release.
MOMENT = (1980, 1, 1, 0, 0, 0)
HTCDS = "HTCDS 2.0"
SEX_OF = {"L": ("male", "Masculine"), "P": ("female", "Feminine"), UNKNOWN: ("not known", "NonSpecifiedUnknown")}


def document(release):
    """The document that is signed, as one line of JSON."""
    told = {
        "format": FORMAT,
        "number": release.number,
        "title": _in_both(lambda: _("Trafficking in persons: %(region)s, %(period)s") % {
            "region": settings.REGION_NAME, "period": periods.period(release.period).name}),
        "region": {"code": release.region_id, "name": settings.REGION_NAME},
        "period": {
            "code": release.period, "from": release.first_on.isoformat(), "until": release.last_on.isoformat(),
        },
        "published_at": release.published_at.isoformat(timespec="seconds"),
        "publisher": release.published_by.agency.name,
        "contact": release.published_by.agency.telephone,
        "method": {"code": release.method, "threshold": release.threshold, "words": _in_both(lambda: how(release))},
        "instead_of": release.quality.get("earlier", []),
        "held_back": release.quality.get("held_back", []),
        "dictionary": dictionary(release),
        "subjects": preview(release)["subjects"],
        "tables": [_table(each) for each in release.tables],
    }  # fmt: skip
    return signed.spelled(told)


def package(release, *, sign):
    """The ZIP file: data.csv, dictionary.csv, README.txt, the list of their SHA-256, and its signature."""
    told = json.loads(release.document)
    files = {
        "data.csv": _data(told),
        "dictionary.csv": _dictionary(told),
        "README.txt": _read_me(told),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items()).encode()
    signature, public_key = sign(sums)
    files["SHA256SUMS"] = sums
    files["signature.json"] = signed.spelled(
        {"algorithm": signed.ALGORITHM, "number": release.number, "public_key": public_key, "signature": signature,
         "signed": "SHA256SUMS"}
    ).encode()  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def how(release):
    """How people are protected, in a sentence or three."""
    if release.method == release.Method.NOISE:
        return _(
            "Noise was added to every number, so that nobody can tell whether any one person is counted: sums of "
            "different tables differ a little. Numbers below %(threshold)s are not shown."
        ) % {"threshold": release.threshold}
    return _(
        "Numbers from 1 to %(most)s are hidden, and others so that those cannot be computed; which is which is not "
        "told. Numbers that are shown are exact as recorded. Low numbers are not low risk: they also tell where "
        "somebody looks."
    ) % {"most": release.threshold - 1}


def dictionary(release):
    """What each column and each code of the tables means, and its name in HTCDS where it has one."""
    found = [
        _entry("place", "", _in_both(lambda: _("Regency or city, by the code of the Ministry of Home Affairs"))),
        _entry("place", UNKNOWN, _in_both(lambda: _("Not known, or outside of the region"))),
    ]
    found += [_entry("place", code, {"id": name, "en": name}) for code, name in places_at(
        release.region_id, "regency").items()]  # fmt: skip
    used = {BY_CODE[each["code"]].columns for each in release.tables}
    return found + [each for columns in sorted(used) for each in _OF[columns]()]


def preview(release):
    """As much of the document as a page of a draft needs: the dictionary, the subjects and what the tables are of."""
    return {
        "dictionary": dictionary(release),
        "subjects": {each["subject"]: _in_both(lambda each=each: str(SUBJECT_WORDS[each["subject"]]))
                     for each in release.tables},
        "tables": [_about(each) for each in release.tables],
    }  # fmt: skip


def _entry(column, code, words, htcds=""):
    return {"column": column, "code": code, "words": words, "htcds": htcds}


def _months():
    yield _entry("month", "", _in_both(lambda: _("Month of the year, 01 to 12")))


def _kinds():
    yield _entry("kind", "", _in_both(lambda: _("Kind of exploitation")), f"{HTCDS} vic_TypeOfExploitation")
    yield from _terms("kind", "exploitation_kinds")
    yield _entry("kind", SEVERAL, _in_both(lambda: _("More than one kind")))
    yield _entry("kind", UNKNOWN, _in_both(lambda: _("Not known")))


def _services():
    yield _entry("service", "", _in_both(lambda: _("Service asked for")))
    yield from _terms("service", "services")


def _persons():
    yield _entry("sex", "", _in_both(lambda: _("Sex, as on the travel document")), f"{HTCDS} prs_Gender")
    for code, (_words, htcds) in SEX_OF.items():
        yield _entry("sex", code, _in_both(lambda code=code: _sex(code)), htcds)
    yield _entry("age", "", _in_both(lambda: _("Age in years on arrival")))
    for first, last in BANDS:
        words = f"{first}–{last}" if last < 200 else f"{first}+"
        yield _entry("age", f"{first:02d}", {"id": words, "en": words})
    yield _entry("age", UNKNOWN, _in_both(lambda: _("Not known")))


def _sex(code):
    return {"L": _("Male"), "P": _("Female")}.get(code, _("Not known"))


_OF = {"month": _months, "kind": _kinds, "service": _services, "person": _persons}


def _terms(column, catalogue):
    for term in catalogues.terms(catalogue):
        words = _in_both(lambda term=term: term.name)
        yield _entry(column, term.code, words, term.htcds_code)


def _in_both(words):
    found = {}
    for language in ("id", "en"):
        with translation.override(language):
            found[language] = str(words())
    return found


def _table(kept):
    rows = [_named(kept["columns"], row, column) | {"count": value} for row, column, value in kept["rows"]]
    return _about(kept) | {"rows": rows}


def _about(kept):
    table = BY_CODE[kept["code"]]
    return {
        "code": table.code,
        "subject": table.subject,
        "title": _in_both(lambda: str(table.title)),
        "definition": _in_both(lambda: str(table.definition)),
    }


def _named(columns, row, column):
    """The codes of a cell by their columns; a sum has no entry for what it is summed over."""
    codes = {"place": row} if row else {}
    if columns == "person":
        sex, _dot, age = column.partition(".")
        return codes | ({"sex": sex} if sex else {}) | ({"age": age} if age else {})
    return codes | ({columns: column} if column else {})


def _data(told):
    rows = [
        [table["code"], *(row.get(name, "") for name in COLUMNS[1:-1]), _count(row["count"])]
        for table in told["tables"]
        for row in table["rows"]
    ]
    return _csv([COLUMNS, *rows])


def _count(value):
    return HIDDEN if value is None else value


def _dictionary(told):
    heads = ("column", "code", "indonesian", "english", "htcds")
    rows = [[each["column"], each["code"], each["words"]["id"], each["words"]["en"], each["htcds"]]
            for each in told["dictionary"]]  # fmt: skip
    rows += [["table", each["code"], f"{each['title']['id']}. {each['definition']['id']}",
              f"{each['title']['en']}. {each['definition']['en']}", ""] for each in told["tables"]]  # fmt: skip
    return _csv([heads, *rows])


def _csv(rows):
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue().encode()


def _read_me(told):
    parts = []
    for language in ("id", "en"):
        with translation.override(language):
            parts.append(
                "\n".join(
                    [
                        f"{told['number']}  {told['title'][language]}",
                        "",
                        told["method"]["words"][language],
                        _("“…” stands for a number that is hidden; an empty code for the sum over that column."),
                        _("A number is of what is recorded, not of what happened."),
                        _("Published by %(publisher)s, %(at)s. %(contact)s") % {
                            "publisher": told["publisher"], "at": told["published_at"], "contact": told["contact"]},
                        _("To check that nothing was changed: simpul release verify FILE"),
                        "",
                    ]
                )
            )  # fmt: skip
    return "\n".join(parts).encode()


def picture(release):
    """A map of who came home or, where nobody did, of another subject; "" where nothing can be drawn or shown."""
    values = {}
    for kept in release.tables:
        if not values or kept["subject"] == "returns":
            found = {row: value for row, column, value in kept["rows"] if row and not column}
            if any(found.values()):
                values, subject = found, kept["subject"]
    if not values:
        return ""
    try:
        outline = outlines.outline(release.region_id, "regency")
    except outlines.NoOutline:
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return drawing.sheet(
            outline,
            values={code: value for code, value in values.items() if value is not None and code in outline.shapes},
            hidden={code for code, value in values.items() if value is None and code in outline.shapes},
            labels=places_at(release.region_id, "regency"),
            title=f"{SUBJECT_WORDS[subject]}, {settings.REGION_NAME}, {release.period}",
        )
