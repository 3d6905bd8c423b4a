"""Reports of the public and everything that hangs on one: messages, files, findings, indicators; and complaints."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.roles import Right, Role
from simpul.confidentiality.fields import BlindIndexField, SealedTextField
from simpul.places.regions import within

# Stands where the tag of a contact would, for a contact that is no telephone number: made, and equal to no other.
NO_TAG = b"\x00"


class ReportQuerySet(models.QuerySet):
    def real(self):
        """Without the hourly checks of intake."""
        return self.filter(is_check=False)

    def visible_to(self, officer):
        """Reports an officer may read: of the jurisdiction, or passed to the own agency; for agencies that triage."""
        if not (officer.may(Right.TRIAGE) and officer.agency.triages):
            return self.none()
        return self.real().filter(_reach_of(officer.agency)).exclude(pk__in=hidden_from(officer, self.model))

    def waiting(self):
        """Not decided yet."""
        return self.filter(decided_at=None)

    def with_new_messages(self):
        """The reporter wrote something that nobody has read yet."""
        # A zero that stands in the statement itself: with a parameter in its place SQLite passes the index over.
        return self.filter(unread__gt=RawSQL("0", ()))

    def most_urgent_first(self):
        return self.order_by("-urgency", "received_at", "pk")


def _reach_of(agency):
    """Reports an agency that triages may read, before exclusions.

    The agency that serves the whole region reads every report, as it is also the one that takes what lies elsewhere.
    """
    if agency.serves_the_whole_region and agency.place_id == settings.REGION:
        return Q()
    reach = Q(agency=agency) | within(agency.place_id)
    return reach | Q(place=None) if agency.takes_unplaced else reach


class EventCode(models.Model):
    """A code an officer gives out where many report from one address: a border post, a village meeting."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    occasion = models.CharField(_("occasion"), max_length=80)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("agency"))
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", verbose_name=_("place"))
    made_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))
    until_at = models.DateTimeField(_("until"))
    limit = models.PositiveIntegerField(_("reports at most"), default=500)
    used = models.PositiveIntegerField(_("reports so far"), default=0)

    class Confidential:
        plain = {"id", "code", "occasion", "agency", "place", "made_by", "made_at", "until_at", "limit", "used"}

    class Meta:
        verbose_name = _("event code")
        verbose_name_plural = _("event codes")

    def __str__(self):
        return self.code


