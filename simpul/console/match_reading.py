"""Lists for `simpul match`: read into one table of evidence, with what is needed to tell of them afterwards."""

from dataclasses import dataclass

import numpy as np

from simpul.linkage.matching import columns, files
from simpul.linkage.matching.normalise import FIELDS
from simpul.linkage.matching.table import Table
from simpul.linkage.report import sayings
from simpul.linkage.report.tables import Aside

MOST_ROWS_BETWEEN = 500


class Unreadable(Exception):
    """A list that cannot be read, as a sentence."""


@dataclass
class Gathered:
    """The records of all lists, one after the other: `lists` (n,) says of which, `sources` (n,) of which agency."""

    files: list
    ids: list
    names: list
    truths: list
    lists: np.ndarray
    sources: np.ndarray
    source_names: list
    # Rows set aside, their truths and lists where the truth is asked for, and what was said of the lists.
    aside: int = 0
    aside_truths: list = None
    aside_lists: list = None
    notes: list = None
    columns: list = None

    @property
    def n(self):
        return len(self.ids)


def opened(paths, *, chosen, truth):
    """The lists, none of them read yet. A chosen heading must be in one of them; raises `Unreadable`."""
    heads = []
    for path in paths:
        try:
            heads.append(_opened(path, chosen, truth, among_others=len(paths) > 1))
        except files.FileError as problem:
            raise Unreadable(sayings.of_file(problem.reason, problem.details)) from None
        except columns.ColumnError as problem:
            raise Unreadable(sayings.of_column(problem, FIELDS)) from None
    for field, headings in chosen.items():
        for heading in headings:
            if not any(heading in each.columns.get(field, ()) or _is_of(each, field, heading) for each in heads):
                raise Unreadable(sayings.of_column(columns.ColumnError("heading", heading), FIELDS))
    return heads


def _opened(path, chosen, truth, *, among_others):
    """Of two lists each may have its own headings: what one does not have is left to the other."""
    try:
        return files.opened(path, chosen=chosen, truth=truth)
    except columns.ColumnError as problem:
        if problem.reason == "field" or not among_others:
            raise
        fewer = {field: [each for each in headings if each != problem.text] for field, headings in chosen.items()}
        return _opened(
            path, {field: headings for field, headings in fewer.items() if headings}, truth, among_others=True
        )


def _is_of(opened_list, field, heading):
    return any(columns.same(heading, each) for each in opened_list.columns.get(field, ()))


def read(heads, *, output, this_year, watch):
    """(`Gathered`, `Table`) of lists that were opened; what cannot be used goes to a table beside the output."""
    gathered = Gathered([head.name for head in heads], [], [], [], None, None, [], 0, [], [], [], [])
    lists, sources, known = [], [], {}
    with Aside(f"{output}.aside.csv") as aside:
        table = Table.of(_records(heads, gathered, (lists, sources, known), aside, this_year, watch))
        gathered.aside = aside.count
    gathered.lists, gathered.sources = np.array(lists, np.int8), np.array(sources, np.int32)
    gathered.source_names = list(known)
    gathered.columns = [line for head in heads for line in sayings.of_columns(head)]
    gathered.notes = [line for head in heads for line in sayings.of_findings(head)]
    return gathered, table


def _records(heads, gathered, numbers, aside, this_year, watch):
    lists, sources, known = numbers
    total = sum(head.path.stat().st_size for head in heads)
    for number, head in enumerate(heads):
        set_aside = _setting_aside(gathered, number, head, aside)
        before = sum(each.done for each in heads[:number])
        for line in head.lines(aside=set_aside, this_year=this_year):
            gathered.ids.append(line.id)
            gathered.names.append(line.name)
            gathered.truths.append(line.truth)
            lists.append(number)
            sources.append(known.setdefault(line.source, len(known)))
            if not len(lists) % MOST_ROWS_BETWEEN:
                watch("reading", before + head.done, total if head.done else None, f"{len(lists):,}")
            yield line.record


def _setting_aside(gathered, number, head, aside):
    def add(row):
        aside.add(head.name, row.row, sayings.of_aside(row), row.cells)
        if row.truth:
            gathered.aside_truths.append(row.truth)
            gathered.aside_lists.append(number)

    return add
