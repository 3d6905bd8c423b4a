"""One person in the files of several agencies: found, said by officers, taken back; nobody learns more than they may.

Hana of BP3MI takes in people sent home; Rina keeps cases at UPTD PPA; Siti, of another regency, has nothing to do with
either. UU 21/2007 Art. 44 forbids passing identities around.
"""

import pytest

from simpul.agencies import exclusions
from simpul.cases import access as case_access
from simpul.cases import victims
from simpul.lib.rules import NotAllowed, NotFound
from simpul.linkage import access, encodings, engine, inquiries, jobs, likeness, queries, review
from simpul.linkage.models import Decision, Pair
from simpul.migrants.models import Returnee
from simpul.obligations.models import Obligation
from simpul.obligations.policy import check_may_meet
from simpul.obligations.queries import owed_now
from simpul.persons.models import Person
from tests.linkage.machine import Machine
from tests.returns import came_home, with_returns

NIK = "6107075208020003"
BECAUSE = "NIK dan nama ayah sama; ibunya sama."


@pytest.fixture
def w(world):
    """The small world with returns, and a machine that finds who is alike."""
    engine.use(Machine())
    yield with_returns(world)
    engine.use(None)


@pytest.fixture
def known(w):
    """Melati has a case at Rina's, and comes home on a list of Hana's a year later."""
    case = w.case()
    victim = w.victim(case, name="Melati Kusuma", nik=NIK, birth_year=2002).person
    jobs.catch_up(at=w.at)
    return case, victim, came_home(w, name="Melati Kusuma", nik=NIK, birth_year=2002)


def shown(w, person, officer):
    return likeness.of(person, by=officer, at=w.at).likenesses


def test_last_years_deported_person_is_found_while_the_next_is_taken_in(w):
    last_year = came_home(w, name="Melati Kusuma", birth_year=2002, at=w.at.replace(year=2025))
    jobs.catch_up(at=w.at)
    again = came_home(w, name="MELATI KUSUMA", birth_year=2002)
    (one,) = shown(w, again.person, w.hana)
    assert one.person == last_year.person
    assert again.repeats == 0
    decision = review.decide(one.pair, verdict="same", reason=BECAUSE, by=w.hana, at=w.at)
    assert w.anew(again).repeats == 1
    assert w.owed("ask_repeat_returnee", on=again).owed_by == w.bp3mi
    review.retract(decision, reason="Ternyata adiknya.", by=w.hana, at=w.at)
    assert w.anew(again).repeats == 0
    assert w.owed("ask_repeat_returnee", on=again) is None


def test_nothing_is_ever_merged_by_the_machine(w, known):
    _case, victim, returnee = known
    (one,) = shown(w, returnee.person, w.hana)
    assert Pair.objects.get().probability > 0.95
    assert not Decision.objects.exists()
    assert one.verdict == ""
    assert Person.objects.filter(pk__in=[victim.pk, returnee.person_id]).count() == 2


