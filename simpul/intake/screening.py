"""Screening: act, means and purpose, each with what in the statement supports it; and a checklist of indicators.

A child needs no means (Palermo Protocol Art. 3(c); UU 21/2007 Art. 6), and consent never excludes (Art. 26): so no
field here asks whether the victim agreed. The screening shows what is there and what is open; a person decides.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.intake.access import hold
from simpul.intake.models import Finding, IndicatorNote
from simpul.intake.policy import check_may_decide
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.reference import catalogues

ELEMENTS = ("acts", "means", "purposes")


@dataclass(frozen=True)
class Standing:
    """How the screening of a report stands: per element whether something supports it, and whether it is needed."""

    supported: dict
    needs_means: bool

    @property
    def open_elements(self):
        """Elements that are needed and not supported yet."""
        return [e for e in ELEMENTS if not self.supported[e] and (e != "means" or self.needs_means)]

    @property
    def is_complete(self):
        return not self.open_elements


def standing(report, findings):
    """The standing of a screening from the findings noted."""
    noted = {finding.element for finding in findings}
    return Standing(supported={e: e in noted for e in ELEMENTS}, needs_means=report.children != "yes")


@transaction.atomic
def note(report, *, element, term, support, by, at):
    """Note that an element shows in the report, and where; noting it again replaces the support."""
    check_may_decide(report, by=by)
    if element not in ELEMENTS or not catalogues.is_code(element, term):
        raise NotAllowed(_("Choose an element from the list."))
    if not cleaned(support):
        raise NotAllowed(_("Write which words of the statement support this."))
    hold(report)
    finding = Finding.objects.filter(report=report, element=element, term=term).first()
    finding = finding or Finding(report=report, element=element, term=term)
    finding.report = report
    finding.support, finding.noted_at, finding.noted_by = cleaned(support), at, by
    finding.save()
    enter(Act.FINDING_NOTED, on=finding, file=report, by=by, at=at, element=element, term=term)
    return finding


@transaction.atomic
def strike(finding, *, by, at):
    """Take a finding back; the journal keeps that it stood there."""
    check_may_decide(finding.report, by=by)
    facts = {"element": finding.element, "term": finding.term, "struck": True}
    enter(Act.FINDING_NOTED, on=finding, file=finding.report, by=by, at=at, **facts)
    finding.delete()


@transaction.atomic
def answer(report, *, indicator, answer, by, at, note=""):
    """Answer one indicator of the checklist."""
    check_may_decide(report, by=by)
    if not catalogues.is_code("indicators", indicator) or answer not in IndicatorNote.Answer:
        raise NotAllowed(_("Choose an indicator from the list."))
    hold(report)
    noted = IndicatorNote.objects.filter(report=report, indicator=indicator).first()
    noted = noted or IndicatorNote(report=report, indicator=indicator)
    noted.report = report
    noted.answer, noted.note, noted.noted_at, noted.noted_by = answer, cleaned(note), at, by
    noted.save()
    enter(Act.INDICATOR_NOTED, on=noted, file=report, by=by, at=at, indicator=indicator, answer=answer)
    return noted
