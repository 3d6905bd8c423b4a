"""Review: decided by who may see both, with a reason, undone exactly; nothing is merged."""

from datetime import timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError, connection, transaction

from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.linkage import queries, review
from simpul.linkage.groups import groups, same_as
from simpul.linkage.models import Decision, Member, Pair, Skip
from simpul.persons.models import Person
from tests.linkage.conftest import BECAUSE


@pytest.fixture
def pair(people):
    return people.pair(people.victim(), people.victim(name="Melati K."))


def rows(*models):
    """Everything a decision could have touched, as it stands in the database."""
    return {model: serializers.serialize("python", model.objects.order_by("pk")) for model in models}


def plain(model):
    names = [field.attname for field in model._meta.concrete_fields]
    return [
        [bytes(value) if isinstance(value, memoryview) else value for value in row]
        for row in model.objects.order_by("pk").values_list(*names)
    ]


def decide(w, pair, verdict="same", *, by=None, reason=BECAUSE):
    return review.decide(pair, verdict=verdict, reason=reason, by=by or w.rina, at=w.at)


def test_the_same_is_one_person_and_both_records_stay_as_they_are(people, w, pair):
    before = plain(Person)
    decision = decide(w, pair)
    assert list(same_as(pair.left)) == [pair.right]
    assert plain(Person) == before
    assert decision.reason.opened() == BECAUSE
    entry = Entry.objects.get(act=Act.SAMENESS_DECIDED)
    assert entry.facts == {"verdict": "same", "left": pair.left_id, "right": pair.right_id}
    assert BECAUSE not in str(Entry.objects.values_list("facts", flat=True))


def test_what_was_decided_is_undone_exactly_and_the_history_stays(people, w, pair):
    before = (plain(Person), plain(Pair), plain(Member))
    decision = decide(w, pair)
    assert plain(Member) != before[2]
    review.retract(decision, reason="Ternyata dua orang.", by=w.yanti, at=w.at)
    assert (plain(Person), plain(Pair), plain(Member)) == before
    assert groups([pair.left, pair.right]) == {pair.left_id: set(), pair.right_id: set()}
    kept = Decision.objects.get()
    assert (kept.verdict, kept.decided_by, kept.retracted_by) == ("same", w.rina, w.yanti)
    assert kept.retract_reason.opened() == "Ternyata dua orang."
    with pytest.raises(NotAllowed):
        review.retract(kept, reason=BECAUSE, by=w.rina, at=w.at)


def test_a_new_decision_takes_the_place_of_the_one_before(people, w, pair):
    decide(w, pair)
    decide(w, pair, "not_same", by=w.yanti)
    assert not same_as(pair.left).exists()
    verdicts = [(decision.verdict, decision.stands) for decision in queries.history(pair)]
    assert verdicts == [("not_same", True), ("same", False)]


def test_a_decision_has_a_reason_and_an_answer_of_the_list(people, w, pair):
    for verdict, reason in (("same", "ya"), ("same", "   "), ("perhaps", BECAUSE)):
        with pytest.raises(NotAllowed):
            decide(w, pair, verdict, reason=reason)
    assert not Decision.objects.exists()


def test_only_who_may_see_both_records_decides(people, w):
    pair = people.pair(people.victim(), people.sent_home())
    for officer in (w.rina, w.hana, w.siti, w.dewi, w.darius):
        with pytest.raises(NotAllowed):
            decide(w, pair, by=officer)
    assert not Decision.objects.exists()


def test_groups_are_whoever_decisions_join_one_after_another(people, w):
    a, b, c, d = (people.victim(name=name) for name in ("Melati", "Melaty", "Melatie", "M. Kusuma"))
    decide(w, people.pair(a, b))
    link = decide(w, people.pair(b, c))
    decide(w, people.pair(c, d))
    assert groups([a, d]) == {a.pk: {b.pk, c.pk, d.pk}, d.pk: {a.pk, b.pk, c.pk}}
    review.retract(link, reason=BECAUSE, by=w.rina, at=w.at)
    assert groups([a, d]) == {a.pk: {b.pk}, d.pk: {c.pk}}


