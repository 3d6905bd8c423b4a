"""Lists of pairs, decisions and questions, each in a fixed number of queries; no seal is opened."""

from django.db.models import Case, Exists, OuterRef, Q, Value, When

from simpul.agencies.roles import Right
from simpul.linkage import records
from simpul.linkage.models import Decision, Inquiry, Pair, Skip
from simpul.linkage.policy import SURE

# Beyond this many it makes no difference how many wait.
COUNTED = 100
_SIDES = ("left__data_key", "left__home", "right__data_key", "right__home")


def queue(officer, *, at):
    """Pairs that wait for an answer of which the officer may see both records, the most valuable answer first.

    What another officer is comparing now is left out; what the officer put off stands last.
    """
    found = _waiting(officer, at=at).annotate(is_put_off=_put_off_by(officer))
    return found.select_related(*_SIDES).order_by("is_put_off", "-worth", "pk")


def put_off(officer, *, at):
    """Those of the queue that the officer put off: they are sought among few, and not among all."""
    return queue(officer, at=at).filter(pk__in=Skip.objects.filter(officer=officer).values("pair"))


def foremost(officer, *, at):
    """The pair whose answer is worth most among those that the officer did not put off, or None.

    The index of the worth is followed until one is found that the officer may see, however many wait.
    """
    found = _waiting(officer, at=at).filter(~_put_off_by(officer)).order_by("-worth", "pk")
    return found.select_related(*_SIDES).first()


def how_many_wait(officer, *, at):
    """How many pairs wait for the officer, counted no further than `COUNTED`."""
    return _waiting(officer, at=at).order_by().values("pk")[:COUNTED].count()


def decisions_for(officer, *, at):
    """Decisions on records of which the officer may see both, the newest first."""
    found = _both_open(Decision.objects.all(), officer, at=at)
    return found.select_related("decided_by__agency", "retracted_by__agency", "inquiry").order_by("-decided_at", "-pk")


def false_matches(officer, *, at):
    """Decisions by which the machine, or an officer before, was wrong: "same" that was taken back, and "not the same"
    where the machine was sure that they are.
    """
    return decisions_for(officer, at=at).filter(wrong_matches())


def wrong_matches():
    taken_back = Q(verdict=Decision.Verdict.SAME) & ~Q(retracted_at=None)
    return taken_back | Q(verdict=Decision.Verdict.NOT_SAME, probability__gte=SURE, retracted_at=None)


def history(pair):
    """Everything that was decided on two records, the newest first."""
    found = Decision.objects.filter(left=pair.left_id, right=pair.right_id)
    return found.select_related("decided_by__agency", "retracted_by__agency", "left__data_key").order_by("-pk")


def inquiries_to(officer, *, at):
    """Questions to the officer's agency about records that are open to the officer, those that wait first."""
    if not officer.may(Right.REVIEW_PAIRS):
        return Inquiry.objects.none()
    found = Inquiry.objects.filter(receiver=officer.agency, withdrawn_at=None)
    found = found.filter(records.is_open(officer, at=at, person="other"))
    # Whoever is kept out of the record it was asked from must not learn of that record.
    found = found.filter(records.is_unhidden(officer, person="own"))
    return _waiting_first(found.select_related("sender", "sent_by", "answered_by"))


def inquiries_from(officer, *, at):
    """Questions of the officer's agency about records that are open to the officer, those that wait first."""
    if not officer.may(Right.REVIEW_PAIRS):
        return Inquiry.objects.none()
    found = Inquiry.objects.filter(records.is_open(officer, at=at, person="own"), sender=officer.agency)
    return _waiting_first(found.select_related("receiver", "sent_by", "answered_by"))


def _waiting(officer, *, at):
    found = _both_open(Pair.objects.undecided(), officer, at=at).exclude(probability=None)
    return found.filter(Q(claimed_by=None) | Q(claimed_by=officer) | Q(claimed_until__lte=at))


def _put_off_by(officer):
    return Exists(Skip.objects.filter(pair=OuterRef("pk"), officer=officer))


def _both_open(rows, officer, *, at):
    if not officer.may(Right.REVIEW_PAIRS):
        return rows.none()
    both = [records.is_open(officer, at=at, person=side) for side in ("left", "right")]
    return rows.filter(*both)


def _waiting_first(rows):
    waits = Case(When(answered_at=None, withdrawn_at=None, then=Value(0)), default=Value(1))
    return rows.order_by(waits, "-sent_at", "-pk")
