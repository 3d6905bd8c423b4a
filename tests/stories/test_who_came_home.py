"""Who came home: what the law promises somebody who was sent back, from the post to the village.

Permen P2MI 32/2025 Art. 13: the home region is told, and the handover to the family is a signed record with a witness
of the government. Art. 39: rehabilitation at the place of arrival; a refusal is a signed statement. UU 18/2017 Art. 42:
the village watches over departures and returns.
"""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.agencies import people
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.migrants import handovers, meetings, returnees, screening
from simpul.migrants.models import Notice, Returnee, Worker
from simpul.migrants.queries import came_home as who_came_home
from simpul.obligations.models import Obligation
from simpul.obligations.queries import visible_to
from simpul.places.models import Place
from tests.returns import came_home, with_returns

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def w(world):
    return with_returns(world)


def basis_of(owed):
    return owed.rule_as_written.legal_basis


def test_the_home_region_is_told_who_comes_home(w):
    """Permen P2MI 32/2025 Art. 13: the unit at the place of arrival informs the unit of the home region."""
    came_home(w)
    notice = Notice.objects.get()
    owed = w.owed("tell_home_of_returnees", on=notice)
    assert (notice.region_id, notice.people) == ("61.07", 1)
    assert (owed.owed_by, owed.due_at) == (w.bp3mi, w.later(hours=24))
    assert basis_of(owed) == "Permen P2MI 32/2025 Art. 13"
    handovers.tell_home(notice, by=w.hana, at=w.later(hours=2))
    assert w.owed("tell_home_of_returnees", on=notice) is None
    assert notice.told_by == w.hana


def test_of_people_from_elsewhere_their_province_is_told(w):
    came_home(w, home="61.01.01")
    assert Notice.objects.get().region_id == "61.01"


def test_the_handover_to_the_family_is_a_record_with_a_witness_of_the_government(w):
    """Permen P2MI 32/2025 Art. 13."""
    person = came_home(w, facts={"onward": "shelter_bp3mi"})
    owed = w.owed("hand_over_returnee", on=person)
    assert (owed.owed_by, basis_of(owed)) == (w.bp3mi, "Permen P2MI 32/2025 Art. 13")
    with pytest.raises(NotAllowed, match="witness"):
        handovers.hand_over(person, to="family", witness="  ", on=localdate(w.at), by=w.hana, at=w.at)
    assert w.owed("hand_over_returnee", on=person)
    handovers.hand_over(person, to="family", witness="Kepala Desa Jagoi", on=localdate(w.at), by=w.hana, at=w.at)
    assert w.owed("hand_over_returnee", on=person) is None
    assert w.anew(person).witness.opened() == "Kepala Desa Jagoi"
    met = Obligation.objects.get(rule="hand_over_returnee")
    assert met.evidence == f"migrants.returnee:{person.pk}"


def test_without_a_family_the_social_ministry_receives_the_person(w):
    """Permen P2MI 32/2025 Art. 13."""
    person = came_home(w, facts={"onward": "shelter_bp3mi"})
    handovers.hand_over(person, to="social", witness="Camat", on=localdate(w.at), by=w.hana, at=w.at)
    assert w.anew(person).handed_to == "social"


def test_who_goes_home_alone_is_handed_over_to_nobody(w):
    person = came_home(w, facts={"onward": "alone"})
    assert w.owed("hand_over_returnee", on=person) is None


@pytest.mark.parametrize("age", [17, None])
def test_a_child_is_never_handed_over_to_itself_and_signs_no_refusal(w, age):
    person = came_home(w, age=age)
    who = {"on": localdate(w.at), "by": w.hana, "at": w.at}
    with pytest.raises(NotAllowed, match="answers for it"):
        handovers.hand_over(person, to="self", witness="Kades", **who)
    with pytest.raises(NotAllowed, match="the family signs"):
        handovers.refuse_rehabilitation(person, signed_by="self", **who)
    handovers.refuse_rehabilitation(person, signed_by="family", **who)
    assert w.anew(person).refused_by == "family"


