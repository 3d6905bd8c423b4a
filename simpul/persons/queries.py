"""Finding persons without reading names: by blind index only."""

from django.db.models import Count, Q

from simpul.confidentiality.blind_index import name_tags, tag
from simpul.lib.texts import digits
from simpul.persons.models import Person


def named(text):
    """Persons whose name holds every word of a text."""
    tags = name_tags(text)
    if not tags:
        return Person.objects.none()
    return Person.objects.filter(name_tags__tag__in=tags).annotate(hits=Count("name_tags")).filter(hits=len(tags))


def numbered(text):
    """Persons with a NIK, telephone or passport of this number."""
    if len(digits(text)) < 5:
        return Person.objects.none()
    wanted = {"nik_tag": tag("nik", text), "phone_tag": tag("phone", text), "passport_tag": tag("passport", text)}
    return Person.objects.filter(Q(*wanted.items(), _connector=Q.OR))
