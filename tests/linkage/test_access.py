"""Two records side by side: open to who may see both, found by nobody else, every reading written down."""

import pytest

from simpul.agencies import exclusions
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.linkage import access, review
from simpul.linkage.models import Pair
from simpul.persons import identities
from tests.linkage.conftest import BECAUSE, NIK


@pytest.fixture
def both(people, w):
    """Two cases of Rina's, in which the same person is a victim."""
    cases = w.case(), w.case()
    people.victim(cases[0], name="Melati Kusuma", nik=NIK, sex="P")
    people.victim(cases[1], name="MELATI  kusuma", nik=NIK, phone="081255550177", birth_year=2003, sex="P")
    people.compared()
    return Pair.objects.get(), cases


def test_two_records_stand_side_by_side_with_what_differs(both, w):
    pair, cases = both
    pair = access.pair_for(w.rina, pair.pk, at=w.at)
    told = access.side_by_side(pair, by=w.rina, at=w.at)
    rows = {row.field: row for row in told.rows}
    assert [row.field for row in told.rows][:2] == ["name", "aliases"]
    assert (rows["name"].left, rows["name"].right, rows["name"].differs) == ("Melati Kusuma", "MELATI kusuma", False)
    assert (rows["nik"].level, rows["nik"].differs) == ("equal", False)
    assert (rows["phone"].left, rows["phone"].right, rows["phone"].differs) == ("", "081255550177", False)
    assert (rows["birth_date"].left, rows["birth_date"].right, rows["birth_date"].differs) == ("2002", "2003", True)
    assert ([one.number for one in told.left], [one.number for one in told.right]) == (
        [cases[0].number], [cases[1].number],
    )  # fmt: skip
    assert told.decision is None


def test_each_side_is_a_reading_in_its_own_file(both, w):
    pair, cases = both
    access.side_by_side(pair, by=w.rina, at=w.at)
    read = Entry.objects.filter(act=Act.IDENTITY_READ)
    assert {entry.file for entry in read} == {f"cases.case:{case.pk}" for case in cases}


def test_what_was_said_stands_beside_it(both, w):
    pair, _cases = both
    decision = review.decide(pair, verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    assert access.side_by_side(pair, by=w.rina, at=w.at).decision == decision
    review.retract(decision, reason=BECAUSE, by=w.rina, at=w.at)
    told = access.side_by_side(pair, by=w.rina, at=w.at)
    assert (told.decision, told.history) == (None, [decision])


def test_who_may_see_one_record_only_finds_no_pair(both, w):
    pair, cases = both
    assert access.pair_for(w.yanti, pair.pk, at=w.at) == pair
    exclusions.keep_out(cases[1], officer=w.rina, by=w.yanti, at=w.at)
    for officer in (w.rina, w.siti, w.hana, w.dewi):
        with pytest.raises(NotFound):
            access.pair_for(officer, pair.pk, at=w.at)
        with pytest.raises(NotFound):
            access.side_by_side(pair, by=officer, at=w.at)
    assert not Entry.objects.filter(act=Act.IDENTITY_READ).exists()


def test_who_did_not_acknowledge_secrecy_reads_no_identity(both, w):
    pair, _cases = both
    w.rina.acknowledged_at = None
    with pytest.raises(NotAllowed):
        access.side_by_side(pair, by=w.rina, at=w.at)


def test_a_decision_is_found_by_who_may_see_both(both, w):
    pair, cases = both
    decision = review.decide(pair, verdict="same", reason=BECAUSE, by=w.rina, at=w.at)
    assert access.decision_for(w.yanti, decision.pk, at=w.at) == decision
    exclusions.keep_out(cases[0], officer=w.rina, by=w.yanti, at=w.at)
    for officer in (w.rina, w.siti):
        with pytest.raises(NotFound):
            access.decision_for(officer, decision.pk, at=w.at)


def test_who_recorded_somebody_who_is_in_no_file_yet_may_look(people, w):
    person = identities.record(name="Melati", by=w.rina, at=w.at)
    access.check_may_see(person, by=w.rina, at=w.at)
    with pytest.raises(NotFound):
        access.check_may_see(person, by=w.yanti, at=w.at)
