"""Sample manifests are as untidy as real ones, and are read to the last person."""

from datetime import date
from zipfile import ZipFile

import pytest
from django.conf import settings

from simpul.demo import manifests
from simpul.demo.returned import BY_NAME, invented_arrival
from simpul.migrants.reading import reader
from simpul.places import gazetteer

TODAY = date(2026, 8, 3)
SAMPLE = settings.ROOT / "docs" / "samples" / "manifes-contoh.xlsx"


def read(name, **said):
    filename, data = manifests.sample(name)
    return reader.read(data, filename=filename, today=TODAY, gazetteer=gazetteer.of_package(), **said)


@pytest.fixture(scope="module")
def corrected():
    """Readings of all samples after an officer said what columns and cells mean."""
    found = {}
    for name in manifests.NAMES:
        columns = manifests.columns_meant(read(name))
        cells = manifests.cells_meant(read(name, choices=columns), manifests.persons(name))
        found[name] = read(name, choices=columns, answers=cells)
    return found


@pytest.mark.parametrize("name", manifests.NAMES)
def test_a_sample_is_read_to_the_last_person(corrected, name):
    reading = corrected[name]
    assert reading.is_complete
    assert reading.header.arrived_on == BY_NAME[name].arrived_on
    assert reading.header.post == "entikong"
    assert reading.header.depot == BY_NAME[name].depot
    for person, row in zip(manifests.persons(name), reading.rows, strict=True):
        assert row.values["name"] == person.name
        assert row.values["sex"] == person.sex
        assert (row.values.get("reason") or "") == person.reason
        assert row.values["sector"] == person.sector
        assert person.home.startswith(row.values["regency_code"])


@pytest.mark.parametrize("name", manifests.NAMES)
def test_printed_totals_agree_once_questions_are_answered(corrected, name):
    assert corrected[name].totals.differences == ()


def test_the_messiest_one_asks_for_a_column_and_for_three_cells():
    first = read(manifests.MESSIEST)
    columns = manifests.columns_meant(first)
    assert set(columns.values()) == {"onward"}
    then = read(manifests.MESSIEST, choices=columns)
    assert len([problem for problem in then.problems if problem.kind == "error"]) == 3


def test_the_same_sample_is_the_same_file_every_time():
    for name in manifests.NAMES:
        again = manifests.MAKERS[name](BY_NAME[name], list(manifests.people_of(name)))
        assert again.data == manifests.sample(name)[1]


def test_the_file_in_the_documentation_is_a_list_to_try_and_small():
    assert SAMPLE.read_bytes() == manifests.to_try().data
    assert SAMPLE.stat().st_size < 60_000
    assert ZipFile(SAMPLE).testzip() is None


def test_the_list_to_try_is_in_no_installation_yet_and_asks_as_much_as_the_messiest():
    made = manifests.to_try()
    first = reader.read(made.data, filename=made.filename, today=TODAY, gazetteer=gazetteer.of_package())
    assert first.header.arrived_on not in {arrival.arrived_on for arrival in BY_NAME.values()}
    assert len(first.rows) == len(made.persons) == 84
    columns = manifests.columns_meant(first)
    then = reader.read(
        made.data, filename=made.filename, today=TODAY, gazetteer=gazetteer.of_package(), choices=columns
    )
    assert len([problem for problem in then.problems if problem.kind == "error"]) == 3


def test_a_plain_list_asks_nothing():
    arrival, everybody = invented_arrival("plain", date(2026, 6, 1), depot="semuja", total=20, men=12, here=8)
    filename, data = manifests.written(arrival, everybody)
    reading = reader.read(data, filename=filename, today=TODAY, gazetteer=gazetteer.of_package())
    assert reading.is_complete
    assert [row.values["name"] for row in reading.rows] == [person.name for person in everybody]
