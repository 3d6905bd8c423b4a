"""Commands that stand alone: they need no database, no settings and no installation, and run wherever a list lies.

Each is a module with HELP (one line), EXAMPLE (a command that runs), `add_arguments(parser)` and
`run(options, *, out, err)`. What stops one is a `Trouble`, said in one sentence.
"""

import argparse
import json
import math
import os
import re
from importlib import import_module
from pathlib import Path

from simpul.lib import speech, tables
from simpul.lib.speech import _

COMMANDS = {
    "match": "simpul.console.match",
    "estimate": "simpul.console.estimate",
    "scan": "simpul.console.scan",
    "index": "simpul.console.index",
    "flows": "simpul.console.flows",
    "disclose": "simpul.console.disclose",
    "release": "simpul.console.release",
}
STOPPED = 130


class Trouble(Exception):
    """What stops the command, as a sentence for whoever gave it."""


def main(name, arguments, *, out, err):
    """Run a command of `COMMANDS`; returns the exit code."""
    command = import_module(COMMANDS[name])
    options = parser_of(name, command).parse_args(arguments)
    with speech.speaking(options.language):
        try:
            command.run(options, out=out, err=err)
        except Trouble as problem:
            say(err, str(problem))
            return 1
        except KeyboardInterrupt:
            say(err, (getattr(command, "STOPPED", None) and _(command.STOPPED)) or _("Stopped."))
            return STOPPED
    return 0


def parser_of(name, command):
    parser = argparse.ArgumentParser(
        prog=f"simpul {name}",
        description=command.HELP,
        epilog=f"example:\n  {command.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    parser.add_argument(
        "--language", choices=speech.LANGUAGES, default=speech.LANGUAGES[0], help="language of the sentences (id)"
    )
    return parser


def help_of(name):
    return import_module(COMMANDS[name]).HELP


def say(stream, line):
    stream.write(f"{line}\n")


# --- reading and writing


def rows_of(name):
    """(headings, rows) of the first sheet of a table, every cell a text; raises `Trouble`.

    Whatever a spreadsheet program writes is read: CSV with any separator, XLSX, XLS, ODS.
    """
    rows = [[_text(cell) for cell in row] for row in _sheet(name)]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise Trouble(_("%(file)s is empty. Its first row holds the headings.") % {"file": name})
    headings, *below = rows
    width = len(headings)
    for heading in headings:
        if heading and headings.count(heading) > 1:
            raise Trouble(
                _("%(file)s has two columns %(heading)s. Give each its own heading.")
                % {"file": name, "heading": heading}
            )
    return headings, [(row + [""] * width)[:width] for row in below]


def bytes_of(name):
    """What a file holds; raises `Trouble` that says why it cannot be read."""
    try:
        return Path(name).read_bytes()
    except OSError as problem:
        raise Trouble(
            _("%(file)s cannot be read: %(why)s.") % {"file": name, "why": problem.strerror or problem}
        ) from None


def _sheet(name):
    data = bytes_of(name)
    if not data.strip():
        return []
    try:
        return tables.opened(data).sheets[0].rows
    except tables.Refused as problem:
        raise Trouble(
            _("%(file)s is no table that can be read (%(reason)s). Save it as CSV or XLSX.")
            % {"file": name, "reason": problem.reason}
        ) from None


def _text(cell):
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


_DECIMAL_COMMA = re.compile(r"[-+]?\d+,(?!\d{3}$)\d+|[-+]?(0|\d{4,}),\d+")


def number_in(text, *, file, row, column):
    """The number a cell holds; raises `Trouble` that names the cell. `row` counts as a spreadsheet does.

    A comma stands before decimals, as Indonesian spreadsheets write it; where it may stand between thousands as well,
    as in 1,250, nothing is guessed.
    """
    try:
        value = float(text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text.strip()) else text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Trouble(
            _("%(file)s, row %(row)d, column %(column)s: '%(text)s' is no number. Write it with a point, as in 12.5.")
            % {"file": file, "row": row, "column": column, "text": text[:40]}
        )
    return value


def column_in(headings, names, *, file, what):
    """Which of the headings, by any of the `names` it goes by; raises `Trouble` that lists what is there."""
    lowered = {heading.strip().lower(): place for place, heading in enumerate(headings)}
    for name in names:
        if name.lower() in lowered:
            return lowered[name.lower()]
    raise Trouble(
        _("%(file)s has no column for %(what)s (%(names)s). It has: %(headings)s.")
        % {"file": file, "what": what, "names": ", ".join(names), "headings": ", ".join(filter(None, headings))}
    )


def write(name, text):
    """A file written whole or not at all; raises `Trouble`."""
    path = Path(name)
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError as problem:
        raise Trouble(
            _("%(file)s cannot be written: %(why)s.") % {"file": name, "why": problem.strerror or problem}
        ) from None


def as_json(value):
    """JSON for programs; numbers that are none of JSON's (infinity) become null."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=1)


def _plain(value):
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