class Report(models.Model):
    """What somebody told us, sealed to the installation and to the holder of the receipt."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        READING = "being_read", _("Being read")
        QUESTION = "question_for_you", _("Question to the reporter")
        ACCEPTED = "accepted", _("Accepted into a case")
        PASSED_ON = "passed_on", _("Passed on")
        MERGED = "merged", _("Merged with another report")
        SET_ASIDE = "set_aside", _("Set aside")

    UNDECIDED = (Status.RECEIVED, Status.READING, Status.QUESTION)
    NEXT = {
        Status.RECEIVED: {*Status} - {Status.RECEIVED},
        Status.READING: {*Status} - {Status.RECEIVED, Status.READING},
        Status.QUESTION: {*Status} - {Status.RECEIVED},
        Status.ACCEPTED: set(),
        Status.PASSED_ON: {Status.READING},
        Status.MERGED: {Status.READING},
        Status.SET_ASIDE: {Status.READING},
    }

    class Channel(models.TextChoices):
        WEB = "web", _("Web")
        EVENT = "event", _("Event code")
        OFFICER = "officer", _("Taken down by an officer")

    data_key = models.OneToOneField("confidentiality.DataKey", models.PROTECT, related_name="+")
    receipt_tag = models.BinaryField(_("receipt tag"), max_length=32, unique=True)
    number = models.CharField(_("number"), max_length=20, unique=True)
    received_at = models.DateTimeField(_("received"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    event = models.ForeignKey(EventCode, models.PROTECT, null=True, related_name="reports")
    language = models.CharField(_("language"), max_length=5, default="id")
    is_check = models.BooleanField(_("hourly check of intake"), default=False)

    statement = SealedTextField(_("what happened"))
    where = SealedTextField(_("where, in the reporter's words"))
    when = SealedTextField(_("when, in the reporter's words"))
    contact_name = SealedTextField(_("name for contact"))
    contact = SealedTextField(_("telephone or other contact"))
    contact_safely = SealedTextField(_("when and how contact is safe"))
    # Null: there is a contact that the desk has not indexed yet.
    contact_tag = BlindIndexField(null=True)

    danger = models.CharField(_("danger"), max_length=10, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", verbose_name=_("place"))
    happened = models.CharField(_("when"), max_length=20, blank=True)
    people = models.CharField(_("how many people"), max_length=20, blank=True)
    children = models.CharField(_("children"), max_length=10, blank=True)
    kinds = models.JSONField(_("kinds of exploitation"), default=list)
    relation = models.CharField(_("how the reporter knows"), max_length=20, blank=True)
    involves = models.JSONField(_("offices involved"), default=list)
    has_contact = models.BooleanField(_("left a contact"), default=False)
    contact_is_safe = models.CharField(_("is contact safe"), max_length=10, blank=True)

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("read by")
    )
    urgency = models.SmallIntegerField(_("urgency"), default=0)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.RECEIVED)
    first_read_at = models.DateTimeField(_("first read"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    note = SealedTextField(_("note on the decision"))
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="reports", verbose_name=_("case"))
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", verbose_name=_("merged"))
    receipt_saved_at = models.DateTimeField(_("receipt saved"), null=True)
    unread = models.PositiveSmallIntegerField(_("messages of the reporter not read yet"), default=0)

    objects = ReportQuerySet.as_manager()

    class Confidential:
        key = "data_key"
        plain = {
            "id", "data_key", "receipt_tag", "number", "received_at", "channel", "event", "language", "is_check",
            "danger", "place", "happened", "people", "children", "kinds", "relation", "involves", "has_contact",
            "contact_is_safe", "agency", "urgency", "status", "first_read_at", "decided_at", "decided_by", "reason",
            "case", "merged_into", "receipt_saved_at", "unread",
        }  # fmt: skip

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [
            models.Index(
                F("urgency").desc(), "received_at", "id",
                # An index whose condition is a test for null is used whatever the parameters of a query are.
                condition=Q(decided_at__isnull=True),
                name="reports_waiting",
            ),
            # Who waits is asked for a region and for an agency at once: each half of that question has its own index.
            models.Index(fields=["place"], condition=Q(decided_at__isnull=True), name="reports_waiting_at_a_place"),
            models.Index(fields=["agency"], condition=Q(decided_at__isnull=True), name="reports_waiting_at_an_agency"),
            models.Index(fields=["received_at"], condition=Q(unread__gt=0), name="reports_with_new_messages"),
            models.Index(fields=["agency", "status"], name="reports_of_an_agency"),
            models.Index(fields=["place", "received_at"], name="reports_of_a_place"),
            models.Index(fields=["received_at"], name="reports_by_time"),
            # How many reports tell of which place is counted from this index alone.
            models.Index(fields=["place"], condition=Q(is_check=False), name="real_reports_of_a_place"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(name="report_is_not_merged_into_itself", condition=~Q(merged_into=F("id"))),
            models.CheckConstraint(
                name="accepted_report_has_a_case", condition=~Q(status="accepted") | Q(case__isnull=False)
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def telephone_tag(self):
        """The blind tag of the contact, where it is a telephone number; empty otherwise."""
        tag = bytes(self.contact_tag or b"")
        return b"" if tag == NO_TAG else tag

    @property
    def is_undecided(self):
        return self.status in self.UNDECIDED


class Message(models.Model):
    """A message between the reporter and the desk. Both sides read it by their own key."""

    class Sender(models.TextChoices):
        REPORTER = "reporter", _("Reporter")
        DESK = "desk", _("Desk")

    report = models.ForeignKey(Report, models.PROTECT, related_name="messages")
    sender = models.CharField(_("from"), max_length=10, choices=Sender)
    text = SealedTextField(_("text"))
    sent_at = models.DateTimeField(_("sent"))
    officer = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(_("seen"), null=True)

    class Confidential:
        key = "report.data_key"
        plain = {"id", "report", "sender", "sent_at", "officer", "seen_at"}

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self):
        return f"{self.get_sender_display()} {self.pk}"


class Attachment(models.Model):
    """A file the reporter sent: re-encoded where it is a photo, nameless, sealed, never shown inside a page."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")
        SOUND = "sound", _("Sound recording")
        FILM = "film", _("Film")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    media_type = models.CharField(_("media type"), max_length=40)
    size = models.PositiveIntegerField(_("size in bytes"))
    added_at = models.DateTimeField(_("added"))

    class Confidential:
        plain = {"id", "report", "kind", "media_type", "size", "added_at"}

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"


