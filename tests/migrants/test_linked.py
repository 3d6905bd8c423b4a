"""What follows for people sent home where two records turn out to be one person, and how it is taken back."""

import pytest
from django.utils.timezone import localdate

from simpul.agencies import exclusions
from simpul.linkage import review
from simpul.migrants import linked
from simpul.migrants.models import Returnee
from tests.linkage.conftest import BECAUSE
from tests.returns import came_home


@pytest.fixture
def twice(w):
    """Somebody sent home last year and again today, spelled otherwise."""
    last_year = w.at.replace(year=w.at.year - 1)
    return came_home(w, name="Siti Nurhaliza", at=last_year), came_home(w, name="St. Noerhaliza")


def decide(w, one, other):
    pair = review.propose(one.person, other.person, by=w.hana, at=w.at)
    return review.decide(pair, verdict="same", reason=BECAUSE, by=w.hana, at=w.at)


def test_a_repeated_deportation_is_counted_and_asked_about(w, twice):
    first, again = twice
    assert again.repeats == 0
    decision = decide(w, first, again)
    assert (w.anew(first).repeats, w.anew(again).repeats) == (0, 1)
    owed = w.owed("ask_repeat_returnee", on=again)
    assert (owed.owed_by, owed.number) == (w.bp3mi, again.number)
    assert w.owed("ask_repeat_returnee", on=first) is None
    review.retract(decision, reason=BECAUSE, by=w.hana, at=w.at)
    assert w.anew(again).repeats == 0
    assert w.owed("ask_repeat_returnee", on=again) is None


def test_what_numbers_told_before_stays_when_a_decision_is_taken_back(w):
    nik = {"nik": "6107075208020003"}
    first, again = (came_home(w, at=w.at.replace(year=year), **nik) for year in (2024, 2026))
    Returnee.objects.filter(pk=again.pk).update(repeats=1)
    other = came_home(w, name="Melatie", at=w.at.replace(year=2025))
    decision = decide(w, again, other)
    assert w.anew(again).repeats == 2
    review.retract(decision, reason=BECAUSE, by=w.hana, at=w.at)
    assert (w.anew(again).repeats, w.anew(first).repeats) == (1, 0)


def test_an_arrival_of_long_ago_opens_no_clock(w):
    years = (2019, 2020)
    first, again = (came_home(w, at=w.at.replace(year=year)) for year in years)
    decide(w, first, again)
    assert w.anew(again).repeats == 1
    assert w.owed("ask_repeat_returnee", on=again) is None


def test_who_is_kept_out_of_the_earlier_return_is_not_told_by_a_clock(w, twice):
    first, again = twice
    exclusions.shut(first, agency=w.bp3mi, by=w.joko, at=w.at)
    pair = review.between(first.person_id, again.person_id, at=w.at)
    review.decided(pair, verdict="same", reason=BECAUSE, by=w.joko, at=w.at)
    assert w.owed("ask_repeat_returnee", on=again) is None


def test_returns_are_open_to_who_sees_them(w, twice):
    first, _again = twice
    (told,) = linked.records_of([first.person_id], officer=w.hana, at=w.at)
    assert (told.is_open, told.number, told.file) == (True, first.number, f"migrants.returnee:{first.pk}")
    (told,) = linked.records_of([first.person_id], officer=w.siti, at=w.at)
    assert not told.is_open
    assert localdate(w.at) > first.arrived_on


def test_who_was_sent_home_is_found_by_manifest_and_line(w):
    first = came_home(w, birth_year=2002)
    found = linked.numbered(f" {first.number.lower()} ", officer=w.hana, at=w.at)
    assert [(one.person, one.is_open) for one in found] == [(first.person_id, True)]
    for text in (first.manifest.number, f"{first.manifest.number}/", f"{first.manifest.number}/x", "/7", "7", "",
                 f"{first.manifest.number}/{9**30}", f"{first.manifest.number}/²"):  # fmt: skip
        assert linked.numbered(text, officer=w.hana, at=w.at) == []
    assert linked.numbered(first.number, officer=w.siti, at=w.at) == []
