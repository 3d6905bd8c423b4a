"""An installation of its own in a folder: keys, tables, catalogues, the places of one province, and a small world.

It is made by a process of its own with the real settings, so that nothing of the tests' settings gets into it; once
for a run, and whoever needs one gets a copy.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OF_OUR_OWN = ("SIMPUL_", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")

KEYS = """
from pathlib import Path
import sys
from simpul.confidentiality import keys
keys.make(Path(sys.argv[1]))
"""
EMPTY = """
import django
django.setup()
from datetime import date
from django.core.management import call_command
from django.utils import timezone
from simpul.places import loading as places
from simpul.reference import loading as catalogues
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
catalogues.load(at=timezone.now())
places.load(on=date(2026, 8, 1), only="61")
"""
PEOPLE = """
import django
django.setup()
from django.utils import timezone
from tests.world import World
World(timezone.now())
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


@pytest.fixture(scope="session")
def installed_empty(once):
    """`installed_empty(home)` gives a folder that is an installation in which nobody works yet."""
    return _copies(once("empty-installation", _empty))


@pytest.fixture(scope="session")
def installed(once, installed_empty):
    """`installed(home)` gives a folder that is an installation with the small world."""
    return _copies(once("installation", lambda home: run(PEOPLE, installed_empty(home))))


def _empty(home):
    run(KEYS, home, str(home / "keys"))
    run(EMPTY, home)


def _copies(made):
    def copied(home):
        shutil.copytree(made, home)
        return home

    return copied
