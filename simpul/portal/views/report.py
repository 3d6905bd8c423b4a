"""Reporting: the form, and the receipt that answers it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from simpul.agencies.doors import public
from simpul.intake import channels, receipts, reports, tracking
from simpul.intake.models import Report
from simpul.lib.rules import NotFound
from simpul.portal import answers, limits, uploads
from simpul.portal.forms import ReportForm
from simpul.portal.limits import address_of, door, waiting_time
from simpul.reference import catalogues

# Numbers beside the question whether somebody is in danger.
URGENT = 2
_TOKEN_STANDS_HERE = "0" * 32
# By language: the terms it was made of, and the page. Terms in memory are only ever replaced as a whole.
_blank = {}


@public
def report(request):
    if request.method != "POST":
        return _empty(request)
    form = ReportForm(request.POST)
    if "cari" in request.POST:
        return _places(request, form)
    return _sent(request, form)


def _empty(request):
    if "acara" in request.GET:
        return _shown(request, ReportForm(request.GET))
    return answers.sheet(_blank_page(request).replace(_TOKEN_STANDS_HERE, receipts.new_token()))


def _blank_page(request):
    """The empty form. It is the same for everybody but for its token, so it is made once for each language."""
    language, terms = get_language(), catalogues.terms("exploitation_kinds")
    kept = _blank.get(language)
    if kept is None or kept[0] is not terms:
        form = ReportForm()
        form.token = _TOKEN_STANDS_HERE
        _blank[language] = kept = (terms, _rendered(request, form))
    return kept[1]


def _places(request, form):
    """The same form again with the places that may be meant."""
    _note_files(request, form)
    if wait := door.take(limits.SEARCHES, address_of(request)):
        return _told_to_wait(request, form, wait)
    form.look_for_places()
    if form.places is None:
        form.notice = _("Nothing was sent yet. The button that sends is at the end of the form.")
    return _shown(request, form)


def _sent(request, form):
    at = timezone.now()
    if not form.check():
        _note_files(request, form)
        return _shown(request, form, status=422)
    event = channels.valid(form.event_code, at=at) if form.event_code else None
    files = request.FILES.getlist("files")
    if wait := _wait(request, form, event, len(files)):
        _note_files(request, form)
        return _told_to_wait(request, form, wait)
    good, refused = uploads.checked(files)
    if refused:
        names = {name for name, _sentence in refused}
        form.refuse(refused, others=[file.name for file in files if file.name not in names])
        return _shown(request, form, status=422)
    channel = Report.Channel.EVENT if event else Report.Channel.WEB
    taken, receipt = reports.receive(
        form.told(files=good), token=form.token, at=at, language=get_language(), channel=channel, event=event
    )
    return answers.page(
        request, "receipt", receipt=receipt, groups=receipts.shown(receipt).split(), number=taken.number,
        files=len(good), address=request.build_absolute_uri(reverse("portal:track")),
        numbers=catalogues.terms("hotlines")[:URGENT] if taken.danger == "yes_now" else (),
    )  # fmt: skip


def _wait(request, form, event, files):
    """How long this report must wait; an event code, the hourly check and a form sent twice wait for nothing."""
    if event or form.is_check:
        return None
    address = address_of(request)
    wait = files and door.take(limits.FILES, address, count=files)
    wait = wait or door.report(address)
    return wait if wait and not _came_before(form.token) else None


def _came_before(token):
    try:
        return tracking.report_of(receipts.of_token(token))
    except NotFound:
        return None


def _told_to_wait(request, form, wait):
    form.notice = waiting_time(wait)
    if form.event_code:
        form.notice += " " + _("The code of the officer is not valid, or no longer.")
    response = _shown(request, form, status=429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _note_files(request, form):
    """A browser cannot keep files in a form that goes back: the page says which to choose again."""
    form.files_again = [file.name for file in request.FILES.getlist("files")]


def _shown(request, form, *, status=200):
    if form.places is None and form.chosen_place:
        form.look_for_places()
    return answers.sheet(_rendered(request, form), status=status)


def _rendered(request, form):
    urgent = catalogues.terms("hotlines")[:URGENT]
    return answers.rendered("report", request.path_info, form=form, numbers=urgent, **form.options())
