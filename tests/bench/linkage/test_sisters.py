"""The sisters: what their makers promise, since a matcher is held against them."""

import csv
from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest

from bench.linkage import sisters
from bench.linkage.people import GROUNDS, Population

PERSONS = 600


@pytest.fixture(scope="module")
def register():
    made = {}

    def of(kind, seed=3):
        if (kind, seed) not in made:
            found = sisters.rows(kind, persons=PERSONS, seed=seed)
            made[kind, seed] = [dict(zip(sisters.COLUMNS, row, strict=True)) for row in found]
        return made[kind, seed]

    return of


def by_person(rows):
    people = defaultdict(list)
    for row in rows:
        people[row["cluster"]].append(row)
    return people


def test_the_table_of_rates_is_read_whole():
    for kind in sisters.KINDS:
        rates = vars(sisters.rates_of(kind))
        assert set(rates) == {"kind", *sisters.RATES}
        assert all(0 <= rates[name] <= 1 for name in sisters.RATES)


def test_the_table_says_what_stands_in_its_row():
    assert sisters.rates_of("likeness").typo == 0.09
    assert sisters.rates_of("ntt").thin == 0.02
    assert sisters.rates_of("clean").nickname == 0


@pytest.mark.parametrize("kind", sisters.KINDS)
def test_a_kind_and_a_seed_make_the_same_register(kind, register):
    again = [dict(zip(sisters.COLUMNS, row, strict=True)) for row in sisters.rows(kind, persons=PERSONS, seed=3)]
    assert again == register(kind)


def test_another_seed_makes_another_register(register):
    assert register("likeness", 3) != register("likeness", 4)


@pytest.mark.parametrize("kind", sisters.KINDS)
def test_every_record_has_an_id_of_its_own_and_a_name(kind, register):
    rows = register(kind)
    assert len({row["rec_id"] for row in rows}) == len(rows)
    assert all(row["name"] and row["cluster"] and row["sex"] in {"L", "P"} for row in rows)


@pytest.mark.parametrize("kind", sisters.KINDS)
def test_everybody_is_in_the_register(kind, register):
    assert len(by_person(register(kind))) == PERSONS


def test_the_order_of_ids_does_not_tell_who_is_who(register):
    near = Counter()
    for rows in by_person(register("likeness")).values():
        numbers = sorted(int(row["rec_id"][1:]) for row in rows)
        near.update(after - before == 1 for before, after in zip(numbers, numbers[1:], strict=False))
    assert near[True] < 0.02 * near.total()


@pytest.mark.parametrize("kind", [kind for kind in sisters.KINDS if kind not in GROUNDS])
def test_nearly_all_dates_that_are_written_exist(kind, register):
    """31 December with a slip of the month is a day that never was, as in real lists."""
    written = [row for row in register(kind) if row["dob"]]
    assert sum(exists(row["dob"]) for row in written) > 0.99 * len(written)
    assert all(row["birth_year"] in {"", row["dob"][:4]} for row in written)


def exists(text):
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def test_two_lists_have_nobody_twice_in_one_list(register):
    pairs = Counter((row["agency"], row["cluster"]) for row in register("two_lists"))
    assert {agency for agency, _cluster in pairs} == {"POLRI", "BP3MI"}
    assert set(pairs.values()) == {1}


def test_two_lists_are_also_written_apart(tmp_path):
    whole = tmp_path / "both.csv"
    written = sisters.save(whole, "two_lists", persons=200, seed=3)
    parts = [list(csv.DictReader((tmp_path / f"both_{end}.csv").open(encoding="utf-8"))) for end in "ab"]
    assert sum(map(len, parts)) == written
    assert [{row["agency"] for row in part} for part in parts] == [{"POLRI"}, {"BP3MI"}]


def test_a_person_is_written_in_several_ways(register):
    spelled = [len({row["name"] for row in rows}) for rows in by_person(register("harder")).values() if len(rows) > 2]
    assert sum(each > 1 for each in spelled) > 0.9 * len(spelled)


def test_well_kept_lists_agree_more_than_those_of_a_hotline(register):
    assert agreeing_names(register("clean")) > 2 * agreeing_names(register("hotline"))


def agreeing_names(rows):
    each_pair = (pair for each in by_person(rows).values() for pair in zip(each, each[1:], strict=False))
    pairs = [one["name"] == other["name"] for one, other in each_pair]
    return sum(pairs) / len(pairs)


def test_some_have_a_second_identity_that_is_older():
    people = list(Population(sisters.rates_of("harder"), Random(3)).people(PERSONS))
    forged = [person for person in people if person.forged]
    assert 0.02 * PERSONS < len(forged) < 0.15 * PERSONS
    for person in forged:
        assert person.born[0] - person.forged.born[0] in range(3, 7)
        assert person.forged.nik != person.nik
        assert person.forged.cluster == person.cluster


def test_twins_and_others_of_a_household_are_in_the_lists():
    people = list(Population(sisters.rates_of("harder"), Random(3)).people(5 * PERSONS))
    born = Counter((person.born, tuple(person.father), tuple(person.mother)) for person in people)
    fathers = Counter((tuple(person.father), tuple(person.mother)) for person in people)
    assert sum(count > 1 for count in fathers.values()) > 0.1 * PERSONS
    assert any(count > 1 for count in born.values())


def test_a_woman_has_forty_days_more_in_her_number(register):
    for row in register("clean"):
        if len(row["nik"]) == 16 and row["nik"].isdigit() and row["nik"][6:8] > "40":
            assert int(row["nik"][6:8]) - 40 <= 31


def test_other_provinces_have_their_own_codes(register):
    codes = Counter(row["nik"][:2] for row in register("ntt") if len(row["nik"]) == 16)
    assert codes.most_common(1)[0][0] == "53"


def test_the_command_writes_a_file(tmp_path, capsys):
    path = tmp_path / "out.csv"
    assert sisters.main(["likeness", "--persons", "50", "--seed", "1", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8").startswith(",".join(sisters.COLUMNS))
    assert "50 people" in capsys.readouterr().err
