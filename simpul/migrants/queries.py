"""Lists of manifests, people sent home and the register, each in a fixed number of queries."""

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.models import VILLAGE_KINDS
from simpul.migrants.models import Manifest, Returnee, Sheet, Worker
from simpul.obligations.models import Obligation
from simpul.places.regions import within

VISIT = "visit_returnee"
LONGEST_HISTORY = 50


def sheets_of(officer, layout):
    """The agency's lists of a layout that wait to be corrected first, then the newest."""
    return (
        Sheet.objects.visible_to(officer)
        .filter(layout=layout)
        .exclude(state__in=[Sheet.State.DISCARDED, Sheet.State.REPLACED])
        .select_related("sender", "uploaded_by", "manifest")
        # The files themselves are large and stay where they are.
        .defer("content", "said")
        .order_by(Case(When(state=Sheet.State.READ, then=0), default=1), "-uploaded_at", "-pk")
    )


def manifests_of(officer):
    """The agency's manifests, the newest first, with how many people of each were met and screened."""
    return (
        Manifest.objects.visible_to(officer)
        .select_related("post")
        .annotate(here=_how_many(), met=_how_many(met_on__isnull=False), screened=_how_many(screened__gt=""))
        .order_by("-arrived_on", "-pk")
    )


def _how_many(**facts):
    """The number of people on a manifest with these facts; joined and counted together, every manifest would be."""
    own = Returnee.objects.filter(manifest=OuterRef("pk"), **facts).order_by().values("manifest")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


def people_on(manifest, officer):
    """Everybody on a manifest in the order of its lines."""
    return Returnee.objects.visible_to(officer).filter(manifest=manifest).select_related(*_WITH).order_by("row")


def came_home(officer, *, prefix="", unmet=False):
    """Who came home to the officer's region, or to a part of it; `unmet` are those whom somebody still has to visit.

    Who waits longest to be met stands first. Whoever came home before anybody was asked to visit is not among them.
    """
    found = Returnee.objects.visible_to(officer).filter(within(prefix or officer.jurisdiction, field="home"))
    if unmet:
        own = Concat(Value("migrants.returnee:"), Cast(OuterRef("pk"), CharField()))
        owed = Obligation.objects.standing().filter(rule=VISIT, subject=own)
        return found.unmet().filter(Exists(owed)).select_related(*_WITH).order_by("arrived_on", "pk")
    return found.select_related(*_WITH).order_by("-arrived_on", "pk")


def without_village(officer):
    """Who came home to the officer's region, and nobody knows to which village."""
    here = within(officer.jurisdiction, field="home") & Q(home__level__in=["regency", "province"])
    # Somebody of whom not even the regency is known is seen by the agency that took in the list, and by nobody else.
    found = Returnee.objects.visible_to(officer).filter(here | Q(home=None))
    return found.select_related(*_WITH).order_by("-arrived_on", "pk")


def visits_owed(returnees):
    """{label of a returnee: the obligation to visit}, for a page of them."""
    labels = [f"migrants.returnee:{returnee.pk}" for returnee in returnees]
    owed = Obligation.objects.filter(subject__in=labels, rule=VISIT).select_related("owed_by").order_by("pk")
    return {obligation.subject: obligation for obligation in owed}


def earlier_returns(returnee, others, *, officer):
    """Earlier returns of the same person: those open to an officer, and the agencies that keep others.

    `others` are the persons that `sameness` found. Who is kept out of a return learns nothing of it, and neither does
    a village that may not be told.
    """
    found = (
        Returnee.objects.filter(person__in=others, arrived_on__lte=returnee.arrived_on)
        .exclude(pk=returnee.pk)
        .exclude(pk__in=hidden_from(officer, Returnee))
        .select_related("manifest__agency")
        .order_by("-arrived_on", "-pk")
    )
    open_to = found.filter(pk__in=Returnee.objects.visible_to(officer).values("pk"))
    if officer.agency.kind in VILLAGE_KINDS:
        return list(open_to), []
    elsewhere = found.exclude(pk__in=open_to.values("pk")).order_by("manifest__agency__name")
    return list(open_to), list(elsewhere.values_list("manifest__agency__name", flat=True).distinct())


def register_of(officer, *, prefix="", status="", country="", sector=""):
    """Current entries of the register of the officer's region, or of a part of it, by place."""
    found = Worker.objects.visible_to(officer).current().filter(within(prefix or officer.jurisdiction, field="home"))
    for name, value in (("status", status), ("country", country), ("sector", sector)):
        if value:
            found = found.filter(**{name: value})
    return found.order_by("home_id", "pk")


def workers_on_a_leaf(keys):
    """Entries by their keys, with their people: a leaf far behind is counted off without looking at anybody."""
    found = Worker.objects.filter(pk__in=list(keys))
    return found.select_related("person__data_key", "home").order_by("home_id", "pk")


def history_of(worker, officer):
    """Earlier entries of the same worker that are open to an officer, the newest first."""
    entries = Worker.objects.visible_to(officer).select_related("noted_by")
    found, now = [], worker
    while now.earlier_id is not None and len(found) < LONGEST_HISTORY:
        now = entries.filter(pk=now.earlier_id).first()
        if now is None:
            break
        found.append(now)
    return found


_WITH = ("manifest", "person__data_key", "home")
