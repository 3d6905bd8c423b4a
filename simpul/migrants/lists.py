"""Lists for the register: a spreadsheet of migrant workers becomes entries of their villages, and can be taken back.

What an officer corrected at the desk is taken in whole or not at all. A long list of the operator is taken in part by
part and remembers how far it came, so that one that was interrupted goes on where it stopped; lines that cannot be
taken in are handed out to be corrected, never dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, islice

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.confidentiality import data_keys
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import one_line
from simpul.migrants import manifests, registry, sheets
from simpul.migrants.models import Sheet, Worker
from simpul.migrants.policy import (
    check_is_a_home,
    check_is_being_corrected,
    check_may_keep_sheet,
    check_may_register,
    check_may_take_in,
)
from simpul.migrants.reading import heading_words
from simpul.migrants.reading.findings import ERROR, Problem
from simpul.persons import identities
from simpul.reference import catalogues

AT_ONCE = 2000
# At the desk a list is taken in while the officer waits.
MOST_AT_THE_DESK = 20_000
# What the register says of a worker: the field of the entry, and the column of the list.
FACTS = (
    ("status", "status"), ("sector", "sector"), ("country", "country"),
    ("departed_on", "departed_on"), ("contract_from", "contract_from"), ("contract_until", "contract_until"),
    ("returned_on", "returned_on"), ("employer", "employer"), ("employer_address", "employer_address"),
    ("company", "company"), ("note", "remarks"),
)  # fmt: skip

HEADINGS = {"nik": "NIK", "sex": "L/P", "company": "P3MI"}


@dataclass(frozen=True)
class Import:
    """How a long list is taken in: who, when, and who is told what. `refused` gets lines with their problems."""

    by: object
    at: object
    refused: Callable
    progress: Callable = lambda _done: None
    is_trial: bool = False


@dataclass
class Part:
    """Rows of a long file: how many they were, those to take in, sealed, and those refused: (row, problems) each."""

    rows: int
    lines: registry.Lines | None
    refused: list


@transaction.atomic
def take_in(sheet, *, by, at, progress=None):
    """Take in a list that has no open question: each line is an entry of its village. Returns the list."""
    check_may_keep_sheet(sheet, by=by)
    check_is_being_corrected(sheet)
    reading = sheets.reading_of(sheet, at=at)
    rows = _kept(sheet, reading)
    if len(rows) > MOST_AT_THE_DESK:
        raise NotAllowed(_("This list has %(count)d lines. Ask the operator to import it.") % {"count": len(rows)})
    _check_is_clear(open_questions(sheet, reading, by=by, at=at))
    for part in _parts(rows):
        lines, _wrong = sorted_out(part, by=by, at=at)
        if lines:
            registry.store_many(sheet, registry.sealed_many(sheet, lines, by=by, at=at), by=by, at=at)
        sheet.people += len(lines)
        if progress:
            progress(sheet.people)
    sheet.left_out = len(reading.rows) - len(rows)
    return _close(sheet, by=by, at=at)


def open_questions(sheet, reading, *, by, at):
    """Problems that must be answered before a list is taken in: unclear cells, and people of other places."""
    rows = _kept(sheet, reading)
    own = [problem for part in _parts(rows) for wrong in sorted_out(part, by=by, at=at)[1] for problem in wrong[1]]
    asked = manifests.open_questions(sheet, reading)
    return list(dict.fromkeys([*asked, *own]))


@transaction.atomic
def begin(name, fingerprint, *, by, at, sender=None):
    """The list of a file that the operator imports: a new one, or the one that was interrupted.

    The file itself is not kept: it lies with the operator.
    """
    check_may_take_in(Sheet.Layout.REGISTER, by=by)
    same = Sheet.objects.visible_to(by).filter(fingerprint=fingerprint, layout=Sheet.Layout.REGISTER)
    known = same.exclude(state=Sheet.State.DISCARDED).select_related("data_key", "agency").order_by("pk").last()
    if known is None:
        return _new(name, fingerprint, sender=sender, by=by, at=at)
    if known.state != Sheet.State.TAKING_IN:
        raise NotAllowed(_("This file is list %(number)s already (%(state)s). Take that list back first.") % {
            "number": known.number, "state": known.get_state_display()})  # fmt: skip
    return known


def parts_of(sheet, rows, how):
    """The rows of a long file in parts, those to be stored sealed: half of the work, which another process can do.

    Rows that an interrupted import had taken in are only looked at again for their problems.
    """
    rows, done, before = iter(rows), 0, _taken_before(sheet, how)
    for part in chain(_parts(islice(rows, before)), _parts(rows)):
        lines, refused = sorted_out(part, by=how.by, at=how.at)
        done += len(part)
        is_new = lines and done > before and not how.is_trial
        yield Part(len(part), registry.sealed_many(sheet, lines, by=how.by, at=how.at) if is_new else None, refused)


def take_in_parts(sheet, parts, how):
    """Take in the parts of a long file as they come; each stands when it is done.

    Returns how many rows were taken in and how many were refused, over the whole file.
    """
    done, refused, before = 0, 0, _taken_before(sheet, how)
    for part in parts:
        how.refused(part.refused)
        done, refused = done + part.rows, refused + len(part.refused)
        if done > before and not how.is_trial:
            _take_part(sheet, part.lines, since=done - part.rows, until=done, by=how.by, at=how.at)
        how.progress(done)
    return done - refused, refused


def _taken_before(sheet, how):
    return 0 if how.is_trial else sheet.taken_rows


@transaction.atomic
def finish(sheet, *, refused, by, at):
    """The last row of a long file is taken in."""
    sheet.left_out = refused
    return _close(sheet, by=by, at=at)


@transaction.atomic
def take_back(sheet, *, by, at):
    """Undo taking in, exactly: the entries of this list are gone, and what they had replaced holds again.

    Refused where an entry of it was changed since. A list whose file is kept can be corrected again.
    """
    check_may_keep_sheet(sheet, by=by)
    followed = Worker.objects.filter(earlier__sheet=sheet, struck_at=None).exclude(sheet=sheet).count()
    if followed:
        raise NotAllowed(_("%(count)d entries of this list were changed since. Strike out those changes first, or"
                           " correct the entries one by one.") % {"count": followed})  # fmt: skip
    sheets.move(sheet, Sheet.State.READ if sheet.content else Sheet.State.DISCARDED)
    identities.forget_many(registry.take_back_lines(sheet))
    sheet.people, sheet.left_out, sheet.taken_rows, sheet.taken_in_at, sheet.taken_in_by = 0, 0, 0, None, None
    sheet.save(update_fields=["people", "left_out", "taken_rows", "taken_in_at", "taken_in_by"])
    enter(Act.SHEET_UNDONE, on=sheet, by=by, at=at)


def heading(code):
    """The heading of a column in lists that are written here to be read back; Indonesian, as the lists are."""
    return HEADINGS.get(code) or heading_words.HEADINGS[code][0].capitalize()


def sorted_out(rows, *, by, at):
    """What can be entered of rows, as `registry.sealed_many` takes it, and what cannot: (row, problems) each."""
    known = manifests.deepest_places(row.values for row in rows)
    lines, wrong = [], []
    for row in rows:
        home = manifests.home_in(row.values, known)
        problems = [problem for problem in row.problems if problem.kind == ERROR] or _home_problem(row, home, by)
        if not problems:
            try:
                facts = registry.checked(_facts(row.values), at=at)
                lines.append((manifests.identity_in(row.values, home=home), home, facts))
            except registry.FactError as refusal:
                problems = [_problem(row, refusal.field, refusal)]
        if problems:
            wrong.append((row, problems))
    return lines, wrong


def _facts(values):
    facts = {field: values[column] for field, column in FACTS if values.get(column)}
    if values.get("procedural") is not None:
        facts["procedural"] = Worker.Answer.YES if values["procedural"] else Worker.Answer.NO
    if "country" in facts:
        facts |= _country(facts["country"].lower(), values.get("country_written") or "", facts.get("note", ""))
    return facts


def _country(code, written, note):
    """A country by its code; one that the catalogue does not name stands in the note as it was written."""
    if catalogues.is_code("countries", code):
        return {"country": code}
    return {"country": "other", "note": f"{note} {written or code}".strip()}


def _home_problem(row, home, officer):
    """The register is kept village by village, each officer's within the own region."""
    try:
        check_is_a_home(home)
        check_may_register(home, by=officer)
    except NotAllowed as refusal:
        return [_problem(row, "village", refusal)]
    return []


