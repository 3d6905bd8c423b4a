"""The peers' own environment, .venv-bench: what requirements/bench.lock says, apart from what the application uses.

python -m bench.linkage.environment

Installed with uv from .venv. One small package of the peers comes as source only, so wheels are not insisted on; hashes
are.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

from bench.figures import CannotMeasure

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / ".venv-bench"
PYTHON = PLACE / "bin" / "python"
LOCK = ROOT / "requirements" / "bench.lock"
MARK = PLACE / "simpul-bench.txt"


def interpreter():
    """The Python of the peers, installed when it is not there yet."""
    if not is_ready():
        install()
    return PYTHON


def is_ready():
    return PYTHON.exists() and MARK.exists() and MARK.read_text() == wanted()


def wanted():
    return hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()


def install():
    print("Installing the peers into .venv-bench (hash-pinned; the first time this fetches packages) ...", flush=True)
    uv = [str(ROOT / ".venv" / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON)]
    for step in ([sys.executable, "-m", "venv", "--clear", str(PLACE)], [*uv, "--require-hashes", "-r", str(LOCK)]):
        if subprocess.run(step, check=False).returncode:
            raise CannotMeasure(
                "the peers could not be installed; what the installer says stands above. Run make setup-dev first."
            )
    MARK.write_text(wanted())


if __name__ == "__main__":
    interpreter()
