"""What is known of who is whom: encodings, likely pairs, what officers decided, what one agency asks another.

The machine finds and never merges. Two records stay two; that they are one person is a decision of an officer that
stands beside them and can be taken back at any time, exactly.
"""

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.confidentiality.fields import BlindIndexField, SealedTextField


class Habit(models.TextChoices):
    """How a name is written, as far as the quality of matching is told apart by it."""

    ONE_WORD = "one_word", _("one word")
    PATRONYMIC = "patronymic", _("with the father's name")
    ALIAS = "alias", _("with an alias")
    SEVERAL = "several", _("several words")
    NONE = "", _("no name")


class Encoding(models.Model):
    """Keyed tags of one person's evidence: they can be compared and cannot be read without the key.

    `tags` are what a record is found by, `slots` what it is compared by, both unsigned 64-bit numbers, packed. An
    encoding that is owed has neither: the key was away when the person was recorded or changed.
    """

    person = models.OneToOneField("persons.Person", models.CASCADE, related_name="encoding")
    epoch = models.CharField(_("key epoch"), max_length=20, blank=True)
    tags = BlindIndexField(_("tags to be found by"), max_length=None, db_index=False)
    slots = BlindIndexField(_("tags to be compared by"), max_length=None, db_index=False)
    habit = models.CharField(_("how the name is written"), max_length=10, choices=Habit, blank=True)
    made_at = models.DateTimeField(_("made"), null=True)
    owed_since = models.DateTimeField(_("owed since"), null=True, db_index=True)
    tried_at = models.DateTimeField(_("last tried"), null=True)
    compared_at = models.DateTimeField(_("compared"), null=True, db_index=True)

    class Confidential:
        plain = {"id", "person", "epoch", "habit", "made_at", "owed_since", "tried_at", "compared_at"}

    class Meta:
        verbose_name = _("encoding of a person")
        verbose_name_plural = _("encodings of persons")

    def __str__(self):
        return f"{self.person_id} {self.epoch}"

    @property
    def is_owed(self):
        return self.owed_since is not None


class PairQuerySet(models.QuerySet):
    def of(self, person):
        """Pairs that a person is one side of."""
        return self.filter(Q(left=person) | Q(right=person))

    def undecided(self):
        """Nobody has said yet whether the two are one person, or somebody was unsure."""
        settled = Decision.objects.standing().exclude(verdict=Decision.Verdict.UNSURE)
        return self.exclude(models.Exists(settled.filter(left=models.OuterRef("left"), right=models.OuterRef("right"))))


# Where the machine is sure, somebody still has to say so: a little doubt is always left.
LEFT_DOUBT = 0.02


class Pair(models.Model):
    """Two records that may be the same person: how likely, and why, in names of levels without a value.

    Without a probability an officer put the two side by side, not the machine.
    """

    left = models.ForeignKey("persons.Person", models.CASCADE, related_name="+")
    right = models.ForeignKey("persons.Person", models.CASCADE, related_name="+")
    probability = models.FloatField(_("probability"), null=True)
    levels = models.JSONField(_("how each field compares"), default=dict)
    model = models.CharField(_("version of the model"), max_length=40, blank=True)
    consequence = models.PositiveSmallIntegerField(_("how much hangs on the answer"), default=0)
    # An answer is worth more the less sure the machine is and the more hangs on it.
    worth = models.GeneratedField(
        expression=(F("probability") * (Value(1.0) - F("probability")) + Value(LEFT_DOUBT))
        * (F("consequence") + Value(1.0)),
        output_field=models.FloatField(null=True), db_persist=True, verbose_name=_("worth of an answer"),
    )  # fmt: skip
    found_at = models.DateTimeField(_("found"))
    claimed_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    claimed_until = models.DateTimeField(_("compared by this officer until"), null=True)

    objects = PairQuerySet.as_manager()

    class Confidential:
        plain = {
            "id", "left", "right", "probability", "levels", "model", "consequence", "worth", "found_at", "claimed_by",
            "claimed_until",
        }  # fmt: skip

    class Meta:
        verbose_name = _("pair of records")
        verbose_name_plural = _("pairs of records")
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="pair_stands_once"),
            models.CheckConstraint(name="pair_stands_in_order", condition=Q(left__lt=F("right"))),
        ]
        indexes = [
            models.Index(fields=["probability"], name="pairs_by_probability"),
            models.Index(fields=["-worth", "id"], name="pairs_by_worth"),
        ]

    def __str__(self):
        return f"{self.left_id} {self.right_id}"

    @property
    def persons(self):
        return {self.left_id, self.right_id}

    def other(self, person):
        """The key of the other record."""
        return self.right_id if getattr(person, "pk", person) == self.left_id else self.left_id

    def is_claimed_by_another(self, officer, *, at):
        return self.claimed_by_id not in (None, officer.pk) and self.claimed_until > at


