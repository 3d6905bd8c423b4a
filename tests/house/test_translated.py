"""The Indonesian translation is complete, has no guesses, and keeps every placeholder."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?\w+[^>]*>")


@pytest.fixture(scope="module")
def sentences():
    found = list(polib.pofile(str(CATALOGUE)))
    assert len(found) > 1000
    return found


def test_every_sentence_has_its_indonesian(sentences):
    assert [entry.msgid for entry in sentences if not entry.translated()] == []


def test_no_translation_is_a_guess(sentences):
    assert [entry.msgid for entry in sentences if entry.fuzzy] == []


def test_placeholders_and_marks_are_the_same(sentences):
    for entry in sentences:
        said = entry.msgstr or entry.msgstr_plural[0]
        meant = {frozenset(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
        assert frozenset(PLACEHOLDER.findall(said)) in meant, entry.msgid


def test_nothing_is_said_that_was_not_collected(tmp_path):
    """Collects anew in a copy; a sentence that is new there has no translation yet."""
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is missing: install the package gettext")
    for part in ("simpul", "locale", "scripts"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    done = subprocess.run(
        [sys.executable, "scripts/messages.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
