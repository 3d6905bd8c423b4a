"""The people in a case, by the part they play. The part is kept apart from the identity."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.confidentiality.fields import SealedTextField


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
    note = SealedTextField(_("note"))
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "case.data_key"
        plain = {
            "id", "case", "person", "part", "status", "status_by", "status_at", "childhood", "is_not_punished",
            "noted_at", "noted_by",
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
