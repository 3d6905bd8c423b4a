"""The menu of each role."""

import pytest

from simpul.desk.menu import MENU, first_page, may_enter
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
