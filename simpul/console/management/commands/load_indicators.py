"""`simpul load-indicators`: indicators of places, as they come with Simpul or from a table."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from simpul.console.management.commands.register import officer_of
from simpul.insight import indicator_reading, indicators
from simpul.insight.models import IndicatorValue
from simpul.lib.rules import NotAllowed

SHOWN = 20


class Command(BaseCommand):
    help = "Load the indicators that come with Simpul, or a table of indicators in an officer's name."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="CSV, XLSX, XLS or ODS; without it, ours"
        )
        parser.add_argument("--by", default="", metavar="USERNAME", help="the officer who answers for the table")
        parser.add_argument("--source", default="", metavar="WORDS", help="who says so, where no column does")
        parser.add_argument("--mark", default="S", choices=IndicatorValue.Mark.values, help="how sure (S)")
        parser.add_argument("--year", type=int, help="the year, where no column and no heading names it")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change and what is wrong")

    def handle(self, *, file=None, **options):
        with translation.override(settings.LANGUAGE_CODE):
            if file is None:
                self.load_shipped()
            else:
                self.load(file, **options)

    def load_shipped(self):
        at = timezone.now()
        found = indicator_reading.read_shipped(at=at)
        if found.problems:
            raise CommandError(self.wrong(found))
        load = indicators.load_shipped(found.values, at=at)
        self.stdout.write(
            f"{len(found.values)} values of indicators are loaded." if load else "These indicators were loaded before."
        )

    def load(self, file, *, by, source, mark, year, dry_run, **options):
        if not by:
            raise CommandError("Say who answers for the table: --by USERNAME, somebody who keeps indicators.")
        officer, at = officer_of(by), timezone.now()
        try:
            data = file.read_bytes()
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem
        told = {"source": source, "mark": mark, "year": year, "region": officer.jurisdiction}
        found = indicator_reading.read(data, at=at, **told)
        if found.problems:
            raise CommandError(self.wrong(found))
        for words in found.notes:
            self.stdout.write(words)
        try:
            with transaction.atomic():
                self.taken(found, officer, at, dry_run)
        except NotAllowed as refusal:
            raise CommandError(str(refusal)) from refusal

    def taken(self, found, officer, at, dry_run):
        load = indicators.receive(found.values, by=officer, at=at)
        changes = indicators.changes(load)
        new, other = sum(each.is_new for each in changes), sum(each.is_different for each in changes)
        if not dry_run and load.state != load.State.TAKEN_IN:
            indicators.take_in(load, by=officer, at=at)
        verb = "would be" if dry_run else "are"
        self.stdout.write(f"{new} values {verb} new, {other} {verb} other than before; table {load.pk}.")
        if dry_run:
            transaction.set_rollback(True)

    def wrong(self, found):
        lines = [f"  {problem.row or '-'} {problem.column}: {problem.words}" for problem in found.problems[:SHOWN]]
        more = len(found.problems) - SHOWN
        lines += [f"  and {more} more"] if more > 0 else []
        return "\n".join(["Nothing was taken in. Wrong are (line, column):", *lines])
