"""Pages that only tell: the first page, numbers for help, the way out, and what is said when something went wrong."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponseRedirect, HttpResponseServerError
from django.utils.translation import gettext as _

from simpul.agencies.doors import public
from simpul.portal import answers
from simpul.reference import catalogues

log = logging.getLogger(__name__)

FIRST = 3


@public
def home(request):
    return answers.page(
        request, "home", numbers=catalogues.terms("hotlines")[:FIRST], hours=target("triage"),
        hours_in_danger=target("triage_danger"),
    )  # fmt: skip


@public
def numbers(request):
    found = [(each, each.words("hours")) for each in catalogues.terms("hotlines")]
    return answers.page(request, "help", numbers=found)


@public
def leave(request):
    """The way out by its address; the buttons on the pages lead there directly."""
    response = HttpResponseRedirect(settings.LEAVE_TO)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def target(clock):
    """The hours in which an officer should do something, from the catalogue of clocks; None where it names none."""
    try:
        extra = catalogues.term("obligations", clock).extra
    except LookupError:
        return None
    return extra["target_amount"] if extra.get("target_unit") == "hours" else None


def bad_request(request, exception):
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return problem(
            request,
            _("That was more than can be sent at once."),
            _("Go back to the form, shorten the text or choose fewer files, and send it again."),
            status=413,
        )
    return problem(
        request,
        _("What your browser sent arrived damaged."),
        _("This can happen on a bad connection. Go back to the form and send it again."),
        status=400,
    )


def refused(request, exception):
    return problem(
        request, _("This page is not open to you."), _("If you work here, sign in to the desk again."), status=403
    )


def not_found(request, exception):
    return problem(
        request,
        _("There is nothing at this address."),
        _("Perhaps a letter is missing. Begin on the first page."),
        status=404,
    )


def broken(request):
    """Something of ours failed. Should even the page for it fail, plain words remain."""
    words = (
        _("Something on our side is not working."),
        _("It is not your fault. Go back and try once more in a few minutes. When somebody is in danger, call 110."),
    )
    try:
        return problem(request, *words, status=500)
    except Exception:
        log.exception("The page for failures failed.")
        return HttpResponseServerError("\n".join(words), content_type="text/plain; charset=utf-8")


def problem(request, heading, sentence, *, status):
    return answers.page(request, "problem", status=status, heading=heading, sentence=sentence)
