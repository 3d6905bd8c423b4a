"""From records to persons: the same from the same, what it says is so, and who is alike is not who is the same."""

from itertools import combinations

import numpy as np
import pytest

from simpul.linkage.matching import compare, context, index, judge, matcher
from tests.linkage.registers import VILLAGES, register, rows_of

HOME = {"village": "Ketungau", "regency": "Sintang", "father": "Wirasaba Gunawan", "mother": "Halimah Permata"}
MELATI = HOME | {"name": "Melati Gandasari", "birth_date": "12/08/2002", "sex": "P", "nik": "6105015208020003"}


@pytest.fixture(scope="module")
def lists():
    return register(500, seed=41)


@pytest.fixture(scope="module")
def found(lists):
    return matcher.match(lists.table())


@pytest.fixture(scope="module")
def between(lists):
    return matcher.match(lists.table(), source=lists.source)


@pytest.fixture(scope="module")
def met():
    """Matches of a register with these rows at its end, and a way to ask for the probability of two of them."""

    def matched(*told, source=None):
        rows = [*register(250, seed=51).rows, *told]
        first = len(rows) - len(told)
        matches = matcher.match(rows_of(*rows), source=source)
        p = dict(zip(zip(matches.left.tolist(), matches.right.tolist(), strict=True), matches.probability, strict=True))
        return matches, lambda one, other: p.get((first + one, first + other), 0.0), matches.label[first:].tolist()

    return matched


def pairs_of(matches):
    return list(zip(matches.left.tolist(), matches.right.tolist(), strict=True))


