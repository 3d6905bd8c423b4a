"""Settings for tests: the real ones, in a home of their own with keys of their own.

Every test process has its own home, so that processes side by side never meet in a file. They share their keys, so
that one can read what another has sealed.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from simpul.confidentiality import keys

_home = Path(tempfile.mkdtemp(prefix="simpul-test-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["SIMPUL_HOME"] = str(_home)
_keys_of_the_run = os.environ.setdefault("SIMPUL_KEYS_OF_THE_RUN", str(_home / "keys"))
os.environ["SIMPUL_KEYS"] = str(_home / "keys")
for _name in ("SIMPUL_DEMO", "SIMPUL_DEBUG", "SIMPUL_BENCH", "SIMPUL_HOSTS", "SIMPUL_HTTPS", "SIMPUL_SECOND_FACTOR"):
    os.environ.pop(_name, None)
if not os.environ.get("SIMPUL_TEST_DATABASE"):
    # A developer's own DATABASE_URL is never tested on.
    os.environ.pop("DATABASE_URL", None)
if Path(_keys_of_the_run) == _home / "keys":
    keys.make(_home / "keys")
else:
    # Another process began the run and started this one.
    shutil.copytree(_keys_of_the_run, _home / "keys")
(_home / "static").mkdir()
# Records are compared in the tests that are about it.
os.environ["SIMPUL_LINKAGE_SOCKET"] = "off"

from simpul.settings import *  # noqa: E402, F403
from simpul.settings import DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["*"]

# A slow hash protects passwords that somebody stole; the passwords of tests are worth nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# No test pulls the plug, so a test does not wait for the disk.
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}

# Pages are tested without collecting their static files first.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
