"""`simpul linkage-keys`: the key process of linkage, its epochs, its log, and what the key holder allows."""

import getpass
import os
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from simpul.console.progress import Progress
from simpul.linkage.custody import keeper
from simpul.linkage.custody.epochs import Folder
from simpul.linkage.custody.logbook import Logbook
from simpul.linkage.custody.quotas import Ledger, read_limits
from simpul.linkage.matching.keys import KeysError, create_file

MOST_FAULTS = 100
LONGEST_GRANT = timedelta(days=31)
# More records than the invented region has, with what is tried on it in a day.
DEMONSTRATION = 10_000
MADE = """The secret of epoch {epoch} is in {folder} ({fingerprint}).
Nobody but the user {user} may read that folder, and it belongs into no backup: what is lost with it is made anew from
the records, in a new epoch. Start the process with: simpul linkage-keys serve"""
BEGUN = """Epoch {new} is open beside {old} ({fingerprint}). A running key process evaluates both from now on.
What is left to do, in this order:
  1. Encode everything anew; where it is much, allow it: simpul linkage-keys allow --records NUMBER ...
  2. simpul linkage-keys end-epoch {old}     destroys its secret; what is still encoded in it then fits nothing"""

KEY_FILE = """{path} holds a new secret of epoch {epoch} ({fingerprint}).
Give it in person to the owner of the other list, and never to whoever compares the encodings:
with it names and numbers can be tried out. Encode with: simpul match LIST.csv --encode {path} -o ENCODED
Both of you delete it when the work is done."""


