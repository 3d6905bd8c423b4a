"""Officers come, change and leave; each step stands in the journal."""

import pytest

from simpul.agencies import people
from simpul.agencies.models import Officer
from simpul.agencies.roles import Right, Role
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from tests.world import PASSWORD


def last(act):
    return Entry.objects.filter(act=act).latest("number")


def recorded(world, **told):
    told = {
        "full_name": "Joko Susilo", "agency": world.dinsos, "role": Role.PARTNER, "password": "", "by": world.tono,
        "at": world.at,
    } | told  # fmt: skip
    return people.record("joko", **told)


def test_an_officer_is_recorded_with_role_and_agency(world):
    joko = recorded(world, password="sebuah kalimat panjang", language="en")
    assert Officer.objects.get(username="joko").check_password("sebuah kalimat panjang")
    assert joko.language == "en"
    assert joko.recorded_at == world.at
    assert last("officer.recorded").facts == {"role": "partner", "agency": world.dinsos.pk}


def test_without_a_password_nobody_signs_in(world):
    joko = recorded(world)
    assert not joko.has_usable_password()
    assert not joko.check_password("")


def test_a_new_officer_has_not_acknowledged_the_duty_of_secrecy(world):
    joko = recorded(world)
    assert joko.acknowledged_at is None
    people.acknowledge_secrecy(joko, at=world.at)
    assert Officer.objects.get(username="joko").acknowledged_at == world.at
    assert last("notice.acknowledged").officer_id == joko.pk


def test_another_role_opens_and_closes_at_once(world):
    assert world.rina.may(Right.TRIAGE)
    people.change(world.rina, role=Role.PARTNER, agency=world.dinsos, by=world.tono, at=world.at)
    rina = world.anew(world.rina)
    assert not rina.may(Right.TRIAGE)
    assert rina.agency == world.dinsos
    assert last("officer.changed").facts == {
        "before": {"role": "case_manager", "agency": world.uptd.pk}, "role": "partner", "agency": world.dinsos.pk,
    }  # fmt: skip


def test_an_officer_who_leaves_can_do_nothing_more(world):
    people.end(world.rina, by=world.tono, at=world.at)
    rina = world.anew(world.rina)
    assert (rina.is_active, rina.left_at) == (False, world.at)
    assert not rina.may(Right.TRIAGE)
    assert last("officer.left").subject == f"agencies.officer:{rina.pk}"


@pytest.mark.parametrize(
    "act",
    [
        lambda world, by: recorded(world, by=by),
        lambda world, by: people.change(world.budi, role=Role.SUPERVISOR, agency=world.uptd, by=by, at=world.at),
        lambda world, by: people.end(world.budi, by=by, at=world.at),
    ],
)
@pytest.mark.parametrize("name", ["rina", "yanti", "wulan"])
def test_only_an_administrator_records_changes_and_ends(world, act, name):
    before = Officer.objects.filter(is_active=True).values_list("username", "role", "agency").order_by("pk")
    known = list(before)
    with pytest.raises(NotAllowed):
        act(world, getattr(world, name))
    assert list(before.all()) == known


def test_who_lost_the_password_begins_anew_and_the_old_one_is_gone(world):
    people.begin_anew(world.rina, password="kata sandi kedua", by=world.tono, at=world.at)
    assert world.rina.check_password("kata sandi kedua")
    assert not world.anew(world.rina).check_password(PASSWORD)
    with pytest.raises(NotAllowed):
        people.begin_anew(world.rina, password="kata sandi ketiga", by=world.yanti, at=world.at)
