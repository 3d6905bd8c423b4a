"""People sent home and people who work abroad: the lists they come on, what is done for them, the register.

Names, numbers and addresses are sealed, each person's under a key of its own; what is counted is plain.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from simpul.agencies.exclusions import hidden_from
from simpul.agencies.models import VILLAGE_KINDS
from simpul.agencies.roles import Right
from simpul.confidentiality.fields import SealedBytesField, SealedJSONField, SealedTextField
from simpul.persons.models import Sex
from simpul.places.regions import within


class SheetQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Sheets of the own agency, for roles that take in lists of their layout."""
        layouts = [layout for layout, right in Sheet.RIGHTS.items() if officer.may(right)]
        return self.filter(agency=officer.agency, layout__in=layouts)


class Sheet(models.Model):
    """A spreadsheet of people as it came: read and corrected as long as needed, then taken in whole or not at all."""

    class Layout(models.TextChoices):
        MANIFEST = "manifest", _("People sent home")
        REGISTER = "register", _("Migrant workers")

    class State(models.TextChoices):
        READ = "read", _("Being corrected")
        TAKING_IN = "taking_in", _("Being taken in")
        TAKEN_IN = "taken_in", _("Taken in")
        REPLACED = "replaced", _("Replaced by a corrected list")
        DISCARDED = "discarded", _("Discarded")

    NEXT = {
        State.READ: {State.TAKEN_IN, State.DISCARDED},
        # A long list of the operator is taken in part by part; its file is not kept here, so it cannot be corrected.
        State.TAKING_IN: {State.TAKEN_IN, State.DISCARDED},
        # What was taken in by mistake goes back to be corrected.
        State.TAKEN_IN: {State.READ, State.REPLACED, State.DISCARDED},
        State.REPLACED: {State.TAKEN_IN},
        State.DISCARDED: {State.READ},
    }
    RIGHTS = {Layout.MANIFEST: Right.KEEP_MANIFESTS, Layout.REGISTER: Right.KEEP_REGISTER}

    data_key = models.OneToOneField("confidentiality.DataKey", models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=20, unique=True)
    layout = models.CharField(_("what is on it"), max_length=8, choices=Layout)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("taken in by"))
    sender = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.READ)
    fingerprint = models.CharField(_("fingerprint of the file"), max_length=64, db_index=True)
    people = models.PositiveIntegerField(_("people"), default=0)
    left_out = models.PositiveIntegerField(_("lines that are no person"), default=0)
    taken_rows = models.PositiveIntegerField(_("lines taken in so far"), default=0)
    uploaded_at = models.DateTimeField(_("received"))
    uploaded_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    taken_in_at = models.DateTimeField(_("taken in"), null=True)
    taken_in_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    forgotten_at = models.DateTimeField(_("file destroyed"), null=True)
    name = SealedTextField(_("name of the file"))
    content = SealedBytesField(_("file"))
    said = SealedJSONField(_("what the officer said of it"))

    objects = SheetQuerySet.as_manager()

    class Confidential:
        key = "data_key"
        plain = {
            "id", "data_key", "number", "layout", "agency", "sender", "state", "fingerprint", "people", "left_out",
            "taken_rows", "uploaded_at", "uploaded_by", "taken_in_at", "taken_in_by", "replaces", "forgotten_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("sheet")
        verbose_name_plural = _("sheets")
        indexes = [models.Index(fields=["agency", "layout", "uploaded_at"], name="sheets_of_an_agency")]

    def __str__(self):
        return self.number


class Habit(models.Model):
    """What a sender means by a heading: an officer said so once."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    sender = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    layout = models.CharField(_("what is on it"), max_length=8, choices=Sheet.Layout)
    heading = models.CharField(_("heading"), max_length=80)
    column = models.CharField(_("what it is"), max_length=40)
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    class Confidential:
        plain = {"id", "agency", "sender", "layout", "heading", "column", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("habit of a sender")
        verbose_name_plural = _("habits of senders")
        indexes = [models.Index(fields=["agency", "sender", "layout"], name="habits_of_a_sender")]

    def __str__(self):
        return f"{self.heading}: {self.column}"


class ManifestQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Manifests that the own agency took in."""
        if not officer.may(Right.KEEP_MANIFESTS):
            return self.none()
        return self.filter(agency=officer.agency)


class Manifest(models.Model):
    """People who arrived together: which day, at which post, from which depot."""

    class Kind(models.TextChoices):
        DEPORTATION = "deportation", _("Deportation")
        REPATRIATION = "repatriation", _("Repatriation")

    sheet = models.OneToOneField(Sheet, models.PROTECT, null=True, related_name="manifest")
    number = models.CharField(_("number"), max_length=20, unique=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("taken in by"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    arrived_on = models.DateField(_("arrived"))
    post = models.ForeignKey("places.BorderPost", models.PROTECT, null=True, related_name="+", verbose_name=_("post"))
    depot = models.CharField(_("depot"), max_length=40, blank=True, help_text=_("A code of the catalogue depots."))
    total = models.PositiveIntegerField(_("people"), default=0)
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")

    objects = ManifestQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "sheet", "number", "agency", "kind", "arrived_on", "post", "depot", "total", "noted_at", "noted_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("manifest")
        verbose_name_plural = _("manifests")
        indexes = [models.Index(fields=["agency", "arrived_on"], name="manifests_of_an_agency")]

    def __str__(self):
        return self.number


class Notice(models.Model):
    """The home region is told who comes home: one notice of a manifest for a region."""

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="notices")
    region = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("home region"))
    people = models.PositiveIntegerField(_("people"))
    told_at = models.DateTimeField(_("told"), null=True)
    told_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")

    class Confidential:
        plain = {"id", "manifest", "region", "people", "told_at", "told_by"}

    class Meta:
        verbose_name = _("notice to a home region")
        verbose_name_plural = _("notices to home regions")
        constraints = [models.UniqueConstraint(fields=["manifest", "region"], name="home_region_is_told_once")]

    def __str__(self):
        return f"{self.manifest_id} {self.region_id}"


class ReturneeQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """People the own agency took in, and people who came home to the own region.

        Offices in the village do not see somebody who asked that the village be not told; no other agency sees
        somebody who asked that the use of the data be restricted (UU 27/2022 Art. 41).
        """
        may = Q(pk__in=[])
        if officer.may(Right.KEEP_MANIFESTS):
            may |= Q(manifest__agency=officer.agency)
        if officer.may(Right.MEET_RETURNEES):
            here = within(officer.jurisdiction, field="home") & Q(person__restricted_at=None)
            if officer.agency.kind in VILLAGE_KINDS:
                here &= ~Q(village_may_know=Returnee.Answer.NO)
            may |= here
        return self.filter(may).exclude(pk__in=hidden_from(officer, self.model))

    def unmet(self):
        """Nobody has met them since they came home."""
        return self.filter(met_on=None)

    def within(self, prefix):
        return self.filter(within(prefix, field="home"))


class Returnee(models.Model):
    """One person on one manifest: how they came, where they are from, and whether somebody met them at home."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "", _("Not asked")

    class Screened(models.TextChoices):
        NOT_YET = "", _("Not asked yet")
        NONE = "none", _("No indication")
        INDICATIONS = "indications", _("Indications")

    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="returns")
    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="returnees")
    row = models.PositiveIntegerField(_("line of the list"))
    arrived_on = models.DateField(_("arrived"))
    home = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+", verbose_name=_("home"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    age = models.PositiveSmallIntegerField(_("age on arrival"), null=True)
    reason = models.CharField(_("why sent home"), max_length=40, blank=True)
    sector = models.CharField(_("worked in"), max_length=40, blank=True)
    document = models.CharField(_("travelled with"), max_length=40, blank=True)
    onward = models.CharField(_("went on"), max_length=40, blank=True)
    stay_months = models.PositiveSmallIntegerField(_("months abroad"), null=True)
    repeats = models.PositiveSmallIntegerField(_("earlier returns"), default=0)
    village_may_know = models.CharField(_("the village may be told"), max_length=3, choices=Answer, blank=True)
    screened = models.CharField(_("screening"), max_length=11, choices=Screened, blank=True)
    handed_over_on = models.DateField(_("handed over"), null=True)
    handed_to = models.CharField(_("handed over to"), max_length=40, blank=True)
    refused_on = models.DateField(_("refused rehabilitation"), null=True)
    refused_by = models.CharField(_("signed by"), max_length=40, blank=True)
    met_on = models.DateField(_("met at home"), null=True)
    outcome = models.CharField(_("what the visit found"), max_length=40, blank=True)
    witness = SealedTextField(_("witness of the handover"))
    remarks = SealedTextField(_("remarks"))
    written = SealedJSONField(_("the line as it stood"))

    objects = ReturneeQuerySet.as_manager()

    class Confidential:
        key = "person.data_key"
        plain = {
            "id", "person", "manifest", "row", "arrived_on", "home", "sex", "age", "reason", "sector", "document",
            "onward", "stay_months", "repeats", "village_may_know", "screened", "handed_over_on", "handed_to",
            "refused_on", "refused_by", "met_on", "outcome",
        }  # fmt: skip

    class Meta:
        verbose_name = _("person sent home")
        verbose_name_plural = _("people sent home")
        indexes = [
            models.Index(fields=["home", "arrived_on"], name="returnees_of_a_place"),
            # With the manifest, so that what it tells of a journey is counted from this index and the manifests alone.
            models.Index(fields=["arrived_on", "home", "manifest"], name="returnees_of_a_day"),
            # Counts of people sent home are answered from this index alone, but for what their manifest tells.
            models.Index(
                fields=["home", "arrived_on", "sex", "age", "reason", "sector", "document", "onward", "repeats"],
                name="counts_of_returnees",
            ),
            # Those whom nobody has met are few among all who ever came home.
            models.Index(fields=["home", "arrived_on"], condition=Q(met_on__isnull=True), name="returnees_nobody_met"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["manifest", "row"], name="line_of_a_manifest_stands_once"),
            models.CheckConstraint(
                name="handover_has_a_receiver",
                condition=Q(handed_over_on=None, handed_to="") | Q(handed_over_on__isnull=False) & ~Q(handed_to=""),
            ),
            models.CheckConstraint(
                name="who_was_met_has_an_outcome",
                condition=Q(met_on=None, outcome="") | Q(met_on__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        return f"{self.manifest_id}/{self.row}"

    @property
    def number(self):
        """How officers call this person without a name: the manifest's number and the line. Lists join the manifest."""
        return f"{self.manifest.number}/{self.row}"

    @property
    def is_child(self):
        """Whether the person was under 18 on arrival; what is not known counts as no."""
        return self.age is not None and self.age < 18


class Screening(models.Model):
    """What somebody sent home was asked, what the answers were, and what an officer found in them."""

    class Finding(models.TextChoices):
        NONE = "none", _("No indication of trafficking")
        INDICATIONS = "indications", _("Indications of trafficking")

    returnee = models.ForeignKey(Returnee, models.PROTECT, related_name="screenings")
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    by_telephone = models.BooleanField(_("by telephone"), default=False)
    answers = models.JSONField(_("answers"), default=dict)
    finding = models.CharField(_("finding"), max_length=11, choices=Finding)
    report = models.ForeignKey("intake.Report", models.PROTECT, null=True, related_name="+")
    note = SealedTextField(_("in the person's words, and why"))

    class Confidential:
        key = "returnee.person.data_key"
        plain = {"id", "returnee", "asked_at", "asked_by", "by_telephone", "answers", "finding", "report"}

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")

    def __str__(self):
        return f"{self.returnee_id} {self.finding}"


class Meeting(models.Model):
    """A visit to somebody who came home, or the attempt of one."""

    returnee = models.ForeignKey(Returnee, models.PROTECT, related_name="meetings")
    on = models.DateField(_("day"))
    outcome = models.CharField(_("what was found"), max_length=40)
    moved_to = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey("intake.Report", models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    note = SealedTextField(_("note"))

    class Confidential:
        key = "returnee.person.data_key"
        plain = {"id", "returnee", "on", "outcome", "moved_to", "report", "noted_at", "noted_by"}

    class Meta:
        verbose_name = _("visit to somebody who came home")
        verbose_name_plural = _("visits to people who came home")

    def __str__(self):
        return f"{self.returnee_id} {self.outcome}"


class WorkerQuerySet(models.QuerySet):
    def visible_to(self, officer):
        """Entries of the own region; an entry that a newer one replaced is history.

        Offices in the village do not see somebody who came home and asked that the village be not told; who is kept out
        of somebody's return finds that person's entries no more than the return.
        """
        if not officer.may(Right.KEEP_REGISTER):
            return self.none()
        found = self.filter(within(officer.jurisdiction, field="home"))
        unknown = Q(pk__in=hidden_from(officer, Returnee))
        if officer.agency.kind in VILLAGE_KINDS:
            unknown |= Q(village_may_know=Returnee.Answer.NO)
        # By the keys of entries, which every index holds: to compare persons, each of 200,000 rows would be fetched.
        theirs = self.model.objects.filter(person__in=Returnee.objects.filter(unknown).values("person"))
        return found.exclude(pk__in=theirs.values("pk")).exclude(pk__in=hidden_from(officer, self.model))

    def current(self):
        return self.filter(is_current=True)


class Worker(models.Model):
    """A migrant worker in the register of the home region, with the columns of PP 59/2021 Art. 67(2).

    A change is a new entry that takes the place of the earlier one, so an import can be undone exactly.
    """

    class Status(models.TextChoices):
        CANDIDATE = "candidate", _("Preparing to leave")
        ABROAD = "abroad", _("Working abroad")
        RETURNED = "returned", _("Returned")
        DEPORTED = "deported", _("Deported")
        UNKNOWN = "unknown", _("Not known")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "", _("Not known")

    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="work")
    home = models.ForeignKey("places.Place", models.PROTECT, related_name="+", verbose_name=_("home"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True)
    status = models.CharField(_("status"), max_length=9, choices=Status)
    procedural = models.CharField(_("left with the papers the law asks for"), max_length=3, choices=Answer, blank=True)
    sector = models.CharField(_("works in"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=8, blank=True)
    departed_on = models.DateField(_("departed"), null=True)
    contract_from = models.DateField(_("contract from"), null=True)
    contract_until = models.DateField(_("contract until"), null=True)
    returned_on = models.DateField(_("came home"), null=True)
    is_current = models.BooleanField(_("current"), default=True)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    struck_at = models.DateTimeField(_("struck out"), null=True)
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="workers")
    returnee = models.ForeignKey(Returnee, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    employer = SealedTextField(_("employer"))
    employer_address = SealedTextField(_("address of the employer"))
    company = SealedTextField(_("placement company (P3MI)"))
    note = SealedTextField(_("note"))

    objects = WorkerQuerySet.as_manager()

    class Confidential:
        key = "person.data_key"
        plain = {
            "id", "person", "home", "sex", "birth_year", "status", "procedural", "sector", "country", "departed_on",
            "contract_from", "contract_until", "returned_on", "is_current", "earlier", "struck_at",
            "sheet", "returnee", "noted_at", "noted_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("migrant worker")
        verbose_name_plural = _("migrant workers")
        indexes = [
            # Every count of the register is answered from this index alone.
            models.Index(
                fields=["home", "status", "sex", "birth_year", "sector", "country", "procedural"],
                condition=Q(is_current=True),
                name="current_workers_of_a_place",
            ),
            # ... or, of a whole province, from this one.
            models.Index(
                fields=["sex", "status", "procedural", "sector", "country", "birth_year", "home"],
                condition=Q(is_current=True),
                name="kinds_of_current_workers",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["earlier"], condition=Q(struck_at=None), name="an_entry_is_replaced_by_one_that_holds"
            ),
            models.CheckConstraint(
                name="what_was_struck_out_is_not_current", condition=Q(struck_at=None) | Q(is_current=False)
            ),
        ]

    def __str__(self):
        return f"{self.home_id} {self.status}"
