"""The summary in the browser: each role its tiles, each number with its meaning and the way to its records."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions, offices, people
from simpul.agencies.roles import Role
from simpul.cases.models import Case
from simpul.insight import figures, tallies
from simpul.insight.models import Tally
from simpul.insight.tallies import IN_TIME, LATE
from tests.returns import came_home, with_returns

SUMMARY = "/desk/ringkasan/"
ROLES = ("rina", "yanti", "lina", "budi", "hana", "darius", "joko", "dewi", "wulan")


@pytest.fixture
def w(today_world):
    figures.places_at.cache_clear()
    w = with_returns(today_world)
    early = w.at - timedelta(days=9)
    w.service(w.victim(w.case(at=early)))
    w.report(at=early)
    came_home(w)
    tallies.refresh(at=w.at)
    return w


def english(client):
    return client.get(SUMMARY, headers={"accept-language": "en"})


def tiles(page):
    shown = [each for _topic, _whose, tiles in page.context["groups"] for each in tiles]
    return {each.tile.measure.code: each for each in shown}


@pytest.mark.parametrize("name", ROLES)
def test_each_role_has_its_tiles_with_what_they_mean(w, desk, name):
    page = desk(getattr(w, name)).get(SUMMARY)
    text = page.content.decode()
    shown = tiles(page)
    assert page.status_code == 200
    assert text.count('class="card tile"') == len(shown) > 1
    for each in shown.values():
        assert str(each.tile.measure.definition).split(":")[0][:30] in text.replace("&#x27;", "'")
    assert len(page.context["rows"]) == len(shown)


@pytest.mark.parametrize("name", ROLES)
def test_a_number_opens_only_what_the_officer_may_see(w, desk, name):
    client = desk(getattr(w, name))
    page = client.get(SUMMARY)
    ways = {each.opens for each in tiles(page).values() if each.opens}
    assert ways
    for way in ways:
        assert client.get(way).status_code == 200, way


def test_the_administrator_has_none(w, desk):
    assert desk(w.tono).get(SUMMARY).status_code == 404


def test_a_number_says_how_it_changed_and_shows_its_months(w, desk):
    month = tallies.first_of(w.at.date())
    for back, number in ((0, 3), (1, 10), (2, 4)):
        Tally.objects.update_or_create(
            measure="cases_opened", month=tallies.earlier(month, back), place="61.07.07", agency=w.uptd,
            defaults={"number": number, "counted_at": w.at},
        )  # fmt: skip
    w.rina.language = "en"
    w.rina.save()
    page = english(desk(w.rina))
    each = tiles(page)["cases_opened"]
    assert "10, 6 more than in" in each.change
    assert each.number == "3"
    assert each.picture.count("<rect") == 13
    assert each.change in page.content.decode()
    assert "at the end of" in tiles(page)["reports_waiting"].change


def test_the_share_of_clocks_stands_with_its_interval_and_what_is_next(w, desk):
    page = desk(w.rina).get(SUMMARY)
    found = page.context["found"]
    assert found.in_time.of > 0
    assert f"/desk/kewajiban/{found.next_due.pk}/berkas/" in page.content.decode()
    assert page.context["found"].stages == ((Case.Stage.NEW, 1),)
    assert "/desk/kasus/?tahap=new" in page.content.decode()


def test_a_companion_comes_to_what_is_next_by_the_page_of_today(w, desk):
    """Few files of the agency are open to a companion, its clocks all are."""
    people.change(w.rina, role=Role.COMPANION, agency=w.uptd, by=w.tono, at=w.at)
    page = desk(w.anew(w.rina)).get(SUMMARY)
    assert page.context["found"].next_due
    assert page.context["next_opens"] == "/desk/hari-ini/"


def test_the_secretariat_sees_the_clocks_of_the_agencies_and_few_people_nowhere(w, desk):
    page = desk(w.dewi).get(SUMMARY)
    text = page.content.decode()
    assert w.uptd.name in text
    assert tiles(page)["returns_arrived"].number == "…"
    assert tiles(desk(w.hana).get(SUMMARY))["returns_arrived"].number == "1"
    assert "tahap=" not in re.sub("tahap=open", "", text)


def test_no_number_tells_of_a_file_that_must_stay_unknown(w, desk):
    assert tiles(desk(w.rina).get(SUMMARY))["cases_open"].number == "1"
    exclusions.keep_out(Case.objects.get(), officer=w.rina, by=w.yanti, at=w.at)
    page = desk(w.rina).get(SUMMARY)
    assert tiles(page)["cases_open"].number == "0"
    assert page.context["found"].stages == ()


def test_before_anything_was_counted_the_page_says_so(today_world, desk):
    page = english(desk(today_world.budi))
    assert page.status_code == 200
    assert not page.context["found"].is_counted
    assert "empty" in page.content.decode()


@pytest.mark.parametrize("name", ["rina", "hana", "darius", "dewi", "wulan"])
def test_the_page_costs_the_same_for_one_agency_and_for_thirty(w, desk, name):
    client = desk(getattr(w, name))
    client.get(SUMMARY)
    with CaptureQueriesContext(connection) as one:
        client.get(SUMMARY)
    month = tallies.first_of(w.at.date())
    for number in range(30):
        agency = offices.record(f"Kantor {number}", kind="social", place=w.dinsos.place, by=None, at=w.at)
        for code in (IN_TIME, LATE, "duties_overdue", "cases_opened"):
            Tally.objects.create(
                measure=code, month=month, place="61.07", agency=agency, number=number + 1, counted_at=w.at
            )
    with CaptureQueriesContext(connection) as thirty:
        client.get(SUMMARY)
    assert len(one) == len(thirty) <= 15
