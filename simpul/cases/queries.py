"""Lists of cases and what belongs to them, each in a fixed number of queries."""

from django.db.models import Case as Choice
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear, Left

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.models import Agency
from simpul.agencies.roles import Right
from simpul.cases.models import Case, Involvement, ProceedingStep, Referral, Restitution, Shelter
from simpul.cases.models.money import ZERO
from simpul.persons.queries import named, numbered


def case_list(officer, *, at):
    """Cases an officer may open or see the facts of, newest first, with the number of victims."""
    cases = Case.objects.facts_visible_to(officer) if officer.may(Right.SEE_FACTS) else Case.objects.visible_to(
        officer, at=at)  # fmt: skip
    # Not joined and counted together: for the thirty cases of a leaf, the victims of every case would be counted.
    own = Involvement.objects.filter(case=OuterRef("pk"), part=Involvement.Part.VICTIM).order_by().values("case")
    victims = Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
    return cases.select_related("agency", "place").annotate(victims=victims).order_by("-opened_at", "-pk")


def people_in(case):
    """Everybody in a case with the person's row, victims first."""
    place = Choice(When(part=Involvement.Part.VICTIM, then=Value(0)), default=Value(1))
    return case.involvements.select_related("person__data_key", "person__home").order_by(place, "-part", "pk")


def services_in(case):
    return case.services.select_related("victim", "provider").order_by("requested_at", "pk")


def referrals_in(case):
    return case.referrals.select_related("receiver", "sender", "service").order_by("-sent_at")


def waiting_for(officer):
    """Referrals that wait for an answer of the officer's agency, urgent first, then the oldest."""
    waiting = Referral.objects.visible_to(officer).unanswered().filter(receiver=officer.agency)
    return waiting.select_related("case", "service", "sender").order_by("-is_urgent", "sent_at")


def referral_list(officer):
    """Referrals to and from the officer's agency, newest first."""
    return (
        Referral.objects.visible_to(officer)
        .select_related("case", "service", "sender", "receiver")
        .order_by("-sent_at", "-pk")
    )


def involving(officer, text, *, at):
    """Parts in cases the officer may open, of persons whose name or number fits a text; no name is read."""
    if not officer.may(Right.SEARCH_PERSONS):
        return Involvement.objects.none()
    visible = Case.objects.visible_to(officer, at=at)
    persons = numbered(text) if any(c.isdigit() for c in text) else named(text)
    found = Involvement.objects.filter(person__in=persons.values("pk"), case__in=visible)
    return found.select_related("case__agency", "case__place", "case__data_key", "person__data_key").order_by("-pk")


def proceedings_in(case):
    """Proceedings of a case with their steps, oldest first."""
    steps = Prefetch("steps", ProceedingStep.objects.select_related("noted_by").order_by("happened_on", "pk"))
    found = case.proceedings.select_related("accused__person__data_key", "police", "prosecution", "court")
    return found.prefetch_related(steps).order_by("begun_at", "pk")


def restitutions_in(case):
    """Claims of a case with their items and steps."""
    found = case.restitutions.select_related("victim__person__data_key", "proceeding")
    return found.prefetch_related("items", "steps").order_by("begun_at", "pk")


def shelters_near(officer):
    """Shelters in use that agencies of the officer's region run, with how many stay there now."""
    near = Agency.objects.working().within(officer.jurisdiction) | Agency.objects.working().serving(
        officer.jurisdiction
    )
    staying = Count("stays", filter=Q(stays__left_on=None))
    found = Shelter.objects.filter(ended_on=None, agency__in=near.values("pk")).annotate(staying=staying)
    return found.select_related("agency").order_by("code")


FIGURES = ("claimed", "demanded", "awarded", "paid")


def restitution_sums(officer, *, by):
    """What was claimed, demanded, awarded and paid, in rupiah, of all victims in the officer's region.

    `by` is "region" (the regency of the case), "agency" (that keeps it) or "year" (in which the claim was begun).
    Sums and no names; a list of dicts with `key`, the number of `claims` and the four sums.
    """
    keys = {
        "region": Left(Coalesce("case__place_id", "case__agency__place_id"), 5),
        "agency": Coalesce("case__agency__name", Value("")),
        "year": ExtractYear("begun_at"),
    }
    sums = {figure: Coalesce(Sum(figure), ZERO) for figure in FIGURES}
    found = Restitution.objects.filter(case__in=_counted_for(officer)).annotate(key=keys[by]).values("key")
    return list(found.annotate(claims=Count("pk"), **sums).order_by("key"))


def _counted_for(officer):
    if officer.may(Right.SEE_FACTS):
        return Case.objects.facts_visible_to(officer).values("pk")
    kept = Case.objects.filter(agency=officer.agency).exclude(pk__in=hidden_from(officer, Case)).values("pk")
    return kept if officer.may(Right.KEEP_CASES) else kept.none()
