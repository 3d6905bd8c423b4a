"""Encodings: what is tagged, that a row is the same whoever makes it, and that nothing of few values stands alone."""

import numpy as np
import pytest

from simpul.linkage.matching import compare, encode, index, keys, matcher, normalise
from simpul.linkage.matching.table import Table
from tests.linkage.registers import register

SITI = {
    "name": "Hj. Siti Aminah binti Moch. Ramli alias Mina", "nik": "6107014507900002", "birth_date": "1990-07-05",
    "sex": "P", "mother": "Halimah", "village": "Jagoi", "regency": "Bengkayang", "phone": "081234567890",
    "passport": "C1234567",
}  # fmt: skip


@pytest.fixture
def ring():
    return keys.KeyRing.from_secret(bytes(range(32)), "2026")


@pytest.fixture
def siti():
    return normalise.record(SITI)


def test_who_asks_the_key_process_gets_the_same_row(ring, siti):
    records = [siti, normalise.record({"name": "Budi"}), normalise.record({})]
    rows = encode.encode(records, ring)
    assert rows.shape == (3, encode.WIDTH)
    for record, row in zip(records, rows, strict=True):
        assert np.array_equal(encode.packed(record, ring.evaluate(encode.evidence(record))), row)


def test_every_kind_is_known_and_none_of_few_values_stands_alone(siti):
    kinds = {kind for kind, _text in encode.evidence(siti)}
    assert kinds <= set(encode.KINDS)
    assert {"word+village", "day+regency", "phone+sex"} <= kinds
    assert not {"village", "regency", "sex"} & kinds
    assert {"initial+word", "initial+day"} <= kinds
    assert not {"village", "regency", "sex", "initial"} & set(encode.KINDS)


def test_sex_and_places_are_tagged_with_a_companion_only(siti):
    alone = siti._replace(words=(), dates=(), phone="")
    assert any(kind.endswith("+sex") for kind, _text in encode.evidence(siti))
    assert not [kind for kind, _text in encode.evidence(alone) if kind.split("+")[-1] in ("sex", "village", "regency")]


def test_the_first_of_january_is_no_day_of_birth(siti):
    january = siti._replace(dates=((1990, 1, 1),))
    kinds = {kind for kind, _text in encode.evidence(january)}
    assert "january" in kinds
    assert not kinds & {"date", "day", "year-month", "year-day", "day+village"}


def test_parts_of_a_nik_hold_its_figures_alone(siti):
    parts = {kind: text for kind, text in encode.evidence(siti) if kind.startswith("nik-")}
    assert parts == {
        "nik-1": "014507900002", "nik-2": "610707900002", "nik-3": "610701450002", "nik-4": "610701450790",
    }  # fmt: skip


def test_equal_evidence_has_equal_numbers_in_a_table(ring, siti):
    other = normalise.record(SITI | {"name": "St. Aminah", "birth_date": "1990-05-07", "nik": ""})
    table = encode.table_of(encode.encode([siti, other], ring))
    assert table.n == 2
    assert set(table.own[0]) & set(table.own[1]) - {0}
    assert table.phone[0] == table.phone[1] != 0
    assert table.blind.swapped[0, 0] == table.blind.date[1, 0] != 0
    assert table.blind.village[0, 0] == table.blind.village[1, 0] != 0


def test_fields_compare_as_they_do_in_the_open(ring, siti):
    other = normalise.record(SITI | {"name": "Siti Aminah", "phone": "", "regency": "Sambas"})
    levels = []
    for table in (Table.of([siti, other]), encode.table_of(encode.encode([siti, other], ring))):
        levels.append(compare.levels(table, np.array([0]), np.array([1])))
    plain, blind = levels
    for field in ("identity", "sex", "phone", "passport"):
        assert plain[field][0] == blind[field][0], field
    assert blind["village"][0] > 1
    assert plain["village"][0] > 1
    assert blind["regency"][0] == plain["regency"][0] == 1


def names_beside(ring, *names, **told):
    """How well the words of two names agree, from encodings: (OWN,) of `compare`'s kinds for the first of them."""
    records = [normalise.record({"name": name} | told) for name in names]
    table = encode.table_of(encode.encode(records, ring))
    return compare._own_matched(table, np.array([0]), np.array([1]))[0][0].tolist()


