"""`simpul register`: taking in the register of migrant workers as a long file, and an empty file to fill in."""

import csv
import os
from contextlib import ExitStack
from hashlib import file_digest
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.timezone import localdate

from simpul.agencies.models import Agency, Officer
from simpul.console.progress import Bar
from simpul.console.reading_ahead import ReadingFailed, ahead
from simpul.documents import extracts
from simpul.documents.workbooks import neutral
from simpul.lib.rules import NotAllowed
from simpul.lib.tables import number_of
from simpul.migrants import habits, lists
from simpul.migrants.models import Sheet
from simpul.migrants.policy import check_may_take_in
from simpul.migrants.reading import layouts, reader
from simpul.migrants.reading.findings import ERROR
from simpul.migrants.reading.stream import stream

TEXTS = {".csv", ".tsv", ".txt"}


class Command(BaseCommand):
    help = "Take in the register of migrant workers from a long file, or make an empty one."
    requires_system_checks = []

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        take = acts.add_parser("import", help="take in a file (CSV, XLSX, ODS) of any length")
        take.add_argument("file", type=Path)
        take.add_argument("--by", required=True, metavar="USERNAME", help="the officer who answers for the list")
        take.add_argument("--sender", default="", metavar="NAME", help="the agency the list came from")
        take.add_argument(
            "--column", action="append", default=[], metavar="F=nik", help="what a column is, where it is not known"
        )
        take.add_argument("--dry-run", action="store_true", help="only say what would be taken in and what is wrong")
        template = acts.add_parser("template", help="make an empty file with the columns of PP 59/2021 Art. 67(2)")
        template.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")

    def handle(self, *, act, **options):
        with translation.override(settings.LANGUAGE_CODE):
            {"import": self.take_in, "template": self.template}[act](**options)

    def template(self, *, output, **options):
        output.write_bytes(extracts.register_template())
        self.stdout.write(f"{output} is ready to be filled in.")

    def take_in(self, *, file, by, sender, column, dry_run, **options):
        officer, at = officer_of(by), timezone.now()
        sender = agency_of(sender) if sender else None
        planned = self.planned(file, officer, sender, column)
        sheet = self.begun(file, officer, sender, at, dry_run)
        with ExitStack() as files:
            left = Left(file, files, codes=dict.fromkeys(column.code for column in planned.columns if column.code))
            bar = Bar(self.stderr, "rows", total=lines_in(file), since=sheet.taken_rows if sheet else 0)
            how = lists.Import(by=officer, at=at, refused=left.keep, progress=bar, is_trial=dry_run)
            try:
                taken, refused = lists.take_in_parts(sheet, ahead(lists.parts_of(sheet, planned, how)), how)
            except (NotAllowed, ReadingFailed) as problem:
                raise CommandError(f"{problem} Run the same command again: it goes on where it stopped.") from problem
            bar.end(taken + refused)
        if not dry_run:
            lists.finish(sheet, refused=refused, by=officer, at=at)
        self.tell(sheet, taken, refused, left)

    def planned(self, file, officer, sender, column):
        """The plan of reading the file; refused where a column must be named first."""
        known = habits.of_sender(sender, agency=officer.agency, layout=Sheet.Layout.REGISTER)
        try:
            found = stream(
                file, today=localdate(), layout=layouts.REGISTER, near=officer.jurisdiction, habits=known,
                choices=dict(map(choice, column)),
            )  # fmt: skip
        except OSError as problem:
            raise CommandError(f"{file} cannot be opened: {problem.strerror}.") from None
        except reader.FileError as problem:
            raise CommandError(str(problem)) from None
        open_ones = [problem for problem in found.problems if problem.kind == ERROR]
        if open_ones:
            told = "\n".join(f"  {problem.cell}: {problem.say}" for problem in open_ones)
            raise CommandError(f"Some columns are not clear:\n{told}\nSay what they are, as in --column F=nik.")
        return found

    def begun(self, file, officer, sender, at, dry_run):
        try:
            check_may_take_in(Sheet.Layout.REGISTER, by=officer)
            if dry_run:
                return None
            with file.open("rb") as content:
                fingerprint = file_digest(content, "sha256").hexdigest()
            sheet = lists.begin(file.name, fingerprint, by=officer, at=at, sender=sender)
        except NotAllowed as problem:
            raise CommandError(str(problem)) from None
        if sheet.taken_rows:
            self.stderr.write(f"Going on with {sheet.number} after row {sheet.taken_rows:,}.")
        return sheet

    def tell(self, sheet, taken, refused, left):
        if sheet is None:
            self.stdout.write(f"{taken:,} people would be taken in, {refused:,} lines not. Nothing was stored.")
        else:
            self.stdout.write(f"{sheet.number}: {taken:,} people are taken in, {refused:,} lines are not.")
        if refused:
            self.stdout.write(f"{left.problems} says why, {left.lines} holds them: correct them there and import it.")


class Left:
    """Lines that were not taken in: what is wrong with each, and the lines as they stood, to be corrected.

    Both files hold personal data, so only their owner may read them. They are made when the first line needs them.
    """

    def __init__(self, file, files, *, codes):
        self.problems, self.lines = file.with_name(f"{file.name}.problems.csv"), file.with_name(f"{file.name}.left.csv")
        self.files, self.codes, self.to_tell, self.to_correct = files, list(codes), None, None
        for each in (self.problems, self.lines):
            each.unlink(missing_ok=True)

    def keep(self, refused):
        """Write lines with their problems down."""
        if refused and self.to_tell is None:
            self.to_tell, self.to_correct = self.table(self.problems), self.table(self.lines)
            self.to_tell.writerow(["row", "column", "read", "write"])
            self.to_correct.writerow(map(lists.heading, self.codes))
        for row, problems in refused:
            for each in problems:
                column = each.heading or str(layouts.LABELS.get(each.column, each.column))
                self.to_tell.writerow(map(safe, [each.row, column, each.read, each.say]))
            self.to_correct.writerow([safe(row.written.get(code, "")) for code in self.codes])

    def table(self, path):
        made = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        return csv.writer(self.files.enter_context(open(made, "w", newline="", encoding="utf-8-sig")))


def safe(value):
    """A cell that no program of tables takes for a formula; a telephone number stays one."""
    text = str(value)
    return text if text.strip("+- 0123456789().") == "" else neutral(text)


def officer_of(username):
    officer = Officer.objects.select_related("agency__place").filter(username=username.lower(), is_active=True).first()
    if officer is None:
        raise CommandError(f"There is no officer {username!r}. Write the name the officer signs in with.")
    return officer


def agency_of(name):
    agency = Agency.objects.filter(name__iexact=name.strip()).first()
    if agency is None:
        raise CommandError(f"There is no agency {name!r}. Write its name as it stands at the desk.")
    return agency


def choice(text):
    """(number of a column, its code) from "F=nik"."""
    letters, sign, code = text.partition("=")
    if not sign or not letters.isalpha() or code not in {"", *layouts.REGISTER.codes}:
        raise CommandError(f"{text!r} names no column. Write a letter and one of: {', '.join(layouts.REGISTER.codes)}.")
    return number_of(letters.upper()), code


def lines_in(path):
    """About how many rows a text has; None for a workbook, which does not tell before it is read."""
    if path.suffix.lower() not in TEXTS:
        return None
    with path.open("rb") as file:
        return sum(part.count(b"\n") for part in iter(lambda: file.read(2**20), b"")) - 1
