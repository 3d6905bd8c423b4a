"""Emergency access: the number of a case and a written reason open its file for three hours."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import emergency
from simpul.cases.models import BreakGlass
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms.emergency import EmergencyAccess
from simpul.lib.rules import NotAllowed, NotFound
from simpul.persons.identities import check_may_read_identities


@officers(Right.BREAK_GLASS)
def break_glass(request):
    """Take emergency access, and see which is still open."""
    check_may_read_identities(request.user)
    form = EmergencyAccess(typed(request), initial={"number": request.GET.get("nomor", "")})
    if form.is_valid():
        access = tried(form, _open, by=request.user, at=request.at, **form.cleaned_data)
        if access:
            said(request, _("The file is open to you for three hours. The agency that keeps it has been told."))
            return redirect("desk:case", access.case.number)
    taken = BreakGlass.objects.filter(officer=request.user).select_related("case__agency").order_by("-taken_at")
    return page(
        request, "emergency/break_glass", section="desk:cases", form=form, taken=taken[:10],
        status=status_of(form),
    )  # fmt: skip


def _open(*, number, reason, by, at):
    try:
        return emergency.break_glass(number, reason=reason, by=by, at=at)
    except NotFound:
        raise NotAllowed(_("No case has this number. Compare it with the agency that gave it to you.")) from None
