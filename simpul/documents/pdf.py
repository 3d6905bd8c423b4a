"""From a template and what fills it to a PDF.

Templates are ours and hold no words; what fills them reaches them as JSON and is never read as part of a template, so
a name with # or " comes out as it is written. Everything happens in memory, no file with somebody's data is made, and
the only fonts are those that come with the typesetter: a letter looks the same on every machine.
"""

import json
from functools import cache, wraps
from pathlib import Path

from django.conf import settings
from django.utils import translation

from simpul.lib.texts import cleaned

_TEMPLATES = Path(__file__).with_name("templates")
# For keeping (PDF/A) and for those who have a page read to them (PDF/UA).
_KEPT_AND_READ = ("a-2a", "ua-1")
_PLAIN = ("1.7",)


class PaperError(RuntimeError):
    """A sheet that cannot be made. What was to stand on it is never told here."""


def render(template, data, *, at):
    """The bytes of a PDF: `template` names a file of templates/ without its ending, `at` is the moment it bears.

    A character that no font has, such as one of a Chinese name, would break the rule of PDF/A. Then the sheet is made
    without that seal, and an empty box stands where the character is to be written by hand.
    """
    # It weighs 7 MB, and most processes print nothing.
    import typst

    files = {**_templates(), "main": _templates()[f"{template}.typ"], "data.json": _json(data)}
    for standards in (_KEPT_AND_READ, _PLAIN):
        try:
            return typst.compile(
                files,
                root=_TEMPLATES,
                format="pdf",
                ignore_system_fonts=True,
                pdf_standards=list(standards),
                timestamp=int(at.timestamp()),
            )
        except typst.TypstError:
            continue
    # Outside of the clause above, so that the typesetter's own words, which quote the text, do not follow along.
    raise PaperError(f"The template {template} cannot be set. Nothing was printed; tell those who keep Simpul.")


def printed(write):
    """A function that says which template is filled with what gives its PDF, in the language of the installation."""

    @wraps(write)
    def printing(paper, **given):
        with translation.override(settings.LANGUAGE_CODE):
            template, data = write(paper, **given)
            return render(template, data, at=paper.printed_at)

    return printing


@cache
def _templates():
    return {path.name: path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ"))}


def _json(data):
    return json.dumps(_written(data), ensure_ascii=False).encode()


def _written(value):
    """The same in plain lists, dicts and texts; lazy words become words, control characters go."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return {key: _written(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_written(each) for each in value]
    return cleaned(str(value))
