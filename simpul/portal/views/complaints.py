"""Complaining about an officer or an office, and reading the answer with the receipt."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from simpul.agencies.doors import public
from simpul.intake import complaints, receipts
from simpul.lib.rules import NotFound
from simpul.portal import answers
from simpul.portal.forms import ComplaintForm
from simpul.portal.limits import address_of, door, waiting_time
from simpul.reference import catalogues


@public
def complaint(request):
    if request.method != "POST":
        return _shown(request, ComplaintForm())
    form, address = ComplaintForm(request.POST), address_of(request)
    # A receipt can be tried out here as on the page for following a report, and is held off alike.
    if wait := door.guess(address):
        return _told_to_wait(request, form, wait)
    if not form.check():
        if form.guessed:
            door.wrong(address)
        return _shown(request, form, status=422)
    wait = door.report(address)
    if wait and not _came_before(form.token):
        return _told_to_wait(request, form, wait)
    taken, receipt = complaints.receive(form.told(), token=form.token, at=timezone.now(), language=get_language())
    return answers.page(
        request, "complaint_receipt", receipt=receipt, groups=receipts.shown(receipt).split(), number=taken.number,
        address=request.build_absolute_uri(reverse("portal:track")),
    )  # fmt: skip


def standing(request, complaint, receipt):
    """How a complaint stands, for the holder of its receipt."""
    return answers.page(
        request, "complaint_standing", complaint=complaint, receipt=receipt, answer=complaint.answer.opened(),
        days=catalogues.term("obligations", complaints.CLOCK).extra["target_amount"],
    )  # fmt: skip


def _came_before(token):
    try:
        return complaints.complaint_of(receipts.of_token(token))
    except NotFound:
        return None


def _told_to_wait(request, form, wait):
    form.notice = waiting_time(wait)
    response = _shown(request, form, status=429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _shown(request, form, *, status=200):
    return answers.page(request, "complaint", status=status, form=form)