def existing(truth):
    return sum(int(count) * (int(count) - 1) // 2 for count in np.bincount(truth))


# --- what is found, and what is said of it


def test_who_is_one_person_is_found_and_nobody_else(lists, found):
    chosen = found.probability >= 0.5
    same = lists.truth[found.left] == lists.truth[found.right]
    assert (chosen & same).sum() / chosen.sum() > 0.97
    assert (chosen & same).sum() / existing(lists.truth) > 0.95


def test_what_is_proposed_as_the_same_is_the_same(lists, found):
    sure = found.probability >= 0.95
    same = lists.truth[found.left] == lists.truth[found.right]
    assert sure.sum() > 300
    assert same[sure].mean() > 0.99


def test_probabilities_add_up_to_the_pairs_there_are(lists, found, between):
    for matches in (found, between):
        same = lists.truth[matches.left] == lists.truth[matches.right]
        assert matches.probability.sum() == pytest.approx(same.sum(), rel=0.06)


def test_of_unsure_pairs_as_many_are_one_person_as_is_said(lists, found):
    unsure = (found.probability > 0.05) & (found.probability < 0.95)
    same = lists.truth[found.left] == lists.truth[found.right]
    said = found.probability[unsure]
    # Within three standard errors, and a pair or two for what the trees learned elsewhere.
    assert abs(said.sum() - same[unsure].sum()) < 3 * np.sqrt((said * (1 - said)).sum()) + 2


def test_pairs_stand_once_each_in_order(found):
    pairs = pairs_of(found)
    assert pairs == sorted(set(pairs))
    assert (found.left < found.right).all()
    assert (found.probability >= matcher.LEAST).all()
    assert (found.probability <= 1).all()


def test_prior_and_weights_of_a_pair_add_up_to_its_odds(found):
    p = np.clip(found.probability, 1e-9, 1 - 1e-9)
    told = found.model.prior[0] / np.log(2) + sum(weight.astype(float) for weight in found.weights.values())
    assert told == pytest.approx(np.log2(p / (1 - p)), abs=0.01)


def test_levels_and_weights_have_one_row_a_pair(found):
    assert set(found.levels) == set(compare.FIELDS)
    assert set(found.weights) >= set(compare.FIELDS)
    for column in (*found.levels.values(), *found.weights.values()):
        assert column.shape == found.left.shape


def test_records_that_are_likely_one_person_share_a_label(lists, found):
    likely = found.probability >= 0.5
    # A likely pair is parted where the rest of the two persons speaks against it.
    assert (found.label[found.left[likely]] == found.label[found.right[likely]]).mean() > 0.97
    assert found.label.shape == (len(lists.rows),)
    assert sorted(set(found.label.tolist())) == list(range(found.label.max() + 1))


def test_a_stricter_cut_makes_more_persons(lists):
    table = lists.table()
    assert len(set(matcher.match(table, cut=0.99).label.tolist())) > len(
        set(matcher.match(table, cut=0.2).label.tolist())
    )


# --- the same from the same


def test_the_same_lists_give_the_same_answer(lists, found):
    again = matcher.match(lists.table())
    assert pairs_of(again) == pairs_of(found)
    assert np.array_equal(again.probability, found.probability)
    assert np.array_equal(again.label, found.label)


def test_the_order_of_the_rows_does_not_matter(lists, found):
    shuffled, order = lists.shuffled(9)
    other = matcher.match(shuffled.table())
    ours = dict(zip(pairs_of(found), found.probability, strict=True))
    theirs = {
        tuple(sorted((int(order[one]), int(order[two])))): p
        for (one, two), p in zip(pairs_of(other), other.probability, strict=True)
    }
    differing = [abs(ours.get(pair, 0) - theirs.get(pair, 0)) for pair in ours.keys() | theirs.keys()]
    assert np.mean(differing) < 0.01
    assert np.quantile(differing, 0.98) < 0.1
    decided = {
        pair for pair in ours.keys() | theirs.keys() if (ours.get(pair, 0) >= 0.5) != (theirs.get(pair, 0) >= 0.5)
    }
    assert len(decided) <= 3


def test_each_step_is_said_as_it_begins(lists):
    said = []
    matcher.match(lists.table(), progress=said.append)
    assert said == list(matcher.STEPS)


# --- lists


def test_between_lists_no_pair_is_of_one_list(lists, between):
    assert len(between.left) > 300
    assert (lists.source[between.left] != lists.source[between.right]).all()


def test_between_lists_nobody_stands_twice_on_one(lists, between):
    for label in set(between.label.tolist()):
        on = lists.source[between.label == label].tolist()
        assert len(on) == len(set(on))


def test_two_rows_of_one_list_are_not_one_person_through_a_row_of_another(met):
    source = np.r_[register(250, seed=51).source, 0, 1, 1]
    _matches, p, labels = met(MELATI, MELATI, MELATI, source=source)
    assert p(1, 2) == 0
    assert labels[1] != labels[2]


def test_two_lists_are_enough(lists):
    two = lists.source < 2
    rows = [row for row, kept in zip(lists.rows, two, strict=True) if kept]
    matches = matcher.match(rows_of(*rows), source=lists.source[two])
    truth = lists.truth[two]
    chosen = matches.probability >= 0.5
    same = truth[matches.left] == truth[matches.right]
    assert (chosen & same).sum() / chosen.sum() > 0.97
    assert (chosen & same).sum() / existing(truth) > 0.93


# --- few records, and records of nothing


@pytest.mark.parametrize("n", [0, 1, 2, 3, 20])
@pytest.mark.parametrize("listed", ["no lists", "one list", "two lists"])
def test_small_lists_are_matched(n, listed):
    rows = register(20, seed=61).rows[:n]
    source = {"no lists": None, "one list": np.zeros(n, np.int64), "two lists": np.arange(n) % 2}[listed]
    matches = matcher.match(rows_of(*rows), source=source)
    assert matches.label.shape == (n,)
    assert len(matches.left) == len(matches.probability)
    assert np.isfinite(matches.probability).all()
    assert listed != "one list" or not len(matches.left)


@pytest.mark.parametrize("n", [2, 3, 20])
def test_rows_that_are_equal_in_everything_are_one_person_even_among_few(n):
    others = [row for row in register(20, seed=61).rows if row["name"] != MELATI["name"]][:n]
    matches = matcher.match(rows_of(*others, MELATI, MELATI))
    assert dict(zip(pairs_of(matches), matches.probability, strict=True))[(n, n + 1)] > 0.5


@pytest.mark.parametrize("nothing", ["", "X", "-", "tidak diketahui", "0"])
def test_rows_of_nothing_are_nobody(nothing):
    matches = matcher.match(rows_of(*[dict.fromkeys(MELATI, nothing)] * 40))
    assert pairs_of(matches) == []
    assert len(set(matches.label.tolist())) == 40


def test_rows_without_a_name_do_not_become_one_person(met):
    nameless = {
        "name": "X",
        "village": "Tebas",
        "regency": "Sambas",
        "birth_date": "-",
        "nik": "0000000000000000",
        "sex": "P",
    }
    _matches, p, labels = met(*[nameless] * 30)
    assert max(p(one, other) for one, other in combinations(range(30), 2)) < 0.5
    assert len(set(labels)) == 30


# --- alike and not the same


SISTER, BROTHER = "6105015208020004", "6105011208020004"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Melati Lestari"}, {"name": "Mawar Lestari", "nik": SISTER}),
        ({"name": "Melati Kusuma"}, {"name": "Mawar Utomo", "nik": SISTER}),
        ({"name": "Melati Lestari"}, {"name": "Joko Lestari", "nik": BROTHER, "sex": "L"}),
        ({"name": "Hasan", "sex": "L"}, {"name": "Husin", "nik": SISTER, "sex": "L"}),
        ({"name": "Melati", "nik": ""}, {"name": "Joko Santoso", "nik": "", "sex": "L"}),
    ],
    ids=["one word shared", "none shared", "boy and girl", "names alike", "boy and girl without NIK"],
)
def test_twins_on_two_lists_are_two_persons(met, one, other):
    one, other = MELATI | one, MELATI | other
    _matches, p, labels = met(one, other, one, other)
    assert p(0, 1) < 0.5
    assert p(0, 2) > 0.9
    assert p(1, 3) > 0.9
    assert labels[0] == labels[2] != labels[1] == labels[3]


def test_twins_whose_names_differ_in_a_letter_are_not_proposed_as_one(met):
    one, other = MELATI | {"name": "Rina"}, MELATI | {"name": "Rini", "nik": SISTER}
    _matches, p, _labels = met(one, other, one, other)
    assert p(0, 1) < 0.95 < p(0, 2)


