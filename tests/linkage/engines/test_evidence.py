"""Evidence as columns: nothing known is null, and the same pairs are asked for as by the embedded engine."""

from itertools import combinations

import numpy as np
import pyarrow as pa
import pytest

from simpul.linkage.engines import evidence
from simpul.linkage.matching import index
from tests.linkage.registers import register, rows_of

EMPTY = {"name": "X", "nik": "0000000000000000", "birth_date": "-"}
WHOLE = {"name": "Siti Aminah", "nik": "6101054906080002", "birth_date": "09/06/2008", "village": "Tebas"}


@pytest.fixture(scope="module")
def table():
    return register(120, seed=8).table()


def test_what_is_not_known_is_null():
    columns = evidence.columns(rows_of(EMPTY, WHOLE)).to_pydict()
    for name in ("own1", "own1_bits", "nik", "nik_part3", "date1", "year1", "village", "whole", "written", "father1"):
        assert columns[name][0] is None
    for name in ("own1", "own1_bits", "nik", "nik_part3", "date1", "year1", "village", "whole", "written"):
        assert columns[name][1] is not None


def test_the_first_of_january_says_a_year_and_no_day():
    columns = evidence.columns(rows_of(WHOLE | {"nik": "", "birth_date": "01/01/1980"})).to_pydict()
    assert (columns["date1"], columns["day1"], columns["year1"]) == ([None], [None], [1980])


def test_no_column_but_one_holds_letters(table):
    columns = evidence.columns(table)
    assert [field.name for field in columns.schema if pa.types.is_string(field.type)] == ["written"]


def test_words_that_are_shared_share_a_bit(table):
    columns = evidence.columns(table).to_pydict()
    for one, other in combinations(range(60), 2):
        ours = {columns[f"own{at}"][one] for at in range(1, 5)} - {None}
        if ours & {columns[f"own{at}"][other] for at in range(1, 5)}:
            assert columns["own_mask"][one] & columns["own_mask"][other]


def test_keys_ask_for_the_pairs_of_the_embedded_engine(table):
    holders = {}
    for row, values in enumerate(evidence.keys(table).to_pylist()):
        for value in values:
            holders.setdefault(value, []).append(row)
    asked = {pair for rows in holders.values() for pair in combinations(rows, 2)}
    left, right = index.candidates(table)
    assert len(left) > 100
    assert asked == set(zip(left.tolist(), right.tolist(), strict=True))


def test_lists_are_told_apart():
    columns = evidence.columns(rows_of(WHOLE, EMPTY), source=np.array([1, 0]))
    assert columns["list"].to_pylist() == [1, 0]
