"""Who is kept out of a file, by whom, and with what in the journal."""

import pytest

from simpul.agencies import exclusions
from simpul.cases.models import Case
from simpul.journal.models import Entry
from simpul.journal.queries import entries_of
from simpul.lib.rules import NotAllowed


@pytest.fixture
def case(world):
    return world.case()


def hidden(officer):
    return [row["file_id"] for row in exclusions.hidden_from(officer, Case)]


def test_the_head_of_the_unit_keeps_somebody_out(world, case, now):
    assert hidden(world.rina) == []
    made = exclusions.keep_out(case, officer=world.rina, by=world.yanti, at=now)
    assert hidden(world.rina) == [case.pk]
    assert hidden(world.budi) == []
    assert (made.made_by, made.made_at) == (world.yanti, now)
    assert entries_of(case)[0].act == "exclusion.made"


def test_nobody_else_does(world, case, now):
    for officer in (world.rina, world.budi, world.tono, world.dewi):
        with pytest.raises(NotAllowed):
            exclusions.keep_out(case, officer=world.agus, by=officer, at=now)
    assert hidden(world.agus) == []


def test_the_reporter_needs_no_right_to_name_an_office(world, case, now):
    exclusions.keep_out(case, agency_kind="police", by=None, at=now)
    assert hidden(world.agus) == [case.pk]


@pytest.mark.parametrize(
    "who",
    [
        lambda world: {"officer": world.yanti},
        lambda world: {"agency": world.uptd},
        lambda world: {"agency_kind": "uptd_ppa"},
    ],
)
def test_a_head_does_not_keep_the_own_unit_out(world, case, now, who):
    with pytest.raises(NotAllowed):
        exclusions.keep_out(case, by=world.yanti, at=now, **who(world))
    assert hidden(world.yanti) == []


def test_who_is_let_in_again_finds_the_file_again(world, case, now):
    made = exclusions.keep_out(case, agency=world.dinsos, by=world.yanti, at=now)
    assert hidden(world.budi) == [case.pk]
    with pytest.raises(NotAllowed):
        exclusions.lift(made, thing=case, by=world.rina, at=now)
    exclusions.lift(made, thing=case, by=world.yanti, at=now)
    assert hidden(world.budi) == []
    assert list(exclusions.of(case)) == []
    assert entries_of(case)[0].act == "exclusion.lifted"


def test_an_agency_as_a_whole_is_kept_out_by_itself_or_by_its_kind(world, case, now):
    assert not exclusions.keeps_out(case, world.police)
    exclusions.keep_out(case, agency_kind="police", by=world.yanti, at=now)
    exclusions.keep_out(case, agency=world.dinsos, by=world.yanti, at=now)
    assert exclusions.keeps_out(case, world.police)
    assert exclusions.keeps_out(case, world.dinsos)
    assert not exclusions.keeps_out(case, world.hospital)


def test_an_officer_kept_out_does_not_keep_the_agency_out(world, case, now):
    exclusions.keep_out(case, officer=world.budi, by=world.yanti, at=now)
    assert not exclusions.keeps_out(case, world.dinsos)


def test_the_agency_for_the_whole_region_stays_in_when_its_kind_is_kept_out(world, now):
    report = world.report()
    exclusions.keep_out(report, agency_kind="uptd_ppa", by=None, at=now)
    assert exclusions.keeps_out(report, world.uptd)
    assert not exclusions.keeps_out(report, world.uptd_province)


def test_labels_name_hidden_files_of_every_kind(world, case, now):
    report = world.report()
    exclusions.keep_out(case, officer=world.budi, by=world.yanti, at=now)
    exclusions.keep_out(report, agency=world.dinsos, by=None, at=now)
    labels = {row["label"] for row in exclusions.labels_hidden_from(world.budi)}
    assert labels == {f"cases.case:{case.pk}", f"intake.report:{report.pk}"}
    assert not exclusions.labels_hidden_from(world.rina).exists()


def test_who_is_kept_out_of_a_report_is_kept_out_of_its_case(world, case, now):
    report = world.report()
    exclusions.keep_out(report, agency_kind="police", by=None, at=now)
    lifted = exclusions.keep_out(report, agency=world.hospital, by=None, at=now)
    exclusions.lift(lifted, thing=report, by=world.yanti, at=now)
    before = Entry.objects.count()
    exclusions.carry_over(report, case, by=world.rina, at=now)
    assert hidden(world.agus) == [case.pk]
    assert hidden(world.dr_maya) == []
    assert Entry.objects.count() == before + 1
    assert entries_of(case)[0].act == "exclusion.made"


def test_a_room_may_keep_somebody_out_by_a_rule_of_its_own(world, case, now):
    made = exclusions.shut(case, officer=world.agus, by=world.rina, at=now)
    assert hidden(world.agus) == [case.pk]
    assert entries_of(case)[0].act == "exclusion.made"
    with pytest.raises(NotAllowed):
        exclusions.lift(made, thing=case, by=world.rina, at=now)
    exclusions.reopen(made, thing=case, by=world.rina, at=now)
    assert hidden(world.agus) == []
    assert entries_of(case)[0].act == "exclusion.lifted"
    with pytest.raises(NotAllowed):
        exclusions.shut(case, officer=world.rina, by=world.rina, at=now)


def test_of_several_things_those_open_to_an_agency_are_told_in_one_query(world, now, django_assert_num_queries):
    cases = [world.case() for _n in range(3)]
    exclusions.keep_out(cases[1], agency=world.police, by=world.yanti, at=now)
    exclusions.keep_out(cases[2], agency_kind="police", by=world.yanti, at=now)
    exclusions.keep_out(cases[0], officer=world.agus, by=world.yanti, at=now)
    with django_assert_num_queries(1):
        assert exclusions.open_to(cases, world.police) == [cases[0]]
    assert exclusions.open_to(cases, world.dinsos) == cases
    assert exclusions.open_to([], world.police) == []
