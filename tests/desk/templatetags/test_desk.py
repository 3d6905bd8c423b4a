"""Words for pages of the desk."""

from datetime import timedelta

from django.utils.translation import override

from simpul.desk.templatetags import desk
from simpul.obligations.models import Obligation
from simpul.reference import catalogues


def test_a_code_becomes_its_word_and_no_code_nothing(db):
    with override("en"):
        assert desk.term("first_aid", "services") == "First aid and emergency care"
        assert desk.terms(["name", "sex"], "shared_fields") == "Name, Sex"
    assert desk.term("", "services") == ""
    assert desk.terms(None, "shared_fields") == ""


def test_a_mark_says_how_sure_the_source_makes_us():
    with override("en"):
        assert desk.mark("V") == "verified in the primary text"


def test_a_trigger_comes_from_the_catalogue(db):
    with override("en"):
        assert desk.trigger(catalogues.term("obligations", "answer_referral")) == "A referral was sent."


def test_no_place_is_a_dash():
    assert desk.place(None) == "–"


def test_a_moment_is_told_by_its_distance(now):
    with override("en"):
        assert desk.away(now + timedelta(minutes=20), now) == "in 20 minutes"
        assert desk.away(now - timedelta(hours=2), now) == "2 hours ago"
        assert desk.away(now + timedelta(days=3), now) == "in 3 days"
    assert desk.away(None, now) == ""


def test_a_clock_is_late_soon_or_calm(now):
    def clock(**more):
        return Obligation(**({"state": "open"} | more))

    assert desk.standing(clock(due_at=now - timedelta(minutes=1)), now) == "late"
    assert desk.standing(clock(due_at=now + timedelta(hours=3)), now) == "soon"
    assert desk.standing(clock(due_at=now + timedelta(days=3)), now) == "calm"
    assert desk.standing(clock(state="paused", due_at=None), now) == "calm"


def test_who_owes_a_right_is_a_kind_of_agency_or_another_party(db):
    assert desk.party("police") == "Kepolisian"
    assert desk.party("offender") == "Pelaku"


def test_a_state_of_a_right_has_its_colour_and_most_have_none():
    assert desk.colour("overdue") == "late"
    assert desk.colour("informed") == ""
