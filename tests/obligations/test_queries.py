"""Reading obligations: one's own, the region's, and what was escalated."""

from datetime import timedelta

import pytest

from simpul.agencies import exclusions
from simpul.obligations import book
from simpul.obligations.queries import counts, escalated_to, of_file, overdue_by_others, owed_now, visible_to


def test_an_officer_sees_what_the_own_agency_owes(world, owe):
    mine = owe("triage", on="intake.report:1")
    theirs = owe("triage", on="intake.report:2", owed_by=world.uptd_sambas, place="61.01")
    assert list(visible_to(world.rina)) == [mine]
    assert list(visible_to(world.siti)) == [theirs]
    assert not visible_to(world.budi).exists()


def test_the_secretariat_sees_the_clocks_of_its_region_and_of_no_other(world, owe):
    here = owe("triage", on="intake.report:1", owed_by=world.police)
    owe("triage", on="intake.report:2", owed_by=world.uptd_sambas, place="61.01")
    assert list(visible_to(world.dewi)) == [here]


def test_what_is_owed_now_stands_in_the_order_in_which_it_runs_out(world, owe, now):
    slow, quick = owe("triage", on="intake.report:1"), owe("triage_danger", on="intake.report:2")
    met = owe("triage", on="intake.report:3")
    book.settle(met, by=world.rina, at=now)
    assert list(owed_now(world.rina)) == [quick, slow]


def test_a_list_costs_one_query_however_long_it_is(world, owe, django_assert_num_queries):
    for number in range(6):
        owe("triage", on=f"intake.report:{number}")
    with django_assert_num_queries(1):
        assert len([(o.owed_by.name, o.place.name) for o in owed_now(world.rina)]) == 6


def test_what_was_escalated_is_found_by_the_role_it_was_escalated_to(world, owe, now):
    late = owe("triage")
    book.let_time_pass(at=now + timedelta(days=2))
    assert list(escalated_to(world.yanti)) == [late]
    assert not escalated_to(world.rina).exists()
    assert not escalated_to(world.dewi).exists()


def test_the_head_of_a_unit_hears_of_the_own_unit_only(world, owe, now):
    owe("triage", owed_by=world.police)
    book.let_time_pass(at=now + timedelta(days=2))
    assert not escalated_to(world.yanti).exists()


def test_what_has_no_place_is_escalated_all_the_same(world, owe, now):
    late = owe("triage", place=None)
    book.let_time_pass(at=now + timedelta(days=2))
    assert list(escalated_to(world.yanti)) == [late]


def test_what_was_settled_after_it_was_escalated_is_nobodys_worry(world, owe, now):
    late = owe("triage")
    book.let_time_pass(at=now + timedelta(days=2))
    book.settle(world.anew(late), by=world.rina, at=now + timedelta(days=3))
    assert not escalated_to(world.yanti).exists()


@pytest.mark.parametrize("name", ["rina", "yanti", "dewi"])
def test_a_clock_does_not_lead_to_a_file_one_is_kept_out_of(world, owe, now, name):
    officer = getattr(world, name)
    case = world.case()
    owe("triage", on=case, file=case)
    book.let_time_pass(at=now + timedelta(days=2))
    assert visible_to(officer).in_file(f"cases.case:{case.pk}").exists()
    exclusions.keep_out(case, officer=officer, by=None, at=now)
    assert not visible_to(officer).in_file(f"cases.case:{case.pk}").exists()
    assert not escalated_to(officer).in_file(f"cases.case:{case.pk}").exists()


def test_a_file_shows_all_its_clocks(world, owe, now):
    first, second = owe("triage", on="a:1"), owe("first_aid", on="a:2")
    other = owe("triage", on="a:3", file="cases.case:8")
    book.settle(first, by=world.rina, at=now)
    assert set(of_file("cases.case:7")) == {first, second}
    assert list(of_file("cases.case:8")) == [other]


def test_counts_take_one_query(world, owe, now, django_assert_num_queries):
    owe("triage_danger", on="a:1")
    owe("triage", on="a:2")
    owe("services_on_request", on="a:3", has={"police_report"})
    paused = owe("answer_referral", on="a:4")
    book.pause(paused, reason="unsafe_to_act", by=world.rina, at=now)
    with django_assert_num_queries(1):
        found = counts(visible_to(world.rina).standing(), at=now + timedelta(hours=2))
    assert found == {"standing": 4, "overdue": 1, "soon": 1}


def test_what_others_let_run_out_in_own_files_is_seen_oldest_first(world, owe, now):
    def at_hospital(on, **more):
        return owe("first_aid", on=on, owed_by=world.hospital, **{"watched_by": world.uptd} | more)

    young, old = at_hospital("a:1"), at_hospital("a:2", at=now - timedelta(hours=2))
    at_hospital("a:3", at=now + timedelta(days=8))
    at_hospital("a:4", watched_by=world.uptd_sambas)
    owe("first_aid", on="a:5")
    done, paused = at_hospital("a:6"), at_hospital("a:7")
    book.settle(done, by=world.dr_maya, at=now)
    book.pause(paused, reason="unsafe_to_act", by=world.dr_maya, at=now)
    assert list(overdue_by_others(world.rina, at=now + timedelta(days=8))) == [old, young]
    assert not overdue_by_others(world.budi, at=now + timedelta(days=8)).exists()
    assert not overdue_by_others(world.rina, at=now).exists()


def test_what_is_watched_is_seen_and_is_not_owed(world, owe):
    watched = owe("first_aid", owed_by=world.hospital, watched_by=world.uptd)
    assert list(visible_to(world.rina)) == [watched]
    assert not owed_now(world.rina).exists()
    assert list(owed_now(world.dr_maya)) == [watched]


def test_what_others_owe_in_a_file_one_is_kept_out_of_stays_unknown(world, owe, now):
    case = world.case()
    owe("first_aid", on=case, file=case, owed_by=world.hospital, watched_by=world.uptd)
    later = now + timedelta(days=9)
    assert overdue_by_others(world.rina, at=later).exists()
    exclusions.keep_out(case, officer=world.rina, by=None, at=now)
    assert not overdue_by_others(world.rina, at=later).exists()


def test_the_list_of_what_others_owe_costs_one_query(world, owe, now, django_assert_num_queries):
    for number in range(6):
        owe("first_aid", on=f"a:{number}", owed_by=world.hospital, watched_by=world.uptd)
    with django_assert_num_queries(1):
        late = overdue_by_others(world.rina, at=now + timedelta(days=9))
        assert len([(o.owed_by.name, o.place.name) for o in late]) == 6


def test_what_waits_counts_as_standing_and_never_as_late(world, owe, now):
    owe("services_on_request")
    found = counts(visible_to(world.rina).standing(), at=now + timedelta(days=90))
    assert found == {"standing": 1, "overdue": 0, "soon": 0}
