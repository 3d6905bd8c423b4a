"""Referrals: a need handed to another agency with only the fields its service needs; it answers in time."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out
from simpul.cases import rights
from simpul.cases.access import hold
from simpul.cases.models import Referral, Service
from simpul.cases.policy import check_may_answer, check_may_keep, check_may_stop, check_may_withdraw
from simpul.confidentiality import parcels
from simpul.confidentiality.models import Parcel
from simpul.journal.acts import Act
from simpul.journal.entries import enter, label
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned, one_line
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.persons import consents, identities
from simpul.persons.policy import check_is_not_restricted
from simpul.reference import catalogues

ANSWER, REFER_AGAIN = "answer_referral", rights.REFER_AGAIN
STOP = "stop_after_withdrawal"
LINK_LASTS = timedelta(days=7)
CONSENT = "consent"
ENDED = frozenset({Service.State.DONE, Service.State.REFUSED, Service.State.STOPPED})


def fields_for(service_kind):
    """Codes of the fields that a service needs, in the order of the catalogue shared_fields."""
    needed = set(catalogues.term("services", service_kind).extra["fields"])
    return [term.code for term in catalogues.terms("shared_fields") if term.code in needed]


@transaction.atomic
def send(service, *, to, need, fields, basis, by, at, basis_reason="", words=None):
    """Refer a service to another agency.

    Only fields that this kind of service needs may go along. The victim's consent must cover them, or another lawful
    basis is named with its reason (UU 27/2022 Art. 20). `words` holds what the sender writes for fields that the
    file does not hold as such: {"safety_note": "…"}.
    """
    case = service.case
    check_may_keep(case, by=by)
    check_is_not_restricted(service.victim.person)
    hold(service, "state")
    _check_may_receive(case, to)
    _check_may_be_referred(service, to)
    _check_fields_are_needed(service, fields)
    _check_basis(service, to, fields, basis, basis_reason, at)
    referral = Referral(
        case=case,
        service=service,
        sender=by.agency,
        receiver=to,
        need=cleaned(need),
        shared=_shared(service, fields, words or {}, by=by, at=at),
        shared_fields=sorted(fields),
        basis=basis,
        basis_reason=cleaned(basis_reason),
        is_urgent=service.is_urgent,
        sent_at=at,
        sent_by=by,
    )
    referral.save(force_insert=True)
    enter(Act.REFERRAL_SENT, on=referral, file=case, by=by, at=at, to=to.pk, fields=referral.shared_fields)
    book.meet(REFER_AGAIN, on=service, by=by, at=at, evidence=referral)
    rights.owe(ANSWER, on=referral, case=case, owed_by=to, by=by, at=at)
    return referral


@transaction.atomic
def accept(referral, *, by, at, answer=""):
    """Take the need over: from now on this agency gives the service."""
    hold(referral, "status")
    check_may_answer(referral, by=by)
    _end_links(referral, by=by, at=at)
    _accept(referral, answer=answer, by=by, at=at)


@transaction.atomic
def decline(referral, *, reason, by, at, answer=""):
    """Decline with a reason. The need goes back to the sender, whose clock starts again."""
    hold(referral, "status")
    check_may_answer(referral, by=by)
    _end_links(referral, by=by, at=at)
    _decline(referral, reason=reason, answer=answer, by=by, at=at)


@transaction.atomic
def link(referral, *, by, at, until_at=None):
    """A one-time link for an agency without an account: (parcel, token, code), shown once.

    The link names nobody; the code that opens it is told by voice. What was shared lies in it, sealed, until it is
    opened or withdrawn. A new link ends the one before it.
    """
    check_may_withdraw(referral, by=by)
    check_is_not_restricted(referral.service.victim.person)
    _check_may_receive(referral.case, referral.receiver)
    _end_links(referral, by=by, at=at)
    made = parcels.make(
        label(referral), _told_outside(referral), until_at=until_at or at + LINK_LASTS, by=by, file=referral.case, at=at
    )
    enter(Act.REFERRAL_LINKED, on=referral, file=referral.case, by=by, at=at)
    return made


@transaction.atomic
def note_answer(referral, *, accepted, words, by, at, reason="", answer=""):
    """An agency without an account answered by telephone or letter; the sender notes who answered, and how."""
    hold(referral, "status")
    check_may_withdraw(referral, by=by)
    if not one_line(words):
        raise NotAllowed(_("Write who answered, when, and how: by telephone, by letter."))
    referral.answered_outside = one_line(words)
    _end_links(referral, by=by, at=at)
    _answered_outside(referral, accepted=accepted, reason=reason, answer=answer, by=by, at=at)


@transaction.atomic
def take_in(parcel, *, at):
    """The answer that came back by a one-time link becomes the answer of the agency. Whether it did."""
    referral = Referral.objects.select_related("case__data_key", "case__agency", "service", "receiver", "sender").get(
        pk=parcel.about.partition(":")[2]
    )
    told = parcels.take(parcel, at=at)
    hold(referral, "status")
    if referral.status != Referral.Status.SENT:
        return False
    referral.answered_outside = one_line(f"{told.get('name', '')}, {told.get('phone', '')}").strip(", ")
    _answered_outside(
        referral, accepted=told.get("answer") == "accept", reason=_reason_told(told), answer=told.get("words", ""),
        by=None, at=at,
    )  # fmt: skip
    return True


@transaction.atomic
def withdraw(referral, *, by, at):
    """Take a referral back before it is answered."""
    hold(referral, "status")
    check_may_withdraw(referral, by=by)
    referral.status, referral.answered_at, referral.answered_by = Referral.Status.WITHDRAWN, at, by
    referral.save(update_fields=["status", "answered_at", "answered_by"])
    book.waive_all(on=referral, reason="withdrawn", by=by, at=at)
    _end_links(referral, by=by, at=at)
    enter(Act.REFERRAL_WITHDRAWN, on=referral, file=referral.case, by=by, at=at)


@transaction.atomic
def stop(referral, *, by, at):
    """The receiver has stopped using what was shared, since the consent to it ended (UU 27/2022 Art. 40).

    From now on it reads the referral no more.
    """
    hold(referral, "status")
    check_may_stop(referral, by=by)
    referral.status = Referral.Status.STOPPED
    referral.save(update_fields=["status"])
    book.meet(STOP, on=referral, by=by, at=at, evidence=referral)
    enter(Act.REFERRAL_WITHDRAWN, on=referral, file=referral.case, by=by, at=at, stopped=True)


def is_to_stop(referral):
    """Whether the consent to an accepted referral ended and the receiver owes to stop."""
    return Obligation.objects.standing().about(label(referral)).filter(rule=STOP).exists()


@transaction.atomic
def end_links(referral, *, by, at):
    """The one-time links of a referral open nothing any more; the referral itself still waits."""
    check_may_withdraw(referral, by=by)
    _end_links(referral, by=by, at=at)


@transaction.atomic
def shut_links(referral, *, by, at):
    """What was sent has to stop: no link to it is opened from now on. An answer on its way is not thrown away."""
    for parcel in links_of(referral).filter(status__in=[Parcel.Status.MADE, Parcel.Status.OPENED]):
        parcels.end(parcel, by=by, at=at)


def links_of(referral):
    """One-time links of a referral, newest first."""
    return Parcel.objects.filter(about=label(referral)).order_by("-made_at", "-pk")


def _accept(referral, *, answer, by, at):
    _answer(referral, Referral.Status.ACCEPTED, answer=answer, by=by, at=at)
    service = referral.service
    hold(service, "state")
    service.provider, service.moved_at = referral.receiver, at
    if service.state == Service.State.REQUESTED:
        service.state = Service.State.AGREED
    service.save(update_fields=["provider", "state", "moved_at"])
    rights.service_taken_over(service, by=by, at=at)
    enter(Act.REFERRAL_ACCEPTED, on=referral, file=referral.case, by=by, at=at)


def _decline(referral, *, reason, answer, by, at):
    if not catalogues.is_code("decline_reasons", reason):
        raise NotAllowed(_("Choose a reason from the list."))
    referral.decline_reason = reason
    _answer(referral, Referral.Status.DECLINED, answer=answer, by=by, at=at)
    enter(Act.REFERRAL_DECLINED, on=referral, file=referral.case, by=by, at=at, reason=reason)
    rights.owe(REFER_AGAIN, on=referral.service, case=referral.case, owed_by=referral.sender, by=by, at=at)


def _reason_told(told):
    """The reason that an answer from outside names; one that is no longer in the list holds up no answer."""
    reason = told.get("reason", "")
    return reason if catalogues.is_code("decline_reasons", reason) else "other"


def _answered_outside(referral, *, accepted, reason, answer, by, at):
    if accepted:
        _accept(referral, answer=answer, by=by, at=at)
    else:
        _decline(referral, reason=reason or "other", answer=answer, by=by, at=at)
    referral.save(update_fields=["answered_outside"])


def _end_links(referral, *, by, at):
    over = (Parcel.Status.TAKEN, Parcel.Status.ENDED)
    for parcel in links_of(referral).exclude(status__in=over):
        parcels.end(parcel, by=by, at=at)


def _told_outside(referral):
    """What the reader of a one-time link is shown, in the installation's language."""
    shared = referral.shared.opened_or_erased() or {}
    with translation.override(settings.LANGUAGE_CODE):
        names = {code: catalogues.name_of("shared_fields", code) for code in shared}
        lines = [[names[code], value] for code, value in shared.items()]
        need = referral.need.opened_or_erased()
        return {
            "title": catalogues.name_of("services", referral.service.kind),
            "from": referral.sender.name,
            "phone": referral.sender.telephone,
            "urgent": referral.is_urgent,
            "lines": ([[str(_("What is needed")), need]] if need else []) + lines,
        }


