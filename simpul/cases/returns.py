"""The return home: only as the victim wishes and where it is safe; the home regency fetches and pays.

UU 21/2007 Art. 51 and its elucidation; PP 9/2008 Art. 17(4), 19; Permen P2MI 32/2025 Art. 13.
"""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.exclusions import keeps_out, let_in
from simpul.agencies.offices import nearest
from simpul.cases import rights, services
from simpul.cases.access import hold
from simpul.cases.models import Return, Service
from simpul.cases.policy import REPATRIATION, check_may_depart, check_may_move
from simpul.cases.steps import moment_of
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned, one_line
from simpul.obligations import book
from simpul.reference import catalogues

TELL_HOME, FETCH = "tell_home_region", "home_region_fetches"
FOLLOW_UPS = {3: "follow_up_3_months", 6: "follow_up_6_months", 12: "follow_up_12_months"}
ANSWERS = ("yes", "no", "unclear")


@transaction.atomic
def wish(service, *, home, wish, by, at):
    """Record that the victim truly wishes to go home, in the victim's words, and where home is."""
    check_may_move(service, by=by)
    hold(service, "state")
    if service.kind != REPATRIATION:
        raise NotAllowed(_("A return belongs to the service “%(service)s”.")
                         % {"service": catalogues.name_of("services", REPATRIATION)})  # fmt: skip
    if service.state not in {Service.State.REQUESTED, Service.State.AGREED}:
        raise NotAllowed(_("This return is “%(state)s”. Request it again first.") % {
            "state": service.get_state_display()})  # fmt: skip
    if not cleaned(wish):
        raise NotAllowed(_("Write the wish in the victim's own words; nobody goes home without it."))
    homeward = Return.objects.filter(service=service).first() or Return(service=service)
    homeward.service, homeward.home, homeward.wished_on = service, home, localdate(at)
    homeward.wish, homeward.noted_by = cleaned(wish), by
    # A new wish asks for a new look at the danger.
    homeward.is_safe, homeward.checked_on, homeward.checked_by = None, None, None
    # Of an earlier attempt nothing holds any more: the home may be another one now.
    homeward.home_told_at, homeward.fetched_by, homeward.departed_on = None, None, None
    homeward.save()
    book.waive_all(on=homeward, reason="no_longer_applies", by=by, at=at)
    _note(homeward, "wish", by=by, at=at)
    return homeward


@transaction.atomic
def check_safety(homeward, *, answers, is_safe, by, at):
    """Ask what the safety check asks; an officer decides whether the return is safe. One "no" forbids a yes."""
    check_may_move(homeward.service, by=by)
    hold(homeward, "is_safe", "departed_on")
    _check_is_wanted(homeward)
    if homeward.departed_on is not None:
        raise NotAllowed(_("The victim has departed already."))
    questions = [term.code for term in catalogues.terms("safety_checks")]
    if any(answers.get(question) not in ANSWERS for question in questions):
        raise NotAllowed(_("Answer every question of the safety check; “unclear” is an answer."))
    if is_safe and "no" in answers.values():
        raise NotAllowed(
            _("An answer is “no”: the return is not safe yet. Change what makes it dangerous, then check again.")
        )
    if is_safe and answers["own_wish"] != "yes":
        raise NotAllowed(_("It is not clear that the victim truly wishes to return. Ask again, alone."))
    homeward.answers = {question: answers[question] for question in questions}
    homeward.is_safe, homeward.checked_on, homeward.checked_by = is_safe, localdate(at), by
    homeward.save()
    _note(homeward, "safety", by=by, at=at, safe=is_safe)
    if not is_safe:
        book.waive_all(on=homeward, reason="no_longer_applies", by=by, at=at)
    elif homeward.home_told_at is None:
        case = homeward.service.case
        rights.owe(TELL_HOME, on=homeward, case=case, owed_by=case.agency, by=by, at=at)


