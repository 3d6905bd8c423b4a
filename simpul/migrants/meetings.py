"""Visits to people who came home: who owes them, what they find, and what follows.

The village visits, or its district; where neither has an officer, or the village must not know, an office of the
regency does.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import let_in, of
from simpul.agencies.models import VILLAGE_KINDS, Agency, Officer
from simpul.agencies.roles import RIGHTS, Right
from simpul.cases.steps import moment_of
from simpul.intake import receipts, reports
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.migrants import registry
from simpul.migrants.models import Meeting, Returnee
from simpul.migrants.policy import check_may_see, check_may_visit
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from simpul.places.regions import ancestors, is_within, level_of
from simpul.reference import catalogues

VISIT = "visit_returnee"
# A list of the past is counted; nobody is asked to visit people who came home so long ago.
LONG_AGO = timedelta(days=90)
OFFICES = ("manpower", "social", "uptd_ppa")
VISITING = [role for role, rights in RIGHTS.items() if Right.MEET_RETURNEES in rights]
KNOWN_WELL_ENOUGH = (Place.Level.DISTRICT, Place.Level.VILLAGE)


def is_long_ago(arrived_on, *, at):
    """Whether somebody came home so long ago that no clock begins any more."""
    return arrived_on < localdate(at) - LONG_AGO


def owe(returnees, *, by, at):
    """The visit is owed by whoever is nearest to the home; of a home that is not known nobody can be asked.

    For people who are new on record, of whom nobody was kept out yet.
    """
    offices = _visiting_offices()
    for returnee in returnees:
        debtor = _nearest(returnee, offices)
        if debtor is None:
            continue
        book.begin(
            VISIT, on=returnee, file=returnee, number=returnee.number, owed_by=debtor,
            watched_by=returnee.manifest.agency, place=returnee.home_id, since=moment_of(returnee.arrived_on, at),
            by=by, at=at,
        )  # fmt: skip


def owe_anew(returnee, *, by, at):
    """Another home is known: another office visits, and the time begins again."""
    book.waive_one(VISIT, on=returnee, reason="no_longer_applies", by=by, at=at)
    debtor = visitor_of(returnee)
    if debtor is not None and not is_long_ago(returnee.arrived_on, at=at):
        book.begin(
            VISIT, on=returnee, file=returnee, number=returnee.number, owed_by=debtor,
            watched_by=returnee.manifest.agency, place=returnee.home_id, by=by, at=at,
        )  # fmt: skip


def reassign(returnee, *, by, at):
    """Whoever is to visit now owes the visit that stands, as after a restriction; the clock runs on."""
    debtor = visitor_of(returnee)
    owed = Obligation.objects.standing().about(label(returnee)).filter(rule=VISIT).exclude(owed_by=debtor)
    for obligation in owed.order_by("pk") if debtor else ():
        book.hand_over(obligation, to=debtor, by=by, at=at)


def visitor_of(returnee):
    """The agency that visits: village, district, then offices of the regency; None outside the own region.

    Who restricted the use of the data is visited by the agency that took in the manifest: no other is told.
    """
    kept_out = [exclusion.officer_id for exclusion in of(returnee) if exclusion.officer_id]
    return _nearest(returnee, _visiting_offices(returnee.home_id, without=kept_out), keep_out=True)


def _nearest(returnee, offices, *, keep_out=False):
    home = returnee.home_id
    if not home or level_of(home) not in KNOWN_WELL_ENOUGH or not is_within(home, settings.REGION):
        return None
    if returnee.person.restricted_at is not None:
        return returnee.manifest.agency
    kinds = OFFICES if returnee.village_may_know == Returnee.Answer.NO else (*VILLAGE_KINDS, *OFFICES)
    serving = [each for code in (home, *ancestors(home)) for each in offices.get(code, ()) if each.kind in kinds]
    nearest = sorted(serving, key=lambda agency: (kinds.index(agency.kind), -len(agency.place_id), agency.pk))
    return next(iter(let_in(returnee, nearest) if keep_out else nearest), returnee.manifest.agency)


def _visiting_offices(home="", *, without=()):
    """{place: agencies} that have an officer who visits; of one home those that serve it, else all, in one query.

    An office where every such officer is among those `without` whom it must do has none.
    """
    able = Officer.objects.filter(is_active=True, role__in=VISITING).exclude(pk__in=without).values("agency")
    found = Agency.objects.working().filter(kind__in=(*VILLAGE_KINDS, *OFFICES), pk__in=able)
    offices = {}
    for agency in found.serving(home) if home else found:
        offices.setdefault(agency.place_id, []).append(agency)
    return offices


@transaction.atomic
def note(returnee, *, on, outcome, by, at, note="", moved_to=None):
    """Note a visit, or an attempt. Who needs help or is in danger is reported, with the clocks of a report."""
    check_may_visit(returnee, by=by)
    hold(returnee)
    term = _outcome(outcome)
    if on > localdate(at):
        raise NotAllowed(_("This day lies in the future. Write when the visit was made."))
    if on < returnee.arrived_on:
        raise NotAllowed(_("This day lies before the arrival on %(day)s. Check both days.")
                         % {"day": f"{returnee.arrived_on:%d-%m-%Y}"})  # fmt: skip
    if term["then"] == "help" and not cleaned(note):
        raise NotAllowed(_("Write what help is needed, so that whoever reads the report knows."))
    meeting = Meeting(returnee=returnee, on=on, outcome=outcome, moved_to=moved_to, noted_at=at, noted_by=by)
    meeting.note = cleaned(note)
    if term["then"] == "help":
        meeting.report = report(returnee, statement=note, danger=outcome == "in_danger", by=by, at=at)
    meeting.save(force_insert=True)
    enter(Act.RETURNEE_MET, on=meeting, file=returnee, by=by, at=at, outcome=outcome)
    FOLLOWS.get(term["then"], _nothing)(returnee, meeting, term, by=by, at=at)
    return meeting


def report(returnee, *, statement, danger, by, at):
    """A report to intake about somebody sent home, taken down by an officer; its clocks begin with it.

    Whoever is kept out of the return is kept out of the report from its first moment.
    """
    told = reports.Told(
        statement=_("%(words)s\n\nPerson sent home, no. %(number)s.") % {
            "words": cleaned(statement), "number": returnee.number},
        danger="yes_now" if danger else "no",
        place=returnee.home_id or "",
        people="one",
        children="yes" if returnee.is_child else "",
        relation="official",
        contact_name=by.full_name,
        contact=by.agency.telephone,
    )  # fmt: skip
    made, _receipt = reports.receive(told, token=receipts.new_token(), at=at, channel=Report.Channel.OFFICER, by=by)
    for kept in of(returnee).select_related("officer", "agency").order_by("pk"):
        reports.keep_out(made, by=None, at=at, officer=kept.officer, agency=kept.agency, agency_kind=kept.agency_kind)
    return made


@transaction.atomic
def ask_village(returnee, *, may_know, by, at):
    """Whether the person agrees that the village is told. After a no the village finds nothing, and others visit."""
    check_may_see(returnee, by=by)
    hold(returnee)
    if may_know not in Returnee.Answer.values:
        raise NotAllowed(_("Choose one of the answers."))
    if may_know == returnee.village_may_know:
        return
    returnee.village_may_know = may_know
    returnee.save(update_fields=["village_may_know"])
    enter(Act.VILLAGE_ASKED, on=returnee, by=by, at=at, answer=may_know)
    if returnee.met_on is None:
        owe_anew(returnee, by=by, at=at)


def hold(returnee):
    """Read anew and locked: two offices may note a visit on the same day."""
    names = ("met_on", "outcome", "home", "village_may_know", "screened", "handed_over_on", "refused_on")
    returnee.refresh_from_db(fields=names, from_queryset=Returnee.objects.select_for_update())


def _met(returnee, meeting, term, *, by, at):
    # A visit that is noted late says nothing about a newer one.
    if returnee.met_on is None or returnee.met_on <= meeting.on:
        returnee.met_on, returnee.outcome = meeting.on, meeting.outcome
        returnee.save(update_fields=["met_on", "outcome"])
    book.meet(VISIT, on=returnee, by=by, at=at, evidence=meeting, done_at=moment_of(meeting.on, at))


def _left(returnee, meeting, term, *, by, at):
    _met(returnee, meeting, term, by=by, at=at)
    registry.note_departure(returnee, by=by, at=at)


def _moved(returnee, meeting, term, *, by, at):
    """The place where the person lives now owes the visit; where it is not known, nobody can be asked."""
    if meeting.moved_to is None or meeting.moved_to_id == returnee.home_id:
        _met(returnee, meeting, term, by=by, at=at)
        return
    returnee.home = meeting.moved_to
    returnee.save(update_fields=["home"])
    registry.note_home(returnee, by=by, at=at)
    owe_anew(returnee, by=by, at=at)


def _nothing(returnee, meeting, term, *, by, at):
    """Nobody was met: the clock runs on."""


FOLLOWS = {"found": _met, "help": _met, "left": _left, "moved": _moved}


def _outcome(code):
    if not catalogues.is_code("meeting_outcomes", code):
        raise NotAllowed(_("Choose what the visit found."))
    return catalogues.term("meeting_outcomes", code).extra
