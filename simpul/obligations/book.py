"""The book of obligations: opened, paused, resumed, met, waived; missed and escalated by themselves.

Rooms above open and meet obligations on their own subjects; this room knows no case and no report. A rule may wait
for something ("needs": its clock begins when that has come), and may be followed by another ("then_met",
"then_missed"): so an unpaid restitution is told to the court, warned of, and seized, without anybody remembering it.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out
from simpul.agencies.offices import nearest
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed
from simpul.obligations.holidays import office_calendar
from simpul.obligations.limits import falls_due, moved_on
from simpul.obligations.models import Obligation
from simpul.obligations.rules import rule
from simpul.reference import catalogues


@transaction.atomic
def open_(
    code, *, on, file, number, owed_by, place, by, at, since=None, has=(), target_at=None, watched_by=None
):  # fmt: skip
    """Open an obligation, or return the one that stands already.

    `since` is the moment from which the limit runs (default: `at`); `number` is the file's number, as officers read
    it; `has` names what a rule may wait for and what is there already; `target_at` is a moment agreed upon, in place
    of the catalogue's target; `watched_by` is the agency that keeps the file, where another one owes. The clock
    follows the catalogue as it stands at this moment and does not change with it later.
    """
    standing = Obligation.objects.standing().about(label(on)).filter(rule=code).first()
    return standing or begin(
        code, on=on, file=file, number=number, owed_by=owed_by, place=place, by=by, at=at, since=since, has=has,
        target_at=target_at, watched_by=watched_by,
    )  # fmt: skip


def begin(
    code, *, on, file, number, owed_by, place, by, at, since=None, has=(), target_at=None, watched_by=None
):  # fmt: skip
    """Open an obligation on a subject that is new, so that none can stand on it yet; inside the subject's own act."""
    kind = rule(code)
    waits = bool(kind.needs) and kind.needs not in has
    obligation = Obligation(
        rule=code,
        subject=label(on),
        file=label(file),
        number=number,
        owed_by=owed_by,
        watched_by=watched_by if watched_by != owed_by else None,
        place_id=getattr(place, "pk", place),
        opened_at=since or at,
        state=Obligation.State.WAITING if waits else Obligation.State.OPEN,
        waits_for=kind.needs if waits else "",
    )
    if not waits:
        _start(obligation, since or at, target_at=target_at)
    obligation.save(force_insert=True)
    enter(Act.OBLIGATION_OPENED, on=obligation, file=obligation.file, by=by, at=at, rule=code)
    return obligation


@transaction.atomic
def has_come(what, *, file, by, at, since=None):
    """What some clocks of a file waited for is there: from now on they run."""
    rows = Obligation.objects.in_file(label(file)).filter(state=Obligation.State.WAITING, waits_for=what)
    for obligation in rows.order_by("pk"):
        _move(obligation, Obligation.State.OPEN, only_from=Obligation.State.WAITING)
        obligation.waits_for = ""
        _start(obligation, max(since or at, obligation.opened_at))
        obligation.save()
        enter(Act.OBLIGATION_RESUMED, on=obligation, file=obligation.file, by=by, at=at, came=what)


def meet(*codes, on, by, at, evidence="", done_at=None):
    """Meet what stands on a subject under some rules; nothing happens where nothing stands.

    `evidence` is the journal's label of what shows it: a referral, a message, a service. `done_at` is when it was
    done, where that is earlier than the moment at which it is noted.
    """
    for obligation in Obligation.objects.standing().about(label(on)).filter(rule__in=codes).order_by("pk"):
        settle(obligation, by=by, at=at, evidence=evidence, done_at=done_at)


@transaction.atomic
def settle(obligation, *, by, at, evidence="", done_at=None):
    """Meet one obligation. What was done late is noted as missed, also where no clock had struck in between."""
    _move(obligation, Obligation.State.MET)
    obligation.settled_at, obligation.settled_by = done_at or at, by
    _run_on(obligation, obligation.settled_at)
    obligation.evidence = evidence and label(evidence)
    obligation.target_missed_at = _missed(obligation.target_at, obligation.settled_at)
    obligation.missed_at = _missed(obligation.limit_at, obligation.settled_at)
    obligation.due_at = None
    obligation.save()
    in_time = obligation.was_met_in_time
    enter(Act.OBLIGATION_MET, on=obligation, file=obligation.file, by=by, at=at, rule=obligation.rule, in_time=in_time)
    _follow(obligation, rule(obligation.rule).then_met, since=obligation.settled_at, by=by, at=at)


