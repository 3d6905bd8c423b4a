"""The rights board of a victim: each right of UU 21/2007 Art. 43-55 and the laws beside it, and how it stands.

Nothing here is stored. A right is read from what happened: its services, its proceeding, its claim, its clocks; where
none of them tells it, from what was spoken of (`entitlements`).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import BestInterest, Entitlement, Examination, Involvement, Restitution, Service
from simpul.cases.models.money import ZERO
from simpul.journal.entries import label
from simpul.obligations.models import Obligation
from simpul.reference import catalogues
from simpul.reference.models import Term

SERVICE_CENTRES = frozenset({"uptd_ppa", "ppt"})


class State(models.TextChoices):
    """How a right stands."""

    NOT_YET = "not_yet", _("Not yet due")
    OPEN = "open", _("Not spoken of yet")
    INFORMED = "informed", _("Informed")
    REQUESTED = "requested", _("Requested")
    RUNNING = "running", _("Running")
    MET = "met", _("Met")
    REFUSED = "refused", _("Refused by the victim")
    OVERDUE = "overdue", _("Overdue")
    ENDED = "ended", _("Ended without it")


@dataclass
class Line:
    """One right of one victim: the catalogue's row, its state, its clocks and what shows it."""

    right: Term
    article: Term
    also: list
    state: State
    clocks: list = field(default_factory=list)
    services: list = field(default_factory=list)
    entitlement: Entitlement | None = None
    since: datetime | date | None = None
    offer_again_on: date | None = None
    evidence: str = ""

    @property
    def clock(self):
        """The clock that runs out first, or the last one that was met."""
        standing = [clock for clock in self.clocks if clock.is_standing]
        running = sorted((c for c in standing if c.due_at), key=lambda clock: clock.due_at)
        return next(iter(running or standing or self.clocks[-1:]), None)

    @property
    def may_be_spoken_of(self):
        """Whether the state is set by hand: no service, claim or proceeding tells it."""
        return self.right.extra["track"] in {"service", "told", "centre"} and not self.services


@dataclass
class File:
    """What is read once for the board: everything in the file that tells of one victim."""

    victim: Involvement
    services: dict
    entitlements: dict
    clocks: dict
    restitution: object
    steps: set
    examinations: list
    checks: list
    at: datetime
    on: date

    @property
    def case(self):
        return self.victim.case

    def has_service(self, kind):
        return any(service.kind == kind for service in self.services.values())

    def clocks_of(self, right):
        """Clocks of a right on the victim, the case, its services, claims and returns; of services only the right's."""
        wanted, mine = set(right.extra["clocks"]), set(right.extra["services"])
        subjects = [label(self.victim), label(self.case)]
        for service in self.services.values():
            if not mine or service.kind in mine:
                subjects.append(label(service))
                homeward = getattr(service, "homeward", None)
                subjects += [label(homeward)] if homeward else []
        subjects += [label(self.restitution)] if self.restitution else []
        entitlement = self.entitlements.get(right.code)
        found = [clock for subject in subjects for clock in self.clocks[subject] if clock.rule in wanted]
        again = self.clocks[label(entitlement)] if entitlement else []
        return found + again


def board(victim, *, at, on):
    """The lines of the board in the order of the catalogue; a fixed number of queries.

    `on` is the day on which articles must be in force.
    """
    return boards([victim], at=at, on=on)[victim.pk]


def boards(victims, *, at, on):
    """The boards of several victims of one case by their keys, in as many queries as the board of one."""
    rights = catalogues.terms("rights", on=on)
    files = _read(victims, at=at, on=on) if victims else []
    return {file.victim.pk: [_line(right, file) for right in rights if _holds(right, file)] for file in files}


def counts(lines):
    """How many lines stand in each state."""
    return {state: sum(line.state == state for line in lines) for state in State}


def _read(victims, *, at, on):
    clocks = defaultdict(list)
    owed = Obligation.objects.in_file(label(victims[0].case)).select_related("owed_by")
    for clock in owed.order_by("opened_at", "pk"):
        clocks[clock.subject].append(clock)
    services = Service.objects.select_related("provider", "homeward").order_by("requested_at", "pk")
    services = _by_victim(victims, services, "victim")
    claims = _by_victim(victims, Restitution.objects.prefetch_related("steps").order_by("pk"), "victim")
    entitlements = _by_victim(victims, Entitlement.objects.select_related("moved_by"), "involvement")
    examinations = _by_victim(victims, Examination.objects.order_by("happened_on", "pk"), "involvement")
    checks = _by_victim(victims, BestInterest.objects.order_by("-decided_at", "-pk"), "involvement")
    return [
        File(
            victim=victim,
            services={service.pk: service for service in services[victim.pk]},
            entitlements={each.right: each for each in entitlements[victim.pk]},
            clocks=clocks,
            restitution=next(iter(claims[victim.pk]), None),
            steps={step.kind for claim in claims[victim.pk][:1] for step in claim.steps.all()},
            examinations=examinations[victim.pk],
            checks=checks[victim.pk],
            at=at,
            on=on,
        )
        for victim in victims
    ]


def _by_victim(victims, rows, field):
    """Rows in the lists of the victims they belong to, each with its victim at hand."""
    known, found = {victim.pk: victim for victim in victims}, defaultdict(list)
    for row in rows.filter(**{f"{field}__in": list(known)}):
        victim = known[getattr(row, f"{field}_id")]
        setattr(row, field, victim)
        found[victim.pk].append(row)
    return found


def _holds(right, file):
    """Whether a right is one of this victim's at all."""
    when = right.extra["holds_when"]
    return when not in HOLDS or HOLDS[when](file)


