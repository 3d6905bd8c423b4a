"""`simpul keys`: making, showing, rotating and retiring the keys, and the recovery kit."""

import os
import stat
import sys
from base64 import b64decode
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.db.models import Count
from django.utils import timezone

from simpul.confidentiality import keys, recovery, rotation
from simpul.confidentiality.data_keys import secret_of
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.sealing import SealBroken, generation_in_use
from simpul.console import reindexing, sheets
from simpul.console.progress import Progress

MADE = """Keys of generation {name} are in {folder}:
  portal.json   seals reports. The public process and the desk read it. Back it up, apart from the database.
  opening.json  opens them. Only the desk may read it: not the public process, not the database server, no backup.
Print the recovery kit now, for three people: simpul keys kit"""

ROTATED = """New data keys are sealed to generation {new}, and so are the {count} there were.
What is left to do, in this order:
  1. Start every process of Simpul again: until then it seals to {old}.
  2. simpul keys rotate --finish     seals what came in meanwhile
  3. simpul keys kit                 new sheets for the three holders
  4. simpul keys retire {old}     forgets the old key; backups from before then open only with its old sheets"""

RETIRED = """Generation {name} is forgotten.
Backups from before the rotation open only with its three sheets: keep those as long as the backups, then burn both.
Once they are gone, what was erased before the rotation is gone everywhere."""


class Command(BaseCommand):
    help = "Make, show, rotate and retire the keys; print the recovery kit; restore from it."
    requires_system_checks = []

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        acts.add_parser("make", help="make both key files of a new installation")
        acts.add_parser("show", help="say which keys there are, and what is sealed to them")
        rotate = acts.add_parser("rotate", help="make a new seal key and seal every data key to it")
        rotate.add_argument("--finish", action="store_true", help="make no new key; seal what came in meanwhile")
        retire = acts.add_parser("retire", help="forget an old seal key that nothing is sealed to any more")
        retire.add_argument("generation", help="the key, as in simpul keys show")
        kit = acts.add_parser("kit", help="print the recovery kit: three sheets, any two of which restore the key")
        kit.add_argument("--folder", type=Path, help="write three files there and print nothing")
        restore = acts.add_parser("restore", help="bring a lost opening key back from two sheets")
        restore.add_argument("--sheet", type=Path, action="append", default=[], help="a file with a sheet; twice")
        acts.add_parser("reindex", help="make the search indexes anew, after the blind key was lost")

    def handle(self, *, act, **options):
        try:
            getattr(self, act)(**options)
        except keys.KeysError as problem:
            raise CommandError(str(problem)) from problem

    def make(self, **options):
        name = keys.make(settings.KEYS_FOLDER)
        take_up()
        self.stdout.write(MADE.format(name=name, folder=settings.KEYS_FOLDER))

    def show(self, **options):
        self.stdout.write("\n".join([*files(), "", *generations()]))

    def rotate(self, *, finish, **options):
        old = generation_in_use()
        # Asked before anything is made: a database that does not answer leaves the keys as they are.
        waiting = rotation.waiting(old).count()
        if finish:
            done = self.reseal(old, waiting)
            self.stdout.write(f"{done} data keys were sealed to generation {old}. None is sealed to an older one now.")
            return
        new = keys.add_generation(settings.KEYS_FOLDER)
        take_up()
        done = self.reseal(new, rotation.waiting(new).count())
        self.stdout.write(ROTATED.format(new=new, old=old, count=done))

    def reseal(self, generation, waiting):
        told = Progress(self.stderr.write, f"of {waiting:,} data keys sealed again")
        return rotation.reseal_all(generation, at=timezone.now(), told=told)

    def retire(self, *, generation, **options):
        rotation.retire(generation, folder=settings.KEYS_FOLDER, at=timezone.now())
        take_up()
        self.stdout.write(RETIRED.format(name=generation))

    def kit(self, *, folder, **options):
        name = generation_in_use()
        opening = keys.read(settings.KEYS_FOLDER / keys.OPENING)
        if name not in opening["seeds"]:
            raise CommandError(f"opening.json has no key of generation {name}. Run `simpul keys restore` first.")
        seed = b64decode(opening["seeds"][name])
        pages = sheets.printed(seed, generation=name, region=settings.REGION_NAME, on=timezone.localdate())
        if folder is None:
            self.stdout.write("\f".join(pages))
            return
        for number, page in enumerate(pages, start=1):
            self.stdout.write(str(written(folder, name, number, page)))
        self.stdout.write("Print each for one holder, then delete the files: whoever has two of them opens everything.")

    def restore(self, *, sheet, **options):
        if len(sheet) not in {0, 2}:
            raise CommandError("Two sheets are needed: give --sheet FILE twice, or none to type them.")
        first, second = [text_of(path) for path in sheet] if sheet else self.typed()
        name = keys.restore_seed(settings.KEYS_FOLDER, recovery.join(sheets.groups_in(first), sheets.groups_in(second)))
        take_up()
        self.stdout.write(f"opening.json has the key of generation {name} again.")
        self.stdout.write("\n".join(after_restoring(name)))

    def typed(self):
        if sys.stdin.isatty():
            self.stdout.write("Type two sheets group by group, with an empty line after each.")
        lines, found = [], []
        for line in sys.stdin:
            lines.append(line)
            found = sheets.typed_sheets(lines)
            if len(found) == 2 and not line.strip():
                break
        if len(found) != 2:
            raise CommandError(f"Two sheets are needed, with an empty line between them; {len(found)} was typed.")
        return found

    def reindex(self, **options):
        if "blind_key" not in keys.read(settings.KEYS_FOLDER / keys.OPENING):
            keys.new_blind_key(settings.KEYS_FOLDER)
            take_up()
        done = reindexing.index_all(told=Progress(self.stderr.write, "persons indexed"))
        self.stdout.write(f"{done} persons are indexed; reporters' contacts follow within minutes, while Simpul runs.")
        self.stdout.write("Start every process of Simpul again: until then it searches with the lost key.")


