"""Sealed fields: what is assigned is sealed at once, and what is read is a closed `Sealed` until it is opened.

A model with sealed fields says in `class Confidential` where its data key is: `key = "data_key"`, or
`key = "report.data_key"` for a row that belongs to a report. The foreign key on that way stands above the sealed
fields, because a value is sealed when it is assigned.
"""

import json
from datetime import date
from operator import attrgetter

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import cached_property
from django.utils.translation import gettext

from simpul.confidentiality.data_keys import Erased, secret_of
from simpul.confidentiality.sealing import seal, sealer, unseal


class Sealed:
    """A closed value. It can be shown, compared and passed on without telling anything."""

    __slots__ = ("_field", "_instance", "_token")

    def __init__(self, instance, field, token):
        self._instance, self._field, self._token = instance, field, token

    def opened(self):
        """The value itself. Whoever calls this has checked the right to it and writes the reading down."""
        return self._field.unsealed(self._instance, self._token)

    def opened_or_erased(self):
        """The value itself, or a word that it was erased."""
        try:
            return self.opened()
        except Erased:
            return gettext("erased")

    def __bool__(self):
        return bool(self._token)

    def __str__(self):
        return "•••" if self._token else ""

    def __repr__(self):
        return f"<Sealed {self._field.name}>"


class SealedAttribute(DeferredAttribute):
    """Seals on assignment; hands out `Sealed` on reading."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        return Sealed(instance, self.field, super().__get__(instance, cls))

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.sealed(instance, value)


class SealedField(models.Field):
    """What all sealed fields share. Stored as bytes; empty stays empty."""

    descriptor_class = SealedAttribute
    empty_values = [None, b"", ""]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", b"")
        super().__init__(*args, **kwargs)

    def get_internal_type(self):
        return "BinaryField"

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, f"{type(self).__module__}.{type(self).__qualname__}", args, kwargs

    def sealed(self, instance, value):
        """Bytes come from the database and are sealed already; everything else is sealed now."""
        if value is None or value == "" or value == b"":
            return b""
        if isinstance(value, Sealed):
            return self.sealed(instance, value.opened() if value else b"")
        if isinstance(value, (bytes, memoryview)):
            return bytes(value)
        data_key = self._data_key(instance)
        return seal(secret_of(data_key), self.encoded(value), context=self._context(data_key))

    def unsealed(self, instance, token):
        """The value that was assigned; None for an empty date or structure, "" for empty text."""
        if not token:
            return self.nothing
        data_key = self._data_key(instance)
        return self.decoded(unseal(secret_of(data_key), token, context=self._context(data_key)))

    def pre_save(self, model_instance, add):
        return model_instance.__dict__[self.attname]

    def get_db_prep_value(self, value, connection, prepared=False):
        value = super().get_db_prep_value(value, connection, prepared)
        return value if value is None else connection.Database.Binary(value)

    def get_default(self):
        return b""

    def get_lookup(self, lookup_name):
        raise TypeError(f"{self.name} is sealed: it cannot be searched. Use a blind index.")

    def value_to_string(self, obj):
        raise TypeError(f"{self.name} is sealed: it cannot be serialised.")

    @cached_property
    def _data_key(self):
        """The way from a row to its data key."""
        return attrgetter(self.model.Confidential.key)

    @cached_property
    def _place(self):
        return f"{self.model._meta.label_lower}.{self.name}"

    def _context(self, data_key):
        return f"{self._place}:{data_key.pk.hex}"


def seal_all(row, told):
    """Assign several sealed fields of a row, {name: value}: the same as one by one, for rows by the thousand."""
    seal_under, data_key = None, None
    for name, value in told.items():
        if not value or not isinstance(value, (str, date)):
            setattr(row, name, value)
            continue
        field = row._meta.get_field(name)
        if seal_under is None:
            data_key = field._data_key(row)
            seal_under, mark = sealer(secret_of(data_key)), data_key.pk.hex
        row.__dict__[name] = seal_under(field.encoded(value), f"{field._place}:{mark}")


class SealedTextField(SealedField):
    """Sealed text."""

    nothing = ""

    def encoded(self, value):
        return str(value).encode()

    def decoded(self, data):
        return data.decode()


class SealedDateField(SealedField):
    """A sealed day."""

    nothing = None

    def encoded(self, value):
        return value.isoformat().encode()

    def decoded(self, data):
        return date.fromisoformat(data.decode())


class SealedJSONField(SealedField):
    """A sealed structure of texts, numbers, lists and dicts."""

    nothing = None

    def encoded(self, value):
        return json.dumps(value, ensure_ascii=False).encode()

    def decoded(self, data):
        return json.loads(data)


class SealedBytesField(SealedField):
    """A sealed file. What is to be sealed is assigned as a bytearray, since bytes come from the database."""

    nothing = b""

    def encoded(self, value):
        return bytes(value)

    def decoded(self, data):
        return data


class BlindIndexField(models.BinaryField):
    """A keyed digest by which an exact value is found without being stored (`blind_index.tag`)."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 16)
        kwargs.setdefault("default", b"")
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """With what a binary field would leave out of a migration, since it is not what this one begins with."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"max_length": self.max_length, "db_index": self.db_index}
