from datetime import date

import pytest
from django.utils import translation

from simpul.places import legs
from simpul.places.legs import Step
from simpul.places.models import BorderPost, Place
from simpul.places.ways import abroad, lines, when
from tests.world import JAGOI

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.django_db]


def test_a_step_is_told_in_words():
    place = Place.objects.get(pk=JAGOI)
    step = Step(place, "kuching", post=BorderPost.objects.get(pk="jagoi_babang"), transport="car",
                on=date(2026, 3, 1), precision="month", confidence="others")  # fmt: skip
    (line,) = lines([step])
    assert line.origin.startswith("Jagoi, ")
    assert (line.destination, line.over) == ("Kuching, Malaysia", "Post Jagoi Babang")
    assert (line.by, line.when, line.confidence) == ("Private or hired car", "March 2026", "Told by others")


def test_legs_on_record_are_told_alike(world):
    report = world.report()
    place = Place.objects.get(pk=JAGOI)
    legs.record(report, [Step(place, "my", crossing="unofficial", crossed_in=place)], by=world.rina, at=world.at)
    (line,) = lines(legs.of(report))
    assert line.destination == "Malaysia"
    assert line.over == "Unofficial crossing, in Kec. Jagoi Babang"


def test_a_day_is_said_as_far_as_it_is_known():
    day = date(2026, 3, 14)
    with translation.override("en"):
        assert [when(day, known) for known in ("day", "month", "year")] == ["14 March 2026", "March 2026", "2026"]
    assert when(None, "") == ""


def test_a_city_that_is_a_country_is_named_once():
    assert abroad("singapore") == "Singapore"
    assert abroad("th") == "Thailand"
