"""`simpul backup FOLDER`, and `simpul backup --check FILE`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from simpul.console import archives

WITHOUT_KEYS = """The keys are not in it. Keep them apart: portal.json by --with-portal-keys or by a copy of its own,
and the opening key by its recovery kit. Without them nothing in this backup can be read."""
WITH_PORTAL_KEYS = """portal.json is in it, which also holds the journal's key: keep this file as you keep keys.
The opening key is not in it and never is: keep its recovery kit."""


class Command(BaseCommand):
    help = "Write a backup into a folder, or check one."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, help="where the backup goes")
        parser.add_argument("--with-portal-keys", action="store_true", help="put portal.json into it")
        parser.add_argument("--check", type=Path, metavar="FILE", help="look whether a backup is whole")

    def handle(self, *, folder, with_portal_keys, check, **options):
        if (folder is None) == (check is None):
            raise CommandError("Say where the backup goes: simpul backup FOLDER. Or: simpul backup --check FILE")
        try:
            lines = archives.check(check) if check else self.made(folder, with_portal_keys)
        except (archives.BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("\n".join(lines))

    def made(self, folder, with_portal_keys):
        path = archives.make(folder, at=timezone.localtime(), with_portal_keys=with_portal_keys)
        size = path.stat().st_size / 1_000_000
        return [f"{path} ({size:.1f} MB)", WITH_PORTAL_KEYS if with_portal_keys else WITHOUT_KEYS]
