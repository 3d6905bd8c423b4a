"""Checks of the files in `data/`: what a reviewer of a catalogue would look for.

Loading refuses what cannot be read. These checks find what can be read and is still wrong. Each returns sentences,
one for every fault; none means the files are in order.
"""

import csv
import re
from datetime import date

from django.conf import settings

from simpul.reference.catalogues import CATALOGUES
from simpul.reference.loading import read
from simpul.reference.models import Term

OWN_WORDS = "Simpul"
HOLIDAY_COLUMNS = ["date", "kind", "region_code", "name_english", "name_indonesian", "source", "mark"]
HOLIDAY_KINDS = {"national", "collective_leave", "regional"}

_DIALABLE = re.compile(r"\+?[0-9]{3,15}")
_REGION = re.compile(r"[0-9]{2}(\.[0-9]{2}){0,2}")


def faults():
    """Everything that is wrong in the files."""
    return [
        *marks_without_source(),
        *half_translated_help(),
        *unknown_exchange_codes(),
        *invented_mappings(),
        *wrong_hotlines(),
        *wrong_clocks(),
        *wrong_holidays(),
    ]


def marks_without_source():
    """Our own wording is nobody's verified fact: its mark is G."""
    return [
        f"{catalogue}.{row['code']} is our own wording and has the mark {row['mark']}; its mark is G."
        for catalogue, row in _all_rows()
        if row["source"].startswith(OWN_WORDS) and row["mark"] != Term.Mark.UNVERIFIED
    ]


def half_translated_help():
    """Help is there in both languages or in none."""
    return [
        f"{catalogue}.{row['code']} has its help in one language only."
        for catalogue, row in _all_rows()
        if bool(row["hint_english"]) != bool(row["hint_indonesian"])
    ]


def unknown_exchange_codes():
    """Every HTCDS code stands in the code list its catalogue is mapped to, every CTDC column in that dataset."""
    known = _exchange_codes()
    found = []
    for catalogue, row in _all_rows():
        wanted = CATALOGUES[catalogue].htcds_list
        if row["htcds_code"] and (wanted, row["htcds_code"]) not in known:
            found.append(f"{catalogue}.{row['code']}: HTCDS {wanted or 'nowhere'} has no code {row['htcds_code']}.")
        if row["ctdc_column"] and ("ctdc", row["ctdc_column"]) not in known:
            found.append(f"{catalogue}.{row['code']}: CTDC has no column {row['ctdc_column']}.")
    return found


def invented_mappings():
    """IC-TIP and SIMFONI have published no code list we have seen, so nothing may be mapped to them yet."""
    return [
        f"{catalogue}.{row['code']} has a code of a list that was never seen."
        for catalogue, row in _all_rows()
        if row["ic_tip_code"] or row["simfoni_code"]
    ]


def wrong_hotlines():
    """A number can be dialled, and an unverified one does not claim to have been checked."""
    found = []
    for row in read("hotlines"):
        if not _DIALABLE.fullmatch(row["extra"]["tel"]):
            found.append(f"hotlines.{row['code']}: {row['extra']['tel']} cannot be dialled.")
        if row["mark"] == Term.Mark.UNVERIFIED and row["checked_on"]:
            found.append(f"hotlines.{row['code']} has the mark G and a day on which it was checked.")
    return found


def wrong_clocks():
    """A clock has a time, an amount has its unit, and a legal limit has its article."""
    return [
        f"obligations.{row['code']} {fault}." for row in read("obligations") for fault in _faults_of_clock(row["extra"])
    ]


def _faults_of_clock(extra):
    if not extra["target_amount"] and not extra["limit_amount"]:
        yield "has neither a target nor a limit"
    for name in ("target", "limit"):
        if bool(extra[f"{name}_amount"]) != bool(extra[f"{name}_unit"]):
            yield f"has a {name} without its unit, or a unit without its amount"
    if extra["dossier_id"] and not (extra["limit_amount"] and extra["legal_basis"] and extra["basis"]):
        yield "stands in the law and lacks its limit or its article"
    if bool(extra["escalate_to"]) != bool(extra["escalate_after"]):
        yield "tells somebody at no time, or nobody at some time"
    if extra["escalate_after"] and not extra[f"{extra['escalate_after']}_amount"]:
        yield f"tells somebody after a {extra['escalate_after']} it does not have"


def wrong_holidays():
    """Dates, kinds, words and marks of `holidays.csv`; a date stands once for each region."""
    found, seen = [], set()
    for line, row in _holidays():
        if row is None:
            return [f"holidays.csv, line {line}: the columns are not {', '.join(HOLIDAY_COLUMNS)}."]
        found += [f"holidays.csv, line {line}: {fault}." for fault in _faults_of_holiday(row)]
        place = (row["date"], row["region_code"])
        if place in seen:
            found.append(f"holidays.csv, line {line}: {row['date']} stands twice.")
        seen.add(place)
    return found


def _faults_of_holiday(row):
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        yield f"“{row['date']}” is not a date"
    if row["kind"] not in HOLIDAY_KINDS:
        yield f"the kind “{row['kind']}” is unknown"
    if row["kind"] == "regional" and not _REGION.fullmatch(row["region_code"]):
        yield "a regional holiday needs the code of its region"
    if row["kind"] != "regional" and row["region_code"]:
        yield "only a regional holiday has the code of a region"
    if not (row["name_english"] and row["name_indonesian"] and row["source"]):
        yield "a name or the source is missing"
    if row["mark"] not in Term.Mark.values:
        yield f"the mark “{row['mark']}” is unknown"


def _holidays():
    """Pairs (line, row); the row is None where a line does not fit the columns."""
    with (settings.DATA / "holidays.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        for cells in reader:
            fits = len(cells) == len(HOLIDAY_COLUMNS)
            if reader.line_num == 1:
                if cells != HOLIDAY_COLUMNS:
                    yield 1, None
                continue
            yield reader.line_num, dict(zip(HOLIDAY_COLUMNS, cells, strict=True)) if fits else None


def _exchange_codes():
    """Pairs (list, code) of the exchange formats, from `exchange_codes.csv`."""
    with (settings.DATA / "exchange_codes.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["list"], row["code"]) for row in rows}


def _all_rows():
    return [(catalogue, row) for catalogue in CATALOGUES for row in read(catalogue)]
