"""Matching: what every engine must show, on one list of some two hundred records and on two lists of them.

The people of the list are those of `tests.linkage.registers`; among them stand a few whose story each test tells. What
an engine may be off by is said in `tests.spec.engines`.
"""

import numpy as np
import pytest

from simpul.linkage.matching import compare, matcher
from tests.linkage.registers import register, rows_of
from tests.spec.engines import ENGINES

EMPTY = {
    "name": "X",
    "nik": "0000000000000000",
    "birth_date": "-",
    "father": "tidak diketahui",
    "village": "",
    "phone": "-",
}
SINTANG = {"regency": "Sintang", "village": "Ketungau"}
SAMBAS = {"regency": "Sambas", "village": "Tebas"}
TWINS = SINTANG | {
    "father": "Dominikus Lihan",
    "mother": "Rosmaida",
    "phone": "081234500001",
    "birth_date": "14/03/2001",
}
STORIES = {
    "old spelling": SINTANG | {"name": "Soekardjo Tjokrodimedjo", "birth_date": "17-08-1971", "sex": "L"},
    "new spelling": SINTANG | {"name": "Sukarjo Cokrodimejo", "birth_date": "17/08/1971", "sex": "L"},
    "with his father": SINTANG
    | {"name": "Gerenda anak Ungkok", "birth_year": "1988", "sex": "L", "birth_date": "02/05/1988"},
    "without him": SINTANG | {"name": "GERENDA", "birth_date": "2 Mei 1988", "father": "Ungkok", "sex": "L"},
    "by her alias": SAMBAS
    | {"name": "Wulandari Kencana alias Mimin", "phone": "081399900011", "birth_date": "30/11/1994"},
    "by that alone": SAMBAS | {"name": "Mimin", "phone": "+62 813-9990-0011", "birth_date": "30-11-1994"},
    "by his NIK": SAMBAS | {"name": "Tarmizi Sofyan", "nik": "6101052209850007", "sex": "L"},
    "one digit off": SAMBAS | {"name": "Tarmidzi Sofian", "nik": "6101052209850001", "sex": "L"},
    "first twin": TWINS | {"name": "Valentina Orin", "nik": "6105015403010001", "sex": "P"},
    "second twin": TWINS | {"name": "Hieronimus Bakri", "nik": "6105011403010002", "sex": "L"},
    "one Sumarni": SAMBAS
    | {"name": "Sumarni", "birth_date": "04/02/1969", "father": "Durahman", "nik": "6101054402690003", "sex": "P"},
    "other Sumarni": SAMBAS
    | {"name": "Sumarni", "birth_date": "19/10/2003", "father": "Wagiyo", "nik": "6101055910030004", "sex": "P"},
    "as she is": {
        "regency": "Sambas",
        "name": "Siti Lestari",
        "birth_date": "09/06/2008",
        "nik": "6101054906080002",
        "sex": "P",
    },
    "as she was made": {
        "regency": "Sambas",
        "name": "Siti",
        "birth_date": "09/06/2002",
        "nik": "6101054906020009",
        "sex": "P",
    },
    "first nobody": EMPTY,
    "second nobody": EMPTY,
    "new year's man": SINTANG | {"name": "Pius Langgong", "birth_date": "01/01/1980"},
    "new year's woman": SINTANG | {"name": "Sekundina", "birth_date": "01/01/1980"},
}
PEOPLE = 95
FORGED = range(16, 20)


class Found:
    """An engine's matches, to be asked by name."""

    def __init__(self, engine, matches, names):
        self.engine, self.matches = engine, matches
        self.row = {name: at for at, name in enumerate(names)}
        pairs = zip(matches.left.tolist(), matches.right.tolist(), strict=True)
        self.pair = {pair: at for at, pair in enumerate(pairs)}

    def at(self, one, other):
        return self.pair.get(tuple(sorted((self.row[one], self.row[other]))))

    def p(self, one, other):
        at = self.at(one, other)
        return 0.0 if at is None else float(self.matches.probability[at])

    def together(self, one, other):
        return self.matches.label[self.row[one]] == self.matches.label[self.row[other]]


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.spark if name.endswith("spark") else ()) for name in ENGINES],
)
def engine(request):
    engine = ENGINES[request.param]
    if engine.lacks():
        pytest.skip(engine.lacks())
    return engine


