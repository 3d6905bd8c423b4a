"""Shelters: a code and beds, never an address; and the victims who stay there."""

import pytest
from django.db import IntegrityError, transaction

from simpul.agencies import exclusions
from simpul.cases import queries, services, shelters
from simpul.cases.models import Shelter, Stay
from simpul.journal.models import Entry
from tests.cases.tracks import an_agency, an_officer, refused, today


def recorded(world, code="RA-1", *, beds=1, by=None, **more):
    return shelters.record(code, kind="safe_house", beds=beds, by=by or world.yanti, at=world.at, **more)


def asked(world, **told):
    return world.service(world.victim(world.case(), **told), kind="shelter")


def enter(world, service, shelter, days=0):
    return shelters.enter_(service, shelter=shelter, on=today(world, days), by=world.rina, at=world.at)


def test_a_shelter_is_a_code_and_nothing_of_a_place(world):
    shelter = recorded(world, " ra-07 ")
    assert (shelter.code, shelter.agency, str(shelter)) == ("RA-07", world.uptd, "RA-07")
    assert not {"address", "place", "phone", "name"} & {field.name for field in Shelter._meta.get_fields()}
    for code in ("Jl. Melati 4", "RUMAH-AMAN-SAMBAS", "RA07", "RA-07\n-1"):
        with refused("says nothing of the place"):
            recorded(world, code)


def test_a_shelter_has_a_kind_beds_and_a_code_of_its_own(world):
    recorded(world)
    with refused("taken"):
        recorded(world)
    with refused("kind of shelter"):
        shelters.record("RA-2", kind="hotel", beds=1, by=world.yanti, at=world.at)
    with refused("at least one bed"):
        recorded(world, "RA-2", beds=0)


@pytest.mark.parametrize("who", ["rina", "lina", "budi", "dewi", "tono", "wulan"])
def test_only_the_head_of_a_unit_records_and_ends(world, now, who):
    shelter = recorded(world)
    with refused("head of a unit"):
        recorded(world, "RA-2", by=getattr(world, who))
    with refused("head of a unit"):
        shelters.end(shelter, by=getattr(world, who), at=now)


def test_the_head_of_another_unit_ends_none_of_ours(world, now):
    with refused("runs the shelter"):
        shelters.end(recorded(world), by=world.lead_of_province(), at=now)


def test_a_shelter_ends_when_nobody_stays_there(world, now):
    shelter = recorded(world)
    stay = enter(world, asked(world), shelter)
    with refused("still stays"):
        shelters.end(shelter, by=world.yanti, at=now)
    shelters.leave(stay, on=today(world), by=world.rina, at=now)
    shelters.end(shelter, by=world.yanti, at=now)
    with refused("no longer used"):
        enter(world, asked(world), shelter)
    assert not queries.shelters_near(world.rina).exists()


def test_who_moves_in_has_the_service_running(world, now):
    service, shelter = asked(world), recorded(world)
    stay = enter(world, service, shelter)
    assert world.anew(service).state == "running"
    with refused("stays at a shelter already"):
        enter(world, service, recorded(world, "RA-2"))
    shelters.leave(stay, on=today(world), by=world.rina, at=now)
    with refused("ended already"):
        shelters.leave(stay, on=today(world), by=world.rina, at=now)


def test_the_days_of_a_stay_are_possible_ones(world, now):
    service, shelter = asked(world), recorded(world)
    with refused("in the future"):
        enter(world, service, shelter, days=1)
    stay = enter(world, service, shelter, days=-2)
    for days in (-3, 1):
        with refused("between"):
            shelters.leave(stay, on=today(world, days), by=world.rina, at=now)


def test_a_full_shelter_takes_nobody_and_a_bed_that_is_free_again_does(world, now):
    shelter = recorded(world)
    stay = enter(world, asked(world), shelter)
    with refused("full"):
        enter(world, asked(world), shelter)
    shelters.leave(stay, on=today(world), by=world.rina, at=now)
    assert enter(world, asked(world), shelter)


@pytest.mark.parametrize("childhood", ["child", "disputed"])
def test_a_child_stays_where_children_may(world, childhood):
    service = asked(world, childhood=childhood)
    with refused("takes no children"):
        enter(world, service, recorded(world, takes_children=False))
    assert enter(world, service, recorded(world, "RA-2"))


def test_a_stay_belongs_to_the_service_of_shelter(world):
    with refused("belongs to the service"):
        enter(world, world.service(world.victim(world.case())), recorded(world))


def test_who_refused_the_shelter_is_not_put_into_one(world, now):
    service = asked(world)
    services.move(service, to="refused", by=world.rina, at=now)
    with refused("cannot go from"):
        enter(world, service, recorded(world))
    assert not Stay.objects.exists()


def test_nobody_stays_with_an_agency_that_is_kept_out(world, now):
    ngo = an_agency(world, "Yayasan Rumah", "ngo")
    theirs = recorded(world, "YR-1", by=an_officer(world, "sari", ngo, "supervisor"))
    service = asked(world)
    exclusions.keep_out(service.case, agency=ngo, by=world.yanti, at=now)
    with refused("kept out"):
        enter(world, service, theirs)


def test_a_victim_stays_at_one_shelter_also_for_the_database(world):
    stay = enter(world, asked(world), recorded(world, beds=3))
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(service=stay.service, shelter=stay.shelter, entered_on=today(world), noted_by=world.rina)


def test_a_stay_ends_after_it_begins_also_for_the_database(world):
    stay = enter(world, asked(world), recorded(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.filter(pk=stay.pk).update(left_on=today(world, -1))


def test_the_journal_knows_shelters_by_their_code(world):
    enter(world, asked(world), recorded(world))
    assert Entry.objects.get(act="stay.noted").facts == {"shelter": "RA-1"}


@pytest.mark.parametrize("end", ["stopped", "done"])
def test_a_stay_ends_with_its_service(world, now, end):
    shelter = shelters.record("RA-77", kind="safe_house", beds=1, by=world.yanti, at=now)
    service = world.service(world.victim(world.case()), kind="shelter")
    stay = shelters.enter_(service, shelter=shelter, on=today(world), by=world.rina, at=now)
    services.move(service, to=end, by=world.rina, at=now)
    assert world.anew(stay).left_on == today(world)
