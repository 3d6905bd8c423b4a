"""Steps: what comes before what, as the catalogues say it; and striking one out."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from simpul.cases.steps import check_may_be_struck, check_may_follow, moment_of
from simpul.reference import catalogues
from tests.cases.tracks import refused

CATALOGUES = ("service_steps", "proceeding_steps", "restitution_steps")
NUMBERS = count(1)


@dataclass
class Noted:
    """A step as the rules see it."""

    kind: str
    happened_on: date = date(2026, 7, 1)

    def __post_init__(self):
        self.pk = next(NUMBERS)


def follow(now, kind, *noted, on=date(2026, 7, 2), catalogue="proceeding_steps"):
    check_may_follow(catalogue, kind, list(noted), on=on, at=now)


def test_a_step_is_one_of_the_list_and_of_a_day_that_was(db, now):
    with refused("from the list"):
        follow(now, "festival")
    with refused("in the future"):
        follow(now, "investigation", on=date(2026, 8, 4))
    follow(now, "investigation", on=date(2026, 8, 3))


def test_a_step_comes_after_what_it_rests_on(db, now):
    with refused("P-21.*comes after.*File sent"):
        follow(now, "p21")
    sent = Noted("file_sent", date(2026, 7, 2))
    with refused("cannot be earlier than"):
        follow(now, "p21", sent, on=date(2026, 7, 1))
    follow(now, "p21", sent)


def test_of_several_bases_one_is_enough(db, now):
    for verdict in ("verdict", "verdict_appeal", "verdict_cassation"):
        follow(now, "final", Noted(verdict))


@pytest.mark.parametrize(("one", "other"), [("verdict", "stopped"), ("stopped", "verdict")])
def test_what_excludes_each_other_is_refused_either_way(db, now, one, other):
    with refused("exclude each other"):
        follow(now, one, Noted("charge"), Noted("investigation"), Noted(other))


def test_nothing_is_struck_out_on_which_another_rests(db):
    sent, again, p21 = Noted("file_sent"), Noted("file_sent"), Noted("p21")
    with refused("Strike that out first"):
        check_may_be_struck(sent, [sent, p21], "proceeding_steps")
    check_may_be_struck(p21, [sent, p21], "proceeding_steps")
    check_may_be_struck(sent, [sent, again, p21], "proceeding_steps")


def test_the_day_is_now_today_and_noon_before(now):
    assert moment_of(date(2026, 8, 3), now) == now
    assert moment_of(date(2026, 7, 1), now) == datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_step_of_a_catalogue_can_be_reached(db, now, name):
    terms, reached = {term.code: term for term in catalogues.terms(name)}, set()
    for _round in terms:
        reached |= {c for c, term in terms.items() if not term.extra["needs"] or reached & set(term.extra["needs"])}
    assert reached == set(terms)
    for term in terms.values():
        named = {*term.extra["needs"], *term.extra.get("debars", ())}
        assert named <= set(terms)
        assert term.code not in named
