"""The register of the invented region: a list of each Disnaker, and what villages entered."""

from datetime import date

import pytest

from simpul.demo import register
from simpul.migrants.models import Worker
from simpul.migrants.reading import layouts, reader
from simpul.places import gazetteer
from simpul.places.regions import is_within

ON = date(2026, 4, 1)


def test_the_same_workers_stand_in_it_every_time():
    assert register.entries("61.07", many=40, on=ON) == register.entries("61.07", many=40, on=ON)


def test_a_list_of_workers_is_read_without_a_question():
    workers = register.entries("61.01", many=60, on=ON)
    filename, data = register.written(workers, regency="61.01")
    reading = reader.read(data, filename=filename, today=ON, layout=layouts.REGISTER, gazetteer=gazetteer.of_package())
    assert reading.is_complete
    for worker, row in zip(workers, reading.rows, strict=True):
        told = row.values
        assert (told["name"], told["village_code"]) == (worker.name, worker.home)
        # A cell that says "not known" is an empty one.
        assert told.get("status", "unknown") == worker.status
        assert told["country"].lower() == worker.country
        assert told.get("departed_on") == worker.departed_on
        assert told.get("contract_until") == worker.contract_until


@pytest.mark.django_db
def test_three_regencies_keep_their_workers_by_village(region):
    homes = set(Worker.objects.exclude(sheet=None).values_list("home_id", flat=True))
    assert {home[:5] for home in homes} == {"61.01", "61.03", "61.07"}
    assert all(len(home) == 13 for home in homes)


@pytest.mark.django_db
def test_a_village_wrote_down_its_own_people_and_a_return(region):
    noted = Worker.objects.filter(noted_by__username="yosef")
    assert noted.count() > 5
    assert all(is_within(home, "61.07.07.2001") for home in noted.values_list("home_id", flat=True))
    assert noted.filter(status="returned", earlier__isnull=False).exists()
