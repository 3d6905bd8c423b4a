"""Doors that are shut by default, and what only officers' pages carry."""

import pytest
from django.test import Client
from django.urls import get_resolver

from simpul.desk.middleware import DefaultDeny


def test_whoever_is_not_signed_in_is_led_to_the_door(db):
    answer = Client().get("/desk/laporan/")
    assert answer.status_code == 302
    assert answer.url == "/akun/masuk/?next=/desk/laporan/"


def test_without_a_second_factor_nothing_opens(world, settings):
    client = Client()
    client.force_login(world.rina)
    assert client.get("/desk/hari-ini/").url == "/akun/2fa/"
    settings.SECOND_FACTOR = False
    assert client.get("/desk/hari-ini/").status_code == 200


def test_an_address_that_declares_nothing_refuses_everybody(rf, world):
    def open_by_mistake(request):
        raise AssertionError

    request = rf.get("/desk/baru/")
    request.user = world.rina
    answer = DefaultDeny(None).process_view(request, open_by_mistake, (), {})
    assert answer.status_code == 404


def test_every_address_of_the_desk_says_who_may_enter():
    desk = next(found for found in get_resolver().url_patterns if str(found.pattern) == "desk/")
    assert desk.url_patterns
    silent = [found.name for found in desk.url_patterns if not isinstance(getattr(found.callback, "door", None), tuple)]
    assert silent == []


def test_an_officer_who_left_is_out_at_once(today_world, desk):
    client = desk(today_world.rina)
    assert client.get("/desk/hari-ini/").status_code == 200
    today_world.rina.is_active = False
    today_world.rina.save(update_fields=["is_active"])
    assert client.get("/desk/hari-ini/").status_code == 302


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_officer_reads_in_the_language_chosen(today_world, desk, language):
    today_world.rina.language = language
    today_world.rina.save(update_fields=["language"])
    page = desk(today_world.rina).get("/desk/hari-ini/").content.decode()
    assert f'<html lang="{language}">' in page


def test_pages_of_officers_are_never_kept_by_a_browser(today_world, desk):
    assert desk(today_world.rina).get("/desk/hari-ini/").headers["Cache-Control"] == "no-store"


def test_a_browser_may_say_that_a_form_comes_from_here_and_tells_other_sites_nothing(today_world, desk):
    assert desk(today_world.rina).get("/desk/hari-ini/").headers["Referrer-Policy"] == "same-origin"
    assert Client().get("/akun/masuk/").headers["Referrer-Policy"] == "same-origin"
