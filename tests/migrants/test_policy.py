"""Who may do what with lists, people sent home and the register."""

import pytest

from simpul.agencies import exclusions
from simpul.lib.rules import allows
from simpul.migrants import policy
from simpul.migrants.models import Sheet
from tests.returns import came_home

# Who may, of Hana (BP3MI), Joko (office of the regency), Darius (village), Rina (case manager) and Siti.
MAY = {
    policy.check_may_see: {"hana", "joko", "darius"},
    policy.check_may_screen: {"hana", "joko"},
    policy.check_may_hand_over: {"hana", "joko"},
    policy.check_may_visit: {"hana", "joko", "darius"},
}
EVERYBODY = ("hana", "joko", "darius", "rina", "siti", "dewi", "tono")


@pytest.mark.parametrize("check", MAY, ids=lambda check: check.__name__)
def test_each_act_is_for_those_it_is_asked_of(w, check):
    person = came_home(w)
    assert {name for name in EVERYBODY if allows(check, person, by=getattr(w, name))} == MAY[check]


def test_a_manifest_is_kept_by_the_agency_that_took_it_in(w):
    manifest = came_home(w).manifest
    kept = {name for name in EVERYBODY if allows(policy.check_may_keep_manifest, manifest, by=getattr(w, name))}
    assert kept == {"hana"}


def test_who_takes_in_which_list(w):
    manifests, register = (
        {name for name in EVERYBODY if allows(policy.check_may_take_in, layout, by=getattr(w, name))}
        for layout in (Sheet.Layout.MANIFEST, Sheet.Layout.REGISTER)
    )
    assert manifests == {"hana", "joko"}
    assert register == {"hana", "joko", "darius"}


@pytest.mark.parametrize(("place", "who"), [
    ("61.07.07.2001", {"hana", "joko", "darius"}), ("61.07.07.2002", {"hana", "joko"}), ("61.01", {"hana"}),
    ("31", set()), ("", set()),
])  # fmt: skip
def test_the_register_is_written_within_the_own_region(w, place, who):
    assert {name for name in EVERYBODY if allows(policy.check_may_register, place, by=getattr(w, name))} == who


def test_exact_figures_are_for_those_who_see_the_people(w):
    assert policy.sees_exact_figures(w.hana, "61.07")
    assert policy.sees_exact_figures(w.darius, "61.07.07.2001")
    assert not policy.sees_exact_figures(w.darius, "61.07")
    assert not policy.sees_exact_figures(w.dewi, "61.07")


def test_somebody_is_kept_out_by_whoever_took_in_the_manifest(w):
    person = came_home(w)
    may = {name for name in EVERYBODY if allows(policy.check_may_keep_out, person, by=getattr(w, name))}
    assert may == {"hana"}
    exclusions.shut(person, officer=w.hana, by=None, at=w.at)
    assert not allows(policy.check_may_keep_out, person, by=w.hana)
