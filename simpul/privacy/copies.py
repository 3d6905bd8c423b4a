"""What is kept of me: the copy that UU 27/2022 Art. 32 owes, of returns, screenings, visits and the register, and what
was decided on whether two records are of this person.

It is for the person: everything that was told or written of this one, in words, and nothing of anybody else. Who made
an entry is in the list of readings. Of another record that was compared with this one only the decision is told, and
nothing where whoever prints the copy must not know of that record. The copy is looked through before it is handed over,
as that list is.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.cases.policy import check_may_work_on
from simpul.linkage.models import Decision, Inquiry
from simpul.linkage.policy import hears_of_others
from simpul.linkage.records import open_to, unhidden
from simpul.migrants.access import IDENTITY
from simpul.migrants.models import Meeting, Returnee, Screening, Worker
from simpul.persons.identities import read
from simpul.persons.models import Person
from simpul.places import legs
from simpul.places.regions import path_names
from simpul.places.ways import lines
from simpul.privacy.policy import check_may_restrict
from simpul.privacy.readings import check_may_be_told
from simpul.reference import catalogues

# Words of a code, by the field that holds it.
CATALOGUES = {
    "reason": "return_reasons", "sector": "work_sectors", "document": "travel_documents", "onward": "onward_ways",
    "handed_to": "handover_parties", "outcome": "meeting_outcomes", "country": "countries", "depot": "depots",
}  # fmt: skip
OF_A_RETURN = (
    "arrived_on", "home", "sex", "age", "reason", "sector", "document", "onward", "stay_months", "village_may_know",
    "handed_over_on", "handed_to", "witness", "refused_on", "remarks", "written",
)  # fmt: skip
OF_A_SCREENING = ("asked_at", "by_telephone", "answers", "finding", "note")
OF_A_VISIT = ("on", "outcome", "moved_to", "note")
OF_AN_ENTRY = (
    "noted_at", "home", "status", "procedural", "sector", "country", "departed_on", "contract_from", "contract_until",
    "returned_on", "employer", "employer_address", "company", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One record of a copy: what it is, and pairs of what is kept and its words."""

    title: str
    facts: tuple[tuple[str, str], ...]


@transaction.atomic
def copy_for(request, *, by, at):
    """What is kept of whoever asked for access in a case, as somebody sent home and in the register."""
    check_may_work_on(request.case, by=by)
    check_may_be_told(request)
    return _copy(request.person, file=request.case, by=by, at=at)


@transaction.atomic
def copy_of(thing, *, by, at):
    """The same for somebody in no case, asked on the page of a return or of an entry of the register."""
    check_may_restrict(thing, by=by)
    return _copy(thing.person, file=thing, by=by, at=at)


def _copy(person, *, file, by, at):
    told = read(person, fields=list(IDENTITY), by=by, at=at, file=file, because="access")
    known = tuple((catalogues.name_of("shared_fields", name), _words(value)) for name, value in told.items() if value)
    mine = {"returnee__person": person}
    returns = Returnee.objects.filter(person=person).select_related("person__data_key").order_by("arrived_on", "pk")
    asked = Screening.objects.filter(**mine).select_related("returnee__person__data_key").order_by("asked_at", "pk")
    met = Meeting.objects.filter(**mine).select_related("returnee__person__data_key").order_by("on", "pk")
    work = Worker.objects.filter(person=person).select_related("person__data_key").order_by("noted_at", "pk")
    return [
        Part(_("Who I am"), known),
        *(Part(_("Sent home"), _facts(one, OF_A_RETURN)) for one in returns),
        *(Part(_("The way I told"), way) for one in returns if (way := _way(one))),
        *(Part(_("Asked on arrival"), _facts(one, OF_A_SCREENING)) for one in asked),
        *(Part(_("Visit at home"), _facts(one, OF_A_VISIT)) for one in met),
        *(Part(_("In the register of migrant workers"), _facts(one, OF_AN_ENTRY)) for one in work),
        *_compared(person, by=by, at=at),
        *_asked(person, by=by),
    ]


