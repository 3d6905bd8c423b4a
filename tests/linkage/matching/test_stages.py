"""Stages of a long run: what is kept comes back as it was, and only for the files and settings it was made of."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pytest

from simpul.linkage.matching.stages import Stages, fingerprint


@dataclass
class Inner:
    texts: list
    number: np.ndarray


class Pair(NamedTuple):
    left: np.ndarray
    weights: dict


@dataclass
class Outer:
    n: int
    inner: Inner
    flags: np.ndarray
    names: list = field(default_factory=list)
    nothing: object = None


@pytest.fixture
def stages(tmp_path):
    made = Stages(tmp_path / "pairs.csv.part", {"files": [["a.csv", 3]], "--within": False})
    made.begin()
    return made


def test_what_is_kept_comes_back_as_it_was(stages):
    inner = Inner(["ANI", "É\x00\n"], np.arange(3, dtype=np.int64))
    outer = Outer(np.int64(3), inner, np.array([True, False]), [], None)
    stages.keep("read", (outer, Pair(np.zeros((2, 3), np.float32), {"name": np.array([1, 2], np.int16)})))
    kept, pair = stages.kept("read", Outer, Inner, Pair)
    assert (kept.n, kept.inner.texts, kept.names, kept.nothing) == (3, ["ANI", "É\x00\n"], [], None)
    assert kept.inner.number.dtype == np.int64
    assert kept.flags.tolist() == [True, False]
    assert pair.left.shape == (2, 3)
    assert pair.weights["name"].tolist() == [1, 2]


def test_what_was_not_finished_is_not_there(stages):
    assert stages.kept("read") is None
    (stages.folder / "read.npz").write_bytes(b"half")
    assert stages.kept("read") is None


def test_other_files_and_settings_are_told(stages):
    folder = stages.folder
    assert stages.differing() == []
    assert Stages(folder, {"files": [["a.csv", 4]], "--within": False}).differing() == ["files"]
    assert Stages(folder, {"files": [["a.csv", 3]], "--within": True, "--new": 1}).differing() == ["--new", "--within"]
    stages.end()
    assert stages.differing() is None


def test_others_may_not_look_into_the_folder(stages):
    assert stages.folder.stat().st_mode & 0o077 == 0


def test_a_file_that_changed_is_another_one(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"x" * 3_000_000)
    before = fingerprint(path)
    assert fingerprint(path) == before
    path.write_bytes(b"x" * 2_999_999 + b"y")
    assert fingerprint(path)[3] != before[3]
