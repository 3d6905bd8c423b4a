"""Open data for everybody: the newest figures, each table, files to take along, and how to check them."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from simpul.agencies.doors import public
from simpul.insight import published
from simpul.lib import signed
from simpul.lib.rules import NotFound
from simpul.portal import answers
from simpul.portal.views.pages import problem

# A release never changes; it can be withdrawn, and then nobody should be shown it from a store for long.
KEEP_FOR = "public, max-age=3600"


@public
def newest(request):
    """The newest release at a glance, and all others by name."""
    one = published.newest()
    if one is None:
        return answers.page(request, "data_none", withdrawn=published.withdrawn())
    return _glance(request, one)


@public
def release(request, number):
    """One release at a glance."""
    one = _found(number)
    return _glance(request, one) if one.state == one.State.PUBLISHED else _gone(request, one)


@public
def table(request, number, code):
    """One table of a release."""
    one = _found(number)
    if one.state != one.State.PUBLISHED:
        return _gone(request, one)
    document = published.told(one)
    sheet = published.sheets(one, document).get(code)
    if sheet is None:
        raise Http404
    return answers.page(request, "data_table", release=one, sheet=sheet, title=_title(document))


@public
def as_json(request, number):
    """The signed document."""
    return _file(request, number, "json", "application/json", published.whole)


@public
def as_package(request, number):
    """The signed package of CSV."""
    return _file(request, number, "zip", "application/zip", lambda one: bytes(one.package))


@public
def picture(request, number):
    """The map of a release."""
    one = _found(number)
    if one.state != one.State.PUBLISHED or not one.picture:
        raise Http404
    response = HttpResponse(one.picture, content_type="image/svg+xml")
    # A picture carries its styles inside and nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response.headers["Cache-Control"] = KEEP_FOR
    return response


@public
def key(request):
    """The public keys of all releases that are out, the newest first."""
    keys = dict.fromkeys(one.public_key for one in published.releases())
    if not keys:
        raise Http404
    return HttpResponse("".join(f"{each}\n" for each in keys), content_type="text/plain; charset=utf-8")


def _glance(request, one):
    document = published.told(one)
    heads, lines, sums = published.overview(one, document)
    return answers.page(
        request, "data", release=one, title=_title(document), heads=heads, lines=lines, sums=sums,
        sheets=published.sheets(one, document).values(), document=document,
        how=published.in_language(document["method"]["words"]), key=signed.short_name(one.public_key),
        others=[each for each in published.releases() if each.pk != one.pk], withdrawn=published.withdrawn(),
        held_back=len(document["held_back"]),
    )  # fmt: skip


def _file(request, number, ending, kind, content):
    one = _found(number)
    if one.state != one.State.PUBLISHED:
        return _gone(request, one)
    response = HttpResponse(content(one), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{one.number}.{ending}"'
    response.headers["Cache-Control"] = KEEP_FOR
    return response


def _found(number):
    try:
        return published.release(number)
    except NotFound:
        raise Http404 from None


def _gone(request, one):
    return problem(
        request,
        _("%(number)s was withdrawn.") % {"number": one.number},
        _("%(reason)s. Whoever has a copy should not use it any more.") % {
            "reason": one.get_withdrawn_because_display()},
        status=410,
    )  # fmt: skip


def _title(document):
    return published.in_language(document["title"])
