"""Manifests: lists of people sent home, as BP3MI receives them at the border.

A manifest is taken in whole or not at all; a line that cannot be read is shown, never dropped.
"""

from collections import Counter
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases.steps import moment_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.dates import full_years_between
from simpul.lib.rules import NotAllowed
from simpul.migrants import meetings, registry, sameness, sheets
from simpul.migrants.handovers import HAND_OVER, NOT_HANDED_OVER, TELL_HOME
from simpul.migrants.models import Manifest, Meeting, Notice, Returnee, Sheet, Worker
from simpul.migrants.policy import check_may_keep_sheet
from simpul.migrants.reading import changes
from simpul.migrants.reading.findings import ERROR
from simpul.obligations import book
from simpul.persons import identities
from simpul.places.models import BorderPost, Place
from simpul.places.regions import ancestors, is_within, regency_of
from simpul.reference import catalogues

AT_ONCE = 500
# Where line numbers stand while a corrected list moves them.
PARKED = 500_000_000
# Lines of a second sheet are numbered from the next round number after those of the first.
ROUND = 1000


class Line(NamedTuple):
    """One person of a list: the number of the line, what it says, and how it stood there."""

    line: int
    values: dict
    written: dict


@transaction.atomic
def take_in(sheet, *, by, at):
    """Take in a list that has no open question; returns its manifest.

    Everybody on it is recorded, the home regions are to be told, and who came home is to be visited.
    """
    sheets.correctable(sheet, by=by)
    reading = sheets.reading_of(sheet, at=at)
    rows = _people(sheet, reading)
    manifest = _manifest(sheet, _header(sheet, reading), by=by, at=at)
    returnees = _record(manifest, rows, by=by, at=at)
    _close(sheet, manifest, rows, reading, by=by, at=at)
    owe(manifest, returnees, by=by, at=at)
    registry.note_returns(returnees, manifest=manifest, by=by, at=at)
    return manifest


@transaction.atomic
def take_back(sheet, *, by, at):
    """Undo taking in, exactly: nobody of this list is on record afterwards, and it can be corrected again.

    Refused where somebody on it was visited, screened or handed over, or a home region was told.
    """
    check_may_keep_sheet(sheet, by=by)
    sheets.move(sheet, Sheet.State.READ)
    if sheet.replaces_id:
        raise NotAllowed(_("This list corrected an earlier one. Correct it by another list."))
    if sheet.forgotten_at is not None:
        raise NotAllowed(_("The file of this list was destroyed, so it cannot be taken back any more."))
    manifest = sheet.manifest
    _check_nothing_followed(manifest.returnees.all(), manifest)
    for notice in manifest.notices.order_by("pk"):
        book.waive_all(on=notice, reason="opened_by_mistake", by=by, at=at)
    _remove(manifest.returnees.order_by("pk"), by=by, at=at)
    manifest.notices.all().delete()
    manifest.delete()
    sheet.people, sheet.left_out, sheet.taken_in_at, sheet.taken_in_by = 0, 0, None, None
    sheet.save(update_fields=["people", "left_out", "taken_in_at", "taken_in_by"])
    enter(Act.SHEET_UNDONE, on=sheet, by=by, at=at)


def changed_since(sheet, reading, earlier, *, at):
    """What a corrected list, as it reads now, says differently from the list that was taken in (`reading.changes`)."""
    before = sheets.reading_of(earlier, at=at)
    return changes.between(_people(earlier, before, check=False), _people(sheet, reading, check=False))


def earlier_of(sheet, reading):
    """Lists of the same arrival that the agency took in already: a corrected list may take their place."""
    header = _header(sheet, reading, check=False)
    if not header["arrived_on"]:
        return []
    found = Sheet.objects.filter(
        agency=sheet.agency, layout=sheet.layout, state=Sheet.State.TAKEN_IN, manifest__depot=header["depot"],
        manifest__arrived_on=header["arrived_on"],
    )  # fmt: skip
    return list(found.exclude(pk=sheet.pk).select_related("manifest", "data_key").order_by("-taken_in_at"))


