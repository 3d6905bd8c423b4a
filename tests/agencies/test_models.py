"""Agencies, officers and whom a report of a place reaches."""

import pytest
from django.db import IntegrityError, transaction

from simpul.agencies.models import Agency, Exclusion, Officer
from simpul.agencies.roles import Right
from tests.world import JAGOI, PASSWORD


def names(agencies):
    return {agency.name for agency in agencies}


def test_a_place_is_served_by_every_agency_around_it(world):
    serving = names(Agency.objects.serving(JAGOI))
    assert {"UPTD PPA Bengkayang", "UPTD PPA Kalimantan Barat", "Polres Bengkayang"} <= serving
    assert "UPTD PPA Sambas" not in serving


def test_a_place_nobody_knows_is_served_by_who_takes_those(world):
    assert names(Agency.objects.serving("")) == {"UPTD PPA Kalimantan Barat"}


def test_an_agency_that_left_works_no_more(world, now):
    assert world.dinsos in Agency.objects.working()
    world.dinsos.ended_on = now.date()
    world.dinsos.save()
    assert world.dinsos not in Agency.objects.working()


def test_agencies_of_a_region_are_those_whose_own_place_lies_in_it(world):
    found = Agency.objects.within("61.07")
    assert world.uptd in found
    assert world.uptd_province not in found
    assert not Agency.objects.within("").exists()


def test_only_who_takes_everything_serves_the_whole_region(world):
    assert world.uptd_province.serves_the_whole_region
    assert not world.uptd.serves_the_whole_region
    assert not world.dinsos.serves_the_whole_region


def test_an_agency_is_recorded_once_for_a_place(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.create(name=world.uptd.name, kind="uptd_ppa", place=world.uptd.place)


def test_an_officer_serves_the_region_of_the_agency(world):
    assert world.rina.serves(JAGOI)
    assert not world.siti.serves(JAGOI)
    assert world.lina.serves(JAGOI)
    assert world.rina.jurisdiction == "61.07"


def test_a_region_whose_code_only_begins_alike_is_another(world):
    assert not world.rina.serves("61.071")


def test_an_unknown_place_is_served_where_the_agency_takes_those(world):
    assert world.lina.serves("")
    assert not world.rina.serves("")


def test_an_officer_signs_in_by_name_however_it_is_written(world):
    assert Officer.objects.get_by_natural_key("RINA") == world.rina
    assert world.rina.check_password(PASSWORD)


def test_an_officer_may_what_the_role_may(world):
    assert world.rina.may(Right.TRIAGE)
    assert not world.tono.may(Right.TRIAGE)
    assert str(world.rina) == "Rina Wati"


def test_an_exclusion_names_somebody(world, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        Exclusion.objects.create(file_kind="cases.case", file_id=1, made_at=now)


def test_an_exclusion_holds_by_name_by_agency_and_by_kind(world, now):
    def keeps_out(officer):
        return Exclusion.objects.keeping_out(officer).exists()

    by_name = Exclusion.objects.create(file_kind="cases.case", file_id=1, made_at=now, officer=world.agus)
    assert keeps_out(world.agus)
    assert not keeps_out(world.budi)
    by_name.delete()
    Exclusion.objects.create(file_kind="cases.case", file_id=1, made_at=now, agency=world.dinsos)
    assert keeps_out(world.budi)
    assert not keeps_out(world.agus)
    Exclusion.objects.create(file_kind="cases.case", file_id=1, made_at=now, agency_kind="police")
    assert keeps_out(world.agus)
    Exclusion.objects.update(lifted_at=now)
    assert not keeps_out(world.agus)
    assert not keeps_out(world.budi)


def test_a_report_about_a_kind_leaves_the_one_agency_that_takes_everything(world, now):
    Exclusion.objects.create(file_kind="intake.report", file_id=1, made_at=now, agency_kind="uptd_ppa")
    assert Exclusion.objects.keeping_out(world.rina).exists()
    assert Exclusion.objects.keeping_out(world.siti).exists()
    assert not Exclusion.objects.keeping_out(world.lina).exists()
