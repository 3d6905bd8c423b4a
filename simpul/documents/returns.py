"""Tables of who came home, to take along: the figures somebody asked for, and the people of a manifest.

The sheet of a manifest is for BP3MI and for the national return: one line for each person, each value of one kind.
Figures leave as they stand on the page: what is hidden there is hidden here.
"""

import csv
import io

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from simpul.documents.sheets import long_day, long_moment
from simpul.documents.workbooks import Column, neutral, taken, watermark, workbook
from simpul.insight import figures, populations
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.migrants import queries
from simpul.migrants.policy import check_may_keep_manifest
from simpul.persons.identities import check_may_read_identities
from simpul.places.regions import ancestors, path_names
from simpul.reference import catalogues

IDENTITY = ("name", "nik", "birth_date", "passport")
CATALOGUES = (("document", "travel_documents"), ("sector", "work_sectors"), ("reason", "return_reasons"),
              ("onward", "onward_ways"), ("outcome", "meeting_outcomes"))  # fmt: skip


@transaction.atomic
def manifest(found, *, by, at):
    """Everybody on a manifest as a workbook. Each person on it is journalled as read.

    Who was erased is not on it; who restricted the use of the data is counted on the cover and not named.
    """
    check_may_keep_manifest(found, by=by)
    check_may_read_identities(by)
    everybody = queries.people_on(found, by).filter(person__data_key__destroyed_at=None)
    people = list(everybody.filter(person__restricted_at=None))
    withheld = everybody.count() - len(people)
    places = path_names(code for row in people if row.home_id for code in (row.home_id, *ancestors(row.home_id)))
    with translation.override(settings.LANGUAGE_CODE):
        made = workbook(
            title=_("Manifest %(number)s") % {"number": found.number},
            cover=lambda: _manifest_cover(found, len(people), withheld, by=by, at=at),
            columns=_manifest_columns(),
            rows=(_person(row, places) for row in people),
            mark=watermark(by, at, _("Confidential: personal data.")),
            sheet_names=(_("Cover"), _("People")),
        )
    persons = [row.person_id for row in people]
    enter(Act.RETURNEES_READ, on=found, by=by, at=at, persons=persons, fields=[*IDENTITY])
    enter(Act.DOCUMENT_MADE, on=found, by=by, at=at, paper="manifest", people=len(people))
    return made


@transaction.atomic
def table(found, *, words, by, at):
    """Answered figures as a workbook; the cover says what was counted, where, by whom and when."""
    with translation.override(settings.LANGUAGE_CODE):
        heads, lines = _lines(found)
        made = workbook(
            title=", ".join(words),
            cover=lambda: _table_cover(found, words, by=by, at=at),
            columns=[Column(heads[0], width=36), *(Column(head, "number", 16) for head in heads[1:])],
            rows=lines,
            mark=watermark(by, at, _("For the use of the office.")),
            sheet_names=(_("Cover"), _("Table")),
        )
    _note(found, by=by, at=at)
    return made


@transaction.atomic
def table_as_text(found, *, by, at):
    """The same as comma-separated text: the table alone, as programs read it."""
    with translation.override(settings.LANGUAGE_CODE):
        heads, lines = _lines(found)
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(neutral(head) for head in heads)
    writer.writerows([neutral(str(value)) if isinstance(value, str) else value for value in line] for line in lines)
    _note(found, by=by, at=at)
    # The mark at the beginning tells Excel that this is Unicode.
    return ("\ufeff" + made.getvalue()).encode()


def _note(found, *, by, at):
    question = found.question
    told = {"paper": "figures", "counted": question.subject, "dimensions": list(question.dimensions)}
    enter(Act.DOCUMENT_MADE, on=f"places.place:{question.prefix}", by=by, at=at, **told)


def _lines(found):
    """The headings and the lines of a table, with its sums; the code of a place stands beside its name."""
    question = found.question
    is_place = question.rows in figures.PLACES
    has_rates = any(found.rates.values())
    heads = [str(figures.DIMENSIONS[question.rows]), *(str(words) for _code, words in found.columns), _("All")]
    lines = []
    for code, words, numbers, total, rate in found.table():
        name = f"{words} ({code})" if is_place and "?" not in code else str(words)
        lines.append([name, *map(_shown, numbers), _shown(total), *([_rate(rate)] if has_rates else [])])
    sums = [_shown(found.total_of(code)) for code, _words in found.columns]
    lines.append([_("All"), *sums, _shown(found.total), *([""] if has_rates else [])])
    return heads + ([_("per 100,000 inhabitants")] if has_rates else []), lines


def _shown(number):
    return number if isinstance(number, int) else str(number)


def _rate(rate):
    return "" if rate is None else round(rate, 1)


def _table_cover(found, words, *, by, at):
    question = found.question
    lines = [
        (_("What is counted"), found.definition),
        (_("Asked for"), ", ".join(words)),
        (_("Region"), path_names([question.prefix]).get(question.prefix, question.prefix)),
        (_("Source"), _("Lists and register entries in Simpul, as of %(moment)s") % {"moment": long_moment(at)}),
        (_("Asked by"), f"{by.full_name}, {by.agency.name}"),
        (_("Please note"), _("A low number is not a low risk: it also tells where somebody looks.")),
    ]  # fmt: skip
    if not found.is_exact:
        hidden = _("“…”: fewer than %(threshold)d, or hidden to protect such a number.")
        lines.append((_("Hidden numbers"), hidden % {"threshold": figures.THRESHOLD}))
    if any(found.rates.values()) and (population := populations.of(question.prefix)):
        lines.append((_("Inhabitants"), f"{population.year}, {population.source}"))
    return lines


def _manifest_columns():
    return [
        Column(_("Number"), width=18), Column(_("Name"), width=28), Column(_("Sex"), width=6),
        Column(_("Date of birth"), "day", 12), Column(_("Age on arrival"), "number", 8), Column("NIK", width=18),
        Column(_("Document"), width=14), Column(_("Kind of travel document"), width=14),
        Column(_("Province"), width=18), Column(_("Regency or city"), width=20), Column(_("District"), width=20),
        Column(_("Village"), width=20), Column(_("Village code"), width=14), Column(_("Work"), width=16),
        Column(_("Reason of return"), width=22), Column(_("Onward travel"), width=18),
        Column(_("Outcome of the visit"), width=22),
    ]  # fmt: skip


def _person(row, places):
    told = {name: getattr(row.person, name).opened() for name in IDENTITY}
    terms = {name: catalogues.name_of(catalogue, getattr(row, name)) if getattr(row, name) else ""
             for name, catalogue in CATALOGUES}  # fmt: skip
    levels = (
        [places.get(code, "").split(",")[0] for code in (*ancestors(row.home_id), row.home_id)] if row.home_id else []
    )
    return [
        row.number, told["name"], row.sex, told["birth_date"], row.age, told["nik"], told["passport"],
        terms["document"], *(levels + [""] * 4)[:4], row.home_id, terms["sector"], terms["reason"], terms["onward"],
        terms["outcome"],
    ]  # fmt: skip


def _manifest_cover(found, people, withheld, *, by, at):
    return [
        (_("What this is"), _("People of manifest %(number)s, for BP3MI and the national return")
         % {"number": found.number}),
        (_("Kind"), found.get_kind_display()),
        (_("Arrived"), long_day(found.arrived_on)),
        (_("Depot"), catalogues.name_of("depots", found.depot) if found.depot else "–"),
        (_("Post"), found.post.name if found.post else "–"),
        *taken(by, at, people=people, withheld=withheld),
    ]  # fmt: skip
