"""Identities: recorded, corrected and read; every reading is written down."""

import dataclasses
from itertools import islice

from django.db import connection, transaction
from django.db.models import PROTECT
from django.utils.translation import gettext as _

from simpul.confidentiality import data_keys
from simpul.confidentiality.blind_index import name_tags, tag
from simpul.confidentiality.fields import seal_all
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.storing import Packed, blanks, packed, store_packed, store_values
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.dates import full_years_between
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import digits, one_line
from simpul.persons import followers
from simpul.persons.models import NameTag, Person

SEALED = ("name", "aliases", "nik", "birth_date", "phone", "passport", "address", "safe_contact")
PLAIN = ("sex", "birth_year", "home")
AT_ONCE = 500
INDEXED = (("nik", "nik"), ("phone", "phone"), ("passport", "passport"))


@dataclasses.dataclass
class People:
    """The persons of a list, each sealed under a key of its own, not stored yet; one process can hand them to another.

    `secrets` are the open keys: they are for whoever stores, and are kept nowhere.
    """

    persons: Packed
    words: list
    secrets: list = dataclasses.field(repr=False)

    @property
    def keys(self):
        """The ids of the data keys."""
        return self.persons.columns["data_key_id"]


class IdentityError(ValueError):
    """Something typed about a person that cannot be right; the sentence says what to do."""


@transaction.atomic
def record(*, by, at, file=None, **told):
    """Record a person from what is known: any of the sealed and plain fields by name."""
    person = Person(data_key=data_keys.make(at=at), recorded_at=at, recorded_by=by)
    _write(person, told)
    person.save(force_insert=True)
    _tag_name(person)
    enter(Act.PERSON_RECORDED, on=person, file=file, by=by, at=at)
    followers.recorded(person, by=by, at=at)
    return person


@transaction.atomic
def record_many(people, *, by, at, file):
    """Record the persons of a list together, each from a dict as `record` takes it; one entry tells of them all."""
    persons, sealed = sealed_many(people, by=by, at=at)
    for person, pk in zip(persons, store_many(sealed, by=by, at=at, file=file), strict=True):
        person.pk = pk
        person._state.adding, person._state.db = False, connection.alias
    return persons


def sealed_many(people, *, by, at):
    """(persons, what `store_many` stores of them), from dicts as `record` takes them; asks no database."""
    persons = list(islice(blanks(Person, recorded_at=at, recorded_by=by), len(people)))
    keys = data_keys.begun_many(len(people), at=at)
    for person, data_key, told in zip(persons, keys, people, strict=True):
        person.data_key = data_key
        _write(person, told)
    words = [name_tags(f"{told.get('name', '')} {told.get('aliases', '')}") for told in people]
    return persons, People(packed(Person, persons), words, [key.opened for key in keys])


@transaction.atomic
def store_many(people, *, by, at, file):
    """Store the sealed persons of a list; returns their ids in the same order. One entry tells of them all."""
    data_keys.store_many(people.keys, people.secrets, at=at)
    pks = store_packed(people.persons)
    tags = ((pk, word) for pk, words in zip(pks, people.words, strict=True) for word in words)
    store_values(NameTag, ("person", "tag"), tags)
    enter(Act.PEOPLE_RECORDED, on=file, by=by, at=at, count=len(pks))
    return pks


@transaction.atomic
def forget_many(persons):
    """People recorded by mistake, by id: rows and keys go, in parts that any database takes.

    Refused where another record names one of them. Whoever calls this journals the act it belongs to.
    """
    if kept := named_elsewhere(persons):
        raise NotAllowed(
            _("Nobody was removed: about %(count)d of these people something is on record that must stay, such as a"
              " request about their data, the notice of a breach, or a newer entry. Correct what is known of them, one"
              " by one.") % {"count": len(kept)}
        )  # fmt: skip
    for start in range(0, len(persons), AT_ONCE):
        rows = Person.objects.filter(pk__in=persons[start : start + AT_ONCE])
        keys = list(rows.values_list("data_key", flat=True))
        followers.forgotten(persons[start : start + AT_ONCE])
        NameTag.objects.filter(person__in=rows).delete()
        rows.delete()
        DataKey.objects.filter(pk__in=keys).delete()


def named_elsewhere(persons):
    """Those of several people, by id, whom another record names that must not lose them."""
    kept = set()
    for relation in Person._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is not PROTECT or relation.concrete:
            continue
        field = relation.field
        for start in range(0, len(persons), AT_ONCE):
            rows = field.model._base_manager.filter(**{f"{field.name}__in": persons[start : start + AT_ONCE]})
            kept.update(rows.values_list(field.attname, flat=True))
    return kept


@transaction.atomic
def correct(person, *, by, at, file=None, **told):
    """Correct what is known of a person; only the fields named are touched."""
    _write(person, told)
    person.save()
    if {"name", "aliases"} & set(told):
        person.name_tags.all().delete()
        _tag_name(person)
    enter(Act.PERSON_CORRECTED, on=person, file=file, by=by, at=at, fields=sorted(told))
    followers.recorded(person, by=by, at=at)


@transaction.atomic
def read(person, *, fields, by, at, file=None, because=""):
    """The named sealed fields of a person as a dict; one entry in the journal says who saw which.

    The caller has checked that the officer may; this refuses an officer who has not acknowledged the duty of secrecy.
    """
    check_may_read_identities(by)
    opened = {name: getattr(person, name).opened_or_erased() for name in fields}
    enter(Act.IDENTITY_READ, on=person, file=file, by=by, at=at, fields=sorted(fields), because=because)
    return opened


def index_anew(person):
    """Make the blind index of a person anew, after the blind key was lost or changed."""
    for field, kind in INDEXED:
        setattr(person, f"{field}_tag", tag(kind, getattr(person, field).opened_or_erased()))
    person.save(update_fields=[f"{field}_tag" for field, _kind in INDEXED])
    person.name_tags.all().delete()
    _tag_name(person)


def check_may_read_identities(officer):
    """UU 21/2007 Art. 24 binds whoever was told that an identity is secret: so everybody is told before."""
    if officer.acknowledged_at is None:
        raise NotAllowed(_("First read and acknowledge the duty of secrecy (UU 21/2007 Art. 24 and 44)."))


def is_a_child_on(birth_date, day):
    """Whether somebody born on a day is under 18 on another."""
    return full_years_between(birth_date, day) < 18


def _write(person, told):
    # A list knows a home by its code alone.
    unknown = set(told) - set(SEALED) - set(PLAIN) - {"home_id"}
    if unknown:
        raise TypeError(f"A person has no {', '.join(sorted(unknown))}.")
    told = {name: one_line(value) if isinstance(value, str) else value for name, value in told.items()}
    _check_nik(told.get("nik"))
    seal_all(person, {name: told[name] for name in SEALED if name in told})
    for name in (*PLAIN, "home_id"):
        if name in told:
            setattr(person, name, told[name])
    if told.get("birth_date"):
        person.birth_year = told["birth_date"].year
    for field, kind in INDEXED:
        if field in told:
            setattr(person, f"{field}_tag", tag(kind, told[field]))


def _check_nik(nik):
    if nik and len(digits(nik)) != 16:
        raise IdentityError(_("A NIK has 16 digits; %(count)d were typed. Leave it empty if it is not known.")
                            % {"count": len(digits(nik))})  # fmt: skip


def _tag_name(person):
    words = f"{person.name.opened()} {person.aliases.opened()}"
    NameTag.objects.bulk_create(NameTag(person=person, tag=word) for word in name_tags(words))
