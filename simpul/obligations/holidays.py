"""Holidays of the office: national days, collective leave and days of the region, from `data/holidays.csv`."""

import csv
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

from simpul.obligations.limits import OfficeCalendar


@cache
def office_calendar(region=None):
    """The calendar of an office in a region (code prefix; default: the installation's)."""
    return OfficeCalendar(ZoneInfo(settings.TIME_ZONE), _holidays(region or settings.REGION))


def _holidays(region):
    with (settings.DATA / "holidays.csv").open(newline="", encoding="utf-8") as file:
        return frozenset(
            date.fromisoformat(row["date"])
            for row in csv.DictReader(file)
            if not row["region_code"] or region.startswith(row["region_code"])
        )