class Skip(models.Model):
    """An officer put a pair off: it stands at the end of that officer's queue, and nobody else's."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="skips")
    officer = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    skipped_at = models.DateTimeField(_("put off"))

    class Confidential:
        plain = {"id", "pair", "officer", "skipped_at"}

    class Meta:
        verbose_name = _("pair put off")
        verbose_name_plural = _("pairs put off")
        constraints = [models.UniqueConstraint(fields=["pair", "officer"], name="officer_puts_a_pair_off_once")]

    def __str__(self):
        return f"{self.pair_id} {self.officer_id}"


class InquiryQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None, withdrawn_at=None)


class Inquiry(models.Model):
    """One agency asks another whether a record of its own and one that it may not see are the same person.

    `own` is the record of who asks; what may be seen of it by who answers is named in `fields`.
    """

    class Answer(models.TextChoices):
        SAME = "same", _("The same person")
        NOT_SAME = "not_same", _("Not the same person")
        CANNOT_SAY = "cannot_say", _("Cannot be said")

    own = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    other = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    sender = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("a question between agencies", "asked by"),
    )  # fmt: skip
    receiver = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("asked"))
    fields = models.JSONField(_("what the answering officer may see"), default=list)
    file = models.CharField(_("file it was asked from"), max_length=40)
    words = SealedTextField(_("why it is asked"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    verdict = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    reason = SealedTextField(_("reason of the answer"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = InquiryQuerySet.as_manager()

    class Confidential:
        key = "own.data_key"
        plain = {
            "id", "own", "other", "sender", "receiver", "fields", "file", "sent_at", "sent_by", "verdict",
            "answered_at", "answered_by", "withdrawn_at",
        }  # fmt: skip

    class Meta:
        verbose_name = _("question whether two records are one person")
        verbose_name_plural = _("questions whether two records are one person")
        constraints = [
            models.UniqueConstraint(
                fields=["own", "other", "receiver"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="question_waits_once",
            ),
            models.CheckConstraint(
                name="question_is_sent_to_another_agency", condition=~Q(sender=F("receiver"))
            ),
            models.CheckConstraint(
                name="answered_question_has_an_answer",
                condition=Q(answered_at=None, verdict="") | Q(answered_at__isnull=False) & ~Q(verdict=""),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["receiver", "answered_at"], name="questions_to_an_agency")]

    def __str__(self):
        return f"{self.pk} {self.sender_id} {self.receiver_id}"

    @property
    def is_waiting(self):
        return self.answered_at is None and self.withdrawn_at is None


class DecisionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(retracted_at=None)

    def of(self, person):
        return self.filter(Q(left=person) | Q(right=person))


class Decision(models.Model):
    """What an officer said of two records, with the reason. A decision is taken back, never changed or removed."""

    class Verdict(models.TextChoices):
        SAME = "same", _("The same person")
        NOT_SAME = "not_same", _("Not the same person")
        UNSURE = "unsure", _("Unsure")

    left = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    right = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reason = SealedTextField(_("reason"))
    probability = models.FloatField(_("probability at that time"), null=True)
    model = models.CharField(_("version of the model"), max_length=40, blank=True)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, related_name="decisions")
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey("agencies.Officer", models.PROTECT, related_name="+")
    retracted_at = models.DateTimeField(_("taken back"), null=True)
    retracted_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    retract_reason = SealedTextField(_("why it was taken back"))

    objects = DecisionQuerySet.as_manager()

    class Confidential:
        key = "left.data_key"
        plain = {
            "id", "left", "right", "verdict", "probability", "model", "inquiry", "decided_at", "decided_by",
            "retracted_at", "retracted_by",
        }  # fmt: skip

    class Meta:
        verbose_name = _("decision whether two records are one person")
        verbose_name_plural = _("decisions whether two records are one person")
        constraints = [
            models.UniqueConstraint(
                fields=["left", "right"], condition=Q(retracted_at=None), name="one_decision_stands_on_a_pair"
            ),
            models.CheckConstraint(name="decision_stands_in_order", condition=Q(left__lt=F("right"))),
        ]

    def __str__(self):
        return f"{self.left_id} {self.right_id} {self.verdict}"

    @property
    def stands(self):
        return self.retracted_at is None


class Member(models.Model):
    """A record that standing decisions join with others: all records of one number are one person.

    It follows from the decisions and can be made from them anew; the number is the smallest key among the records.
    """

    person = models.OneToOneField("persons.Person", models.CASCADE, related_name="+")
    number = models.BigIntegerField(_("number of the group"), db_index=True)

    class Confidential:
        plain = {"id", "person", "number"}

    class Meta:
        verbose_name = _("record of a person known by several")
        verbose_name_plural = _("records of persons known by several")

    def __str__(self):
        return f"{self.person_id} {self.number}"


class Measurement(models.Model):
    """How right the machine was found to be on one day: counts and shares, of groups and of nobody alone."""

    taken_at = models.DateTimeField(_("measured"), db_index=True)
    taken_by = models.ForeignKey("agencies.Officer", models.PROTECT, null=True, related_name="+")
    model = models.CharField(_("version of the model"), max_length=40, blank=True)
    figures = models.JSONField(_("figures"), default=dict)

    class Confidential:
        plain = {"id", "taken_at", "taken_by", "model", "figures"}

    class Meta:
        verbose_name = _("measurement of matching")
        verbose_name_plural = _("measurements of matching")

    def __str__(self):
        return f"{self.taken_at:%Y-%m-%d}"
