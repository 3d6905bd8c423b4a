"""Agencies, officers and their places in the region."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from simpul.agencies.roles import Role, has_right
from simpul.places.regions import is_within, within

# Agencies that stand closest to somebody's neighbours.
VILLAGE_KINDS = ("village", "district_office")


class AgencyQuerySet(models.QuerySet):
    def working(self):
        """Agencies that still take part."""
        return self.filter(ended_on=None)

    def serving(self, place_code):
        """Agencies whose jurisdiction holds a place; of an unknown place, those that take unplaced reports."""
        if not place_code:
            return self.filter(takes_unplaced=True)
        parts = place_code.split(".")
        return self.filter(place_id__in=[".".join(parts[:n]) for n in range(1, len(parts) + 1)])

    def within(self, prefix):
        """Agencies whose own place lies in a region."""
        return self.filter(within(prefix))


class Agency(models.Model):
    """An office that acts in cases: a UPTD PPA, a police unit, BP3MI, a hospital, an NGO."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=40, help_text=_("A code of the catalogue agency_kinds."))
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name=_("jurisdiction"), related_name="+")
    triages = models.BooleanField(_("takes reports of the public"), default=False)
    takes_unplaced = models.BooleanField(_("takes reports without a place"), default=False)
    telephone = models.CharField(_("telephone of the office"), max_length=40, blank=True)
    ended_on = models.DateField(_("took part until"), null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Confidential:
        plain = {"id", "name", "kind", "place", "triages", "takes_unplaced", "telephone", "ended_on"}

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [models.UniqueConstraint(fields=["name", "place"], name="agency_is_recorded_once")]

    def __str__(self):
        return self.name

    @property
    def serves_the_whole_region(self):
        """The one agency that takes reports of the public from everywhere, also those without a place."""
        return self.triages and self.takes_unplaced


class OfficerManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class Officer(AbstractBaseUser):
    """A person who works in the system, in one role at one agency."""

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    full_name = models.CharField(_("name"), max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers", verbose_name=_("agency"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    language = models.CharField(_("language"), max_length=5, default="id")
    is_active = models.BooleanField(_("may sign in"), default=True)
    acknowledged_at = models.DateTimeField(_("acknowledged the duty of secrecy"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = OfficerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Confidential:
        plain = {
            "id", "username", "full_name", "agency", "role", "language", "is_active", "acknowledged_at",
            "recorded_at", "left_at", "password", "last_login",
        }  # fmt: skip

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")

    def __str__(self):
        return self.full_name

    def may(self, right):
        """Whether the officer's role carries a right."""
        return has_right(self, right)

    @property
    def jurisdiction(self):
        """The code of the region the officer's agency serves."""
        return self.agency.place_id

    def serves(self, place_code):
        """Whether a place lies in the officer's jurisdiction; an unknown place only where the agency takes those."""
        if not place_code:
            return self.agency.takes_unplaced
        return is_within(place_code, self.jurisdiction)


class ExclusionQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(lifted_at=None)

    def keeping_out(self, officer):
        """Exclusions that hold for an officer, by name, by agency or by kind of agency.

        A kind is kept out as a whole, except the one agency that takes reports for the entire region: otherwise
        nobody would be left to answer a report about a unit of its own kind.
        """
        agency = officer.agency
        held = models.Q(officer=officer) | models.Q(agency=agency)
        if not agency.serves_the_whole_region:
            held |= models.Q(agency_kind=agency.kind)
        return self.in_force().filter(held)


class Exclusion(models.Model):
    """Somebody who must not learn of a report or a case: an officer, an agency, or every agency of a kind."""

    file_kind = models.CharField(_("kind of file"), max_length=20)
    file_id = models.BigIntegerField(_("file"))
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("officer"))
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+", verbose_name=_("agency"))
    agency_kind = models.CharField(_("kind of agency"), max_length=40, blank=True)
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    lifted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by"))
    lifted_at = models.DateTimeField(_("lifted"), null=True)

    objects = ExclusionQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "file_kind", "file_id", "officer", "agency", "agency_kind", "made_by", "made_at", "lifted_by",
            "lifted_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
        indexes = [models.Index(fields=["file_kind", "file_id"], name="exclusions_of_a_file")]
        constraints = [
            models.CheckConstraint(
                name="exclusion_names_somebody",
                condition=models.Q(officer__isnull=False) | models.Q(agency__isnull=False) | ~models.Q(agency_kind=""),
            )
        ]

    def __str__(self):
        return f"{self.file_kind}:{self.file_id}"
