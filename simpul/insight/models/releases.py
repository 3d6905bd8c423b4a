"""Releases of open data, to whom they were handed, and the budget of noise."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

SHA256 = 64


class ReleaseQuerySet(models.QuerySet):
    def public(self):
        """Releases that everybody finds: published and not withdrawn, the newest period first."""
        return self.filter(state=Release.State.PUBLISHED).order_by("-last_on", "-pk")

    def ever_out(self):
        """Releases that were out at some time. Somebody keeps a copy of a withdrawn one."""
        return self.exclude(published_at=None)

    def sharing_days_with(self, period):
        return self.filter(first_on__lte=period.last_on, last_on__gte=period.first_on)


class Release(models.Model):
    """Figures of one closed period, made fit to be shown to everybody, signed as they are.

    `tables` hold what is shown and nothing else: what is hidden is not kept here. What was signed (`document`,
    `package`) is kept byte by byte, so that the signature holds whatever becomes of the program.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DROPPED = "dropped", _("Dropped")

    class Method(models.TextChoices):
        SUPPRESSION = "suppression", _("Small numbers are hidden")
        NOISE = "noise", _("Noise is added to every number")

    class Withdrawal(models.TextChoices):
        WRONG_FIGURES = "wrong_figures", _("The figures were wrong")
        WRONG_METHOD = "wrong_method", _("They were computed in a wrong way")
        TELLS_TOO_MUCH = "tells_too_much", _("They tell too much of somebody")
        NO_BASIS = "no_basis", _("They were not allowed to be published")

    NEXT = {
        State.DRAFT: {State.APPROVED, State.DROPPED},
        State.APPROVED: {State.PUBLISHED, State.DROPPED},
        State.PUBLISHED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
        State.DROPPED: set(),
    }

    number = models.CharField(_("number"), max_length=20, unique=True)
    period = models.CharField(_("period"), max_length=7)
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    region = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("region"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    method = models.CharField(_("how people are protected"), max_length=12, choices=Method, default=Method.SUPPRESSION)
    threshold = models.PositiveSmallIntegerField(_("numbers below this are not shown"), default=11)
    tables = models.JSONField(_("tables"), default=list)
    quality = models.JSONField(_("quality"), default=dict)
    document = models.TextField(_("document"), blank=True)
    package = models.BinaryField(_("package"), default=b"")
    picture = models.TextField(_("map"), blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=SHA256, blank=True)
    signature = models.CharField(_("signature"), max_length=100, blank=True)
    public_key = models.CharField(_("public key"), max_length=60, blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+", verbose_name=_("made by"))
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_by = models.ForeignKey(
        "agencies.Officer", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    published_at = models.DateTimeField(_("published"), null=True)
    published_by = models.ForeignKey(
        "agencies.Officer", models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    ended_at = models.DateTimeField(_("withdrawn or dropped"), null=True)
    ended_by = models.ForeignKey(
        "agencies.Officer", models.PROTECT, null=True, related_name="+", verbose_name=_("withdrawn or dropped by")
    )
    withdrawn_because = models.CharField(_("why withdrawn"), max_length=20, choices=Withdrawal, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "number", "period", "first_on", "last_on", "region", "state", "method", "threshold", "tables",
            "quality", "document", "package", "picture", "fingerprint", "signature", "public_key", "made_at", "made_by",
            "approved_at", "approved_by", "published_at", "published_by", "ended_at", "ended_by", "withdrawn_because",
        }  # fmt: skip

    class Meta:
        verbose_name = _("release of open data")
        verbose_name_plural = _("releases of open data")
        constraints = [
            models.CheckConstraint(name="release_begins_before_it_ends", condition=Q(first_on__lte=F("last_on"))),
            models.CheckConstraint(
                name="release_is_approved_by_somebody_else",
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="published_release_is_approved_and_signed",
                condition=Q(published_at=None) | Q(approved_at__isnull=False) & ~Q(signature="") & ~Q(fingerprint=""),
            ),
            models.CheckConstraint(
                name="withdrawn_release_says_why", condition=~Q(state="withdrawn") | ~Q(withdrawn_because="")
            ),
            models.UniqueConstraint(
                name="period_is_out_once_at_a_time", fields=["region", "period"], condition=Q(state="published")
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_open(self):
        """Whether something can still be decided about it."""
        return self.state in (self.State.DRAFT, self.State.APPROVED)


class Delivery(models.Model):
    """A release handed to an organisation: to whom, for what, under which agreement. It names no person outside."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="deliveries", verbose_name=_("release"))
    organisation = models.CharField(_("organisation"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=200)
    agreement = models.CharField(_("agreement"), max_length=120)
    fingerprint = models.CharField(_("fingerprint"), max_length=SHA256)
    delivered_at = models.DateTimeField(_("handed over"))
    delivered_by = models.ForeignKey(
        "agencies.Officer", models.PROTECT, related_name="+", verbose_name=_("handed over by")
    )

    class Confidential:
        plain = {
            "id", "release", "organisation", "purpose", "agreement", "fingerprint", "delivered_at", "delivered_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("delivery of open data")
        verbose_name_plural = _("deliveries of open data")

    def __str__(self):
        return f"{self.release_id} {self.organisation}"


class Budget(models.Model):
    """How much may be learnt, in epsilon, from all noisy releases about the records of one year."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    limit = models.DecimalField(_("limit"), max_digits=6, decimal_places=3)
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+", verbose_name=_("set by"))

    class Confidential:
        plain = {"id", "year", "limit", "set_at", "set_by"}

    class Meta:
        verbose_name = _("budget of noise")
        verbose_name_plural = _("budgets of noise")
        constraints = [models.CheckConstraint(name="budget_is_above_nothing", condition=Q(limit__gt=0))]

    def __str__(self):
        return str(self.year)


class Spending(models.Model):
    """What one table of one release took from the budget. It is spent when the noise is drawn, published or not."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="spendings", verbose_name=_("budget"))
    release = models.ForeignKey(Release, models.PROTECT, related_name="spendings", verbose_name=_("release"))
    table = models.CharField(_("table"), max_length=40)
    epsilon = models.DecimalField(_("epsilon"), max_digits=6, decimal_places=3)

    class Confidential:
        plain = {"id", "budget", "release", "table", "epsilon"}

    class Meta:
        verbose_name = _("spending of a budget of noise")
        verbose_name_plural = _("spendings of budgets of noise")
        constraints = [models.CheckConstraint(name="spending_is_above_nothing", condition=Q(epsilon__gt=0))]

    def __str__(self):
        return f"{self.release_id} {self.table}"
