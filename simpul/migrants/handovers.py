"""The way home by the book: notice to the home region, handover to the family, refusal of rehabilitation.

Permen P2MI 32/2025 Art. 13 and 39. A refusal is a signed statement, not an empty field.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.cases.steps import moment_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import one_line
from simpul.migrants.meetings import hold
from simpul.migrants.models import Notice
from simpul.migrants.policy import check_may_hand_over, check_may_keep_manifest
from simpul.obligations import book
from simpul.reference import catalogues

TELL_HOME = "tell_home_of_returnees"
HAND_OVER = "hand_over_returnee"
# Whoever goes home alone from the border is handed over to nobody.
NOT_HANDED_OVER = {"alone", ""}
SIGNERS = ("self", "family")


@transaction.atomic
def tell_home(notice, *, by, at):
    """The home region was told who comes home."""
    check_may_keep_manifest(notice.manifest, by=by)
    notice.refresh_from_db(from_queryset=Notice.objects.select_for_update())
    if notice.told_at is not None:
        raise NotAllowed(_("This region was told already."))
    notice.told_at, notice.told_by = at, by
    notice.save(update_fields=["told_at", "told_by"])
    enter(Act.HOME_TOLD, on=notice, file=notice.manifest, by=by, at=at, region=notice.region_id)
    book.meet(TELL_HOME, on=notice, by=by, at=at, evidence=notice)


@transaction.atomic
def hand_over(returnee, *, to, witness, on, by, at):
    """The person was handed over by a signed record, with a witness of the regional or village government."""
    check_may_hand_over(returnee, by=by)
    hold(returnee)
    if returnee.handed_over_on is not None:
        raise NotAllowed(_("This person was handed over already."))
    if not catalogues.is_code("handover_parties", to):
        raise NotAllowed(_("Choose to whom the person was handed over."))
    if to == "self" and (returnee.age is None or returnee.is_child):
        raise NotAllowed(_("A child is handed over to somebody who answers for it. Where the age is not known, too."))
    if not one_line(witness):
        raise NotAllowed(_("Name the witness of the regional or village government who signed the record."))
    _check_day(on, returnee, at)
    returnee.handed_over_on, returnee.handed_to, returnee.witness = on, to, one_line(witness)
    returnee.save(update_fields=["handed_over_on", "handed_to", "witness"])
    enter(Act.RETURNEE_HANDED_OVER, on=returnee, by=by, at=at, to=to)
    book.meet(HAND_OVER, on=returnee, by=by, at=at, evidence=returnee, done_at=moment_of(on, at))


@transaction.atomic
def refuse_rehabilitation(returnee, *, signed_by, on, by, at):
    """Rehabilitation at the place of arrival was refused by a signed statement: of the person, or of the family."""
    check_may_hand_over(returnee, by=by)
    hold(returnee)
    if signed_by not in SIGNERS:
        raise NotAllowed(_("Say who signed the statement: the person, or the family of somebody not able to."))
    if signed_by == "self" and (returnee.age is None or returnee.is_child):
        raise NotAllowed(_("For a child the family signs. Where the age is not known, too."))
    _check_day(on, returnee, at)
    returnee.refused_on, returnee.refused_by = on, signed_by
    returnee.save(update_fields=["refused_on", "refused_by"])
    enter(Act.RETURNEE_REFUSED, on=returnee, by=by, at=at, signed_by=signed_by)


def _check_day(on, returnee, at):
    if on > localdate(at):
        raise NotAllowed(_("This day lies in the future. Write when it happened."))
    if on < returnee.arrived_on:
        raise NotAllowed(_("This day lies before the arrival on %(day)s. Check both days.")
                         % {"day": f"{returnee.arrived_on:%d-%m-%Y}"})  # fmt: skip
