"""Services: each on its own track; a refusal ends only itself and is followed by another offer."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from simpul.agencies import exclusions
from simpul.cases import referrals, services, victims
from simpul.cases.models import Service, ServiceStep
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from tests.cases.test_policy import sent
from tests.cases.tracks import an_agency, refused, today
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


def note_step(world, service, kind, *, by=None, on=None, at=None, **more):
    return services.note_step(service, kind=kind, on=on or today(world), by=by or world.rina, at=at or world.at, **more)


def test_social_service_goes_through_its_seven_stages_in_their_order(world):
    service = world.service(world.victim(world.case()))
    stages = services.steps_of("social_rehabilitation")
    assert len(stages) == 7
    for later in stages[1:]:
        with refused("comes after"):
            note_step(world, service, later)
    for number, kind in enumerate(stages):
        note_step(world, service, kind, on=today(world, number - 7))
    assert [step.kind for step in service.steps.order_by("happened_on")] == stages


@pytest.mark.parametrize("kind", ["legal_aid", "lpsk_protection", "health", "psychological", "mission_protection"])
def test_every_step_of_a_service_belongs_to_it_and_no_other_does(world, kind):
    service = world.service(world.victim(world.case()), kind=kind)
    for code in services.steps_of(kind):
        assert note_step(world, service, code)
    for code in set(services.steps_of("social_rehabilitation")) - {"access", *services.steps_of(kind)}:
        with refused("comes after|another service"):
            note_step(world, service, code)
    with refused("another service"):
        note_step(world, service, "access")


def test_a_step_is_of_the_list_of_a_day_that_was_and_after_birth(world):
    service = world.service(world.victim(world.case(), birth_year=2010))
    with refused("from the list"):
        note_step(world, service, "dance")
    with refused("in the future"):
        note_step(world, service, "access", on=today(world, 1))
    with refused("year of birth"):
        note_step(world, service, "access", on=date(2009, 1, 1))


def test_the_note_on_a_step_is_sealed(world):
    step = note_step(world, world.service(world.victim(world.case())), "access", note="Melati diam")
    assert world.anew(step).note.opened() == "Melati diam"
    assert "Melati" not in str(ServiceStep.objects.values()) + str(list(Entry.objects.values_list("facts", flat=True)))


def test_lpsk_decides_on_protection_in_seven_days_and_on_aid_in_seven_working_days(world):
    lpsk = an_agency(world, "LPSK", "lpsk", place="61")
    service = world.service(world.victim(world.case()), kind="lpsk_protection")
    for what, last in (("protection", date(2026, 8, 10)), ("aid", date(2026, 8, 12))):
        note_step(world, service, f"lpsk_{what}_asked")
        owed = world.owed(f"lpsk_{what}_decision", on=service)
        assert (owed.owed_by, owed.watched_by, owed.limit_at.date()) == (lpsk, world.uptd, last)
        decided = note_step(world, service, f"lpsk_{what}_decided")
        assert world.owed(f"lpsk_{what}_decision", on=service) is None
        services.strike_step(decided, by=world.rina, at=world.at)
        assert world.anew(owed).state == "open"


def test_protection_that_began_meets_what_was_owed_and_starts_what_follows(world):
    service = world.service(world.victim(world.case(kinds=["sexual"])), kind="police_protection")
    begun = note_step(world, service, "protected")
    assert world.owed("police_protection", on=service) is None
    assert world.owed("ask_lpsk_protection", on=service)
    assert world.owed("temporary_protection_ends", on=service)
    services.strike_step(begun, by=world.rina, at=world.at)
    assert {rule for rule in ("police_protection", "temporary_protection", "ask_lpsk_protection",
                              "temporary_protection_ends") if world.owed(rule, on=service)} == {
        "police_protection", "temporary_protection"}  # fmt: skip


def test_an_application_struck_out_is_waited_for_no_more_and_a_second_one_is(world):
    service = world.service(world.victim(world.case()), kind="lpsk_protection")
    note_step(world, service, "lpsk_protection_asked", on=today(world, -1))
    again = note_step(world, service, "lpsk_protection_asked")
    services.strike_step(again, by=world.rina, at=world.at)
    assert world.owed("lpsk_protection_decision", on=service)
    services.strike_step(service.steps.get(), by=world.rina, at=world.at)
    assert world.owed("lpsk_protection_decision", on=service) is None
    assert not service.steps.exists()


def test_a_step_is_struck_out_from_the_end_and_the_journal_keeps_it(world, now):
    service = world.service(world.victim(world.case()))
    first, second = (note_step(world, service, kind) for kind in ("access", "approach"))
    with refused("Strike that out first"):
        services.strike_step(first, by=world.rina, at=now)
    services.strike_step(second, by=world.rina, at=now)
    assert list(service.steps.all()) == [first]
    assert [e.facts for e in Entry.objects.filter(act="service.step_noted", facts__struck=True)] == [
        {"kind": "approach", "of": service.pk, "struck": True}]  # fmt: skip


def test_the_agency_that_gives_the_service_notes_its_steps(world, now):
    referral = sent(world, world.case())
    with pytest.raises(NotAllowed):
        note_step(world, referral.service, "access", by=world.budi)
    referrals.accept(referral, by=world.budi, at=now)
    assert note_step(world, world.anew(referral.service), "access", by=world.budi)


def test_a_service_is_offered_again_on_a_day_to_come(world, now):
    service = world.service(world.victim(world.case()))
    for days in (0, -1):
        with refused("a day to come"):
            services.move(service, to="refused", offer_again_on=today(world, days), by=world.rina, at=now)
    assert world.anew(service).state == "requested"


def test_an_application_to_lpsk_is_what_the_police_owed_for_whom_they_protect(world, now):
    victim = world.victim(world.case(kinds=["sexual"]))
    protection = world.service(victim, kind="police_protection")
    services.note_step(protection, kind="protected", on=today(world), by=world.rina, at=now)
    assert world.owed("ask_lpsk_protection", on=protection)
    lpsk = world.service(victim, kind="lpsk_protection")
    asked = services.note_step(
        lpsk, kind="lpsk_protection_asked", on=today(world), by=world.rina, at=world.later(days=9)
    )
    assert world.owed("ask_lpsk_protection", on=protection) is None
    assert world.owed("temporary_protection_ends", on=protection)
    met = Obligation.objects.get(rule="ask_lpsk_protection")
    assert (met.evidence, met.was_met_in_time) == (f"cases.servicestep:{asked.pk}", True)
