"""Break-glass: three hours, a written reason, the agency that keeps the case is told; refused where it must be."""

import pytest

from simpul.agencies import exclusions
from simpul.cases import access, emergency, victims
from simpul.journal.queries import readings_of
from simpul.lib.rules import NotAllowed, NotFound
from simpul.obligations.queries import owed_now

REASON = "Korban tidak sadar di UGD, keluarganya harus dihubungi."


def test_a_doctor_at_night_opens_the_file_for_three_hours_and_everybody_learns_of_it(world):
    victim = world.victim(world.case(), safe_contact="Ibu Ani")
    case, doctor = victim.case, world.dr_maya
    with pytest.raises(NotFound):
        access.case_for(doctor, case.number, at=world.at)
    taken = emergency.break_glass(case.number, reason=REASON, by=doctor, at=world.at)
    access.case_for(doctor, case.number, at=world.later(hours=1))
    assert victims.read_identity(victim, fields=["safe_contact"], by=doctor, at=world.later(hours=1))
    with pytest.raises(NotFound):
        access.case_for(doctor, case.number, at=world.later(hours=3))
    with pytest.raises(NotFound):
        victims.read_identity(victim, fields=["safe_contact"], by=doctor, at=world.later(hours=3))
    assert "review_emergency_access" in {owed.rule for owed in owed_now(world.yanti)}
    assert {entry.officer_id for entry in readings_of(case)} == {doctor.pk}
    emergency.review(taken, by=world.yanti, at=world.later(hours=8))
    assert "review_emergency_access" not in {owed.rule for owed in owed_now(world.yanti)}


def test_it_needs_a_reason_in_writing(world):
    case = world.case()
    with pytest.raises(NotAllowed):
        emergency.break_glass(case.number, reason="perlu", by=world.dr_maya, at=world.at)


@pytest.mark.parametrize("who", ["tono", "wulan", "dewi"])
def test_it_is_refused_to_administrators_and_to_who_meets_no_victim(world, who):
    case = world.case()
    with pytest.raises(NotAllowed):
        emergency.break_glass(case.number, reason=REASON, by=getattr(world, who), at=world.at)
    with pytest.raises(NotFound):
        access.case_for(getattr(world, who), case.number, at=world.at)


def test_it_is_refused_to_the_excluded_who_learn_nothing_by_trying(world):
    case = world.case()
    exclusions.keep_out(case, agency=world.hospital, by=world.yanti, at=world.at)
    answers = []
    for number in (case.number, "K-2026-9999"):
        with pytest.raises(NotFound) as refused:
            emergency.break_glass(number, reason=REASON, by=world.dr_maya, at=world.at)
        answers.append(str(refused.value).replace(number, ""))
    assert len(set(answers)) == 1
