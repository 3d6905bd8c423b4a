"""Loading: the files in `data/` become terms, after showing what that would change.

All files are read and checked first; one wrong row and nothing is loaded. A term that left its file is retired on
the day of the load. Each catalogue that changed has its entry in the journal.
"""

import csv
import re
import secrets
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.reference.catalogues import CATALOGUES, forget
from simpul.reference.models import Edition, Term

WORDS = ("english", "indonesian")
HINTS = ("hint_english", "hint_indonesian")
DAYS = ("valid_from", "valid_until", "checked_on")
MAPPINGS = ("htcds_code", "ctdc_column", "ic_tip_code", "simfoni_code")
COMMON = ("code", *WORDS, *HINTS, "valid_from", "valid_until", "source", "mark", "checked_on", *MAPPINGS)
COMPARED = (*COMMON[1:], "extra")

_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


class CatalogueError(Exception):
    """A file of `data/` cannot be loaded; the sentence says which, where and why."""


@dataclass
class Changes:
    """What a load does to one catalogue. `changed` maps a code to its fields, each with (old, new) value."""

    catalogue: str
    added: list = field(default_factory=list)
    changed: dict = field(default_factory=dict)
    retired: list = field(default_factory=list)
    returned: list = field(default_factory=list)
    moved: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.added or self.changed or self.retired or self.returned or self.moved)

    def counts(self):
        """How many terms of each kind of change, for the journal."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "retired": len(self.retired),
            "returned": len(self.returned),
            "moved": len(self.moved),
        }

    def sentences(self):
        """One line for every change, for the operator to read before loading."""
        lines = [_("%(term)s is new.") % {"term": self._term(code)} for code in self.added]
        for code, fields in self.changed.items():
            for name, (old, new) in fields.items():
                facts = {"term": self._term(code), "field": name, "old": old, "new": new}
                lines.append(_("%(term)s: %(field)s was “%(old)s”, becomes “%(new)s”.") % facts)
        lines += [_("%(term)s is retired.") % {"term": self._term(code)} for code in self.retired]
        lines += [_("%(term)s is in use again.") % {"term": self._term(code)} for code in self.returned]
        if self.moved:
            lines.append(_("%(catalogue)s: the order changes.") % {"catalogue": self.catalogue})
        return lines

    def _term(self, code):
        return f"{self.catalogue}.{code}"


def read(catalogue):
    """The rows of a catalogue's file as dicts of the fields of `Term`, checked; raises `CatalogueError`."""
    described = CATALOGUES[catalogue]
    rows, seen = [], {}
    for line, cells in _lines_of(described):
        values = _values(described, line, cells)
        first = seen.setdefault(values["code"], line)
        if first != line:
            facts = {"code": values["code"], "first": first}
            raise _error(described, line, _("the code “%(code)s” already stands on line %(first)d") % facts)
        rows.append({**values, "catalogue": catalogue, "position": len(rows) + 1})
    if not rows:
        raise CatalogueError(_("%(file)s has no rows. Give it at least one.") % {"file": described.file})
    return rows


def plan(catalogue):
    """What loading this catalogue's file would change; changes nothing."""
    rows = read(catalogue)
    return _compare(catalogue, rows, _terms_of(catalogue))


@transaction.atomic
def load(by=None, *, at):
    """Bring every catalogue to the state of its file; returns the `Changes` of those that differ.

    Raises `CatalogueError` before anything is written when one file cannot be read or names a code that is not there.
    """
    read_rows = {catalogue: read(catalogue) for catalogue in CATALOGUES}
    _check_references(read_rows)
    # Two processes that start together load one after the other: the second finds nothing left to change.
    Edition.objects.get_or_create(pk=1, defaults={"stamp": "", "loaded_at": at})
    edition = Edition.objects.select_for_update().get(pk=1)
    made = [changes for catalogue, rows in read_rows.items() if (changes := _bring(catalogue, rows, at))]
    if not made:
        return made
    edition.stamp, edition.loaded_at = secrets.token_hex(16), at
    edition.save()
    for changes in made:
        enter(Act.CATALOGUE_LOADED, on=f"catalogue:{changes.catalogue}", by=by, at=at, **changes.counts())
    forget()
    transaction.on_commit(forget)
    return made


def _lines_of(described):
    """Pairs (line number, dict of cells) of a file whose head is right."""
    path = settings.DATA / described.file
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CatalogueError(_("%(file)s is missing in the folder of data.") % {"file": described.file}) from None
    except UnicodeDecodeError:
        raise CatalogueError(_("%(file)s is not UTF-8. Save it as UTF-8.") % {"file": described.file}) from None
    reader = csv.reader(content.splitlines(keepends=True), strict=True)
    try:
        head = next(reader, [])
        _check_head(described, head)
        for cells in reader:
            if cells:
                yield reader.line_num, _by_column(described, reader.line_num, head, cells)
    except csv.Error:
        raise _error(described, reader.line_num, _("a quotation mark is not closed")) from None


def _check_head(described, head):
    known = [*COMMON, *(column.name for column in described.columns)]
    for name in head:
        if name not in known:
            raise _error(described, 1, _("the column “%(column)s” is unknown") % {"column": name})
        if head.count(name) > 1:
            raise _error(described, 1, _("the column “%(column)s” stands twice") % {"column": name})
    for name in known:
        if name not in head:
            raise _error(described, 1, _("the column “%(column)s” is missing") % {"column": name})


