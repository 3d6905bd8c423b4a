"""Sentences on files and rows: what could not be read, what was set aside and why, what is odd about a list."""

from simpul.lib.speech import _, gettext_noop, ngettext, number

_FILES = {
    "missing": gettext_noop("%(file)s is not there. Look at the name and the folder."),
    "closed": gettext_noop("%(file)s cannot be opened: %(why)s."),
    "folder": gettext_noop("%(file)s is a folder. Give the list in it."),
    "empty": gettext_noop("%(file)s is empty."),
    "no_column": gettext_noop(
        "None of the %(count)s columns of %(file)s has a heading that is known. Say which is which: --column "
        "name=HEADING --column birth_date=HEADING."
    ),
    "no_name": gettext_noop("%(file)s has no column for a name that is known. Say which it is: --column name=HEADING."),
    "no_truth": gettext_noop("%(file)s has no column %(column)s, which --truth asks for."),
    "password": gettext_noop("%(file)s is locked with a password. Save it without one."),
    "broken": gettext_noop("%(file)s is damaged and cannot be read. Open it in a program of tables and save it again."),
    "too_large": gettext_noop("%(file)s holds too much for a workbook. Save it as CSV: a CSV may be of any size."),
    "too_wide": gettext_noop("%(file)s has cells far to the right of the list. Save it as CSV."),
    "version": gettext_noop(
        "%(file)s holds encodings of another version of this program. Encode the list anew with this one."
    ),
    "encodings": gettext_noop("%(file)s holds no encodings. Make them with --encode KEYFILE, or leave --encoded out."),
}
_OTHER_KIND = gettext_noop("%(file)s is no list but another kind of file (%(kind)s). Save the list as CSV or XLSX.")
_COLUMNS = {
    "field": gettext_noop("--column: there is no field %(text)s. There are: %(fields)s."),
    "heading": gettext_noop("--column: no list has one column headed %(text)s."),
}
_ASIDE = {
    "cells": gettext_noop("%(found)s cells where the header has %(expected)s"),
    "quote": gettext_noop("a quotation mark is not closed, and the cells do not fit the header"),
    "no_id": gettext_noop("no identifier"),
    "duplicate_id": gettext_noop("the identifier stands in row %(first)s already"),
    "nothing": gettext_noop("nothing is known of this person"),
}
_AGES = {
    "an age says nothing without the day it was asked": gettext_noop("an age says nothing without the day it was asked")
}


def of_file(reason, details):
    """The sentence for a `FileError` or for a kind of file that is no list."""
    details = {"file": details["path"].name, **details}
    if reason in _FILES:
        return _(_FILES[reason]) % details
    return _(_OTHER_KIND) % {**details, "kind": reason}


def of_column(problem, fields):
    """The sentence for a `ColumnError`."""
    return _(_COLUMNS[problem.reason]) % {"text": problem.text, "fields": ", ".join(fields)}


def of_aside(aside):
    """Why a row was set aside."""
    return _(_ASIDE[aside.reason]) % aside.details


def of_all_aside(count, output):
    """How many rows were set aside, and where they are; nothing where none were."""
    if count:
        text = ngettext(
            "%(count)s row was set aside and is in %(file)s with its reason.",
            "%(count)s rows were set aside and are in %(file)s with their reasons.",
            count,
        )
        yield text % {"count": number(count), "file": f"{output}.aside.csv"}


def of_columns(opened):
    """What each column is taken for, and which are not used."""
    yield _("%(file)s: %(columns)s.") % {
        "file": opened.name,
        "columns": ", ".join(f"{field} = {' + '.join(made_of)}" for field, made_of in opened.columns.items()),
    }
    if "id" not in opened.columns:
        yield _("%(file)s has no column of identifiers: the number of the row stands for one.") % {"file": opened.name}
    left_out = [f"{heading} ({_(_AGES[why])})" if why in _AGES else heading for heading, why in opened.left_out()]
    if left_out:
        yield _("%(file)s: not used: %(columns)s.") % {"file": opened.name, "columns": ", ".join(left_out)}


def of_findings(opened):
    """What is to be said of a list that was read to its end."""
    found = opened.findings
    for field, (count, first) in found.unreadable.items():
        heading = " + ".join(opened.columns.get(field, [field]))
        text = ngettext(
            "%(file)s: %(count)s value of %(heading)s could not be read, in row %(first)s. Its row stays.",
            "%(file)s: %(count)s values of %(heading)s could not be read, the first in row %(first)s. Their rows stay.",
            count,
        )
        yield text % {"file": opened.name, "count": number(count), "heading": heading, "first": first}
    yield from _of_signs(opened.name, found)
    for (year, month, day), count in found.shared_dates():
        told = _(
            "%(file)s: %(count)s rows share one birthday, %(date)s. Such a date tells nobody apart; look where it "
            "comes from."
        )
        yield told % {"file": opened.name, "count": number(count), "date": f"{day:02}-{month:02}-{year}"}


def _of_signs(name, found):
    count, first = found.other_encoding
    if count:
        text = ngettext(
            "%(file)s: %(count)s line is not UTF-8, line %(first)s; it was read as Windows-1252.",
            "%(file)s: %(count)s lines are not UTF-8, the first is line %(first)s; they were read as Windows-1252.",
            count,
        )
        yield text % {"file": name, "count": number(count), "first": first}
    count, first = found.bad_bytes
    if count:
        text = ngettext(
            "%(file)s: %(count)s line holds bytes that are no letters, line %(first)s.",
            "%(file)s: %(count)s lines hold bytes that are no letters, the first is line %(first)s.",
            count,
        )
        yield text % {"file": name, "count": number(count), "first": first}
