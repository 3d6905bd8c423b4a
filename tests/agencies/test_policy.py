"""Who may record agencies and officers."""

import pytest

from simpul.agencies.policy import check_may_change, check_may_keep_agency, check_may_keep_officers
from simpul.agencies.roles import Role
from simpul.lib.rules import NotAllowed, allows


def test_an_administrator_and_the_operator_may(world):
    assert allows(check_may_keep_officers, world.tono)
    assert allows(check_may_keep_officers, None)


@pytest.mark.parametrize("name", ["rina", "yanti", "budi", "lina", "dewi", "wulan"])
def test_nobody_else_may(world, name):
    with pytest.raises(NotAllowed):
        check_may_keep_officers(getattr(world, name))


def test_an_administrator_who_left_may_not(world):
    world.tono.is_active = False
    assert not allows(check_may_keep_officers, world.tono)


def test_an_administrator_keeps_the_own_region_only(world):
    world.dewi.role = Role.ADMINISTRATOR
    assert allows(check_may_keep_agency, "61.07", by=world.dewi)
    assert allows(check_may_change, world.rina, by=world.dewi)
    assert not allows(check_may_keep_agency, "61.01", by=world.dewi)
    assert not allows(check_may_keep_agency, "61", by=world.dewi)
    assert not allows(check_may_change, world.siti, by=world.dewi)


def test_nobody_changes_the_own_access(world):
    assert not allows(check_may_change, world.tono, by=world.tono)
    assert allows(check_may_change, world.rina, by=world.tono)