def test_a_refusal_of_rehabilitation_is_a_signed_statement_and_not_an_empty_field(w):
    """Permen P2MI 32/2025 Art. 39."""
    person = came_home(w)
    assert (person.refused_on, person.refused_by) == (None, "")
    with pytest.raises(NotAllowed, match="who signed"):
        handovers.refuse_rehabilitation(person, signed_by="", on=localdate(w.at), by=w.hana, at=w.at)
    handovers.refuse_rehabilitation(person, signed_by="self", on=localdate(w.at), by=w.hana, at=w.at)
    assert (w.anew(person).refused_on, w.anew(person).refused_by) == (localdate(w.at), "self")
    assert Entry.objects.get(act=Act.RETURNEE_REFUSED).facts == {"signed_by": "self"}


def test_a_refusal_ends_no_other_help(w):
    person = came_home(w, facts={"onward": "family"})
    before = Obligation.objects.standing().count()
    handovers.refuse_rehabilitation(person, signed_by="self", on=localdate(w.at), by=w.hana, at=w.at)
    assert Obligation.objects.standing().count() == before


def test_the_village_visits_who_came_home(w):
    """UU 18/2017 Art. 42."""
    person = came_home(w)
    owed = w.owed("visit_returnee", on=person)
    assert (owed.owed_by, owed.watched_by, basis_of(owed)) == (w.jagoi, w.bp3mi, "UU 18/2017 Art. 42")
    assert person in who_came_home(w.darius, unmet=True)
    meetings.note(person, on=localdate(w.at), outcome="found", by=w.darius, at=w.at)
    assert w.owed("visit_returnee", on=person) is None
    assert person not in who_came_home(w.darius, unmet=True)


def test_a_village_without_an_officer_is_not_asked(w):
    """A clock that nobody can stop asks nobody: the next office that has somebody visits."""
    people.end(w.darius, by=None, at=w.at)
    assert w.owed("visit_returnee", on=came_home(w)).owed_by == w.disnaker
    people.end(w.joko, by=None, at=w.at)
    assert w.owed("visit_returnee", on=came_home(w)).owed_by == w.bp3mi


def test_an_attempt_is_no_visit(w):
    person = came_home(w)
    meetings.note(person, on=localdate(w.at), outcome="not_found", by=w.darius, at=w.at)
    assert w.owed("visit_returnee", on=person)
    assert person in who_came_home(w.darius, unmet=True)


@pytest.mark.parametrize(("outcome", "rule"), [("in_danger", "triage_danger"), ("needs_help", "triage")])
def test_who_needs_help_or_is_in_danger_is_reported_with_the_clocks_of_a_report(w, outcome, rule):
    person = came_home(w)
    met = meetings.note(person, on=localdate(w.at), outcome=outcome, note="Diancam agen", by=w.darius, at=w.at)
    assert w.owed(rule, on=met.report)
    assert w.owed("visit_returnee", on=person) is None
    with pytest.raises(NotAllowed, match="what help"):
        meetings.note(came_home(w), on=localdate(w.at), outcome=outcome, by=w.darius, at=w.at)


def test_who_moved_is_visited_where_they_live_now(w):
    person = came_home(w)
    there = Place.objects.get(pk="61.07.07.2002")
    meetings.note(person, on=localdate(w.at), outcome="moved", moved_to=there, by=w.darius, at=w.later(days=3))
    owed = w.owed("visit_returnee", on=person)
    assert owed.place_id == "61.07.07.2002"
    assert owed.opened_at == w.later(days=3)
    assert person not in who_came_home(w.darius)
    assert person in who_came_home(w.joko, unmet=True)


def test_a_village_that_must_not_know_finds_nothing_and_somebody_else_visits(w):
    person = came_home(w)
    assert person in who_came_home(w.darius)
    meetings.ask_village(person, may_know="no", by=w.hana, at=w.at)
    assert person not in who_came_home(w.darius)
    assert w.owed("visit_returnee", on=person).owed_by == w.disnaker
    with pytest.raises(NotAllowed):
        meetings.note(person, on=localdate(w.at), outcome="found", by=w.darius, at=w.at)
    meetings.note(person, on=localdate(w.at), outcome="found", by=w.joko, at=w.at)
    assert w.owed("visit_returnee", on=person) is None


