"""Open data: drafts, what they show and hide, the second officer, the public page, and who was handed what."""

from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.confidentiality import signing
from simpul.confidentiality.keys import KeysError
from simpul.desk.acting import leaf, page, refused, said, status_of, tried, typed
from simpul.desk.forms import releases as forms
from simpul.desk.views.cases import one_click
from simpul.insight import published, release_files
from simpul.insight import release as acts
from simpul.insight.models import Budget, Delivery, Release
from simpul.lib import signed
from simpul.lib.rules import allows

SECTION = "desk:releases"


@officers(Right.RELEASE_FIGURES)
def releases(request):
    """All releases, the newest first."""
    found = Release.objects.select_related("made_by", "approved_by").defer("tables", "document", "package", "picture")
    budgets = Budget.objects.prefetch_related("spendings").order_by("-year")
    for each in budgets:
        each.left = each.limit - sum(one.epsilon for one in each.spendings.all())
    return page(request, "releases/list", section=SECTION, leaf=leaf(request, found.order_by("-pk")), budgets=budgets)


@officers(Right.RELEASE_FIGURES)
def new(request):
    """A draft of a period that is over."""
    form = forms.NewRelease(typed(request), today=localdate(request.at))
    if form.is_valid():
        told = form.cleaned_data
        made = tried(form, acts.draft, told["period"], epsilon=told["epsilon"], by=request.user, at=request.at)
        if made:
            said(request, _("The draft is made. Look at it, and ask a second officer to do so."))
            return redirect("desk:release", made.number)
    return _form_page(request, form, title=_("Draft a release"), button=_("Make the draft"))


@officers(Right.RELEASE_FIGURES)
def release(request, number):
    """What everybody will see, what is hidden, and what the attacker's check says."""
    one = acts.of_number(number)
    document = published.told(one) if one.document else release_files.preview(one)
    heads, lines, sums = published.overview(one, document)
    return page(
        request, "releases/release", section=SECTION, release=one, heads=heads, lines=lines, sums=sums,
        sheets=published.sheets(one, document).values(),
        findings=one.quality.get("findings", []) if one.is_open else [],
        held_back=[acts.title_of(code) for code in one.quality.get("held_back", [])],
        share_shown=_percent(one.quality.get("share_shown")),
        share_hidden=_percent(one.quality["hidden"] / one.quality["cells"] if one.quality.get("cells") else None),
        may_approve=allows(acts.check_may_approve, one, by=request.user),
        may_publish=allows(acts.check_may_publish, one, by=request.user), is_own=one.made_by_id == request.user.pk,
        deliveries=one.deliveries.select_related("delivered_by").order_by("-pk"),
        key=signed.short_name(one.public_key) if one.public_key else "",
    )  # fmt: skip


@officers(Right.RELEASE_FIGURES)
@require_POST
def approve(request, number):
    """A second officer looked at it."""
    if one_click(request, acts.approve, acts.of_number(number)):
        said(request, _("Approved. It can be published now."))
    return redirect("desk:release", number)


@officers(Right.RELEASE_FIGURES)
@require_POST
def publish(request, number):
    """It is signed and stands on the public page."""
    try:
        if one_click(request, acts.publish, acts.of_number(number), sign=signing.sign):
            said(request, _("It is on the public page, signed."))
    except KeysError as problem:
        refused(request, problem)
    return redirect("desk:release", number)


@officers(Right.RELEASE_FIGURES)
def withdraw(request, number):
    """It is taken from the public page."""
    one = acts.of_number(number)
    form = forms.Withdrawal(typed(request))
    if form.is_valid() and tried(form, acts.withdraw, one, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("It is withdrawn. The public page says why."))
        return redirect("desk:release", number)
    return _form_page(request, form, release=one, title=_("Withdraw it"), button=_("Withdraw"))


@officers(Right.RELEASE_FIGURES)
@require_POST
def drop(request, number):
    """A draft is put away."""
    if one_click(request, acts.drop, acts.of_number(number)):
        said(request, _("The draft is put away."))
    return redirect("desk:releases")


@officers(Right.RELEASE_FIGURES)
def deliver(request, number):
    """It was handed to an organisation."""
    one = acts.of_number(number)
    form = forms.NewDelivery(typed(request))
    if form.is_valid() and tried(form, acts.deliver, one, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("It is in the register."))
        return redirect("desk:release", number)
    return _form_page(
        request, form, release=one, title=_("Write down to whom it was handed"), button=_("Write it down")
    )


@officers(Right.RELEASE_FIGURES)
def deliveries(request):
    """The register of what was handed to whom, the newest first."""
    found = Delivery.objects.select_related("release", "delivered_by__agency").defer(
        "release__tables", "release__document", "release__package", "release__picture"
    )
    return page(request, "releases/deliveries", section=SECTION, leaf=leaf(request, found.order_by("-pk")))


@officers(Right.RELEASE_FIGURES)
def budget(request):
    """The budget of noise of a year is set, once."""
    form = forms.NewBudget(typed(request), initial={"year": localdate(request.at).year})
    if form.is_valid():
        told = form.cleaned_data
        if tried(form, acts.set_budget, told["year"], limit=told["limit"], by=request.user, at=request.at):
            said(request, _("The budget is set."))
            return redirect("desk:releases")
    return _form_page(request, form, title=_("Set the budget of noise"), button=_("Set it"))


def _percent(share):
    return None if share is None else round(100 * share)


def _form_page(request, form, *, title, button, release=None):
    return page(request, "releases/act", section=SECTION, status=status_of(form), form=form, release=release,
                title=title, button=button)  # fmt: skip
