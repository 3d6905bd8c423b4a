"""Places: provinces, regencies, districts and villages of Indonesia, and the posts on the border with Sarawak.

The code of the Ministry of Home Affairs (Kemendagri) is the key: "61.07.07.2001" lies in "61.07.07", in "61.07",
in "61". Whoever points at a place therefore keeps the code itself, and a jurisdiction is a prefix of it.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A region with a Kemendagri code. A code that a later decree drops is retired, never deleted."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        REGENCY = "regency", _("Regency or city")
        DISTRICT = "district", _("District")
        VILLAGE = "village", _("Village")

    code = models.CharField(_("code"), max_length=13, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    level = models.CharField(_("level"), max_length=8, choices=Level)
    key = models.CharField(_("name as it is looked up"), max_length=120, db_index=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    is_border = models.BooleanField(_("at the land border"), default=False)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Confidential:
        plain = {"code", "name", "level", "key", "latitude", "longitude", "is_border", "retired_on"}

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                name="place_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def parent_code(self):
        """The code one level up; empty for a province."""
        return self.code.rpartition(".")[0]

    @property
    def parent(self):
        """The place one level up, or None. Costs a query: lists use `regions.path_names`."""
        return Place.objects.filter(code=self.parent_code).first() if self.parent_code else None


class BorderPost(models.Model):
    """A place where the border may be crossed. Each row says how sure its source makes us."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("State border post (PLBN)")
        LOCAL = "local", _("Local border post")
        PLANNED = "planned", _("Planned, or its status is not known")

    class Confidence(models.TextChoices):
        VERIFIED = "V", _("Read in the primary source")
        SECONDARY = "S", _("Stated by a secondary source")
        GENERAL = "G", _("General knowledge, not verified")
        CONFLICTING = "C", _("Sources disagree")
        MEASURED = "M", _("Computed from data")

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    place = models.ForeignKey(Place, models.PROTECT, related_name="border_posts")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    opposite = models.CharField(_("opposite place"), max_length=100, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision_km = models.FloatField(_("location is right within (km)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    confidence = models.CharField(_("confidence"), max_length=1, choices=Confidence)
    note = models.CharField(_("note"), max_length=400, blank=True)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Confidential:
        plain = {
            "code",
            "name",
            "place",
            "kind",
            "opposite",
            "latitude",
            "longitude",
            "precision_km",
            "source",
            "confidence",
            "note",
            "retired_on",
        }

    class Meta:
        verbose_name = _("border post")
        verbose_name_plural = _("border posts")
        constraints = [
            models.CheckConstraint(
                name="a_located_border_post_says_how_precisely",
                condition=Q(latitude__isnull=True, longitude__isnull=True, precision_km__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False, precision_km__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180), precision_km__gte=0),
            ),
        ]

    def __str__(self):
        return self.name


class Edition(models.Model):
    """Which edition of codes, names and points the table of places holds, for the whole country or for one region."""

    scope = models.CharField(_("region"), max_length=13, primary_key=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    loaded_on = models.DateField(_("loaded on"))

    class Confidential:
        plain = {"scope", "fingerprint", "loaded_on"}

    class Meta:
        verbose_name = _("edition of the places")
        verbose_name_plural = _("editions of the places")

    def __str__(self):
        return f"{self.scope} {self.fingerprint[:8]}"


class Boundary(models.Model):
    """The official outline of a place as an operator loaded it; it takes the place of the approximate one on maps."""

    # Whole units of a degree: a step is 11 m.
    UNITS = 10_000

    place = models.OneToOneField(Place, models.PROTECT, related_name="boundary")
    level = models.CharField(_("level"), max_length=8, choices=Place.Level)
    geometry = models.TextField(_("outline"))
    source = models.CharField(_("source"), max_length=200)
    loaded_on = models.DateField(_("loaded on"))

    class Confidential:
        plain = {"id", "place", "level", "geometry", "source", "loaded_on"}

    class Meta:
        verbose_name = _("official boundary")
        verbose_name_plural = _("official boundaries")
        constraints = [
            models.CheckConstraint(name="a_boundary_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self):
        return self.place_id
