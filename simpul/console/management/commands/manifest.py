"""`simpul manifest read FILE`: how a spreadsheet of people is read, without storing anything."""

import json
import shutil
import textwrap
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from simpul.migrants.reading import layouts, reader, shape
from simpul.migrants.reading.findings import ERROR

FIRST_ROWS = 10
MOST_BYTES = 200 * 1024 * 1024
NARROWEST = 60
# What a terminal shows of a person, the most telling first; what does not fit is named below the table.
SHOWN = {
    "name": ("name",),
    "sex": ("sex",),
    "born": ("birth_date", "birth_year", "age"),
    "nik": ("nik",),
    "place": ("village_code", "district_code", "regency_code", "province_code"),
    "document": ("document", "document_kind"),
    "reason": ("reason",),
    "sector": ("sector",),
    "onward": ("onward",),
}


class Command(BaseCommand):
    help = "Show how a manifest (XLSX, XLS, ODS, CSV) is read. Nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["read"], help="read: show the header, the rows, the problems, the totals")
        parser.add_argument("file", help="the spreadsheet")
        parser.add_argument("--json", action="store_true", help="print JSON for another program")
        parser.add_argument(
            "--layout", choices=sorted(layouts.LAYOUTS), default="manifest", help="what the sheet lists"
        )
        parser.add_argument("--near", default="61", help="code of the region whose places are offered first")

    def handle(self, *, file, layout, near, **options):
        with translation.override(translation.get_language() or "id"):
            try:
                reading = self.reading(Path(file), layouts.LAYOUTS[layout], near)
            except reader.FileError as problem:
                if options["json"]:
                    self.stdout.write(json.dumps({"error": str(problem)}, ensure_ascii=False))
                raise CommandError(str(problem), returncode=1) from None
        if options["json"]:
            self.stdout.write(json.dumps(shape.of(reading), ensure_ascii=False, indent=1))
            return
        for line in lines(reading, width=max(shutil.get_terminal_size((100, 40)).columns, NARROWEST)):
            self.stdout.write(line)

    def reading(self, path, layout, near):
        try:
            if path.stat().st_size > MOST_BYTES:
                raise CommandError(f"{path.name} has more than {MOST_BYTES // 1024 // 1024} MB. Split it.")
            data = path.read_bytes()
        except OSError as problem:
            raise CommandError(f"{path} cannot be opened: {problem.strerror}.") from None
        return reader.read(data, filename=path.name, today=timezone.localdate(), layout=layout, near=near)


def lines(reading, *, width):
    """A reading for a terminal of so many columns."""
    yield from _section("Header", _header(reading.header, width - 2))
    yield from _section("Columns", _columns(reading.columns, width - 2))
    yield from _section(_told_rows(len(reading.rows)), _rows(reading.rows[:FIRST_ROWS], width - 2))
    yield from _section("Totals", _totals(reading.totals, width - 2))
    skipped = (f"{name}: {why}" for name, why in reading.skipped)
    yield from _section("Notes", _wrapped([*reading.notes, *skipped], width - 2))
    errors = sum(problem.kind == ERROR for problem in reading.problems)
    told = f"Problems: {errors} to correct, {len(reading.problems) - errors} to look at"
    yield from _section(told, _problems(reading.problems, width - 2))
    if not reading.problems:
        yield "No problems."


def _section(title, content):
    content = list(content)
    if content:
        yield title
        yield from (f"  {line}".rstrip() for line in content)
        yield ""


def _told_rows(count):
    return f"Rows: the first {FIRST_ROWS} of {count}" if count > FIRST_ROWS else f"Rows: all {count}"


def _header(header, width):
    for name, value in vars(header).items():
        if value:
            yield from _hanging(f"{name:<15} ", str(value), width)


def _columns(columns, width):
    heading = min(max((len(column.heading) for column in columns), default=0), width // 3)
    for column in columns:
        known = f"{column.code} ({column.known_by})" if column.code else (column.known_by and "left out") or "NOT KNOWN"
        samples = ", ".join(column.samples[:3])
        line = f"{column.letter:<3} {_cut(column.heading, heading):<{heading}}  {known:<24} "
        yield line + _cut(samples, max(width - len(line), 8))


def _rows(rows, width):
    """A table of the rows: as many columns as fit, and the names of the others."""
    cells = {name: [_cell(row, keys) for row in rows] for name, keys in SHOWN.items()}
    cells = {name: texts for name, texts in cells.items() if any(texts)}
    sizes = {name: min(max(map(len, [name, *texts])), 26) for name, texts in cells.items()}
    fitting, left = [], width - 5
    for name in cells:
        if left < sizes[name] + 2:
            break
        fitting.append(name)
        left -= sizes[name] + 2
    if not fitting:
        return
    yield "  row" + "".join(f"  {name:<{sizes[name]}}" for name in fitting)
    for number, row in enumerate(rows):
        texts = (f"  {_cut(cells[name][number] or '-', sizes[name]):<{sizes[name]}}" for name in fitting)
        yield f"{row.row:>5}" + "".join(texts)
    others = [name for name in cells if name not in fitting]
    if others:
        yield f"(not shown here: {', '.join(others)}; --json shows everything)"


def _cell(row, keys):
    key = next((key for key in keys if row.values.get(key) is not None), None)
    if key is None:
        return ""
    return f"age {row.values[key]}" if key == "age" else str(row.values[key])


def _totals(totals, width):
    for key, number in totals.counted.items():
        yield f"{_cut(key, 24):<24} counted {number:>6}   printed {totals.printed.get(key, '-'):>6}"
    yield from _wrapped(totals.differences, width)


def _problems(problems, width):
    for problem in problems:
        sheet = f"{problem.sheet}, " if problem.sheet else ""
        where = f"{sheet}row {problem.row}, {problem.heading or problem.column or 'the row'} ({problem.cell})"
        yield from _wrapped([f"{problem.kind}: {where}"], width)
        yield from _hanging("    ", problem.say, width)


def _wrapped(texts, width):
    for text in texts:
        yield from _hanging("", text, width, indent="  ")


def _hanging(start, text, width, indent=None):
    below = " " * len(start) if indent is None else indent
    return textwrap.wrap(text, width, initial_indent=start, subsequent_indent=below) or [start]


def _cut(text, size):
    return text if len(text) <= size else text[: size - 1] + "…"
