"""The hidden number: which lists know of whom, how they overlap, and when nothing is said."""

from datetime import date, timedelta

import pytest

from simpul.agencies import offices
from simpul.cases import rights
from simpul.insight import estimates
from simpul.insight.models import Estimate
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.linkage.models import Pair
from simpul.migrants.models import Returnee
from simpul.places.models import Place
from tests.register import NIK, worker
from tests.returns import came_home, with_returns

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 3)


@pytest.fixture
def w(world):
    return with_returns(world)


def asked(**told):
    return estimates.Asked(**{"population": "victims", "place": "61.07", "first_on": FIRST, "last_on": LAST} | told)


def estimate(w, **told):
    return estimates.ask(asked(**told), by=w.dewi, at=w.at)


def known(w, **told):
    return {name: keys for name, keys in estimates.recorded(estimate(w, **told)).items() if keys}


def home(w):
    return Place.objects.get(pk="61.07.07.2001")


def test_a_victim_is_on_the_list_of_who_keeps_the_case_and_of_the_police_that_was_told(w):
    case = w.case()
    her = w.victim(case, home=home(w))
    w.victim(w.case(), name="Dari Sambas", home=Place.objects.get(pk="61.01"))
    assert known(w) == {"service": {her.person_id}}
    rights.note_police_report(case, number="LP/1", unit=w.police, reported_at=w.at, by=w.rina, at=w.at)
    Estimate.objects.update(state="failed")
    assert known(w) == {"service": {her.person_id}, "police": {her.person_id}}


def test_a_victim_whose_home_nobody_knows_counts_where_the_case_lies(w):
    her = w.victim(w.case())
    assert known(w) == {"service": {her.person_id}}


def test_of_people_sent_home_those_count_as_victims_who_were_found_to_be(w):
    found, other = came_home(w), came_home(w, name="Dahlia Tan")
    Returnee.objects.filter(pk=found.pk).update(screened="indications")
    assert known(w) == {"bp3mi": {found.person_id}}
    assert known(w, population="workers")["bp3mi"] == {found.person_id, other.person_id}


def test_workers_without_papers_come_from_register_lists_and_cases(w):
    her = w.victim(w.case(kinds=["sent_abroad"]), home=home(w))
    w.victim(w.case(kinds=["sexual"]), name="Mawar", home=home(w))
    without = worker(w, nik=NIK, facts={"procedural": "no"})
    worker(w, name="Dengan surat", facts={"procedural": "yes"})
    found = known(w, population="workers")
    assert found == {"service": {her.person_id}, "register": {without.person_id}}


def test_a_person_on_two_lists_is_counted_once_and_open_pairs_are_drawn(w):
    her, sent = w.victim(w.case(), nik=NIK), came_home(w, nik=NIK)
    third = came_home(w, name="Melati K.")
    Returnee.objects.update(screened="indications")
    lists = estimates.recorded(estimate(w))
    (table,) = estimates.tables(lists, draws=5)
    assert table == [[[0, 0, 1, 0, 0], 1], [[0, 1, 1, 0, 0], 1]]
    left, right = sorted((her.person_id, third.person_id))
    Pair.objects.create(left_id=left, right_id=right, probability=0.5, found_at=w.at)
    tables = estimates.tables(lists, draws=20)
    assert len(tables) == 20
    assert {sum(count for _marks, count in table) for table in tables} == {1, 2}
    assert sent.person_id != her.person_id


def test_lists_that_hardly_overlap_give_no_number(w):
    w.victim(w.case())
    one = estimate(w)
    estimates.make(one, at=w.later(minutes=1))
    one.refresh_from_db()
    assert (one.state, one.verdict, one.made_at) == ("refused", "withhold", w.later(minutes=1))
    assert one.results["methods"] == {}
    assert one.results["reasons"][0]["code"] == "too_few_lists"
    assert Entry.objects.get(act="estimate.made").facts == {"state": "refused", "verdict": "withhold"}


@pytest.mark.slow
def test_lists_that_overlap_give_numbers_with_their_intervals():
    on = {"police": range(60), "service": range(30, 110), "bp3mi": range(50, 140)}
    rows = [([int(key in on.get(name, ())) for name in estimates.LISTS], 1) for key in range(140)]
    state, lists, told = estimates.said_of([rows], draws=100, methods=("independence", "stepwise"))
    assert (state, lists, told["n"]) == ("done", ["police", "service", "bp3mi"], 140)
    number = told["methods"]["independence"]
    assert number["low"] < number["estimate"] < number["high"]
    assert set(told["without"]) == set(lists)
    assert told["verdict"] in {"publish", "range", "withhold"}


def test_what_goes_wrong_is_said_and_may_be_tried_again(w):
    one = estimate(w)
    Estimate.objects.update(population="nobody")
    one.refresh_from_db()
    with pytest.raises(KeyError):
        estimates.make(one, at=w.at)
    one.refresh_from_db()
    assert one.state == "failed"
    one.population = "victims"
    estimates.make(one, at=w.at)
    one.refresh_from_db()
    assert one.state == "refused"
    with pytest.raises(NotAllowed):
        estimates.make(one, at=w.at)


@pytest.mark.parametrize(
    "told",
    [
        {"place": "61.01"},
        {"first_on": LAST, "last_on": FIRST},
        {"last_on": LAST + timedelta(days=1)},
        {"first_on": LAST - timedelta(days=9)},
        {"first_on": LAST - timedelta(days=1500)},
    ],
    ids=["another region", "turned round", "the future", "too short", "too long"],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(w, told):
    with pytest.raises(NotAllowed):
        estimate(w, **told)
    assert not Estimate.objects.exists()


def test_the_same_is_not_computed_twice_at_once(w):
    estimate(w)
    with pytest.raises(NotAllowed):
        estimate(w)


def test_who_sees_facts_or_keeps_manifests_asks_and_sees_their_region(w):
    one = estimate(w)
    assert estimates.estimate_for(w.dewi, one.pk) == one
    assert estimates.estimate_for(w.hana, one.pk) == one
    assert estimates.sees_exact(w.hana, one)
    assert not estimates.sees_exact(w.dewi, one)
    for officer in (w.rina, w.siti, w.agus, w.wulan):
        with pytest.raises(NotFound):
            estimates.estimate_for(officer, one.pk)
    with pytest.raises(NotAllowed):
        estimates.ask(asked(), by=w.rina, at=w.at)


def test_an_ngo_that_keeps_a_case_is_a_list_of_its_own(w):
    ngo = offices.record("Yayasan", kind="ngo", place=Place.objects.get(pk="61.07"), by=None, at=w.at)
    case = w.case()
    her = w.victim(case)
    case.agency = ngo
    case.save(update_fields=["agency"])
    assert known(w) == {"ngo": {her.person_id}}


def test_what_is_not_finite_is_nothing():
    assert estimates.plain({"a": float("nan"), "b": [1.5, float("inf")], "c": (2,)}) == {
        "a": None, "b": [1.5, None], "c": [2],
    }  # fmt: skip