def test_nobody_is_joined_with_somebody_said_to_be_another_by_whatever_way(people, w):
    a, b, c = (people.victim(name=name) for name in ("Melati", "Melaty", "Melatie"))
    apart = decide(w, people.pair(a, c), "not_same")
    decide(w, people.pair(a, b))
    with pytest.raises(NotAllowed, match="03-08-2026"):
        decide(w, people.pair(b, c))
    assert groups([c]) == {c.pk: set()}
    review.retract(apart, reason=BECAUSE, by=w.rina, at=w.at)
    decide(w, people.pair(b, c))
    assert groups([c]) == {c.pk: {a.pk, b.pk}}


def test_two_who_are_one_by_others_are_not_said_to_be_two(people, w):
    a, b, c = (people.victim(name=name) for name in ("Melati", "Melaty", "Melatie"))
    decide(w, people.pair(a, b))
    decide(w, people.pair(b, c))
    with pytest.raises(NotAllowed):
        decide(w, people.pair(a, c), "not_same")


def test_two_officers_do_not_compare_the_same_two_records(people, w, pair):
    review.claim(pair, by=w.rina, at=w.at)
    with pytest.raises(NotAllowed, match="Rina Wati"):
        review.claim(people.world.anew(pair), by=w.yanti, at=w.at)
    with pytest.raises(NotAllowed):
        decide(w, pair, by=w.yanti)
    later = w.at + review.CLAIM_LASTS + timedelta(minutes=1)
    review.claim(pair, by=w.yanti, at=later)
    review.release(pair, by=w.yanti, at=later)
    assert w.anew(pair).claimed_by is None
    review.claim(pair, by=w.rina, at=later)
    assert review.decide(pair, verdict="unsure", reason=BECAUSE, by=w.rina, at=later)
    assert w.anew(pair).claimed_by is None


def test_what_was_put_off_stands_last_for_this_officer_alone(people, w, pair):
    other = people.pair(people.victim(name="Kenanga"), people.victim(name="Kenanga S."))
    first = review.next_for(w.rina, at=w.at)
    review.skip(first, by=w.rina, at=w.at)
    second = review.next_for(w.rina, at=w.at)
    assert {first, second} == {pair, other}
    assert review.next_for(w.yanti, at=w.at) == first
    review.skip(first, by=w.rina, at=w.at)
    assert Skip.objects.count() == 1


def test_who_is_unsure_does_not_get_the_same_pair_again_at_once(people, w, pair):
    other = people.pair(people.victim(name="Kenanga"), people.victim(name="Kenanga S."))
    first = review.next_for(w.rina, at=w.at)
    decide(w, first, "unsure")
    assert {first, review.next_for(w.rina, at=w.at)} == {pair, other}
    assert Skip.objects.get().officer == w.rina
    # It waits for an answer still, and for everybody else it stands where it stood.
    assert first in queries.queue(w.rina, at=w.at)
    assert review.next_for(w.yanti, at=w.at) == first
    decide(w, first, "unsure")
    assert Skip.objects.count() == 1


@pytest.mark.parametrize("verdict", ["same", "not_same"])
def test_who_is_sure_puts_nothing_off(people, w, pair, verdict):
    decide(w, pair, verdict)
    assert not Skip.objects.exists()


def test_an_officer_puts_two_records_side_by_side_that_the_machine_did_not_find(people, w):
    one, other = people.victim(), people.victim(name="Kenanga")
    made = review.propose(other, one, by=w.rina, at=w.at)
    assert (made.left, made.probability) == (one, None)
    assert review.propose(one, other, by=w.rina, at=w.at) == made
    with pytest.raises(NotAllowed):
        review.propose(one, one, by=w.rina, at=w.at)
    with pytest.raises(NotAllowed):
        review.propose(one, people.sent_home(), by=w.rina, at=w.at)


def test_one_decision_stands_on_two_records_whatever_happens(people, w, pair):
    decision = decide(w, pair)
    decision.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)
    assert connection.in_atomic_block
