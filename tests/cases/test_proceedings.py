"""The criminal proceeding: the offence of the day of the act, step after step, and examinations in it."""

from datetime import date
from decimal import Decimal

import pytest

from simpul.agencies import exclusions
from simpul.cases import proceedings, restitution, victims
from simpul.cases.models import Examination, Proceeding, ProceedingStep
from simpul.journal.models import Entry
from tests.cases.tracks import ACT_ON, OFFENCE, a_proceeding, a_step, an_agency, refused, today

LAST_DAY, FIRST_DAY = date(2026, 1, 1), date(2026, 1, 2)


def july(day):
    return date(2026, 7, day)


def suspect(world, case, name="Anton"):
    return victims.add(case, part="suspect", name=name, by=world.rina, at=world.at)


def test_the_offence_is_the_one_of_the_day_of_the_act(world):
    case = world.case()
    for offence, right, wrong in ((OFFENCE, LAST_DAY, FIRST_DAY), ("kuhp_455", FIRST_DAY, LAST_DAY)):
        with refused("not in force on"):
            a_proceeding(world, case, act_on=wrong, offences=[offence])
        assert a_proceeding(world, case, act_on=right, offences=[offence]).offences == [offence]
    with refused("not in force on"):
        a_proceeding(world, case, offences=["uu21_2007_43"])


def test_a_corrected_day_asks_for_the_offence_anew(world, now):
    found = a_proceeding(world)
    with refused("not in force on"):
        proceedings.describe(found, act_on=FIRST_DAY, by=world.rina, at=now)
    proceedings.describe(world.anew(found), act_on=FIRST_DAY, offences=["kuhp_455"], by=world.rina, at=now)
    assert (world.anew(found).act_on, world.anew(found).offences) == (FIRST_DAY, ["kuhp_455"])


def test_the_act_lies_not_ahead_and_before_every_step(world, now):
    with refused("in the future"):
        a_proceeding(world, act_on=today(world, 1), offences=[])
    found = a_proceeding(world, upto="investigation")
    with refused("before the date of the act"):
        proceedings.describe(found, act_on=july(2), offences=["kuhp_455"], by=world.rina, at=now)
    with refused("before the date of the act"):
        a_step(world, world.anew(found), "inquiry", date(2025, 11, 30))


def test_the_accused_is_a_suspect_of_this_case(world, now):
    case = world.case()
    anton = suspect(world, case)
    for other in (world.victim(case), suspect(world, world.case())):
        with refused("suspect of this case"):
            a_proceeding(world, case, accused=other)
    assert a_proceeding(world, case, accused=anton).accused == anton
    with refused("accused of a proceeding"):
        victims.take_back_suspicion(anton, by=world.rina, at=now)


def test_each_authority_is_of_its_kind_and_not_kept_out(world, now):
    case, court = world.case(), an_agency(world, "PN Bengkayang", "court")
    with refused("not of the kind"):
        a_proceeding(world, case, court=world.police)
    exclusions.keep_out(case, agency=world.police, by=world.yanti, at=now)
    with refused("kept out"):
        a_proceeding(world, case, police=world.police)
    found = a_proceeding(world, case, court=court)
    assert (found.court, found.police) == (court, None)
    proceedings.describe(found, court=None, by=world.rina, at=now)
    assert world.anew(found).court is None
    with pytest.raises(TypeError, match="lawyer"):
        a_proceeding(world, case, lawyer=court)


def test_the_docket_is_sealed(world):
    found = world.anew(a_proceeding(world, docket="12/Pid.Sus/2026"))
    assert found.docket.opened() == "12/Pid.Sus/2026"
    assert "Pid" not in str(Proceeding.objects.values()) + str(list(Entry.objects.values_list("facts", flat=True)))


def test_the_latest_step_stands_at_the_proceeding_also_when_an_older_one_is_noted_later(world):
    found = a_proceeding(world, upto="p21")
    a_step(world, found, "suspect_named", july(2))
    assert world.anew(found).step == "p21"


def test_a_verdict_says_how_it_decided_and_nothing_else_does(world):
    found = a_proceeding(world, upto="charge")
    for outcome in ("", "guilty"):
        with refused("how the verdict decided"):
            a_step(world, found, "verdict", july(5), outcome=outcome)
    for more in ({"outcome": "convicted"}, {"prison_months": 6}, {"fine": Decimal(1)}):
        with refused("Only a verdict"):
            a_step(world, found, "demand", july(5), **more)
    with refused("Only a conviction"):
        a_step(world, found, "verdict", july(5), outcome="acquitted", prison_months=6)
    step = a_step(world, found, "verdict", july(5), outcome="convicted", prison_months=60, fine=Decimal(1000), note="x")
    assert proceedings.verdicts(found) == [step]
    assert world.anew(step).note.opened() == "x"


def test_after_the_end_only_a_review_follows(world):
    found = a_proceeding(world, upto="final")
    with refused("final since 06-07-2026"):
        a_step(world, found, "appeal", july(7))
    assert a_step(world, found, "review", july(8), outcome="acquitted")
    assert a_step(world, found, "demand", july(5)), "what happened before the end may be noted later"


