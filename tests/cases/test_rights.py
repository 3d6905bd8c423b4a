"""Rights that start clocks: each begins with its event, is owed by the right agency, and ends with its proof."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.agencies import exclusions
from simpul.cases import files, rights, services, victims
from simpul.cases.models import Case
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.obligations import book
from simpul.obligations.models import Obligation


def note(case, world, **told):
    told = {"number": "LP/B/12", "unit": world.police, "reported_at": world.at, "at": world.at} | told
    return rights.note_police_report(case, by=world.rina, **told)


def test_a_service_centre_that_received_a_victim_owes_the_report_to_the_police(world):
    case = world.case()
    assert world.owed("report_to_police", on=case) is None
    world.victim(case, at=world.later(hours=1))
    owed = world.owed("report_to_police", on=case)
    assert owed.owed_by == world.uptd
    assert owed.limit_at == world.later(hours=25)


def test_another_agency_than_a_service_centre_does_not_owe_it(world, now):
    case = world.case()
    Case.objects.filter(pk=case.pk).update(agency=world.dinsos)
    world.budi.role = "case_manager"
    world.victim(world.anew(case), by=world.budi)
    assert not Obligation.objects.filter(rule="report_to_police").exists()


def test_a_second_victim_does_not_start_the_clock_anew(world):
    case = world.case()
    world.victim(case)
    world.victim(case, name="Mawar", at=world.later(hours=5))
    assert world.owed("report_to_police", on=case).opened_at == world.at


@pytest.mark.parametrize("part", ["suspect", "witness"])
def test_nobody_but_a_victim_starts_it(world, now, part):
    case = world.case()
    victims.add(case, part=part, name="Anton", by=world.rina, at=now)
    assert world.owed("report_to_police", on=case) is None


def test_sexual_violence_owes_a_report_of_its_own(world):
    plain, sexual = world.case(kinds=["unpaid_work"]), world.case(kinds=["sexual"])
    for case in (plain, sexual):
        world.victim(case)
    assert world.owed("report_to_police_sexual", on=plain) is None
    assert world.owed("report_to_police_sexual", on=sexual).limit_at == world.later(hours=72)


def test_sexual_violence_that_comes_to_light_later_starts_its_clock_then(world):
    case = world.case(kinds=["unpaid_work"])
    files.describe(case, is_sexual=True, by=world.rina, at=world.at)
    assert world.owed("report_to_police_sexual", on=case) is None
    files.describe(case, is_sexual=False, by=world.rina, at=world.at)
    world.victim(case)
    files.describe(case, is_sexual=True, by=world.rina, at=world.later(hours=2))
    assert world.owed("report_to_police_sexual", on=case).opened_at == world.later(hours=2)


def test_a_report_to_the_police_meets_both_clocks_at_the_moment_it_was_made(world):
    case = world.case(kinds=["sexual"])
    world.victim(case)
    report = note(case, world, reported_at=world.later(hours=20), at=world.later(hours=90))
    met = Obligation.objects.filter(rule__startswith="report_to_police")
    assert {(o.state, o.settled_at) for o in met} == {("met", world.later(hours=20))}
    assert all(o.was_met_in_time for o in met)
    assert {o.evidence for o in met} == {f"cases.policereport:{report.pk}"}


def test_a_case_that_was_reported_already_owes_no_second_report(world):
    case = world.case(kinds=["sexual"])
    note(case, world)
    world.victim(case)
    assert not Obligation.objects.standing().filter(rule__startswith="report_to_police").exists()


def test_a_report_to_the_police_is_not_made_in_the_future(world):
    case = world.case()
    with pytest.raises(NotAllowed):
        note(case, world, reported_at=world.later(hours=1))
    assert not case.police_reports.exists()


def test_only_who_works_on_the_case_notes_it_and_its_number_is_sealed(world, now):
    case = world.case()
    for officer in (world.siti, world.agus, world.dewi):
        with pytest.raises(NotAllowed):
            rights.note_police_report(case, number="x", unit=None, reported_at=now, by=officer, at=now)
    report = note(case, world, number="LP/B/ 12")
    assert world.anew(report).number.opened() == "LP/B/ 12"
    assert "LP/B" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_first_aid_waits_for_no_police_report_and_ends_with_the_seventh_day(world):
    service = world.service(world.victim(world.case()), kind="first_aid")
    owed = world.owed("first_aid", on=service)
    assert owed.limit_at == datetime(2026, 8, 10, 23, 59, 59, tzinfo=ZoneInfo("Asia/Pontianak"))


def test_an_urgent_service_of_the_law_is_first_aid(world):
    victim = world.victim(world.case())
    assert world.owed("first_aid", on=world.service(victim, kind="health", is_urgent=True))
    assert world.owed("first_aid", on=world.service(victim, kind="health")) is None
    assert world.owed("first_aid", on=world.service(victim, kind="livelihood", is_urgent=True)) is None


@pytest.mark.parametrize("kind", sorted(rights.ON_STATUTORY_REQUEST))
def test_rehabilitation_on_request_runs_only_after_the_police_report(world, kind):
    case = world.case()
    service = world.service(world.victim(case), kind=kind)
    waits = world.owed("services_on_request", on=service)
    assert (waits.state, waits.waits_for, waits.limit_at, waits.due_at) == ("waiting", "police_report", None, None)
    note(case, world, reported_at=world.later(hours=3), at=world.later(hours=4))
    runs = world.owed("services_on_request", on=service)
    assert (runs.pk, runs.state, runs.opened_at) == (waits.pk, "open", world.later(hours=3))


def test_a_report_made_before_the_request_does_not_make_the_clock_older_than_the_request(world):
    case = world.case()
    service = world.service(world.victim(case), at=world.later(hours=5))
    note(case, world, reported_at=world.later(hours=3), at=world.later(hours=6))
    assert world.owed("services_on_request", on=service).opened_at == world.later(hours=5)


def test_a_service_already_agreed_gets_its_clock_with_the_police_report_too(world, now):
    case = world.case()
    service = world.service(world.victim(case))
    services.move(service, to="agreed", by=world.rina, at=now)
    note(case, world)
    assert world.owed("services_on_request", on=service)


def test_the_police_report_does_not_revive_first_aid_that_was_settled(world, now):
    case = world.case()
    service = world.service(world.victim(case), kind="health", is_urgent=True)
    book.waive(world.owed("first_aid", on=service), reason="done_by_another", by=world.rina, at=now)
    note(case, world)
    assert world.owed("first_aid", on=service) is None


def test_a_service_asked_for_after_the_report_has_its_clock_at_once(world):
    case = world.case()
    note(case, world)
    service = world.service(world.victim(case), at=world.later(days=1))
    assert world.owed("services_on_request", on=service).opened_at == world.later(days=1)


@pytest.mark.parametrize("state", ["running", "done"])
def test_a_service_that_began_is_no_longer_owed(world, now, state):
    service = world.service(world.victim(world.case()), kind="first_aid")
    services.move(service, to=state, by=world.rina, at=now)
    assert Obligation.objects.get(rule="first_aid").state == "met"


def test_a_service_not_wanted_is_no_longer_owed_and_every_other_is(world, now):
    victim = world.victim(world.case())
    one, other = (world.service(victim, kind="first_aid") for _i in range(2))
    services.move(one, to="refused", by=world.rina, at=now)
    assert world.owed("first_aid", on=one) is None
    assert world.owed("first_aid", on=other)
    assert Obligation.objects.get(state="waived").waive_reason == "refused_by_victim"


@pytest.mark.parametrize("sexual", [True, False])
def test_protection_is_owed_at_once_and_by_the_law_on_sexual_violence_within_a_day(world, sexual):
    case = world.case(kinds=["sexual" if sexual else "unpaid_work"])
    service = world.service(world.victim(case), kind="police_protection")
    assert world.owed("police_protection", on=service).target_at == world.later(hours=6)
    temporary = world.owed("temporary_protection", on=service)
    assert temporary.limit_at == world.later(hours=24) if sexual else temporary is None


def test_what_a_kind_of_agency_owes_is_owed_by_the_chosen_one_the_nearest_or_who_keeps_the_case(world, now):
    case = world.case()
    assert rights.debtor("police", case, chosen=world.hospital) == world.hospital
    assert rights.debtor("police", case, chosen=None) == world.police
    assert rights.debtor("court", case, chosen=None) == world.uptd
    exclusions.keep_out(case, agency=world.police, by=world.yanti, at=now)
    assert rights.debtor("police", case, chosen=None) == world.uptd


def test_what_was_refused_is_owed_as_an_offer_on_the_day_agreed(world, now):
    service = world.service(world.victim(world.case()))
    services.move(service, to="refused", offer_again_on=date(2026, 9, 9), by=world.rina, at=now)
    assert world.owed("offer_again", on=service).target_at.date() == date(2026, 9, 9)
    services.move(service, to="requested", by=world.rina, at=now)
    assert world.owed("offer_again", on=service) is None
    assert world.owed("services_on_request", on=service)
