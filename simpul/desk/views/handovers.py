"""The way home by the book: the home region told, the handover to the family, the refusal of rehabilitation."""

from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import handovers as forms
from simpul.desk.views.returnees import SECTION, act_page, back_to, named, opened
from simpul.journal.entries import label
from simpul.migrants import access, handovers
from simpul.migrants.policy import check_may_hand_over
from simpul.obligations.models import Obligation


@officers(Right.KEEP_MANIFESTS)
def tell_home(request, pk):
    """That a home region was told who comes home is confirmed; the page says whom, of how many people, by when."""
    notice = access.notice_for(request.user, pk)
    form = forms.Told(typed(request))
    if form.is_valid() and tried(form, handovers.tell_home, notice, by=request.user, at=request.at):
        said(request, _("Noted: %(region)s was told.") % {"region": notice.region})
        return redirect("desk:manifest", notice.manifest.number)
    clock = Obligation.objects.about(label(notice)).order_by("pk").last()
    return page(request, "handovers/notice", section=SECTION, status=status_of(form), notice=notice, form=form,
                clock=clock)  # fmt: skip


@officers(Right.KEEP_MANIFESTS)
def hand_over(request, number, row):
    """The person was handed over by a signed record, with a witness."""
    person = opened(request, number, row)
    check_may_hand_over(person, by=request.user)
    form = forms.HandOver(typed(request), returnee=person, today=localdate(request.at))
    if form.is_valid() and tried(
        form, handovers.hand_over, person, by=request.user, at=request.at, **form.cleaned_data
    ):
        return back_to(person, request, _("The handover is noted."))
    return act_page(
        request, person, form, title=_("Note the handover"), button=_("Note the handover"),
        name=named(person, request, because="handover"),
        about=_("Permen P2MI 32/2025 Art. 13: by a record that both sides and a witness of the government sign."),
    )  # fmt: skip


@officers(Right.KEEP_MANIFESTS)
def refuse(request, number, row):
    """The person, or the family, refused rehabilitation at the place of arrival by a signed statement."""
    person = opened(request, number, row)
    check_may_hand_over(person, by=request.user)
    form = forms.Refusal(typed(request), returnee=person, today=localdate(request.at))
    if form.is_valid() and tried(
        form, handovers.refuse_rehabilitation, person, by=request.user, at=request.at, **form.cleaned_data
    ):
        return back_to(person, request, _("The refusal is noted. It can be offered again at any time."))
    return act_page(
        request, person, form, title=_("Note the refusal of rehabilitation"), button=_("Note the refusal"),
        name=named(person, request, because="refusal"),
        about=_("Permen P2MI 32/2025 Art. 39: a refusal is a statement that was signed. Without one, rehabilitation is"
                " still offered."),
    )  # fmt: skip
