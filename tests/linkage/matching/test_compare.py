"""Levels: the same from either side, 0 where nothing is known, and never beyond what the field has."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.linkage.matching import compare, index
from simpul.linkage.matching.compare import FIELDS
from tests.linkage.registers import MEN, MORE, WOMEN, register, rows_of

NIK = "6107075208020003"
WORD = st.sampled_from([*MEN[:8], *WOMEN[:8], *MORE[:6], "Soekarno", "Su", "S", "Achmad", "Jhon", "Yohannes", "陈美玲"])
NAME = (
    st.lists(WORD, max_size=5).map(" ".join)
    | st.just("Mak Siti")
    | st.just("Siti @ Titi")
    | st.just("Titi alias Siti Ratna")
)
ROW = st.fixed_dictionaries(
    {},
    optional={
        "name": NAME,
        "father": NAME,
        "mother": NAME,
        "nik": st.sampled_from([NIK, "6107075208020004", "6107075208030003", "6107071208020003", "0"]),
        "number": st.sampled_from(["B1234567", "B1234568", "X"]),
        "birth_date": st.sampled_from(
            ["12/08/2002", "08/12/2002", "12/08/2000", "13/08/2002", "01/01/2002", "2002", "-"]
        ),
        "birth_year": st.sampled_from(["2002", "2003", "2005", "1990"]),
        "sex": st.sampled_from("LPX"),
        "village": st.sampled_from(["Tebas", "Selakau", "X"]),
        "regency": st.sampled_from(["Sambas", "Sintang", "X"]),
        "postcode": st.sampled_from(["79461", "79462"]),
        "address": st.sampled_from(["Jl. Merdeka 5", "Jalan Merdeka 7 RT 3", "Gg. Kenanga"]),
        "passport": st.sampled_from(["C7654321", "C7654322"]),
        "phone": st.sampled_from(["081234567891", "+62 812 3456 7891", "085234567891"]),
    },
)


def between(one, other, *beside):
    """{field: level} of two rows."""
    table = rows_of(one, other, *beside)
    found = compare.levels(table, np.array([0]), np.array([1]))
    return {name: int(level[0]) for name, level in found.items()}


def date(one, other):
    return between(one, other)["identity"] % 20


def nik(one, other):
    return between({"nik": one}, {"nik": other})["identity"] // 20


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=2, max_size=8))
def test_levels_are_the_same_from_either_side_and_within_their_field(rows):
    table = rows_of(*rows)
    left, right = (part.ravel() for part in np.indices((len(rows), len(rows))))
    one, other = compare.levels(table, left, right), compare.levels(table, right, left)
    assert one.keys() == FIELDS.keys()
    for name, level in one.items():
        assert level.tolist() == other[name].tolist(), name
        assert 0 <= level.min() <= level.max() < FIELDS[name], name


def test_levels_of_a_register_are_the_same_from_either_side():
    table = register(150).table()
    left, right = index.candidates(table)
    one, other = compare.levels(table, left, right), compare.levels(table, right, left)
    for name in FIELDS:
        assert np.array_equal(one[name], other[name]), name


@given(ROW)
@settings(max_examples=60, deadline=None)
def test_nothing_known_is_level_nought(row):
    assert not any(between({}, row).values())


def test_how_many_are_compared_at_once_does_not_matter(monkeypatch):
    table = register(40).table()
    left, right = index.candidates(table)
    whole = compare.levels(table, left, right)
    monkeypatch.setattr(compare, "CHUNK", 7)
    parts = compare.levels(table, left, right)
    assert all(np.array_equal(whole[name], parts[name]) for name in FIELDS)


def test_fields_alone_are_as_among_all():
    table = register(40).table()
    left, right = index.candidates(table)
    whole = compare.levels(table, left, right)
    some = compare.levels(table, left, right, fields=("identity", "phone"))
    assert list(some) == ["identity", "phone"]
    assert all(np.array_equal(whole[name], level) for name, level in some.items())


def test_no_pairs_have_no_levels():
    found = compare.levels(rows_of(), np.zeros(0, np.int64), np.zeros(0, np.int64))
    assert found.keys() == FIELDS.keys()
    assert not any(len(level) for level in found.values())


def test_dates_are_compared_part_by_part():
    born = {"birth_date": "12/08/2002"}
    assert date(born, born) == compare.DATE_SAME
    assert date(born, {"birth_date": "08/12/2002"}) == compare._DATE_SWAPPED
    assert date(born, {"birth_date": "13/08/2002"}) == compare._YEAR_DAY
    assert date(born, {"birth_date": "01/01/2002"}) == compare._SAME_DAY + 5
    assert date({"birth_date": "01/01/2002"}, {"birth_date": "01/01/2002"}) == compare._YEAR_MONTH
    assert date(born, {"birth_year": "2002"}) == 5
    assert date(born, {"birth_year": "2003"}) == 4
    assert date(born, {"birth_year": "1990"}) == 1
    assert date(born, {}) == 0


def test_a_forged_age_keeps_day_and_month():
    levels = {date({"birth_date": "12/08/2002"}, {"birth_date": f"12/08/{year}"}) for year in (2001, 2000, 1995, 1980)}
    assert levels == {16, 17, 18, 19}


def test_the_date_inside_a_nik_is_a_date_of_birth():
    assert date({"nik": NIK}, {"birth_date": "12/08/2002"}) == compare.DATE_SAME


def test_a_nik_is_compared_by_its_quarters():
    kinds = compare.NIK_KINDS
    assert kinds[nik(NIK, NIK)] == "same"
    assert kinds[nik(NIK, NIK[:-1] + "9")] == "one part differs"
    assert kinds[nik(NIK, "6107075208990003")] == "born another year"
    assert kinds[nik(NIK, "6201011501850001")] == "differs"
    assert kinds[nik(NIK, "0000000000000000")] == "not given"


def test_the_sex_is_weighed_apart_where_names_agree():
    assert between({"name": "Siti", "sex": "P"}, {"name": "Siti", "sex": "P"})["sex"] == 4
    assert between({"name": "Siti", "sex": "P"}, {"name": "Siti", "sex": "L"})["sex"] == 3
    assert between({"name": "Siti", "sex": "P"}, {"name": "Budi", "sex": "P"})["sex"] == 2
    assert between({"name": "Siti", "sex": "P"}, {"name": "Budi", "sex": "L"})["sex"] == 1
    assert between({"nik": NIK}, {"sex": "P"})["sex"] != 0


def test_names_agree_the_more_the_more_of_them_is_the_same():
    many = [{"name": f"{one} {other}"} for one, other in zip(MEN, MORE, strict=False)]
    whole = {"name": "Melati Kusuma Dewi"}

    def kind(name):
        return (between(whole, {"name": name}, *many)["name"] - compare.FIRST_KIND) // compare.BANDS

    assert kind("Melati Kusuma Dewi") == kind("Dewi Melati Koesoema") == compare.ALL
    assert kind("Melati Dewi") == compare.SUBSET
    assert kind("Melati Handayani") == compare.PART
    assert between(whole, {"name": "Bambang"})["name"] == compare.NAME_DIFFERS


def test_rare_names_surprise_more_than_common_ones():
    many = [{"name": "Siti Aminah"}] * 40 + [{"name": f"{one} {other}"} for one, other in zip(MEN, MORE, strict=False)]
    common = between({"name": "Siti Aminah"}, {"name": "Siti Aminah"}, *many)["name"]
    rare = between({"name": "Gandasari Melur"}, {"name": "Gandasari Melur"}, *many)["name"]
    assert common < rare


def test_a_name_written_apart_an_alias_and_a_child_s_name_have_their_own_levels():
    assert between({"name": "Sri Wahyuni"}, {"name": "Sriwahyuni"})["name"] in (compare.WRITTEN_APART, compare.JOINED)
    many = [{"name": f"{one} {other}"} for one, other in zip(MEN, MORE, strict=False)]
    alias = between({"name": "Siti alias Melur"}, {"name": "Melur"}, *many)["name"]
    assert compare.BY_ALIAS <= alias < compare.BY_ALIAS + 4
    assert between({"name": "Mak Rafael"}, {"name": "Yuliana"})["name"] == compare.CALLED_AFTER


@given(st.lists(st.lists(st.integers(0, 4), min_size=12, max_size=12), min_size=1, max_size=20))
def test_words_are_paired_one_to_one_the_most_alike_first(tables):
    alike = np.array(tables, np.int8).reshape(-1, 3, 4)
    found, other = compare.aligned(alike)
    for pair in range(len(alike)):
        assert sorted(found[pair][found[pair] > 0]) == sorted(other[pair][other[pair] > 0])
        assert found[pair].max() == other[pair].max() == alike[pair].max()
        for i in range(3):
            assert found[pair, i] in {0, *alike[pair, i].tolist()}
        # Nothing is left over that could still be paired.
        assert not alike[pair][np.ix_(found[pair] == 0, other[pair] == 0)].any()
    turned = compare.aligned(alike.transpose(0, 2, 1))
    assert np.array_equal(np.sort(turned[1]), np.sort(found))


@pytest.mark.parametrize("field", ["village", "regency"])
def test_a_rare_place_says_more_than_a_common_one(field):
    many = [{"name": f"A{n}", field: "Tebas"} for n in range(300)]
    common = between({field: "Tebas"}, {field: "Tebas"}, *many)[field]
    rare = between({field: "Selakau"}, {field: "Selakau"}, *many)[field]
    assert 2 <= common < rare
    assert between({field: "Selakau"}, {field: "Tebas"}, *many)[field] == 1
