"""The words of the journal: every act that changes the world and every reading of an identity.

`docs/acts.md` says of each what it means and who may do it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What an entry of the journal records."""

    # intake
    REPORT_RECEIVED = "report.received", _("Report received")
    REPORT_ADDED_TO = "report.added_to", _("Reporter added to the report")
    RECEIPT_SAVED = "receipt.saved", _("Reporter saved the receipt")
    REPORT_READ = "report.read", _("Statement read")
    REPORT_CONTACT_READ = "report.contact_read", _("Reporter's contact read")
    FILE_TAKEN = "file.taken", _("File opened")
    REPORTER_ASKED = "reporter.asked", _("Message sent to the reporter")
    MESSAGES_READ = "messages.read", _("Messages read")
    FINDING_NOTED = "finding.noted", _("Screening noted")
    INDICATOR_NOTED = "indicator.noted", _("Indicator noted")
    REPORT_ACCEPTED = "report.accepted", _("Report accepted into a case")
    REPORT_PASSED_ON = "report.passed_on", _("Report passed on")
    REPORT_MERGED = "report.merged", _("Report merged with another")
    REPORT_SET_ASIDE = "report.set_aside", _("Report set aside")
    REPORT_REOPENED = "report.reopened", _("Report taken up again")
    EVENT_CODE_MADE = "event_code.made", _("Event code made")
    EVENT_CODE_ENDED = "event_code.ended", _("Event code ended")
    COMPLAINT_RECEIVED = "complaint.received", _("Complaint received")
    COMPLAINT_READ = "complaint.read", _("Complaint read")
    COMPLAINT_ANSWERED = "complaint.answered", _("Complaint answered")
    # cases
    CASE_OPENED = "case.opened", _("Case opened")
    CASE_READ = "case.read", _("Case file opened")
    CASE_FACTS_SEEN = "case.facts_seen", _("Facts of a case seen without identities")
    CASE_MOVED = "case.moved", _("Case moved to its next stage")
    CASE_SUMMARISED = "case.summarised", _("Summary of a case written")
    CASE_ASSIGNED = "case.assigned", _("Case assigned")
    PERSON_RECORDED = "person.recorded", _("Person recorded")
    PERSON_CORRECTED = "person.corrected", _("Person's data corrected")
    IDENTITY_READ = "identity.read", _("Identity read")
    PERSONS_SEARCHED = "persons.searched", _("Persons searched")
    INVOLVEMENT_NOTED = "involvement.noted", _("Person's part in a case noted")
    INVOLVEMENT_STATUS_SET = "involvement.status_set", _("Victim status decided")
    SERVICE_REQUESTED = "service.requested", _("Service requested")
    SERVICE_MOVED = "service.moved", _("Service moved on")
    REFERRAL_SENT = "referral.sent", _("Referral sent")
    REFERRAL_READ = "referral.read", _("Referral read")
    REFERRAL_ACCEPTED = "referral.accepted", _("Referral accepted")
    REFERRAL_DECLINED = "referral.declined", _("Referral declined")
    REFERRAL_WITHDRAWN = "referral.withdrawn", _("Referral withdrawn")
    POLICE_REPORT_NOTED = "police_report.noted", _("Report to police noted")
    REFERRAL_LINKED = "referral.linked", _("One-time link of a referral made")
    RIGHT_MOVED = "right.moved", _("Right of a victim moved on")
    SERVICE_STEP_NOTED = "service.step_noted", _("Step of a service noted")
    SHELTER_RECORDED = "shelter.recorded", _("Shelter recorded")
    STAY_NOTED = "stay.noted", _("Stay at a shelter noted")
    RETURN_NOTED = "return.noted", _("Return home noted")
    VISIT_NOTED = "visit.noted", _("Visit after the return noted")
    PROCEEDING_NOTED = "proceeding.noted", _("Proceeding noted")
    PROCEEDING_STEP_NOTED = "proceeding.step_noted", _("Step of a proceeding noted")
    EXAMINATION_NOTED = "examination.noted", _("Examination noted")
    RESTITUTION_ITEMISED = "restitution.itemised", _("Claim for restitution itemised")
    RESTITUTION_STEP_NOTED = "restitution.step_noted", _("Step of a restitution noted")
    AGE_DECIDED = "age.decided", _("Age on the date of the act decided")
    BEST_INTEREST_CHECKED = "best_interest.checked", _("Best interests of a child checked")
    CASE_RECURRED = "case.recurred", _("Recurrence opened")
    CASE_HANDED_OVER = "case.handed_over", _("Case handed over to another agency")
    CASE_ACCESS_CHANGED = "case.access_changed", _("Access to a case closed or opened")
    EXCLUSION_MADE = "exclusion.made", _("Officer or agency excluded")
    EXCLUSION_LIFTED = "exclusion.lifted", _("Exclusion lifted")
    GLASS_BROKEN = "glass.broken", _("Emergency access taken")
    CONSENT_GIVEN = "consent.given", _("Consent given")
    CONSENT_WITHDRAWN = "consent.withdrawn", _("Consent withdrawn")
    DOCUMENT_MADE = "document.made", _("Paper printed")
    # migrants
    PEOPLE_RECORDED = "people.recorded", _("People of a list recorded")
    SHEET_RECEIVED = "sheet.received", _("List received")
    SHEET_READ = "sheet.read", _("List opened")
    SHEET_CORRECTED = "sheet.corrected", _("List corrected")
    SHEET_TAKEN_IN = "sheet.taken_in", _("List taken in")
    SHEET_UNDONE = "sheet.undone", _("List taken back to be corrected")
    SHEET_DISCARDED = "sheet.discarded", _("List put away")
    SHEET_FORGOTTEN = "sheet.forgotten", _("File of a list destroyed")
    RETURNEE_NOTED = "returnee.noted", _("Person sent home noted")
    RETURNEE_CORRECTED = "returnee.corrected", _("Line of a manifest corrected")
    RETURNEES_READ = "returnees.read", _("Names of people sent home read")
    RETURNEE_SCREENED = "returnee.screened", _("Person sent home screened")
    RETURNEE_HANDED_OVER = "returnee.handed_over", _("Person sent home handed over to the family")
    RETURNEE_REFUSED = "returnee.refused", _("Rehabilitation refused")
    RETURNEE_MET = "returnee.met", _("Visit to a person sent home noted")
    VILLAGE_ASKED = "village.asked", _("Noted whether the village may be told")
    HOME_TOLD = "home.told", _("Home region told who comes home")
    WORKER_NOTED = "worker.noted", _("Migrant worker noted in the register")
    WORKER_STRUCK = "worker.struck", _("Entry of the register struck out")
    WORKERS_READ = "workers.read", _("Names in the register read")
    # places
    WAY_NOTED = "way.noted", _("Legs of a journey noted")
    WAY_REMOVED = "way.removed", _("Legs of a journey removed")
    # linkage
    LIKENESS_READ = "likeness.read", _("Likely records of the same person shown")
    PAIR_PROPOSED = "pair.proposed", _("Two records put side by side")
    PAIR_CLAIMED = "pair.claimed", _("Two records taken up to be compared, or put off")
    SAMENESS_DECIDED = "sameness.decided", _("Decided whether two records are one person")
    SAMENESS_RETRACTED = "sameness.retracted", _("Decision whether two records are one person taken back")
    INQUIRY_SENT = "inquiry.sent", _("Another agency asked whether a record is the same person")
    INQUIRY_READ = "inquiry.read", _("Question whether a record is the same person read")
    INQUIRY_ANSWERED = "inquiry.answered", _("Question whether a record is the same person answered")
    INQUIRY_WITHDRAWN = "inquiry.withdrawn", _("Question whether a record is the same person taken back")
    # privacy
    REQUEST_RECORDED = "request.recorded", _("Request about data recorded")
    REQUEST_ANSWERED = "request.answered", _("Request about data answered")
    REQUEST_REFUSED = "request.refused", _("Request about data refused")
    RESTRICTION_SET = "restriction.set", _("Use of a person's data restricted")
    RESTRICTION_LIFTED = "restriction.lifted", _("Restriction of a person's data lifted")
    HOLD_SET = "hold.set", _("Legal hold set")
    HOLD_READ = "hold.read", _("Words of a legal hold read")
    HOLD_LIFTED = "hold.lifted", _("Legal hold lifted")
    ERASURE_PROPOSED = "erasure.proposed", _("Erasure proposed")
    ERASURE_TAKEN_BACK = "erasure.taken_back", _("Proposal of an erasure taken back")
    ERASURE_CONFIRMED = "erasure.confirmed", _("Erasure confirmed and done")
    BREACH_NOTED = "breach.noted", _("Breach of personal data noted")
    BREACH_READ = "breach.read", _("Breach of personal data read")
    BREACH_LIST_READ = "breach_list.read", _("List of those affected by a breach taken")
    BREACH_LISTED = "breach.listed", _("Persons or reports listed as affected by a breach")
    BREACH_CONTAINED = "breach.contained", _("Breach of personal data contained")
    BREACH_NOTICE = "breach.notice", _("Notice of a breach given, or why not")
    BREACH_AUTHORITY_TOLD = "breach.authority_told", _("Authority told of a breach")
    BREACH_CLOSED = "breach.closed", _("Breach of personal data closed")
    # obligations
    OBLIGATION_OPENED = "obligation.opened", _("Obligation opened")
    OBLIGATION_PAUSED = "obligation.paused", _("Obligation paused")
    OBLIGATION_RESUMED = "obligation.resumed", _("Obligation resumed")
    OBLIGATION_MET = "obligation.met", _("Obligation met")
    OBLIGATION_WAIVED = "obligation.waived", _("Obligation waived")
    OBLIGATION_MISSED = "obligation.missed", _("Obligation missed")
    OBLIGATION_ESCALATED = "obligation.escalated", _("Obligation escalated")
    # insight
    INDICATORS_RECEIVED = "indicators.received", _("Table of indicators received")
    INDICATORS_TAKEN_IN = "indicators.taken_in", _("Table of indicators taken in")
    INDICATORS_TAKEN_BACK = "indicators.taken_back", _("Table of indicators taken back")
    INDICATORS_DISCARDED = "indicators.discarded", _("Table of indicators put away")
    ALERT_RAISED = "alert.raised", _("Alert raised by figures")
    ALERT_GROWN = "alert.grown", _("Alert grown")
    ALERT_TAKEN_UP = "alert.taken_up", _("Alert taken up to be looked into")
    ALERT_CLOSED = "alert.closed", _("Alert closed with what was found")
    ESTIMATE_ASKED = "estimate.asked", _("Estimate of the hidden number asked for")
    ESTIMATE_MADE = "estimate.made", _("Estimate of the hidden number computed or refused")
    RELEASE_DRAFTED = "release.drafted", _("Open data drafted")
    RELEASE_APPROVED = "release.approved", _("Open data approved")
    RELEASE_PUBLISHED = "release.published", _("Open data published")
    RELEASE_WITHDRAWN = "release.withdrawn", _("Open data withdrawn")
    RELEASE_DROPPED = "release.dropped", _("Draft of open data put away")
    RELEASE_DELIVERED = "release.delivered", _("Open data handed to an organisation")
    BUDGET_SET = "noise_budget.set", _("Budget of noise set")
    # agencies, catalogues, keys
    AGENCY_RECORDED = "agency.recorded", _("Agency recorded")
    OFFICER_RECORDED = "officer.recorded", _("Officer recorded")
    OFFICER_CHANGED = "officer.changed", _("Officer's role or agency changed")
    OFFICER_LEFT = "officer.left", _("Officer's access ended")
    NOTICE_ACKNOWLEDGED = "notice.acknowledged", _("Duty of secrecy acknowledged")
    SIGNED_IN = "officer.signed_in", _("Officer signed in")
    JOURNAL_READ = "journal.read", _("Journal read")
    CATALOGUE_LOADED = "catalogue.loaded", _("Catalogue loaded")
    KEYS_ROTATED = "keys.rotated", _("Keys rotated")
    KEY_DESTROYED = "key.destroyed", _("Data key destroyed")
    PARCEL_MADE = "parcel.made", _("One-time link made")
    PARCEL_OPENED = "parcel.opened", _("One-time link opened")
    PARCEL_LOCKED = "parcel.locked", _("One-time link locked after wrong codes")
    PARCEL_REPLIED = "parcel.replied", _("Answer to a one-time link received")
    PARCEL_ENDED = "parcel.ended", _("One-time link ended")
    INTAKE_ALARM = "intake.alarm", _("Intake check failed")
    INTAKE_CHECKED = "intake.checked", _("Intake check passed")


READINGS = frozenset(
    {
        Act.REPORT_READ,
        Act.REPORT_CONTACT_READ,
        Act.FILE_TAKEN,
        Act.MESSAGES_READ,
        Act.CASE_READ,
        Act.CASE_FACTS_SEEN,
        Act.IDENTITY_READ,
        Act.PERSONS_SEARCHED,
        Act.REFERRAL_READ,
        Act.SHEET_READ,
        Act.RETURNEES_READ,
        Act.WORKERS_READ,
        Act.DOCUMENT_MADE,
        Act.LIKENESS_READ,
        Act.INQUIRY_READ,
        Act.HOLD_READ,
        Act.BREACH_READ,
        Act.BREACH_LIST_READ,
        Act.JOURNAL_READ,
        Act.PARCEL_OPENED,
        Act.COMPLAINT_READ,
    }
)