def _way(returnee):
    """The steps of the way that was told, each in words."""
    told = enumerate(lines(legs.of(returnee)), 1)
    return tuple(
        (_("Step %(number)d") % {"number": number}, ", ".join(filter(None, (
            f"{line.origin} – {line.destination}", line.over, line.by, line.when, line.confidence))))
        for number, line in told
    )  # fmt: skip


def _compared(person, *, by, at):
    """What officers decided on this record and another, the oldest first: never whose, and never with the reason, which
    may speak of somebody else. Of a record that is not open, who prints is told only where the own agency asked.
    """
    decisions = list(Decision.objects.of(person).select_related("inquiry").order_by("decided_at", "pk"))
    others = {one.right_id if one.left_id == person.pk else one.left_id for one in decisions}
    known = set(open_to(by, at=at).filter(pk__in=others).values_list("pk", flat=True))
    unhidden_ones = unhidden(others, by) if hears_of_others(by) else set()
    for one in decisions:
        other = one.right_id if one.left_id == person.pk else one.left_id
        is_asked = one.inquiry is not None and by.agency_id in (one.inquiry.sender_id, one.inquiry.receiver_id)
        if other in known or (is_asked and other in unhidden_ones):
            told = [(_("Compared with"), _("another record")), (_("Decided"), _words(one.decided_at)),
                    (_("Verdict"), str(one.get_verdict_display()))]  # fmt: skip
            told += [(_("Taken back"), _words(one.retracted_at))] if one.retracted_at else []
            yield Part(_("Whether two records are mine"), tuple(told))


def _asked(person, *, by):
    """Questions of the own agency about this person: whom it asked, and what was shown for it."""
    rows = Inquiry.objects.filter(own=person, sender=by.agency).select_related("receiver").order_by("sent_at", "pk")
    shown = unhidden(rows.values_list("other", flat=True), by)
    for one in rows:
        if one.other_id in shown:
            fields = ", ".join(str(Person._meta.get_field(name).verbose_name) for name in one.fields)
            told = ((_("Asked"), one.receiver.name), (_("On"), _words(one.sent_at)), (_("What was shown"), fields),
                    (_("Answer"), str(one.get_verdict_display()) if one.verdict else ""))  # fmt: skip
            yield Part(_("An agency was asked whether it knows me"), tuple(fact for fact in told if fact[1]))


def _facts(row, names):
    """The fields that say something, under the names they bear on pages."""
    told = ((row._meta.get_field(name).verbose_name, _value(row, name)) for name in names)
    return tuple((str(name), value) for name, value in told if value)


def _value(row, name):
    if name in {"home", "moved_to"}:
        code = getattr(row, f"{name}_id")
        return path_names([code]).get(code, "") if code else ""
    if name == "answers":
        return _answers(row.answers)
    if name in CATALOGUES:
        return catalogues.name_of(CATALOGUES[name], getattr(row, name)) if getattr(row, name) else ""
    if row._meta.get_field(name).choices:
        return str(getattr(row, f"get_{name}_display")()) if getattr(row, name) else ""
    value = getattr(row, name)
    return _words(value.opened_or_erased() if hasattr(value, "opened_or_erased") else value)


def _answers(answers):
    """The questions that were asked, each with its answer."""
    words = {"yes": _("yes"), "no": _("no"), "unclear": _("unclear")}
    asked = [code for code, answer in answers.items() if answer in words]
    terms = [catalogues.term("screening_questions", code) for code in asked]
    return "\n".join(f"{term.words('question')} – {words[answers[term.code]]}" for term in terms)


def _words(value):
    if value is None or value == "" or value == {}:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "\n".join(f"{name}: {text}" for name, text in value.items() if text)
    if hasattr(value, "hour"):
        return date_format(localtime(value), "j F Y H:i")
    return date_format(value, "j F Y") if hasattr(value, "year") else str(value)
