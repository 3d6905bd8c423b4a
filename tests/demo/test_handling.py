"""What the offices made of the year: clocks met and missed, needs declined and referred again, reporters answered."""

import pytest

from simpul.cases.models import Case, Referral, Service
from simpul.intake.models import Message, Report
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation
from simpul.reference import catalogues
from tests.demo.conftest import AT

# The mark has the database made also where these tests run alone.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]


def test_most_clocks_are_met_in_time_and_some_are_not():
    met = Obligation.objects.filter(state="met")
    in_time = [obligation.was_met_in_time for obligation in met]
    assert sum(in_time) > 0.7 * len(in_time)
    assert not all(in_time)


def test_clocks_were_noted_as_missed_at_the_moment_they_ran_out():
    missed = Obligation.objects.exclude(target_missed_at=None)
    assert missed
    assert all(obligation.target_missed_at == obligation.target_at for obligation in missed)
    for obligation in Obligation.objects.filter(state="met"):
        was_late = obligation.target_at is not None and obligation.settled_at > obligation.target_at
        assert was_late == (obligation.target_missed_at is not None)


def test_cases_came_as_far_as_their_time_allows():
    stages = set(Case.objects.values_list("stage", flat=True))
    assert {"assessment", "handling", "closed"} <= stages


def test_nothing_is_owed_in_a_closed_case():
    closed = Case.objects.filter(stage="closed")
    assert closed
    assert not Obligation.objects.standing().filter(number__in=closed.values("number")).exists()


def test_referrals_are_accepted_declined_and_waiting():
    assert {"sent", "accepted", "declined"} <= set(Referral.objects.values_list("status", flat=True))
    assert Service.objects.filter(state="refused").exists()


def test_plain_codes_are_in_their_catalogues():
    columns = [
        ("dangers", Report, "danger"),
        ("relations", Report, "relation"),
        ("when", Report, "happened"),
        ("people_counts", Report, "people"),
        ("modus", Case, "modus"),
        ("services", Service, "kind"),
        ("decline_reasons", Referral, "decline_reason"),
        ("lawful_bases", Referral, "basis"),
        ("pause_reasons", Obligation, "pause_reason"),
        ("waive_reasons", Obligation, "waive_reason"),
        ("set_aside_reasons", Report, "reason"),
        ("obligations", Obligation, "rule"),
    ]
    for catalogue, model, column in columns:
        used = set(model.objects.values_list(column, flat=True)) - {""}
        assert used
        assert all(catalogues.is_code(catalogue, code) for code in used), catalogue


def test_reporters_and_officers_write_to_each_other():
    assert set(Message.objects.values_list("sender", flat=True)) == {"reporter", "desk"}


def test_the_journal_tells_the_year_in_order_and_nothing_of_tomorrow():
    begun = Entry.objects.filter(act="agency.recorded").earliest("number").number
    moments = list(Entry.objects.filter(number__gte=begun).order_by("number").values_list("at", flat=True))
    assert moments[0].year < moments[-1].year
    assert max(moments) <= AT
    late = sum(after < before for before, after in zip(moments, moments[1:], strict=False))
    assert late < 0.02 * len(moments)
