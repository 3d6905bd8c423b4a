"""Referrals: sent with only what the service needs, received, answered, taken back."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import access, queries, referrals, services, victims
from simpul.cases.models import Referral
from simpul.cases.policy import check_may_answer, check_may_move, check_may_stop, check_may_withdraw
from simpul.confidentiality.models import Parcel
from simpul.desk.acting import leaf, page, said, tried, typed
from simpul.desk.forms import referrals as forms
from simpul.desk.forms.obligations import Pause
from simpul.desk.forms.services import Move
from simpul.desk.views.cases import back_to, form_page, one_click, to_keep
from simpul.journal.entries import label
from simpul.lib.rules import allows
from simpul.obligations import book, policy
from simpul.obligations.models import Obligation

SECTION = "desk:referrals"
EITHER = (Right.ANSWER_REFERRALS, Right.KEEP_CASES)
INBOX, SENT, RECEIVED = "", "keluar", "masuk"
PAUSED = Obligation.State.PAUSED
OPEN_LINKS = (Parcel.Status.MADE, Parcel.Status.OPENED, Parcel.Status.LOCKED)


@officers(*EITHER)
def referral_list(request):
    """Referrals that wait for the own agency's answer; on other leaves those received and those sent."""
    which = request.GET.get("lihat", INBOX)
    waiting = queries.waiting_for(request.user)
    mine = queries.referral_list(request.user)
    lists = {SENT: mine.filter(sender=request.user.agency), RECEIVED: mine.filter(receiver=request.user.agency)}
    found = leaf(request, lists.get(which, waiting))
    _with_clocks(found.object_list)
    return page(
        request, "referrals/list", section=SECTION, leaf=found, which=which if which in lists else INBOX,
        waiting=waiting.count(), kept={"lihat": which} if which in lists else {},
    )  # fmt: skip


@officers(*EITHER)
def referral(request, pk):
    """One referral with what was shared; opening it is written down."""
    referral = access.referral_for(request.user, pk, at=request.at)
    return _page(request, referral)


@officers(Right.ANSWER_REFERRALS)
@require_POST
def accept(request, pk):
    """The need is taken over."""
    referral = access.referral_to_answer(request.user, pk)
    form = forms.Accept(request.POST)
    if form.is_valid() and tried(form, referrals.accept, referral, by=request.user, at=request.at, **form.cleaned_data):
        return _back_to(referral, request, _("Accepted. Your agency gives this service now."))
    return _page(request, access.referral_for(request.user, pk, at=request.at), accepting=form)


@officers(Right.ANSWER_REFERRALS)
@require_POST
def decline(request, pk):
    """The need goes back to the sender."""
    referral = access.referral_to_answer(request.user, pk)
    form = forms.Decline(request.POST)
    if form.is_valid() and tried(
        form, referrals.decline, referral, by=request.user, at=request.at, **form.cleaned_data
    ):
        return _back_to(referral, request, _("Declined. Your answer is with the sender."))
    return _page(request, access.referral_for(request.user, pk, at=request.at), declining=form)


@officers(Right.KEEP_CASES)
@require_POST
def withdraw(request, pk):
    """A referral is taken back before it is answered."""
    referral = access.referral_to_answer(request.user, pk)
    if one_click(request, referrals.withdraw, referral):
        said(request, _("The referral is taken back."))
    return redirect("desk:referral", pk)


@officers(Right.ANSWER_REFERRALS)
@require_POST
def move(request, pk):
    """The agency that gives the service moves it on."""
    referral = access.referral_to_answer(request.user, pk)
    service = referral.service
    service.case = referral.case
    form = Move(request.POST, service=service, today=localdate(request.at))
    if form.is_valid() and tried(form, services.move, service, by=request.user, at=request.at, **form.cleaned_data):
        words = _("The service is now: %(state)s.") % {"state": service.get_state_display()}
        return _back_to(referral, request, words)
    return _page(request, access.referral_for(request.user, pk, at=request.at), moving=form)


@officers(Right.ANSWER_REFERRALS)
@require_POST
def pause(request, pk):
    """The receiver stops the clock of the answer, for a reason."""
    referral, clock = _with_clock(request, pk)
    form = Pause(request.POST)
    if form.is_valid():
        policy.check_may_pause(clock, by=request.user)
        if tried(form, book.pause, clock, by=request.user, at=request.at, **form.cleaned_data):
            return _back_to(referral, request, _("The clock is paused."))
    return _page(request, access.referral_for(request.user, pk, at=request.at), pausing=form)


@officers(Right.ANSWER_REFERRALS)
@require_POST
def resume(request, pk):
    """The clock of the answer runs on."""
    referral, clock = _with_clock(request, pk)
    policy.check_may_handle(clock, by=request.user)
    if one_click(request, book.resume, clock):
        said(request, _("The clock runs on."))
    return redirect("desk:referral", referral.pk)


