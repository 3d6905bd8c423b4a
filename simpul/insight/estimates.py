"""The hidden number of a region and a time: which lists know of whom, how they overlap, and what follows.

A list is what one kind of agency has recorded. Who is one person on two lists follows from numbers and from officers'
decisions; pairs nobody decided on yet are linked with the machine's probability, several times over, so that the
interval also holds what is not known of that. People are keys here: they are counted, and never read.
"""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.agencies.roles import Right
from simpul.cases.models import Case, Involvement, Service
from simpul.insight.methods.refusal import Refused
from simpul.insight.models import Estimate
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, NotFound
from simpul.linkage.plausible import linkages
from simpul.migrants.models import Manifest, Returnee, Worker
from simpul.migrants.policy import sees_exact_figures
from simpul.places.regions import is_within, within

POLICE, SERVICE, BP3MI, REGISTER, NGO = LISTS = ("police", "service", "bp3mi", "register", "ngo")
NAMES = {
    POLICE: gettext_lazy("Police"),
    SERVICE: gettext_lazy("UPTD PPA and social service"),
    BP3MI: gettext_lazy("BP3MI: lists of people sent home"),
    REGISTER: gettext_lazy("Register of migrant workers"),
    NGO: gettext_lazy("Community organisations"),
}
# The list that an agency's records belong to, by its kind.
LIST_OF = {
    "police": POLICE, "uptd_ppa": SERVICE, "ppt": SERVICE, "social": SERVICE, "shelter": SERVICE, "bp3mi": BP3MI,
    "ngo": NGO, "legal_aid": NGO,
}  # fmt: skip
# A service that was given, and not only asked for.
GIVEN = (Service.State.AGREED, Service.State.RUNNING, Service.State.DONE, Service.State.STOPPED)
# Nobody comes or goes while the lists are kept: over a longer time that is plainly untrue.
LONGEST_DAYS = 3 * 366
SHORTEST_DAYS = 28
LINKAGES, DRAWS, SEED = 5, 2000, 1


@dataclass(frozen=True)
class Asked:
    """Of whom, where, when."""

    population: str
    place: str
    first_on: date
    last_on: date


@transaction.atomic
def ask(asked, *, by, at):
    """Ask for an estimate. It is computed in the background (`make`)."""
    check_may_ask(asked, by=by, at=at)
    estimate = Estimate.objects.create(
        population=asked.population, place_id=asked.place, first_on=asked.first_on, last_on=asked.last_on, asked_at=at,
        asked_by=by,
    )  # fmt: skip
    enter(Act.ESTIMATE_ASKED, on=estimate, by=by, at=at, population=asked.population, place=asked.place)
    return estimate


def make(estimate, *, at):
    """Count the lists, compute, keep what is said or why nothing is."""
    _move(estimate, Estimate.State.RUNNING)
    estimate.save(update_fields=["state"])
    try:
        rows, said = _computed(estimate)
    except Exception:
        Estimate.objects.filter(pk=estimate.pk).update(state=Estimate.State.FAILED)
        raise
    _keep(estimate, rows, said, at=at)


def _computed(estimate):
    """(tables, (state, lists, results)) of an estimate; each step is noted as it begins."""

    def step(name):
        Estimate.objects.filter(pk=estimate.pk).update(step=name)

    rows = tables(recorded(estimate), draws=LINKAGES)
    return rows, said_of(rows, told=step)


def said_of(rows, *, draws=DRAWS, methods=None, told=lambda step: None):
    """(state, lists, results): what the methods say of some tables, or why nothing is said. `told` hears each step."""
    # What computes is compiled, and heavy: only who computes brings it in.
    from simpul.insight.methods import capture, capture_table
    from simpul.insight.methods.capture_telling import refused_values, values_of

    found = [capture_table.tabulated(LISTS, [(marks, count) for marks, count in each]) for each in rows]
    settings = capture.Settings(methods=methods or capture.METHODS, draws=draws, seed=SEED)
    try:
        result = values_of(capture.estimated(found, settings, told=told))
        state = Estimate.State.DONE
    except Refused as refused:
        result, state = refused_values(refused, found[0]), Estimate.State.REFUSED
    return state, list(found[0].lists), plain(result)


@transaction.atomic
def _keep(estimate, rows, said, *, at):
    state, lists, result = said
    _move(estimate, state)
    estimate.lists, estimate.tables, estimate.results = lists, rows, result
    estimate.verdict, estimate.step, estimate.made_at = result["verdict"], "", at
    estimate.save()
    enter(Act.ESTIMATE_MADE, on=estimate, by=None, at=at, state=state, verdict=estimate.verdict)


def recorded(estimate):
    """{list: keys of the people it knows}, of those an estimate is about."""
    found = defaultdict(set)
    for name, keys in _OF[estimate.population](estimate):
        found[name] |= set(keys)
    return {name: found[name] for name in LISTS}


def tables(known, *, draws, seed=SEED):
    """The overlap of some lists, once for each plausible linkage: [[marks, count], …], a mark for each of `LISTS`."""
    everybody = set().union(*known.values())
    made = []
    for numbers in linkages(everybody, draws=draws, seed=seed):
        marks = defaultdict(set)
        for name, keys in known.items():
            for key in keys:
                marks[numbers[key]].add(name)
        counts = Counter(tuple(int(name in on) for name in LISTS) for on in marks.values())
        made.append([[list(each), count] for each, count in sorted(counts.items())])
    return made


