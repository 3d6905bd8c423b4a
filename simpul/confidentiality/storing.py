"""Storing rows by the thousand: what a list brings in, in a few statements that are built once.

The object mapper looks at every value of every row; for two hundred thousand people that costs more than sealing them
does (docs/performance.md). What is stored, and how, is the same.
"""

from dataclasses import dataclass
from functools import cache
from itertools import chain

from django.db import connection
from django.db.models.base import ModelState

AT_ONCE = 250
# Values that every database takes as they are; a choice, a day or a key goes through its field.
AS_IT_IS = frozenset({str, int, bytes, bool, type(None)})


@dataclass
class Packed:
    """New rows of one model as the database takes them: {column: values}. One process can hand them to another."""

    model: type
    columns: dict

    def __len__(self):
        return len(next(iter(self.columns.values())))

    def put(self, position, row, names):
        """Take over the named fields of an object into one row."""
        for field in map(self.model._meta.get_field, names):
            (self.columns[field.attname][position],) = _prepared([row.__dict__[field.attname]], field)


def blanks(model, **told):
    """An endless supply of new objects of a model that share some values: made once, copied as often as wanted."""
    first = model(**told)
    while True:
        row = model.__new__(model)
        row.__dict__ = first.__dict__ | {"_state": ModelState()}
        row._state.fields_cache = dict(first._state.fields_cache)
        yield row


def packed(model, rows):
    """New rows of a model without their objects; the database is not asked."""
    told = [row.__dict__ for row in rows]
    columns = {field.attname: _prepared([row[field.attname] for row in told], field) for field in _written(model)}
    return Packed(model, columns)


def store_packed(rows):
    """Insert packed rows, in the transaction of their act; returns the ids that the database gave them, in order."""
    columns, model, pks = list(rows.columns.values()), rows.model, []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            part = [column[start : start + AT_ONCE] for column in columns]
            cursor.execute(_insertion(model, len(part[0])), list(chain.from_iterable(zip(*part, strict=True))))
            if model._meta.auto_field:
                pks += [pk for (pk,) in cursor.fetchall()]
    return pks


def store_values(model, names, lines):
    """Insert rows that nobody holds an object of: the values of the named fields, line by line."""
    fields = [model._meta.get_field(name) for name in names]
    lines = list(lines)
    if not lines:
        return
    columns = [_prepared(values, field) for values, field in zip(zip(*lines, strict=True), fields, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(_begun(model, fields) + _places(fields, 1), list(zip(*columns, strict=True)))


def _prepared(values, field):
    """A column as the database takes it; a value that comes again is looked at once."""
    if AS_IT_IS.issuperset(map(type, values)):
        return values
    known = {value: field.get_db_prep_save(value, connection) for value in set(values)}
    return [known[value] for value in values]


def _written(model):
    """The columns that are written: all but an id that the database gives."""
    return [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]


@cache
def _insertion(model, count):
    returning = f' RETURNING "{model._meta.pk.column}"' if model._meta.auto_field else ""
    return _begun(model, _written(model)) + _places(_written(model), count) + returning


def _begun(model, fields):
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES '


def _places(fields, count):
    return ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
