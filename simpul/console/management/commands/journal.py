"""`simpul journal`: verifying the journal, its anchors, and its last entries."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from simpul.agencies.models import Officer
from simpul.console.progress import Progress
from simpul.journal import anchors, chain, queries
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.models import Entry

MOST_FAULTS = 100


class Command(BaseCommand):
    help = "Verify the journal, list its anchors, show its last entries."
    requires_system_checks = []

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        verify = acts.add_parser("verify", help="look whether an entry was altered, removed or put in")
        verify.add_argument("--anchors", type=Path, metavar="FILE", help="a copy of the anchors kept elsewhere")
        noted = acts.add_parser("anchors", help="list the ends of the journal that were noted outside the database")
        noted.add_argument("--note", action="store_true", help="note the present end first")
        tail = acts.add_parser("tail", help="show the last entries; the reading is journalled, too")
        tail.add_argument("-n", "--lines", type=int, default=20, help="how many (20)")
        tail.add_argument("--file", default="", help="only those in one file, as cases.case:12")

    def handle(self, *, act, **options):
        getattr(self, act)(**options)

    def verify(self, *, anchors, **options):
        known = noted(anchors)
        faults = chain.verify(anchors=known, told=Progress(self.stderr.write, "entries read"))
        if faults:
            self.complain(faults)
        last = queries.latest().first()
        if last is None:
            self.stdout.write("The journal holds: it is empty.")
            return
        count = Entry.objects.count()
        self.stdout.write(
            f"The journal holds: {count:,} entries, the last of {moment(last.at)}; anchors compared: {len(known)}."
        )

    def complain(self, faults):
        for fault in faults[:MOST_FAULTS]:
            self.stdout.write(fault.sentence)
        if len(faults) > MOST_FAULTS:
            self.stdout.write(f"... and {len(faults) - MOST_FAULTS:,} more.")
        hint = ""
        if len(faults) >= Entry.objects.count() > 1:
            hint = " Every entry is faulted: is portal.json the one the entries were written with?"
        raise CommandError(f"The journal does not hold: {len(faults):,} faults.{hint}", returncode=1)

    def anchors(self, *, note, **options):
        if note:
            anchors.note()
        known = noted()
        for number, link in known:
            self.stdout.write(f"{number} {link}")
        if not known:
            self.stdout.write("Nothing was noted yet. It is done every hour, or by: simpul journal anchors --note")
            return
        self.stdout.write(f"Copy {anchors.path()} to another machine from time to time. It is not secret.")

    def tail(self, *, lines, file, **options):
        if lines < 1:
            raise CommandError("Write how many lines with a number above zero, as in -n 50.")
        found = queries.latest()
        if file:
            found = found.filter(file=file)
        entries = list(found[:lines])
        with transaction.atomic():
            enter(Act.JOURNAL_READ, on="journal", by=None, at=timezone.now(), entries=len(entries))
        names = dict(Officer.objects.filter(pk__in={e.officer_id for e in entries}).values_list("pk", "username"))
        for entry in reversed(entries):
            self.stdout.write(line_of(entry, names))


def noted(copy=None):
    try:
        return anchors.noted(copy)
    except (OSError, ValueError) as problem:
        raise CommandError(str(problem)) from problem


def line_of(entry, names):
    """One entry on one line; what came from the public or from the system itself has no officer."""
    who = names.get(entry.officer_id, "-")
    facts = " ".join(f"{name}={value}" for name, value in sorted(entry.facts.items()))
    where = entry.subject if entry.subject == entry.file else f"{entry.subject} in {entry.file}"
    return f"{entry.number:>8}  {moment(entry.at)}  {entry.act:<24}  {who:<12}  {where}  {facts}".rstrip()


def moment(at):
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"
