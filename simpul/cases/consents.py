"""Consents in a case: recorded with the rules for children, withdrawn with effect on everything that rested on them.

UU 27/2022 Art. 20-25, 40; UU 31/2014 Art. 29A.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out
from simpul.cases import referrals, rights
from simpul.cases.access import hold
from simpul.cases.models import Referral
from simpul.cases.policy import check_may_work_on
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, NotFound
from simpul.lib.texts import cleaned
from simpul.obligations import book
from simpul.persons import consents
from simpul.persons.models import Consent
from simpul.persons.policy import check_is_not_restricted
from simpul.reference import catalogues

GivenBy = Consent.GivenBy
CONSENT = "consent"


@transaction.atomic
def record(
    involvement, *, purpose, recipient, fields, given_by, by, at, until_on=None, exception="", basis=CONSENT, reason="",
):  # fmt: skip
    """Record what somebody agreed to: for which purpose, towards whom, which fields, until when.

    For a child a parent or guardian consents. Where the guardian is suspected, obstructs, is unfit, absent or unknown
    (the exceptions of UU 31/2014 Art. 29A), the child itself with its companion or the court does, and the exception
    is recorded. Another lawful basis is recorded with its reason.
    """
    case = involvement.case
    check_may_work_on(case, by=by)
    check_is_not_restricted(involvement.person)
    _check_terms(purpose, recipient, fields, until_on, case, at)
    _check_basis(basis, given_by, reason)
    if exception and not catalogues.is_code("guardian_exceptions", exception):
        raise NotAllowed(_("Choose why no guardian consents."))
    if basis == CONSENT:
        _check_who_gives(involvement, given_by, exception)
    return consents.give(
        involvement.person, purpose=purpose, recipient=recipient, fields=fields, given_by=given_by, basis=basis,
        exception=exception, reason=cleaned(reason), until_on=until_on, file=case, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def withdraw(involvement, consent, *, by, at):
    """A consent ends, and what rested on it stops (UU 27/2022 Art. 40: within 72 hours).

    A referral that rests on it and waits for an answer is taken back now; an agency that accepted one owes to stop.
    A consent is a person's and holds in every case of that person; so does its end.
    """
    case = involvement.case
    check_may_work_on(case, by=by)
    if consent.person_id != involvement.person_id:
        raise NotFound(consent.pk)
    hold(consent, "withdrawn_at")
    if consent.withdrawn_at is not None:
        raise NotAllowed(_("This consent was withdrawn already."))
    consents.withdraw(consent, file=case, by=by, at=at)
    for referral in _resting(consent, Referral.objects.select_related("case"), on=localdate(at)):
        hold(referral, "status")
        _stop(referral, by=by, at=at)


def resting_on(consent, case, *, on):
    """Referrals of the case that stop when this consent ends: they rest on it and on no other one that holds."""
    return _resting(consent, case.referrals, on=on)


def _resting(consent, referrals_, *, on):
    if consent.purpose != "referral":
        return []
    sent = referrals_.filter(service__victim__person=consent.person, basis=CONSENT)
    if consent.recipient_id:
        sent = sent.filter(receiver=consent.recipient_id)
    live = sent.filter(status__in=[Referral.Status.SENT, Referral.Status.ACCEPTED])
    live = live.select_related("receiver", "service").order_by("sent_at", "pk")
    held = set(consent.fields)
    touched = [referral for referral in live if held & set(referral.shared_fields)]
    return [referral for referral in touched if not _covered(referral, consent, on)]


def _covered(referral, consent, on):
    identity = [f for f in referral.shared_fields if catalogues.term("shared_fields", f).extra["identity"]]
    holding = consents.covering(consent.person, recipient=referral.receiver, fields=identity, on=on)
    return any(other.pk != consent.pk for other in holding)


def _stop(referral, *, by, at):
    case = referral.case
    if referral.status == Referral.Status.SENT:
        referral.status, referral.answered_at, referral.answered_by = Referral.Status.WITHDRAWN, at, by
        referral.save(update_fields=["status", "answered_at", "answered_by"])
        book.waive_all(on=referral, reason="withdrawn", by=by, at=at)
        referrals.shut_links(referral, by=by, at=at)
        enter(Act.REFERRAL_WITHDRAWN, on=referral, file=case, by=by, at=at, consent_ended=True)
    elif referral.status == Referral.Status.ACCEPTED:
        rights.owe(referrals.STOP, on=referral, case=case, owed_by=referral.receiver, by=by, at=at)


def _check_terms(purpose, recipient, fields, until_on, case, at):
    if not catalogues.is_code("consent_purposes", purpose):
        raise NotAllowed(_("Choose what the consent is for."))
    if any(not catalogues.is_code("shared_fields", field) for field in fields):
        raise NotAllowed(_("Choose the data from the list."))
    if purpose == "referral" and not fields:
        raise NotAllowed(_("Tick the data that may be shared."))
    if until_on and until_on < localdate(at):
        raise NotAllowed(_("This day is over. A consent holds until a day to come."))
    if recipient is None:
        return
    if recipient.ended_on is not None:
        raise NotAllowed(_("%(agency)s no longer takes part. Choose another agency.") % {"agency": recipient.name})
    if keeps_out(case, recipient):
        raise NotAllowed(
            _("%(agency)s is kept out of this case and must not learn of it.") % {"agency": recipient.name}
        )


def _check_basis(basis, given_by, reason):
    if not catalogues.is_code("lawful_bases", basis):
        raise NotAllowed(_("Choose a lawful basis from the list."))
    if (basis == CONSENT) == (given_by == GivenBy.NOT_CONSENT):
        raise NotAllowed(_("A consent is given by somebody; another lawful basis by nobody. Choose one of the two."))
    if basis != CONSENT and not cleaned(reason):
        raise NotAllowed(_("Say why the data are used without consent: the reason is kept."))


def _check_who_gives(involvement, given_by, exception):
    if not involvement.counts_as_child:
        if given_by != GivenBy.SELF:
            raise NotAllowed(_("An adult consents in person. Nobody consents in the place of an adult."))
        return
    if given_by == GivenBy.GUARDIAN and exception:
        raise NotAllowed(_("A guardian who is suspected, obstructs, is unfit or absent does not consent for the child"
                           " (UU 31/2014 Art. 29A)."))  # fmt: skip
    if given_by != GivenBy.GUARDIAN and not exception:
        raise NotAllowed(_("For a child a parent or guardian consents. Where none can, say why (UU 31/2014 Art. 29A)."))
