"""Article 51: health and social rehabilitation, return and reintegration, once the case is with the police.

Home is where the victim truly wishes to go, and where it is no more dangerous (elucidation of Art. 51(1)).
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import children, returns, services, visits
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from simpul.reference import catalogues

RIGHTS = ("health", "social_rehabilitation", "return", "reintegration")

KINDS = {"health": "health", "social_rehabilitation": "social_rehabilitation", "repatriation": "return",
         "reintegration": "reintegration"}  # fmt: skip
SAFE = {question: "yes" for question in ("own_wish", "no_greater_risk", "family", "recruiter", "debt", "fit",
                                         "companion")}  # fmt: skip
STAGES = ["access", "approach", "assessed", "planned", "implemented", "monitored", "terminated"]


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.fixture
def victim(world):
    return world.victim(world.case(), childhood="adult")


@pytest.fixture
def way_home(world, law, victim):
    """A return to Sambas that the victim asked for."""
    law.reported(victim.case)
    return wished(world, world.service(victim, kind="repatriation"))


def wished(world, service, *, words="Saya ingin pulang ke ibu di Sambas."):
    return returns.wish(service, home=Place.objects.get(pk="61.01"), wish=words, by=world.rina, at=world.at)


def checked(world, homeward, *, is_safe=True, **answers):
    returns.check_safety(homeward, answers=SAFE | answers, is_safe=is_safe, by=world.rina, at=world.at)
    return homeward


def brought_home(world, homeward, *, to="family", witness="Kepala Desa Sebangun"):
    returns.tell_home(homeward, by=world.rina, at=world.at)
    returns.depart(homeward, on=world.at.date(), by=world.rina, at=world.at)
    returns.hand_over(homeward, to=to, witness=witness, on=world.at.date(), by=world.rina, at=world.at)


@pytest.mark.parametrize("kind", KINDS)
def test_the_clock_waits_for_the_report_to_the_police_and_begins_with_it(world, law, victim, kind):
    """Art. 51(2): they are requested after the case was reported."""
    service = world.service(victim, kind=kind)
    waiting = world.owed("services_on_request", on=service)
    assert (waiting.state, waiting.waits_for, waiting.limit_at) == ("waiting", "police_report", None)
    assert law.state(victim, KINDS[kind]) == "not_yet"
    law.pass_(days=30)
    assert world.anew(waiting).missed_at is None
    law.reported(victim.case, day=30)
    assert world.anew(waiting).limit_at == end_of("2026-09-09")
    assert law.state(victim, KINDS[kind], days=31) == "requested"


def test_a_request_that_follows_the_report_runs_at_once(world, law, victim):
    law.reported(victim.case)
    assert world.owed("services_on_request", on=world.service(victim)).limit_at == end_of("2026-08-10")


def test_a_report_that_was_noted_late_counts_from_its_day(world, law, victim):
    service = world.service(victim)
    law.reported(victim.case, day=1, noted=5)
    assert world.owed("services_on_request", on=service).limit_at == end_of("2026-08-11")


def test_a_request_that_came_after_an_old_report_counts_from_the_request(world, law, victim):
    service = world.service(victim, at=world.later(days=3))
    law.reported(victim.case, day=1, noted=5)
    assert world.owed("services_on_request", on=service).limit_at == end_of("2026-08-13")


def test_the_first_day_of_the_service_meets_it(world, law, victim):
    law.reported(victim.case)
    service = world.service(victim)
    services.move(service, to="running", by=world.rina, at=world.later(days=2))
    assert world.owed("services_on_request", on=service) is None
    assert law.state(victim, "social_rehabilitation", days=2) == "running"


def test_social_service_goes_through_its_seven_stages_in_their_order(world, victim):
    """Permensos 8/2023."""
    service = world.service(victim)
    assert services.steps_of("social_rehabilitation") == STAGES
    for number, kind in enumerate(STAGES):
        for later in STAGES[number + 1 :]:
            with pytest.raises(NotAllowed):
                services.note_step(service, kind=later, on=world.at.date(), by=world.rina, at=world.at)
        services.note_step(service, kind=kind, on=world.at.date(), by=world.rina, at=world.at)
    assert [step.kind for step in service.steps.order_by("pk")] == STAGES


def test_nobody_is_brought_home_without_wishing_it(world, law, victim):
    law.reported(victim.case)
    service = world.service(victim, kind="repatriation")
    for state in ("running", "done"):
        with pytest.raises(NotAllowed):
            services.move(service, to=state, by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        wished(world, service, words="  ")
    assert world.anew(service).state == "requested"


def test_the_wish_stands_in_the_victims_own_words_and_is_sealed(way_home):
    assert way_home.wish.opened() == "Saya ingin pulang ke ibu di Sambas."
    assert "ibu" not in str(way_home.wish)


def test_nobody_is_brought_home_before_it_was_found_safe(world, way_home):
    for act in (
        lambda: returns.tell_home(way_home, by=world.rina, at=world.at),
        lambda: returns.depart(way_home, on=world.at.date(), by=world.rina, at=world.at),
        lambda: services.move(way_home.service, to="running", by=world.rina, at=world.at),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert world.anew(way_home).departed_on is None


@pytest.mark.parametrize("question", SAFE)
def test_a_single_no_forbids_the_return(world, way_home, question):
    with pytest.raises(NotAllowed):
        checked(world, way_home, **{question: "no"})
    checked(world, way_home, is_safe=False, **{question: "no"})
    with pytest.raises(NotAllowed):
        returns.depart(way_home, on=world.at.date(), by=world.rina, at=world.at)


def test_an_unclear_wish_is_asked_again_and_no_question_is_left_out(world, way_home):
    with pytest.raises(NotAllowed):
        checked(world, way_home, own_wish="unclear")
    with pytest.raises(NotAllowed):
        returns.check_safety(way_home, answers=SAFE | {"debt": ""}, is_safe=True, by=world.rina, at=world.at)
    assert world.anew(way_home).is_safe is None
    assert set(SAFE) == {term.code for term in catalogues.terms("safety_checks")}


def test_whoever_changes_the_wish_is_looked_after_anew(world, way_home):
    checked(world, way_home)
    wished(world, way_home.service, words="Saya mau ke kakak saja.")
    with pytest.raises(NotAllowed):
        returns.depart(world.anew(way_home), on=world.at.date(), by=world.rina, at=world.at)


def test_a_child_goes_home_only_after_its_best_interests_were_asked_for(world, law):
    """PP 9/2008 Art. 4."""
    child = world.victim(world.case(), childhood="child")
    law.reported(child.case)
    homeward = checked(world, wished(world, world.service(child, kind="repatriation")))
    with pytest.raises(NotAllowed):
        returns.depart(homeward, on=world.at.date(), by=world.rina, at=world.at)
    children.check_best_interest(child, answers={"wish": "Mau ke nenek."}, decision="Ke nenek, bukan ke paman.",
                                 by=world.rina, at=world.at)  # fmt: skip
    returns.depart(homeward, on=world.at.date(), by=world.rina, at=world.at)
    assert world.anew(homeward).departed_on


def test_a_return_that_is_safe_is_told_to_the_home_region_within_a_day(world, way_home):
    """PP 9/2008 Art. 19: at once; 24 hours are the house's own target."""
    checked(world, way_home)
    owed = world.owed("tell_home_region", on=way_home)
    assert (owed.owed_by, owed.target_at) == (world.uptd, world.later(hours=24))
    returns.tell_home(way_home, by=world.rina, at=world.at)
    assert world.owed("tell_home_region", on=way_home) is None


