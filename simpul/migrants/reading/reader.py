"""The reader of manifests: a spreadsheet of people, as it comes, becomes rows, problems and totals.

Nothing is guessed silently and no row is dropped: what cannot be read stays among the rows with its cell empty, and
the problem says which cell, what stood there and what to write. A reading stores nothing.
"""

import hashlib
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from simpul.migrants.reading import (
    checks,
    column_habits,
    columns,
    files,
    heading_words,
    headings,
    layouts,
    sentences,
    structure,
    titles,
    totals,
)
from simpul.migrants.reading.files import FileError
from simpul.migrants.reading.findings import ERROR, WARNING, Problem, Reading
from simpul.migrants.reading.rows import Plan
from simpul.migrants.reading.setting import Setting
from simpul.migrants.reading.walk import Walk
from simpul.places import addresses

__all__ = ["FileError", "read"]

NEXT_TABLE = 1000


@dataclass
class Table:
    """A block with people, and how it is read."""

    sheet: object
    texts: list
    block: object
    found: list
    offset: int
    held: dict = field(default_factory=dict)

    def stands_beside(self, other):
        """Whether another table holds people in the same rows of the same sheet."""
        one, two = self.block, other.block
        return one.first < two.first and self.sheet is other.sheet and one.begin < two.end and two.begin < one.end


def read(data, *, filename, today, layout=layouts.MANIFEST, near="61", habits=None, choices=None, answers=None,
         gazetteer=None, progress=None):  # fmt: skip
    """The reading of a file; raises `FileError` where there is nothing to read.

    `habits` tell what this sender meant by a heading before, `choices` what the officer said a column is, `answers`
    what the officer wrote for a cell: {(row, column code): text}, or {(row, column code, sheet): text} where several
    sheets have such a row.
    """
    book = files.opened(data, layout=layout)
    setting = Setting(
        today, layout, near, gazetteer or addresses.installed(), habits or {}, choices or {}, answers or {}
    )
    job = _Job(book, filename, setting, progress)
    return job.reading(hashlib.sha256(data).hexdigest())


