"""The menu of each role."""

import re

import pytest

from simpul.desk.menu import MENU, Entry, first_page, may_enter, menu_of
from tests.heads import head_of_region
from tests.returns import with_returns

MENUS = {
    "rina": {
        "desk:today", "desk:queue", "desk:cases", "desk:referrals", "desk:search", "desk:event_codes", "desk:requests",
        "desk:pairs", "desk:routes", "desk:alerts", "desk:summary",
    },
    "yanti": {
        "desk:today", "desk:queue", "desk:cases", "desk:referrals", "desk:search", "desk:event_codes", "desk:requests",
        "desk:retention", "desk:breaches", "desk:shelters", "desk:pairs", "desk:assessment", "desk:routes",
        "desk:alerts", "desk:summary",
    },
    "budi": {
        "desk:today", "desk:cases", "desk:referrals", "desk:search", "desk:event_codes", "desk:requests",
        "desk:summary",
    },
    "dewi": {"desk:today", "desk:summary", "desk:region", "desk:cases", "desk:restitution_sums", "desk:map",
             "desk:routes", "desk:vulnerability", "desk:releases", "desk:alerts", "desk:estimates"},
    "wulan": {"desk:summary", "desk:complaints", "desk:journal", "desk:retention", "desk:breaches", "desk:assessment"},
    "tono": {"desk:officers"},
}  # fmt: skip


@pytest.mark.parametrize("name", MENUS)
def test_a_role_sees_where_it_may_go_and_nothing_else(world, name):
    officer = getattr(world, name)
    assert {entry.address for entry in MENU if may_enter(entry, officer)} == MENUS[name]


def test_who_came_home_is_for_those_who_receive_and_visit(world):
    with_returns(world)
    entry = next(entry for entry in MENU if entry.address == "desk:returnees")
    assert all(may_enter(entry, officer) for officer in (world.hana, world.darius, world.joko))
    assert not any(may_enter(entry, officer) for officer in (world.rina, world.budi, world.dewi, world.tono))


def test_an_agency_that_takes_no_reports_has_no_queue(world):
    world.rina.agency.triages = False
    assert "desk:queue" not in {entry.address for entry in MENU if may_enter(entry, world.rina)}


def test_the_month_of_the_region_stands_after_today_and_a_district_has_none(world):
    gusti = head_of_region(world)
    addresses = [entry.address for entry in MENU if may_enter(entry, gusti)]
    assert addresses[:2] == ["desk:today", "desk:region"]
    gusti.agency.place_id = "61.07.07"
    assert "desk:region" not in {entry.address for entry in MENU if may_enter(entry, gusti)}


def test_everybody_has_a_first_page(world):
    assert first_page(world.rina) == "desk:today"
    assert first_page(world.tono) == "desk:officers"
    world.tono.is_active = False
    assert first_page(world.tono) == "desk:secrecy"


def test_keys_of_the_menu_differ():
    assert len({entry.key for entry in MENU}) == len(MENU)


def test_a_short_menu_stands_in_one_row(world):
    gusti = head_of_region(world)
    gusti.agency.place_id = "61.07"
    for officer in (world.budi, world.wulan, world.tono):
        assert menu_of(officer) == [entry for entry in MENU if may_enter(entry, officer)]


@pytest.mark.parametrize("name", MENUS)
def test_every_line_stands_once_in_a_row_or_in_a_group(world, name):
    officer = getattr(world, name)
    lines = [entry for line in menu_of(officer) for entry in getattr(line, "entries", [line])]
    assert len(lines) == len(MENUS[name])
    assert {entry.address for entry in lines} == MENUS[name]


def test_a_long_menu_keeps_the_work_in_sight_and_puts_figures_under_one_name(world):
    *work, figures, keeping = menu_of(world.yanti)
    assert [entry.address for entry in work] == [
        "desk:today", "desk:queue", "desk:cases", "desk:referrals", "desk:pairs", "desk:search",
    ]  # fmt: skip
    assert figures.addresses == {"desk:summary", "desk:routes", "desk:alerts"}
    assert (figures.address, keeping.address) == ("desk:summary", "desk:shelters")


def test_a_group_of_one_line_is_that_line(world):
    world.yanti.agency.triages = False
    assert "desk:summary" in {line.address for line in menu_of(world.yanti) if isinstance(line, Entry)}


def test_lines_of_a_group_are_seen_on_its_pages_and_reached_by_their_letter_on_all(desk, today_world):
    dewi = desk(today_world.dewi)
    main, under = menus(dewi.get("/desk/kerawanan/"))
    assert " hidden" not in under[0]
    assert current(main) == ["Angka"]
    assert current(under) == ["Kerawanan"]
    main, under = menus(dewi.get("/desk/hari-ini/"))
    assert " hidden" in under[0]
    assert current(main) == ["Hari ini"]
    assert '<a href="/desk/kerawanan/" data-key="v"' in under[1]


def menus(answer):
    """(attributes, content) of each navigation of a page's head."""
    head = answer.content.decode().split("</header>")[0]
    return re.findall(r"<nav([^>]*)>(.*?)</nav>", head, re.DOTALL)


def current(nav):
    return re.findall(r'<a [^>]*aria-current="[a-z]+"[^>]*>([^<]+)</a>', nav[1])