def test_sisters_with_one_telephone_are_not_one_person(met):
    one = MELATI | {"phone": "081298765432"}
    other = one | {"name": "Mawarni Gandasari", "birth_date": "25/03/2005", "nik": "6105016503050001"}
    _matches, p, labels = met(one, other)
    assert p(0, 1) < 0.5
    assert labels[0] != labels[1]


def test_father_and_son_are_not_one_person(met):
    place = {"village": "Ketungau", "regency": "Sintang", "sex": "L"}
    father = place | {"name": "Wirasaba bin Kertapati", "birth_date": "03/04/1970"}
    son = father | {"name": "Kertapati bin Wirasaba", "birth_date": "09/10/1995"}
    _matches, p, _labels = met(father, son)
    assert p(0, 1) < 0.5


def test_two_of_one_name_in_two_places_with_two_dates_are_two(met):
    place = {"village": "Tebas", "regency": "Sambas", "father": "Kertapati", "mother": ""}
    other = MELATI | place | {"birth_date": "25/03/1990", "nik": "6101026503900001"}
    _matches, p, _labels = met(MELATI, other)
    assert p(0, 1) < 0.5


def test_one_birthday_of_a_whole_village_joins_nobody(lists):
    unknown = {"birth_date": "01/01/1990", "birth_year": "1990", "nik": "", "phone": ""}
    in_village = np.array([row["village"] == "Tebas" for row in lists.rows])
    rows = [row | unknown if there else row for row, there in zip(lists.rows, in_village, strict=True)]
    matches = matcher.match(rows_of(*rows))
    chosen = in_village[matches.left] & in_village[matches.right] & (matches.probability >= 0.5)
    same = lists.truth[matches.left] == lists.truth[matches.right]
    assert in_village.sum() > 40
    assert (chosen & same).sum() > 15
    # Brothers and sisters are what is left to mistake.
    assert same[chosen].mean() > 0.8


def test_a_list_of_one_village_alone_is_matched(lists):
    names = {village for some in VILLAGES.values() for village in some}
    rows = [row | {"village": "Tebas", "regency": "Sambas"} for row in lists.rows if row["village"] in names]
    truth = lists.truth[[row["village"] in names for row in lists.rows]]
    matches = matcher.match(rows_of(*rows))
    chosen = matches.probability >= 0.5
    same = truth[matches.left] == truth[matches.right]
    assert (chosen & same).sum() / chosen.sum() > 0.9
    assert (chosen & same).sum() / existing(truth) > 0.85


# --- the same and not alike


@pytest.mark.parametrize("year", [1996, 1998, 2000])
def test_a_forged_age_is_found(met, year):
    forged = MELATI | {"birth_date": f"12/08/{year}", "nik": f"6105015208{year % 100:02}0017", "mother": ""}
    matches, p, labels = met(MELATI, forged)
    assert p(0, 1) > 0.5
    assert labels[0] == labels[1]
    at = pairs_of(matches).index((len(matches.label) - 2, len(matches.label) - 1))
    assert matches.levels["identity"][at] % 20 in (16, 17, 18, 19)


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Melatie Gandasarie", "birth_date": "12-8-02"},
        {"name": "Sdri. MELATI binti WIRASABA", "father": ""},
        {"name": "Melati", "phone": "", "birth_date": "12 Agustus 2002"},
        {"name": "Gandasari Melati", "birth_date": "08/12/2002", "nik": ""},
        {"nik": "6105015208020030", "birth_date": ""},
        {"village": "Entikong", "regency": "Sanggau", "mother": ""},
    ],
    ids=["spelling", "patronymic", "one word", "turned", "slip", "moved"],
)
def test_one_person_written_another_way_is_found(met, other):
    _matches, p, labels = met(MELATI, MELATI | other)
    assert p(0, 1) > 0.5
    assert labels[0] == labels[1]


# --- long lists, part by part


def test_it_does_not_matter_in_how_many_parts_a_list_is_taken(lists, found, monkeypatch):
    for module, name, size in (
        (index, "PART", 97),
        (index, "FEW", 10),
        (compare, "CHUNK", 501),
        (context, "PART", 83),
        (judge, "PART", 31),
    ):
        monkeypatch.setattr(module, name, size)
    again = matcher.match(lists.table())
    assert pairs_of(again) == pairs_of(found)
    assert again.probability == pytest.approx(found.probability, abs=1e-9)
    assert again.label.tolist() == found.label.tolist()


def test_of_many_candidates_a_part_teaches_and_all_are_asked(lists, found, monkeypatch):
    monkeypatch.setattr(matcher, "LEARNED_FROM", len(index.candidates(lists.table())[0]) // 3)
    monkeypatch.setattr(matcher, "PART", 1000)
    again = matcher.match(lists.table())
    assert pairs_of(again) == sorted(pairs_of(again))
    sure, before = set(), set()
    for matches, pairs in ((again, sure), (found, before)):
        pairs |= {pair for pair, p in zip(pairs_of(matches), matches.probability, strict=True) if p >= 0.5}
    assert len(sure ^ before) < 0.03 * len(before)
