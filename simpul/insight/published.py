"""What everybody may see of releases: read from what was kept of them, without meeting what they were counted from.

The public process uses this module and nothing else of the room. A hidden number is None.
"""

import json
from dataclasses import dataclass

from django.utils.translation import get_language

from simpul.insight.models import Release
from simpul.lib import signed
from simpul.lib.rules import NotFound


@dataclass(frozen=True)
class Sheet:
    """One table for a page: heads [(code, words)], lines [(code, words, numbers)], and the sums below.

    Columns in which nobody stands are left out.
    """

    code: str
    title: str
    definition: str
    heads: list
    lines: list
    sums: list
    hidden: int


def releases():
    """All that are out now, the newest period first, without their tables."""
    return list(Release.objects.public().defer("tables", "document", "package", "picture"))


def withdrawn():
    """Those that were out, the last withdrawn first."""
    found = Release.objects.filter(state=Release.State.WITHDRAWN).order_by("-ended_at")
    return list(found.defer("tables", "document", "package", "picture"))


def newest():
    """The release of the newest period, or None."""
    return Release.objects.public().first()


def release(number):
    """A release that is out or was withdrawn; NotFound for any other."""
    out = (Release.State.PUBLISHED, Release.State.WITHDRAWN)
    found = Release.objects.filter(number=number, state__in=out).first()
    if found is None:
        raise NotFound
    return found


def whole(one):
    """The JSON file: the document as it was signed, and its signature."""
    return signed.beside(one.document, signature=one.signature, public_key=one.public_key)


def told(one):
    """The signed document as values."""
    return json.loads(one.document)


def in_language(words):
    """Of words in both languages those of the page."""
    return words["en" if get_language() == "en" else "id"]


def names(document):
    """{(column, code): words} of a document's dictionary."""
    return {(each["column"], each["code"]): in_language(each["words"]) for each in document["dictionary"]}


def overview(one, document):
    """A first look: each place with the sum of each subject. (heads, lines, sums) as in a `Sheet`."""
    words, found = names(document), {}
    for kept in one.tables:
        found.setdefault(kept["subject"], {row: value for row, column, value in kept["rows"] if not column})
    heads = [(subject, in_language(document["subjects"][subject])) for subject in found]
    places = _places(one.tables)
    lines = [(place, words.get(("place", place), place), [found[subject].get(place) for subject, _words in heads])
             for place in places]  # fmt: skip
    return heads, lines, [found[subject].get("") for subject, _words in heads]


def sheets(one, document):
    """{code: Sheet} of all tables of a release."""
    words = names(document)
    about = {each["code"]: each for each in document["tables"]}
    return {kept["code"]: sheet(kept, about[kept["code"]], words) for kept in one.tables}


def sheet(kept, about, words):
    """A table as it is kept, put into rows and columns."""
    values = {(row, column): value for row, column, value in kept["rows"]}
    inner = list(dict.fromkeys(column for _row, column, _value in kept["rows"] if column))
    columns = [column for column in _in_order(inner, kept) if any(values[row, column] != 0 for row in _all(kept))]
    lines = [(place, words.get(("place", place), place), [values[place, ""], *(values[place, c] for c in columns)])
             for place in _places([kept])]  # fmt: skip
    return Sheet(
        kept["code"], in_language(about["title"]), in_language(about["definition"]),
        [(column, _words_of(column, kept, words)) for column in columns],
        lines, [values["", ""], *(values["", column] for column in columns)],
        sum(value is None for value in values.values()),
    )  # fmt: skip


def _all(kept):
    return {row for row, _column, _value in kept["rows"]}


def _places(tables):
    """The codes of the rows, the unknown place last."""
    found = {row for kept in tables for row in _all(kept)} - {""}
    return sorted(found, key=lambda code: (not code[:1].isdigit(), code))


def _in_order(columns, kept):
    """Each sum before its parts, as they stand in the table; what is not known last."""
    order = kept["order"]
    return sorted(columns, key=lambda column: order.index(column) if column in order else len(order))


def _words_of(column, kept, words):
    if kept["columns"] != "person":
        return words.get((kept["columns"], column), column)
    sex, _dot, age = column.partition(".")
    told = words.get(("sex", sex), sex)
    return f"{told}, {words.get(('age', age), age)}" if age else told
