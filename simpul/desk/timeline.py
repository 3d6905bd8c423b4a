"""What happened in a case, told from the journal in the words of an officer; no name of anybody in the file.

Readings have a list of their own. Left out is what only repeats another entry and what a clock does by itself; and who
is kept out, what somebody complains of and what leaked, which have pages and readers of their own. An act without a
sentence here is told by its name in the journal.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.agencies.models import Agency, Officer
from simpul.cases.models import Case, Entitlement, Involvement, Referral, Service
from simpul.journal.acts import READINGS, Act
from simpul.journal.queries import entries_of
from simpul.obligations.models import Obligation
from simpul.persons.models import Person
from simpul.reference.catalogues import name_of

QUIET = READINGS | {Act.PERSON_RECORDED, Act.OBLIGATION_OPENED, Act.OBLIGATION_ESCALATED}
# By the first word of the act.
NOT_FOR_ALL = ("exclusion.", "complaint.", "breach")


@dataclass(frozen=True)
class Line:
    """One line of the story: when, what, by whom; `mark` is the class of its colour."""

    at: datetime
    words: str
    mark: str
    who: Officer | None
    where: Agency | None


@dataclass
class Seen:
    """What the entries speak of, fetched once for all of them."""

    officers: dict
    agencies: dict
    duties: dict = field(default_factory=dict)
    services: dict = field(default_factory=dict)
    referrals: dict = field(default_factory=dict)

    def officer(self, pk):
        return self.officers[pk].full_name if pk in self.officers else _("An officer")

    def agency(self, pk):
        return self.agencies[pk].name if pk in self.agencies else _("another agency")

    def duty(self, entry):
        code = entry.facts.get("rule") or self.duties.get(_key(entry), "")
        return name_of("obligations", code) if code else _("an obligation")

    def service(self, entry):
        code = entry.facts.get("kind") or self.services.get(_key(entry), "")
        return name_of("services", code) if code else _("a service")

    def referral(self, entry):
        kind, receiver = self.referrals.get(_key(entry), ("", None))
        service = name_of("services", kind) if kind else _("a service")
        return {"service": service, "agency": self.agency(receiver)}


def story_of(case):
    """The entries of a case that tell its story, newest first."""
    return entries_of(case).exclude(act__in=[act for act in Act if act in QUIET or act.startswith(NOT_FOR_ALL)])


def told(entries):
    """Entries as lines, in the same few queries however many there are."""
    entries = list(entries)
    seen = _seen(entries)
    return [
        Line(
            entry.at,
            SENTENCES.get(entry.act, _by_its_name)(entry, seen),
            _mark(entry),
            seen.officers.get(entry.officer_id),
            seen.agencies.get(entry.agency_id),
        )
        for entry in entries
    ]


def _seen(entries):
    assigned = {entry.facts.get("officer") for entry in entries if entry.act == Act.CASE_ASSIGNED}
    officers = {entry.officer_id for entry in entries} | assigned
    referrals = _rows(Referral, entries, "service__kind", "receiver_id")
    agencies = {entry.agency_id for entry in entries} | {receiver for _kind, receiver in referrals.values()}
    agencies |= {entry.facts.get("to") for entry in entries if entry.act == Act.CASE_HANDED_OVER}
    return Seen(
        officers=Officer.objects.in_bulk(officers - {None}),
        agencies=Agency.objects.in_bulk(agencies - {None}),
        duties={pk: rule for pk, (rule,) in _rows(Obligation, entries, "rule").items()},
        services={pk: kind for pk, (kind,) in _rows(Service, entries, "kind").items()},
        referrals=referrals,
    )


def _rows(model, entries, *names):
    """The named columns of the rows of one model that the entries are about, by their keys."""
    kind = f"{model._meta.label_lower}:"
    keys = {_key(entry) for entry in entries if entry.subject.startswith(kind)}
    return {pk: values for pk, *values in model.objects.filter(pk__in=keys).values_list("pk", *names)} if keys else {}


def _key(entry):
    key = entry.subject.rpartition(":")[2]
    return int(key) if key.isdecimal() else None


def _mark(entry):
    if entry.act == Act.OBLIGATION_MISSED:
        return "late"
    if entry.act == Act.OBLIGATION_MET:
        return "good" if entry.facts.get("in_time") else "warn"
    return "warn" if entry.act == Act.GLASS_BROKEN else ""


def _by_its_name(entry, _seen):
    return entry.get_act_display()


def _opened(_entry, _seen):
    return _("The case was opened.")


def _moved(entry, _seen):
    return _("The case went from “%(before)s” to “%(to)s”.") % {
        name: dict(Case.Stage.choices).get(entry.facts.get(name), "–") for name in ("before", "to")
    }


def _summarised(entry, _seen):
    return _("The facts of the case were changed.") if "facts" in entry.facts else _("The summary was written.")


def _assigned(entry, seen):
    name = {"name": seen.officer(entry.facts.get("officer"))}
    if entry.facts.get("ended"):
        return _("%(name)s does not work on the case any more.") % name
    return _("%(name)s was assigned to the case.") % name


def _glass_broken(_entry, _seen):
    return _("Emergency access was taken.")


def _corrected(entry, _seen):
    names = [str(Person._meta.get_field(name).verbose_name) for name in entry.facts.get("fields", ())]
    return _("What is known of a person was corrected: %(fields)s.") % {"fields": ", ".join(names)}


def _noted(entry, _seen):
    if entry.facts.get("taken_back"):
        return _("The note that somebody is a suspect was taken back.")
    if entry.facts.get("not_punished"):
        return _("It was noted that a victim was forced and is not punished (Art. 18).")
    if "part" not in entry.facts:
        return _("Noted of a victim: %(what)s.") % {"what": ", ".join(_noted_of_victim(entry.facts))}
    part = dict(Involvement.Part.choices).get(entry.facts.get("part"), "–")
    return _("Recorded in the case: %(part)s.") % {"part": part}


def _noted_of_victim(facts):
    words = {
        "is_threatened": (_("threatened"), _("not threatened any more")),
        "is_abroad": (_("still abroad"), _("not abroad any more")),
    }
    return [yes if facts[name] else no for name, (yes, no) in words.items() if name in facts]


def _status_set(entry, _seen):
    return _("The victim status was decided: %(status)s.") % {
        "status": name_of("victim_statuses", entry.facts.get("status", ""))
    }


def _service_requested(entry, seen):
    service = {"service": seen.service(entry)}
    if entry.facts.get("urgent"):
        return _("A service was requested that is needed at once: %(service)s.") % service
    return _("A service was requested: %(service)s.") % service


def _service_moved(entry, seen):
    state = dict(Service.State.choices).get(entry.facts.get("to"), "–")
    return _("%(service)s is now: %(state)s.") % {"service": seen.service(entry), "state": state}


def _referral_sent(entry, seen):
    return _("The referral of %(service)s was sent to %(agency)s.") % seen.referral(entry)


def _referral_accepted(entry, seen):
    return _("%(agency)s accepted the referral of %(service)s.") % seen.referral(entry)


def _referral_declined(entry, seen):
    reason = {"reason": name_of("decline_reasons", entry.facts.get("reason", ""))}
    return _("%(agency)s declined the referral of %(service)s: %(reason)s.") % (seen.referral(entry) | reason)


def _referral_withdrawn(entry, seen):
    if entry.facts.get("consent_ended"):
        words = _("The consent was withdrawn, and with it the referral of %(service)s to %(agency)s.")
        return words % seen.referral(entry)
    return _("The referral of %(service)s to %(agency)s was taken back.") % seen.referral(entry)


def _police_report(_entry, _seen):
    return _("The report to the police was noted.")


def _consent_given(entry, _seen):
    return _("A consent was recorded: %(purpose)s.") % {
        "purpose": name_of("consent_purposes", entry.facts.get("purpose", ""))
    }


def _consent_withdrawn(entry, _seen):
    return _("A consent was withdrawn: %(purpose)s.") % {
        "purpose": name_of("consent_purposes", entry.facts.get("purpose", ""))
    }


def _met(entry, seen):
    duty = {"duty": seen.duty(entry)}
    return _("Met in time: %(duty)s.") % duty if entry.facts.get("in_time") else _("Met late: %(duty)s.") % duty


def _missed(entry, seen):
    return _("The limit was missed: %(duty)s.") % {"duty": seen.duty(entry)}


def _paused(entry, seen):
    reason = name_of("pause_reasons", entry.facts.get("reason", ""))
    return _("The clock was paused: %(duty)s. %(reason)s.") % {"duty": seen.duty(entry), "reason": reason}


def _resumed(entry, seen):
    return _("The clock runs on: %(duty)s.") % {"duty": seen.duty(entry)}


def _waived(entry, seen):
    reason = name_of("waive_reasons", entry.facts.get("reason", ""))
    return _("Not owed any more: %(duty)s. %(reason)s.") % {"duty": seen.duty(entry), "reason": reason}


def _handed_over(entry, seen):
    return _("The case was handed over to %(agency)s.") % {"agency": seen.agency(entry.facts.get("to"))}


def _access_changed(entry, _seen):
    if entry.facts.get("closed"):
        return _("The file was closed to all but those who work on it.")
    return _("The file was opened to the whole agency again.")


def _recurred(entry, _seen):
    if "later" in entry.facts:
        return _("It happened again: case %(number)s was opened.") % {"number": entry.facts["later"]}
    return _("It happened before: see case %(number)s.") % {"number": entry.facts.get("earlier", "–")}


def _right_moved(entry, _seen):
    state = dict(Entitlement.State.choices).get(entry.facts.get("to"), "–")
    return _("%(right)s: %(state)s.") % {"right": name_of("rights", entry.facts.get("right", "")), "state": state}


def _age_decided(entry, _seen):
    childhood = dict(Involvement.Childhood.choices).get(entry.facts.get("childhood"), "–")
    return _("The age on the date of the act was decided: %(childhood)s.") % {"childhood": childhood}


def _stayed(entry, _seen):
    shelter = {"shelter": entry.facts.get("shelter", "–")}
    if entry.facts.get("left"):
        return _("The victim left the shelter %(shelter)s.") % shelter
    return _("The victim came to the shelter %(shelter)s.") % shelter


def _returned(entry, _seen):
    words = {
        "wish": _("The wish to go home was recorded."),
        "safety": _("The return was found safe.")
        if entry.facts.get("safe")
        else _("The return was found not safe yet."),
        "told": _("The home region was told of the return."),
        "departed": _("The victim departed for home."),
        "handed_over": _("The victim was handed over at home."),
    }
    return words.get(entry.facts.get("what"), entry.get_act_display())


def _visited(entry, _seen):
    result = {"result": name_of("visit_results", entry.facts.get("result", ""))}
    return _("The victim was visited after the return: %(result)s.") % result


def _returnee_noted(_entry, _seen):
    return _("Entered by hand: somebody who was sent home.")


def _returnee_corrected(_entry, _seen):
    return _("What is known of the return was corrected.")


def _screened(entry, _seen):
    if entry.facts.get("finding") == "indications":
        return _("Asked after the return: indications of trafficking.")
    return _("Asked after the return: no indication of trafficking.")


def _handed_to(entry, _seen):
    return _("Handed over to: %(party)s.") % {"party": name_of("handover_parties", entry.facts.get("to", ""))}


def _refused(entry, _seen):
    if entry.facts.get("signed_by") == "family":
        return _("Rehabilitation was refused; the family signed.")
    return _("Rehabilitation was refused; the person signed.")


def _met_at_home(entry, _seen):
    outcome = name_of("meeting_outcomes", entry.facts.get("outcome", ""))
    return _("Visit to somebody who came home: %(outcome)s.") % {"outcome": outcome}


def _village_asked(entry, _seen):
    words = {
        "yes": _("The person agrees that the village is told."),
        "no": _("The person does not want the village to be told."),
    }
    return words.get(entry.facts.get("answer"), _("Whether the village may be told is not known any more."))


def _step_of(catalogue, noted, struck):
    """A step with its day, noted or taken back; `noted` and `struck` are the sentences."""

    def words(entry, _seen):
        step = {"step": name_of(catalogue, entry.facts.get("kind", ""))}
        return (struck if entry.facts.get("struck") else noted) % step

    return words


# What an entry tells, by its act.
SENTENCES = {
    Act.CASE_OPENED: _opened,
    Act.CASE_MOVED: _moved,
    Act.CASE_SUMMARISED: _summarised,
    Act.CASE_ASSIGNED: _assigned,
    Act.GLASS_BROKEN: _glass_broken,
    Act.PERSON_CORRECTED: _corrected,
    Act.INVOLVEMENT_NOTED: _noted,
    Act.INVOLVEMENT_STATUS_SET: _status_set,
    Act.SERVICE_REQUESTED: _service_requested,
    Act.SERVICE_MOVED: _service_moved,
    Act.REFERRAL_SENT: _referral_sent,
    Act.REFERRAL_ACCEPTED: _referral_accepted,
    Act.REFERRAL_DECLINED: _referral_declined,
    Act.REFERRAL_WITHDRAWN: _referral_withdrawn,
    Act.POLICE_REPORT_NOTED: _police_report,
    Act.CASE_HANDED_OVER: _handed_over,
    Act.CASE_ACCESS_CHANGED: _access_changed,
    Act.CASE_RECURRED: _recurred,
    Act.RIGHT_MOVED: _right_moved,
    Act.AGE_DECIDED: _age_decided,
    Act.STAY_NOTED: _stayed,
    Act.RETURN_NOTED: _returned,
    Act.VISIT_NOTED: _visited,
    Act.SERVICE_STEP_NOTED: _step_of(
        "service_steps",
        gettext_lazy("Step of a service: %(step)s."),
        gettext_lazy("Step of a service taken back: %(step)s."),
    ),
    Act.PROCEEDING_STEP_NOTED: _step_of(
        "proceeding_steps",
        gettext_lazy("Proceeding: %(step)s."),
        gettext_lazy("Step of the proceeding taken back: %(step)s."),
    ),
    Act.RESTITUTION_STEP_NOTED: _step_of(
        "restitution_steps",
        gettext_lazy("Restitution: %(step)s."),
        gettext_lazy("Step of the restitution taken back: %(step)s."),
    ),
    Act.RETURNEE_NOTED: _returnee_noted,
    Act.RETURNEE_CORRECTED: _returnee_corrected,
    Act.RETURNEE_SCREENED: _screened,
    Act.RETURNEE_HANDED_OVER: _handed_to,
    Act.RETURNEE_REFUSED: _refused,
    Act.RETURNEE_MET: _met_at_home,
    Act.VILLAGE_ASKED: _village_asked,
    Act.CONSENT_GIVEN: _consent_given,
    Act.CONSENT_WITHDRAWN: _consent_withdrawn,
    Act.OBLIGATION_MET: _met,
    Act.OBLIGATION_MISSED: _missed,
    Act.OBLIGATION_PAUSED: _paused,
    Act.OBLIGATION_RESUMED: _resumed,
    Act.OBLIGATION_WAIVED: _waived,
}
