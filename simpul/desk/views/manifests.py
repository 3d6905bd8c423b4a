"""Manifests that were taken in: who arrived when, whom the home regions must still be told of."""

from django.http import HttpResponse

from simpul.agencies.doors import officers
from simpul.agencies.roles import Right
from simpul.desk.acting import leaf, page
from simpul.desk.views.register import XLSX
from simpul.documents import returns
from simpul.insight import figures
from simpul.linkage import likeness
from simpul.migrants import access, queries
from simpul.obligations.models import Obligation
from simpul.places.regions import path_names

SECTION = "desk:manifests"
PER_PAGE = 50
# What a manifest is counted by on its page.
COUNTED = ("sex", "province", "reason", "sector", "onward", "age")


@officers(Right.KEEP_MANIFESTS)
def manifests(request):
    """The agency's manifests, and lists that wait to be corrected."""
    officer = request.user
    return page(
        request, "manifests/manifests", section=SECTION, leaf=leaf(request, queries.manifests_of(officer)),
        waiting=queries.sheets_of(officer, "manifest").filter(state="read"),
    )  # fmt: skip


@officers(Right.KEEP_MANIFESTS)
def manifest(request, number):
    """One manifest: its figures, the home regions to be told, everybody on it."""
    officer = request.user
    found = access.manifest_for(officer, number)
    rows = leaf(request, queries.people_on(found, officer), per_page=PER_PAGE)
    names = access.read_names(list(rows), by=officer, at=request.at)
    notices = list(found.notices.select_related("region", "told_by").order_by("region"))
    owed = queries.visits_owed(rows)
    likely = likeness.count([row.person_id for row in rows], by=officer, at=request.at)
    return page(
        request,
        "manifests/manifest",
        section=SECTION,
        manifest=found,
        leaf=rows,
        people=[
            (row, names[row.pk], owed.get(f"migrants.returnee:{row.pk}"), likely.get(row.person_id)) for row in rows
        ],
        places=path_names(row.home_id for row in rows if row.home_id),
        notices=_with_clocks(notices),
        figures=[figures.of_manifest(found, name) for name in COUNTED],
        met=found.returnees.exclude(met_on=None).count(),
        screened=found.returnees.exclude(screened="").count(),
    )


@officers(Right.KEEP_MANIFESTS)
def download(request, number):
    """Everybody on a manifest as a workbook, for BP3MI and the national return."""
    found = access.manifest_for(request.user, number)
    book = returns.manifest(found, by=request.user, at=request.at)
    return as_file(book, XLSX, f"manifes-{found.number}.xlsx")


def as_file(content, kind, name):
    """A file to take along. Nothing on the way keeps it; its name names nobody."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _with_clocks(notices):
    """(notice, its clock or None) for each home region."""
    labels = {f"migrants.notice:{notice.pk}": notice for notice in notices}
    clocks = {each.subject: each for each in Obligation.objects.filter(subject__in=labels).order_by("pk")}
    return [(notice, clocks.get(label)) for label, notice in labels.items()]
