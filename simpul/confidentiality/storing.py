"""Storing rows by the thousand: what a list brings in, in a few statements that are built once.

The object mapper looks at every value of every row; for two hundred thousand people that costs more than sealing them
does (docs/performance.md). What is stored, and how, is the same.
"""

from functools import cache
from itertools import chain

from django.db import connection
from django.db.models.base import ModelState

AT_ONCE = 250
# Values that every database takes as they are; a choice, a day or a key goes through its field.
AS_IT_IS = frozenset({str, int, bytes, bool, type(None)})


def blanks(model, **told):
    """An endless supply of new objects of a model that share some values: made once, copied as often as wanted."""
    first = model(**told)
    while True:
        row = model.__new__(model)
        row.__dict__ = first.__dict__ | {"_state": ModelState()}
        row._state.fields_cache = dict(first._state.fields_cache)
        yield row


def store_new(rows):
    """Insert new rows of one model, in the transaction of their act; each then knows its id."""
    rows = list(rows)
    for start in range(0, len(rows), AT_ONCE):
        _store(rows[start : start + AT_ONCE])
    return rows


def store_values(model, names, lines):
    """Insert rows that nobody holds an object of: the values of the named fields, line by line."""
    fields = [model._meta.get_field(name) for name in names]
    lines = list(lines)
    if not lines:
        return
    columns = [_prepared(values, field) for values, field in zip(zip(*lines, strict=True), fields, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(_begun(model, fields) + _places(fields, 1), list(zip(*columns, strict=True)))


def _store(rows):
    model = type(rows[0])
    fields = _written(model)
    columns = [_prepared([row.__dict__[field.attname] for row in rows], field) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_insertion(model, len(rows)), list(chain.from_iterable(zip(*columns, strict=True))))
        if model._meta.auto_field:
            for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = pk
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


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