@transaction.atomic
def tell_home(homeward, *, by, at, fetched_by=None):
    """The home region was told; from now on it owes to fetch the victim, and pays (PP 9/2008 Art. 17(4), 19)."""
    check_may_move(homeward.service, by=by)
    hold(homeward, "is_safe", "home_told_at", "departed_on")
    _check_is_wanted(homeward)
    check_may_depart(homeward)
    if homeward.home_told_at is not None:
        raise NotAllowed(_("The home region was told already."))
    case = homeward.service.case
    fetched_by = fetched_by or _who_fetches(homeward, case)
    if fetched_by is not None and keeps_out(case, fetched_by):
        raise NotAllowed(
            _("%(agency)s is kept out of this case and must not learn of it.") % {"agency": fetched_by.name}
        )
    homeward.home_told_at, homeward.fetched_by = at, fetched_by
    homeward.save(update_fields=["home_told_at", "fetched_by"])
    _note(homeward, "told", by=by, at=at)
    book.meet(TELL_HOME, on=homeward, by=by, at=at, evidence=homeward)
    if homeward.departed_on is not None:
        return
    rights.owe(FETCH, on=homeward, case=case, owed_by=fetched_by or case.agency, place=homeward.home_id, by=by, at=at)


@transaction.atomic
def depart(homeward, *, on, by, at):
    """The victim is on the way."""
    check_may_move(homeward.service, by=by)
    hold(homeward, "is_safe", "departed_on", "handed_over_on")
    _check_is_wanted(homeward)
    check_may_depart(homeward)
    if homeward.handed_over_on is not None:
        raise NotAllowed(_("The victim was handed over already."))
    _check_day(on, at, not_before=homeward.wished_on)
    homeward.departed_on = on
    homeward.save(update_fields=["departed_on"])
    _note(homeward, "departed", by=by, at=at)
    if homeward.service.state in {Service.State.REQUESTED, Service.State.AGREED}:
        services.move(homeward.service, to=Service.State.RUNNING, by=by, at=at)
    book.meet(FETCH, on=homeward, by=by, at=at, evidence=homeward, done_at=moment_of(on, at))


@transaction.atomic
def hand_over(homeward, *, to, witness, on, by, at):
    """The victim is home: handed over by a signed record, witnessed by the region or the village.

    The visits after 3, 6 and 12 months are owed from this day.
    """
    check_may_move(homeward.service, by=by)
    hold(homeward, "departed_on", "handed_over_on")
    if homeward.handed_over_on is not None:
        raise NotAllowed(_("The victim was handed over already."))
    _check_is_wanted(homeward)
    if homeward.departed_on is None:
        raise NotAllowed(_("Note first that the victim has departed."))
    _check_day(on, at, not_before=homeward.departed_on)
    if not catalogues.is_code("handover_parties", to):
        raise NotAllowed(_("Choose to whom the victim was handed over."))
    if to == "self" and homeward.service.victim.counts_as_child:
        raise NotAllowed(_("A child is handed over to somebody who answers for it."))
    if not one_line(witness):
        raise NotAllowed(_("Name the witness of the regional or village government who signed the record."))
    homeward.handed_over_on, homeward.handed_to, homeward.witness = on, to, one_line(witness)
    homeward.save()
    _note(homeward, "handed_over", by=by, at=at, to=to)
    services.move(homeward.service, to=Service.State.DONE, by=by, at=at)
    case, moment = homeward.service.case, moment_of(on, at)
    for clock in FOLLOW_UPS.values():
        rights.owe(
            clock, on=homeward.service.victim, case=case, owed_by=case.agency, since=moment, place=homeward.home_id,
            by=by, at=at,
        )  # fmt: skip


def _check_is_wanted(homeward):
    """Nobody is brought home who has refused it or stopped on the way."""
    hold(homeward.service, "state")
    if homeward.service.state in {Service.State.REFUSED, Service.State.STOPPED, Service.State.DECLINED}:
        raise NotAllowed(_("This return is “%(state)s”. Request it again first.") % {
            "state": homeward.service.get_state_display()})  # fmt: skip


def _who_fetches(homeward, case):
    """The social agency nearest to home, or the service centre there."""
    for kind in ("social", "uptd_ppa"):
        if found := let_in(case, nearest(kind, homeward.home_id)):
            return found[0]
    return None


def _check_day(on, at, *, not_before):
    if on > localdate(at):
        raise NotAllowed(_("This day lies in the future. Write when it happened."))
    if on < not_before:
        raise NotAllowed(_("This day lies before %(day)s, when the step before it happened. Check both days.")
                         % {"day": f"{not_before:%d-%m-%Y}"})  # fmt: skip


def _note(homeward, what, *, by, at, **facts):
    enter(Act.RETURN_NOTED, on=homeward, file=homeward.service.case, by=by, at=at, what=what, **facts)