@officers(Right.ANSWER_REFERRALS)
@require_POST
def stop(request, pk):
    """The consent ended, and the receiver has stopped using what was shared."""
    referral = access.referral_to_answer(request.user, pk)
    if one_click(request, referrals.stop, referral):
        said(request, _("Noted: your agency has stopped, and reads the referral no more."))
        return redirect("desk:referrals")
    return redirect("desk:referral", pk)


@officers(Right.KEEP_CASES)
def new(request, number):
    """A service is referred to another agency."""
    case = to_keep(request, number)
    key = request.GET.get("layanan", "")
    if not key.isdecimal():
        raise Http404
    service = get_object_or_404(case.services.select_related("victim__person__data_key"), pk=int(key))
    service.victim.case = case
    consents = service.victim.person.consents.filter(withdrawn_at=None).select_related("recipient")
    form = forms.NewReferral(typed(request), service=service, initial={"basis": "consent" if consents else ""})
    if form.is_valid():
        sent = tried(form, referrals.send, service, by=request.user, at=request.at, **form.told())
        if sent:
            return back_to(case, request, _("The referral is with %(agency)s.") % {"agency": sent.receiver.name})
    identity = victims.read_identity(
        service.victim, fields=["name"], by=request.user, at=request.at, because="referral"
    )
    return form_page(
        request, case, form, title=_("Refer a service"), button=_("Send the referral"), of_whom=identity["name"],
        service=service, consents=consents, today=localdate(request.at), part=service.victim,
    )  # fmt: skip


def _with_clock(request, pk):
    """A referral with the standing obligation to answer it."""
    referral = access.referral_to_answer(request.user, pk)
    standing = Obligation.objects.standing().about(label(referral)).select_related("owed_by")
    return referral, get_object_or_404(standing, rule=referrals.ANSWER)


def _with_clocks(found):
    """Each referral with the obligation to answer it, in one query."""
    clocks = Obligation.objects.filter(subject__in=[label(referral) for referral in found], rule=referrals.ANSWER)
    clock_of = {clock.subject: clock for clock in clocks}
    for referral in found:
        referral.clock = clock_of.get(label(referral))


def _page(request, referral, *, accepting=None, declining=None, moving=None, pausing=None):
    officer, service = request.user, referral.service
    service.case = referral.case
    answers = allows(check_may_answer, referral, by=officer)
    gives = referral.receiver_id == officer.agency_id and referral.status == Referral.Status.ACCEPTED
    gives = gives and bool(service.NEXT[service.state]) and allows(check_may_move, service, by=officer)
    shared = referral.shared.opened_or_erased() or {}
    _with_clocks([referral])
    failed = accepting or declining or moving or pausing
    may_withdraw = allows(check_may_withdraw, referral, by=officer)
    clock = referral.clock
    return page(
        request, "referrals/referral", section=SECTION,
        referral=referral, service=service,
        shared=shared if isinstance(shared, dict) else {}, need=referral.need.opened_or_erased(),
        answer=referral.answer.opened_or_erased(), is_sender=referral.sender_id == officer.agency_id,
        basis_reason=referral.basis_reason.opened_or_erased(),
        accepting=(accepting or forms.Accept()) if answers else None,
        declining=(declining or forms.Decline()) if answers else None,
        moving=(moving or Move(service=service, today=localdate(request.at))) if gives else None,
        pausing=(pausing or Pause()) if clock and _is_pausable(clock, officer) else None,
        may_resume=clock and clock.state == PAUSED and allows(policy.check_may_handle, clock, by=officer),
        may_withdraw=may_withdraw, **(_outside(referral) if may_withdraw else {}),
        may_stop=allows(check_may_stop, referral, by=officer) and referrals.is_to_stop(referral),
        answered_outside=referral.answered_outside.opened_or_erased(),
        opens_file=officer.may(Right.KEEP_CASES) and referral.case.agency_id == officer.agency_id,
        status=422 if failed else 200,
    )  # fmt: skip


def _outside(referral):
    """Ways to an agency without an account: its links, and whether somebody there would see the referral here."""
    links = list(referrals.links_of(referral))
    return {
        "links": links,
        "link_is_open": any(parcel.status in OPEN_LINKS for parcel in links),
        "has_officers": forms.answers_here().filter(pk=referral.receiver_id).exists(),
    }


def _is_pausable(clock, officer):
    return clock.state == Obligation.State.OPEN and allows(policy.check_may_pause, clock, by=officer)


def _back_to(referral, request, sentence):
    said(request, sentence)
    return redirect("desk:referral", referral.pk)