@pytest.fixture(scope="module")
def people():
    return register(PEOPLE, seed=77)


@pytest.fixture(scope="module")
def table(people):
    return rows_of(*STORIES.values(), *people.rows)


@pytest.fixture(scope="module")
def found(engine, table):
    return Found(engine, engine.match(table), STORIES)


@pytest.fixture(scope="module")
def between(engine, people):
    """The same people on the lists on which they stand; each stands on each list once."""
    return engine.match(people.table(), source=people.source)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("old spelling", "new spelling"),
        ("with his father", "without him"),
        ("by her alias", "by that alone"),
        ("by his NIK", "one digit off"),
    ],
)
def test_one_person_under_two_ways_of_writing_is_found(found, one, other):
    assert found.p(one, other) >= found.engine.same
    assert found.together(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("first twin", "second twin"), ("one Sumarni", "other Sumarni"), ("new year's man", "new year's woman")],
)
def test_two_who_share_much_and_are_not_one_stay_two(found, one, other):
    assert found.p(one, other) < found.engine.apart
    assert not found.together(one, other)


def test_a_forged_age_is_pointed_out_and_not_joined_by_itself(found):
    at = found.at("as she is", "as she was made")
    assert at is not None
    assert found.matches.levels["identity"][at] % 20 in FORGED
    assert found.matches.probability[at] < 0.95


@pytest.mark.parametrize("nobody", ["first nobody", "second nobody"])
def test_who_says_nothing_is_like_nobody(found, nobody):
    row = found.row[nobody]
    assert not np.any((found.matches.left == row) | (found.matches.right == row))


def test_most_of_the_people_are_found_and_few_strangers_joined(found, people):
    truth = np.r_[-np.arange(1, len(STORIES) + 1), people.truth]
    told = np.minimum(found.matches.left, found.matches.right) >= len(STORIES)
    chosen = told & (found.matches.probability >= 0.5)
    same = truth[found.matches.left] == truth[found.matches.right]
    exist = sum(int(count) * (int(count) - 1) // 2 for count in np.bincount(people.truth))
    assert exist > 60
    assert (chosen & same).sum() >= 0.85 * exist
    assert (chosen & ~same).sum() <= 0.1 * chosen.sum()


def test_each_pair_is_told_once_in_order_with_its_reasons(found, table):
    matches = found.matches
    assert np.all(matches.left < matches.right)
    places = matches.left * table.n + matches.right
    assert np.all(np.diff(places) > 0)
    assert np.all((matches.probability >= matcher.LEAST) & (matches.probability <= 1))
    assert set(matches.levels) == set(compare.FIELDS)
    assert set(compare.FIELDS) <= set(matches.weights)
    assert all(len(level) == len(places) for level in (*matches.levels.values(), *matches.weights.values()))


def test_between_lists_only_pairs_of_two_lists_are_told_and_nobody_stands_on_one_list_twice(between, people):
    source = people.source
    assert len(between.left) > 60
    assert np.all(source[between.left] != source[between.right])
    likely = between.probability > 0.5
    partners = {}
    for one, other in zip(between.left[likely].tolist(), between.right[likely].tolist(), strict=True):
        partners.setdefault((one, source[other]), []).append(other)
        partners.setdefault((other, source[one]), []).append(one)
    assert max(map(len, partners.values())) == 1


def test_the_same_question_has_the_same_answer(engine, between, people):
    again = engine.match(people.table(), source=people.source)
    assert np.array_equal(again.left, between.left)
    assert np.array_equal(again.right, between.right)
    assert np.abs(again.probability - between.probability).max() <= engine.steady


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_list_of_hardly_anybody_is_no_trouble(engine, count):
    matches = engine.match(rows_of(*[STORIES["old spelling"], STORIES["new spelling"]][:count]))
    assert len(matches.label) == count
