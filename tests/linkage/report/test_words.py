"""Reasons in words: every way two fields compare has its sentence."""

import pytest

from simpul.linkage.matching import compare
from simpul.linkage.report import words
from simpul.linkage.report.words import Told, reasons_of


@pytest.fixture
def told():
    return Told(dict.fromkeys(compare.FIELDS, 0))


def line(told, left="", right="", **levels):
    return told.line(tuple(levels.get(name, 0) for name in told.fields), left, right)


def the_name(kind):
    return compare.FIRST_KIND + kind * compare.BANDS + 3


# Village and regency say themselves what they say together.
TOLD = set(compare.FIELDS) - {words.PLACE}


@pytest.mark.parametrize("field", sorted(TOLD))
def test_every_level_that_compares_something_has_a_sentence(field):
    silent = [level for level in range(1, compare.FIELDS[field]) if not reasons_of(field, level)]
    # A NIK has five kinds; above them the numbers of levels stand empty.
    assert [level for level in silent if field != "identity" or level < 100] == []
    assert reasons_of(field, 0) == []


def test_every_field_has_a_name():
    assert set(words.FIELDS) >= TOLD
    assert set(words.ORDER) == TOLD


def test_reasons_for_come_before_those_against(told):
    found = line(told, identity=4 * 20 + 10, name=the_name(compare.ALL), village=1, sex=2)
    assert found == (
        "the NIK is the same; the name sounds the same; but the date of birth differs; the village differs"
    )


def test_of_names_only_what_differs_is_shown(told):
    found = line(told, "SITI SYARIF", "SARIP SITI", name=the_name(compare.ALL))
    assert found == "the name sounds the same (SYARIF/SARIP)"
    found = line(told, "SITI", "SITI NUR", name=the_name(compare.SUBSET), village=4)
    assert found == "one name is a part of the other (-/NUR); the village is the same"
    assert line(told, "ANI", "BUDI", name=compare.NAME_DIFFERS) == "but the name differs (ANI/BUDI)"


def test_a_name_that_is_the_same_is_said_to_be_the_same(told):
    assert line(told, "SITI NUR", "NUR SITI", name=the_name(compare.ALL)) == "the name is the same"


def test_names_that_may_not_be_shown_are_not(told):
    assert line(told, name=the_name(compare.ALL)) == "the name sounds the same"


def test_nothing_is_shown_as_quite_certain():
    assert [words.probability(value) for value in (1.0, 0.99951, 0.5, 0.0004, 0.0)] == [
        "> 0.999", "> 0.999", "0.500", "< 0.001", "< 0.001",
    ]  # fmt: skip


def test_a_weight_that_rounds_to_nothing_has_no_sign():
    assert [words.bits(weight) for weight in (0.04, -0.04, 0.05001, -7.26)] == ["0.0", "0.0", "+0.1", "-7.3"]