@transaction.atomic
def pause(obligation, *, reason, by, at):
    """Stop the clock for a reason of the catalogue pause_reasons; only where the rule lets it be paused."""
    _check_is_a_reason("pause_reasons", reason)
    if not obligation.rule_as_written.pausable:
        raise NotAllowed(_("This clock is set by law for an emergency and cannot be paused."))
    _move(obligation, Obligation.State.PAUSED)
    obligation.paused_at, obligation.pause_reason, obligation.due_at = at, reason, None
    obligation.save()
    enter(Act.OBLIGATION_PAUSED, on=obligation, file=obligation.file, by=by, at=at, reason=reason)


@transaction.atomic
def resume(obligation, *, by, at):
    """Let the clock run on; what was left of target and limit when it stopped is left now."""
    _move(obligation, Obligation.State.OPEN, only_from=Obligation.State.PAUSED)
    stood = at - obligation.paused_at
    _run_on(obligation, at)
    obligation.due_at = _next_due(obligation)
    obligation.save()
    enter(Act.OBLIGATION_RESUMED, on=obligation, file=obligation.file, by=by, at=at, stood_s=int(stood.total_seconds()))


@transaction.atomic
def waive(obligation, *, reason, by, at):
    """Nothing is owed any more, for a reason of the catalogue waive_reasons."""
    _check_is_a_reason("waive_reasons", reason)
    _move(obligation, Obligation.State.WAIVED)
    obligation.settled_at, obligation.settled_by, obligation.waive_reason = at, by, reason
    obligation.due_at = None
    obligation.save()
    enter(Act.OBLIGATION_WAIVED, on=obligation, file=obligation.file, by=by, at=at, reason=reason)


def waive_one(code, *, on, reason, by, at):
    """Waive what stands on a subject under a rule; nothing happens where nothing stands."""
    for obligation in Obligation.objects.standing().about(label(on)).filter(rule=code).order_by("pk"):
        waive(obligation, reason=reason, by=by, at=at)


def waive_all(*, on, reason, by, at):
    """Waive everything that stands on a subject."""
    for obligation in Obligation.objects.standing().about(label(on)).order_by("pk"):
        waive(obligation, reason=reason, by=by, at=at)


@transaction.atomic
def take_back(*, evidence, by, at):
    """What was noted as evidence was a mistake: what it met stands again, and what followed from that is waived."""
    for obligation in Obligation.objects.filter(state=Obligation.State.MET, evidence=label(evidence)).order_by("pk"):
        since, followers = obligation.settled_at, rule(obligation.rule).then_met
        rows = Obligation.objects.standing().about(obligation.subject).filter(rule__in=followers)
        for follower in rows.order_by("pk"):
            if follower.opened_at == since:
                waive(follower, reason="opened_by_mistake", by=by, at=at)
        _move(obligation, Obligation.State.OPEN, only_from=Obligation.State.MET)
        obligation.settled_at, obligation.settled_by, obligation.evidence = None, None, ""
        obligation.target_missed_at = obligation.missed_at = None
        obligation.due_at = _next_due(obligation)
        obligation.save()
        enter(Act.OBLIGATION_RESUMED, on=obligation, file=obligation.file, by=by, at=at, taken_back=True)


@transaction.atomic
def hand_over(obligation, *, to, by, at):
    """Another agency owes it from now on; the clock runs on."""
    if obligation.watched_by_id is None:
        obligation.watched_by = obligation.owed_by
    if obligation.watched_by_id == to.pk:
        obligation.watched_by = None
    obligation.owed_by = to
    obligation.save(update_fields=["owed_by", "watched_by"])
    enter(Act.OBLIGATION_OPENED, on=obligation, file=obligation.file, by=by, at=at, rule=obligation.rule, to=to.pk)


@transaction.atomic
def file_handed_over(file, *, before, to, by, at):
    """Another agency keeps a file: what the former one owed or watched in it, the new one owes or watches."""
    standing = Obligation.objects.standing().in_file(label(file))
    for obligation in standing.filter(owed_by=before).order_by("pk"):
        obligation.owed_by = to
        obligation.save(update_fields=["owed_by"])
        enter(Act.OBLIGATION_OPENED, on=obligation, file=obligation.file, by=by, at=at, rule=obligation.rule, to=to.pk)
    standing.filter(watched_by=before).update(watched_by=to)
    standing.filter(owed_by=to, watched_by=to).update(watched_by=None)


@transaction.atomic
def let_time_pass(*, at):
    """Note every target and limit that has passed, and escalate it; returns how many were noted.

    Runs every minute. When the target passes, the first role of the rule is told; when the limit passes, all of them.
    """
    running = Obligation.objects.select_for_update().running()
    late = list(running.filter(due_at__lte=at).filter(_passed_unnoted(at)).order_by("pk"))
    for obligation in late:
        _note_lateness(obligation, at)
    return len(late)


