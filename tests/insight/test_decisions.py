import random
from datetime import timedelta

import pytest

from simpul.agencies.roles import Role
from simpul.insight import alerts, decisions, release, vulnerability
from simpul.insight.alerts import Seen
from simpul.insight.models import Alert
from simpul.insight.tallies import InTime
from simpul.insight.vulnerability import Index
from simpul.obligations import book
from tests.heads import head_of_region
from tests.insight.releasing import QUARTER, Releasing
from tests.insight.shipped import load_shipped
from tests.returns import came_home, with_returns

NO_INDEX = Index("regency")


@pytest.fixture
def w(world, english):
    world.gusti = head_of_region(world)
    return world


def waiting(w, *, by=None, at=None, **told):
    told = {"in_time": {}, "places": [], "index": NO_INDEX} | told
    return decisions.waiting(by or w.gusti, at=at or w.at, **told)


def kinds(found):
    return [each.kind for each in found]


def raised(w, at=None):
    seen = Seen(kind=Alert.Kind.CLUSTER, subject=Alert.Subject.REPORTS, places=("61.07.07",), method="scan.permutation",
                first_on=w.at.date() - timedelta(days=9), last_on=w.at.date() - timedelta(days=1),
                figures={"count": 9, "expected": 2.0, "times": 4.5}, settings={"days": 180, "longest": 28})  # fmt: skip
    return alerts.raise_(seen, at=at or w.at)


def test_where_nothing_is_wrong_nothing_waits(w):
    assert waiting(w) == []


def test_what_came_up_to_the_head_stands_first(w):
    raised(w)
    assert kinds(waiting(w)) == ["alert"]
    book.let_time_pass(at=w.later(days=9))
    found = waiting(w, at=w.later(days=9))
    assert kinds(found) == ["escalated", "alert"]
    assert "Sekretariat Gugus Tugas Bengkayang" in found[0].words
    assert found[0].figures == {"number": 1}
    # Whoever else reads the sheet reads what the head is to decide.
    w.dewi.role = Role.SECRETARIAT
    assert kinds(waiting(w, by=w.dewi, at=w.later(days=9)))[0] == "escalated"


def test_an_alert_that_somebody_looks_into_waits_no_more(w):
    alert = raised(w)
    assert waiting(w)[0].leads_to == ("alert", (alert.number,))
    alerts.take_up(alert, by=w.dewi, at=w.at)
    assert waiting(w) == []


def test_an_agency_is_asked_for_a_date_when_it_has_been_late_for_two_weeks(w):
    w.report(at=w.at - timedelta(days=10))
    assert waiting(w) == []
    w.report(at=w.at - timedelta(days=20))
    w.report(at=w.at - timedelta(days=25))
    (found,) = waiting(w)
    assert found.kind == "overdue"
    assert found.figures == {"number": 2}
    assert "UPTD PPA Bengkayang" in found.words
    assert "10\u00a0July\u00a02026" in found.reason


def test_another_region_is_not_told_of(w):
    w.report(at=w.at - timedelta(days=25))
    elsewhere = head_of_region(w, "61.01")
    assert kinds(waiting(w)) == ["overdue"]
    assert waiting(w, by=elsewhere) == []


def test_where_people_wait_for_a_visit_is_named_and_nobody_is_counted(w):
    with_returns(w)
    for number in range(3):
        came_home(w, name=f"Melati {number}", at=w.at - timedelta(days=13))
    assert decisions.unvisited(w.gusti, at=w.at) == []
    (found,) = decisions.unvisited(w.gusti, at=w.later(days=5))
    assert found.kind == "unvisited"
    assert "Kec. Jagoi Babang" in found.words
    assert "3" not in found.words + found.reason
    province = head_of_region(w, "61")
    (found,) = decisions.unvisited(province, at=w.later(days=5))
    assert "Kab. Bengkayang" in found.words


