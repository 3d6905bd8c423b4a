"""What is typed with a decision becomes what the act asks for, and nothing else."""

import pytest

from simpul.desk.forms.triage import DECISIONS, AcceptForm, MergeForm, PassOnForm, SetAsideForm


@pytest.fixture
def filled(world):
    report = world.report()

    def of(kind, **typed):
        return kind(typed, report=report, officer=world.rina, at=world.at)

    return of


def test_a_new_case_needs_no_number(filled):
    form = filled(AcceptForm, case="new", into="K-2026-9999", message="")
    assert form.is_valid()
    assert form.cleaned_data == {"into": None, "message": ""}


def test_an_existing_case_is_found_by_its_number(filled, world):
    case = world.case()
    form = filled(AcceptForm, case="existing", into=f" {case.number.lower()} ")
    assert form.is_valid()
    assert form.cleaned_data["into"] == case


@pytest.mark.parametrize("number", ["", "K-1999-0001"])
def test_an_existing_case_must_be_named(filled, number):
    assert "into" in filled(AcceptForm, case="existing", into=number).errors


def test_only_agencies_that_take_reports_are_offered(filled, world):
    offered = set(filled(PassOnForm).fields["to"].queryset)
    assert offered == {world.uptd_province, world.uptd_sambas}


def test_an_agency_that_is_kept_out_is_not_offered(world):
    report = world.report(involves=["uptd_ppa"])
    form = PassOnForm(report=report, officer=world.lina, at=world.at)
    assert world.uptd_sambas not in form.fields["to"].queryset


def test_the_other_report_is_found_by_its_number(filled, world):
    other = world.report()
    assert filled(MergeForm, into=other.number.lower()).is_valid()
    assert "into" in filled(MergeForm, into="L-1999-000001").errors


def test_the_reasons_for_setting_aside_are_those_of_the_catalogue(filled):
    assert filled(SetAsideForm, because="not_a_report").is_valid()
    assert "because" in filled(SetAsideForm, because="no_time").errors


def test_the_message_is_worded_in_the_language_of_the_reporter(world):
    report = world.report()
    report.language = "en"
    form = AcceptForm(report=report, officer=world.rina, at=world.at)
    assert form["message"].value().startswith("Thank you.")


def test_fields_of_different_decisions_have_different_ids(world):
    report = world.report()
    forms = [kind(report=report, officer=world.rina, at=world.at) for kind in DECISIONS]
    ids = [field.id_for_label or field.auto_id for form in forms for field in form]
    assert len(set(ids)) == len(ids)
