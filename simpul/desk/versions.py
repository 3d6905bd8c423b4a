"""Two officers at one record: whoever comes second is shown both versions and chooses; nothing is overwritten.

A form that changes a record carries a fingerprint of each value it was filled with. When it is sent, the rows are held
and each fingerprint is compared with what stands now. Where somebody else changed a value in the meantime, the page
comes back with both versions of it; the choice carries the fingerprint of the version it was made for, so a third
version asks again.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from simpul.agencies.models import Officer
from simpul.cases.access import hold
from simpul.confidentiality.data_keys import Erased
from simpul.desk.acting import tried
from simpul.journal.acts import Act
from simpul.journal.entries import label
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.lib.texts import cleaned
from simpul.places.models import Place
from simpul.places.regions import path_names

SHOWN, CHOICE = "versi", "pilih"
THEIRS, MINE = "sekarang", "saya"
UNREADABLE = object()
LENGTH = 24
# These name the fields they are about, so that a change of one is not laid at the door of who changed another.
NAMES_ITS_FIELDS = frozenset({Act.CASE_SUMMARISED, Act.PERSON_CORRECTED})
LOOKED_BACK = 20


def edited(request, kind, *, of, held, act, told_by=(), **more):
    """A form that changes what is recorded already, and what became of it: `form, done = edited(...)`.

    `kind` is the form and `more` its own arguments; `of` the rows it changes with their fields, the first of which
    names the record; `held()` the values that stand, by field of the form and as the form cleans them; `act(form)`
    what is done with a form in which nothing is left to choose. `told_by` are the acts of the journal that change
    these values: they tell who did. `done` is None until it is done; a form that changes nothing does nothing.
    """
    if request.method != "POST":
        form = kind(initial=held(), **more)
        form.versions = Versions(form, of)
        return form, None
    with transaction.atomic():
        _hold(of)
        form = kind(request.POST, initial=held(), **more)
        form.versions = Versions(form, of, told_by)
        return form, form.versions.settled(act)


def _hold(of):
    try:
        for row, names in of.items():
            hold(row, *names)
    except Erased:
        raise NotAllowed(_("What stood here was erased and can be changed no more.")) from None


@dataclass
class Row:
    """A value that somebody else changed while the officer was writing."""

    field: object
    theirs: str
    fingerprint: str
    chosen: str
    is_untouched: bool
    by: Officer | None = None
    at: datetime | None = None

    @property
    def choice(self):
        return _choice_of(self.field)

    @property
    def takes_theirs(self):
        """Whether "what stands now" is marked: chosen, or never touched and so never another opinion."""
        return self.chosen == THEIRS or (not self.chosen and self.is_untouched)

    @property
    def takes_mine(self):
        return self.chosen == MINE


class Versions:
    """What a form was filled with, what stands now, and what the officer chose where the two differ."""

    def __init__(self, form, of, told_by=()):
        self.form, self.held = form, form.initial
        self._of = [label(row) for row in of]
        self._now = {name: self._fingerprint(name, value) for name, value in self.held.items()}
        self.rows = []
        if form.is_bound:
            self._typed = {name: self._fingerprint(name, self._value_typed(name)) for name in self.held}
            self._shown = self._came_along()
            self.rows = [row for name in self.held if (row := self._row(name))]
            self._tell_who(told_by)

    @property
    def name(self):
        return self.form.add_prefix(SHOWN)

    @property
    def shown(self):
        """The fingerprints of what the form was filled with, for its hidden field."""
        shown = self._shown if self.form.is_bound else self._now
        return " ".join(f"{name}:{fingerprint}" for name, fingerprint in shown.items())

    @property
    def others(self):
        """The fields in which there is nothing to choose."""
        chosen_between = {row.field.name for row in self.rows}
        return [field for field in self.form.visible_fields() if field.name not in chosen_between]

    @property
    def is_undecided(self):
        return any(not row.chosen for row in self.rows)

    def settled(self, act):
        """Check the form and do the act; what is left as it stands now is neither checked nor changed."""
        form, fields = self.form, dict(self.form.fields)
        left = {row.field.name for row in self.rows if row.chosen == THEIRS}
        form.fields = {name: field for name, field in fields.items() if name not in left}
        try:
            if not form.is_valid() or self.is_undecided:
                return None
            # Asked now, while what is left alone is out of the form: an act goes by it.
            if not form.changed_data or not self._changed(left):
                return True
            form.cleaned_data |= {name: self.held[name] for name in left}
            return tried(form, act, form)
        finally:
            form.fields = fields

    def _changed(self, left):
        """Whether anything typed differs from what stands; a line end is no difference."""
        names = set(self.form.changed_data) - left
        return any(self._typed.get(name) != self._now.get(name, "") for name in names)

    def _row(self, name):
        now, typed = self._now[name], self._typed[name]
        bound = self.form[name]
        chosen, _colon, of = self.form.data.get(_choice_of(bound), "").partition(":")
        chosen = chosen if of == now and chosen in (THEIRS, MINE) else ""
        # A form that says nothing of what it was filled with was filled with nothing.
        shown = self._shown.get(name) or self._fingerprint(name, "")
        if not chosen and now in (shown, typed):
            return None
        return Row(bound, _words(bound.field, self.held[name]), now, chosen, is_untouched=typed == shown)

    def _value_typed(self, name):
        try:
            return self.form.fields[name].clean(self.form[name].data)
        except ValidationError:
            return UNREADABLE

    def _came_along(self):
        pairs = (part.partition(":") for part in self.form.data.get(self.name, "").split())
        return {name: fingerprint for name, _colon, fingerprint in pairs if name in self._now}

    def _fingerprint(self, name, value):
        if value is UNREADABLE:
            return ""
        text = "\0".join([self._of[0], name, _written(value)])
        return salted_hmac("simpul.desk.versions", text, algorithm="sha256").hexdigest()[:LENGTH]

    def _tell_who(self, told_by):
        if not self.rows or not told_by:
            return
        entries = Entry.objects.filter(subject__in=self._of, act__in=told_by).order_by("-number")[:LOOKED_BACK]
        entries = list(entries)
        who = Officer.objects.in_bulk({entry.officer_id for entry in entries if entry.officer_id})
        for row in self.rows:
            last = next((entry for entry in entries if self._is_about(entry, row.field.name)), None)
            if last:
                row.by, row.at = who.get(last.officer_id), last.at

    def _is_about(self, entry, name):
        named = entry.facts.get("fields", entry.facts.get("facts"))
        if named is None:
            return entry.act not in NAMES_ITS_FIELDS or len(self.held) == 1
        return name in named


def _choice_of(bound):
    return f"{CHOICE}_{bound.html_name}"


def _written(value):
    """A value in one spelling, however it was typed or stored: what looks the same is the same."""
    if value is None or value is False or value == "":
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        # A form shows whole minutes.
        return value.astimezone(UTC).replace(second=0, microsecond=0).isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (list, tuple, set, frozenset, models.QuerySet)):
        return json.dumps(sorted(_written(each) for each in value)) if value else ""
    return cleaned(str(value))


def _words(field, value):
    """A value as the page says it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not _written(value):
        return ""
    if isinstance(value, Place):
        return path_names([value.pk]).get(value.pk, str(value))
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, (list, tuple, set, frozenset, models.QuerySet)):
        return ", ".join(_words(field, each) for each in value)
    return _label_of(field, value)


def _label_of(field, value):
    if isinstance(value, models.Model):
        told = getattr(field, "label_from_instance", str)
        return told(value)
    for key, words in _flat(getattr(field, "choices", ())):
        if str(key) == str(value):
            return str(words)
    return str(value)


def _flat(choices):
    for key, words in choices:
        if isinstance(words, (list, tuple)):
            yield from words
        else:
            yield key, words