def test_who_may_not_see_the_file_learns_of_the_agency_and_asks(w, known):
    case, victim, returnee = known
    (one,) = shown(w, returnee.person, w.hana)
    assert (one.is_open, one.agencies, one.person, one.probability) == (False, ["UPTD PPA Bengkayang"], None, None)
    with pytest.raises(NotFound):
        access.pair_for(w.hana, one.pair.pk, at=w.at)
    with pytest.raises(NotFound):
        case_access.case_for(w.hana, case.number, at=w.at)
    with pytest.raises(NotAllowed):
        review.decide(one.pair, verdict="same", reason=BECAUSE, by=w.hana, at=w.at)
    inquiry = inquiries.ask(
        one.pair, own=returnee.person, to=one.holders[0], fields=["name", "birth_date"], words="Perlu pendampingan.",
        by=w.hana, at=w.at,
    )  # fmt: skip
    assert owed_now(w.rina).filter(rule="answer_inquiry").exists()
    told = access.read_inquiry(inquiry, by=w.rina, at=w.at)
    assert {row.field for row in told.rows} == {"name", "birth_date"}
    inquiries.answer(inquiry, verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    (one,) = shown(w, returnee.person, w.hana)
    assert (one.verdict, one.is_open, one.person) == ("same", False, None)
    with pytest.raises(NotFound):
        access.pair_for(w.hana, one.pair.pk, at=w.at)


def test_whoever_is_kept_out_learns_nothing_not_even_that_there_is_a_file(w, known):
    case, _victim, returnee = known
    assert shown(w, returnee.person, w.hana)
    exclusions.keep_out(case, agency_kind="bp3mi", by=w.yanti, at=w.at)
    (one,) = Pair.objects.all()
    assert shown(w, returnee.person, w.hana) == []
    assert list(queries.queue(w.hana, at=w.at)) == []
    with pytest.raises(NotAllowed):
        inquiries.ask(one, own=returnee.person, to=w.uptd, fields=["name"], words=BECAUSE, by=w.hana, at=w.at)


def test_whoever_is_kept_out_of_one_file_of_somebody_compares_nothing_of_them(w):
    kept, other = w.case(), w.case()
    first = w.victim(kept, name="Melati Kusuma", birth_year=2002)
    victims.add(other, part="witness", person=first.person, by=w.rina, at=w.at)
    again = w.victim(w.case(), name="Melati Kusuma", birth_year=2002).person
    jobs.catch_up(at=w.at)
    (one,) = shown(w, again, w.rina)
    assert one.person == first.person
    exclusions.keep_out(kept, officer=w.rina, by=w.yanti, at=w.at)
    # The other file is open to Rina still, and yet nothing leads to the one she must not know.
    assert shown(w, again, w.rina) == []
    assert list(queries.queue(w.rina, at=w.at)) == []
    with pytest.raises(NotFound):
        access.pair_for(w.rina, one.pair.pk, at=w.at)


def test_closed_access_of_a_childs_file_is_not_opened_by_a_likeness(w):
    case = w.case()
    child = w.victim(case, name="Melati Kusuma", nik=NIK, birth_year=2012, childhood="child").person
    jobs.catch_up(at=w.at)
    assert w.anew(case).is_closed_access
    returnee = came_home(w, name="Melati Kusuma", nik=NIK, birth_year=2012)
    (one,) = shown(w, returnee.person, w.hana)
    assert (one.is_open, one.person, one.levels) == (False, None, {})
    assert Pair.objects.get().persons == {child.pk, returnee.person_id}


def test_siti_finds_nobody(w, known):
    _case, victim, returnee = known
    assert Pair.objects.filter(left=victim).exists() or shown(w, returnee.person, w.hana)
    for person in (victim, returnee.person):
        with pytest.raises(NotFound):
            shown(w, person, w.siti)
    assert list(queries.queue(w.siti, at=w.at)) == []


def test_a_victim_with_an_earlier_case_is_looked_into(w):
    cases = [w.case(), w.case()]
    parts = [w.victim(case, name="Melati Kusuma", nik="", birth_year=2002) for case in cases]
    jobs.catch_up(at=w.at)
    pair = review.next_for(w.rina, at=w.at)
    assert pair.persons == {part.person_id for part in parts}
    review.claim(pair, by=w.rina, at=w.at)
    told = access.side_by_side(pair, by=w.rina, at=w.at)
    assert [record.number for record in told.left + told.right] == [case.number for case in cases]
    review.decide(pair, verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    assert Obligation.objects.standing().filter(rule="look_into_earlier_case").count() == 2
    assert review.next_for(w.rina, at=w.at) is None


def test_a_recruiter_named_in_several_cases_becomes_visible(w):
    parts = [
        victims.add(w.case(), part="suspect", name="Akong", phone="081255550188", by=w.rina, at=w.at)
        for _each in range(2)
    ]
    jobs.catch_up(at=w.at)
    (one,) = shown(w, parts[0].person, w.rina)
    assert one.person == parts[1].person
    review.decide(one.pair, verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    owed = Obligation.objects.standing().filter(rule="compare_cases_of_suspect")
    assert {each.owed_by for each in owed} == {w.uptd}
    assert owed.count() == 2


def test_without_the_key_everybody_is_recorded_and_the_comparison_is_made_up_for(w, known):
    _case, victim, _returnee = known
    engine.present().away = True
    again = came_home(w, name="Melati Kusuma", nik=NIK, birth_year=2002)
    assert likeness.of(again.person, by=w.hana, at=w.at).is_owed
    assert Returnee.objects.filter(pk=again.pk).exists()
    engine.present().away = False
    jobs.catch_up(at=w.at)
    assert encodings.is_on()
    assert shown(w, again.person, w.hana)
    assert Pair.objects.of(again.person).filter(left=victim).exists()


def test_whose_data_may_not_be_used_is_named_to_nobody_else(w, known):
    _case, victim, returnee = known
    assert shown(w, returnee.person, w.hana)
    Person.objects.filter(pk=victim.pk).update(restricted_at=w.at)
    assert shown(w, returnee.person, w.hana) == []


def test_a_victim_who_was_forced_and_is_named_as_a_suspect_is_looked_at_by_the_head_of_the_unit(w):
    """UU 21/2007 Art. 18: who was forced into an offence is not punished. A match must not undo that unseen."""
    forced = w.victim(w.case(), name="Melati Kusuma", birth_year=2002)
    victims.protect_from_punishment(forced, by=w.rina, at=w.at)
    named = victims.add(w.case(), part="suspect", name="Melaty Kusuma", birth_year=2002, by=w.rina, at=w.at)
    pair = review.propose(forced.person, named.person, by=w.rina, at=w.at)
    assert not owed_now(w.yanti).filter(rule="look_at_unpunished_suspect").exists()
    review.decide(pair, verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    owed = owed_now(w.yanti).filter(rule="look_at_unpunished_suspect")
    assert {clock.number for clock in owed} == {forced.case.number, named.case.number}
    # It is for the head of the unit: whoever has recorded her as a suspect does not settle it.
    for clock in owed:
        with pytest.raises(NotAllowed):
            check_may_meet(clock, by=w.rina)
        check_may_meet(clock, by=w.yanti)
    # Yanti has looked: it was the recruiter who gave her name. The note of a suspect goes, and the clocks with it.
    victims.take_back_suspicion(named, by=w.yanti, at=w.at)
    assert not owed_now(w.yanti).filter(rule="look_at_unpunished_suspect").exists()
    assert w.anew(forced).is_not_punished