class _Job:
    """One file while it is read."""

    def __init__(self, book, filename, setting, progress):
        self.book, self.filename, self.setting, self.progress = book, filename, setting, progress
        self.tables, self.others = [], []
        self.printed = totals.Printed()
        self.notes, self.skipped, self.shown, self.problems, self.rows = [], [], [], [], []
        self.title_lines = []
        self.known = frozenset(setting.habits)

    def reading(self, fingerprint):
        self._find_tables()
        if not self.tables:
            self._refuse_or_ask()
        self._refuse_what_is_no_list()
        header = self._header()
        self.setting.counted_on = header.arrived_on
        if header.total:
            self.printed.put("total", header.total)
        kin = kin_of(self.tables)
        for table in self.tables:
            self._read(table, kin)
        for _sheet, texts in self.others:
            totals.take_recap(self.printed, texts, self.setting)
        if not self.rows and not any(problem.say for problem in self.problems):
            raise FileError(files.sentence("nobody"))
        self._twice()
        problems = [*self.problems, *(problem for row in self.rows for problem in row.problems)]
        sheets = tuple(dict.fromkeys(table.sheet.name for table in self.tables))
        if any("onward" in row.values and "onward" not in row.written for row in self.rows):
            self.notes.append(_("How people went on stands in the remarks of this list and was taken from there."))
        if self.book.has_macros:
            self.notes.append(_("This workbook carries macros. They were not run."))
        return Reading(
            header=header,
            columns=tuple(self.shown),
            rows=tuple(self.rows),
            problems=tuple(problems),
            totals=totals.compare(self.printed, self.rows, self.setting),
            notes=tuple(dict.fromkeys(self.notes)),
            sheets=sheets,
            skipped=tuple(self.skipped),
            fingerprint=fingerprint,
        )

    # Finding the tables

    def _find_tables(self):
        without = []
        for sheet in self.book.sheets:
            texts, beside = structure.without_sums_beside(structure.texts_of(sheet))
            if not sheet.is_hidden:
                totals.take_recap(self.printed, beside, self.setting)
            if sheet.is_hidden:
                self.skipped.append((sheet.name, _("The sheet is hidden.")))
            elif not any(any(row) for row in texts):
                self.skipped.append((sheet.name, _("The sheet is empty.")))
            elif structure.is_form(texts) or not self._take_sheet(sheet, texts):
                without.append((sheet, texts))
        for sheet, texts in without:
            self._take_without_header(sheet, texts)

    def _take_sheet(self, sheet, texts):
        blocks = structure.blocks_of(texts, sheet.merged, self.known)
        taken = False
        asides = []
        for block in blocks:
            table = self._table(sheet, texts, block)
            if any(column.code == "name" for column in table.found) and not _is_recap(block):
                self.tables.append(table)
                taken = True
            else:
                asides.append(block)
        if taken:
            first = min(table.block.top for table in self.tables if table.sheet is sheet)
            self.title_lines += lines_of(texts[:first])
            for block in asides:
                rows = [row[block.first : block.last] for row in texts[block.top : block.end]]
                self.notes += totals.take_recap(self.printed, rows, self.setting)
        return taken

    def _table(self, sheet, texts, block):
        offset = self._offset(block)
        found = columns.decide(block, texts, self.setting, offset=offset)
        return Table(sheet, texts, block, found, offset)

    def _offset(self, block):
        """Tables of the same headings share their columns; another form counts on from the next thousand."""
        forms = []
        for table in self.tables:
            form = (table.block.first, table.block.keys())
            if form not in forms:
                forms.append(form)
        form = (block.first, block.keys())
        return NEXT_TABLE * (forms.index(form) if form in forms else len(forms))

    def _take_without_header(self, sheet, texts):
        if not structure.is_form(texts) and not structure.blocks_of(texts, sheet.merged, self.known):
            block = structure.without_header(texts)
            table = self._table(sheet, texts, block)
            if any(column.code == "name" for column in table.found):
                self.tables.append(table)
                return
        self.others.append((sheet, texts))
        if self.tables:
            self.skipped.append((sheet.name, _("The sheet holds no names; its sums were compared.")))

    def _refuse_what_is_no_list(self):
        """A row is one person's: not the half of one, and not two people's beside each other."""
        for table in self.tables:
            _check_rows_are_people(table)
            if columns.holds_people_beside(table.found) or any(map(table.stands_beside, self.tables)):
                raise FileError(files.sentence("beside"))

    def _refuse_or_ask(self):
        """Without names: asked when a column may hold them, refused when nothing looks like people."""
        best, most = None, 1
        if any(structure.is_form(texts) for _sheet, texts in self.others):
            raise FileError(files.sentence("form"))
        for sheet, texts in self.others:
            for block in structure.blocks_of(texts, sheet.merged, self.known) or [structure.without_header(texts)]:
                table = self._table(sheet, texts, block)
                _check_rows_are_people(table)
                telling = {"nik", "birth_date", "birth", "sex", "document", "passport", "sex_male", "age", "identity"}
                score = sum(column.code in telling and bool(column.samples) for column in table.found)
                known = any(column.code for column in table.found)
                score += known and any(columns.may_be_names(column) for column in table.found)
                if score >= most and not _is_recap(block):
                    best, most = table, score + 1
        if best is None:
            raise FileError(files.sentence("nobody"))
        if not any(columns.is_waiting(column) for column in best.found):
            raise FileError(files.sentence("no_names"))
        self.tables.append(best)
        self.title_lines += lines_of(best.texts[: best.block.top])
        self.problems.append(
            Problem(
                best.block.begin,
                "name",
                "",
                str(best.block.begin),
                "",
                sentences.say("column_names", ""),
                _column_choices(best),
                ERROR,
                best.sheet.name,
            )  # fmt: skip
        )

    # Reading them

    def _header(self):
        names = [sheet.name for sheet in self.book.sheets if not sheet.is_hidden]
        header = titles.header(self.title_lines, names=names, filename=self.filename, today=self.setting.today)
        for line in self.title_lines:
            self.printed.text(line)
        return header if header.title or not self.title_lines else replace(header, title=self.title_lines[0])

    def _read(self, table, kin):
        shown, asked = show(table, {column.number for column in self.shown})
        self.shown += shown
        self.problems += asked
        sheet, block = table.sheet, table.block
        raw = [_padded(row, block.last) for row in sheet.rows]
        _fill_down(raw, table.texts, sheet.merged, table)
        body = range(block.begin, block.end)
        plan = Plan(
            table.found,
            self.setting,
            sheet=sheet.name,
            raw=[raw[number] for number in body],
            texts=[table.texts[number] for number in body],
            kin=kin,
        )
        held = held_by(table, self.setting)
        walk = Walk(block, plan, self.setting, self.printed, self.notes, held, before=len(self.rows))
        rows = ((number, raw[number], table.texts[number]) for number in body)
        for number, cells, texts, more, below in walk.people(rows):
            self.rows.append(plan.read(number + 1, cells, held=below, texts=texts, more=more))
            if self.progress:
                self.progress(len(self.rows))

    def _twice(self):
        found = {}
        for row, problem in checks.twice(self.rows):
            found.setdefault((row.sheet, row.row), []).append(problem)
        if found:
            self.rows = [
                checks.with_problems(row, found[row.sheet, row.row]) if (row.sheet, row.row) in found else row
                for row in self.rows
            ]


