"""Stages of a long run, kept so that an interrupted one goes on: arrays and texts in a folder beside what is made.

What is kept belongs to certain files and settings. Of any other it is of no use, and the run begins anew.
"""

import hashlib
import json
import os
import shutil
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np

_ENDS = 1 << 20


def fingerprint(path):
    """What tells a file from another and from itself of another day, without reading all of it."""
    about = os.stat(path)
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        digest.update(file.read(_ENDS))
        if about.st_size > 2 * _ENDS:
            file.seek(-_ENDS, os.SEEK_END)
            digest.update(file.read(_ENDS))
    return [Path(path).name, about.st_size, about.st_mtime_ns, digest.hexdigest()]


class Stages:
    """A folder of finished stages. `about` is everything their results depend on, as JSON can hold it."""

    def __init__(self, folder, about):
        self.folder, self.about = Path(folder), json.loads(json.dumps(about))

    def differing(self):
        """What is different since the stages that lie there; [] if nothing is, None if none lie there."""
        try:
            before = json.loads((self.folder / "about.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return sorted(key for key in before.keys() | self.about.keys() if before.get(key) != self.about.get(key))

    def begin(self):
        """Empty the folder for a new run."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        (self.folder / "about.json").write_text(json.dumps(self.about), encoding="utf-8")

    def end(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self, name, value):
        """Keep a stage, a dataclass, tuple, dict or list of arrays, numbers and texts: whole or not at all."""
        arrays = {}
        shape = _taken_apart(value, arrays)
        arrays["shape"] = _bytes_of(json.dumps(shape))
        new = self.folder / f"{name}.new.npz"
        with open(new, "wb") as file:
            np.savez(file, **arrays)
        os.replace(new, self.folder / f"{name}.npz")

    def kept(self, name, *classes):
        """The stage of this name, or None; `classes` are those that may occur in it."""
        try:
            with np.load(self.folder / f"{name}.npz", allow_pickle=False) as arrays:
                return _put_together(
                    json.loads(arrays["shape"].tobytes()), arrays, {each.__name__: each for each in classes}
                )
        except (OSError, ValueError, KeyError, EOFError):
            return None


def _taken_apart(value, arrays):
    """What a value is made of; its arrays go to `arrays`, by number."""
    if isinstance(value, np.ndarray):
        arrays[str(len(arrays))] = value
        return {"array": str(len(arrays) - 1)}
    if isinstance(value, np.generic):
        return {"value": value.item()}
    if is_dataclass(value) or hasattr(value, "_fields"):
        names = value._fields if hasattr(value, "_fields") else [each.name for each in fields(value)]
        return {
            "class": type(value).__name__,
            "of": {name: _taken_apart(getattr(value, name), arrays) for name in names},
        }
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": {key: _taken_apart(each, arrays) for key, each in value.items()}}
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        arrays[str(len(arrays))] = _bytes_of(json.dumps(value))
        return {"texts": str(len(arrays) - 1)}
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [_taken_apart(each, arrays) for each in value]}
    return {"value": value}


def _put_together(shape, arrays, classes):
    (kind, inside), *rest = shape.items()
    if kind == "array":
        return arrays[inside]
    if kind == "texts":
        return json.loads(arrays[inside].tobytes())
    if kind == "class":
        return classes[inside](**{name: _put_together(each, arrays, classes) for name, each in rest[0][1].items()})
    if kind == "dict":
        return {key: _put_together(each, arrays, classes) for key, each in inside.items()}
    if kind in ("list", "tuple"):
        found = [_put_together(each, arrays, classes) for each in inside]
        return tuple(found) if kind == "tuple" else found
    return inside


def _bytes_of(text):
    return np.frombuffer(text.encode(), np.uint8)
