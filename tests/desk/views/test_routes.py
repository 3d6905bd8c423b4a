"""The page of routes: who sees which ways, and how a line opens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.insight import routes
from simpul.intake import ways as report_ways
from simpul.migrants.models import Returnee
from simpul.places.legs import Step
from simpul.places.models import BorderPost, Place
from tests.returns import came_home, with_returns
from tests.world import JAGOI

PAGE = "/desk/jalur/"


@pytest.fixture
def w(today_world):
    world = with_returns(today_world)
    entikong = BorderPost.objects.get(pk="entikong")
    for number in range(12):
        came_home(world, name=f"Melati {number}", post=entikong, depot="semuja")
    for number in range(3):
        came_home(world, name=f"Joko {number}", post=entikong, depot="semuja", home="61.07.05")
    return world


@pytest.fixture
def report(w):
    report = w.report()
    steps = [
        Step(Place.objects.get(pk=JAGOI), "kuching", crossing="unofficial", crossed_in=Place.objects.get(pk=JAGOI),
             on=localdate(w.at), precision="day", transport="foot"),
        Step("kuching", "sibu"),
    ]  # fmt: skip
    report_ways.keep(report, steps, by=w.rina, at=w.at)
    return report


def quarter(w):
    return routes.quarter_of(localdate(w.at)).code


def test_where_the_last_quarter_holds_nothing_a_province_opens_with_the_year(w, desk):
    page = desk(w.hana).get(PAGE)
    assert page.context["asked"].data["kurun"] == str(localdate(w.at).year)
    assert page.context["found"].total == 15
    assert page.context["earlier"] is not None


def test_who_receives_people_sees_every_way_home(w, report, desk):
    page = desk(w.hana).get(f"{PAGE}?kurun={quarter(w)}&wilayah=61.07")
    assert page.context["found"].total == 15
    assert [corridor.journeys for _nodes, corridor, *_more in page.context["corridors"]] == [12, 3]
    assert "<svg" in page.content.decode()
    assert "Sibu" not in page.content.decode()


def test_who_reads_reports_sees_their_ways_and_opens_one(w, report, desk):
    page = desk(w.rina).get(f"{PAGE}?kurun=semua")
    assert page.context["found"].total == 1
    words = page.content.decode()
    assert "Jagoi Babang" in words
    address = next(address for *_more, address in page.context["segments"])
    opened = desk(w.rina).get(address.partition("#")[0])
    assert [(number, where) for _kind, number, where in opened.context["records"]] == [
        (report.number, f"/desk/laporan/{report.number}/")]  # fmt: skip


def test_who_sees_figures_only_sees_no_small_way_and_opens_nothing(w, report, desk):
    # Of the quarter that runs nothing is told: its numbers still grow by one person at a time.
    page = desk(w.dewi).get(f"{PAGE}?kurun={quarter(w)}")
    assert page.context["asked"].data["kurun"] != quarter(w)
    words = page.content.decode()
    assert "Jagoi Babang" not in words
    assert report.number not in words
    assert "jenis" not in page.context["asked"].fields


def test_figures_of_a_full_quarter_are_shown_to_the_secretariat(w, report, desk):
    last = routes.before(routes.quarter_of(localdate(w.at)))
    Returnee.objects.update(arrived_on=last.last_on)
    page = desk(w.dewi).get(PAGE)
    assert page.context["found"].total == 15
    assert {segment.journeys for _o, _d, segment, *_more in page.context["segments"]} == {15}
    Returnee.objects.filter(row=1, pk__lte=Returnee.objects.order_by("pk")[4].pk).update(home="61.01")
    page = desk(w.dewi).get(PAGE)
    assert page.context["found"].total == 0


def test_a_village_a_stranger_and_an_administrator_find_nothing(w, desk, client):
    assert desk(w.darius).get(PAGE).status_code == 404
    assert desk(w.tono).get(PAGE).status_code in (403, 404)
    assert client.get(PAGE).status_code == 302


def test_no_ways_say_so_and_what_to_do(w, desk):
    page = desk(w.siti).get(PAGE)
    assert 'class="empty"' in page.content.decode()


def test_an_old_address_gives_a_page(w, desk):
    assert desk(w.rina).get(f"{PAGE}?kurun=1066&jenis=naga&wilayah=99&dari=x&ke=y").status_code == 200


def test_the_page_costs_the_same_for_one_way_and_for_many(w, desk):
    def way(number):
        report = w.report(statement=f"Laporan {number}")
        home = Place.objects.get(pk=("61.07", "61.07.05", "61.07.03", "61.07.07")[number % 4])
        towns = ("kuching", "sibu", "miri", "bintulu", "serian", "lundu")
        report_ways.keep(
            report, [Step(home, towns[number % 6], on=localdate(w.at), precision="day")], by=w.rina, at=w.at
        )

    way(0)
    browser, page = desk(w.rina), f"{PAGE}?kurun=semua"
    browser.get(page)
    with CaptureQueriesContext(connection) as one:
        browser.get(page)
    for number in range(1, 24):
        way(number)
    with CaptureQueriesContext(connection) as many:
        browser.get(page)
    assert len(many) <= len(one) + 1


def test_no_month_is_told_where_only_the_year_is_known(w, desk):
    home, year = Place.objects.get(pk=JAGOI), localdate(w.at).year
    step = Step(home, "kuching", on=localdate(w.at), precision="year")
    report_ways.keep(w.report(), [step], by=w.rina, at=w.at)
    page = desk(w.rina).get(f"{PAGE}?kurun=semua")
    assert [span for *_more, span in page.context["corridors"]] == [str(year)]
