"""Roles and what each may do. A right that is not written here does not exist."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The part an officer plays in the system (`docs/roles.md`)."""

    INTAKE = "intake", _("Intake officer")
    CASE_MANAGER = "case_manager", _("Case manager")
    SUPERVISOR = "supervisor", _("Head of the unit")
    COMPANION = "companion", _("Companion")
    PARTNER = "partner", _("Officer of a partner agency")
    RETURNS = "returns", _("Officer for returns")
    VILLAGE = "village", _("Village officer")
    SECRETARIAT = "secretariat", _("Task force secretariat")
    HEAD_OF_REGION = "head_of_region", _("Head of the region")
    AUDITOR = "auditor", _("Data protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")


class Right(models.TextChoices):
    """One thing that a role may do, within the officer's jurisdiction, agency and cases."""

    SEE_DUTIES = "see_duties", _("See what the own agency owes")
    TRIAGE = "triage", _("Read new reports and decide on them")
    KEEP_CASES = "keep_cases", _("Open and keep cases of the own agency")
    WORK_ON_CASES = "work_on_cases", _("Work on cases assigned or referred")
    ANSWER_REFERRALS = "answer_referrals", _("Answer referrals to the own agency")
    SEE_FACTS = "see_facts", _("See facts and clocks of all cases of the region, without identities")
    EXCLUDE = "exclude", _("Exclude an officer or an agency from a report or case")
    BREAK_GLASS = "break_glass", _("Take emergency access to a case with a written reason")
    SEARCH_PERSONS = "search_persons", _("Search persons")
    READ_JOURNAL = "read_journal", _("Read the journal")
    KEEP_OFFICERS = "keep_officers", _("Record agencies and officers")
    KEEP_EVENT_CODES = "keep_event_codes", _("Make event codes for mass intake")
    KEEP_SHELTERS = "keep_shelters", _("Record shelters by their code")
    REFUSE_REQUESTS = "refuse_requests", _("Refuse a request about data where an answer would endanger somebody")
    ERASE = "erase", _("Propose or confirm an erasure, and set a legal hold")
    HANDLE_BREACHES = "handle_breaches", _("Handle a breach of personal data")
    HEAR_COMPLAINTS = "hear_complaints", _("Hear complaints about officers and offices")
    KEEP_MANIFESTS = "keep_manifests", _("Take in manifests, screen, hand over, tell the home region")
    MEET_RETURNEES = "meet_returnees", _("See who came home to the own region, and visit them")
    KEEP_REGISTER = "keep_register", _("Keep the register of migrant workers of the own region")
    READ_ASSESSMENT = "read_assessment", _("Read what comparing records may do to people, and how right it is")
    KEEP_INDICATORS = "keep_indicators", _("Load indicators of places and take them back")
    RELEASE_FIGURES = "release_figures", _("Draft, approve, publish and withdraw open data")
    REVIEW_PAIRS = "review_pairs", _("Compare records that may be of the same person, ask about them and answer")


RIGHTS = {
    Role.INTAKE: {
        Right.SEE_DUTIES, Right.TRIAGE, Right.KEEP_CASES, Right.WORK_ON_CASES, Right.ANSWER_REFERRALS,
        Right.BREAK_GLASS, Right.SEARCH_PERSONS, Right.KEEP_EVENT_CODES, Right.REVIEW_PAIRS,
    },
    Role.CASE_MANAGER: {
        Right.SEE_DUTIES, Right.TRIAGE, Right.KEEP_CASES, Right.WORK_ON_CASES, Right.ANSWER_REFERRALS,
        Right.BREAK_GLASS, Right.SEARCH_PERSONS, Right.KEEP_EVENT_CODES, Right.REVIEW_PAIRS,
    },
    Role.SUPERVISOR: {
        Right.SEE_DUTIES, Right.TRIAGE, Right.KEEP_CASES, Right.WORK_ON_CASES, Right.ANSWER_REFERRALS,
        Right.EXCLUDE, Right.BREAK_GLASS, Right.SEARCH_PERSONS, Right.KEEP_EVENT_CODES, Right.KEEP_SHELTERS,
        Right.REFUSE_REQUESTS, Right.ERASE, Right.HANDLE_BREACHES, Right.REVIEW_PAIRS, Right.READ_ASSESSMENT,
    },
    Role.COMPANION: {Right.SEE_DUTIES, Right.WORK_ON_CASES},
    Role.PARTNER: {
        Right.SEE_DUTIES, Right.WORK_ON_CASES, Right.ANSWER_REFERRALS, Right.BREAK_GLASS, Right.SEARCH_PERSONS,
        Right.KEEP_EVENT_CODES,
    },
    Role.RETURNS: {
        Right.SEE_DUTIES, Right.WORK_ON_CASES, Right.ANSWER_REFERRALS, Right.BREAK_GLASS, Right.SEARCH_PERSONS,
        Right.KEEP_EVENT_CODES, Right.KEEP_MANIFESTS, Right.MEET_RETURNEES, Right.KEEP_REGISTER, Right.REVIEW_PAIRS,
    },
    Role.VILLAGE: {Right.SEE_DUTIES, Right.MEET_RETURNEES, Right.KEEP_REGISTER},
    Role.SECRETARIAT: {Right.SEE_DUTIES, Right.RELEASE_FIGURES, Right.SEE_FACTS, Right.KEEP_INDICATORS},
    Role.HEAD_OF_REGION: {Right.SEE_DUTIES, Right.RELEASE_FIGURES, Right.SEE_FACTS, Right.READ_ASSESSMENT},
    Role.AUDITOR: {
        Right.READ_JOURNAL, Right.ERASE, Right.HANDLE_BREACHES, Right.HEAR_COMPLAINTS, Right.READ_ASSESSMENT,
    },
    Role.ADMINISTRATOR: {Right.KEEP_OFFICERS},
}  # fmt: skip


def has_right(officer, right):
    """Whether an officer's role carries a right. Officers who left have none."""
    return bool(officer and officer.is_active and right in RIGHTS[officer.role])
