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
    EXCLUSION_MADE = "exclusion.made", _("Officer or agency excluded")
    EXCLUSION_LIFTED = "exclusion.lifted", _("Exclusion lifted")
    GLASS_BROKEN = "glass.broken", _("Emergency access taken")
    CONSENT_GIVEN = "consent.given", _("Consent given")
    CONSENT_WITHDRAWN = "consent.withdrawn", _("Consent withdrawn")
    # obligations
    OBLIGATION_OPENED = "obligation.opened", _("Obligation opened")
    OBLIGATION_PAUSED = "obligation.paused", _("Obligation paused")
    OBLIGATION_RESUMED = "obligation.resumed", _("Obligation resumed")
    OBLIGATION_MET = "obligation.met", _("Obligation met")
    OBLIGATION_WAIVED = "obligation.waived", _("Obligation waived")
    OBLIGATION_MISSED = "obligation.missed", _("Obligation missed")
    OBLIGATION_ESCALATED = "obligation.escalated", _("Obligation escalated")
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
        Act.JOURNAL_READ,
    }
)
