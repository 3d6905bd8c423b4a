"""Following a report or a complaint with the receipt and nothing else.

The receipt travels in the form, never in an address.
"""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.agencies.doors import public
from simpul.intake import complaints, receipts, reports, tracking
from simpul.intake.models import Message
from simpul.lib.rules import NotFound
from simpul.lib.texts import cleaned
from simpul.portal import answers, limits, uploads
from simpul.portal.forms import LONGEST
from simpul.portal.limits import address_of, door, waiting_time
from simpul.portal.views.complaints import standing
from simpul.portal.views.pages import target
from simpul.reference import catalogues


@public
def track(request):
    if request.method != "POST":
        return answers.page(request, "track")
    report, answer = _report_of(request)
    if report is None:
        return answer
    if "tulis" in request.POST:
        return _written(request, report)
    return _conversation(request, report)


@public
def saved(request):
    """The reporter says that the receipt is kept."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("portal:track"))
    report, answer = _report_of(request)
    if report is None:
        return answer
    reports.receipt_saved(report, at=timezone.now())
    return answers.page(
        request, "saved", receipt=_receipt(request), number=report.number,
        hours=target("triage_danger" if report.danger == "yes_now" else "triage"),
    )  # fmt: skip


def _report_of(request):
    """The report of the receipt that was typed; or None and the page that answers instead."""
    address = address_of(request)
    if wait := door.guess(address):
        return None, _slowed(request, wait)
    try:
        return tracking.report_of(receipts.typed(_receipt(request))), None
    except receipts.ReceiptError as problem:
        door.wrong(address, weight=limits.TYPO)
        return None, _asked_again(request, str(problem), status=422)
    except NotFound:
        return None, _complaint_or_nothing(request, address)


def _complaint_or_nothing(request, address):
    """A complaint has a receipt of the same form; it is looked for where no report has it."""
    receipt = receipts.typed(_receipt(request))
    try:
        return standing(request, complaints.complaint_of(receipt), receipt)
    except NotFound:
        door.wrong(address)
        sentence = _("No report has this receipt. Compare group by group with what you wrote down.")
        return _asked_again(request, sentence, status=404)


def _slowed(request, wait):
    if wait.refused:
        minutes = -(-wait.seconds // 60)
        sentence = ngettext(
            "Too many wrong receipts came from your connection. Try again in %(count)d minute.",
            "Too many wrong receipts came from your connection. Try again in %(count)d minutes.",
            minutes,
        ) % {"count": minutes}  # fmt: skip
    else:
        sentence = ngettext(
            "Several wrong receipts came from your connection. Wait %(count)d second, then press the button again.",
            "Several wrong receipts came from your connection. Wait %(count)d seconds, then press the button again.",
            wait.seconds,
        ) % {"count": wait.seconds}  # fmt: skip
    response = _asked_again(request, sentence, status=429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _asked_again(request, sentence, *, status):
    return answers.page(request, "track", status=status, typed=_receipt(request)[:80], problem=sentence)


def _receipt(request):
    return request.POST.get("receipt", "")


def _written(request, report):
    """Take words and files of the reporter; what cannot be taken goes back with everything typed."""
    text, files = request.POST.get("text", ""), request.FILES.getlist("files")
    problem = _problem_with(text, files)
    if problem:
        return _conversation(request, report, status=422, text=text, problem=problem)
    address = address_of(request)
    wait = door.take(limits.MESSAGES, address) or (files and door.take(limits.FILES, address, count=len(files)))
    if wait:
        response = _conversation(request, report, status=429, text=text, problem=waiting_time(wait))
        response.headers["Retry-After"] = str(wait.seconds)
        return response
    good, refused = uploads.checked(files)
    if refused:
        problem = _("Nothing was sent yet: some files cannot be taken. Choose the others again, or send words alone.")
        return _conversation(request, report, status=422, text=text, problem=problem, refused=refused)
    new = "" if _stands_already(report, text) else text
    if new or good:
        reports.add_message(report, text=new, files=good, at=timezone.now())
    return _conversation(request, report, note=_("Your message is with the officers."))


def _problem_with(text, files):
    if not cleaned(text) and not files:
        return _("Write something or choose a file first.")
    if len(text) > LONGEST["statement"]:
        facts = {"most": LONGEST["statement"], "length": len(text)}
        return _("This is too long: %(length)d characters, and %(most)d fit. Send it in two parts.") % facts
    return ""


def _stands_already(report, text):
    """Whether the conversation ends with these words of the reporter: the same form arrived twice.

    Files are taken in any case: one too many does no harm, one too few does.
    """
    last = report.messages.order_by("-sent_at", "-pk").first()
    if last is None or last.sender != Message.Sender.REPORTER:
        return False
    last.report = report
    return last.text.opened() == cleaned(text)


def _conversation(request, report, *, status=200, **facts):
    code = tracking.status_code(report)
    messages = [
        {"mine": m.sender == Message.Sender.REPORTER, "at": m.sent_at, "text": m.text.opened()}
        for m in tracking.conversation(report, at=timezone.now())
    ]
    return answers.page(
        request, "conversation", status=status, receipt=receipts.typed(_receipt(request)), report=report,
        state=catalogues.term("report_statuses", code), messages=messages, files=report.attachments.count(),
        hours=target("answer_reporter"), **facts,
    )  # fmt: skip