@transaction.atomic
def replace(sheet, earlier, *, by, at):
    """Take in a corrected list in place of an earlier one: what is new is added, what changed is changed, who is not
    on it any more is removed; whoever stayed keeps screening, visit and clocks.
    """
    sheets.correctable(sheet, by=by)
    check_may_keep_sheet(earlier, by=by)
    earlier.refresh_from_db(fields=["state"], from_queryset=Sheet.objects.select_for_update())
    if earlier.layout != sheet.layout or earlier.state != Sheet.State.TAKEN_IN:
        raise NotAllowed(_("The earlier list does not stand any more. Reload the page."))
    if earlier.forgotten_at is not None:
        raise NotAllowed(_("The file of the earlier list was destroyed; the two cannot be compared any more."))
    reading = sheets.reading_of(sheet, at=at)
    rows, header = _people(sheet, reading), _header(sheet, reading)
    differences = changed_since(sheet, reading, earlier, at=at)
    manifest = earlier.manifest
    on_record = {returnee.row: returnee for returnee in manifest.returnees.select_related("person__data_key")}
    gone = [on_record[row.line].pk for row in differences.gone if row.line in on_record]
    leaving = manifest.returnees.filter(pk__in=gone)
    _check_nothing_followed(leaving, None)
    _remove(leaving.order_by("pk"), by=by, at=at)
    sheets.move(earlier, Sheet.State.REPLACED)
    sheet.replaces = earlier
    sheet.save(update_fields=["replaces"])
    _describe(manifest, header)
    manifest.sheet = sheet
    manifest.save()
    # Line numbers move; while they do, none may be taken twice.
    manifest.returnees.update(row=F("row") + PARKED)
    for old, new, columns in differences.kept:
        if old.line in on_record:
            _correct(on_record[old.line], new, manifest=manifest, columns=columns, by=by, at=at)
    returnees = _record(manifest, differences.added, by=by, at=at)
    _close(sheet, manifest, rows, reading, by=by, at=at)
    owe(manifest, returnees, by=by, at=at)
    registry.note_returns(returnees, manifest=manifest, by=by, at=at)
    return manifest


def open_questions(sheet, reading):
    """Problems of a list that must be answered before it is taken in."""
    left_out = _left_out(sheet)
    return [
        problem
        for problem in reading.problems
        if problem.kind == ERROR and (problem.row, problem.sheet) not in left_out
    ]


def _left_out(sheet):
    return {tuple(line) for line in sheet.said.opened()["left_out"]}


def _people(sheet, reading, *, check=True):
    """The lines that are people, each with a number that no other line of the file has."""
    left_out = _left_out(sheet)
    before = _rows_before(reading)
    rows = [
        Line(row.row + before[row.sheet], row.values, row.written)
        for row in reading.rows
        if (row.row, row.sheet) not in left_out
    ]
    if not check:
        return rows
    questions = open_questions(sheet, reading)
    if questions:
        raise NotAllowed(
            _("%(count)d cells are not clear yet. Write what they mean, or say that it is not known; then take the list"
              " in.") % {"count": len(questions)})  # fmt: skip
    if not rows:
        raise NotAllowed(_("There is nobody on this list. Check which row holds the headings."))
    return rows


