"""The way home: wished for, found safe, told to the home region, departed, handed over; and what each refuses."""

import pytest
from django.db import IntegrityError, transaction

from simpul.agencies import exclusions
from simpul.cases import children, returns, services
from simpul.cases.models import Return
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from tests.cases.tracks import SAFE, SAMBAS, a_return, an_agency, refused, today


def wish(world, service, words="Saya ingin pulang.", home=SAMBAS):
    return returns.wish(service, home=Place.objects.get(pk=home), wish=words, by=world.rina, at=world.at)


def check(world, homeward, is_safe=True, **answers):
    returns.check_safety(homeward, answers=SAFE | answers, is_safe=is_safe, by=world.rina, at=world.at)


def test_the_wish_stands_in_the_victims_own_words_and_sealed(world):
    homeward = world.anew(a_return(world))
    assert homeward.wish.opened() == "Saya ingin pulang."
    assert "pulang" not in str(Return.objects.values()) + str(list(Entry.objects.values_list("facts", flat=True)))


def test_nobody_goes_home_without_a_wish(world):
    service = world.service(world.victim(world.case()), kind="repatriation")
    with refused("own words"):
        wish(world, service, words=" ")
    with refused("truly wishes"):
        services.move(service, to="running", by=world.rina, at=world.at)


def test_a_return_belongs_to_the_service_of_return(world):
    with refused("belongs to the service"):
        wish(world, world.service(world.victim(world.case())))


def test_what_was_refused_is_asked_for_again_before_a_new_wish(world, now):
    service = world.service(world.victim(world.case()), kind="repatriation")
    services.move(service, to="refused", by=world.rina, at=now)
    with refused("Request it again first"):
        wish(world, service)


def test_every_question_is_answered(world):
    homeward = a_return(world)
    with refused("every question"):
        check(world, homeward, debt="")
    with refused("every question"):
        check(world, homeward, debt="maybe")


def test_one_no_forbids_a_yes_and_so_does_an_unclear_wish(world):
    homeward = a_return(world)
    with refused("not safe yet"):
        check(world, homeward, recruiter="no")
    with refused("Ask again, alone"):
        check(world, homeward, own_wish="unclear")
    check(world, homeward, is_safe=False, recruiter="no")
    assert world.anew(homeward).answers.opened()["recruiter"] == "no"
    assert not world.anew(homeward).is_safe


@pytest.mark.parametrize("act", [returns.tell_home, lambda h, **k: returns.depart(h, on=k["at"].date(), **k)])
def test_nothing_moves_before_it_was_found_safe(world, now, act):
    homeward = a_return(world)
    with refused("whether the return is safe"):
        act(homeward, by=world.rina, at=now)


def test_a_child_departs_only_after_its_best_interests_were_checked(world, now):
    victim = world.victim(world.case(), childhood="child")
    homeward = a_return(world, "safe", victim=victim)
    with refused("best interests"):
        returns.depart(homeward, on=today(world), by=world.rina, at=now)
    children.check_best_interest(victim, answers={"wish": "pulang"}, decision="pulang", by=world.rina, at=now)
    returns.depart(homeward, on=today(world), by=world.rina, at=now)
    assert world.anew(homeward).departed_on == today(world)


def test_a_safe_return_owes_that_the_home_region_is_told_which_then_owes_to_fetch(world, now):
    social = an_agency(world, "Dinas Sosial Sambas", "social", place=SAMBAS)
    homeward = a_return(world, "safe")
    assert world.owed("tell_home_region", on=homeward).owed_by == world.uptd
    returns.tell_home(homeward, by=world.rina, at=now)
    assert world.owed("tell_home_region", on=homeward) is None
    fetches = world.owed("home_region_fetches", on=homeward)
    assert (fetches.owed_by, fetches.watched_by, fetches.place_id) == (social, world.uptd, SAMBAS)
    with refused("told already"):
        returns.tell_home(homeward, by=world.rina, at=now)


def test_where_no_social_agency_is_known_the_service_centre_of_home_fetches(world):
    assert a_return(world, "told").fetched_by == world.uptd_sambas


def test_who_is_kept_out_is_neither_chosen_nor_told(world, now):
    homeward = a_return(world, "safe")
    exclusions.keep_out(homeward.service.case, agency=world.uptd_sambas, by=world.yanti, at=now)
    with refused("kept out"):
        returns.tell_home(homeward, fetched_by=world.uptd_sambas, by=world.rina, at=now)
    returns.tell_home(homeward, by=world.rina, at=now)
    assert homeward.fetched_by == world.uptd_province


def test_the_service_runs_with_the_departure_and_is_done_with_the_handover(world):
    homeward = a_return(world, "departed")
    assert world.anew(homeward.service).state == "running"
    assert world.owed("home_region_fetches", on=homeward) is None
    returns.hand_over(homeward, to="family", witness="Kades", on=today(world), by=world.rina, at=world.at)
    assert world.anew(homeward.service).state == "done"
    assert world.anew(homeward).witness.opened() == "Kades"


