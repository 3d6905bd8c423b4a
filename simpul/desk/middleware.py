"""What belongs to signed-in officers: sessions, forms that cannot be forged, and doors that are shut by default.

The public pages know none of this: no cookie is set and no session is read there.
"""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils import timezone, translation

from simpul.agencies.doors import lets_in
from simpul.desk.views import errors

INSIDE = ("/desk/", "/akun/")


def is_inside(request):
    """Whether an address belongs to officers."""
    return request.path_info.startswith(INSIDE)


class Inside:
    """Makes a middleware work on officers' addresses only."""

    def __call__(self, request):
        return super().__call__(request) if is_inside(request) else self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        below = getattr(super(), "process_view", None)
        return below(request, view, args, kwargs) if below and is_inside(request) else None


class Sessions(Inside, SessionMiddleware):
    """Sessions of officers."""


class Csrf(Inside, CsrfViewMiddleware):
    """Forms of officers cannot be sent from elsewhere."""

    def __call__(self, request):
        response = super().__call__(request)
        if is_inside(request):
            # Without any referrer a browser sends forms with "Origin: null", which no check can tell from a forgery.
            response.headers.setdefault("Referrer-Policy", "same-origin")
        return response


class Officers(Inside, AuthenticationMiddleware):
    """Who is signed in, and the language that officer reads."""

    def process_view(self, request, view, args, kwargs):
        return None

    def __call__(self, request):
        if not is_inside(request):
            return self.get_response(request)
        self.process_request(request)
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class Notes(Inside, MessageMiddleware):
    """Short notes after an act."""


class DefaultDeny:
    """An address that does not say who may enter refuses everybody.

    Officers' pages need a sign-in, a second factor where the installation asks for one, and a door that lets the role
    in. Whoever is not let in is told that there is nothing here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path_info.startswith("/akun/"):
            return None
        door = getattr(view, "door", None)
        if door == "public":
            return None
        if not is_inside(request):
            raise Http404
        if door is None:
            return errors.not_found(request)
        officer = request.user
        if not officer.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not lets_in(door, officer):
            return errors.not_found(request)
        request.at = timezone.now()
        return self._still_missing(request)

    def process_exception(self, request, problem):
        """What a room refuses becomes a page with its sentence; everything else is an error and stays one."""
        return errors.answer_to(request, problem) if is_inside(request) else None

    def _still_missing(self, request):
        if settings.SECOND_FACTOR and not _has_second_factor(request):
            return redirect("mfa_index")
        return None


def _has_second_factor(request):
    if "second_factor" not in request.session:
        if not is_mfa_enabled(request.user):
            return False
        request.session["second_factor"] = True
    return True
