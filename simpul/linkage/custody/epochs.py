"""The folder of the key process: a secret for each open epoch, and a key of its own for its log and its counts.

An epoch is about a year. Each has a secret that has nothing to do with the one before: when an epoch is ended its
secret is destroyed, and nobody can evaluate anything in it any more. While one takes the place of the other, both are
open and every piece of evidence gets two tags.
"""

import os
import secrets
from pathlib import Path

from simpul.linkage.matching import keys
from simpul.linkage.matching.keys import KeysError

MOST_OPEN = 2
OWN_KEY = "own.key"
EPOCHS = "epochs"


class Folder:
    """What the key process holds. Nobody but its user may look into the folder."""

    def __init__(self, path):
        self.path = Path(path)
        self._read_at, self._rings = None, {}

    @property
    def exists(self):
        return (self.path / OWN_KEY).is_file()

    def make(self, epoch):
        """Make the folder with its own key and a first epoch; returns the ring."""
        if self.exists:
            raise KeysError(f"{self.path} holds keys already. They are never overwritten.")
        try:
            (self.path / EPOCHS).mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.chmod(0o700)
            ring = self._create(epoch)
            with open(os.open(self.path / OWN_KEY, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(secrets.token_bytes(keys.SECRET_SIZE))
                file.flush()
                os.fsync(file.fileno())
        except OSError as problem:
            raise KeysError(f"{self.path} cannot be written: {problem.strerror}.") from None
        return ring

    def own_key(self):
        """The key that links the log and hides what was counted. It has nothing to do with any tag."""
        self._check_private()
        try:
            return (self.path / OWN_KEY).read_bytes()
        except OSError as problem:
            raise KeysError(f"{self.path / OWN_KEY} cannot be read: {problem.strerror}.") from None

    def rings(self):
        """The open epochs by name, the newest last; read again when one was begun or ended."""
        try:
            changed_at = (self.path / EPOCHS).stat().st_mtime_ns
        except OSError:
            raise KeysError(f"{self.path} holds no keys of linkage. Run `simpul linkage-keys make`.") from None
        if changed_at != self._read_at:
            self._rings = {path.stem: keys.read_file(path) for path in sorted((self.path / EPOCHS).glob("*.json"))}
            self._read_at = changed_at
        if not self._rings:
            raise KeysError(f"No epoch is open in {self.path}. Run `simpul linkage-keys begin-epoch`.")
        return self._rings

    def begin(self, epoch):
        """Begin an epoch with a secret of its own beside the one that is open."""
        names = [*self.rings()]
        if len(names) >= MOST_OPEN:
            raise KeysError(
                f"{names[0]} and {names[1]} are both open. End {names[0]} first, when all is encoded in {names[1]}."
            )
        if epoch <= names[-1]:
            raise KeysError(f"An epoch after {names[-1]} needs a name that sorts after it, as 2027 after 2026.")
        return self._create(epoch)

    def end(self, epoch):
        """Destroy the secret of the older of two epochs; its tags then fit nothing that is ever evaluated again."""
        names = [*self.rings()]
        if epoch not in names:
            raise KeysError(f"No epoch {epoch!r} is open. Open: {', '.join(names)}.")
        if epoch == names[-1]:
            raise KeysError(f"{epoch} is the epoch in use. Begin another first: simpul linkage-keys begin-epoch NAME")
        path = self.path / EPOCHS / f"{epoch}.json"
        with open(path, "r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()

    def _create(self, epoch):
        if "/" in epoch:
            raise KeysError(f"{epoch!r} is no name of an epoch. Write it as 2027.")
        return keys.create_file(self.path / EPOCHS / f"{epoch}.json", epoch)

    def _check_private(self):
        for path in (self.path, self.path / OWN_KEY):
            # What root wrote here the process itself could not write on.
            if path.exists() and path.stat().st_uid != os.geteuid():
                raise KeysError(f"{path} belongs to another user. Run this as the user who keeps the keys of linkage.")
            if path.exists() and path.stat().st_mode & 0o077:
                right = 700 if path.is_dir() else 600
                raise KeysError(f"Others than its owner may read {path}. Run: chmod {right} {path}")