def test_an_agency_is_called_low_only_where_that_is_no_chance(w):
    others = {w.dinsos: InTime(90, 100)}
    (found,) = waiting(w, in_time=others | {w.police: InTime(4, 20)})
    assert found.kind == "share"
    assert "Polres Bengkayang" in found.words
    assert found.reason == "It met 4 of 20 in time, 20 % (8 % to 42 %); the others met 90 %."
    assert waiting(w, in_time=others | {w.police: InTime(15, 20)}) == []
    assert waiting(w, in_time=others | {w.police: InTime(0, 5)}) == []


def test_the_lowest_two_are_named_and_no_more(w):
    in_time = {w.dinsos: InTime(190, 200), w.police: InTime(6, 30), w.uptd: InTime(3, 30), w.hospital: InTime(9, 30)}
    found = waiting(w, in_time=in_time)
    assert ["UPTD PPA Bengkayang" in found[0].words, "Polres Bengkayang" in found[1].words] == [True, True]
    assert len(found) == 2


def test_open_data_wait_for_the_second_officer_and_then_to_be_published(world, english):
    releasing = Releasing(world)
    draft = releasing.draft()
    ask = {"in_time": {}, "places": [], "index": NO_INDEX, "at": world.at}
    (found,) = decisions.waiting(releasing.gusti, **ask)
    assert (found.kind, found.leads_to) == ("release", ("release", (draft.number,)))
    assert "Approve" in found.words
    assert QUARTER[:4] in found.words
    assert decisions.waiting(world.dewi, **ask) == []
    release.approve(draft, by=releasing.gusti, at=world.at)
    (found,) = decisions.waiting(world.dewi, **ask)
    assert "Publish" in found.words
    assert decisions.to_release(world.rina) == []


def test_places_where_few_look_are_named_in_the_order_of_their_ranks(w):
    load_shipped(w.at)
    province = head_of_region(w, "61")
    for _each in range(12):
        w.report()
    found = vulnerability.first_to_look("61", "regency", officer=province)
    (told,) = decisions.unseen(found)
    assert told.words.startswith("Send somebody to look in Kab. Sintang")
    assert "other" in told.words


def test_old_indicators_are_to_be_brought_anew(w):
    load_shipped(w.at)
    index = vulnerability.index_of("61", "regency")
    (told,) = decisions.outdated(index, at=w.at)
    assert "2021" in told.reason
    assert decisions.outdated(index, at=w.at.replace(year=2023)) == []
    assert decisions.outdated(NO_INDEX, at=w.at) == []


def test_there_are_never_more_than_seven(w):
    load_shipped(w.at)
    raised(w)
    book.let_time_pass(at=w.later(days=9))
    for place in ("61.07.07.2001", "61.01.01.2001"):
        w.report(at=w.at - timedelta(days=30), place=place)
    with_returns(w)
    came_home(w)
    province = head_of_region(w, "61")
    in_time = {w.dinsos: InTime(190, 200), w.police: InTime(6, 30), w.uptd: InTime(3, 30)}
    first = vulnerability.first_to_look("61", "regency", officer=province)
    index = vulnerability.index_of("61", "regency")
    found = waiting(w, by=province, in_time=in_time, places=first, index=index, at=w.later(days=20))
    assert len(found) == decisions.MOST
    assert kinds(found)[:5] == ["escalated", "overdue", "overdue", "unvisited", "alert"]


def test_where_all_are_equally_good_hardly_ever_one_is_named():
    rng = random.Random(1)
    named = 0
    for _month in range(300):
        met = [sum(rng.random() < 0.8 for _clock in range(60)) for _agency in range(20)]
        pairs = [(InTime(each, 60), InTime(sum(met) - each, 60 * 19)) for each in met]
        named += any(decisions.are_low(pairs))
    assert named <= 0.05 * 300 + 8


def test_where_everything_was_met_nobody_is_low():
    assert decisions.are_low([(InTime(20, 20), InTime(30, 30))]) == [False]
    assert decisions.are_low([]) == []
