"""The people in a case, by the part they play. The part is kept apart from the identity."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.confidentiality.fields import SealedJSONField, SealedTextField


class Involvement(models.Model):
    """A person's part in a case."""

    class Part(models.TextChoices):
        VICTIM = "victim", _("Victim")
        SUSPECT = "suspect", _("Suspect")
        WITNESS = "witness", _("Witness")

    class Childhood(models.TextChoices):
        """Whether the person was a child on the date of the act; forged ages are common, so doubt is a state."""

        ADULT = "adult", _("Adult")
        CHILD = "child", _("Child")
        DISPUTED = "disputed", _("Age disputed")
        UNKNOWN = "", _("Not known")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="involvements")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="involvements")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    status = models.CharField(_("victim status"), max_length=40, blank=True)
    status_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    status_at = models.DateTimeField(_("decided"), null=True)
    childhood = models.CharField(_("child on the date of the act"), max_length=10, choices=Childhood, blank=True)
    is_not_punished = models.BooleanField(_("not punished for acts forced by the trafficker (Art. 18)"), default=False)
    is_threatened = models.BooleanField(_("threatened, or the family is (Art. 47)"), default=False)
    is_abroad = models.BooleanField(_("still abroad (Art. 54)"), default=False)
    note = SealedTextField(_("note"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "case.data_key"
        plain = {
            "id", "case", "person", "part", "status", "status_by", "status_at", "childhood", "is_not_punished",
            "is_threatened", "is_abroad", "noted_at", "noted_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("part in a case")
        verbose_name_plural = _("parts in cases")
        constraints = [
            models.UniqueConstraint(name="person_has_a_part_once", fields=["case", "person", "part"]),
            models.CheckConstraint(
                name="unpunished_victim_is_no_suspect",
                condition=~models.Q(part="suspect", is_not_punished=True),
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()} {self.pk}"

    @property
    def counts_as_child(self):
        """A child, or somebody whose age is in doubt: doubt is decided for the child."""
        return self.childhood in {self.Childhood.CHILD, self.Childhood.DISPUTED}


class AgeDecision(models.Model):
    """How old somebody was on the date of the act, as an officer decided it, and from what. Earlier ones stay."""

    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="age_decisions")
    childhood = models.CharField(_("child on the date of the act"), max_length=10, choices=Involvement.Childhood)
    ground = models.CharField(_("known from"), max_length=40, help_text=_("A code of the catalogue age_grounds."))
    act_on = models.DateField(_("date of the act"), null=True)
    note = SealedTextField(_("note"))
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "involvement.case.data_key"
        plain = {"id", "involvement", "childhood", "ground", "act_on", "decided_at", "decided_by"}

    class Meta:
        verbose_name = _("decision on an age")
        verbose_name_plural = _("decisions on ages")

    def __str__(self):
        return f"{self.involvement_id} {self.childhood}"


class BestInterest(models.Model):
    """What is best for a child, asked question by question and decided by an officer. Earlier checks stay."""

    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="best_interests")
    answers = SealedJSONField(_("answers"))
    decision = SealedTextField(_("what is best for the child"))
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "involvement.case.data_key"
        plain = {"id", "involvement", "decided_at", "decided_by"}

    class Meta:
        verbose_name = _("check of best interests")
        verbose_name_plural = _("checks of best interests")

    def __str__(self):
        return f"{self.involvement_id} {self.decided_at:%Y-%m-%d}"


class Entitlement(models.Model):
    """What became of one right of one victim, where no service, proceeding or claim tells it.

    A right without a row simply has not been spoken of yet.
    """

    class State(models.TextChoices):
        INFORMED = "informed", _("Informed")
        REQUESTED = "requested", _("Requested")
        MET = "met", _("Met")
        REFUSED = "refused", _("Refused by the victim")

    involvement = models.ForeignKey(Involvement, models.PROTECT, related_name="entitlements")
    right = models.CharField(_("right"), max_length=40, help_text=_("A code of the catalogue rights."))
    state = models.CharField(_("state"), max_length=10, choices=State)
    moved_at = models.DateTimeField(_("in this state since"))
    moved_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    informed_at = models.DateTimeField(_("informed"), null=True)
    offer_again_on = models.DateField(_("offer again on"), null=True)
    evidence = models.CharField(_("evidence"), max_length=40, blank=True, help_text=_("A code of document_kinds."))
    note = SealedTextField(_("note"))

    class Confidential:
        key = "involvement.case.data_key"
        plain = {
            "id", "involvement", "right", "state", "moved_at", "moved_by", "informed_at", "offer_again_on", "evidence",
        }  # fmt: skip

    class Meta:
        verbose_name = _("right of a victim")
        verbose_name_plural = _("rights of victims")
        constraints = [models.UniqueConstraint(name="right_stands_once", fields=["involvement", "right"])]

    def __str__(self):
        return f"{self.right} {self.involvement_id}"
