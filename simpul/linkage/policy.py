"""What an officer may learn of who is whom, and may say about it; each rule once, and a refusal says why."""

from django.utils.translation import gettext as _

from simpul.agencies.models import VILLAGE_KINDS
from simpul.agencies.roles import Right
from simpul.lib.rules import NotAllowed
from simpul.linkage import groups, records
from simpul.persons.policy import check_is_not_restricted

# From here on the program proposes that two records are one person.
SURE = 0.95
# An officer who may not see the other record is told of one from here on.
TOLD_FROM = 0.8
# What is less likely is not kept.
KEPT_FROM = 0.05
SHORTEST_REASON = 10


def check_may_compare(officer):
    if not officer.may(Right.REVIEW_PAIRS):
        raise NotAllowed(_("Your role does not compare records of persons."))


def sees_both(pair, *, by, at):
    """Whether an officer may see both records of a pair, or of a decision."""
    both = {pair.left_id, pair.right_id}
    return by.may(Right.REVIEW_PAIRS) and records.open_to(by, at=at).filter(pk__in=both).count() == 2


def check_sees_both(pair, *, by, at):
    check_may_compare(by)
    if not sees_both(pair, by=by, at=at):
        raise NotAllowed(_("Only who may see both records may say whether they are one person."))


def check_is_free(pair, *, by, at):
    """Two officers do not compare the same two records at the same time."""
    if pair.is_claimed_by_another(by, at=at):
        raise NotAllowed(_("%(name)s is comparing these two records now.") % {"name": pair.claimed_by.full_name})


def check_has_a_reason(reason):
    if len(reason) < SHORTEST_REASON:
        raise NotAllowed(_("Write in a sentence why."))


def check_may_join(left, right):
    """Nobody is joined with somebody who was said to be another, by whatever way."""
    apart = groups.decided_apart_if_joined(left, right)
    if apart is not None:
        raise NotAllowed(
            _("These two would come together with two records that an officer said are not the same person, on"
              " %(day)s. Take that decision back first, or look at it again.") % {"day": f"{apart.decided_at:%d-%m-%Y}"}
        )  # fmt: skip


def check_may_part(left, right):
    """Two records that others join are not said to be two people beside them: one of those decisions is wrong."""
    if groups.are_joined_by_others(left, right):
        raise NotAllowed(
            _("Other decisions make these two one person. Take back the one that is wrong first.")
        )  # fmt: skip


def check_may_retract(decision, *, by, at):
    """Whoever may see both records; and the agency that said it in answer to a question."""
    check_may_compare(by)
    inquiry = decision.inquiry
    answered = inquiry is not None and by.agency_id == inquiry.receiver_id and sees_own_side(inquiry, by=by, at=at)
    if not answered and not sees_both(decision, by=by, at=at):
        raise NotAllowed(_("Only who may see both records may take this decision back."))


def check_stands(decision):
    if not decision.stands:
        raise NotAllowed(_("This decision was taken back already. Reload the page."))


def check_may_ask(own, other, *, to, by, at):
    """A question goes to an agency that keeps the other record, and tells nobody who is kept out of the own one."""
    check_may_compare(by)
    check_is_not_restricted(own)
    held = records.records_of([own.pk, other], at=at)
    holders = {record.agency for record in held[other]} if other in records.unhidden([other], by) else set()
    knows = hears_of_others(by) and not is_restricted(other)
    if not knows or to.pk not in holders or to.pk == by.agency_id:
        raise NotAllowed(_("This agency cannot be asked about the other record."))
    if records.is_shut_to(held[own.pk], to):
        raise NotAllowed(_("%(agency)s must not learn of this record and cannot be asked.") % {"agency": to.name})


def check_may_answer(inquiry, *, by, at):
    """The agency that was asked, by an officer to whom the record is open."""
    check_may_compare(by)
    if by.agency_id != inquiry.receiver_id or not sees_own_side(inquiry, by=by, at=at):
        raise NotAllowed(_("Only the agency that keeps the record may answer this question."))
    check_waits(inquiry)


def check_may_withdraw(inquiry, *, by):
    check_may_compare(by)
    if by.agency_id != inquiry.sender_id:
        raise NotAllowed(_("Only the agency that asked may take the question back."))
    check_waits(inquiry)


def check_waits(inquiry):
    if not inquiry.is_waiting:
        raise NotAllowed(_("This question was answered or taken back already. Reload the page."))


def sees_own_side(inquiry, *, by, at):
    """Whether the record that was asked about is open to an officer, and the one asked from is not kept from them."""
    is_open = records.open_to(by, at=at).filter(pk=inquiry.other_id).exists()
    return is_open and inquiry.own_id in records.unhidden([inquiry.own_id], by)


def hears_of_others(officer):
    """Who stands closest to somebody's neighbours is told of no file that is not open to the office anyway."""
    return officer.agency.kind not in VILLAGE_KINDS


def is_restricted(person):
    """While the use of somebody's data is restricted, nothing of it goes to another agency (UU 27/2022 Art. 41)."""
    return records.Person.objects.filter(pk=person).exclude(restricted_at=None).exists()


def word_for(probability):
    """A probability in a word; the number itself is for who may see both records."""
    if probability is None:
        return _("compared by an officer")
    if probability >= SURE:
        return _("very likely")
    return _("likely") if probability >= TOLD_FROM else _("possible")