def _answer(referral, status, *, answer, by, at):
    referral.status, referral.answered_at, referral.answered_by = status, at, by
    referral.answer = cleaned(answer)
    referral.save(update_fields=["status", "answered_at", "answered_by", "answer", "decline_reason"])
    book.meet(ANSWER, on=referral, by=by, at=at, evidence=referral)


def _check_may_receive(case, agency):
    if agency.ended_on is not None:
        raise NotAllowed(_("%(agency)s no longer takes part. Choose another agency.") % {"agency": agency.name})
    if agency.pk == case.agency_id:
        raise NotAllowed(_("A referral goes to another agency. For your own service, move the service on."))
    if keeps_out(case, agency):
        raise NotAllowed(_("%(agency)s is kept out of this case and must not learn of it.") % {"agency": agency.name})


def _check_may_be_referred(service, agency):
    if service.state in ENDED:
        raise NotAllowed(_("This service is “%(state)s” and is not referred. Request it again first.")
                         % {"state": service.get_state_display()})  # fmt: skip
    if service.referrals.unanswered().filter(receiver=agency).exists():
        raise NotAllowed(_("%(agency)s has this referral already and has not answered it yet.")
                         % {"agency": agency.name})  # fmt: skip


def _check_fields_are_needed(service, fields):
    surplus = set(fields) - set(fields_for(service.kind))
    if surplus:
        names = ", ".join(catalogues.name_of("shared_fields", code) for code in sorted(surplus))
        raise NotAllowed(_("This service does not need: %(fields)s. Leave it out.") % {"fields": names})


