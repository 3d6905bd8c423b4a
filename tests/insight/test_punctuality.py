"""Agencies are compared by what they met in time, and none of them is blamed for chance."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.insight import punctuality, tallies
from simpul.insight.models import Tally
from simpul.intake.models import Report
from tests.heads import head_of_region, with_a_month
from tests.returns import with_returns

AUGUST = date(2026, 8, 1)
BENGKAYANG = "61.07"


@pytest.fixture
def w(world, english):
    world.gusti = head_of_region(world)
    return with_a_month(with_returns(world))


def counted(w, agency, *, met, late, overdue=0):
    """So many clocks of an agency, beside what was counted."""
    numbers = {tallies.IN_TIME: met, tallies.LATE: late, punctuality.OVERDUE: overdue}
    Tally.objects.bulk_create(
        Tally(measure=code, month=AUGUST, place=BENGKAYANG, agency=agency, number=number, counted_at=w.at)
        for code, number in numbers.items() if number
    )  # fmt: skip


def test_an_agency_is_told_with_what_it_met_and_what_it_let_run_out(w):
    (uptd,) = [each for each in punctuality.of_agencies(BENGKAYANG, until=AUGUST) if each.agency == w.uptd]
    assert (uptd.in_time.met, uptd.in_time.of, uptd.overdue) == (4, 6, 2)
    assert punctuality.of_agencies("61.01", until=AUGUST) == ()


def test_whoever_surely_keeps_the_fewest_stands_first_and_few_clocks_blame_nobody(w):
    counted(w, w.police, met=50, late=50)
    counted(w, w.dinsos, met=0, late=1)
    counted(w, w.bp3mi, met=0, late=0, overdue=1)
    order = [each.agency for each in punctuality.of_agencies(BENGKAYANG, until=AUGUST)]
    # One clock of one is none in time, and yet less sure than fifty of a hundred; of no clock nothing is said.
    assert order.index(w.police) < order.index(w.dinsos) < order.index(w.bp3mi) == len(order) - 1


def test_an_agency_is_told_without_a_file_that_must_stay_unknown(w):
    report = Report.objects.exclude(case=None).order_by("pk").first()
    exclusions.keep_out(report, officer=w.gusti, by=w.yanti, at=w.at)

    def met(officer):
        found = punctuality.of_agencies(BENGKAYANG, until=AUGUST, officer=officer)
        return next(each.in_time.met for each in found if each.agency == w.uptd)

    assert met(w.gusti) == met(None) - 1


def test_more_agencies_cost_no_more_queries(w):
    with CaptureQueriesContext(connection) as few:
        assert punctuality.of_agencies(BENGKAYANG, until=AUGUST)
    for agency in (w.police, w.dinsos, w.bp3mi):
        counted(w, agency, met=1, late=1)
    with CaptureQueriesContext(connection) as many:
        assert len(punctuality.of_agencies(BENGKAYANG, until=AUGUST)) >= 4
    assert len(few) == len(many)
