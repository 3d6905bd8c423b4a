"""Article 55: what other laws give a victim holds as well.

UU 12/2022 where there was sexual violence, legal aid and a companion, information on the case, the best interests of
a child, papers.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from simpul.cases import children, entitlements, files, services, victims
from simpul.lib.rules import NotAllowed
from simpul.obligations.rules import rule

RIGHTS = ("legal_aid", "case_information", "sexual_violence", "best_interest", "civil_documents")


def end_of(day):
    return datetime.fromisoformat(f"{day} 23:59:59").replace(tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.fixture
def victim(world):
    return world.victim(world.case(), childhood="adult")


@pytest.fixture
def child(world):
    return world.victim(world.case(), childhood="child")


def note(service, kind, world, *, at=None):
    at = at or world.at
    return services.note_step(service, kind=kind, on=at.date(), by=world.rina, at=at)


def test_each_of_them_names_article_55_and_the_other_law(world, law):
    victim = world.victim(world.case(kinds=["sexual"]), childhood="child")
    for right, other in {
        "legal_aid": "pp9_2008_14_1", "case_information": "uu21_2007_36", "sexual_violence": "uu12_2022_42_1",
        "best_interest": "pp9_2008_4", "civil_documents": "uu18_2017_42",
    }.items():  # fmt: skip
        line = law.line(victim, right)
        assert line.article.code == "uu21_2007_55", right
        assert other in {term.code for term in line.also}, right


def test_the_rights_of_victims_of_sexual_violence_hold_where_there_was_any(world, law, victim):
    """UU 12/2022 Art. 67 to 70."""
    assert law.line(victim, "sexual_violence") is None
    files.describe(victim.case, is_sexual=True, by=world.rina, at=world.at)
    assert law.state(victim, "sexual_violence") == "open"


def test_temporary_protection_comes_within_a_day(world, law):
    """UU 12/2022 Art. 42(1)."""
    victim = world.victim(world.case(kinds=["sexual"]))
    service = world.service(victim, kind="police_protection", provider=world.police)
    owed = world.owed("temporary_protection", on=service)
    assert (owed.owed_by, owed.limit_at) == (world.police, world.later(hours=24))
    assert rule("temporary_protection").legal_basis == "UU 12/2022 Art. 42(1)"
    assert law.state(victim, "sexual_violence", hours=25) == "overdue"


def test_it_is_owed_in_no_other_case(world, victim):
    service = world.service(victim, kind="police_protection", provider=world.police)
    assert world.owed("police_protection", on=service)
    assert world.owed("temporary_protection", on=service) is None


def test_with_temporary_protection_the_request_to_lpsk_and_its_end_are_owed_by_themselves(world):
    """UU 12/2022 Art. 43(1): 24 hours; Art. 42(2): fourteen days."""
    victim = world.victim(world.case(kinds=["sexual"]))
    service = world.service(victim, kind="police_protection", provider=world.police)
    assert world.owed("ask_lpsk_protection", on=service) is None
    begun = world.later(hours=5)
    note(service, "protected", world, at=begun)
    assert world.owed("temporary_protection", on=service) is None
    asked, ends = (world.owed(code, on=service) for code in ("ask_lpsk_protection", "temporary_protection_ends"))
    assert (asked.owed_by, asked.limit_at) == (world.police, world.later(hours=29))
    assert (ends.owed_by, ends.limit_at) == (world.police, end_of("2026-08-17"))


def test_legal_aid_goes_from_a_name_to_a_power_of_attorney_to_a_seat_beside_the_victim(world, law, victim):
    """PP 9/2008 Art. 14(1); UU 21/2007 Art. 35."""
    lbh = law.agency("LBH Khatulistiwa", "legal_aid", "61")
    service = world.service(victim, kind="legal_aid", provider=lbh)
    with pytest.raises(NotAllowed):
        note(service, "power_of_attorney", world)
    for kind in ("lawyer_named", "power_of_attorney", "accompanied", "accompanied"):
        note(service, kind, world)
    assert service.steps.count() == 4
    services.move(service, to="running", by=world.rina, at=world.at)
    assert law.state(victim, "legal_aid") == "running"


def test_a_companion_gives_the_same_right(world, law, victim):
    world.service(victim, kind="accompaniment", provider=world.uptd)
    assert law.state(victim, "legal_aid") == "requested"


def test_the_victim_is_told_how_the_case_goes_on(world, law, victim):
    """Art. 36."""
    assert law.state(victim, "case_information") == "open"
    entitlements.inform(victim, "case_information", by=world.rina, at=world.at)
    assert law.state(victim, "case_information") == "informed"
    entitlements.request(victim, "case_information", by=world.rina, at=world.at)
    assert law.state(victim, "case_information") == "requested"
    with pytest.raises(NotAllowed):
        entitlements.meet(victim, "case_information", evidence="katanya sudah", by=world.rina, at=world.at)
    entitlements.meet(victim, "case_information", evidence="police_report", by=world.rina, at=world.at)
    line = law.line(victim, "case_information")
    assert (line.state, line.evidence) == ("met", "police_report")


def test_what_is_best_for_a_child_is_asked_first(world, law, child):
    """PP 9/2008 Art. 4; three working days are the house's own target."""
    owed = world.owed("best_interest", on=child)
    assert (owed.owed_by, owed.target_at) == (world.uptd, end_of("2026-08-06"))
    assert law.state(child, "best_interest") == "requested"
    assert law.state(child, "best_interest", days=4) == "overdue"
    children.check_best_interest(child, answers={"wish": "Mau sekolah lagi."}, decision="Tinggal dekat sekolah.",
                                 by=world.rina, at=world.at)  # fmt: skip
    assert world.owed("best_interest", on=child) is None
    assert law.state(child, "best_interest") == "met"


@pytest.mark.parametrize(("wish", "decision"), [("", "Pulang."), ("Mau pulang.", " ")])
def test_a_check_hears_the_child_and_decides(world, child, wish, decision):
    with pytest.raises(NotAllowed):
        children.check_best_interest(child, answers={"wish": wish}, decision=decision, by=world.rina, at=world.at)
    assert world.owed("best_interest", on=child)


def test_what_the_child_said_is_sealed(world, child):
    check = children.check_best_interest(child, answers={"wish": "Takut pada paman."}, decision="Ke nenek.",
                                         by=world.rina, at=world.at)  # fmt: skip
    assert check.answers.opened()["wish"] == "Takut pada paman."
    assert "paman" not in f"{check.answers} {check.decision}"


def test_an_adult_has_no_such_line(world, law, victim):
    assert law.line(victim, "best_interest") is None
    assert world.owed("best_interest", on=victim) is None
    with pytest.raises(NotAllowed):
        children.check_best_interest(victim, answers={"wish": "?"}, decision="?", by=world.rina, at=world.at)


def test_papers_are_issued_after_they_were_applied_for(world, law, victim):
    dukcapil = law.agency("Dukcapil Bengkayang", "dukcapil", "61.07")
    service = world.service(victim, kind="civil_documents", provider=dukcapil)
    with pytest.raises(NotAllowed):
        note(service, "documents_issued", world)
    for kind in ("documents_asked", "documents_issued"):
        note(service, kind, world)
    services.move(service, to="done", by=world.rina, at=world.at)
    assert law.state(victim, "civil_documents") == "met"


def test_rights_belong_to_victims(world, victim):
    witness = victims.add(victim.case, part="witness", name="Tetangga", by=world.rina, at=world.at)
    with pytest.raises(NotAllowed):
        entitlements.inform(witness, "case_information", by=world.rina, at=world.at)
    assert not witness.entitlements.exists()
