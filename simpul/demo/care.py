"""Care in the invented year: services step by step, nights at a shelter, the way home and the visits after it."""

from datetime import timedelta

from django.utils.timezone import localdate

from simpul.cases import children, entitlements, returns, services, shelters, visits
from simpul.cases.models import Service, Shelter
from simpul.cases.returns import FOLLOW_UPS
from simpul.demo import stories
from simpul.demo.diary import in_office
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from simpul.reference import catalogues

# What a service begins with and what it ends with, where it has steps.
AT_FIRST = {
    "health": ("examined",),
    "first_aid": ("examined", "medical_report"),
    "psychological": ("psych_assessed",),
    "social_rehabilitation": ("access", "approach", "assessed"),
    "legal_aid": ("lawyer_named", "power_of_attorney"),
    "reintegration": ("plan_agreed",),
    "migrant_worker_claim": ("claim_filed",),
}
AT_LAST = {
    "health": ("treated",),
    "first_aid": ("treated",),
    "psychological": ("session",),
    "social_rehabilitation": ("planned", "implemented", "monitored", "terminated"),
    "legal_aid": ("accompanied",),
    "reintegration": ("family_prepared",),
    "migrant_worker_claim": ("claim_paid",),
}
TOLD_FIRST = ("lpsk_protection", "legal_aid", "health", "shelter", "restitution_told")
MONTH = timedelta(days=30.4)
SAFE_HOUSE = "safe_house"


def note_steps(service, kinds, *, by, at, note=""):
    """Several steps of a service, today."""
    for kind in kinds:
        services.note_step(service, kind=kind, on=localdate(at), note=note, by=by, at=at)


def give(service, *, by, at, until):
    """Give a service from a moment to another, with its first and last steps."""
    yield at
    if not (service.kind == "shelter" and move_in(service, by=by, at=at)):
        services.move(service, to=Service.State.RUNNING, by=by, at=at)
    note_steps(service, AT_FIRST.get(service.kind, ()), by=by, at=at)
    yield until
    note_steps(service, AT_LAST.get(service.kind, ()), by=by, at=until)
    move_out(service, by=by, at=until)
    services.move(service, to=Service.State.DONE, by=by, at=until)


def move_in(service, *, by, at):
    """A free bed of the agency that keeps the case, at the safe house for whoever is threatened; None without one."""
    own = Shelter.objects.filter(agency=service.case.agency, ended_on=None).order_by("code")
    fitting = own.filter(kind=SAFE_HOUSE) if service.victim.is_threatened else own.exclude(kind=SAFE_HOUSE)
    for shelter in fitting:
        if shelter.stays.filter(left_on=None).count() < shelter.beds:
            return shelters.enter_(service, shelter=shelter, on=localdate(at), by=by, at=at)
    return None


def move_out(service, *, by, at):
    for stay in service.stays.filter(left_on=None).order_by("pk"):
        shelters.leave(stay, on=localdate(at), by=by, at=at)


def wish_home(service, *, by, at):
    """The wish, in the victim's words; home is where the person on record comes from."""
    home = service.victim.person.home or Place.objects.get(pk=service.case.agency.place_id)
    return returns.wish(service, home=home, wish=stories.WISH, by=by, at=at)


def find_safe(homeward, *, by, at, doubts=()):
    """The safety check: yes to everything but what is in doubt, which forbids a return."""
    answers = {term.code: "no" if term.code in doubts else "yes" for term in catalogues.terms("safety_checks")}
    returns.check_safety(homeward, answers=answers, is_safe=not doubts, by=by, at=at)


def bring_home(random, service, *, by, at):
    """From the wish to the signed record at home, within a week or two; returns the moment of the handover."""
    yield at
    homeward = wish_home(service, by=by, at=at)
    at = in_office(at + timedelta(hours=random.uniform(2, 60)))
    yield at
    find_safe(homeward, by=by, at=at)
    at += timedelta(hours=random.choice((1, 2, 4)))
    yield at
    returns.tell_home(homeward, by=by, at=at)
    at = in_office(at + timedelta(hours=random.uniform(20, 110)))
    yield at
    returns.depart(homeward, on=localdate(at), by=by, at=at)
    at += timedelta(hours=random.uniform(6, 30))
    yield at
    returns.hand_over(homeward, to="family", witness=stories.WITNESS, on=localdate(at), by=by, at=at)
    return at


def visit_at_home(random, victim, *, by, since):
    """The visits that are owed after the handover: mostly in time, some late, with what they found."""
    for months in FOLLOW_UPS:
        at = in_office(since + months * MONTH + timedelta(days=random.uniform(-12, 6)))
        yield at
        if not Obligation.objects.standing().filter(rule=FOLLOW_UPS[months], number=victim.case.number).exists():
            return
        found = random.choice(("well", "well", "well", "needs_support", "moved_away", "not_found"))
        visits.note(victim, on=localdate(at), months=months, result=found, by=by, at=at)


def tell_of_rights(random, victim, *, by, at):
    """Five rights in one talk; now and then one is asked for, or not wanted for now."""
    entitlements.inform_of_all(victim, TOLD_FIRST, by=by, at=at)
    what = random.random()
    if what < 0.15:
        entitlements.refuse(victim, "lpsk_protection", by=by, at=at)
    elif what < 0.3:
        entitlements.request(victim, "case_information", by=by, at=at)
    elif what < 0.4:
        entitlements.meet(victim, "civil_documents", evidence="kk", by=by, at=at)


def ask_what_is_best(victim, *, by, at):
    """The check of best interests of a child."""
    children.check_best_interest(victim, answers=stories.BEST_ANSWERS, decision=stories.BEST, by=by, at=at)