def test_a_stopped_proceeding_goes_on_with_a_new_investigation_only(world):
    found = a_proceeding(world, upto="file_sent")
    a_step(world, found, "stopped", july(5))
    with refused("new investigation"):
        a_step(world, found, "p21", july(6))
    a_step(world, found, "investigation", july(7))
    for number, kind in enumerate(("file_sent", "p21", "charge"), start=8):
        a_step(world, found, kind, july(number))
    assert a_step(world, found, "verdict", july(12), outcome="convicted")
    assert a_step(world, found, "final", july(13))


def test_an_investigation_of_the_day_of_the_stop_is_not_a_new_one(world):
    found = a_proceeding(world, upto="investigation")
    a_step(world, found, "stopped", july(1))
    with refused("new investigation"):
        a_step(world, found, "file_sent", july(2))


def test_what_may_come_next_is_offered(world, now):
    found = a_proceeding(world, upto="p21")
    assert {"handed_over", "charge"} <= set(proceedings.next_steps(found, at=now))
    assert not {"verdict", "final", "appeal"} & set(proceedings.next_steps(found, at=now))


def test_with_the_file_the_prosecutor_owes_that_each_victim_is_told(world, now):
    case, prosecution = world.case(), an_agency(world, "Kejari Bengkayang", "prosecution")
    told, untold = world.victim(case), world.victim(case, name="Mawar")
    claim = restitution.begin(told, by=world.rina, at=now)
    restitution.note_step(claim, kind="informed", on=july(1), by=world.rina, at=now)
    found = a_proceeding(world, case, upto="file_sent")
    assert world.owed("tell_of_restitution", on=told) is None
    owed = world.owed("tell_of_restitution", on=untold)
    assert (owed.owed_by, owed.watched_by, owed.opened_at.date()) == (prosecution, world.uptd, july(2))
    proceedings.strike_step(found.steps.get(kind="file_sent"), by=world.rina, at=now)
    assert world.owed("tell_of_restitution", on=untold) is None


def test_a_file_sent_again_does_not_end_with_the_first_that_is_struck_out(world, now):
    case = world.case()
    victim, found = world.victim(case), a_proceeding(world, case, upto="file_sent")
    again = a_step(world, found, "file_sent", july(9))
    proceedings.strike_step(again, by=world.rina, at=now)
    assert world.owed("tell_of_restitution", on=victim)


@pytest.mark.parametrize(("outcome", "owed"), [("convicted", True), ("acquitted", False), ("released", False)])
def test_after_a_final_conviction_whoever_never_claimed_may_still_apply(world, outcome, owed):
    case = world.case()
    victim = world.victim(case)
    a_proceeding(world, case, upto="final", outcome=outcome)
    assert bool(world.owed("restitution_applied_for", on=victim)) is owed


def test_a_step_is_struck_out_from_the_end(world, now):
    found = a_proceeding(world, upto="p21")
    with refused("Strike that out first"):
        proceedings.strike_step(found.steps.get(kind="file_sent"), by=world.rina, at=now)
    proceedings.strike_step(found.steps.get(kind="p21"), by=world.rina, at=now)
    assert world.anew(found).step == "file_sent"
    assert Entry.objects.filter(act="proceeding.step_noted", facts__struck=True).count() == 1


def test_an_examination_tells_where_and_who_sat_beside(world, now):
    case = world.case()
    found = a_proceeding(world, case)
    made = proceedings.note_examination(
        world.victim(case, childhood="child"), on=july(1), place="police_room", proceeding=found, has_advocate=True,
        beside="Bu Ani", by=world.rina, at=now,
    )  # fmt: skip
    assert (made.is_alone, world.anew(made).beside.opened()) == (False, "Bu Ani")
    assert "Ani" not in str(Examination.objects.values())
    assert Entry.objects.get(act="examination.noted").facts == {"place": "police_room", "alone": False}


def test_an_examination_that_cannot_have_been_is_refused(world, now):
    case = world.case()
    victim, other = world.victim(case, birth_year=2010), a_proceeding(world)
    note = proceedings.note_examination
    told = {"by": world.rina, "at": now}
    with refused("victims and witnesses"):
        note(suspect(world, case), on=july(1), place="court", **told)
    with refused("where the examination"):
        note(victim, on=july(1), place="cellar", **told)
    with refused("in the future"):
        note(victim, on=today(world, 1), place="court", **told)
    with refused("year of birth"):
        note(victim, on=date(2009, 1, 1), place="court", **told)
    with refused("proceeding of this case"):
        note(victim, on=july(1), place="court", proceeding=other, **told)


def test_offences_are_offences_and_no_procedure(db):
    codes = {term.code for term in proceedings.offences_on(ACT_ON)}
    assert OFFENCE in codes
    assert not {"kuhp_455", "uu21_2007_53", "pp9_2008_4"} & codes


def test_steps_are_counted_by_kind_and_hold_no_word(world):
    found = a_proceeding(world, upto="investigation")
    proceedings.note_step(found, kind="suspect_named", on=july(2), note="Anton", by=world.rina, at=world.at)
    assert "Anton" not in str(ProceedingStep.objects.values()) + str(
        list(Entry.objects.values_list("facts", flat=True))
    )


def test_a_victim_who_comes_after_the_file_went_to_the_prosecutor_is_told_of_restitution_too(world):
    case = world.case()
    before = world.victim(case, name="Cempaka")
    assert world.owed("tell_of_restitution", on=before) is None
    a_proceeding(world, case, upto="file_sent")
    after = world.victim(case, name="Dahlia")
    assert world.owed("tell_of_restitution", on=before)
    assert world.owed("tell_of_restitution", on=after)
