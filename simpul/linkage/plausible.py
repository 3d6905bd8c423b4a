"""Plausible linkages: who may be one person with whom, drawn several times, for figures that say how unsure they are.

What exact numbers and officers' decisions say holds in every one of them. Pairs nobody has decided on are drawn with
the probability the machine gives them, each linkage anew. Nothing here is shown of a person or kept: the keys become
numbers of groups, and groups are counted.
"""

from random import Random

from simpul.linkage.groups import groups
from simpul.linkage.models import Pair
from simpul.persons.models import Person

AT_ONCE = 5000


def linkages(persons, *, draws, seed=1):
    """Partitions of some keys, {key: number of the group} each: `draws` of them, or one where nothing is undecided.

    The same keys, decisions and seed give the same partitions.
    """
    keys = sorted(set(persons))
    sure = _sure(keys)
    open_pairs = _undecided(set(keys))
    if not open_pairs:
        return [_numbered(keys, sure)]
    drawn = []
    for number in range(draws):
        chance = Random(f"{seed} {number}")
        same = [(left, right) for left, right, probability in open_pairs if chance.random() < probability]
        drawn.append(_numbered(keys, sure + same))
    return drawn


def _sure(keys):
    """Pairs of keys that numbers or decisions make one person."""
    known, found = set(keys), []
    for start in range(0, len(keys), AT_ONCE):
        rows = Person.objects.filter(pk__in=keys[start : start + AT_ONCE]).only("pk", "nik_tag", "passport_tag")
        for key, others in groups(rows).items():
            found += [(key, other) for other in others & known if key < other]
    return found


def _undecided(keys):
    """(left, right, probability) of pairs among the keys that nobody has decided on, in a fixed order."""
    rows = Pair.objects.undecided().exclude(probability=None).order_by("left", "right")
    found = rows.values_list("left_id", "right_id", "probability").iterator()
    return [row for row in found if row[0] in keys and row[1] in keys]


def _numbered(keys, pairs):
    """{key: smallest key of its group}, where pairs join."""
    above = {key: key for key in keys}

    def top(key):
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for left, right in pairs:
        one, other = sorted((top(left), top(right)))
        above[other] = one
    return {key: top(key) for key in keys}