def test_indications_make_a_report_and_no_indication_is_kept_too(w):
    first, second = came_home(w), came_home(w)
    found = screening.note(first, answers={"debt": "yes"}, finding="indications", by=w.hana, at=w.at)
    kept = screening.note(second, answers={"debt": "no"}, finding="none", by=w.hana, at=w.at)
    assert w.owed("triage", on=found.report)
    assert kept.report is None
    assert (w.anew(first).screened, w.anew(second).screened) == ("indications", "none")


@pytest.mark.parametrize(("answer", "finding"), [("yes", "none"), ("no", "indications")])
def test_no_count_of_answers_decides_the_officer_does_and_says_why(w, answer, finding):
    person = came_home(w)
    with pytest.raises(NotAllowed, match="Write why"):
        screening.note(person, answers={"debt": answer}, finding=finding, by=w.hana, at=w.at)
    kept = screening.note(person, answers={"debt": answer}, finding=finding, note="Alasan", by=w.hana, at=w.at)
    assert kept.finding == finding


def test_whoever_is_in_danger_now_is_read_of_within_the_hour(w):
    person = came_home(w)
    kept = screening.note(person, answers={"afraid_now": "yes"}, finding="indications", by=w.hana, at=w.at)
    assert w.owed("triage_danger", on=kept.report)


def test_a_list_of_the_past_asks_nobody_for_anything(w):
    person = came_home(w, arrived_on=localdate(w.at) - timedelta(days=400), facts={"onward": "family"})
    assert not Obligation.objects.standing().filter(file=f"migrants.returnee:{person.pk}").exists()
    assert not Notice.objects.exists()
    assert Returnee.objects.filter(pk=person.pk).exists()


def test_the_neighbours_do_not_question_and_do_not_hand_over(w):
    person = came_home(w)
    with pytest.raises(NotAllowed, match="does not screen"):
        screening.note(person, answers={"debt": "no"}, finding="none", by=w.darius, at=w.at)
    with pytest.raises(NotAllowed, match="does not hand over"):
        handovers.hand_over(person, to="family", witness="Kades", on=localdate(w.at), by=w.darius, at=w.at)
    with pytest.raises(NotAllowed):
        handovers.tell_home(Notice.objects.get(), by=w.darius, at=w.at)


def test_siti_has_nothing_to_do_with_it(w):
    person = came_home(w)
    assert person in who_came_home(w.hana)
    assert not Returnee.objects.visible_to(w.siti).exists()
    for act in (
        lambda: meetings.note(person, on=localdate(w.at), outcome="found", by=w.siti, at=w.at),
        lambda: meetings.ask_village(person, may_know="no", by=w.siti, at=w.at),
        lambda: handovers.hand_over(person, to="family", witness="K", on=localdate(w.at), by=w.siti, at=w.at),
        lambda: screening.note(person, answers={"debt": "no"}, finding="none", by=w.siti, at=w.at),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_who_fears_somebody_of_the_own_village_is_visited_by_another_office(w):
    """The recruiter may sit in the village office: who is kept out learns nothing, and the visit is not lost."""
    person = came_home(w)
    due = w.owed("visit_returnee", on=person).due_at
    assert set(who_came_home(w.darius)) == {person}
    assert visible_to(w.darius).filter(rule="visit_returnee").exists()
    returnees.keep_out(person, officer=w.darius, by=w.hana, at=w.at)
    assert not who_came_home(w.darius).exists()
    assert not Worker.objects.visible_to(w.darius).exists()
    assert not visible_to(w.darius).filter(rule="visit_returnee").exists()
    owed = w.owed("visit_returnee", on=person)
    assert (owed.owed_by, owed.due_at) == (w.disnaker, due)
    entry = Entry.objects.get(act=Act.EXCLUSION_MADE)
    assert (entry.file, entry.officer_id) == (f"migrants.returnee:{person.pk}", w.hana.pk)


def test_who_is_asked_twice_tells_one_story_and_not_two(w):
    """What a frightened person says only the second time reaches whoever reads the first, within the hour of danger."""
    person = came_home(w)
    asked = {"finding": "indications", "by": w.hana, "at": w.at}
    first = screening.note(person, answers={"debt": "yes"}, **asked)
    second = screening.note(person, answers={"afraid_now": "yes"}, **asked)
    assert second.report == first.report
    assert w.owed("triage_danger", on=first.report)
