"""Agencies are recorded by an administrator, inside the own region."""

from simpul.agencies import people
from simpul.agencies.models import Agency
from simpul.agencies.roles import Role

ADDRESS = "/desk/lembaga/baru/"
TYPED = {"name": "LBH Bengkayang", "kind": "legal_aid", "place": "bengkayang"}
CHOSEN = TYPED | {"place_kode": "61.07", "place_untuk": "bengkayang"}


def test_an_agency_is_recorded_with_its_jurisdiction(today_world, desk):
    desk(today_world.tono).post(ADDRESS, CHOSEN)
    agency = Agency.objects.get(name="LBH Bengkayang")
    assert agency.place_id == "61.07"
    assert not agency.triages


def test_the_same_agency_is_recorded_once(today_world, desk):
    tono = desk(today_world.tono)
    tono.post(ADDRESS, CHOSEN)
    assert tono.post(ADDRESS, CHOSEN | {"name": "lbh bengkayang"}).status_code == 422
    assert Agency.objects.filter(name__icontains="lbh").count() == 1


def test_reports_without_a_place_need_an_agency_that_takes_reports(today_world, desk):
    assert desk(today_world.tono).post(ADDRESS, CHOSEN | {"takes_unplaced": "on"}).status_code == 422


def test_a_place_outside_the_own_region_is_refused(today_world, desk):
    local = people.record(
        "admin_bengkayang", full_name="Admin", agency=today_world.secretariat, role=Role.ADMINISTRATOR,
        password="x", by=None, at=today_world.at,
    )  # fmt: skip
    elsewhere = TYPED | {"place": "sambas", "place_kode": "61.01", "place_untuk": "sambas"}
    answer = desk(local).post(ADDRESS, elsewhere)
    assert answer.status_code == 422
    assert "LBH Bengkayang" in answer.content.decode()
    assert not Agency.objects.filter(name="LBH Bengkayang").exists()
