"""What was learned: probabilities from encodings alone, rarity of words, and the tags somebody is found by."""

import numpy as np
import pytest

from simpul.linkage import learnt
from simpul.linkage.matching import compare, encode, normalise
from simpul.linkage.matching.keys import KeyRing

RING = KeyRing.from_secret(bytes(range(32)), "2026")
SITI = {"name": "Siti Nurhaliza binti Hasan", "birth_date": "12-08-1999", "nik": "6107075208990003", "sex": "P",
        "village": "61.07.07.2001", "regency": "61.07"}  # fmt: skip


def rows(*people):
    return encode.encode([normalise.record(SITI | told) for told in people], RING)


def probabilities(one, *others, n=10_000):
    found, levels = learnt.shipped().beside(rows(one)[0], rows(*others), learnt.Rarity.nothing(), among=n)
    assert {len(level) for level in levels.values()} == {len(others)}
    return found.tolist()


def probability(one, other, *, n=10_000):
    return probabilities(one, other, n=n)[0]


def test_what_is_shipped_fits_the_levels_of_today():
    shipped = learnt.shipped()
    assert {name: weights.shape[1] for name, weights in shipped.model.weights.items()} == dict(compare.FIELDS)
    assert shipped.n > 1_000


def test_the_same_person_is_likely_and_a_namesake_is_not():
    assert probability({}, {"name": "ST. NOERHALIZAH"}) > 0.95
    stranger = {"name": "Yohanes Lunjap", "birth_date": "01-03-1971", "nik": "6101011303710001", "sex": "L"}
    assert probability({}, stranger | {"village": "61.01.01.2001", "regency": "61.01"}) < 0.01


def test_among_more_people_the_same_evidence_says_less():
    other = {"nik": "", "birth_date": "1999"}
    assert probability({}, other, n=1_000) > probability({}, other, n=1_000_000)


def test_among_a_handful_nobody_is_likelier_for_there_being_few():
    other = {"nik": "", "birth_date": "1999"}
    assert probability({}, other, n=2) == probability({}, other, n=learnt.FEWEST)


def test_a_better_rival_makes_the_other_less_likely():
    vague = {"nik": "", "birth_date": "1999", "name": "Siti Nurhaliza"}
    alone, beside = probability({"nik": ""}, vague), probabilities({"nik": ""}, vague, {"nik": ""})
    assert beside[1] > 0.95
    assert beside[0] != alone


def test_whoever_has_nothing_in_common_is_no_better_for_company():
    stranger = {"name": "Yohanes Lunjap", "birth_date": "01-03-1971", "nik": "6101011303710001", "sex": "L",
                "village": "61.01.01.2001", "regency": "61.01"}  # fmt: skip
    assert max(probabilities({}, *[stranger] * 20)) < 0.01


def test_what_is_said_rises_with_the_odds_and_is_careful_at_the_top():
    heard, said = learnt.shipped().curve
    assert (np.diff(heard) > 0).all()
    assert (np.diff(said) > 0).all()
    sure = np.log(0.95 / 0.05)
    assert np.interp(sure, heard, said) < sure


def test_a_word_that_many_bear_is_no_surprise():
    many = rows(*({"name": f"Siti Nama{number}", "birth_date": "", "nik": ""} for number in range(300)))
    rarity = learnt.Rarity.of([many[:100], many[100:]])
    assert rarity.n == 300
    siti, alone = rows({"name": "Siti"})[0], rows({"name": "Nama7"})[0]
    assert rarity.surprise(siti[None]).max() < rarity.surprise(alone[None]).max()
    assert learnt.Rarity.nothing().surprise(siti[None])[1:] == pytest.approx(8.0)


def test_rarity_counts_the_same_in_whatever_blocks():
    many = rows(*({"name": f"Siti Nama{number % 7}"} for number in range(20)))
    one, other = learnt.Rarity.of([many]), learnt.Rarity.of([many[:3], many[3:11], many[11:]])
    assert np.array_equal(one.tags, other.tags)
    assert np.array_equal(one.counts, other.counts)


def test_what_is_learned_is_kept_as_it_is(tmp_path, monkeypatch):
    shipped = learnt.shipped()
    learnt.save(shipped, tmp_path / "again.npz")
    with np.load(tmp_path / "again.npz") as held:
        assert str(held["version"]) == shipped.version
        assert np.allclose(held["prior"], shipped.model.prior)
        assert np.allclose(held["curve"], shipped.curve)
