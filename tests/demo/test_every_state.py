"""The invented region holds a case in every state of the file, and something for every desk."""

from decimal import Decimal

import pytest
from django.db.models import Count, F, Q, Sum

from simpul.agencies.models import Agency, Officer
from simpul.cases import board, queries
from simpul.cases.models import (
    AgeDecision,
    BreakGlass,
    Case,
    Entitlement,
    Examination,
    Involvement,
    Proceeding,
    ProceedingStep,
    Referral,
    Restitution,
    RestitutionStep,
    Return,
    Service,
    ServiceStep,
    Shelter,
    Stay,
    Visit,
)
from simpul.confidentiality.models import Parcel
from simpul.demo.trials import NATIONAL, NEW_LAW
from simpul.intake import complaints
from simpul.intake.models import Complaint, Report
from simpul.journal.entries import label
from simpul.journal.models import Entry
from simpul.migrants.models import Manifest, Meeting, Returnee, Screening, Sheet, Worker
from simpul.migrants.queries import came_home, people_on, without_village
from simpul.obligations import queries as owed
from simpul.obligations.models import Obligation
from simpul.persons.models import Consent, Person
from simpul.privacy import queries as privacy
from simpul.privacy import retention
from simpul.privacy.models import Affected, Breach, DataRequest, Erasure, Hold
from simpul.reference import catalogues
from tests.demo.conftest import AT

# The mark has the database made also where these tests run alone.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]

# Where a restitution may stand for long; what follows at once is among the steps.
STANDS_AT = {
    "informed", "claimed", "sent_to_lpsk", "lpsk_asked", "assessed", "demanded", "awarded", "rejected", "deposited",
    "copy_received", "paid", "proof_given", "court_told", "warned", "seized", "deposit_returned", "failed",
}  # fmt: skip
PROCEEDINGS_STAND_AT = {
    "inquiry", "suspect_named", "file_sent", "p19", "p21", "charge", "demand", "verdict", "final", "stopped", "review"
}  # fmt: skip


@pytest.fixture
def officer():
    return lambda username: Officer.objects.select_related("agency").get(username=username)


def used(model, column):
    return set(model.objects.values_list(column, flat=True))


def codes(catalogue):
    return {term.code for term in catalogues.terms(catalogue)}