def take_up():
    """Use the key files as they are now. Settings were read when the process began."""
    found = {}
    for name in (keys.PORTAL, keys.OPENING):
        path = settings.KEYS_FOLDER / name
        found |= keys.read(path) if path.is_file() else {}
    settings.KEYS = found


def files():
    """A line for each key file: whether it is there and who may read it."""
    for name in (keys.PORTAL, keys.OPENING):
        path = settings.KEYS_FOLDER / name
        yield f"{path}  {state_of(path)}"
    opening = settings.KEYS_FOLDER / keys.OPENING
    if opening.is_file() and opening.stat().st_mode & stat.S_IROTH:
        yield "Everybody on this machine may read opening.json. Run: chmod o-r " + str(opening)


def state_of(path):
    if not path.is_file():
        return "is missing"
    if not os.access(path, os.R_OK):
        return "is there; this user may not read it"
    return f"is there ({stat.filemode(path.stat().st_mode)})"


def generations():
    """A line for each generation of the seal key: whether it is in use, can be opened, and what is sealed to it."""
    seeds, sealed = settings.KEYS.get("seeds", {}), sealed_to_each()
    in_use = generation_in_use() if "seal_key" in settings.KEYS else None
    for name in sorted({*seeds, *sealed, *({in_use} - {None})}, key=lambda name: (name != in_use, name)):
        use = "in use" if name == in_use else "old"
        opens = "can be opened" if name in seeds else "CANNOT BE OPENED here"
        yield f"{name}  {use}, {opens}, {sealed.get(name, 0)} data keys sealed to it"
    if "blind_key" not in settings.KEYS:
        yield "There is no blind key here: persons cannot be searched."


def sealed_to_each():
    try:
        counted = DataKey.objects.filter(destroyed_at=None).values("generation").annotate(count=Count("pk"))
        return {row["generation"]: row["count"] for row in counted}
    except DatabaseError:
        # Keys are looked at before there are tables, too.
        return {}


def written(folder, name, number, page):
    """Write one sheet where only its owner may read it; returns the path."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"simpul-{name}-{number}.txt"
    try:
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(page)
    except FileExistsError:
        raise CommandError(f"{path} exists. Sheets of two printings do not fit together: remove it first.") from None
    return path


def text_of(path):
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path} cannot be read: {problem}.") from None


def after_restoring(name):
    """Whether the key really opens what is there, and whether searching works."""
    example = rotation.sealed_to(name).first()
    if example is not None:
        try:
            secret_of(example)
        except SealBroken:
            yield "But a data key of it does not open: the database was altered, or is another installation's."
            return
        yield f"It opens the {rotation.sealed_to(name).count()} data keys that are sealed to it."
    if "blind_key" not in settings.KEYS:
        yield "The blind key did not come back with it. To search again, run: simpul keys reindex"
    yield "Start every process of Simpul again."
