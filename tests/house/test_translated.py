"""The Indonesian translation is complete, has no guesses, and keeps every placeholder."""

import ast
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


def test_no_sentence_hides_where_nobody_collects_it():
    """xgettext does not look into f-strings: a sentence there would never be translated."""
    found = []
    for path in sorted((ROOT / "simpul").rglob("*.py")):
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(text, ast.JoinedStr):
                found += [f"{path.relative_to(ROOT)}:{call.lineno}" for call in ast.walk(text) if _says(call)]
    assert found == []


def _says(node):
    """Whether a node is `_("…")`, or one of its kin, with a sentence in it."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
        return False
    return node.func.id in ("_", "gettext", "ngettext", "pgettext") and isinstance(node.args[0], ast.Constant)
