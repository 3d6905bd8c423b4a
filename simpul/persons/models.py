"""A person's identity is sealed under a key of its own; what is counted is plain and names nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.confidentiality.fields import (
    BlindIndexField,
    SealedDateField,
    SealedTextField,
)


class Sex(models.TextChoices):
    FEMALE = "P", _("Female")
    MALE = "L", _("Male")
    UNKNOWN = "", _("Not known")


class Person(models.Model):
    """Somebody who appears in a case, a manifest or the register: always under one sealed identity."""

    data_key = models.OneToOneField("confidentiality.DataKey", models.PROTECT, related_name="+")
    name = SealedTextField(_("name"))
    aliases = SealedTextField(_("other names"))
    nik = SealedTextField("NIK")
    birth_date = SealedDateField(_("date of birth"))
    phone = SealedTextField(_("telephone"))
    passport = SealedTextField(_("passport or SPLP"))
    address = SealedTextField(_("address"))
    safe_contact = SealedTextField(_("how to make contact safely"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True)
    home = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", verbose_name=_("home"))
    nik_tag = BlindIndexField()
    phone_tag = BlindIndexField()
    passport_tag = BlindIndexField()
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    restricted_at = models.DateTimeField(_("use restricted since"), null=True)

    class Confidential:
        key = "data_key"
        plain = {"id", "data_key", "sex", "birth_year", "home", "recorded_at", "recorded_by", "restricted_at"}

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self):
        return str(_("Person %(number)s") % {"number": self.pk})

    def is_a_child_on(self, day):
        """Whether the person was under 18 on a day, as far as the year of birth tells; None where it does not.

        A person whose eighteenth birthday falls into the year of the day counts as a child: what is uncertain is
        decided for the child until the date of birth is known (`persons.identities.is_a_child_on`).
        """
        if self.birth_year is None:
            return None
        return day.year - self.birth_year <= 18


class NameTag(models.Model):
    """One word of a person's name, as a blind index."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="name_tags")
    tag = BlindIndexField()

    class Confidential:
        plain = {"id", "person"}

    class Meta:
        verbose_name = _("word of a name")
        verbose_name_plural = _("words of names")
        constraints = [models.UniqueConstraint(fields=["person", "tag"], name="word_of_a_name_stands_once")]

    def __str__(self):
        return f"{self.person_id}"


class Consent(models.Model):
    """What a person agreed to: for which purpose, towards whom, which fields, until when; and its end."""

    class GivenBy(models.TextChoices):
        SELF = "self", _("The person")
        GUARDIAN = "guardian", _("Parent or guardian")
        COURT = "court", _("Determination of the district court, in place of a guardian")
        NOT_CONSENT = "other_basis", _("Another lawful basis")

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=40, help_text=_("A code of the catalogue consent_purposes."))
    recipient = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    fields = models.JSONField(_("fields"), default=list)
    given_by = models.CharField(_("given by"), max_length=12, choices=GivenBy)
    exception = models.CharField(
        _("why no guardian consents"), max_length=40, blank=True,
        help_text=_("A code of the catalogue guardian_exceptions (UU 31/2014 Art. 29A)."),
    )  # fmt: skip
    basis = models.CharField(_("lawful basis"), max_length=40, help_text=_("A code of the catalogue lawful_bases."))
    reason = SealedTextField(_("reason for another basis"))
    given_at = models.DateTimeField(_("given"))
    until_on = models.DateField(_("until"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    recorded_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        key = "person.data_key"
        plain = {
            "id", "person", "purpose", "recipient", "fields", "given_by", "exception", "basis", "given_at",
            "until_on", "withdrawn_at", "recorded_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self):
        return f"{self.purpose} {self.person_id}"
