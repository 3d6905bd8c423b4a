"""Routing: the nearest agency that takes reports reads it, and never one that is involved."""

import pytest

from simpul.intake.routing import agency_for
from tests.world import JAGOI


def test_the_agency_of_the_regency_reads_a_report_of_its_village(world):
    assert agency_for(JAGOI) == world.uptd


@pytest.mark.parametrize("place", ["", None])
def test_a_report_without_a_place_goes_where_those_are_taken(world, place):
    assert agency_for(place) == world.uptd_province


def test_a_regency_without_a_unit_of_its_own_is_served_by_the_province(world):
    assert agency_for("61.03") == world.uptd_province


def test_a_place_outside_the_province_is_still_taken(world):
    assert agency_for("32.04") == world.uptd_province


def test_an_involved_unit_is_passed_over(world):
    assert agency_for(JAGOI) == world.uptd
    assert agency_for(JAGOI, involves=["uptd_ppa"]) == world.uptd_province


def test_another_involved_office_changes_nothing(world):
    assert agency_for(JAGOI, involves=["police", "immigration"]) == world.uptd


def test_an_agency_left_out_by_name_is_passed_over_even_if_it_serves_everybody(world):
    assert agency_for(JAGOI, without=[world.uptd]) == world.uptd_province
    assert agency_for(JAGOI, without=[world.uptd, world.uptd_province]) is None


def test_an_involved_unit_is_passed_over_also_where_no_other_serves_the_place(world):
    world.uptd_province.place_id = "61.71"
    world.uptd_province.save()
    assert agency_for(JAGOI, involves=["uptd_ppa"]) == world.uptd_province


def test_an_agency_that_ended_reads_nothing_more(world, now):
    world.uptd.ended_on = now.date()
    world.uptd.save()
    assert agency_for(JAGOI) == world.uptd_province


def test_an_agency_that_takes_no_reports_is_never_chosen(world):
    world.uptd.triages = False
    world.uptd.save()
    assert agency_for(JAGOI) == world.uptd_province


def test_where_nobody_takes_reports_yet_there_is_no_agency(db):
    assert agency_for(JAGOI) is None
