"""Registers of hundreds of thousands of rows: planned from their beginning, then read one row at a time.

What a manifest shows at once, a register shows as it comes: no list of rows is held, and nobody is compared with the
others here.
"""

from dataclasses import dataclass
from itertools import islice

from simpul.lib import tables
from simpul.lib.tables import Refused
from simpul.migrants.reading import columns, files, layouts, reader, structure, titles, totals, values
from simpul.migrants.reading.rows import Plan
from simpul.migrants.reading.setting import Setting
from simpul.migrants.reading.walk import Walk
from simpul.places import addresses


@dataclass(frozen=True)
class _Sheet:
    name: str


@dataclass(frozen=True)
class Streaming:
    """A long file that was planned: its header and columns, what is asked about them, and its rows when iterated."""

    header: object
    columns: tuple
    problems: tuple
    tables: tuple
    setting: Setting
    printed: totals.Printed

    def __iter__(self):
        for source, table, plan in self.tables:
            held = reader.held_by(table, self.setting)
            walk = Walk(table.block, plan, self.setting, self.printed, [], held)
            for number, cells, texts, more, below in walk.people(_body(source, table)):
                yield plan.read(number + 1, cells, held=below, texts=texts, more=more)


def stream(path, *, today, filename="", layout=layouts.REGISTER, near="61", habits=None, choices=None, answers=None,
           gazetteer=None, sample=1000):  # fmt: skip
    """Plan the reading of a long file from its first `sample` rows; raises `FileError`."""
    setting = Setting(
        today, layout, near, gazetteer or addresses.installed(), habits or {}, choices or {}, answers or {}
    )
    try:
        sources = [each for each in tables.streams(path, sample=sample) if not each.is_hidden]
    except Refused as refused:
        raise files.FileError(files.sentence(refused.reason, layout=layout)) from None
    found = [table for source in sources if (table := _table(source, setting))]
    if not found:
        raise files.FileError(files.sentence("nobody"))
    kin = reader.kin_of([table for _source, table in found])
    planned = [(source, table, _plan(source, table, setting, kin)) for source, table in found]
    shown, problems, lines = [], [], []
    for _source, table in found:
        more, asked = reader.show(table, {column.number for column in shown})
        shown += more
        problems += asked
        lines += reader.lines_of(table.texts[: table.block.top])
    names = [source.name for source in sources]
    header = titles.header(lines, names=names, filename=filename or path.name, today=today)
    return Streaming(header, tuple(shown), tuple(problems), tuple(planned), setting, totals.Printed())


def _table(source, setting):
    """(source, table) of a sheet, or None where its beginning holds no names."""
    texts = structure.texts_of(tables.Sheet(source.name, source.start))
    blocks = structure.blocks_of(texts, source.merged, frozenset(setting.habits)) or [structure.without_header(texts)]
    for block in blocks:
        found = columns.decide(block, texts, setting)
        if any(column.code == "name" for column in found):
            return source, reader.Table(_Sheet(source.name), texts, block, found, 0)
    return None


def _plan(source, table, setting, kin):
    body = slice(table.block.begin, table.block.end)
    raw, texts = source.start[body], table.texts[body]
    return Plan(table.found, setting, sheet=source.name, raw=raw, texts=texts, kin=kin)


def _body(source, table):
    text_of, width = values.text_of, table.block.last
    for number, cells in enumerate(islice(source.rows(), table.block.begin, None), table.block.begin):
        texts = [text_of(cell) if cell != "" else "" for cell in cells]
        if len(texts) < width:
            texts.extend([""] * (width - len(texts)))
        yield number, cells, texts
