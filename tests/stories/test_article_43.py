"""Article 43: whoever asks LPSK for protection or aid is answered in time.

UU 21/2007 Art. 43 sends witness and victim to UU 13/2006 and 31/2014, which say by when LPSK decides.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import services
from simpul.lib.rules import NotAllowed
from simpul.obligations.rules import rule

RIGHTS = ("lpsk_protection",)

PONTIANAK = ZoneInfo("Asia/Pontianak")


@pytest.fixture
def service(world, law):
    """A victim asked for protection; LPSK gives it."""
    return world.service(world.victim(world.case()), kind="lpsk_protection", provider=law.lpsk)


def note(service, kind, *, on, world, day=0):
    return services.note_step(service, kind=kind, on=on, by=world.rina, at=world.later(days=day))


def test_the_board_names_the_right_its_article_and_who_owes_it_before_anybody_spoke_of_it(world, law):
    line = law.line(world.victim(world.case()), "lpsk_protection")
    assert (line.state, line.article.code, line.right.extra["duty_bearer"]) == ("open", "uu21_2007_43", "lpsk")
    assert {"uu13_2006_5", "uu31_2014_29_1", "uu13_2006_35"} <= {law_.code for law_ in line.also}


def test_a_request_shows_on_the_board(law, service):
    assert law.state(service.victim, "lpsk_protection") == "requested"


def test_lpsk_decides_on_protection_within_seven_days_of_the_application(world, law, service):
    """UU 31/2014 Art. 29(1)."""
    note(service, "lpsk_protection_asked", on=date(2026, 8, 3), world=world)
    owed = world.owed("lpsk_protection_decision", on=service)
    assert (owed.owed_by, owed.watched_by) == (law.lpsk, world.uptd)
    assert owed.limit_at == datetime(2026, 8, 10, 23, 59, 59, tzinfo=PONTIANAK)
    assert rule("lpsk_protection_decision").legal_basis == "UU 31/2014 Art. 29(1)c"


def test_lpsk_decides_on_aid_within_seven_working_days_and_independence_day_is_none(world, law, service):
    """UU 13/2006 Art. 35."""
    note(service, "lpsk_aid_asked", on=date(2026, 8, 10), world=world, day=7)
    owed = world.owed("lpsk_aid_decision", on=service)
    assert owed.owed_by == law.lpsk
    assert owed.limit_at == datetime(2026, 8, 20, 23, 59, 59, tzinfo=PONTIANAK)


def test_the_days_run_from_the_application_and_not_from_its_noting(world, service):
    note(service, "lpsk_protection_asked", on=date(2026, 7, 30), world=world)
    owed = world.owed("lpsk_protection_decision", on=service)
    assert owed.limit_at == datetime(2026, 8, 6, 23, 59, 59, tzinfo=PONTIANAK)


def test_a_decision_on_protection_leaves_the_one_on_aid_owed(world, service):
    note(service, "lpsk_protection_asked", on=date(2026, 8, 3), world=world)
    note(service, "lpsk_aid_asked", on=date(2026, 8, 3), world=world)
    note(service, "lpsk_protection_decided", on=date(2026, 8, 5), world=world, day=2)
    assert world.owed("lpsk_protection_decision", on=service) is None
    assert world.owed("lpsk_aid_decision", on=service)


def test_a_late_decision_is_overdue_on_the_board_until_it_comes(world, law, service):
    note(service, "lpsk_protection_asked", on=date(2026, 8, 3), world=world)
    assert law.state(service.victim, "lpsk_protection", days=7) == "requested"
    assert law.state(service.victim, "lpsk_protection", days=8) == "overdue"
    note(service, "lpsk_protection_decided", on=date(2026, 8, 12), world=world, day=9)
    assert law.state(service.victim, "lpsk_protection", days=9) == "requested"
    assert not law.latest("lpsk_protection_decision", on=service).was_met_in_time


def test_nothing_is_decided_that_was_not_applied_for(world, service):
    with pytest.raises(NotAllowed):
        note(service, "lpsk_protection_decided", on=date(2026, 8, 3), world=world)
    assert not service.steps.exists()
