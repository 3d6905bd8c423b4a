"""Shelters: by code alone, recorded and ended by the head of the unit, with the beds that are free."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.cases import shelters
from simpul.cases.models import Shelter

PAGE = "/desk/rumah-aman/"
TYPED = {"code": "ra-07", "kind": "safe_house", "beds": "3", "takes_children": "on"}


@pytest.fixture
def yanti(today_world, desk):
    return desk(today_world.yanti)


def record(world, code, beds=2):
    return shelters.record(code, kind="safe_house", beds=beds, by=world.yanti, at=world.at)


def test_the_head_of_the_unit_records_a_shelter_by_its_code(today_world, yanti):
    yanti.post(PAGE, TYPED)
    shelter = Shelter.objects.get()
    assert (shelter.code, shelter.beds, shelter.agency) == ("RA-07", 3, today_world.uptd)
    assert [each.code for each in yanti.get(PAGE).context["shelters"]] == ["RA-07"]


@pytest.mark.parametrize("wrong", [{"code": "Jalan Melati 5"}, {"beds": "0"}, {"kind": "castle"}])
def test_what_cannot_be_recorded_is_shown_again(yanti, wrong):
    typed = TYPED | wrong
    page = yanti.post(PAGE, typed)
    assert page.status_code == 422
    assert f'value="{typed["code"]}"' in page.content.decode()
    assert not Shelter.objects.exists()


def test_a_code_is_taken_once(today_world, yanti):
    record(today_world, "RA-07")
    assert yanti.post(PAGE, TYPED).status_code == 422
    assert Shelter.objects.count() == 1


def test_free_beds_are_counted(today_world, yanti):
    shelter = record(today_world, "RA-07", beds=2)
    service = today_world.service(today_world.victim(today_world.case()), kind="shelter")
    shelters.enter_(service, shelter=shelter, on=localdate(), by=today_world.rina, at=today_world.at)
    page = yanti.get(PAGE)
    assert (page.context["beds"], page.context["staying"], page.context["free"]) == (2, 1, 1)


def test_a_shelter_is_ended_by_who_runs_it_when_nobody_stays(today_world, desk, yanti):
    shelter = record(today_world, "RA-07")
    budi = desk(today_world.budi)
    assert budi.post(f"{PAGE}{shelter.pk}/akhiri/").status_code == 404
    service = today_world.service(today_world.victim(today_world.case()), kind="shelter")
    stay = shelters.enter_(service, shelter=shelter, on=localdate(), by=today_world.rina, at=today_world.at)
    yanti.post(f"{PAGE}{shelter.pk}/akhiri/")
    assert today_world.anew(shelter).ended_on is None
    shelters.leave(stay, on=localdate(), by=today_world.rina, at=today_world.at)
    yanti.post(f"{PAGE}{shelter.pk}/akhiri/")
    assert today_world.anew(shelter).ended_on == localdate()
    assert yanti.get(PAGE).context["shelters"] == []


def test_shelters_are_for_the_head_of_the_unit(today_world, desk, yanti):
    assert yanti.get(PAGE).status_code == 200
    assert desk(today_world.rina).get(PAGE).status_code == 404


def test_the_list_costs_the_same_for_one_shelter_and_for_thirty(today_world, yanti):
    record(today_world, "RA-01")
    yanti.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        yanti.get(PAGE)
    for i in range(2, 31):
        record(today_world, f"RA-{i:02d}")
    with CaptureQueriesContext(connection) as thirty:
        yanti.get(PAGE)
    assert len(thirty) == len(one)
