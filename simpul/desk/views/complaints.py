"""Complaints about officers and offices, for those who hear them: the list, and one with its answer."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page, said, status_of, tried, typed
from simpul.desk.forms.complaints import Answer
from simpul.desk.views.journal import with_names
from simpul.intake import complaints as room
from simpul.intake.models import hears_complaints
from simpul.journal.entries import label
from simpul.journal.queries import readings_of
from simpul.obligations.models import Obligation
from simpul.obligations.queries import of_file

SECTION = "desk:complaints"
# The head of the unit that serves the whole region hears what the data protection officer must not; other heads of
# units come through this door and find nothing.
HEARING = (Right.HEAR_COMPLAINTS, Right.EXCLUDE)
READERS = 12


@officers(*HEARING)
def complaints(request):
    """Complaints that came to the officer, those without an answer first. Nothing sealed is opened."""
    if not hears_complaints(request.user):
        raise Http404
    found = leaf(request, room.complaint_list(request.user))
    clocks = Obligation.objects.filter(rule=room.CLOCK, subject__in=[label(each) for each in found.object_list])
    clock_of = {clock.subject: clock for clock in clocks}
    for each in found.object_list:
        each.clock = clock_of.get(label(each))
    return page(request, "complaints/list", section=SECTION, leaf=found)


@officers(*HEARING)
def complaint(request, number):
    """One complaint with everything the complainant wrote, and its answer; opening it is written down."""
    complaint = room.complaint_for(request.user, number)
    form = Answer(typed(request))
    if form.is_valid() and tried(form, room.answer, complaint, by=request.user, at=request.at, **form.cleaned_data):
        said(request, _("The complainant reads your answer with the receipt."))
        return redirect("desk:complaint", number)
    if form.errors:
        # Somebody else may have answered in the meantime.
        complaint = room.complaint_for(request.user, number)
    told = room.read(complaint, by=request.user, at=request.at)
    return page(
        request, "complaints/complaint", section=SECTION, status=status_of(form), complaint=complaint, told=told,
        form=form, clocks=list(of_file(complaint)), readings=with_names(readings_of(complaint)[:READERS]),
    )  # fmt: skip
