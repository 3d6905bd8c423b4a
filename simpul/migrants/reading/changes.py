"""What a corrected list says differently: who is new, who is gone, what reads differently of those who stayed."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from simpul.lib.texts import folded


@dataclass(frozen=True)
class Changes:
    """Lines of two lists of the same arrival. `kept` holds (old line, new line, columns that read differently)."""

    added: list
    gone: list
    kept: list

    @property
    def changed(self):
        """Of those who stayed, the lines that read differently."""
        return [each for each in self.kept if each[2]]


def between(old, new):
    """Compare the lines of two lists, oldest first.

    Lines belong together by NIK, by travel document, by name and birth, by name alone; each only where it names one
    line on either list, so that two people of one name are never taken for each other.
    """
    old, new, kept = list(old), list(new), []
    for key in (partial(_number, "nik"), partial(_number, "document"), _name_and_birth, _name):
        pairs = list(_pairs(old, new, key))
        kept += pairs
        old = _without(old, [before for before, _after in pairs])
        new = _without(new, [after for _before, after in pairs])
    return Changes(
        added=new,
        gone=old,
        kept=sorted(((b, a, different(b, a)) for b, a in kept), key=lambda each: each[1].line),
    )


def different(old, new):
    """Columns whose value is not the same on two lines."""
    return sorted(c for c in {*old.values, *new.values} if old.values.get(c) != new.values.get(c))


def _pairs(old, new, key):
    once_before, once_after = _once(old, key), _once(new, key)
    for value, before in once_before.items():
        if value in once_after:
            yield before, once_after[value]


def _once(rows, key):
    """{key: line} for keys that name exactly one line."""
    counted = Counter(key(row) for row in rows)
    return {key(row): row for row in rows if key(row) and counted[key(row)] == 1}


def _without(rows, taken):
    lines = {row.line for row in taken}
    return [row for row in rows if row.line not in lines]


def _number(kind, row):
    return row.values.get(kind)


def _name_and_birth(row):
    birth = row.values.get("birth_date") or row.values.get("birth_year")
    return (folded(row.values.get("name") or ""), birth) if birth else None


def _name(row):
    return folded(row.values.get("name") or "")
