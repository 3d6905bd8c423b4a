"""Quality from decided pairs: worked examples, intervals that hold, groups, and a known truth."""

import random

import pytest

from simpul.linkage import quality, review
from simpul.linkage.models import Measurement, Pair
from tests.linkage.conftest import BECAUSE


def test_the_interval_of_wilson_is_that_of_the_books():
    told = quality.wilson(81, 263)
    assert (round(told.value, 4), round(told.low, 4), round(told.high, 4)) == (0.308, 0.2553, 0.3662)
    assert quality.wilson(20, 20).high == 1.0
    assert 0.8 < quality.wilson(20, 20).low < 0.9
    assert quality.wilson(9, 9).value is None


def pairs_of(counts):
    """{probability: (pairs, decided, same)} as pairs and verdicts."""
    pairs, verdicts, number = [], {}, 0
    for probability, (many, decided, same) in counts.items():
        for position in range(many):
            number += 2
            pairs.append((number, number + 1, probability))
            if position < decided:
                verdicts[number, number + 1] = "same" if position < same else "not_same"
    return pairs, verdicts


def test_recall_weighs_each_band_by_all_its_pairs():
    told = quality.quality_of(*pairs_of({0.99: (100, 50, 50), 0.6: (200, 20, 10)}))
    # 100 above the cut; of 200 below, half: 100 are missed.
    assert told.recall.value == pytest.approx(0.5)
    assert told.recall.low < 0.5 < told.recall.high
    assert told.precision.value == 1.0
    assert told.reviewed == 70


def test_a_band_of_which_too_little_was_decided_makes_recall_unknown():
    told = quality.quality_of(*pairs_of({0.99: (100, 50, 50), 0.6: (200, 2, 1)}))
    assert told.recall.value is None
    assert told.precision.value == 1.0


def test_the_interval_of_recall_holds_in_about_95_of_100_cases():
    chance, held, times = random.Random(5), 0, 300
    shares = {0.99: (400, 0.98), 0.85: (200, 0.7), 0.6: (300, 0.4), 0.3: (500, 0.1), 0.1: (800, 0.02)}
    for _time in range(times):
        pairs, verdicts, above, total, number = [], {}, 0, 0, 0
        for probability, (many, share) in shares.items():
            same = [chance.random() < share for _each in range(many)]
            total += sum(same)
            above += sum(same) if probability >= 0.95 else 0
            looked_at = set(chance.sample(range(many), 60))
            for position, is_same in enumerate(same):
                number += 2
                pairs.append((number, number + 1, probability))
                if position in looked_at:
                    verdicts[number, number + 1] = "same" if is_same else "not_same"
        told = quality.quality_of(pairs, verdicts).recall
        held += told.low <= above / total <= told.high
    assert held / times > 0.9


def test_figures_are_told_by_agency_sex_and_the_way_a_name_is_written(people, w, english):
    one, other = people.victim(sex="P"), people.victim(sex="P", name="Melati")
    far = people.sent_home(sex="L", name="Joko bin Hasan")
    for mate, verdict in ((other, "same"), (far, "unsure")):
        review.decided(people.pair(one, mate), verdict=verdict, reason=BECAUSE, by=w.rina, at=w.at)
    told = quality.figures()
    assert (told.whole.reviewed, told.unsure, told.false_matches) == (1, 1, 0)
    assert set(told.groups) == {"agency", "sex", "habit"}
    assert set(told.groups["agency"]) == {"UPTD PPA Bengkayang", "BP3MI Kalimantan Barat"}
    assert set(told.groups["sex"]) == {"P", "L"}
    assert set(told.groups["habit"]) == {"one_word", "several", "patronymic"}
    assert told.groups["sex"]["L"].reviewed == 0
    assert told.groups["sex"]["P"].pairs == 2
    assert [quality.name_of("sex", "P"), quality.name_of("habit", "one_word")] == ["Female", "one word"]
    assert [quality.name_of("habit", ""), quality.name_of("agency", "BP3MI")] == ["not known", "BP3MI"]


def test_what_was_measured_is_kept_with_its_day(people, w, machine):
    one, other = people.victim(sex="P"), people.victim(sex="P", name="Melati")
    review.decided(people.pair(one, other), verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    assert quality.newest() is None
    quality.know(lambda: {(one.pk, other.pk)}, among=lambda: {one.pk, other.pk})
    try:
        quality.measure(at=w.at, by=w.rina)
    finally:
        quality.know_nothing()
    told = quality.newest()
    assert (told.taken_at, told.taken_by, told.model) == (w.at, w.rina, machine.version)
    assert told.told.truth == quality.Measured(proposed=0, right=0, missed=1)
    quality.measure(at=w.later(days=1))
    assert quality.newest().told == quality.figures()
    assert Measurement.objects.count() == 2


def test_it_is_said_in_which_bands_too_little_was_decided():
    told = quality.quality_of(*pairs_of({0.99: (100, 50, 50), 0.6: (200, 2, 1), 0.3: (3, 3, 0)}))
    assert [(band.low, band.reviewed) for band in told.lacking] == [(0.5, 2)]
    assert (told.pairs, told.reviewed, told.proposed.pairs) == (303, 55, 100)


def test_against_a_known_truth(people, w):
    a, b, c, d = (people.victim(name=name) for name in "ABCD")
    for one, other, probability in ((a, b, 0.97), (a, c, 0.96), (a, d, 0.5)):
        pair = people.pair(one, other)
        Pair.objects.filter(pk=pair.pk).update(probability=probability)
    told = quality.against({(b.pk, a.pk), (a.pk, d.pk)})
    assert (told.proposed, told.right, told.missed) == (2, 1, 1)
    assert quality.against({(a.pk, b.pk)}, among={a.pk, b.pk}).proposed == 1
    assert quality.against({(a.pk, d.pk)}, cut=0.5).missed == 0
