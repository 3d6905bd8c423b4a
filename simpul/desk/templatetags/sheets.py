"""Words for lists of people: values by key, and the cells of a line as they were read, with what is in question."""

from typing import NamedTuple

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.desk.forms.sheets import line_name
from simpul.migrants.models import Worker
from simpul.migrants.reading.findings import ERROR
from simpul.migrants.reading.layouts import LABELS
from simpul.places import addresses
from simpul.places.regions import path_name
from simpul.reference import catalogues

register = template.Library()

# The cells of a line of the preview: its heading, and the columns of the list that it is read from.
CELLS = {
    "name": ("name",),
    "sex": ("sex", "sex_male", "sex_female"),
    "birth_date": ("birth_date", "birth", "birth_year", "age", "age_male", "age_female"),
    "nik": ("nik", "identity"),
    "document": ("document", "passport", "splp", "document_kind"),
    "village": ("village", "district", "regency", "province", "address", "hamlet"),
    "reason": ("reason",),
    "sector": ("sector",),
    "onward": ("onward",),
    "status": ("status",),
    "country": ("country",),
    "employer": ("employer",),
}
SHOWN = {
    "manifest": ("name", "sex", "birth_date", "nik", "document", "village", "reason", "sector", "onward"),
    "register": ("name", "sex", "birth_date", "nik", "village", "status", "country", "sector", "employer"),
}
CATALOGUES = {"reason": "return_reasons", "sector": "work_sectors", "onward": "onward_ways", "country": "countries"}


class Cell(NamedTuple):
    """One cell of a line: what stands over it, what was read, whether it is asked or only looked at, and why."""

    name: str
    label: str
    text: str
    mark: str
    say: str


@register.filter
def item(mapping, key):
    """The value of a mapping under a key that only the page knows; None where there is none."""
    return mapping.get(key) if mapping else None


@register.filter
def headings(layout):
    """What stands over the cells of a line of a layout."""
    return [_label(name) for name in SHOWN[layout]]


@register.filter
def cells(row, layout):
    """The cells of a line as they were read; one in question shows what stands in the file."""
    return [_cell(row, name) for name in SHOWN[layout]]


@register.filter
def line(row):
    """How a form names a line."""
    return line_name((row.row, row.sheet))


@register.filter
def is_left_out(row, lines):
    """Whether a line is among those that are no person."""
    return (row.row, row.sheet) in lines


def _cell(row, name):
    columns = CELLS[name]
    wrong = [problem for problem in row.problems if problem.column in columns]
    asked = any(problem.kind == ERROR for problem in wrong)
    text = _shown(row, name)
    # A place that is asked shows both: what stands there, and how far it was understood.
    if not text or (name == "village" and asked):
        written = ", ".join(str(row.written[column]) for column in columns if row.written.get(column))
        text = f"{written} ({text})" if written and text else written or text
    mark = "asked" if asked else "looked" if wrong else ""
    return Cell(name, _label(name), text, mark, " ".join(dict.fromkeys(problem.say for problem in wrong)))


def _label(name):
    short = {"village": _("Home"), "birth_date": _("Born"), "document": _("Document"), "sex": _("Sex")}
    return short.get(name) or str(LABELS[name])


def _shown(row, name):
    values = row.values
    if name in _WORDS:
        return _WORDS[name](values)
    value = values.get(name)
    if value and name in CATALOGUES:
        return catalogues.name_of(CATALOGUES[name], value) if catalogues.is_code(CATALOGUES[name], value) else value
    return str(value) if value else ""


def _birth(values):
    if values.get("birth_date"):
        return date_format(values["birth_date"], "d-m-Y")
    if values.get("birth_year"):
        return str(values["birth_year"])
    return _("%(age)d years") % {"age": values["age"]} if values.get("age") is not None else ""


def _home(values):
    levels = ("village", "district", "regency", "province")
    code = next((values[f"{level}_code"] for level in levels if values.get(f"{level}_code")), "")
    return path_name(code, names=addresses.installed().names, province=True) if code else ""


_WORDS = {
    "birth_date": _birth,
    "village": _home,
    "status": lambda values: str(dict(Worker.Status.choices).get(values.get("status"), "")),
}
