"""Services: each on its own track; a refusal ends only itself and is followed by another offer."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from simpul.agencies import exclusions
from simpul.cases import services, victims
from simpul.cases.models import Service
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from tests.lasting import at_once, lasting, transactional_db  # noqa: F401


def test_a_service_is_requested_with_its_need_sealed(world):
    service = world.service(world.victim(world.case()), need="Melati sakit")
    assert service.state == "requested"
    assert world.anew(service).need.opened() == "Melati sakit"
    assert "Melati" not in str(Service.objects.values()) + str(Entry.objects.values())


def test_only_services_of_the_list_are_requested(world):
    with pytest.raises(NotAllowed):
        world.service(world.victim(world.case()), kind="Melati ingin pulang")


def test_a_suspect_is_given_no_service(world, now):
    suspect = victims.add(world.case(), part="suspect", name="Anton", by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        world.service(suspect)


@pytest.mark.parametrize("who", ["siti", "budi", "dewi", "tono"])
def test_a_stranger_requests_and_moves_nothing(world, now, who):
    service = world.service(world.victim(world.case()))
    with pytest.raises(NotAllowed):
        world.service(service.victim, by=getattr(world, who))
    with pytest.raises(NotAllowed):
        services.move(service, to="running", by=getattr(world, who), at=now)
    assert world.anew(service).state == "requested"


def test_an_agency_kept_out_is_not_made_to_give_the_service(world, now):
    victim = world.victim(world.case())
    assert world.service(victim, kind="first_aid", provider=world.hospital)
    exclusions.keep_out(victim.case, agency=world.hospital, by=world.yanti, at=now)
    with pytest.raises(NotAllowed):
        world.service(victim, kind="health", provider=world.hospital)


@pytest.mark.parametrize(("before", "to"), [("requested", "refused"), ("agreed", "stopped"), ("running", "stopped")])
def test_a_service_not_wanted_gets_a_day_to_offer_it_again(world, now, before, to):
    service = world.service(world.victim(world.case()))
    Service.objects.filter(pk=service.pk).update(state=before)
    services.move(service, to=to, by=world.rina, at=now)
    assert world.anew(service).offer_again_on == date(2026, 9, 2)


def test_the_day_to_offer_again_is_a_day_of_the_office(world):
    service = world.service(world.victim(world.case()))
    services.move(service, to="refused", by=world.rina, at=datetime(2026, 8, 3, 20, 0, tzinfo=UTC))
    assert service.offer_again_on == date(2026, 9, 3)


def test_the_victim_may_name_the_day(world, now):
    service = world.service(world.victim(world.case()))
    services.move(service, to="refused", offer_again_on=date(2026, 8, 10), by=world.rina, at=now)
    assert world.anew(service).offer_again_on == date(2026, 8, 10)


def test_a_service_wanted_after_all_has_no_such_day(world, now):
    service = world.service(world.victim(world.case()))
    services.move(service, to="refused", by=world.rina, at=now)
    services.move(service, to="requested", by=world.rina, at=now)
    assert (world.anew(service).state, world.anew(service).offer_again_on) == ("requested", None)


def test_what_is_done_is_done(world, now):
    service = world.service(world.victim(world.case()))
    services.move(service, to="done", by=world.rina, at=now)
    for state in Service.State:
        with pytest.raises(NotAllowed):
            services.move(service, to=state, by=world.rina, at=now)


def test_a_stale_page_does_not_move_a_service_twice(world, now):
    service = world.service(world.victim(world.case()))
    stale = world.anew(service)
    services.move(service, to="done", by=world.rina, at=now)
    with pytest.raises(NotAllowed):
        services.move(stale, to="refused", by=world.rina, at=now)


def test_of_two_who_move_a_service_at_once_one_is_told(lasting, now):  # noqa: F811
    service = lasting.service(lasting.victim(lasting.case()))
    acts = [partial(services.move, lasting.anew(service), to=to, by=lasting.rina, at=now) for to in ("done", "refused")]
    assert sorted(type(result).__name__ for result in at_once(*acts)) == ["NoneType", "NotAllowed"]
