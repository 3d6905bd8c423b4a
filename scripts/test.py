"""The whole check: style, layers, types, tests on SQLite with a real browser, tests on a real PostgreSQL.

Every step runs, also after one failed, so that one run tells everything; a summary closes the run.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
BYTECODE = ROOT / ".pytest_cache" / "bytecode"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What these say of the source is the same on every database.
SOURCE_ONLY = (
    *(f"tests/house/test_{name}.py" for name in (
        "acts", "documented", "imports", "lint", "mirror", "rights_page", "stories", "translated", "words",
    )),
    *(f"tests/documents/test_{name}.py" for name in ("letters", "papers", "pdf", "sheets", "statements")),
    "tests/lib",
    "tests/linkage/engines",
    "tests/spec",
    "tests/insight/methods",
    "tests/insight/test_drawing.py",
    "tests/migrants/reading",
    "tests/migrants/test_any_sheet.py",
    *(f"tests/places/test_{name}.py" for name in ("addresses", "gazetteer", "land", "outlines", "phrases")),
    # Whether the invented year loads is tried on both (`test_load`); what it holds does not depend on the database.
    *(f"tests/demo/test_{name}.py" for name in (
        "every_state", "handling", "manifests", "register", "releases", "returned", "returns", "reviewed", "today",
        "truth", "watched",
    )),
    # What a form answers to nonsense is decided before the database is asked.
    "tests/house/test_typing.py",
)  # fmt: skip

# What shares a module runs in one process; what takes longest begins first (see tests/conftest.py).
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
STEPS = {
    "style": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "layers": [str(BIN / "lint-imports"), "--no-logo"],
    "types": [str(BIN / "mypy")],
    "tests on SQLite": [PYTHON, "-m", "pytest", "-q", *SIDE_BY_SIDE],
    "tests on PostgreSQL": [
        PYTHON, "-m", "tests.postgres", PYTHON, "-m", "pytest", "-q", *SIDE_BY_SIDE,
        "-m", "not browser and not sqlite", *(f"--ignore={path}" for path in SOURCE_ONLY),
    ],
}  # fmt: skip
PARTS = {"lint": ("style", "format", "layers", "types"), "tests": ("tests on SQLite", "tests on PostgreSQL")}


def main():
    parser = argparse.ArgumentParser(description="Check and test Simpul.")
    parser.add_argument("--only", choices=PARTS, help="only the quick checks, or only the tests")
    part = parser.parse_args().only
    names = PARTS[part] if part else tuple(STEPS)
    if part != "lint":
        get_gettext()
        get_chromium()
        get_postgresql()
    results = [(name, *run(name)) for name in names]
    return summary(results)


def run(name):
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    code = subprocess.run(STEPS[name], cwd=ROOT, env=surroundings(), check=False).returncode
    return code, time.monotonic() - started


def surroundings():
    """Our own environment, with bytecode kept apart from the sources, also where the environment wants none at all.

    Without it every worker, server and command that the tests start compiles the whole of Django again.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(BYTECODE)}


def summary(results):
    print("\n== summary")
    for name, code, seconds in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'}  {name:<20}  {seconds:5.0f} s")
    return 1 if any(code for _name, code, _seconds in results) else 0


def get_gettext():
    """What collects sentences, for the test that none is without its translation."""
    if not shutil.which("xgettext"):
        apt_install("gettext")


def get_chromium():
    """A browser for the stories, from the system's packages where we may install them."""
    if os.environ.get("SIMPUL_CHROMIUM") or any(shutil.which(name) for name in CHROMIUMS):
        return
    if not apt_install("chromium"):
        print("There is no Chromium here, so the browser stories are skipped. Install the package chromium (as root:")
        print("apt-get install chromium), or name a browser in SIMPUL_CHROMIUM, and run this again.", flush=True)


def get_postgresql():
    """A PostgreSQL server to test against; without one of the system's, the one from the Python package is used."""
    installed = any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")
    if not os.environ.get("SIMPUL_TEST_PG") and not installed:
        apt_install("postgresql")


def apt_install(package):
    """Whether Debian's package could be installed. Only root may; nobody else is asked for a password."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing Debian's package {package} ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    )
    return all(
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in commands
    )


if __name__ == "__main__":
    sys.exit(main())