def _start(obligation, moment, *, target_at=None):
    """Let the clock of an obligation begin at a moment."""
    kind, office = obligation.rule_as_written, office_calendar()
    obligation.opened_at = moment
    obligation.target_at = target_at or (kind.target and falls_due(moment, kind.target, office))
    obligation.limit_at = kind.limit and falls_due(moment, kind.limit, office)
    obligation.due_at = _next_due(obligation)


def _run_on(obligation, at):
    """Where the clock stood until a moment, target and limit move by what it stood."""
    if obligation.paused_at is None:
        return
    kind, at = obligation.rule_as_written, max(at, obligation.paused_at)
    obligation.target_at = _moved_on(obligation.target_at, kind.target, obligation, at)
    obligation.limit_at = _moved_on(obligation.limit_at, kind.limit, obligation, at)
    obligation.paused_at, obligation.pause_reason = None, ""


def _moved_on(moment, limit, obligation, at):
    if not (moment and limit):
        # A moment that was agreed upon stands, whatever the clock did.
        return moment
    return moved_on(moment, limit, paused_at=obligation.paused_at, resumed_at=at, office=office_calendar())


def _follow(obligation, codes, *, since, by, at):
    """Open what follows an obligation that was met or missed, on the same subject."""
    for code in codes:
        # A clock that stood again after a mistake passes its limit again; what followed the first time is done.
        done = Obligation.objects.about(obligation.subject).filter(rule=code, state=Obligation.State.MET)
        if done.filter(opened_at=since).exists():
            continue
        debtor = _debtor_of(code, obligation)
        open_(
            code, on=obligation.subject, file=obligation.file, number=obligation.number, owed_by=debtor,
            watched_by=obligation.watched_by or obligation.owed_by, place=obligation.place_id, by=by, at=at,
            since=since,
        )  # fmt: skip


def _debtor_of(code, obligation):
    """The agency of the kind that a rule names nearest to the place, or the one that owed what came before."""
    place = obligation.place_id or obligation.owed_by.place_id
    found = nearest(rule(code).debtor_kind, place)
    return next((agency for agency in found if not keeps_out(obligation.file, agency)), obligation.owed_by)


def _passed_unnoted(at):
    return Q(target_at__lte=at, target_missed_at=None) | Q(limit_at__lte=at, missed_at=None)


def _note_lateness(obligation, at):
    roles = obligation.rule_as_written.escalate_to
    if obligation.target_at and obligation.target_at <= at and not obligation.target_missed_at:
        obligation.target_missed_at = obligation.target_at
        _escalate(obligation, roles[:1], at)
    if obligation.limit_at and obligation.limit_at <= at and not obligation.missed_at:
        obligation.missed_at = obligation.limit_at
        enter(Act.OBLIGATION_MISSED, on=obligation, file=obligation.file, by=None, at=at, rule=obligation.rule)
        _escalate(obligation, roles, at)
        # What follows runs from the moment the limit passed, however late the clock was looked at.
        _follow(obligation, rule(obligation.rule).then_missed, since=obligation.missed_at, by=None, at=at)
    obligation.due_at = _next_due(obligation)
    obligation.save()


def _escalate(obligation, roles, at):
    told = obligation.escalated_to.split()
    for role in roles:
        if role in told:
            continue
        told.append(role)
        obligation.escalated_to, obligation.escalated_at = " ".join(told), at
        enter(Act.OBLIGATION_ESCALATED, on=obligation, file=obligation.file, by=None, at=at, to=role)


def _next_due(obligation):
    """What the clock counts to: the earlier of target and limit that has not been missed; then the last of them."""
    ahead = [
        moment
        for moment, missed in (
            (obligation.target_at, obligation.target_missed_at),
            (obligation.limit_at, obligation.missed_at),
        )
        if moment and not missed
    ]
    if ahead:
        return min(ahead)
    return obligation.limit_at or obligation.target_at


def _missed(moment, done_at):
    return moment if moment and moment < done_at else None


def _check_is_a_reason(catalogue, code):
    # A code and never words: row and journal are not sealed.
    if not catalogues.is_code(catalogue, code):
        raise NotAllowed(_("Choose a reason from the list."))


def _move(obligation, state, *, only_from=None):
    # Read anew and locked: whoever pressed the button saw the row some time ago, and the clock ticks meanwhile.
    obligation.refresh_from_db(from_queryset=Obligation.objects.select_for_update())
    if state not in Obligation.NEXT[obligation.state] or only_from not in {None, obligation.state}:
        raise NotAllowed(_("This obligation was settled already. Reload the page to see what became of it."))
    obligation.state = state
