"""Referrals to an agency without an account: a link that opens once, the letters, the answer by telephone."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import access, referrals
from simpul.cases.policy import check_may_withdraw
from simpul.desk.acting import page, refused, said, status_of, tried, typed
from simpul.desk.forms import outside as forms
from simpul.desk.views.cases import one_click
from simpul.desk.views.documents import as_pdf
from simpul.documents import patterns, records
from simpul.lib.rules import NotAllowed

SECTION = "desk:referrals"


@officers(Right.KEEP_CASES)
@require_POST
def link(request, pk):
    """A link that opens once is made. Its address and code are shown on this page and nowhere again."""
    referral = access.referral_to_answer(request.user, pk)
    try:
        parcel, token, code = referrals.link(referral, by=request.user, at=request.at)
    except NotAllowed as refusal:
        refused(request, refusal)
        return redirect("desk:referral", pk)
    address = request.build_absolute_uri(reverse("portal:parcel", args=[token]))
    shown = page(
        request, "referrals/link", section=SECTION, referral=referral, parcel=parcel, token=token, code=code,
        address=address, pattern=patterns.image(address),
    )  # fmt: skip
    patch_cache_control(shown, no_store=True)
    return shown


@officers(Right.KEEP_CASES)
@require_POST
def cover(request, pk):
    """The cover letter with the link, from the page that shows it: the link is kept nowhere else."""
    referral = access.referral_to_answer(request.user, pk)
    token = "".join(letter for letter in request.POST.get("token", "") if letter.isalnum())
    address = request.build_absolute_uri(reverse("portal:parcel", args=[token or "-"]))
    pdf = records.referral_cover(referral, token=token, address=address, by=request.user, at=request.at)
    return as_pdf(pdf, f"surat-{referral.case.number}-R{referral.pk}")


@officers(Right.KEEP_CASES)
def inner(request, pk):
    """The sheet for the closed envelope. It shows what was shared, and that is written down."""
    referral = access.referral_to_answer(request.user, pk)
    pdf = records.referral_inner(referral, by=request.user, at=request.at)
    return as_pdf(pdf, f"lembar-{referral.case.number}-R{referral.pk}")


@officers(Right.KEEP_CASES)
@require_POST
def end(request, pk):
    """The link opens nothing any more; the referral stands."""
    referral = access.referral_to_answer(request.user, pk)
    if one_click(request, referrals.end_links, referral):
        said(request, _("The link opens nothing any more. The referral still waits for an answer."))
    return redirect("desk:referral", pk)


@officers(Right.KEEP_CASES)
def answer(request, pk):
    """The agency answered by telephone or letter."""
    referral = access.referral_to_answer(request.user, pk)
    check_may_withdraw(referral, by=request.user)
    form = forms.AnswerNoted(typed(request))
    if form.is_valid() and tried(form, referrals.note_answer, referral, by=request.user, at=request.at, **form.told()):
        said(request, _("The answer of %(agency)s is noted.") % {"agency": referral.receiver.name})
        return redirect("desk:referral", pk)
    return page(request, "referrals/answer", section=SECTION, status=status_of(form), referral=referral, form=form)