class Finding(models.Model):
    """One element of trafficking as an officer sees it in a report: act, means or purpose, and what supports it."""

    class Element(models.TextChoices):
        ACT = "acts", pgettext_lazy("element of trafficking", "Act")
        MEANS = "means", _("Means")
        PURPOSE = "purposes", _("Purpose")

    report = models.ForeignKey(Report, models.PROTECT, related_name="findings")
    element = models.CharField(_("element"), max_length=10, choices=Element)
    term = models.CharField(_("term"), max_length=40)
    support = SealedTextField(_("what in the statement supports it"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "report.data_key"
        plain = {"id", "report", "element", "term", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [models.UniqueConstraint(name="finding_is_noted_once", fields=["report", "element", "term"])]

    def __str__(self):
        return f"{self.element} {self.term}"


class IndicatorNote(models.Model):
    """Whether an indicator shows in a report. Indicators are clues: none proves, and their absence proves nothing."""

    class Answer(models.TextChoices):
        PRESENT = "present", _("Present")
        UNCLEAR = "unclear", _("Unclear")
        ABSENT = "absent", _("Not seen")

    report = models.ForeignKey(Report, models.PROTECT, related_name="indicators")
    indicator = models.CharField(_("indicator"), max_length=40)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    note = SealedTextField(_("what shows it"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "report.data_key"
        plain = {"id", "report", "indicator", "answer", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [models.UniqueConstraint(name="indicator_is_noted_once", fields=["report", "indicator"])]

    def __str__(self):
        return f"{self.indicator} {self.answer}"


def hears_complaints(officer):
    """Whether complaints can come to an officer: the data protection officer; and where that officer's own office is
    complained about, the head of the unit that serves the whole region.
    """
    if officer.may(Right.HEAR_COMPLAINTS):
        return True
    return officer.is_active and officer.role == Role.SUPERVISOR and officer.agency.serves_the_whole_region


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Complaints that came to the officer's agency, without those the officer or the agency is kept out of."""
        if not hears_complaints(officer):
            return self.none()
        heard = self.filter(Q(heard_by=officer.agency) | Q(heard_by=None))
        return heard.exclude(pk__in=hidden_from(officer, self.model))


class Complaint(models.Model):
    """What somebody holds against an officer or an office. Whoever it is about finds nothing of it."""

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        READING = "being_read", _("Being read")
        ANSWERED = "answered", _("Answered")

    NEXT = {
        Status.RECEIVED: {Status.READING, Status.ANSWERED},
        Status.READING: {Status.ANSWERED},
        Status.ANSWERED: set(),
    }

    data_key = models.OneToOneField("confidentiality.DataKey", models.PROTECT, related_name="+")
    receipt_tag = models.BinaryField(_("receipt tag"), max_length=32, unique=True)
    number = models.CharField(_("number"), max_length=20, unique=True)
    received_at = models.DateTimeField(_("received"))
    language = models.CharField(_("language"), max_length=5, default="id")

    statement = SealedTextField(_("what happened"))
    about = SealedTextField(_("which officer"))
    reference = SealedTextField(_("number of the report or case"))
    contact = SealedTextField(_("telephone or other contact"))
    answer = SealedTextField(_("answer"))

    against = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("complained about")
    )
    heard_by = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("heard by")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.RECEIVED)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")

    objects = ComplaintQuerySet.as_manager()

    class Confidential:
        key = "data_key"
        plain = {
            "id", "data_key", "receipt_tag", "number", "received_at", "language", "against", "heard_by", "status",
            "answered_at", "answered_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = [models.Index(fields=["heard_by", "status", "received_at"], name="complaints_of_an_agency")]
        constraints = [
            models.CheckConstraint(
                name="complaint_is_not_heard_by_whom_it_is_about",
                condition=Q(against=None) | Q(heard_by=None) | ~Q(against=F("heard_by")),
            )
        ]

    def __str__(self):
        return self.number

    @property
    def is_answered(self):
        return self.status == self.Status.ANSWERED
