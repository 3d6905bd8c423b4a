"""Event codes: made, printed, ended."""

from datetime import timedelta

from django.utils import timezone

from simpul.intake import channels
from simpul.intake.models import EventCode

CODES = "/desk/kode-acara/"


def typed(**more):
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {"occasion": "Pemulangan di PLBN", "last_day": tomorrow.isoformat(), "limit": "300", "place": ""} | more


def test_a_code_is_made_and_its_sheet_shows_it_with_the_address(today_world, desk):
    client = desk(today_world.rina)
    answer = client.post(CODES, typed(place="Jagoi Babang", place_kode="61.07.07", place_untuk="Jagoi Babang"))
    event = EventCode.objects.get()
    assert answer.url == f"{CODES}{event.code}/"
    assert event.place.name == "Jagoi Babang"
    assert timezone.localtime(event.until_at).hour == 23
    page = client.get(answer.url).content.decode()
    assert f"/lapor/?acara={event.code}" in page
    assert channels.valid(event.code, at=timezone.now()) == event


def test_a_code_lasts_at_most_fourteen_days(today_world, desk):
    far = (timezone.localdate() + timedelta(days=20)).isoformat()
    page = desk(today_world.rina).post(CODES, typed(last_day=far))
    assert page.status_code == 422
    assert "Pemulangan di PLBN" in page.content.decode()
    assert not EventCode.objects.exists()


def test_a_day_that_is_over_is_refused(today_world, desk):
    page = desk(today_world.rina).post(CODES, typed(last_day="2020-01-01"))
    assert page.status_code == 422
    assert page.context["form"].errors["last_day"]


def test_a_place_that_does_not_exist_is_refused(today_world, desk):
    page = desk(today_world.rina).post(CODES, typed(place="qqqqzzzz"))
    assert page.context["form"].errors["place"]
    assert "qqqqzzzz" in page.content.decode()


def test_a_code_is_ended_before_its_time(today_world, desk):
    client = desk(today_world.rina)
    client.post(CODES, typed())
    event = EventCode.objects.get()
    assert f"{event.code}/akhiri/" in client.get(CODES).content.decode()
    client.post(f"{CODES}{event.code}/akhiri/")
    assert channels.valid(event.code, at=timezone.now()) is None
    assert f"{event.code}/akhiri/" not in client.get(CODES).content.decode()


def test_another_agency_finds_no_code(today_world, desk):
    desk(today_world.rina).post(CODES, typed())
    event = EventCode.objects.get()
    siti = desk(today_world.siti)
    assert event.code not in siti.get(CODES).content.decode()
    assert siti.get(f"{CODES}{event.code}/").status_code == 404
    assert siti.post(f"{CODES}{event.code}/akhiri/").status_code == 404
    assert channels.valid(event.code, at=timezone.now())


def test_the_sheet_carries_a_pattern_for_the_camera_and_no_word_of_the_officer(today_world, desk):
    client = desk(today_world.rina)
    sheet = client.get(client.post(CODES, typed()).url).content.decode()
    assert "data:image/svg+xml;base64," in sheet
    assert '<style media="print">.printed-by, .notes { display: none !important; }</style>' in sheet
