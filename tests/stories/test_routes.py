"""Routes: the task force is to map the ways people are taken by, and to see that methods keep changing.

Presidential Regulation 49/2023 and the regional action plans ask for a map of the routes prone to trafficking. What one
office writes down with a report becomes a line on the map of all, and nobody is recognised by it.
"""

from datetime import date

import pytest

from simpul.cases import ways as case_ways
from simpul.insight import routes
from simpul.insight.routes import Question
from simpul.intake import ways as report_ways
from simpul.places.legs import Step
from simpul.places.models import BorderPost, Leg, Place
from simpul.privacy import erasing
from tests.world import JAGOI

pytestmark = pytest.mark.usefixtures("english")

TODAY = date(2026, 8, 3)
KINDS = ("reports", "victims", "returns")
SPRING, SUMMER = date(2026, 2, 10), date(2026, 5, 20)


def over_the_post(on):
    jagoi, post = Place.objects.get(pk=JAGOI), BorderPost.objects.get(pk="jagoi_babang")
    return [Step(jagoi, "kuching", post=post, on=on, precision="day", transport="car"), Step("kuching", "sibu")]


def over_the_trail(on):
    jagoi = Place.objects.get(pk=JAGOI)
    return [Step(jagoi, "serikin", crossing="unofficial", crossed_in=jagoi, on=on, precision="month")]


@pytest.fixture
def told(world):
    """In spring people were driven over the post; since summer they walk."""
    for steps, on, times in ((over_the_post, SPRING, 14), (over_the_post, SUMMER, 2), (over_the_trail, SUMMER, 13)):
        for number in range(times):
            report = world.report(statement=f"Laporan {on} {times} {number}")
            report_ways.keep(report, steps(on), by=world.rina, at=world.at)
    return world


def asked(exact, officer=None, kinds=KINDS):
    question = Question(kinds, "61.07", routes.quarter_of(SUMMER), exact)
    return routes.answer(question, today=TODAY, officer=officer)


def test_that_the_way_changed_is_seen_and_told_to_who_reads_the_reports(told):
    found = asked(True, told.rina)
    changed = {(shift.origin, shift.destination): (shift.before, shift.after) for shift in found.shifts}
    assert changed["61.07.07", "unofficial:61.07.07"] == (0, 13)
    assert changed["61.07.07", "post:jagoi_babang"] == (14, 2)


def test_the_trail_is_named_by_its_district_and_its_location_is_nowhere(told):
    found = asked(True, told.rina)
    assert found.named("unofficial:61.07.07") == "Unofficial crossing, in Kec. Jagoi Babang"
    assert set(Leg.objects.filter(crossing="unofficial").values_list("crossed_in", flat=True)) == {"61.07.07"}


def test_the_head_of_region_sees_the_busy_way_and_not_the_two_who_went_another(told):
    found = asked(False)
    assert [(corridor.nodes, corridor.journeys) for corridor in found.corridors] == [
        (("61.07", "unofficial:61.07.07", "abroad:my"), 13)
    ]
    assert found.is_cut
    assert "post:jagoi_babang" not in {node for segment in found.segments for node in (segment.origin,
                                                                                     segment.destination)}  # fmt: skip


def test_the_place_to_watch_is_where_people_walk_now(told):
    best = asked(True, told.rina).best
    assert best.places[0][0] == "unofficial:61.07.07"


def test_what_is_erased_stays_in_the_figures_and_names_no_village(world):
    case = world.case()
    victim = world.victim(case)
    case_ways.keep(victim, over_the_post(SUMMER), by=world.rina, at=world.at)
    erasing.erase(case, by=world.wulan, at=world.at)
    assert set(Leg.objects.exclude(origin=None).values_list("origin", flat=True)) == {"61.07"}
    question = Question(("victims",), "61.07", routes.year(2026), False)
    assert [journey.people for journey in routes.journeys(question)] == [1]