def test_the_home_region_fetches_and_pays(world, law, way_home):
    """PP 9/2008 Art. 17(4) and 19; three working days are the house's own target."""
    returns.tell_home(checked(world, way_home), by=world.rina, at=world.at)
    owed = world.owed("home_region_fetches", on=way_home)
    assert (owed.owed_by, owed.watched_by) == (world.uptd_sambas, world.uptd)
    assert owed.target_at == end_of("2026-08-06")
    assert owed.rule_as_written.legal_basis == "PP 9/2008 Art. 17(4), 19"
    assert law.state(way_home.service.victim, "return", days=4) == "overdue"
    returns.depart(way_home, on=world.at.date(), by=world.rina, at=world.later(days=4))
    assert world.owed("home_region_fetches", on=way_home) is None
    assert law.state(way_home.service.victim, "return", days=4) == "running"


def test_the_dinas_sosial_of_the_home_region_comes_first_where_there_is_one(world, law, way_home):
    dinsos = law.agency("Dinas Sosial Sambas", "social", "61.01")
    returns.tell_home(checked(world, way_home), by=world.rina, at=world.at)
    assert world.owed("home_region_fetches", on=way_home).owed_by == dinsos


def test_a_return_ends_with_a_witnessed_record(world, law, way_home):
    """Permen P2MI 32/2025 Art. 13."""
    checked(world, way_home)
    with pytest.raises(NotAllowed):
        returns.hand_over(way_home, to="family", witness="Kades", on=world.at.date(), by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        brought_home(world, way_home, witness=" ")
    returns.hand_over(way_home, to="family", witness="Kades", on=world.at.date(), by=world.rina, at=world.at)
    assert world.anew(way_home.service).state == "done"
    assert law.state(way_home.service.victim, "return") == "met"


def test_a_child_is_handed_over_to_somebody(world, law):
    child = world.victim(world.case(), childhood="child")
    children.check_best_interest(child, answers={"wish": "Pulang."}, decision="Pulang.", by=world.rina, at=world.at)
    homeward = checked(world, wished(world, world.service(child, kind="repatriation")))
    with pytest.raises(NotAllowed):
        brought_home(world, homeward, to="self")
    assert world.anew(homeward).handed_over_on is None


def test_whoever_is_home_is_visited_after_three_six_and_twelve_months(world, way_home):
    brought_home(world, checked(world, way_home))
    victim = way_home.service.victim
    owed = [world.owed(f"follow_up_{months}_months", on=victim).target_at for months in (3, 6, 12)]
    assert owed == [end_of("2026-11-03"), end_of("2027-02-03"), end_of("2027-08-03")]
    visits.note(victim, on=world.later(days=90).date(), result="well", months=3, by=world.rina, at=world.later(days=90))
    assert world.owed("follow_up_3_months", on=victim) is None
    assert world.owed("follow_up_6_months", on=victim)


def test_whoever_wants_no_visits_is_left_in_peace(world, way_home):
    brought_home(world, checked(world, way_home))
    victim, day = way_home.service.victim, world.later(days=90)
    assert Obligation.objects.standing().filter(rule__startswith="follow_up").count() == 3
    visits.note(victim, on=day.date(), result="not_wanted", months=3, by=world.rina, at=day)
    assert not Obligation.objects.standing().filter(rule__startswith="follow_up").exists()