def _check_rows_are_people(table):
    if any(columns.mixes_names_and_numbers(column) for column in table.found):
        raise FileError(files.sentence("two_rows"))


def show(table, known):
    """(columns, problems): the columns of a table as the officer sees them, and what is asked about them."""
    found, problems = [], []
    for column in table.found:
        each = columns.shown(column, offset=table.offset, sheet=table.sheet.name)
        if each.number in known or not (each.heading or each.samples):
            continue
        found.append(each)
        if column.asked or columns.is_waiting(column):
            problems.append(_question(column, each, table))
    return found, problems


def _question(column, shown, table):
    name = shown.heading or shown.letter
    say = sentences.say(column.asked or "column_unknown", name, other=column.rival)
    kind = ERROR if column.asked else WARNING
    cell = f"{shown.letter}{max(table.block.begin, 1)}"
    text = ", ".join(shown.samples[:3])
    row = max(table.block.begin, 1)
    choices = tuple((code, str(label)) for code, label in layouts.choices(layouts.MANIFEST))
    return Problem(row, "", name, cell, text, say, choices, kind, table.sheet.name)


def _column_choices(table):
    return tuple(
        (str(column.index), columns.shown(column, offset=table.offset, sheet="").heading or str(column.index))
        for column in table.found
        if column.samples
    )


def _is_recap(block):
    """Whether headings are those of sums: a count, and no column that only a person has."""
    keys = {word for key in map(headings.key_of, block.parts) for word in key.split()}
    own = {"nama", "name", "nik", "paspor", "lahir", "umur", "usia", "ttl"}
    return bool(keys & {"jumlah", "total", "jml"}) and not keys & own


def kin_of(tables):
    """{(column code, heading): [order]}: what the tables of a file prove of the order of day and month."""
    kin = {}
    for table in tables:
        for key, order in column_habits.proven_orders(
            table.found, table.texts[table.block.begin : table.block.end]
        ).items():
            kin.setdefault(key, []).append(order)
    return kin


def lines_of(texts):
    found = (" ".join(dict.fromkeys(text for text in row if text)) for row in texts)
    return [line for line in found if line]


def held_by(table, setting):
    """What holds for all rows of a table: labels in its title rows, the name of its sheet, a group over its columns."""
    held = {**_labelled(table.texts[: table.block.top]), **setting.section(table.sheet.name)}
    return held | setting.section(structure.common_group(table.block))


def _labelled(texts):
    """What title rows say with a label: "Kabupaten : Sambas", "Desa : Jagoi"."""
    held = {}
    for line in lines_of(texts):
        label, colon, text = line.partition(":")
        code = _LABELS.get(frozenset(heading_words.tokens(label))) if colon and len(label) < 40 else None
        if code and text.strip():
            held[code] = text.strip()
    return held


_LABELS = {
    frozenset(heading_words.tokens(phrase)): code
    for code in ("province", "regency", "district", "village")
    for phrase in heading_words.HEADINGS[code]
    if phrase not in ("asal", "daerah", "origin")
}


def _padded(row, width):
    return row if len(row) >= width else [*row, *([""] * (width - len(row)))]


def _fill_down(raw, texts, merged, table):
    """Cells merged downwards hold for each of their rows; a name and a number are one person's only."""
    own = {column.index for column in table.found if column.code in ("name", "number", "nik", "document", "passport")}
    for top, left, bottom, right in merged:
        if bottom == top or left != right or left in own or top < table.block.begin:
            continue
        for number in range(top + 1, min(bottom, len(raw) - 1) + 1):
            if left < len(raw[number]) and left < len(raw[top]):
                raw[number][left] = raw[top][left]
                texts[number][left] = texts[top][left]
