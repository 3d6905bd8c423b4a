"""What a person could read in a list is read exactly; anything else is refused with its row and column named."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.migrants.reading import reader
from tests.migrants.adversary import faults, files, habits, lists, people, verdict

QUICK = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(sample):
    return reader.read(sample.data, filename=sample.filename, today=people.TODAY, gazetteer=people.country(), near="61")


def said_of(data, filename):
    """What is said of a file: the sentence that refuses it, or those about its cells."""
    try:
        reading = reader.read(data, filename=filename, today=people.TODAY, gazetteer=people.country(), near="61")
    except reader.FileError as refused:
        return [str(refused)]
    return [each.say for each in reading.problems]


def names_of(data, filename):
    try:
        reading = reader.read(data, filename=filename, today=people.TODAY, gazetteer=people.country(), near="61")
    except reader.FileError:
        return set()
    return {(row.values.get("name") or "").casefold() for row in reading.rows}


def spoilt(reading, sample):
    """The problems of a reading that leave a cell empty, in words for a message."""
    return [
        f"{each.cell} {each.column}: {each.read!r} - {each.say}" for each in reading.problems if each.kind == "error"
    ] + [str(sample.told)]


@pytest.mark.parametrize("made", lists.LISTS, ids=lambda made: made.__name__)
def test_a_list_of_an_office_is_read_as_it_comes(made):
    sample = made()
    reading = read(sample)
    assert verdict.shortcomings(reading, sample) == [], spoilt(reading, sample)


@pytest.mark.parametrize("made", lists.LISTS, ids=lambda made: made.__name__)
def test_nothing_of_a_list_that_can_be_read_is_asked(made):
    sample = made()
    reading = read(sample)
    asked = [each for each in reading.problems if each.kind == "error" and each.column not in sample.doubtful]
    assert not asked, spoilt(reading, sample)


@pytest.mark.parametrize("made", [made for made in lists.LISTS if made().header], ids=lambda made: made.__name__)
def test_the_title_rows_say_when_and_from_where(made):
    sample = made()
    header = read(sample).header
    assert {key: getattr(header, key) for key in sample.header} == sample.header


@QUICK
@given(habits.manifests())
def test_any_order_any_heading_any_habit_is_read_exactly(sample):
    reading = read(sample)
    assert verdict.shortcomings(reading, sample) == [], spoilt(reading, sample)


@settings(QUICK, max_examples=60)
@given(habits.manifests(most=6).filter(lambda sample: sample.filename.endswith("csv")), st.integers(1, 9))
def test_a_column_left_empty_for_the_eye_hides_nothing(sample, place):
    spaced = files.with_an_empty_column(sample, place)
    assert verdict.shortcomings(read(spaced), spaced) == [], spoilt(read(spaced), spaced)


@settings(QUICK, max_examples=25)
@given(habits.manifests(most=5), st.sampled_from(habits.FORMATS))
def test_the_format_of_the_file_changes_nothing(sample, other):
    names = {row.values.get("name") for row in read(sample).rows}
    assert len(names) == len(sample.people), sample.told


@settings(QUICK, max_examples=30)
@given(st.sampled_from(faults.SPOILT), st.integers(0, 500), st.sampled_from(["xlsx", "ods", "csv;"]))
def test_what_nobody_could_read_is_refused_with_its_row_and_column(spoiling, seed, kind):
    sample, cell, row = faults.spoilt_sheet(spoiling, seed=seed, kind=kind)
    reading = read(sample)
    problems = [each for each in reading.problems if each.cell == cell]
    assert problems, (spoiling, [(each.cell, each.say) for each in reading.problems])
    assert problems[0].row == row
    assert all(each.heading and each.say for each in problems)
    assert verdict.shortcomings(reading, sample) == [], spoilt(reading, sample)


@settings(QUICK, max_examples=80)
@given(habits.scribbled())
def test_a_scribble_over_one_cell_is_asked_and_spoils_nothing_else(spoilt_sample):
    sample, row, cell = spoilt_sample
    reading = read(sample)
    assert verdict.shortcomings(reading, sample) == [], spoilt(reading, sample)
    asked = [each for each in reading.problems if each.row == row and each.kind == "error" and each.cell == cell]
    # "Asal" over whole addresses is a column of addresses, and an address may be any text.
    is_address = any(each.code == "address" for each in reading.columns if cell.startswith(each.letter))
    assert asked or is_address, spoilt(reading, sample)


@pytest.mark.parametrize("kind", ["age", "nik and birth", "nik and sex", "same nik", "same document", "same person"])
@pytest.mark.parametrize("seed", [31, 32, 33])
def test_what_contradicts_itself_is_warned_of_and_kept(kind, seed):
    data, filename, row = faults.contradicting(kind, seed=seed)
    reading = reader.read(data, filename=filename, today=people.TODAY, gazetteer=people.country(), near="61")
    assert [each.row for each in reading.problems if each.kind == "warning" and each.row == row], reading.problems
    assert not [each for each in reading.problems if each.kind == "error"]
    kept = next(each for each in reading.rows if each.row == row)
    assert kept.values["name"]
    assert kept.values["birth_date"]


def test_people_who_contradict_nothing_are_not_warned_of():
    data, filename, _ = faults.contradicting("nothing", seed=34)
    reading = reader.read(data, filename=filename, today=people.TODAY, gazetteer=people.country(), near="61")
    assert reading.problems == () or list(reading.problems) == []


@pytest.mark.parametrize("seed", [41, 42, 43, 44])
def test_dates_a_program_has_turned_round_are_never_taken_silently(seed):
    sample = faults.misread_dates(seed=seed)
    reading = read(sample)
    warned = {each.row for each in reading.problems}
    for row, (_, number, truth) in zip(reading.rows, sample.people, strict=True):
        assert row.values["birth_date"] == truth["birth_date"] or number in warned, truth["name"]


def test_a_date_of_either_order_is_asked_where_the_column_proves_both():
    sample = faults.two_orders_of_dates()
    reading = read(sample)
    assert verdict.shortcomings(reading, sample) == []
    assert [each.cell for each in reading.problems if each.kind == "error"] == ["C4"]


def test_a_heading_that_lies_is_not_believed():
    (data, filename), names = faults.lying_list()
    reading = reader.read(data, filename=filename, today=people.TODAY, gazetteer=people.country(), near="61")
    assert len(reading.rows) == len(names)
    read_names = [row.values.get("name") for row in reading.rows]
    assert reading.problems or [name.casefold() for name in names] == [str(name).casefold() for name in read_names]


def test_two_halves_beside_each_other_are_read_or_spoken_of():
    (data, filename), names = faults.side_by_side_list()
    assert {name.casefold() for name in names} <= names_of(data, filename) or said_of(data, filename)


def test_what_the_officer_says_a_column_is_is_believed_once_and_remembered():
    (data, filename), everyone = faults.unnamed_list()
    say = {"filename": filename, "today": people.TODAY, "gazetteer": people.country(), "near": "61"}
    chosen = reader.read(data, choices={1: "name", 3: "birth_date", 4: "reason"}, **say)
    remembered = reader.read(data, habits={"ybs": "name", "tgl": "birth_date", "kasusnya apa": "reason"}, **say)
    for reading in (chosen, remembered):
        found = [
            (row.values.get("name"), row.values.get("birth_date"), row.values.get("reason")) for row in reading.rows
        ]
        assert found == [(each.name, each.birth, each.reason) for each in everyone]


def test_what_the_officer_writes_instead_is_read_like_the_cell():
    sample, _, row = faults.spoilt_sheet(("birth", "31-02-1990"), seed=3, kind="xlsx")
    reading = reader.read(
        sample.data,
        filename=sample.filename,
        today=people.TODAY,
        gazetteer=people.country(),
        near="61",
        answers={(row, "birth_date"): "28 Februari 1990"},
    )
    answered = next(each for each in reading.rows if each.row == row)
    assert answered.values["birth_date"] == date(1990, 2, 28)
    assert not [each for each in reading.problems if each.kind == "error"]


@settings(QUICK, max_examples=20)
@given(st.integers(1, 9), st.sampled_from(["total", "sex:L", "regency:61.01"]), st.booleans())
def test_totals_printed_wrongly_are_reported(more, which, is_wrong):
    sample = faults.with_totals(which, more=more if is_wrong else 0)
    reading = read(sample)
    assert reading.totals.printed.get(which) == sample.printed[which]
    assert bool(reading.totals.differences) == is_wrong, reading.totals
    assert verdict.shortcomings(reading, sample) == [], spoilt(reading, sample)


@settings(QUICK, max_examples=40)
@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(-5, 10**17)), max_size=6), max_size=8))
def test_a_sheet_of_anything_is_read_or_refused_in_words(rows):
    sheet = files.Sheet("x", rows=rows or [[None]])
    for kind in ("csv;", "ods"):
        assert all(said_of(*files.encoded([files.printable(sheet)], kind)))


@settings(QUICK, max_examples=40)
@given(st.binary(max_size=400), st.sampled_from(["a.xlsx", "a.xls", "a.ods", "a.csv", "a.tsv", "a.xlsm", "a"]))
def test_a_file_of_anything_is_refused_in_words(data, filename):
    assert all(said_of(data, filename))


@settings(QUICK, max_examples=15)
@given(habits.manifests(most=4), st.integers(1, 2000), st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused_in_words(sample, place, byte):
    data = bytearray(sample.data)
    data[place % len(data)] = byte
    assert all(said_of(bytes(data[: len(data) - place % 7]), sample.filename))
