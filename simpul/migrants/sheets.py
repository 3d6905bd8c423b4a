"""Lists as they come: received, read, corrected by the officer, put away.

The file is kept sealed while it is being corrected and for a while after (`docs/migrants.md`); what the officer said
of it is kept beside it, so that reading it again gives the same people.
"""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from simpul.confidentiality import data_keys
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.series import next_in
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import one_line
from simpul.migrants import habits
from simpul.migrants.models import Sheet
from simpul.migrants.policy import check_is_being_corrected, check_may_keep_sheet, check_may_take_in
from simpul.migrants.reading import layouts, reader

LETTERS = {Sheet.Layout.MANIFEST: "M", Sheet.Layout.REGISTER: "R"}
# What the server keeps of an upload (`portal.uploads`); a longer list is imported by the operator.
LARGEST = 8 * 1024 * 1024
# Facts of the whole list that an officer may set or correct.
HEADER = ("kind", "arrived_on", "post", "depot")


@transaction.atomic
def receive(data, *, filename, layout, by, at, sender=None):
    """Keep a file to be read and corrected; one that cannot be opened at all is refused with a sentence.

    The same file twice is the same list: the one that stands is returned.
    """
    check_may_take_in(layout, by=by)
    if len(data) > LARGEST:
        raise NotAllowed(_("This file is larger than %(mb)d MB. Split it, or let the operator import it.") % {
            "mb": LARGEST // 2**20})  # fmt: skip
    fingerprint = hashlib.sha256(data).hexdigest()
    twin = Sheet.objects.visible_to(by).filter(fingerprint=fingerprint, layout=layout)
    if known := twin.exclude(state=Sheet.State.DISCARDED).order_by("pk").last():
        return known
    said = {"choices": {}, "answers": [], "left_out": [], "header": {}}
    _read(data, filename, layout, said, agency=by.agency, sender=sender, at=at)
    sheet = Sheet(
        data_key=data_keys.make(at=at),
        number=next_number(layout, at=at),
        layout=layout,
        agency=by.agency,
        sender=sender,
        fingerprint=fingerprint,
        uploaded_at=at,
        uploaded_by=by,
    )
    sheet.name, sheet.content, sheet.said = one_line(filename)[:120], bytearray(data), said
    sheet.save(force_insert=True)
    enter(Act.SHEET_RECEIVED, on=sheet, by=by, at=at, layout=layout)
    return sheet


def reading_of(sheet, *, at, opened=None):
    """The list as it reads now, with what the officer said of it; `opened` is (name, content) where it is open."""
    name, content = opened or (sheet.name.opened(), sheet.content.opened())
    return _read(content, name, sheet.layout, sheet.said.opened(), agency=sheet.agency, sender=sheet.sender, at=at)


@transaction.atomic
def choose(sheet, *, columns, by, at):
    """Say what columns are: {column number from 0: code, "" to leave it out}. The sender's habit is remembered."""
    said = correctable(sheet, by=by)
    reading = reading_of(sheet, at=at)
    headings = {column.number: column.heading for column in reading.columns}
    unknown = set(columns.values()) - set(layouts.LAYOUTS[sheet.layout].codes) - {""}
    if unknown or set(columns) - set(headings):
        raise NotAllowed(_("Choose for each column one of the list."))
    said["choices"] |= {str(number): code for number, code in columns.items()}
    _keep(sheet, said, by=by, at=at, what="columns")
    meant = {headings[number]: code for number, code in columns.items()}
    habits.note(meant, sender=sheet.sender, agency=sheet.agency, layout=sheet.layout, by=by, at=at)


@transaction.atomic
def answer(sheet, *, cells, by, at):
    """Write what cells mean, instead of what stands there; "" leaves the cell empty.

    `cells` is {(row, column code, name of the sheet): text}.
    """
    said = correctable(sheet, by=by)
    answers = {tuple(cell): text for *cell, text in said["answers"]}
    answers |= {cell: one_line(text) for cell, text in cells.items()}
    said["answers"] = [[*cell, text] for cell, text in sorted(answers.items())]
    _keep(sheet, said, by=by, at=at, what="cells")


@transaction.atomic
def ask_again(sheet, *, cells, by, at):
    """Take back what was said of cells: they read as they stand in the file. `cells` are as in `answer`."""
    said = correctable(sheet, by=by)
    chosen = {tuple(cell) for cell in cells}
    said["answers"] = [each for each in said["answers"] if tuple(each[:-1]) not in chosen]
    _keep(sheet, said, by=by, at=at, what="cells")


@transaction.atomic
def leave_out(sheet, *, lines, by, at, back=False):
    """Lines that are no person, such as a remark that looks like one; `back` takes them in again.

    `lines` are (row, name of the sheet).
    """
    said = correctable(sheet, by=by)
    chosen = {tuple(line) for line in said["left_out"]}
    said["left_out"] = sorted(chosen - set(lines) if back else chosen | set(lines))
    _keep(sheet, said, by=by, at=at, what="lines")


@transaction.atomic
def describe(sheet, *, header, by, at):
    """Say what the head of the list does not: the day, the post, the depot, the kind. Days as ISO text."""
    said = correctable(sheet, by=by)
    if set(header) - set(HEADER):
        raise TypeError(f"A list has no {', '.join(sorted(set(header) - set(HEADER)))}.")
    said["header"] |= header
    _keep(sheet, said, by=by, at=at, what="header")


@transaction.atomic
def discard(sheet, *, by, at):
    """Put a list away that shall not be taken in; it can be taken up again until its file is destroyed."""
    correctable(sheet, by=by)
    move(sheet, Sheet.State.DISCARDED)
    enter(Act.SHEET_DISCARDED, on=sheet, by=by, at=at)


@transaction.atomic
def take_up(sheet, *, by, at):
    """Work on a list again that was put away."""
    check_may_keep_sheet(sheet, by=by)
    if sheet.state != Sheet.State.DISCARDED:
        raise NotAllowed(_("This list was not put away."))
    if sheet.forgotten_at is not None or not sheet.content:
        raise NotAllowed(_("The file of this list is not here any more. Upload it again."))
    move(sheet, Sheet.State.READ)
    enter(Act.SHEET_CORRECTED, on=sheet, by=by, at=at, what="taken_up")


@transaction.atomic
def forget(sheet, *, by, at):
    """Destroy the file of a list; the people taken in from it stay under their own keys."""
    if sheet.forgotten_at is not None:
        return
    sheet.content = sheet.name = sheet.said = b""
    sheet.forgotten_at = at
    sheet.save(update_fields=["content", "name", "said", "forgotten_at"])
    data_keys.destroy(sheet.data_key, of=sheet, by=by, at=at)
    enter(Act.SHEET_FORGOTTEN, on=sheet, by=by, at=at)


def correctable(sheet, *, by):
    """What was said of a list, read anew and locked; refused where it is not being corrected any more."""
    check_may_keep_sheet(sheet, by=by)
    sheet.refresh_from_db(fields=["state", "said"], from_queryset=Sheet.objects.select_for_update())
    check_is_being_corrected(sheet)
    return sheet.said.opened()


def move(sheet, state):
    """The next state, read anew and locked: of two officers who press at once, one comes second."""
    sheet.refresh_from_db(fields=["state"], from_queryset=Sheet.objects.select_for_update())
    if state not in Sheet.NEXT[sheet.state]:
        raise NotAllowed(_("This list is “%(state)s” already. Reload the page.") % {
            "state": sheet.get_state_display()})  # fmt: skip
    sheet.state = state
    sheet.save(update_fields=["state"])


def _read(data, filename, layout, said, *, agency, sender, at):
    return reader.read(
        data,
        filename=filename,
        today=localdate(at),
        layout=layouts.LAYOUTS[layout],
        near=settings.REGION,
        habits=habits.of_sender(sender, agency=agency, layout=layout),
        choices={int(number): code for number, code in said["choices"].items()},
        answers={tuple(cell): text for *cell, text in said["answers"]},
    )


def _keep(sheet, said, *, by, at, what):
    sheet.said = said
    sheet.save(update_fields=["said"])
    enter(Act.SHEET_CORRECTED, on=sheet, by=by, at=at, what=what)


def next_number(layout, *, at):
    """The number of a new list, as in "R-2026-000012"."""
    letter, year = LETTERS[layout], localtime(at).year
    return f"{letter}-{year}-{next_in(f'{layout} {year}'):06d}"