def _problem(row, column, say):
    return Problem(row.row, column, "", "", row.written.get(column, ""), str(say), sheet=row.sheet)


def _parts(rows):
    """Rows in parts. A part ends where somebody comes a second time: the later line then replaces the earlier one."""
    part, seen = [], set()
    for row in rows:
        numbers = {each for each in (row.values.get("nik"), row.values.get("document")) if each}
        if numbers & seen:
            yield part
            part, seen = [], set()
        part.append(row)
        seen |= numbers
        if len(part) == AT_ONCE:
            yield part
            part, seen = [], set()
    if part:
        yield part


def _kept(sheet, reading):
    left_out = {tuple(line) for line in sheet.said.opened()["left_out"]}
    return [row for row in reading.rows if (row.row, row.sheet) not in left_out]


def _check_is_clear(questions):
    if not questions:
        return
    lines = sorted({problem.row for problem in questions})
    raise NotAllowed(
        _("%(count)d cells are not clear yet, first on line %(line)d: %(say)s") % {
            "count": len(questions), "line": lines[0], "say": min(questions, key=lambda each: each.row).say}
    )  # fmt: skip


@transaction.atomic
def _take_part(sheet, lines, *, since, until, by, at):
    sheet.refresh_from_db(fields=["state", "taken_rows", "people"], from_queryset=Sheet.objects.select_for_update())
    if sheet.state != Sheet.State.TAKING_IN or sheet.taken_rows != since:
        raise NotAllowed(_("This list is being taken in elsewhere, or was taken back. Look which, and begin again."))
    if lines:
        registry.store_many(sheet, lines, by=by, at=at)
    sheet.taken_rows, sheet.people = until, sheet.people + len(lines or ())
    sheet.save(update_fields=["taken_rows", "people"])


def _new(name, fingerprint, *, sender, by, at):
    sheet = Sheet(
        data_key=data_keys.make(at=at), number=sheets.next_number(Sheet.Layout.REGISTER, at=at),
        layout=Sheet.Layout.REGISTER, agency=by.agency, sender=sender, state=Sheet.State.TAKING_IN,
        fingerprint=fingerprint, uploaded_at=at, uploaded_by=by,
    )  # fmt: skip
    sheet.name = one_line(name)[:120]
    sheet.save(force_insert=True)
    enter(Act.SHEET_RECEIVED, on=sheet, by=by, at=at, layout=sheet.layout)
    return sheet


def _close(sheet, *, by, at):
    sheets.move(sheet, Sheet.State.TAKEN_IN)
    sheet.taken_in_at, sheet.taken_in_by = at, by
    sheet.save(update_fields=["people", "left_out", "taken_in_at", "taken_in_by"])
    enter(Act.SHEET_TAKEN_IN, on=sheet, by=by, at=at, people=sheet.people, left_out=sheet.left_out)
    return sheet
