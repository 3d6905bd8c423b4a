"""What every page of the desk does alike: show a page, try an act, say what became of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render

from simpul.lib.rules import NotAllowed
from simpul.persons.identities import IdentityError

PER_PAGE = 30


def page(request, template, status=200, **context):
    """A page of the desk."""
    return render(request, f"desk/{template}.html", context, status=status)


def typed(request):
    """What was typed, or None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def status_of(form):
    """The status of a page with a form: 422 where something typed must be set right, 409 where versions differ."""
    if (versions := getattr(form, "versions", None)) and versions.is_undecided:
        return 409
    return 422 if form.is_bound and form.errors else 200


def tried(form, act, *args, **kwargs):
    """Do an act with what a form holds. A refusal becomes an error of the form, and nothing typed is lost.

    Returns what the act returned, or True for an act that returns nothing; None when it was refused.
    """
    try:
        done = act(*args, **kwargs)
    except (NotAllowed, IdentityError) as refusal:
        form.add_error(None, str(refusal))
        return None
    return True if done is None else done


def said(request, sentence):
    """Tell the officer on the next page what became of it."""
    messages.success(request, sentence)


def refused(request, refusal):
    """Tell the officer on the next page why it was not done."""
    messages.error(request, str(refusal))


def leaf(request, rows, per_page=PER_PAGE):
    """One leaf of a long list, by the address's `hal`."""
    return Paginator(rows, per_page).get_page(request.GET.get("hal"))
