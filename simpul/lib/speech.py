"""Sentences in the language that is spoken, for what runs without a framework: reports, commands, pictures.

They are looked up in the catalogue of the installation; where none lies, they stay English.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = ("id", "en")
_CATALOGUES = Path(__file__).resolve().parents[2] / "locale"
_language = ContextVar("language", default="en")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, sentences are of this language."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    return _language.get()


def _(text: str) -> str:
    """The sentence in the language that is spoken; nothing of nothing, where a catalogue keeps its head."""
    return text and _catalogue(_language.get()).gettext(text)


def pgettext(context: str, text: str) -> str:
    return _catalogue(_language.get()).pgettext(context, text)


def ngettext(one: str, many: str, count: int) -> str:
    return _catalogue(_language.get()).ngettext(one, many, count)


def gettext_noop(text: str) -> str:
    return text


def written(text: str) -> str:
    """A number in figures: Indonesian writes the comma where English writes the point, and the other way round."""
    return text.translate(_SWAPPED) if language() == "id" else text


_SWAPPED = str.maketrans(",.", ".,")


def number(value: float, decimals: int = 0) -> str:
    return written(f"{value:,.{decimals}f}")


def percent(share: float, decimals: int = 1) -> str:
    return written(f"{share:.{decimals}%}")


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation("django", _CATALOGUES, languages=[code], fallback=True)
