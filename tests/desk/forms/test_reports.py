"""What is typed on the page of a report."""

import pytest

from simpul.desk.forms.reports import ExclusionForm, FindingForm, IndicatorsForm, ReportFilter
from simpul.intake import screening


def test_a_place_is_understood_as_people_write_it(rina):
    def place_of(words):
        filled = ReportFilter({"tempat": words}, officer=rina)
        return filled.cleaned_data["tempat"] if filled.is_valid() else filled.errors["tempat"]

    assert place_of("kec. jagoi babang").code == "61.07.07"
    assert place_of("61.07").name.endswith("Bengkayang")
    assert place_of("  ") is None
    assert "Jagoi Babang" in str(place_of("qqqqzzzz"))


def test_an_unknown_status_is_no_filter(rina):
    assert not ReportFilter({"status": "verlorengegangen"}, officer=rina).is_valid()
    assert ReportFilter({}, officer=rina).is_valid()


def test_a_finding_becomes_element_and_term(world):
    form = FindingForm({"finding": "purposes:forced_labour", "support": "tidak digaji"})
    assert form.is_valid()
    assert form.cleaned_data == {"element": "purposes", "term": "forced_labour", "support": "tidak digaji"}
    assert not FindingForm({"finding": "purposes:bersenang-senang", "support": "x"}).is_valid()


def test_the_checklist_says_what_is_new(world):
    report = world.report()
    noted = [screening.answer(report, indicator="deception", answer="present", note="upah", by=world.rina, at=world.at)]
    same = {"answer_deception": "present", "note_deception": "upah"}
    form = IndicatorsForm(same | {"answer_violence": "unclear"}, noted=noted)
    assert form.is_valid()
    assert list(form.changed()) == [("violence", "unclear", "")]


def test_the_checklist_stands_in_groups_and_tells_how_far_it_is(world):
    report = world.report()
    noted = [screening.answer(report, indicator="deception", answer="present", by=world.rina, at=world.at)]
    groups = list(IndicatorsForm(noted=noted).groups())
    assert sum(len(lines) for _name, _answered, _opened, lines in groups) == len(IndicatorsForm(noted=[]).terms)
    assert groups[0][1] == 1


@pytest.mark.parametrize("who", ["officer", "agency", "agency_kind"])
def test_somebody_is_kept_out_by_name_by_agency_or_by_kind(world, who):
    expected = {"officer": world.budi, "agency": world.police, "agency_kind": "police"}[who]
    form = ExclusionForm({"who": f"{who}:{getattr(expected, 'pk', expected)}"}, officer=world.yanti)
    assert form.is_valid()
    assert form.cleaned_data == {who: expected}


def test_nobody_is_offered_oneself(world):
    assert not ExclusionForm({"who": f"officer:{world.yanti.pk}"}, officer=world.yanti).is_valid()
    assert not ExclusionForm({"who": f"agency:{world.uptd.pk}"}, officer=world.yanti).is_valid()
