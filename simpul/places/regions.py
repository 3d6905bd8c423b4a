"""Regions: what a code says by itself. A jurisdiction is a code; scope is being at or below it."""

import re

from django.db import connection
from django.db.models import CharField, F, Func, Q
from django.db.models.lookups import StartsWith

from simpul.places.models import Place

LEVELS = (Place.Level.PROVINCE, Place.Level.REGENCY, Place.Level.DISTRICT, Place.Level.VILLAGE)

_CODE = re.compile(r"\d\d(\.\d\d){0,2}|\d\d\.\d\d\.\d\d\.\d{4}", re.ASCII)

# Papua's provinces call a district "Distrik".
_PAPUA = ("91", "92", "93", "94", "95", "96")


def is_code(text):
    """Whether a text has the shape of a code: "61", "61.07", "61.07.07", "61.07.07.2001"."""
    return bool(_CODE.fullmatch(text))


def level_of(code):
    """The level that a code belongs to: "61.07.07" is a district."""
    return LEVELS[code.count(".")]


def ancestors(code):
    """The codes above, from the province down: "61.07.07" gives ["61", "61.07"]."""
    parts = code.split(".")
    return [".".join(parts[:size]) for size in range(1, len(parts))]


def regency_of(code):
    """The code of the regency or city; empty for a province."""
    parts = code.split(".")
    return ".".join(parts[:2]) if len(parts) > 1 else ""


def is_within(code, prefix):
    """Whether a code is the region itself or lies below it. Nothing lies within an empty prefix."""
    return bool(prefix) and (code == prefix or code.startswith(f"{prefix}."))


def within(prefix, field="place"):
    """A condition on a foreign key to a place, or on a column of codes: the region itself or below it.

    "61.07" matches 61.07 and 61.07.07.2001, never 61.071. An empty prefix matches nothing, so that an officer
    without a jurisdiction sees nothing.
    """
    if not prefix:
        return Q(**{f"{field}__in": []})
    if connection.vendor == "sqlite":
        # SQLite cannot use an index for LIKE. The sign after "." is "/", and codes are digits and dots:
        # this range holds the region, what is below it, and nothing else.
        return Q(**{f"{field}__gte": prefix, f"{field}__lt": f"{prefix}/"})
    # PostgreSQL may sort by the rules of a language, where a range means something else; LIKE has its own index.
    return Q(**{field: prefix}) | Q(StartsWith(F(field), f"{prefix}."))


def most_within(rows, prefix, column):
    """The rows within a region in which most of them lie: known of each as it is read, and not looked up by place."""
    return rows.alias(lies_in=_Unsought(column)).filter(within(prefix, field="lies_in"))


class _Unsought(Func):
    """A column by which SQLite looks nothing up, so that it reads an index that begins with something else."""

    arity, template, output_field = 1, "%(expressions)s", CharField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def short_name(place):
    """The name as it is said on a page: "Kab. Bengkayang", "Kec. Jagoi Babang", "Jagoi"."""
    return _short(place.code, place.name)


def path_names(codes):
    """Names to show for many codes, with one query: {"61.07.07.2001": "Jagoi, Kec. Jagoi Babang, Kab. Bengkayang"}.

    The province is named only for a province itself and for a regency or city. Codes that no table knows are left out.
    """
    codes = set(codes)
    wanted = codes.union(*map(ancestors, codes)) if codes else set()
    names = dict(Place.objects.filter(code__in=wanted).values_list("code", "name")) if wanted else {}
    return {code: path_name(code, names=names) for code in codes if code in names}


def path_name(code, *, names, province=False):
    """The name to show for a code, from the names of it and of the codes above; `province` adds the province's."""
    above = [upper for upper in ancestors(code) if province or len(upper) > 2 or level_of(code) == Place.Level.REGENCY]
    return ", ".join(_short(each, names[each]) for each in [code, *reversed(above)] if each in names)


def _short(code, name):
    level = level_of(code)
    if level == Place.Level.DISTRICT:
        return f"Distrik {name}" if code.startswith(_PAPUA) else f"Kec. {name}"
    if level == Place.Level.REGENCY and name.startswith("Kabupaten "):
        return f"Kab. {name.removeprefix('Kabupaten ')}"
    return name
