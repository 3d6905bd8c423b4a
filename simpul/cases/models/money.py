"""Restitution: what a victim lost, item by item, and what became of it from the claim to the last rupiah."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from simpul.confidentiality.fields import SealedTextField

ZERO = Decimal(0)


def _rupiah(words, **more):
    return models.DecimalField(words, max_digits=16, decimal_places=2, **more)


class Restitution(models.Model):
    """The restitution of one victim. Amounts are plain: they are summed by region, agency and year, and name nobody."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="restitutions")
    victim = models.ForeignKey("cases.Involvement", models.PROTECT, related_name="restitutions")
    proceeding = models.ForeignKey("cases.Proceeding", models.PROTECT, null=True, related_name="restitutions")
    step = models.CharField(_("latest step"), max_length=40, blank=True)
    claimed = _rupiah(_("claimed"), default=ZERO)
    assessed = _rupiah(_("assessed by LPSK"), null=True)
    demanded = _rupiah(_("demanded by the prosecutor"), null=True)
    awarded = _rupiah(_("awarded"), null=True)
    deposited = _rupiah(_("deposited"), default=ZERO)
    paid = _rupiah(_("paid"), default=ZERO)
    begun_at = models.DateTimeField(_("noted"))
    begun_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        plain = {
            "id", "case", "victim", "proceeding", "step", "claimed", "assessed", "demanded", "awarded", "deposited",
            "paid", "begun_at", "begun_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("restitution")
        verbose_name_plural = _("restitutions")
        constraints = [
            models.UniqueConstraint(name="victim_has_one_claim_in_a_case", fields=["victim"]),
            models.CheckConstraint(
                name="nothing_is_paid_above_the_award",
                condition=Q(paid=0) | Q(awarded__isnull=False, paid__lte=F("awarded")),
            ),
            models.CheckConstraint(
                name="amounts_are_not_negative",
                condition=Q(claimed__gte=0, deposited__gte=0, paid__gte=0)
                & (Q(assessed=None) | Q(assessed__gte=0))
                & (Q(demanded=None) | Q(demanded__gte=0))
                & (Q(awarded=None) | Q(awarded__gte=0)),
            ),
        ]

    def __str__(self):
        return f"{self.victim_id} {self.step}"

    @property
    def left_to_pay(self):
        """What of the award is not paid yet, in rupiah."""
        return (self.awarded or ZERO) - self.paid

    @property
    def is_paid(self):
        """Whether the whole award is paid."""
        return bool(self.awarded) and self.left_to_pay == 0


class RestitutionItem(models.Model):
    """One loss in a claim (UU 21/2007 Art. 48(2) and its elucidation)."""

    restitution = models.ForeignKey(Restitution, models.PROTECT, related_name="items")
    head = models.CharField(_("loss"), max_length=40, help_text=_("A code of the catalogue restitution_heads."))
    amount = _rupiah(_("amount in rupiah"))
    note = SealedTextField(_("what for, and what shows it"))

    class Confidential:
        key = "restitution.case.data_key"
        plain = {"id", "restitution", "head", "amount"}

    class Meta:
        verbose_name = _("item of a claim")
        verbose_name_plural = _("items of claims")
        constraints = [models.CheckConstraint(name="loss_is_more_than_nothing", condition=Q(amount__gt=0))]

    def __str__(self):
        return f"{self.head} {self.amount}"


class RestitutionStep(models.Model):
    """One step of a restitution, with its day and, where it has one, its amount."""

    restitution = models.ForeignKey(Restitution, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=40, help_text=_("A code of the catalogue restitution_steps."))
    happened_on = models.DateField(_("day"))
    amount = _rupiah(_("amount in rupiah"), null=True)
    note = SealedTextField(_("note"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "restitution.case.data_key"
        plain = {"id", "restitution", "kind", "happened_on", "amount", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("step of a restitution")
        verbose_name_plural = _("steps of restitutions")

    def __str__(self):
        return f"{self.kind} {self.happened_on}"
