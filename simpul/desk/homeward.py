"""The way home of one person in steps: the home region told, questions asked, handed over, met at home.

Each step says how it stands, which clock runs, and where it is done by whom the law asks it of.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.migrants.handovers import HAND_OVER, TELL_HOME
from simpul.migrants.manifests import notice_region
from simpul.migrants.meetings import VISIT
from simpul.migrants.models import Notice
from simpul.migrants.policy import check_may_keep_manifest
from simpul.obligations.models import Obligation
from simpul.reference.catalogues import name_of


@dataclass(frozen=True)
class Step:
    """One step: its words, when it was done and what shows it, the clock, and the button where one may do it."""

    words: str
    day: date | None = None
    evidence: str = ""
    clock: Obligation | None = None
    where: str = ""
    button: str = ""

    @property
    def is_done(self):
        return self.day is not None


def steps_of(person, officer, *, may):
    """The steps of a person who came home, for an officer who `may` screen, hand over or visit."""
    region = notice_region(person.home_id)
    notice = Notice.objects.filter(manifest=person.manifest, region=region).select_related("region").first()
    clocks = _clocks_of(person, notice)
    steps = [_told(person, notice, clocks, officer)]
    if may["screen"]:
        steps.append(_screened(person))
    steps.append(_handed_over(person, clocks, may))
    if person.refused_on or may["hand_over"]:
        steps.append(_refused(person, may))
    return [*steps, _met(person, clocks, may)]


def _told(person, notice, clocks, officer):
    if notice is None:
        return Step(_("Home region told"), evidence=_("Nothing is owed: the home is not known, or the list is old."))
    asked = Step(_("Home region told"), evidence=str(notice.region), clock=clocks.get(TELL_HOME))
    if notice.told_at is not None:
        return Step(asked.words, localdate(notice.told_at), asked.evidence, asked.clock)
    if not allows(check_may_keep_manifest, person.manifest, by=officer):
        return asked
    where = reverse("desk:notice", args=[notice.pk])
    return Step(asked.words, evidence=asked.evidence, clock=asked.clock, where=where, button=_("Tell the home region"))


def _screened(person):
    where = _at("desk:returnee_screening", person)
    last = person.screenings.order_by("-asked_at", "-pk").first()
    if last is None:
        return Step(_("Screening"), where=where, button=_("Ask now"))
    return Step(_("Screening"), localdate(last.asked_at), last.get_finding_display(), where=where,
                button=_("Ask once more"))  # fmt: skip


def _handed_over(person, clocks, may):
    words, clock = _("Handed over to the family"), clocks.get(HAND_OVER)
    if person.handed_over_on is not None:
        return Step(words, person.handed_over_on, name_of("handover_parties", person.handed_to), clock)
    evidence = "" if clock else _("Not owed: who goes home alone is handed over to nobody.")
    if not may["hand_over"]:
        return Step(words, evidence=evidence, clock=clock)
    return Step(words, evidence=evidence, clock=clock, where=_at("desk:returnee_hand_over", person),
                button=_("Note the handover"))  # fmt: skip


def _refused(person, may):
    words = _("Rehabilitation refused")
    if person.refused_on is not None:
        signed = {"self": _("signed by the person"), "family": _("signed by the family")}
        return Step(words, person.refused_on, signed.get(person.refused_by, ""))
    return Step(words, evidence=_("Only where the person does not want to stay; a statement is signed."),
                where=_at("desk:returnee_refuse", person), button=_("Note the refusal"))  # fmt: skip


def _met(person, clocks, may):
    words, clock = _("Met at home"), clocks.get(VISIT)
    where = _at("desk:returnee_visit", person) if may["visit"] else ""
    if person.met_on is not None:
        outcome = name_of("meeting_outcomes", person.outcome)
        return Step(words, person.met_on, outcome, clock, where, _("Note another visit"))
    evidence = "" if clock else _("Nobody is asked to visit: the home is not known well enough, lies elsewhere, or the"
                                  " list is old.")  # fmt: skip
    return Step(words, evidence=evidence, clock=clock, where=where, button=_("Note a visit"))


def _clocks_of(person, notice):
    """The latest obligation of each rule on the person, and on the notice of the home region."""
    subjects = [label(person)] + ([label(notice)] if notice else [])
    found = Obligation.objects.filter(subject__in=subjects).select_related("owed_by").order_by("pk")
    return {clock.rule: clock for clock in found}


def _at(name, person):
    return reverse(name, args=[person.manifest.number, person.row])