def check_may_ask(asked, *, by, at):
    if not (by.may(Right.SEE_FACTS) or by.may(Right.KEEP_MANIFESTS)):
        raise NotAllowed(_("Your role does not ask for the hidden number."))
    if not is_within(asked.place, by.jurisdiction):
        raise NotAllowed(_("This place lies outside your region. Choose one of your own."))
    if asked.first_on > asked.last_on:
        raise NotAllowed(_("The first day lies after the last. Change one of them."))
    if asked.last_on > localdate(at):
        raise NotAllowed(_("The last day lies in the future. Lists can only be compared until today."))
    days = (asked.last_on - asked.first_on).days + 1
    if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
        raise NotAllowed(
            _("Choose between four weeks and three years: in a shorter time lists hardly meet, over a longer one people"
              " come and go.")
        )  # fmt: skip
    here = Estimate.objects.filter(state__in=[Estimate.State.ASKED, Estimate.State.RUNNING], place=asked.place)
    if here.filter(population=asked.population, first_on=asked.first_on, last_on=asked.last_on).exists():
        raise NotAllowed(_("The same is being computed already. Wait for it, or choose other days."))


def estimate_for(officer, pk):
    """An estimate that an officer may see."""
    found = Estimate.objects.visible_to(officer).select_related("place", "asked_by").filter(pk=pk).first()
    if found is None:
        raise NotFound(str(pk))
    return found


def estimates_for(officer):
    """Estimates of the officer's region, the newest first."""
    return Estimate.objects.visible_to(officer).select_related("place", "asked_by").order_by("-asked_at", "-pk")


def sees_exact(officer, estimate):
    """Whether small overlaps are shown: to those who may see the people sent home one by one."""
    return sees_exact_figures(officer, estimate.place_id)


def plain(value):
    """Numbers as JSON can hold them: what is not finite is nothing."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return None if isinstance(value, float) and not math.isfinite(value) else value


# --- the lists


def _victims(estimate):
    """Presumed victims: in cases, by who keeps, hears of or serves them; among people sent home, who was screened."""
    yield from _in_cases(estimate, _parts(estimate))
    returned = _returned(estimate).filter(screened=Returnee.Screened.INDICATIONS)
    yield BP3MI, returned.values_list("person_id", flat=True)


def _workers(estimate):
    """Who went abroad without papers: deported, in the register as such, and victims who were sent abroad."""
    abroad = [
        part for part in _parts(estimate) if "sent_abroad" in part["case__kinds"] or part["case__modus"] in ABROAD
    ]
    yield from _in_cases(estimate, abroad)
    deported = _returned(estimate).filter(manifest__kind=Manifest.Kind.DEPORTATION)
    yield BP3MI, deported.values_list("person_id", flat=True)
    there = Worker.objects.current().filter(within(estimate.place_id, "home"))
    there = there.filter(Q(procedural=Worker.Answer.NO) | Q(status=Worker.Status.DEPORTED))
    there = there.filter(Q(departed_on=None) | Q(departed_on__lte=estimate.last_on))
    there = there.filter(Q(returned_on=None) | Q(returned_on__gte=estimate.first_on))
    # What follows from a list of people sent home is no knowledge of the register's own.
    yield REGISTER, there.filter(returnee=None).values_list("person_id", flat=True)


# Ways of recruiting that lead abroad without papers.
ABROAD = frozenset({"prt_malaysia", "scam_online", "umrah_visa", "abk"})
_OF = {Estimate.Population.VICTIMS: _victims, Estimate.Population.WORKERS: _workers}


def _parts(estimate):
    """Victims in cases of the time, whose home lies in the region, or the case where no home is known."""
    home = within(estimate.place_id, "person__home") | Q(person__home=None) & within(estimate.place_id, "case__place")
    rows = Involvement.objects.filter(home, part=Involvement.Part.VICTIM).exclude(status="not_victim")
    rows = rows.filter(case__opened_at__date__range=(estimate.first_on, estimate.last_on))
    rows = rows.exclude(case__stage=Case.Stage.CANCELLED).exclude(case__data_key__destroyed_at__isnull=False)
    return list(rows.values("pk", "person_id", "case_id", "case__agency__kind", "case__kinds", "case__modus"))


def _in_cases(estimate, parts):
    """(list, keys): who keeps the case, whether the police was told, who gave a service."""
    person_of = {part["pk"]: part["person_id"] for part in parts}
    for part in parts:
        if name := LIST_OF.get(part["case__agency__kind"]):
            yield name, [part["person_id"]]
    reported = Case.objects.filter(police_reports__isnull=False).values_list("pk", flat=True)
    told = set(reported.filter(opened_at__date__range=(estimate.first_on, estimate.last_on)))
    yield POLICE, [part["person_id"] for part in parts if part["case_id"] in told]
    served = Service.objects.filter(
        state__in=GIVEN, case__opened_at__date__range=(estimate.first_on, estimate.last_on)
    ).exclude(provider=None)
    for victim, kind in served.values_list("victim_id", "provider__kind"):
        if victim in person_of and kind in LIST_OF:
            yield LIST_OF[kind], [person_of[victim]]


def _returned(estimate):
    days = (estimate.first_on, estimate.last_on)
    return Returnee.objects.filter(within(estimate.place_id, "home"), arrived_on__range=days)


def _move(estimate, state):
    if state not in Estimate.NEXT[estimate.state]:
        raise NotAllowed(_("This estimate was computed already. Reload the page."))
    estimate.state = state
