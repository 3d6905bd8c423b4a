"""Reports that may be about the same event are shown with reasons, and only to who may read them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.intake import duplicates, jobs
from simpul.intake.models import Report
from tests.world import JAGOI


def like(report, officer):
    return [one.report for one in duplicates.like(report, officer)]


def test_the_same_village_in_the_same_days_is_alike_and_says_why(world):
    one, other = world.report(kinds=["sexual"]), world.report(kinds=["sexual"], at=world.later(days=1))
    (alike,) = duplicates.like(one, world.rina)
    assert alike.report == other
    assert len(alike.reasons) >= 3


def test_a_report_is_not_like_itself(world):
    assert like(world.report(), world.rina) == []


def test_another_village_and_another_kind_is_not_alike(world):
    one = world.report(kinds=["sexual"])
    world.report(place="61.07.01.2001", kinds=["organs"], at=world.later(days=20))
    assert like(one, world.rina) == []


def test_what_lies_long_apart_is_not_alike(world):
    one = world.report()
    world.report(at=world.later(days=46))
    assert like(one, world.rina) == []


def test_the_same_telephone_is_alike_wherever_it_was(world, now):
    one = world.report(contact="0812-5555-0101")
    other = world.report(contact="+62 812 5555 0101", place="61.03")
    jobs.index_contacts(at=now)
    assert like(world.anew(one), world.lina) == [other]


def test_two_contacts_that_are_no_telephone_are_not_the_same(world, now):
    one = world.report(contact="lewat pastor", place="61.01")
    world.report(contact="lewat guru", place="61.03")
    jobs.index_contacts(at=now)
    assert like(world.anew(one), world.lina) == []


def test_the_most_alike_stands_first(world):
    one = world.report(kinds=["sexual"], people="one", children="yes")
    far = world.report(place="61.07", kinds=["sexual"], children="yes")
    near = world.report(kinds=["sexual"], people="one", children="yes")
    assert like(one, world.rina) == [near, far]


def test_whoever_may_not_read_a_report_is_not_shown_it(world, now):
    one, other = world.report(place=JAGOI), world.report(place=JAGOI)
    assert like(one, world.rina) == [other]
    assert like(one, world.siti) == []
    exclusions.keep_out(other, officer=world.rina, by=world.yanti, at=now)
    assert like(one, world.rina) == []
    assert like(one, world.yanti) == [other]


def test_a_report_about_the_agency_is_no_duplicate_it_could_find(world):
    one = world.report()
    other = world.report(involves=["uptd_ppa"])
    assert like(one, world.lina) == [other]
    assert like(one, world.rina) == []


@pytest.mark.parametrize("count", [1, 12])
def test_looking_costs_one_query_and_opens_no_seal(world, count):
    one = world.report()
    for _i in range(count):
        world.report()
    one = Report.objects.select_related("place").get(pk=one.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert duplicates.like(one, world.rina)
    assert len(queries) == 1
    assert "confidentiality_datakey" not in queries[0]["sql"]
