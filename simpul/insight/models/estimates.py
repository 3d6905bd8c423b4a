"""Estimates of the hidden number: of whom, where and when, from which lists, and whether a number may be told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.agencies.roles import Right
from simpul.places.regions import within


class EstimateQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Estimates of the officer's region or a part of it, for those who see facts and those who keep manifests."""
        if not (officer.may(Right.SEE_FACTS) or officer.may(Right.KEEP_MANIFESTS)):
            return self.none()
        return self.filter(within(officer.jurisdiction))


class Estimate(models.Model):
    """How many there are in all, seen and unseen, as several methods say; or why no number can be defended.

    `tables` are the overlaps of the lists, one for each plausible linkage: rows of marks (0 or 1 for each list) and a
    count. `results` holds what the methods say as plain numbers.
    """

    class Population(models.TextChoices):
        VICTIMS = "victims", _("Presumed victims of trafficking")
        WORKERS = "workers", _("People who went abroad without the papers the law asks for")

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for its turn")
        RUNNING = "running", _("Is being computed")
        DONE = "done", _("Computed")
        REFUSED = "refused", _("No number can be given")
        FAILED = "failed", _("Could not be computed")

    NEXT = {
        State.ASKED: {State.RUNNING},
        State.RUNNING: {State.RUNNING, State.DONE, State.REFUSED, State.FAILED},
        State.DONE: set(),
        State.REFUSED: set(),
        State.FAILED: {State.RUNNING},
    }

    population = models.CharField(_("of whom"), max_length=8, choices=Population)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("region"))
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    step = models.CharField(_("step"), max_length=20, blank=True)
    lists = models.JSONField(_("lists used"), default=list)
    tables = models.JSONField(_("overlap of the lists"), default=list)
    results = models.JSONField(_("what the methods say"), default=dict)
    verdict = models.CharField(_("verdict"), max_length=10, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("computed"), null=True)

    objects = EstimateQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "population", "place", "first_on", "last_on", "state", "step", "lists", "tables", "results",
            "verdict", "asked_at", "asked_by", "made_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("estimate of the hidden number")
        verbose_name_plural = _("estimates of the hidden number")
        constraints = [
            models.CheckConstraint(
                name="estimate_begins_before_it_ends", condition=Q(first_on__lte=models.F("last_on"))
            ),
        ]

    def __str__(self):
        return f"{self.population} {self.place_id} {self.first_on:%Y-%m-%d}"

    @property
    def is_being_made(self):
        return self.state in (self.State.ASKED, self.State.RUNNING)