HOLDS = {
    # Protection goes on after the threat was noted as gone (Art. 47: before, during and after).
    "threatened": lambda file: file.victim.is_threatened or file.has_service("police_protection"),
    "abroad": lambda file: file.victim.is_abroad or file.has_service("mission_protection"),
    "sexual": lambda file: file.case.is_sexual,
    "child": lambda file: file.victim.counts_as_child,
}


def _line(right, file):
    articles = {term.code: term for term in catalogues.terms("legal_bases", on=file.on)}
    wanted = set(right.extra["services"])
    line = Line(
        right=right,
        article=catalogues.term("legal_bases", right.extra["article"]),
        also=[articles[code] for code in right.extra["also"] if code in articles],
        state=State.OPEN,
        clocks=file.clocks_of(right),
        services=[service for service in file.services.values() if service.kind in wanted],
        entitlement=file.entitlements.get(right.code),
    )
    TRACKS[right.extra["track"]](line, file)
    # What is paid is paid, also where somebody is late with a paper about it.
    is_paid = line.right.extra["track"] == "restitution" and line.state == State.MET
    if not is_paid and any(_has_run_out(clock, file.at) for clock in line.clocks):
        line.state = State.OVERDUE
    return line


def _has_run_out(clock, at):
    return clock.is_standing and (clock.missed_at is not None or clock.is_overdue(at))


def _by_word(line, _file):
    """As it was spoken of."""
    if line.entitlement is None:
        return
    line.state, line.since = State(line.entitlement.state), line.entitlement.moved_at
    line.offer_again_on, line.evidence = line.entitlement.offer_again_on, line.entitlement.evidence


# Of several services that give a right, the one that stands best tells its state.
SERVICE_STATES = {
    Service.State.DONE: State.MET,
    Service.State.RUNNING: State.RUNNING,
    Service.State.AGREED: State.REQUESTED,
    Service.State.REQUESTED: State.REQUESTED,
    Service.State.REFUSED: State.REFUSED,
    Service.State.STOPPED: State.REFUSED,
    Service.State.DECLINED: State.REQUESTED,
}
BEST_FIRST = [State.RUNNING, State.REQUESTED, State.MET, State.REFUSED]


def _by_service(line, file):
    if not line.services:
        _by_word(line, file)
        return
    tells = min(line.services, key=lambda service: BEST_FIRST.index(SERVICE_STATES[service.state]))
    line.state, line.since = SERVICE_STATES[tells.state], tells.moved_at
    line.offer_again_on = tells.offer_again_on
    if any(clock.state == Obligation.State.WAITING for clock in line.clocks) and line.state == State.REQUESTED:
        line.state = State.NOT_YET


def _by_restitution(line, file):
    line.state = {
        "restitution_told": _told_of_restitution,
        "restitution": _restitution,
        "payment_proof": _payment_proof,
        "enforcement": _enforcement,
    }[line.right.code](file)
    if line.entitlement and line.state in {State.OPEN, State.NOT_YET}:
        _by_word(line, file)


def _told_of_restitution(file):
    if "informed" in file.steps:
        return State.MET
    return State.RUNNING if file.clocks_of(catalogues.term("rights", "restitution_told")) else State.NOT_YET


def _restitution(file):
    claim = file.restitution
    if claim is None:
        return State.OPEN
    if claim.is_paid:
        return State.MET
    if file.steps & {"rejected", "failed", "deposit_returned"}:
        return State.ENDED
    if file.steps & {"awarded", "demanded", "assessed", "sent_to_lpsk"}:
        return State.RUNNING
    if "claimed" in file.steps:
        return State.REQUESTED
    return State.INFORMED if "informed" in file.steps else State.OPEN


def _payment_proof(file):
    if file.restitution is None or file.restitution.paid == ZERO:
        return State.NOT_YET
    owed = any(clock.is_standing for clock in file.clocks_of(catalogues.term("rights", "payment_proof")))
    return State.MET if "proof_given" in file.steps and not owed else State.RUNNING


def _enforcement(file):
    claim = file.restitution
    if claim is None or claim.is_paid or not file.steps & {"verdict_final", "copy_received"}:
        return State.NOT_YET
    return State.RUNNING if file.steps & {"court_told", "warned", "seized"} else State.OPEN


def _by_examination(line, file):
    """Met as long as every examination by the police took place in the special room, and nobody sat there alone."""
    if not file.examinations:
        line.state = State.NOT_YET
        return
    ill = [e for e in file.examinations if e.place == "police_room" or (e.is_alone and file.victim.counts_as_child)]
    line.state = State.OVERDUE if ill else State.MET
    line.since = max(examination.happened_on for examination in file.examinations)


def _by_centre(line, file):
    is_kept = file.case.agency.kind in SERVICE_CENTRES
    given = any(s.provider and s.provider.kind in SERVICE_CENTRES for s in file.services.values())
    if is_kept or given:
        line.state, line.since = State.MET, file.case.opened_at
        return
    _by_word(line, file)


def _by_child(line, file):
    check = next(iter(file.checks), None)
    line.state, line.since = (State.MET, check.decided_at) if check else (State.REQUESTED, None)


def _by_secrecy(line, file):
    """It begins with the first contact and never ends."""
    line.state, line.since = State.RUNNING, file.victim.noted_at


TRACKS = {
    "service": _by_service,
    "restitution": _by_restitution,
    "examination": _by_examination,
    "centre": _by_centre,
    "child": _by_child,
    "secrecy": _by_secrecy,
    "told": _by_word,
}
