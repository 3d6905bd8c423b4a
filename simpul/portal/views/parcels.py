"""A one-time link for an office without an account: the code is asked for, what is inside is shown once, answered once.

Opening the address shows a page that tells nothing and changes nothing: programs that look at links in messages open
them too. Only the code, sent with the form, opens.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.agencies.doors import public
from simpul.confidentiality import parcels
from simpul.confidentiality.parcels import ParcelError
from simpul.portal import answers, limits
from simpul.portal.forms import AnswerForm
from simpul.portal.limits import address_of, door, waiting_time

# What is said of a link that leads nowhere counts as a guess of the address it came from.
WEIGHTS = {"mistyped": limits.TYPO, "unknown": limits.GUESS, "wrong_code": limits.GUESS}
STATUS = {"mistyped": 404, "elsewhere": 404, "unknown": 404, "no_code": 422, "wrong_code": 422, "answered": 409}
GONE = 410


@public
def parcel(request, token):
    if request.method == "POST" and "ticket" in request.POST:
        return _answered(request, token)
    address = address_of(request)
    if wait := door.guess(address):
        return _slowed(request, token, wait)
    if request.method == "POST":
        return _opened(request, token, address)
    try:
        parcels.look(token, at=timezone.now())
    except ParcelError as refusal:
        return _refused(request, refusal)
    return _asked(request, token)


def _asked(request, token, *, status=200, problem=""):
    """The page that asks for the code; it tells nothing of what is inside."""
    return answers.page(
        request, "parcel", status=status, token=token, problem=problem, typed=request.POST.get("code", "")[:40]
    )


def _opened(request, token, address):
    if wait := door.take(limits.CODES, address):
        return _slowed(request, token, wait)
    try:
        content, ticket = parcels.open_(token, request.POST.get("code", ""), at=timezone.now())
    except ParcelError as refusal:
        if refusal.why in {"no_code", "wrong_code"}:
            door.wrong(address, weight=WEIGHTS.get(refusal.why, 0))
            return _asked(request, token, status=STATUS[refusal.why], problem=str(refusal))
        return _refused(request, refusal)
    return answers.page(request, "parcel_opened", token=token, content=content, form=AnswerForm({"ticket": ticket}))


def _answered(request, token):
    """Take in the answer. What is wrong with it is said with everything typed; what was inside is not shown again."""
    form = AnswerForm(request.POST)
    if not form.check():
        return answers.page(request, "parcel_opened", status=422, token=token, form=form)
    if wait := door.take(limits.MESSAGES, address_of(request)):
        form.notice = waiting_time(wait)
        response = answers.page(request, "parcel_opened", status=429, token=token, form=form)
        response.headers["Retry-After"] = str(wait.seconds)
        return response
    try:
        replied = parcels.reply(form.ticket, form.told(), at=timezone.now())
    except ParcelError as refusal:
        return _refused(request, refusal)
    return answers.page(request, "parcel_answered", at=replied.replied_at, accepted=form.decision == form.ACCEPT)


def _refused(request, refusal):
    if weight := WEIGHTS.get(refusal.why):
        door.wrong(address_of(request), weight=weight)
    status = STATUS.get(refusal.why, GONE)
    heading = _("Nothing was sent.") if refusal.why in {"no_ticket", "too_late"} else _("This link opens nothing.")
    if refusal.why == "answered":
        heading = _("An answer is there already.")
    return answers.page(request, "problem", status=status, heading=heading, sentence=str(refusal))


def _slowed(request, token, wait):
    response = _asked(request, token, status=429, problem=waiting_time(wait))
    response.headers["Retry-After"] = str(wait.seconds)
    return response
