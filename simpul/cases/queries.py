"""Lists of cases and what belongs to them, each in a fixed number of queries."""

from django.db.models import Case as Choice
from django.db.models import Count, Q, Value, When

from simpul.agencies.roles import Right
from simpul.cases.models import Case, Involvement, Referral
from simpul.persons.queries import named, numbered


def case_list(officer, *, at):
    """Cases an officer may open or see the facts of, newest first, with the number of victims."""
    cases = Case.objects.facts_visible_to(officer) if officer.may(Right.SEE_FACTS) else Case.objects.visible_to(
        officer, at=at)  # fmt: skip
    victims = Count("involvements", filter=Q(involvements__part=Involvement.Part.VICTIM))
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
