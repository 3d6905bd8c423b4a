"""The queue by what an answer is worth, the log of false matches, in a fixed number of queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.linkage import queries, review
from simpul.linkage.models import Pair
from tests.linkage.conftest import BECAUSE


def between(people, one, other, probability, consequence=0):
    pair = people.pair(one, other)
    Pair.objects.filter(pk=pair.pk).update(probability=probability, consequence=consequence)
    return people.world.anew(pair)


def test_the_most_valuable_answer_comes_first(people, w):
    a, b, c, d, e = (people.victim(name=name) for name in "ABCDE")
    sure, unlikely = between(people, a, b, 0.99), between(people, a, c, 0.06)
    doubtful, grave = between(people, a, d, 0.5), between(people, a, e, 0.5, consequence=4)
    assert list(queries.queue(w.rina, at=w.at)) == [grave, doubtful, unlikely, sure]


def test_the_queue_holds_only_pairs_of_which_both_sides_are_open(people, w):
    case = w.case()
    pair = people.pair(people.victim(case), people.victim())
    people.pair(people.victim(), people.sent_home())
    assert list(queries.queue(w.rina, at=w.at)) == [pair]
    for officer in (w.hana, w.siti, w.dewi, w.tono, w.wulan, w.darius):
        assert list(queries.queue(officer, at=w.at)) == []
    exclusions.keep_out(case, officer=w.rina, by=w.yanti, at=w.at)
    assert list(queries.queue(w.rina, at=w.at)) == []
    assert list(queries.queue(w.yanti, at=w.at)) == [pair]


def test_what_was_decided_leaves_the_queue_and_doubt_stays_in_it(people, w):
    pair = people.pair(people.victim(), people.victim())
    review.decide(pair, verdict="unsure", reason=BECAUSE, by=w.rina, at=w.at)
    assert list(queries.queue(w.rina, at=w.at)) == [pair]
    decision = review.decide(pair, verdict="not_same", reason=BECAUSE, by=w.rina, at=w.at)
    assert list(queries.queue(w.rina, at=w.at)) == []
    review.retract(decision, reason=BECAUSE, by=w.rina, at=w.at)
    assert list(queries.queue(w.rina, at=w.at)) == [pair]


def test_what_another_officer_compares_now_is_left_out(people, w):
    pair = people.pair(people.victim(), people.victim())
    review.claim(pair, by=w.yanti, at=w.at)
    assert list(queries.queue(w.rina, at=w.at)) == []
    assert list(queries.queue(w.yanti, at=w.at)) == [pair]
    assert list(queries.queue(w.rina, at=w.later(hours=1))) == [pair]


def test_the_log_of_false_matches_tells_where_machine_or_officer_was_wrong(people, w):
    a, b, c, d = (people.victim(name=name) for name in "ABCD")
    taken_back = review.decide(between(people, a, b, 0.9), verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    review.retract(taken_back, reason=BECAUSE, by=w.rina, at=w.at)
    denied = review.decide(between(people, a, c, 0.97), verdict="not_same", reason=BECAUSE, by=w.rina, at=w.at)
    review.decide(between(people, a, d, 0.6), verdict="not_same", reason=BECAUSE, by=w.rina, at=w.at)
    review.decide(between(people, c, d, 0.97), verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    assert set(queries.false_matches(w.rina, at=w.at)) == {taken_back, denied}
    assert queries.decisions_for(w.rina, at=w.at).count() == 4
    assert not queries.false_matches(w.siti, at=w.at).exists()


def test_a_long_queue_costs_as_many_queries_as_a_short_one(people, w):
    many = [people.victim(name=f"N{number}") for number in range(5)]
    people.pair(many[0], many[1])
    with CaptureQueriesContext(connection) as short:
        list(queries.queue(w.rina, at=w.at))
    for other in many[2:]:
        people.pair(many[0], other)
    with CaptureQueriesContext(connection) as long:
        assert len(queries.queue(w.rina, at=w.at)) == 4
    assert len(short) == len(long) == 1


def test_the_foremost_pair_and_how_many_wait_cost_one_query_each_however_many(people, w, django_assert_num_queries):
    pairs = [people.pair(people.victim(), people.victim(name=f"Melati {number}")) for number in range(5)]
    Pair.objects.filter(pk=pairs[3].pk).update(consequence=9)
    people.pair(people.sent_home(), people.sent_home(name="Kenanga"))
    with django_assert_num_queries(1):
        assert queries.foremost(w.rina, at=w.at) == pairs[3]
    with django_assert_num_queries(1):
        assert queries.how_many_wait(w.rina, at=w.at) == 5
    review.skip(pairs[3], by=w.rina, at=w.at)
    assert queries.foremost(w.rina, at=w.at) != pairs[3]
    assert list(queries.put_off(w.rina, at=w.at)) == [pairs[3]]
    assert queries.foremost(w.siti, at=w.at) is None
    assert queries.how_many_wait(w.siti, at=w.at) == 0
