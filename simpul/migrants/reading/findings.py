"""What a reading found: the header, the columns, the rows, the problems and the totals. Nothing here is stored."""

from dataclasses import dataclass, field
from datetime import date

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Header:
    """What a list says of itself, in its title rows, its sheet names, its file name."""

    title: str = ""
    kind: str = ""
    arrived_on: date | None = None
    arrived_at: str = ""
    post: str = ""
    post_written: str = ""
    depot: str = ""
    depot_written: str = ""
    letter_number: str = ""
    letter_on: date | None = None
    sender: str = ""
    total: int | None = None


@dataclass(frozen=True)
class Column:
    """One column. `code` is "" for one that nobody can name; `known_by` says who named it.

    `number` counts from 0; columns of a later table with other headings count on from 1000, 2000, ...
    """

    number: int
    letter: str
    heading: str
    code: str
    known_by: str
    samples: tuple = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to correct or to look at. An error left the cell empty; a warning kept the value.

    `choices` are (value, label) among which the officer can choose; the value is what `answers` takes.
    """

    row: int
    column: str
    heading: str
    cell: str
    read: str
    say: str
    choices: tuple = ()
    kind: str = ERROR
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One person: what was understood (`values`) and how it stood there (`written`), both by the code of the column."""

    row: int
    sheet: str
    values: dict
    written: dict
    problems: tuple = ()


@dataclass(frozen=True)
class Totals:
    """Printed totals and counted rows; `differences` are sentences. Keys: total, sex:L, regency:61.07, reason:drugs."""

    printed: dict = field(default_factory=dict)
    counted: dict = field(default_factory=dict)
    differences: tuple = ()


@dataclass(frozen=True)
class Reading:
    """A whole file as it was read."""

    header: Header
    columns: tuple
    rows: tuple
    problems: tuple
    totals: Totals
    notes: tuple
    sheets: tuple
    skipped: tuple
    fingerprint: str

    @property
    def is_complete(self):
        """Whether nothing is left to correct or to choose; warnings do not hinder."""
        return not any(problem.kind == ERROR for problem in self.problems)
