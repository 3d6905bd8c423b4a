"""Whether two records are the same person. Whoever asks, asks here: exact numbers answer today.

Two records that share a NIK or a travel document are taken as one person. Spelling, dates and places are not compared.
"""

from django.db.models import Q

from simpul.persons.models import Person


def same_as(person):
    """Other records of the same person, as a queryset of persons."""
    shared = _shared(person)
    return Person.objects.filter(shared).exclude(pk=person.pk) if shared else Person.objects.none()


def groups(persons):
    """{id of a person: ids of recorded persons who are the same}, for many at once, in two queries."""
    asked = {person.pk: _tags(person) for person in persons}
    known = {}
    for kind in ("nik_tag", "passport_tag"):
        wanted = {tags[kind] for tags in asked.values() if tags[kind]}
        for pk, tag in _found(kind, wanted):
            known.setdefault((kind, bytes(tag)), set()).add(pk)
    return {
        pk: set().union(*(known.get(item, ()) for item in tags.items() if item[1])) - {pk} for pk, tags in asked.items()
    }


def _shared(person):
    tags = {kind: tag for kind, tag in _tags(person).items() if tag}
    return Q(*tags.items(), _connector=Q.OR) if tags else None


def _tags(person):
    return {"nik_tag": bytes(person.nik_tag or b""), "passport_tag": bytes(person.passport_tag or b"")}


def _found(kind, wanted, *, at_once=500):
    wanted = sorted(wanted)
    for start in range(0, len(wanted), at_once):
        yield from Person.objects.filter(**{f"{kind}__in": wanted[start : start + at_once]}).values_list("pk", kind)
