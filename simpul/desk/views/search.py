"""Search: one box for names, numbers and places. What is searched for stands in no address, log or journal."""

from django.db import transaction

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.cases.models import Case
from simpul.cases.queries import involving
from simpul.desk.acting import page
from simpul.desk.forms.reports import places_named
from simpul.desk.forms.search import SearchForm
from simpul.intake.queries import report_list
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.texts import one_line

MOST = 20
MOST_OF_A_PLACE = 5


@officers(Right.SEARCH_PERSONS, Right.TRIAGE)
def search(request):
    """Reports, people and cases that fit, each as far as the officer may see it."""
    if request.method != "POST":
        return page(request, "search/search", section="desk:search", form=SearchForm())
    form = SearchForm(request.POST)
    if not form.is_valid():
        return page(request, "search/search", status=422, section="desk:search", form=form)
    return page(request, "search/search", section="desk:search", form=form, **_found(request, form.cleaned_data["q"]))


def _found(request, text):
    officer, at, text = request.user, request.at, one_line(text)
    found = _numbered(officer, text, at) if any(c.isdigit() for c in text) else _named(officer, text)
    if officer.may(Right.SEARCH_PERSONS):
        found["people"] = list(involving(officer, text, at=at)[:MOST])
    with transaction.atomic():
        enter(Act.PERSONS_SEARCHED, on="persons.search", by=officer, at=at, kind=found["kind"])
    found["nothing"] = not any(found.get(group) for group in ("reports", "people", "cases", "places"))
    return found


def _numbered(officer, text, at):
    cases = Case.objects.visible_to(officer, at=at).select_related("agency", "place")
    return {
        "kind": "number",
        "reports": list(report_list(officer, text=text)[:MOST]),
        "cases": list(cases.filter(number=text.upper())),
    }


def _named(officer, text):
    places = places_named(text, officer, limit=4)
    reports = report_list(officer, place=places[0].place.code)[:MOST_OF_A_PLACE] if places else []
    return {"kind": "place" if places else "name", "places": places, "reports": list(reports)}