def _by_column(described, line, head, cells):
    if len(cells) != len(head):
        facts = {"cells": len(cells), "columns": len(head)}
        raise _error(described, line, _("the row has %(cells)d cells, the head has %(columns)d") % facts)
    return {name: cell.strip() for name, cell in zip(head, cells, strict=True)}


def _values(described, line, cells):
    """The fields of a `Term` from the cells of one row."""
    values = {name: cells[name] for name in COMMON if name not in DAYS}
    if not _CODE.fullmatch(values["code"]):
        facts = {"code": values["code"]}
        raise _error(described, line, _("“%(code)s” is not a code; write small letters, digits and _") % facts)
    for name in (*WORDS, "source"):
        if not values[name]:
            raise _error(described, line, _("the column “%(column)s” is empty") % {"column": name})
    if values["mark"] not in Term.Mark.values:
        facts = {"mark": values["mark"], "marks": ", ".join(Term.Mark.values)}
        raise _error(described, line, _("the mark “%(mark)s” is unknown; write one of: %(marks)s") % facts)
    for name in DAYS:
        values[name] = _day(described, line, name, cells[name])
    if values["valid_from"] and values["valid_until"] and values["valid_until"] < values["valid_from"]:
        raise _error(described, line, _("valid_until lies before valid_from"))
    _check_lengths(described, line, values)
    values["extra"] = {column.name: _extra(described, line, column, cells[column.name]) for column in described.columns}
    return values


def _day(described, line, name, cell):
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        facts = {"column": name, "text": cell}
        reason = _("“%(text)s” in the column “%(column)s” is not a date; write year-month-day, as in 2026-01-02")
        raise _error(described, line, reason % facts) from None


def _check_lengths(described, line, values):
    for name, value in values.items():
        longest = Term._meta.get_field(name).max_length
        if isinstance(value, str) and longest and len(value) > longest:
            facts = {"column": name, "longest": longest}
            raise _error(described, line, _("“%(column)s” is longer than %(longest)d characters") % facts)


def _extra(described, line, column, cell):
    try:
        return column.read(cell)
    except ValueError as reason:
        facts = {"column": column.name, "reason": reason}
        raise _error(described, line, _("column “%(column)s”: %(reason)s") % facts) from None


def _check_references(read_rows):
    """Every code that points into another catalogue is there."""
    known = {catalogue: {row["code"] for row in rows} for catalogue, rows in read_rows.items()}
    for catalogue, described in CATALOGUES.items():
        for column in (column for column in described.columns if column.refers_to):
            allowed = set().union(*(known[name] for name in column.refers_to))
            for row in read_rows[catalogue]:
                _check_reference(described, column, row, allowed)


def _check_reference(described, column, row, allowed):
    value = row["extra"][column.name]
    for code in value if isinstance(value, list) else [value]:
        if code and code not in allowed:
            facts = {
                "file": described.file,
                "row": row["code"],
                "column": column.name,
                "code": code,
                "files": ", ".join(CATALOGUES[name].file for name in column.refers_to),
            }
            sentence = _("%(file)s, row %(row)s, column “%(column)s”: there is no “%(code)s” in %(files)s.")
            raise CatalogueError(sentence % facts)


def _terms_of(catalogue):
    return {term.code: term for term in Term.objects.of(catalogue)}


def _compare(catalogue, rows, held):
    changes = Changes(catalogue)
    for row in rows:
        term = held.get(row["code"])
        if term is None:
            changes.added.append(row["code"])
            continue
        if term.retired_on:
            changes.returned.append(row["code"])
        if differences := _differences(term, row):
            changes.changed[row["code"]] = differences
        if term.position != row["position"]:
            changes.moved.append(row["code"])
    in_file = {row["code"] for row in rows}
    changes.retired = [code for code, term in held.items() if code not in in_file and not term.retired_on]
    return changes


def _differences(term, row):
    """Fields of a term that differ from its row, with (old, new); the extra columns one by one."""
    found = {}
    for name in COMPARED:
        old, new = getattr(term, name), row[name]
        if name != "extra":
            found[name] = (old, new)
            continue
        found |= {column: (old.get(column), new.get(column)) for column in sorted({*old, *new})}
    return {name: (old, new) for name, (old, new) in found.items() if old != new}


def _bring(catalogue, rows, at):
    """Write what differs in one catalogue."""
    held = _terms_of(catalogue)
    changes = _compare(catalogue, rows, held)
    touched = {*changes.changed, *changes.returned, *changes.moved}
    for row in (row for row in rows if row["code"] in touched):
        term = held[row["code"]]
        term.retired_on = None
        for name in (*COMPARED, "position"):
            setattr(term, name, row[name])
    for code in changes.retired:
        held[code].retired_on = timezone.localdate(at)
    Term.objects.bulk_create(Term(**row) for row in rows if row["code"] in set(changes.added))
    Term.objects.bulk_update(
        [held[code] for code in (*touched, *changes.retired)], [*COMPARED, "position", "retired_on"], batch_size=50
    )
    return changes


def _error(described, line, reason):
    facts = {"file": described.file, "line": line, "reason": reason}
    return CatalogueError(_("%(file)s, line %(line)d: %(reason)s.") % facts)
