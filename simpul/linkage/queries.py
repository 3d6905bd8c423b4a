"""Lists of pairs, decisions and questions, each in a fixed number of queries; no seal is opened."""

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, Value, When

from simpul.agencies.roles import Right
from simpul.linkage import records
from simpul.linkage.models import Decision, Inquiry, Pair, Skip
from simpul.linkage.policy import SURE

_SIDES = ("left__data_key", "left__home", "right__data_key", "right__home")


def queue(officer, *, at):
    """Pairs that wait for an answer of which the officer may see both records, the most valuable answer first.

    An answer is worth more the less sure the machine is and the more hangs on it. What another officer is comparing
    now is left out; what the officer put off stands last.
    """
    put_off = Exists(Skip.objects.filter(pair=OuterRef("pk"), officer=officer))
    found = _both_open(Pair.objects.undecided(), officer, at=at).exclude(probability=None)
    free = Q(claimed_by=None) | Q(claimed_by=officer) | Q(claimed_until__lte=at)
    doubt = F("probability") * (Value(1.0) - F("probability"))
    # Where the machine is sure, somebody still has to say so: a little doubt is always left.
    value = (doubt + Value(0.02)) * (F("consequence") + Value(1.0))
    found = found.filter(free).annotate(is_put_off=put_off, value=_as_float(value))
    return found.select_related(*_SIDES).order_by("is_put_off", "-value", "pk")


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


def _both_open(rows, officer, *, at):
    if not officer.may(Right.REVIEW_PAIRS):
        return rows.none()
    both = [records.is_open(officer, at=at, person=side) for side in ("left", "right")]
    return rows.filter(*both)


def _waiting_first(rows):
    waits = Case(When(answered_at=None, withdrawn_at=None, then=Value(0)), default=Value(1))
    return rows.order_by(waits, "-sent_at", "-pk")


def _as_float(expression):
    expression.output_field = FloatField()
    return expression