def _check_basis(service, to, fields, basis, reason, at):
    if not catalogues.is_code("lawful_bases", basis):
        raise NotAllowed(_("Choose a lawful basis from the list."))
    if basis != CONSENT:
        if not cleaned(reason):
            raise NotAllowed(_("Say why this is shared without consent: the reason is kept with the referral."))
        return
    person = service.victim.person
    shared = _identity_fields(fields)
    if shared and not consents.covering(person, recipient=to, fields=shared, on=localdate(at)):
        raise NotAllowed(_("No consent on record covers these fields for %(agency)s. Record the consent first, or name"
                           " another lawful basis with its reason.") % {"agency": to.name})  # fmt: skip


def _identity_fields(fields):
    return [code for code in fields if catalogues.term("shared_fields", code).extra["identity"]]


def _shared(service, fields, words, *, by, at):
    """What goes along, as a dict of field code to text; identity fields are read by name and journalled."""
    person = service.victim.person
    wanted = [name for name in fields if name in identities.SEALED]
    opened = {}
    if wanted:
        opened = identities.read(person, fields=wanted, by=by, at=at, file=service.case, because="referral")
    plain = {
        "sex": lambda: person.get_sex_display() if person.sex else "",
        "age": lambda: _age(person.birth_year, localdate(at).year),
        "home_place": lambda: person.home.name if person.home else "",
        "exploitation_kind": lambda: ", ".join(catalogues.name_of("exploitation_kinds", k) for k in service.case.kinds),
        "child": lambda: service.victim.get_childhood_display() if service.victim.childhood else "",
        "police_report": lambda: ", ".join(report.number.opened() for report in service.case.police_reports.all()),
    }
    written = {name: cleaned(text) for name, text in words.items() if name in fields and name not in opened}
    # Both agencies read it later: so it stands in the installation's language, whatever the sender's page speaks.
    with translation.override(settings.LANGUAGE_CODE):
        told = {name: str(plain[name]()) for name in fields if name in plain}
    found = opened | told | written
    return {name: str(value) for name, value in found.items() if value}


def _age(birth_year, year):
    """The year of birth leaves two ages open; both are told, so that nobody of 17 is passed on as 18."""
    if not birth_year:
        return ""
    return f"{max(year - birth_year - 1, 0)}–{year - birth_year}"
