"""How a case ends or goes on elsewhere: closed for a reason, begun again, handed over; and who opens its file."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases import files, victims
from simpul.cases.models import Involvement
from simpul.cases.policy import check_may_hand_over
from simpul.desk.acting import page, said, status_of, tried, typed
from simpul.desk.forms import endings as forms
from simpul.desk.views.cases import FILE, SECTION, back_to, form_page, one_click, to_keep, to_work_on
from simpul.journal.entries import label
from simpul.obligations.models import Obligation


@officers(*FILE)
def close(request, number):
    """A case is closed for a reason, when nothing is owed in it any more."""
    case = to_keep(request, number)
    form = forms.Closing(typed(request))
    if form.is_valid() and tried(form, files.close, case, by=request.user, at=request.at, **form.cleaned_data):
        return back_to(case, request, _("The case is closed. It can be taken up again at any time."))
    return page(
        request, "endings/close", section=SECTION, status=status_of(form), case=case, form=form,
        owed=_owed_in(case),
    )  # fmt: skip


@officers(*FILE)
def begin_again(request, number):
    """Somebody of an ended case was trafficked again: a new case that names this one."""
    case = to_keep(request, number)
    form = forms.Recurrence(typed(request), people=_victims_of(request, case))
    if form.is_valid():
        new = tried(form, victims.begin_again, case, by=request.user, at=request.at, **form.cleaned_data)
        if new:
            said(request, _("Case %(number)s is open and names the earlier one.") % {"number": new.number})
            return redirect("desk:case", new.number)
    return form_page(
        request, case, form, title=_("Trafficked again"), button=_("Open the new case"),
        about=_("The earlier case stays as it is. Whoever is kept out of it is kept out of the new one too."),
    )  # fmt: skip


@officers(Right.EXCLUDE)
def hand_over(request, number):
    """Another agency keeps the case from now on."""
    case = to_keep(request, number)
    check_may_hand_over(case, by=request.user)
    form = forms.HandingOver(typed(request), case=case)
    if form.is_valid() and tried(form, files.hand_over, case, by=request.user, at=request.at, **form.cleaned_data):
        name = form.cleaned_data["to"].name
        said(request, _("%(agency)s keeps the case from now on. Its file is closed to this agency.") % {"agency": name})
        return redirect("desk:cases")
    return form_page(
        request, case, form, title=_("Hand the case over"), button=_("Hand the case over"),
        about=_("File, clocks and referrals go along, and the officers of this agency open the file no more. Agree on"
                " it with the other agency first, and with the victim."),
    )  # fmt: skip


@officers(*FILE)
def access(request, number):
    """The file is closed to all but those who work on the case, or opened to the whole agency again."""
    case = to_work_on(request, number)
    act = files.open_access if case.is_closed_access else files.close_access
    if request.method == "POST" and one_click(request, act, case):
        return back_to(case, request, _after(case))
    return page(
        request, "endings/access", section=SECTION, case=case, has_child=_has_child(case),
        assignments=case.assignments.filter(until_at=None).select_related("officer__agency").order_by("since_at"),
    )  # fmt: skip


def _after(case):
    if case.is_closed_access:
        return _("The file is open to assigned officers and the head of the unit, and to nobody else.")
    return _("The file is open to the whole agency again.")


def _has_child(case):
    victims_ = case.involvements.filter(part=Involvement.Part.VICTIM)
    return any(part.counts_as_child for part in victims_)


def _owed_in(case):
    """What stands in the way of closing."""
    standing = Obligation.objects.standing().in_file(label(case)).exclude(rule="first_contact")
    return list(standing.select_related("owed_by").first_out_first())


def _victims_of(request, case):
    """Victims of the case with their names, which are read and written down."""
    found = case.involvements.filter(part=Involvement.Part.VICTIM).select_related("person__data_key").order_by("pk")
    people = []
    for part in found:
        part.case = case
        read = victims.read_identity(part, fields=["name"], by=request.user, at=request.at, because="recurrence")
        people.append((part, read["name"]))
    return people