class Command(BaseCommand):
    help = "Keep the secret of linkage: serve tags, look at the log, allow bulk work, begin and end epochs."
    requires_system_checks = []

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        acts.add_parser("serve", help="run the key process, where simpul serve does not start it already")
        make = acts.add_parser("make", help="make the folder of the key process, with a first epoch")
        make.add_argument("--epoch", help="its name (this year)")
        begin = acts.add_parser("begin-epoch", help="begin an epoch with a new secret beside the one that is open")
        begin.add_argument("epoch", nargs="?", help="its name (this year)")
        end = acts.add_parser("end-epoch", help="destroy the secret of the older epoch")
        end.add_argument("epoch")
        status = acts.add_parser("status", help="say which epochs are open, who asked how much, and what is allowed")
        status.add_argument("--days", type=int, default=7, help="how many days back (7)")
        verify = acts.add_parser("verify", help="look whether a line of the log was altered, removed or put in")
        verify.add_argument("--anchor", action="append", default=[], metavar="NUMBER:LINK", help="as status printed it")
        allow = acts.add_parser("allow", help="allow bulk work beyond the limits, for a reason that is logged")
        allow.add_argument("--records", type=int, required=True, help="how many records")
        allow.add_argument("--until", required=True, help="a day, as 2026-12-01, or a moment; a month at most")
        allow.add_argument("--reason", required=True, help="what for, in words; no person's name")
        allow.add_argument("--caller", help="the user of the system that may (the only one, where there is one)")
        withdraw = acts.add_parser("withdraw", help="end a grant")
        withdraw.add_argument("grant")
        key_file = acts.add_parser("key-file", help="make a key file with which two owners encode their lists")
        key_file.add_argument("path", type=Path)
        key_file.add_argument("--epoch", help="the name of its epoch (this year)")

    def handle(self, *, act, **options):
        try:
            getattr(self, act.replace("-", "_"))(**options)
        except KeysError as problem:
            raise CommandError(str(problem)) from problem
        except PermissionError as problem:
            raise CommandError(
                f"{problem.filename} may not be read or written by {getpass.getuser()}. Run this as the user who keeps "
                "the keys of linkage."
            ) from None

    def serve(self, **options):
        folder = Folder(settings.LINKAGE_KEYS)
        folder.own_key()
        sys.stdout.flush()
        # Without Django and the database it needs a few megabytes, and it meets neither.
        os.execv(sys.executable, [sys.executable, "-m", "simpul.linkage.custody.keeper", *keeper_arguments()])

    def make(self, *, epoch, **options):
        folder = Folder(settings.LINKAGE_KEYS)
        ring = folder.make(epoch or this_year())
        log_of(folder).enter("keys made", at=timezone.now(), user=getpass.getuser(), epochs=[ring.epoch])
        self.stdout.write(
            MADE.format(
                epoch=ring.epoch, folder=folder.path, fingerprint=ring.fingerprint, user=keeper.name_of(os.getuid())
            )
        )

    def begin_epoch(self, *, epoch, **options):
        folder = Folder(settings.LINKAGE_KEYS)
        old = [*folder.rings()][-1]
        ring = folder.begin(epoch or this_year())
        log_of(folder).enter("epoch begun", at=timezone.now(), user=getpass.getuser(), epochs=[old, ring.epoch])
        self.stdout.write(BEGUN.format(new=ring.epoch, old=old, fingerprint=ring.fingerprint))

    def end_epoch(self, *, epoch, **options):
        folder = Folder(settings.LINKAGE_KEYS)
        folder.end(epoch)
        log_of(folder).enter("epoch ended", at=timezone.now(), user=getpass.getuser(), epochs=[epoch])
        self.stdout.write(f"The secret of epoch {epoch} is destroyed. Delete what is still encoded in it.")

    def status(self, *, days, **options):
        folder = Folder(settings.LINKAGE_KEYS)
        now = timezone.now()
        number, link = log_of(folder).end()
        for line in (
            *epochs(folder),
            *running(),
            "",
            *asked(log_of(folder), days=days, now=now),
            "",
            *grants(ledger_of(folder), now),
            f"The log has {number:,} lines. Note elsewhere: {number}:{link}",
        ):
            self.stdout.write(line)

    def verify(self, *, anchor, **options):
        folder = Folder(settings.LINKAGE_KEYS)
        found = log_of(folder).verify(
            noted=ledger_of(folder).noted(),
            anchors=[read_anchor(text) for text in anchor],
            told=Progress(self.stderr.write, "lines read"),
        )
        for fault in found.faults[:MOST_FAULTS]:
            self.stdout.write(fault.sentence)
        if found.faults:
            raise CommandError(f"The log does not hold: {len(found.faults):,} faults.", returncode=1)
        self.stdout.write(f"The log holds: {found.lines:,} lines. Note elsewhere: {found.number}:{found.link}")

    def allow(self, *, records, until, reason, caller, **options):
        folder, now = Folder(settings.LINKAGE_KEYS), timezone.now()
        ends_at, reason = moment(until, now), " ".join(reason.split())
        if records < 1:
            raise CommandError("Write how many records with a number above zero, as --records 200000.")
        if not 3 <= len(reason) <= 200:
            raise CommandError("Write a reason of 3 to 200 letters. It stands in the log.")
        user = caller_of(caller)
        name = granted(folder, caller=user, records=records, ends_at=ends_at, reason=reason, at=now)
        self.stdout.write(f"Grant {name}: {user} may have {records:,} records evaluated until {shown(ends_at)}.")

    def withdraw(self, *, grant, **options):
        folder = Folder(settings.LINKAGE_KEYS)
        if not ledger_of(folder).withdraw(grant):
            raise CommandError(f"There is no grant {grant}.")
        log_of(folder).enter("withdrawn", at=timezone.now(), user=getpass.getuser(), grant=grant)
        self.stdout.write(f"Grant {grant} is ended.")

    def key_file(self, *, path, epoch, **options):
        ring = create_file(path, epoch or this_year())
        self.stdout.write(KEY_FILE.format(path=path, epoch=ring.epoch, fingerprint=ring.fingerprint))


def keeper_arguments(*, make=False):
    """What the key process is started with, as the settings say."""
    found = ["--folder", str(settings.LINKAGE_KEYS), "--socket", str(settings.LINKAGE_SOCKET)]
    for name in settings.LINKAGE_CALLERS:
        found += ["--caller", name]
    return [*found, "--make"] if make else found


def granted(folder, *, caller, records, ends_at, reason, at):
    """Let a user of the system have so many records evaluated beyond the limits; returns the grant's name."""
    name = ledger_of(folder).allow(caller, records=records, until=ends_at, reason=reason)
    log_of(folder).enter(
        "allowed", at=at, user=getpass.getuser(), caller=caller, grant=name, records=records,
        until=ends_at.astimezone(UTC).isoformat(timespec="minutes"), reason=reason,
    )  # fmt: skip
    return name


