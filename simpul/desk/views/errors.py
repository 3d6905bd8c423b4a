"""What an officer reads where there is nothing to see, nothing to do, or a form that is too old."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from simpul.confidentiality.data_keys import Erased
from simpul.desk.acting import page
from simpul.lib.rules import NotAllowed, NotFound


def answer_to(request, problem):
    """The page that answers a refusal of a room; None for everything else."""
    if isinstance(problem, (NotFound, Http404)):
        return not_found(request)
    if isinstance(problem, NotAllowed):
        return not_allowed(request, problem)
    if isinstance(problem, Erased):
        return page(request, "not_allowed", status=410, sentence=_("This was erased. Nothing can be opened any more."))
    return None


def not_found(request):
    """There is nothing here for this officer; whether there is something for others is not told."""
    return page(request, "not_found", status=404)


def not_allowed(request, refusal):
    """Why not; or the duty of secrecy, when that is what is missing, and then back."""
    officer = getattr(request, "user", None)
    if officer and officer.is_authenticated and officer.acknowledged_at is None:
        return redirect(f"{reverse('desk:secrecy')}?{urlencode({'next': request.get_full_path()})}")
    return page(request, "not_allowed", status=403, sentence=str(refusal))


def form_refused(request, reason=""):
    """A form that does not come from this page of this browser: mostly one left open through a new sign-in."""
    sentence = _(
        "This form was opened before you signed in. Go back, copy what you typed, reload the page and send it."
    )
    return page(request, "not_allowed", status=403, sentence=sentence)
