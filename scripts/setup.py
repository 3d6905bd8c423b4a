"""Setting up: from a fresh checkout to a `.venv` in which `simpul` runs.

Needs Python 3.11 or newer with venv, and nothing else. What is installed is pinned by hash in requirements/. A second
run finds its own mark, does nothing and touches no network.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARK = VENV / "simpul-setup.json"
INSTALLER = ROOT / "requirements" / "installer.txt"
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

LAUNCHER = """#!{python}
import sys

from simpul.console.main import main

sys.exit(main())
"""

COMPILE = """
import sys

import polib

for path in sys.argv[1:]:
    polib.pofile(path).save_as_mofile(path[:-2] + "mo")
"""


class SetupError(Exception):
    """Something the person at the keyboard can mend."""


def main():
    parser = argparse.ArgumentParser(description="Set Simpul up in .venv.")
    parser.add_argument("--dev", action="store_true", help="also install what tests and checks need")
    options = parser.parse_args()
    use_new_enough_python()
    try:
        setup("dev" if options.dev else "app")
    except SetupError as problem:
        print(f"Setting up stopped: {problem}", file=sys.stderr)
        return 1
    return 0


def use_new_enough_python():
    """Go on with a newer Python where the one that was called is too old."""
    if sys.version_info >= (3, 11):
        return
    for name in NEWER:
        if shutil.which(name):
            os.execvp(name, [name, *sys.argv])
    version = ".".join(str(part) for part in sys.version_info[:2])
    sys.exit(f"Simpul needs Python 3.11 or newer; this is {version}. Install a newer one, or: make run PYTHON=/path")


def setup(kind):
    """Bring .venv to what the lock file of a kind ("app" or "dev") says."""
    if not is_done(kind):
        started = time.monotonic()
        make_venv()
        install(kind)
        lay_launcher()
        remember(kind)
        print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)
    compile_translations()


def wanted(kind):
    """A fingerprint of everything that decides what is installed. It changes when the checkout is moved, too."""
    digest = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for path in (ROOT / "requirements" / f"{kind}.lock", INSTALLER, Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def marks():
    """The fingerprints of what is installed, by kind."""
    try:
        return json.loads(MARK.read_text())
    except (OSError, ValueError):
        return {}


def is_done(kind):
    """Whether the kind is installed already. What `dev` installs holds all that `app` needs."""
    if not PYTHON.exists():
        return False
    return any(marks().get(each) == wanted(each) for each in {kind, "dev"})


def remember(kind):
    MARK.write_text(json.dumps({kind: wanted(kind)}))


def make_venv():
    if PYTHON.exists() and runs_as_we_do():
        return
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        raise SetupError(
            "this Python has no venv. On Debian and Ubuntu: apt install python3-venv. Then run this again."
        ) from None
    say("Making .venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "the folder .venv could not be made")


def runs_as_we_do():
    """Whether the Python in .venv still starts and is of our version: a system upgrade may have taken it away."""
    question = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == sys.version.strip()


def install(kind):
    lock = ROOT / "requirements" / f"{kind}.lock"
    what = "the application and the tools for its tests" if kind == "dev" else "the application"
    say(f"Installing {what} (hash-pinned; the first time this fetches packages)")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    exact = ["--only-binary", ":all:", "-r"]
    if subprocess.run([*pip, *exact, str(INSTALLER)], check=False).returncode == 0:
        uv = [str(VENV / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
        if subprocess.run([*uv, *exact, str(lock)], check=False).returncode == 0:
            return
    say("uv did not manage; trying pip, which is slower")
    run([*pip, *exact, str(lock)], "a package could not be installed. Is there a network? What pip says stands above")


def lay_launcher():
    """Put the checkout on the path of .venv and the operator's command into its bin."""
    packages = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (packages / "simpul.pth").write_text(f"{ROOT}\n")
    launcher = VENV / "bin" / "simpul"
    launcher.write_text(LAUNCHER.format(python=PYTHON))
    launcher.chmod(0o755)


def compile_translations():
    """Make a .mo file of every .po file that is newer than its own."""
    stale = [str(path) for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")) if is_newer(path)]
    if stale:
        say("Compiling translations")
        run([str(PYTHON), "-c", COMPILE, *stale], "a translation could not be compiled")


def is_newer(path):
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or path.stat().st_mtime > compiled.stat().st_mtime


def run(command, sentence):
    if subprocess.run(command, check=False).returncode:
        raise SetupError(f"{sentence}.")


def say(line):
    print(f"{line} ...", flush=True)


if __name__ == "__main__":
    sys.exit(main())
