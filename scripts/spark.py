"""Spark: install it into .venv-spark, apart from the application, and run the specification of matching on it.

python scripts/spark.py             install what is missing, then run tests/spec on Spark
python scripts/spark.py --install   install only; afterwards .venv-spark/bin/simpul match ... --engine splink-spark

Spark is 700 MB and one package comes as source, so it is no part of `make setup-dev` and of CI. It needs Java 17 or
newer: openjdk-17-jre-headless on Debian.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import time

from setup import LAUNCHER, ROOT
from test import apt_install

PLACE = ROOT / ".venv-spark"
PYTHON = PLACE / "bin" / "python"
LOCK = ROOT / "requirements" / "spark.lock"
MARK = PLACE / "simpul-spark.txt"
JAVA = "openjdk-17-jre-headless"


def main():
    parser = argparse.ArgumentParser(description="Run the specification of matching on Spark.")
    parser.add_argument("--install", action="store_true", help="only install")
    options = parser.parse_args()
    if not shutil.which("java") and not apt_install(JAVA):
        print(f"Spark needs Java, and there is none here. On Debian and Ubuntu: apt install {JAVA}", file=sys.stderr)
        return 1
    if not is_ready() and not install():
        print("Spark could not be installed; what the installer says stands above.", file=sys.stderr)
        return 1
    if options.install:
        return 0
    command = [str(PYTHON), "-m", "pytest", "-q", "-m", "spark", "--durations=5", "tests/spec/test_matching.py"]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def is_ready():
    return PYTHON.exists() and MARK.exists() and MARK.read_text() == wanted()


def wanted():
    return hashlib.sha256(LOCK.read_bytes() + f"{ROOT} {sys.version}".encode()).hexdigest()


def install():
    print("Installing Spark into .venv-spark (hash-pinned; the first time this fetches 460 MB) ...", flush=True)
    started = time.monotonic()
    uv = [str(ROOT / ".venv" / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(PYTHON)]
    for step in ([sys.executable, "-m", "venv", "--clear", str(PLACE)], [*uv, "--require-hashes", "-r", str(LOCK)]):
        if subprocess.run(step, check=False).returncode:
            return False
    packages = PLACE / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    (packages / "simpul.pth").write_text(f"{ROOT}\n")
    launcher = PLACE / "bin" / "simpul"
    launcher.write_text(LAUNCHER.format(python=PYTHON))
    launcher.chmod(0o755)
    MARK.write_text(wanted())
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