def test_a_return_told_after_the_departure_owes_no_fetching(world, now):
    homeward = a_return(world, "safe")
    returns.depart(homeward, on=today(world), by=world.rina, at=now)
    returns.tell_home(homeward, by=world.rina, at=now)
    assert not Obligation.objects.filter(rule="home_region_fetches").exists()
    assert world.owed("tell_home_region", on=homeward) is None


def test_days_follow_each_other_and_none_lies_ahead(world):
    homeward = a_return(world, "safe")
    for days, says in ((1, "in the future"), (-1, "before")):
        with refused(says):
            returns.depart(homeward, on=today(world, days), by=world.rina, at=world.at)
    returns.depart(homeward, on=today(world), by=world.rina, at=world.at)
    for days, says in ((1, "in the future"), (-1, "before")):
        with refused(says):
            returns.hand_over(homeward, to="family", witness="x", on=today(world, days), by=world.rina, at=world.at)


def test_a_handover_names_whom_and_who_saw_it(world, now):
    homeward = a_return(world, "safe")
    told = {"witness": "Kades", "on": today(world), "by": world.rina, "at": now}
    with refused("has departed"):
        returns.hand_over(homeward, to="family", **told)
    returns.depart(homeward, on=today(world), by=world.rina, at=now)
    with refused("to whom"):
        returns.hand_over(homeward, to="recruiter", **told)
    with refused("witness"):
        returns.hand_over(homeward, to="family", **(told | {"witness": " "}))


def test_a_child_is_not_handed_over_to_itself(world, now):
    victim = world.victim(world.case(), childhood="disputed")
    children.check_best_interest(victim, answers={"wish": "pulang"}, decision="pulang", by=world.rina, at=now)
    homeward = a_return(world, "departed", victim=victim)
    with refused("answers for it"):
        returns.hand_over(homeward, to="self", witness="Kades", on=today(world), by=world.rina, at=now)


def test_visits_are_owed_from_the_handover(world):
    homeward = a_return(world, "home")
    owed = [world.owed(clock, on=homeward.service.victim) for clock in returns.FOLLOW_UPS.values()]
    assert [o.target_at.date().isoformat() for o in owed] == ["2026-11-03", "2027-02-03", "2027-08-03"]


def test_a_return_is_not_done_by_saying_so(world, now):
    homeward = a_return(world, "safe")
    for state in ("done", "running"):
        service = world.anew(homeward.service)
        if state == "running":
            services.move(service, to=state, by=world.rina, at=now)
        with refused("Note the handover"):
            services.move(service, to="done", by=world.rina, at=now)
    assert not Obligation.objects.filter(rule__startswith="follow_up").exists()


def test_a_second_handover_or_a_departure_after_it_is_refused(world, now):
    homeward = a_return(world, "home")
    with refused("handed over already"):
        returns.hand_over(homeward, to="family", witness="x", on=today(world), by=world.rina, at=now)
    with refused("handed over already"):
        returns.depart(homeward, on=today(world), by=world.rina, at=now)


def test_who_is_on_the_way_is_not_checked_any_more(world):
    homeward = a_return(world, "departed")
    with refused("departed already"):
        check(world, homeward, is_safe=False)


@pytest.mark.parametrize("upto", ["safe", "told", "departed"])
def test_who_changes_their_mind_owes_nobody_a_journey(world, now, upto):
    homeward = a_return(world, upto)
    end = "stopped" if upto == "departed" else "refused"
    services.move(world.anew(homeward.service), to=end, by=world.rina, at=now)
    assert world.owed("tell_home_region", on=homeward) is None
    assert world.owed("home_region_fetches", on=homeward) is None
    homeward = world.anew(homeward)
    for act in (
        lambda: returns.tell_home(homeward, by=world.rina, at=now),
        lambda: returns.depart(homeward, on=today(world), by=world.rina, at=now),
        lambda: check(world, homeward),
        lambda: returns.hand_over(homeward, to="family", witness="x", on=today(world), by=world.rina, at=now),
    ):
        with refused("Request it again first"):
            act()


def test_a_danger_that_comes_to_light_ends_what_was_owed(world):
    homeward = a_return(world, "told")
    assert world.owed("home_region_fetches", on=homeward)
    check(world, homeward, is_safe=False, recruiter="no")
    assert world.owed("home_region_fetches", on=homeward) is None


def test_after_a_way_broken_off_a_new_wish_begins_anew(world, now):
    homeward = a_return(world, "departed")
    service = world.anew(homeward.service)
    services.move(service, to="stopped", by=world.rina, at=now)
    services.move(service, to="requested", by=world.rina, at=now)
    again = wish(world, service, home="61.07")
    assert again == homeward
    assert (again.home_id, again.is_safe, again.departed_on, again.home_told_at, again.fetched_by) == (
        "61.07", None, None, None, None)  # fmt: skip
    a_return(world, "home", service=service)
    assert world.anew(service).state == "done"


def test_nobody_departs_before_it_is_safe_also_for_the_database(world):
    homeward = a_return(world)
    for is_safe in (None, False):
        with pytest.raises(IntegrityError), transaction.atomic():
            Return.objects.filter(pk=homeward.pk).update(departed_on=today(world), is_safe=is_safe)
