"""Screening: an officer decides, every element has its support, and consent excludes nobody."""

import inspect

from django.apps import apps

from simpul.intake import screening, triage
from simpul.intake.models import Finding, IndicatorNote, Report
from simpul.reference import catalogues


def test_nobody_is_asked_whether_the_victim_agreed(world):
    """UU 21/2007 Art. 26: the victim's agreement does not take away that it is trafficking."""
    fields = {field.name for model in (Report, Finding, IndicatorNote) for field in model._meta.get_fields()}
    asked = (
        fields | set(inspect.signature(screening.note).parameters) | set(inspect.signature(triage.accept).parameters)
    )
    asked |= {term.code for name in ("acts", "means", "purposes", "indicators") for term in catalogues.terms(name)}
    assert {"element", "support", "children"} <= asked
    assert not [name for name in asked if any(word in name for word in ("consent", "agreed", "willing", "voluntar"))]


def test_a_report_that_lacks_an_element_can_be_accepted_all_the_same(world, now):
    """The screening shows what is open; a person decides, also before everything is known."""
    report = world.report()
    standing = screening.standing(report, report.findings.all())
    assert not standing.is_complete
    assert triage.accept(report, by=world.rina, at=now)


def test_no_figure_decides(world):
    """There is no score of a person and no field that could hold one (UU 27/2022 Art. 10)."""
    names = [f.name for label in ("cases", "persons") for m in apps.get_app_config(label).get_models()
             for f in m._meta.get_fields()]  # fmt: skip
    assert "status" in names
    assert not [name for name in names if "score" in name or "probab" in name or "risk" in name]
