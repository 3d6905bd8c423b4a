"""Places: provinces, regencies, districts and villages of Indonesia, the posts on the border, and legs between places.

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


class Leg(models.Model):
    """One step of somebody's way: from where, to where, by what, over which crossing, when, and how sure that is.

    Whose way it is stands in `subject`, as the journal names things. No leg holds a word of a person. A crossing that
    is no post is known by its district and never more exactly.
    """

    class Crossing(models.TextChoices):
        NONE = "", _("No border crossed")
        OFFICIAL = "official", _("State border post")
        LOCAL = "local", _("Local border post")
        UNOFFICIAL = "unofficial", _("Unofficial crossing")
        SEA = "sea", _("By sea")
        AIR = "air", _("By air")
        UNKNOWN = "unknown", _("Not known where")

    class Precision(models.TextChoices):
        DAY = "day", _("Day")
        MONTH = "month", _("Month")
        YEAR = "year", _("Year")
        NONE = "", _("Not known")

    subject = models.CharField(_("whose way"), max_length=60)
    position = models.PositiveSmallIntegerField(_("step"))
    origin = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("from"))
    origin_abroad = models.CharField(
        _("from, abroad"), max_length=40, blank=True, help_text=_("A code of foreign_places or of countries.")
    )
    destination = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("to"))
    destination_abroad = models.CharField(
        _("to, abroad"), max_length=40, blank=True, help_text=_("A code of foreign_places or of countries.")
    )
    transport = models.CharField(_("by"), max_length=40, blank=True, help_text=_("A code of the catalogue transports."))
    crossing = models.CharField(_("border crossed"), max_length=10, choices=Crossing, blank=True)
    post = models.ForeignKey(BorderPost, models.PROTECT, null=True, related_name="+", verbose_name=_("post"))
    crossed_in = models.ForeignKey(
        Place, models.PROTECT, null=True, related_name="+", verbose_name=_("crossed in the district")
    )
    on = models.DateField(_("when"), null=True)
    precision = models.CharField(_("known to the"), max_length=5, choices=Precision, blank=True)
    confidence = models.CharField(_("how sure"), max_length=40, help_text=_("A code of the catalogue way_confidences."))
    noted_at = models.DateTimeField(_("noted"))

    class Confidential:
        plain = {
            "id", "subject", "position", "origin", "origin_abroad", "destination", "destination_abroad", "transport",
            "crossing", "post", "crossed_in", "on", "precision", "confidence", "noted_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("leg of a journey")
        verbose_name_plural = _("legs of journeys")
        constraints = [
            models.UniqueConstraint(name="step_of_a_way_stands_once", fields=["subject", "position"]),
            models.CheckConstraint(
                name="leg_begins_in_one_place",
                condition=Q(origin=None) & ~Q(origin_abroad="") | Q(origin__isnull=False, origin_abroad=""),
            ),
            models.CheckConstraint(
                name="leg_ends_in_one_place",
                condition=Q(destination=None) & ~Q(destination_abroad="")
                | Q(destination__isnull=False, destination_abroad=""),
            ),
            models.CheckConstraint(
                name="leg_with_a_day_says_how_precise",
                condition=Q(on=None, precision="") | Q(on__isnull=False) & ~Q(precision=""),
            ),
            models.CheckConstraint(
                name="leg_over_a_post_crosses_there",
                condition=Q(post=None) | Q(crossing__in=["official", "local"]),
            ),
        ]

    def __str__(self):
        return f"{self.subject} {self.position}"

    @property
    def begins_at(self):
        """Where the leg begins: the code of a place, of a town abroad, or of a country."""
        return self.origin_id or self.origin_abroad

    @property
    def ends_at(self):
        """Where the leg ends, likewise."""
        return self.destination_id or self.destination_abroad
