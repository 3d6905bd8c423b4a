"""The book of obligations: opened, paused, resumed, met, waived; missed and escalated by themselves.

Rooms above open and meet obligations on their own subjects; this room knows no case and no report.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed
from simpul.obligations.holidays import office_calendar
from simpul.obligations.limits import falls_due
from simpul.obligations.models import Obligation
from simpul.obligations.rules import rule
from simpul.reference import catalogues


@transaction.atomic
def open_(code, *, on, file, number, owed_by, place, by, at, since=None):
    """Open an obligation, or return the one that stands already.

    `since` is the moment from which the limit runs (default: `at`); `number` is the file's number, as officers read
    it. The clock follows the catalogue as it stands at this moment and does not change with it later.
    """
    standing = Obligation.objects.standing().about(label(on)).filter(rule=code).first()
    return standing or begin(
        code, on=on, file=file, number=number, owed_by=owed_by, place=place, by=by, at=at, since=since
    )


def begin(code, *, on, file, number, owed_by, place, by, at, since=None):
    """Open an obligation on a subject that is new, so that none can stand on it yet; inside the subject's own act."""
    kind, start, office = rule(code), since or at, office_calendar()
    obligation = Obligation(
        rule=code,
        subject=label(on),
        file=label(file),
        number=number,
        owed_by=owed_by,
        place_id=getattr(place, "pk", place),
        opened_at=start,
        target_at=kind.target and falls_due(start, kind.target, office),
        limit_at=kind.limit and falls_due(start, kind.limit, office),
    )
    obligation.due_at = _next_due(obligation)
    obligation.save(force_insert=True)
    enter(Act.OBLIGATION_OPENED, on=obligation, file=obligation.file, by=by, at=at, rule=code)
    return obligation


def meet(code, *, on, by, at, evidence="", done_at=None):
    """Meet what stands on a subject under a rule; nothing happens where nothing stands.

    `evidence` is the journal's label of what shows it: a referral, a message, a service. `done_at` is when it was
    done, where that is earlier than the moment at which it is noted.
    """
    for obligation in Obligation.objects.standing().about(label(on)).filter(rule=code):
        settle(obligation, by=by, at=at, evidence=evidence, done_at=done_at)


@transaction.atomic
def settle(obligation, *, by, at, evidence="", done_at=None):
    """Meet one obligation. What was done late is noted as missed, also where no clock had struck in between."""
    _move(obligation, Obligation.State.MET)
    obligation.settled_at, obligation.settled_by = done_at or at, by
    obligation.evidence = evidence and label(evidence)
    obligation.target_missed_at = _missed(obligation.target_at, obligation.settled_at)
    obligation.missed_at = _missed(obligation.limit_at, obligation.settled_at)
    obligation.due_at = None
    obligation.save()
    in_time = obligation.was_met_in_time
    enter(Act.OBLIGATION_MET, on=obligation, file=obligation.file, by=by, at=at, rule=obligation.rule, in_time=in_time)


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
    """Let the clock run on; target and limit move by the time it stood."""
    _move(obligation, Obligation.State.OPEN)
    stood = at - obligation.paused_at
    obligation.target_at = obligation.target_at and obligation.target_at + stood
    obligation.limit_at = obligation.limit_at and obligation.limit_at + stood
    obligation.paused_at, obligation.pause_reason = None, ""
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


def waive_all(*, on, reason, by, at):
    """Waive everything that stands on a subject."""
    for obligation in Obligation.objects.standing().about(label(on)):
        waive(obligation, reason=reason, by=by, at=at)


@transaction.atomic
def hand_over(obligation, *, to, by, at):
    """Another agency owes it from now on; the clock runs on."""
    obligation.owed_by = to
    obligation.save(update_fields=["owed_by"])
    enter(Act.OBLIGATION_OPENED, on=obligation, file=obligation.file, by=by, at=at, rule=obligation.rule, to=to.pk)


@transaction.atomic
def let_time_pass(*, at):
    """Note every target and limit that has passed, and escalate it; returns how many were noted.

    Runs every minute. When the target passes, the first role of the rule is told; when the limit passes, all of them.
    """
    running = Obligation.objects.select_for_update().running()
    late = list(running.filter(due_at__lte=at).filter(_passed_unnoted(at)))
    for obligation in late:
        _note_lateness(obligation, at)
    return len(late)


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


def _move(obligation, state):
    # Read anew and locked: whoever pressed the button saw the row some time ago, and the clock ticks meanwhile.
    obligation.refresh_from_db(from_queryset=Obligation.objects.select_for_update())
    if state not in Obligation.NEXT[obligation.state]:
        raise NotAllowed(_("This obligation was settled already. Reload the page to see what became of it."))
    obligation.state = state
