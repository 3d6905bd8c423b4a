"""What a person asked about the own data, what is kept past its time, what was erased, and what leaked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from simpul.confidentiality.fields import SealedTextField


class DataRequest(models.Model):
    """What a person, or somebody for them, asks about the own data in a case; answered within hours set by law."""

    class State(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Refused")

    class AskedBy(models.TextChoices):
        PERSON = "person", _("The person")
        GUARDIAN = "guardian", _("Parent or guardian")
        COMPANION = "companion", _("Companion or lawyer")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="data_requests")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("what is asked"), max_length=40, help_text=_("A code of the catalogue request_kinds."))
    asked_by = models.CharField(_("asked by"), max_length=10, choices=AskedBy)
    words = SealedTextField(_("in the person's words"))
    received_at = models.DateTimeField(_("received"))
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = SealedTextField(_("answer"))
    refusal = SealedTextField(_("why it was refused"))
    decided_at = models.DateTimeField(_("answered or refused"), null=True)
    decided_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")

    class Confidential:
        key = "case.data_key"
        plain = {
            "id", "case", "person", "kind", "asked_by", "received_at", "recorded_at", "recorded_by", "state",
            "decided_at", "decided_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("request about data")
        verbose_name_plural = _("requests about data")
        indexes = [models.Index(fields=["case", "state"], name="data_requests_of_a_case")]
        constraints = [
            models.CheckConstraint(
                name="settled_request_has_its_officer",
                condition=Q(state="open") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN


class HoldQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """A legal hold: a file that is kept past its time, for a reason. What is held is never due nor erased."""

    data_key = models.OneToOneField("confidentiality.DataKey", models.PROTECT, related_name="+")
    file = models.CharField(_("file"), max_length=40)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("kept by"))
    reason = models.CharField(_("reason"), max_length=40, help_text=_("A code of the catalogue hold_reasons."))
    words = SealedTextField(_("which proceeding, which letter"))
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Confidential:
        key = "data_key"
        plain = {"id", "data_key", "file", "agency", "reason", "set_at", "set_by", "lifted_at", "lifted_by"}

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        indexes = [models.Index(fields=["file"], name="holds_of_a_file")]
        constraints = [
            models.UniqueConstraint(
                name="file_is_held_for_a_reason_once", fields=["file", "reason"], condition=Q(lifted_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.reason} {self.file}"


class ErasureQuerySet(models.QuerySet):
    def waiting(self):
        """Proposed, and neither done nor taken back."""
        return self.filter(done_at=None, taken_back_at=None)

    def done(self):
        """The tombstones."""
        return self.exclude(done_at=None)


class Erasure(models.Model):
    """Proposed by one officer, confirmed by another; afterwards the tombstone: when, which rule, how many.

    It keeps the label of the file and numbers, nothing that names anybody.
    """

    class Notice(models.TextChoices):
        """UU 27/2022 Art. 45: the person is told of the erasure, or it is written down why not."""

        TOLD = "told", _("The person was told")
        ENDANGERS = "endangers", _("Not told: it would endanger somebody")
        UNREACHABLE = "unreachable", _("Not told: nobody can be reached")
        NOBODY = "nobody", _("Nobody to tell: the report was anonymous")

    file = models.CharField(_("file"), max_length=40)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("kept by"))
    rule = models.CharField(_("rule"), max_length=40, help_text=_("A code of the catalogue retention."))
    proposed_at = models.DateTimeField(_("proposed"))
    proposed_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(_("taken back"), null=True)
    taken_back_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    notice = models.CharField(_("notice to the person"), max_length=12, choices=Notice, blank=True)
    what = models.JSONField(_("how many of what"), default=dict)
    done_at = models.DateTimeField(_("erased"), null=True)

    objects = ErasureQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "file", "agency", "rule", "proposed_at", "proposed_by", "taken_back_at", "taken_back_by",
            "confirmed_at", "confirmed_by", "notice", "what", "done_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        indexes = [models.Index(fields=["agency", "done_at"], name="erasures_of_an_agency")]
        constraints = [
            models.CheckConstraint(name="erasure_takes_two_people", condition=~Q(confirmed_by=F("proposed_by"))),
            models.CheckConstraint(
                name="erasure_is_done_when_confirmed",
                condition=Q(done_at=None) | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="erasure_is_proposed_once", fields=["file"], condition=Q(done_at=None, taken_back_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.rule} {self.file}"

    @property
    def is_waiting(self):
        return self.done_at is None and self.taken_back_at is None


class Breach(models.Model):
    """Personal data that reached somebody they should not have (UU 27/2022 Art. 46)."""

    class State(models.TextChoices):
        NOTED = "noted", _("Noted")
        CONTAINED = "contained", _("Stopped")
        NOTIFIED = "notified", _("All were told")
        CLOSED = "closed", _("Closed")

    data_key = models.OneToOneField("confidentiality.DataKey", models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=20, unique=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("noted at"))
    discovered_at = models.DateTimeField(_("discovered"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    kinds = models.JSONField(_("which data"), default=list, help_text=_("Codes of the catalogue breach_data."))
    how = SealedTextField(_("when and how it happened"))
    measures = SealedTextField(_("what is done about it"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NOTED)
    contained_at = models.DateTimeField(_("stopped"), null=True)
    authority = SealedTextField(_("which authority, and the reference of the letter"))
    authority_told_at = models.DateTimeField(_("authority told"), null=True)
    notified_at = models.DateTimeField(_("all told"), null=True)
    ended_at = models.DateTimeField(_("closed"), null=True)

    class Confidential:
        key = "data_key"
        plain = {
            "id", "data_key", "number", "agency", "discovered_at", "noted_at", "noted_by", "kinds", "state",
            "contained_at", "authority_told_at", "notified_at", "ended_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("breach of personal data")
        verbose_name_plural = _("breaches of personal data")

    def __str__(self):
        return self.number

    @property
    def has_ended(self):
        return self.state == self.State.CLOSED


class Affected(models.Model):
    """Somebody whose data a breach may have revealed, and the notice that is owed: a person in a case, a reporter, or
    somebody who is in no case but was sent home or stands in the register.
    """

    class Notice(models.TextChoices):
        DUE = "due", _("To be told")
        TOLD = "told", _("Told")
        ENDANGERS = "endangers", _("Not told: it would endanger somebody")
        UNREACHABLE = "unreachable", _("Not told: cannot be reached")

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="affected")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("persons.Person", models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey("intake.Report", models.PROTECT, null=True, related_name="+")
    notice = models.CharField(_("notice"), max_length=12, choices=Notice, default=Notice.DUE)
    how = SealedTextField(_("how the person was told, or why not"))
    told_at = models.DateTimeField(_("told"), null=True)
    told_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")

    class Confidential:
        key = "breach.data_key"
        plain = {"id", "breach", "case", "person", "report", "notice", "told_at", "told_by"}

    class Meta:
        verbose_name = _("affected by a breach")
        verbose_name_plural = _("affected by a breach")
        constraints = [
            models.CheckConstraint(
                name="affected_is_a_person_or_a_reporter",
                condition=Q(person__isnull=False, report=None) | Q(person=None, case=None, report__isnull=False),
            ),
            models.UniqueConstraint(name="person_is_affected_once", fields=["breach", "person", "case"]),
            models.UniqueConstraint(
                name="person_in_no_case_is_affected_once", fields=["breach", "person"], condition=Q(case=None)
            ),
            models.UniqueConstraint(name="reporter_is_affected_once", fields=["breach", "report"]),
        ]

    def __str__(self):
        return f"{self.breach_id} {self.pk}"