def test_a_word_of_one_letter_is_the_beginning_of_another_in_company(ring):
    assert names_beside(ring, "S. Wijaya", "Susanti Wijaya")[:2] == [compare.ROUGHLY, compare.SAME]
    assert names_beside(ring, "Wijaya S.", "Susanti Wijaya")[:2] == [compare.SAME, compare.ROUGHLY]
    assert names_beside(ring, "K. Wijaya", "Susanti Wijaya")[:2] == [0, compare.SAME]
    # Two whole words that begin alike are two words.
    assert names_beside(ring, "Sekar Wijaya", "Susanti Wijaya")[:2] == [0, compare.SAME]
    assert names_beside(ring, "S. Hartono", "Susanti Wijaya") == [0, 0, 0, 0]
    assert names_beside(ring, "S. Hartono", "Susanti Wijaya", birth_date="1990-07-05")[0] == compare.ROUGHLY


def test_how_many_words_left_over_begin_alike_is_known_of_names_and_of_encodings(ring):
    records = [
        normalise.record({"name": name}) for name in ("Susanti Wijaya", "Sekar Wijaya", "Kartika Wijaya", "Sekar")
    ]
    for table in (Table.of(records), encode.table_of(encode.encode(records, ring))):
        closer = compare.names_closer(
            table, np.zeros(3, np.int64), np.array([1, 2, 0]), compare.Commonness.of(table).sound
        )
        assert closer.begin_alike.tolist() == [1, 0, 0]


def date_of(ring, ours, theirs, *, years):
    """The level of the dates of two who are named and whose years are known: `compare._identity`, without a NIK."""
    records = [
        normalise.record({"name": name, "birth_year": str(year)})
        for name, year in zip((ours, theirs), years, strict=True)
    ]
    table = encode.table_of(encode.encode(records, ring))
    return compare.levels(table, np.array([0]), np.array([1]))["identity"][0]


@pytest.mark.parametrize(("apart", "level"), [(0, 5), (1, 4), (2, 3), (3, 2), (4, 1), (20, 1)])
@pytest.mark.parametrize("theirs", ["Siti Aminah", "Aminah", "Siti Ominoh"])
def test_how_far_years_are_apart_is_known_up_to_three(ring, theirs, apart, level):
    """To who shares a word of the name or a skeleton; further is far."""
    for years in ((1990, 1990 + apart), (1990 + apart, 1990)):
        assert date_of(ring, "Siti Aminah", theirs, years=years) == level


def test_how_far_years_are_apart_is_not_known_between_two_who_share_nothing(ring):
    assert date_of(ring, "Siti Aminah", "Budi", years=(1990, 1991)) == 1
    assert date_of(ring, "Siti Aminah", "Budi", years=(1990, 1990)) == 5


def test_parents_are_compared_by_their_skeletons_too(ring):
    records = [normalise.record(SITI | {"mother": mother}) for mother in ("Halimatun", "Halimatin", "Rosmawati")]
    table = encode.table_of(encode.encode(records, ring))
    alike, others = compare.levels(table, np.array([0, 0]), np.array([1, 2]))["mother"]
    assert alike > 1
    assert others == 1


def test_places_are_not_compared_between_two_who_share_nothing(ring, siti):
    stranger = normalise.record(SITI | {"name": "Budi", "birth_date": "1980-02-03", "nik": "", "phone": ""})
    table = encode.table_of(encode.encode([siti, stranger], ring))
    levels = compare.levels(table, np.array([0]), np.array([1]))
    assert levels["village"][0] == levels["regency"][0] == levels["sex"][0] == 0


def test_encodings_find_nearly_whom_the_open_lists_find():
    made = register(300)
    records = [normalise.record(row) for row in made.rows]
    ring = keys.KeyRing.from_secret(bytes(32), "2026")
    truth = index.pairs_sharing(made.truth[:, None] + 1, 10_000)
    scores = []
    for table in (Table.of(records), encode.table_of(encode.encode(records, ring))):
        found = matcher.match(table)
        said = (found.left << 32 | found.right)[found.probability >= 0.5]
        right = np.isin(said, truth).sum()
        scores.append(2 * right / (len(said) + len(truth)))
    assert scores[0] > 0.9
    assert scores[1] > scores[0] - 0.05


def test_another_key_agrees_in_nothing(siti):
    rows = [encode.encode([siti], keys.KeyRing.from_secret(bytes([number] * 32), "2026"))[0] for number in (1, 2)]
    known = (rows[0] != 0) & (rows[1] != 0)
    assert known.sum() > 30
    assert not (rows[0] == rows[1])[known].any()


def test_nobody_is_encoded_without_records(ring):
    assert encode.encode([], ring).shape == (0, encode.WIDTH)
    assert encode.table_of(np.zeros((0, encode.WIDTH), np.uint64)).n == 0
