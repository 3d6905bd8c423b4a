"""One encoding among many: two of one person share a tag to be found by, and come first in the quick order."""

import numpy as np
import pytest

from simpul.linkage.matching import encode, keys, near, normalise
from tests.linkage.registers import register


@pytest.fixture(scope="module")
def rows():
    ring = keys.KeyRing.from_secret(bytes(32), "2026")
    made = register(250)
    return encode.encode((normalise.record(row) for row in made.rows), ring), made.truth


def test_tags_are_the_same_for_one_and_for_many(rows):
    encodings, _truth = rows
    together = near.tags(encodings)
    alone = np.concatenate([near.tags(encodings[at : at + 1]) for at in range(20)])
    assert np.array_equal(together[:20], alone)


def test_records_of_one_person_share_a_tag_that_few_have(rows):
    encodings, truth = rows
    tags = near.tags(encodings)
    values, counts = np.unique(tags[tags != 0], return_counts=True)
    common = set(values[counts > 50].tolist()) | {0}
    found = asked = 0
    for at in range(len(truth)):
        for other in np.flatnonzero(truth == truth[at]):
            if other > at:
                asked += 1
                found += bool((set(tags[at].tolist()) & set(tags[other].tolist())) - common)
    assert asked > 100
    assert found / asked > 0.9


def test_the_right_record_comes_first(rows):
    encodings, truth = rows
    right = asked = 0
    for at in range(0, len(truth), 3):
        if (truth == truth[at]).sum() < 2:
            continue
        order = near.order(encodings[at], encodings)
        order[at] = -np.inf
        asked += 1
        right += truth[order.argmax()] == truth[at]
    assert asked > 50
    assert right / asked > 0.9


def test_a_date_is_found_changed_about():
    ring = keys.KeyRing.from_secret(bytes(32), "2026")
    one, other = (
        normalise.record({"name": name, "birth_date": date})
        for name, date in (("Ani", "1990-07-05"), ("Budi", "1990-05-07"))
    )
    tags = near.tags(encode.encode([one, other], ring))
    assert set(tags[0][tags[0] != 0].tolist()) & set(tags[1].tolist())


def test_nothing_known_is_found_by_nothing():
    empty = np.zeros((1, encode.WIDTH), np.uint64)
    assert not near.tags(empty).any()
    assert near.order(empty[0], empty).shape == (1,)
