"""Populations: how many people live in a regency or city, for rates. A place that has no figure has no rate."""

import csv
from functools import cache
from typing import NamedTuple

from django.conf import settings


class Population(NamedTuple):
    """How many people, in which year, said by whom, and how sure that makes us."""

    people: int
    year: int
    source: str
    mark: str


def of(code):
    """The latest figure for a place, or None."""
    return _known().get(code)


def per_100_000(count, code):
    """A rate per 100,000 inhabitants; None where the population is not known."""
    known = of(code)
    return count * 100_000 / known.people if known else None


@cache
def _known():
    with open(settings.DATA / "populations.csv", encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["year"]))
    return {row["code"]: Population(int(row["people"]), int(row["year"]), row["source"], row["mark"]) for row in rows}
