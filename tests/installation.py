"""An installation of its own in a folder: keys, tables, catalogues, the places of one province, and a small world.

It is made by a process of its own with the real settings, so that nothing of the tests' settings gets into it.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OF_OUR_OWN = ("SIMPUL_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")

MAKE = """
import django
django.setup()
from datetime import date
from django.core.management import call_command
from django.utils import timezone
from simpul.places import loading as places
from simpul.reference import loading as catalogues
from tests.world import World
at = timezone.now()
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
catalogues.load(at=at)
places.load(on=date(2026, 8, 1), only="61")
World(at)
"""
KEYS = """
from pathlib import Path
import sys
from simpul.confidentiality import keys
keys.make(Path(sys.argv[1]))
"""


def surroundings(home, **more):
    """The environment of a process that works in an installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OF_OUR_OWN)}
    own = {"SIMPUL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "simpul.settings", "PYTHONPATH": str(ROOT)}
    return kept | own | more


def run(code, home, *arguments, **more):
    """Run Python code in an installation; returns what it printed, and fails with what it said where it failed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=surroundings(home, **more), cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def make(home):
    """Make an installation in a folder."""
    run(KEYS, home, str(home / "keys"))
    run(MAKE, home)
    return home