def _rows_before(reading):
    """{name of a sheet: what is added to its row numbers}, so that they follow those of the sheets before it."""
    last = dict.fromkeys(reading.sheets, 0)
    for row in reading.rows:
        last[row.sheet] = max(last[row.sheet], row.row)
    before, used = {}, 0
    for name, rows in last.items():
        before[name] = used
        used += -(-(rows + 1) // ROUND) * ROUND
    return before


def header_of(sheet, reading):
    """Kind, day, post and depot of a list: what its head says, or the officer where the head says nothing or errs."""
    return _header(sheet, reading, check=False)


def _header(sheet, reading, *, check=True):
    said = sheet.said.opened()["header"]
    header = {
        "kind": said.get("kind") or reading.header.kind or Manifest.Kind.DEPORTATION,
        "arrived_on": parse_date(said.get("arrived_on") or "") or reading.header.arrived_on,
        "post": said.get("post") or reading.header.post or "",
        "depot": said.get("depot") or reading.header.depot or "",
    }
    if header["kind"] not in Manifest.Kind:
        raise NotAllowed(_("Choose whether people were deported or repatriated."))
    if not check:
        return header
    if header["arrived_on"] is None:
        raise NotAllowed(_("The head of this list names no day of arrival. Write it above the table."))
    if header["depot"] and not catalogues.is_code("depots", header["depot"]):
        raise NotAllowed(_("Choose the depot from the list."))
    return header


def _manifest(sheet, header, *, by, at):
    if header["arrived_on"] > localdate(at):
        raise NotAllowed(_("The day of arrival lies in the future. Check the head of the list."))
    manifest = Manifest(sheet=sheet, number=sheet.number, agency=sheet.agency, noted_at=at, noted_by=by)
    _describe(manifest, header)
    manifest.save(force_insert=True)
    return manifest


def _describe(manifest, header):
    manifest.kind, manifest.arrived_on, manifest.depot = header["kind"], header["arrived_on"], header["depot"]
    manifest.post = BorderPost.objects.filter(code=header["post"]).first()


def _close(sheet, manifest, rows, reading, *, by, at):
    manifest.total = len(rows)
    manifest.save(update_fields=["total"])
    sheets.move(sheet, Sheet.State.TAKEN_IN)
    sheet.people, sheet.left_out = len(rows), len(reading.rows) - len(rows)
    sheet.taken_in_at, sheet.taken_in_by = at, by
    sheet.save(update_fields=["people", "left_out", "taken_in_at", "taken_in_by"])
    enter(Act.SHEET_TAKEN_IN, on=sheet, by=by, at=at, people=sheet.people, left_out=sheet.left_out)


def _record(manifest, rows, *, by, at):
    """Persons and returnees of many lines."""
    homes = deepest_places(row.values for row in rows)
    returnees = []
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        told = [identity_in(row.values, home=home_in(row.values, homes)) for row in part]
        persons = identities.record_many(told, by=by, at=at, file=manifest)
        new = [_returnee(manifest, row, person) for row, person in zip(part, persons, strict=True)]
        returnees += Returnee.objects.bulk_create(new)
    _count_repeats(returnees)
    return returnees


def _returnee(manifest, row, person):
    values = row.values
    returnee = Returnee(person=person, manifest=manifest, row=row.line)
    returnee.remarks = values.get("remarks") or ""
    _tell(returnee, row, manifest)
    return returnee


def _tell(returnee, row, manifest):
    """What is counted of a line, and the line as it stood."""
    values, person = row.values, returnee.person
    returnee.arrived_on = manifest.arrived_on
    returnee.home_id, returnee.sex = person.home_id, person.sex
    returnee.age = age_on(values, manifest.arrived_on)
    for field, value in (
        ("reason", "reason"), ("sector", "sector"), ("document", "document_kind"), ("onward", "onward"),
    ):  # fmt: skip
        setattr(returnee, field, values.get(value) or "")
    returnee.stay_months = values.get("stay_length")
    returnee.written = {column: str(text) for column, text in row.written.items()}


def _correct(returnee, row, *, manifest, columns, by, at):
    """A line that stayed on a corrected list; its person is corrected where something reads differently."""
    returnee.row = row.line
    if columns:
        homes = deepest_places([row.values])
        told = identity_in(row.values, home=home_in(row.values, homes))
        identities.correct(returnee.person, by=by, at=at, file=returnee, **told)
        returnee.remarks = row.values.get("remarks") or ""
        enter(Act.RETURNEE_CORRECTED, on=returnee, by=by, at=at, columns=sorted(columns))
    before = returnee.home_id
    _tell(returnee, row, manifest)
    returnee.save()
    if returnee.home_id == before:
        return
    registry.note_home(returnee, by=by, at=at)
    if returnee.met_on is None:
        meetings.owe_anew(returnee, by=by, at=at)


def _count_repeats(returnees):
    """How many earlier returns of the same person are on record, by `sameness`."""
    same = sameness.groups([returnee.person for returnee in returnees])
    others = set().union(*same.values()) if same else set()
    earlier = {}
    for person, on in Returnee.objects.filter(person__in=others).values_list("person_id", "arrived_on"):
        earlier.setdefault(person, []).append(on)
    changed = []
    for returnee in returnees:
        days = [on for pk in same[returnee.person_id] for on in earlier.get(pk, ())]
        returnee.repeats = sum(on < returnee.arrived_on for on in days)
        if returnee.repeats:
            changed.append(returnee)
    Returnee.objects.bulk_update(changed, ["repeats"], batch_size=AT_ONCE)


def owe(manifest, returnees, *, by, at):
    """Tell the home regions, hand over who is fetched or sheltered, visit who came home.

    A list of the past opens no clock: it is there to be counted.
    """
    if meetings.is_long_ago(manifest.arrived_on, at=at):
        return
    since = moment_of(manifest.arrived_on, at)
    told = Counter(region for region in (notice_region(returnee.home_id) for returnee in returnees) if region)
    for region, people in sorted(told.items()):
        notice, is_new = Notice.objects.get_or_create(manifest=manifest, region_id=region, defaults={"people": people})
        if not is_new:
            Notice.objects.filter(pk=notice.pk).update(people=F("people") + people)
            continue
        _begin(TELL_HOME, notice, manifest.number, manifest.agency, region, since=since, by=by, at=at)
    for returnee in returnees:
        returnee.manifest = manifest
        if returnee.onward not in NOT_HANDED_OVER:
            _begin(
                HAND_OVER, returnee, returnee.number, manifest.agency, returnee.home_id, since=since, by=by, at=at
            )  # fmt: skip
    meetings.owe(returnees, by=by, at=at)


def _begin(rule, thing, number, agency, place, *, since, by, at):
    book.begin(rule, on=thing, file=thing, number=number, owed_by=agency, place=place, since=since, by=by, at=at)


def notice_region(home):
    """Whom the place of arrival tells: the home regency, or for people from elsewhere their province."""
    if not home:
        return ""
    return regency_of(home) or home if is_within(home, settings.REGION) else home[:2]


def _check_nothing_followed(returnees, manifest):
    acted = returnees.exclude(
        screened="", handed_over_on=None, refused_on=None, met_on=None, village_may_know=""
    ) | returnees.filter(pk__in=Meeting.objects.filter(returnee__in=returnees).values("returnee"))
    lines = sorted(acted.values_list("row", flat=True))
    if lines:
        raise NotAllowed(_("Something was done already for the people on lines %(lines)s. This list can only be"
                           " corrected by another one.") % {"lines": ", ".join(map(str, lines[:20]))})  # fmt: skip
    changed = Worker.objects.filter(earlier__returnee__in=returnees, struck_at=None).exclude(returnee__in=returnees)
    lines = sorted(changed.values_list("earlier__returnee__row", flat=True))
    if lines:
        raise NotAllowed(_("People on lines %(lines)s were changed in the register since. Strike out those changes"
                           " first.") % {"lines": ", ".join(map(str, lines[:20]))})  # fmt: skip
    if manifest is not None and manifest.notices.exclude(told_at=None).exists():
        raise NotAllowed(_("A home region was told already. This list can only be corrected by another one."))


def _remove(returnees, *, by, at):
    """Nobody of these lines is on record afterwards; their clocks are waived, their keys are gone."""
    rows = list(returnees)
    for returnee in rows:
        book.waive_all(on=returnee, reason="opened_by_mistake", by=by, at=at)
    registry.forget_returns(rows)
    persons = [returnee.person_id for returnee in rows]
    Returnee.objects.filter(pk__in=[returnee.pk for returnee in rows]).delete()
    identities.forget_many(persons)


def identity_in(values, *, home):
    """What `persons.identities` records of a line."""
    told = {
        "name": values["name"],
        "aliases": values.get("alias") or "",
        "nik": values.get("nik") or "",
        "birth_date": values.get("birth_date"),
        "birth_year": values.get("birth_year"),
        "phone": values.get("phone") or "",
        "passport": values.get("document") or "",
        "address": values.get("address") or "",
        "sex": values.get("sex") or "",
    }
    return told | ({"home_id": home} if home else {"home_id": None})


def age_on(values, day):
    """Age in full years on a day, as well as the line tells it: by date of birth, else as written, else by year."""
    if values.get("birth_date"):
        return max(full_years_between(values["birth_date"], day), 0)
    if values.get("age") is not None:
        return values["age"]
    return max(day.year - values["birth_year"], 0) if values.get("birth_year") else None


def home_in(values, known):
    """The deepest place of a line that the table of places knows; None where there is none."""
    for level in ("village_code", "district_code", "regency_code", "province_code"):
        code = values.get(level)
        for each in [code, *reversed(ancestors(code))] if code else ():
            if each in known:
                return each
    return None


def deepest_places(many):
    """The codes among many lines, and above them, that the table of places knows."""
    codes = {
        values.get(level)
        for values in many
        for level in ("village_code", "district_code", "regency_code", "province_code")
    } - {None, ""}
    wanted = codes.union(*map(ancestors, codes)) if codes else set()
    return set(Place.objects.filter(code__in=wanted).values_list("code", flat=True))