@pytest.mark.parametrize(
    ("model", "column", "states"),
    [
        (Report, "status", Report.Status),
        (Case, "stage", Case.Stage),
        (Service, "state", Service.State),
        (Referral, "status", Referral.Status),
        (Entitlement, "state", Entitlement.State),
        (Involvement, "part", {"victim", "suspect"}),
        (Involvement, "childhood", Involvement.Childhood),
        (Obligation, "state", Obligation.State),
        (Consent, "given_by", Consent.GivenBy),
        (Parcel, "status", set(Parcel.Status) - {Parcel.Status.REPLIED}),
        (DataRequest, "state", DataRequest.State),
        (DataRequest, "asked_by", DataRequest.AskedBy),
        (Complaint, "status", Complaint.Status),
        (Breach, "state", Breach.State),
        (Affected, "notice", Affected.Notice),
        (Restitution, "step", STANDS_AT),
        (Proceeding, "step", PROCEEDINGS_STAND_AT),
        # A long list is being taken in for as long as the operator's command runs.
        (Sheet, "state", set(Sheet.State) - {"taking_in"}),
        (Sheet, "layout", Sheet.Layout),
        (Screening, "finding", Screening.Finding),
        (Worker, "status", Worker.Status),
        (Returnee, "village_may_know", Returnee.Answer),
        (Returnee, "refused_by", {"", "self"}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_every_state_is_there(model, column, states):
    assert {str(state) for state in states} - used(model, column) == set()


@pytest.mark.parametrize(
    ("model", "column", "catalogue"),
    [
        (Case, "closing_reason", "closing_reasons"),
        (Involvement, "status", "victim_statuses"),
        (ProceedingStep, "kind", "proceeding_steps"),
        (ProceedingStep, "outcome", "verdict_outcomes"),
        (RestitutionStep, "kind", "restitution_steps"),
        (ServiceStep, "kind", "service_steps"),
        (Visit, "result", "visit_results"),
        (DataRequest, "kind", "request_kinds"),
        (Meeting, "outcome", "meeting_outcomes"),
        (Returnee, "handed_to", "handover_parties"),
    ],
)
def test_every_code_is_used(model, column, catalogue):
    assert codes(catalogue) - used(model, column) == set()


def test_nothing_is_owed_in_a_closed_case():
    closed = [label(case) for case in Case.objects.filter(stage="closed")]
    assert len(closed) >= len(codes("closing_reasons"))
    assert not Obligation.objects.standing().filter(file__in=closed).exclude(rule__contains="data").exists()


def test_a_closed_case_has_its_recurrence_with_the_same_person():
    later = Case.objects.get(earlier__stage="closed")
    mine = set(later.involvements.values_list("person", flat=True))
    assert mine
    assert mine <= set(later.earlier.involvements.values_list("person", flat=True))


def test_a_case_was_handed_over_and_is_kept_by_rinas_agency(officer):
    entry = Entry.objects.get(act="case.handed_over")
    case = Case.objects.get(pk=entry.subject.partition(":")[2])
    assert case.agency == officer("rina").agency != case.opened_by.agency


def test_a_childs_file_is_open_to_assigned_officers_alone(officer):
    case = Case.objects.get(involvements__examinations__place="police_room", is_closed_access=True, place="61.07.05")
    assert case.involvements.get(part="victim").best_interests.exists()
    for username, may in (("rina", True), ("maria", True), ("yanti", True), ("siti", False), ("budi", False)):
        seen = Case.objects.visible_to(officer(username), at=AT).filter(pk=case.pk).exists()
        assert seen is may, username


def test_an_age_was_disputed_and_decided_and_the_file_opened_again():
    decided = AgeDecision.objects.filter(childhood="adult", ground="medical").get()
    assert decided.involvement.age_decisions.filter(childhood="disputed").exists()
    assert not decided.involvement.case.is_closed_access


def test_somebody_is_abroad_and_somebody_threatened_is_protected_by_the_police():
    abroad = Involvement.objects.filter(is_abroad=True)
    assert abroad.filter(services__kind="mission_protection", services__steps__kind="left_for_home").exists()
    threatened = Involvement.objects.get(is_threatened=True)
    assert threatened.services.filter(kind="police_protection", steps__kind="protected").exists()
    assert threatened.services.filter(kind="shelter", stays__left_on=None).exists()


def test_offences_are_those_of_the_date_of_the_act():
    before, after = Proceeding.objects.filter(act_on__lt=NEW_LAW), Proceeding.objects.filter(act_on__gte=NEW_LAW)
    assert before
    assert after
    assert all("kuhp_455" not in one.offences and "uu21_2007_2" in one.offences for one in before)
    assert all("kuhp_455" in one.offences and "uu21_2007_2" not in one.offences for one in after)


def test_examinations_took_place_in_the_special_room_and_elsewhere_and_one_alone():
    assert Examination.objects.filter(place="special_room", has_companion=True, has_advocate=True).exists()
    assert any(each.is_alone and each.place != "special_room" for each in Examination.objects.all())


def test_an_acquittal_has_its_deposit_returned():
    returned = Restitution.objects.get(step="deposit_returned")
    assert returned.deposited == 0
    assert returned.proceeding.steps.filter(outcome="acquitted").exists()


def test_of_what_was_claimed_about_as_little_is_paid_as_in_the_country(officer):
    sums = queries.restitution_sums(officer("wulan"), by="year") or [
        Restitution.objects.aggregate(**{name: Sum(name) for name in ("claimed", *NATIONAL)})
    ]
    claimed = sum(row["claimed"] for row in sums)
    for figure, share in NATIONAL.items():
        assert abs(100 * sum(row[figure] for row in sums) / claimed - share) < Decimal("0.5"), figure


def test_restitution_is_paid_in_part_and_in_full_and_proven():
    assert Restitution.objects.filter(paid__gt=0, paid__lt=F("awarded"), step="warned").exists()
    assert Restitution.objects.filter(paid=F("awarded"), step="proof_given").exists()
    assert Obligation.objects.running().filter(rule="give_payment_proof").exists()


def test_shelters_are_full_free_and_used_no_more():
    stays = Count("stays", filter=Q(stays__left_on=None))
    shelters = Shelter.objects.annotate(staying=stays)
    assert shelters.filter(staying=F("beds"), ended_on=None).exists()
    assert shelters.filter(staying__gt=0, staying__lt=F("beds"), ended_on=None).exists()
    assert shelters.exclude(ended_on=None).exists()
    assert Stay.objects.exclude(left_on=None).exists()


def test_returns_stand_at_every_step():
    facts = ("is_safe", "home_told_at", "departed_on", "handed_over_on")
    shapes = {tuple(value not in (None, False) for value in row) for row in Return.objects.values_list(*facts)}
    assert shapes == {tuple(n < reached for n in range(4)) for reached in range(5)}
    assert Return.objects.filter(is_safe=False).exists()


def test_one_victim_was_visited_after_three_six_and_twelve_months():
    visited = Involvement.objects.annotate(owed=Count("visits", filter=Q(visits__months__in=[3, 6, 12])))
    assert visited.filter(owed=3).exists()


def test_the_rights_of_victims_stand_in_every_state():
    victims = Involvement.objects.filter(part="victim").select_related("case__agency", "person")
    lines = [line for victim in victims for line in board.board(victim, at=AT, on=AT.date())]
    assert {line.state for line in lines} == set(board.State)


def test_a_guardian_was_passed_over_and_another_basis_has_its_reason():
    assert Consent.objects.filter(exception="suspected", given_by="self").exists()
    other = Consent.objects.get(given_by="other_basis")
    assert other.reason.opened()


def test_a_withdrawn_consent_takes_back_what_waits_and_stops_what_runs(officer):
    consent = Consent.objects.filter(purpose="referral").exclude(withdrawn_at=None).first()
    sent = Referral.objects.filter(service__victim__person=consent.person)
    assert sent.filter(status="withdrawn").exists()
    accepted = sent.get(status="accepted")
    stop = Obligation.objects.standing().about(label(accepted)).get(rule="stop_after_withdrawal")
    assert stop.owed_by == officer("budi").agency


def test_links_ran_out_were_opened_and_brought_answers_back():
    ended = Entry.objects.filter(act="parcel.ended").values_list("facts", flat=True)
    assert {facts["how"] for facts in ended} >= {"expired", "withdrawn", "answered"}
    outside = Referral.objects.filter(answered_by=None).exclude(answered_at=None)
    assert {"accepted", "declined"} <= set(outside.values_list("status", flat=True))


def test_offices_without_an_account_owe_too():
    without = Agency.objects.filter(officers=None)
    kinds = {"lpsk", "prosecution", "court", "mission", "immigration", "dukcapil"}
    assert kinds <= set(without.values_list("kind", flat=True))
    assert Obligation.objects.standing().filter(owed_by__in=without, watched_by__isnull=False).exists()


def test_a_person_is_restricted_and_a_request_was_refused_for_a_childs_safety():
    assert Person.objects.exclude(restricted_at=None).exists()
    refused = DataRequest.objects.get(state="refused")
    assert refused.case.has_children
    assert refused.refusal.opened()


def test_a_file_is_held_and_one_was_let_go():
    assert Hold.objects.standing().exists()
    assert Hold.objects.exclude(lifted_at=None).exists()


def test_one_report_is_erased_one_proposal_was_taken_back_and_one_waits(officer):
    tombstone = Erasure.objects.done().get()
    assert tombstone.proposed_by != tombstone.confirmed_by
    assert tombstone.what == {"reports": 1}
    report = Report.objects.select_related("data_key").get(pk=tombstone.file.partition(":")[2])
    assert report.data_key.destroyed_at
    assert Erasure.objects.exclude(taken_back_at=None).exists()
    assert Erasure.objects.waiting().exists()
    assert retention.due_for(officer("yanti"), on=AT.date())


def test_emergency_accesses_wait_and_one_breach_is_counted_from_its_discovery():
    assert BreakGlass.objects.filter(reviewed_at=None).exists()
    running = Obligation.objects.standing().filter(rule="notify_breach")
    assert running.exists()
    assert all(clock.opened_at < AT for clock in running)


def test_rina_has_something_of_each_kind(officer):
    rina = officer("rina")
    assert owed.owed_now(rina).exists()
    assert owed.overdue_by_others(rina, at=AT).exists()
    assert privacy.request_list(rina, at=AT).filter(state="open").count() >= 2
    assert {sums["key"] for sums in queries.restitution_sums(rina, by="agency")} == {rina.agency.name}


def test_yanti_decides_on_erasure_breaches_and_what_was_escalated(officer):
    yanti = officer("yanti")
    assert owed.escalated_to(yanti).exists()
    assert privacy.erasures_for(yanti).filter(done_at=None, taken_back_at=None).exists()
    assert privacy.breaches_for(yanti).filter(due__gt=0).exists()
    assert privacy.holds_for(yanti).exists()


def test_budi_owes_answers_a_journey_home_and_an_end(officer):
    rules = set(owed.owed_now(officer("budi")).values_list("rule", flat=True))
    assert {"answer_referral", "home_region_fetches", "stop_after_withdrawal"} <= rules


def test_dewi_and_the_head_of_the_region_see_sums_and_no_file(officer):
    for username in ("dewi", "gusti"):
        reader = officer(username)
        assert sum(row["claimed"] for row in queries.restitution_sums(reader, by="region"))
        assert Case.objects.facts_visible_to(reader).exists()
        assert not Case.objects.visible_to(reader, at=AT).exists()


def test_most_visits_were_made_in_time_some_late_and_some_are_still_owed():
    visits = Obligation.objects.filter(rule="visit_returnee")
    met = visits.filter(state="met")
    late = met.filter(settled_at__gt=F("target_at")).count()
    assert 0 < late < met.count() / 2
    assert visits.standing().filter(target_missed_at=None).exists()
    assert visits.standing().exclude(target_missed_at=None).exists()


def test_what_an_officer_found_at_the_border_or_in_the_village_became_a_report_and_a_case():
    for found in (Screening.objects.filter(finding="indications"), Meeting.objects.filter(outcome="in_danger")):
        reports = Report.objects.filter(pk__in=found.values("report"))
        assert reports.filter(status="accepted").exists()


def test_some_came_home_before_and_one_list_took_the_place_of_another():
    assert Returnee.objects.filter(repeats__gt=0).count() >= 15
    assert Sheet.objects.get(state="taken_in", replaces__isnull=False).replaces.state == "replaced"


def test_a_village_finds_its_own_people_and_not_the_one_who_did_not_want_it(officer):
    yosef, hendri = officer("yosef"), officer("hendri")
    hidden = Returnee.objects.filter(home=yosef.jurisdiction, village_may_know="no")
    assert hidden.exists()
    assert not came_home(yosef).filter(pk__in=hidden).exists()
    assert came_home(hendri).filter(pk__in=hidden).count() == hidden.count()
    assert {returnee.home_id for returnee in came_home(yosef)} == {yosef.jurisdiction}


def test_ratna_has_a_list_to_correct_people_without_a_village_and_a_manifest_of_many(officer):
    ratna = officer("ratna")
    assert Sheet.objects.visible_to(ratna).filter(state="read").exists()
    assert without_village(ratna).exists()
    assert people_on(Manifest.objects.get(total=327), ratna).count() == 327


def test_maria_sees_the_case_she_accompanies_and_no_other(officer):
    assert Case.objects.visible_to(officer("maria"), at=AT).count() == 1


def test_wulan_hears_complaints_and_those_complained_about_do_not(officer):
    assert complaints.complaint_list(officer("wulan")).count() == 3
    for username in ("budi", "rina", "yanti"):
        assert not complaints.complaint_list(officer(username)).exists()
