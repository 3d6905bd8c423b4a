"""Reading the environment: what an operator sets becomes a setting, and a mistake becomes a sentence."""

import json
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name, *, default):
    """A yes or no from the environment: 1, true, yes, on; 0, false, no, off."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no. Write 1 or 0.")


def listed(name, *, default):
    """A comma-separated list from the environment."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def keys_folder(home):
    """Where the key files lie."""
    return Path(os.environ.get("SIMPUL_KEYS", home / "keys"))


def keys(home, *names):
    """The entries of the named key files that this process may read, in one dict.

    A process without `opening.json` can seal and cannot open. Missing files give an empty dict: `simpul keys make`
    has not run yet, and the first use of a key says so.
    """
    found = {}
    for name in names:
        path = keys_folder(home) / name
        if path.is_file() and os.access(path, os.R_OK):
            found.update(json.loads(path.read_text()))
    return found


def secret_key(found):
    """Django's signing key; a process that has no keys yet gets one that lives as long as it does."""
    return found.get("signing_key") or os.urandom(32).hex()


def database(home):
    """A Django database from `DATABASE_URL`, or SQLite in the installation's own folder."""
    url = urlsplit(os.environ.get("DATABASE_URL") or f"sqlite:///{home / 'simpul.sqlite3'}")
    if url.scheme == "sqlite":
        return sqlite(url.path[1:] if url.path.startswith("//") else url.path)
    if url.scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {url.scheme!r}. Write postgresql://user:password@host/name or sqlite:////path/file."
    )


def sqlite(path):
    """The embedded default. Every acknowledged report is on the disk: WAL with synchronous=FULL.

    What is written goes back into the file a few thousand pages at a time, so that an acknowledged report waits for
    one sync and seldom for more.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
                "PRAGMA wal_autocheckpoint=4000"
            ),
        },
    }


def postgresql(url):
    """PostgreSQL for several agencies; the same application, the same tests."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
    }