def granted_for_the_demonstration():
    """A grant for everybody in the invented region: with the limits of an office they would be compared after hours."""
    folder, now = Folder(settings.LINKAGE_KEYS), timezone.now()
    if not folder.exists:
        folder.make(this_year())
    return granted(
        folder, caller=keeper.name_of(os.getuid()), records=DEMONSTRATION, ends_at=now + timedelta(days=1),
        reason="Everybody in the demonstration is invented.", at=now,
    )  # fmt: skip


def log_of(folder):
    return Logbook(folder.path / keeper.LOG, folder.own_key())


def ledger_of(folder):
    return Ledger(folder.path / keeper.LEDGER, folder.own_key(), limits=read_limits(folder.path / keeper.LIMITS))


def epochs(folder):
    rings = folder.rings()
    for name, ring in reversed(rings.items()):
        use = "in use" if name == [*rings][-1] else "still open, to be ended when everything is encoded anew"
        yield f"Epoch {name}  {use}  {ring.fingerprint}"


def running():
    """Whether the process answers on its socket, and as whom."""
    try:
        keeper.clear_away(Path(settings.LINKAGE_SOCKET))
    except KeysError:
        yield f"The key process listens on {settings.LINKAGE_SOCKET}."
    else:
        yield f"The key process does not run: nobody listens on {settings.LINKAGE_SOCKET}."
    if not settings.LINKAGE_CALLERS:
        yield "It answers the user it runs as. Whoever gets that user's rights can read the secret: for real"
        yield "reports give it a user of its own and name the desk's user in SIMPUL_LINKAGE_CALLERS."


def asked(log, *, days, now):
    """Who asked how much on each of the last days."""
    since = now - timedelta(days=days - 1)
    counted = {}
    for line in log.lines(since=f"{since.astimezone(UTC):%Y-%m}"):
        day = timezone.localtime(datetime.fromisoformat(line["at"])).date()
        if day >= timezone.localtime(since).date():
            who = (day, line.get("user", "-"), line.get("service", "-"))
            counted.setdefault(who, Counter()).update(numbers_of(line))
    if not any(+counts for counts in counted.values()):
        yield f"Nobody asked for anything in {days} days."
        return
    for (day, user, service), counts in sorted(counted.items()):
        if +counts:
            yield f"{day}  {user:<12} {service:<12} " + in_words(counts)


def numbers_of(line):
    what = line["what"]
    if what == "evaluated":
        return {"records": 1, "tags": line["tags"]}
    if what == "turned away":
        return {"turned away": line["more"]}
    return {"turned away": 1} if what in {"refused", "malformed", "stranger"} else {}


def in_words(counts):
    told = f"{counts['records']:,} records with {counts['tags']:,} tags"
    if counts["turned away"]:
        told += f"; {counts['turned away']:,} questions were refused or not understood"
    return told


def grants(ledger, now):
    for grant in ledger.grants(at=now):
        left = grant.records - grant.used
        yield f"Grant {grant.name}: {grant.caller}, {left:,} of {grant.records:,} left until {shown(grant.until)}"
        yield f"  {grant.reason}"


def caller_of(name):
    known = settings.LINKAGE_CALLERS or [keeper.name_of(os.getuid())]
    if name is None and len(known) == 1:
        return keeper.name_of(*keeper.uids_of(known))
    if name is None:
        raise CommandError(f"Write which user may: --caller, one of {', '.join(known)}.")
    return keeper.name_of(*keeper.uids_of([name]))


def moment(text, now):
    """The end of a day, or a moment, in the office's time; from now to a month on."""
    try:
        at = parse_datetime(text) if len(text) > 10 else None
        day = parse_date(text) if at is None else None
    except ValueError:
        at = day = None
    if day is not None:
        at = datetime.combine(day, datetime.max.time().replace(microsecond=0))
    if at is None:
        raise CommandError(f"{text!r} is no day. Write it as 2026-12-01.")
    at = timezone.make_aware(at) if timezone.is_naive(at) else at
    if not now < at <= now + LONGEST_GRANT:
        raise CommandError("A grant lasts a month at most, and ends in the future.")
    return at


def read_anchor(text):
    number, _colon, link = text.partition(":")
    if not number.isdecimal() or len(link) != 64:
        raise CommandError("An anchor is written as status printed it: NUMBER:LINK.")
    return int(number), link


def this_year():
    return f"{timezone.localdate():%Y}"


def shown(at):
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
