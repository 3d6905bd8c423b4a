"""Indicators: what each is, and the loads by which their values come in, stand and are taken back.

Which indicators there are stands in `data/indicators/catalogue.csv`: direction, weight and group are decisions, and a
decision has an author. Values come from the table that is shipped (`values.csv`) and from tables that the secretariat
of the task force brings. A table is taken in whole or not at all, after everybody could see what it changes.
"""

import csv
import hashlib
from dataclasses import dataclass, field
from functools import cache, lru_cache

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.insight.headings import is_share
from simpul.insight.models import IndicatorLoad, IndicatorValue
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, NotFound
from simpul.places.regions import is_within, within

FOLDER = "indicators"
State = IndicatorLoad.State
ENTRIES = {
    State.TAKEN_IN: Act.INDICATORS_TAKEN_IN,
    State.TAKEN_BACK: Act.INDICATORS_TAKEN_BACK,
    State.DISCARDED: Act.INDICATORS_DISCARDED,
    State.READ: Act.INDICATORS_RECEIVED,
}


UNITS = {"years": gettext_lazy("years"), "index, 0 to 100": gettext_lazy("index, 0 to 100")}


@dataclass(frozen=True)
class Indicator:
    """What an indicator is. `direction` 1: more of it raises the index; `weight` 0: shown and not counted.

    `abouts` holds by year (source, mark, note).
    """

    code: str
    english: str
    indonesian: str
    direction: int
    weight: float
    parent: str
    unit: str
    abouts: dict = field(default_factory=dict, hash=False)

    def __str__(self):
        return self.indonesian if (get_language() or "id").startswith("id") else self.english

    @property
    def unit_words(self):
        """The unit in the words of the page."""
        return str(UNITS.get(self.unit, self.unit))

    @property
    def is_share(self):
        """Whether it cannot exceed 100: a share of a whole, or a scale that ends there."""
        return is_share(self.unit, self.code, self.english) or "0 to 100" in self.unit

    def note(self, year):
        """What the catalogue remarks of a year; "" for nothing."""
        return self.abouts.get(year, ("", "", ""))[2]


@cache
def catalogue():
    """{code: Indicator}. Direction, weight, group and words are those of the latest year described."""
    with open(settings.DATA / FOLDER / "catalogue.csv", encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["year"]))
    abouts = {}
    for row in rows:
        abouts.setdefault(row["code"], {})[int(row["year"])] = (row["source"], row["mark"], row["note"])
    order = dict.fromkeys(row["code"] for row in rows)
    latest = {row["code"]: row for row in rows}
    return {
        code: Indicator(
            code, latest[code]["english"], latest[code]["indonesian"], int(latest[code]["direction"]),
            float(latest[code]["weight"]), latest[code]["parent"], latest[code]["unit"], abouts[code],
        )
        for code in order
    }  # fmt: skip


def check_may_keep(*, by):
    """The secretariat of the task force answers for the indicators."""
    if not by.may(Right.KEEP_INDICATORS):
        raise NotAllowed(_("Your role does not load indicators."))


def check_may_move(load, *, by):
    """The secretariat moves what its own region brought in."""
    check_may_keep(by=by)
    if not loads_for(by).filter(pk=load.pk).exists():
        raise NotAllowed(_("Only the secretariat of the region that brought this table may do this."))


def loads_for(officer):
    """The loads that an officer may look at and take back: those of offices of the own region; for who keeps the whole
    region also what was shipped.
    """
    if not officer.may(Right.KEEP_INDICATORS):
        return IndicatorLoad.objects.none()
    own = within(officer.jurisdiction, "agency__place")
    return IndicatorLoad.objects.filter(own | Q(is_shipped=True) if officer.jurisdiction == settings.REGION else own)


def load_for(officer, pk):
    """One of them; to anybody else it is not there."""
    load = loads_for(officer).filter(pk=pk).first()
    if load is None:
        raise NotFound
    return load


@transaction.atomic
def receive(values, *, by, at):
    """Keep values that were read, to be looked at before they are taken in; returns the load.

    `values` are those of `indicator_reading.Reading`. The same table twice is the same load.
    """
    check_may_keep(by=by)
    if not values:
        raise NotAllowed(_("There is no value in this table."))
    if not all(is_within(each.place, by.jurisdiction) for each in values):
        raise NotAllowed(_("This table tells of places outside your region."))
    mark = fingerprint(values)
    known = loads_for(by).filter(fingerprint=mark, is_shipped=False).order_by("pk").last()
    if known and known.state in (State.READ, State.TAKEN_IN):
        return known
    load = _kept(values, mark=mark, by=by, at=at)
    enter(Act.INDICATORS_RECEIVED, on=load, by=by, at=at, values=len(values))
    return load


@transaction.atomic
def take_in(load, *, by, at):
    """Let the values of a load hold."""
    check_may_move(load, by=by)
    _move(load, State.TAKEN_IN, by=by, at=at)


@transaction.atomic
def take_back(load, *, by, at):
    """Undo a load: what held before it holds again. It can be taken in again."""
    check_may_move(load, by=by)
    _move(load, State.TAKEN_BACK, by=by, at=at)


@transaction.atomic
def discard(load, *, by, at):
    """Put a load away that shall not hold."""
    check_may_move(load, by=by)
    _move(load, State.DISCARDED, by=by, at=at)


@transaction.atomic
def take_up(load, *, by, at):
    """Look again at a load that was put away."""
    check_may_move(load, by=by)
    _move(load, State.READ, by=by, at=at)


@transaction.atomic
def load_shipped(values, *, at):
    """Take in what is shipped; None where this very table was loaded before, even if it was taken back since."""
    mark = fingerprint(values)
    if IndicatorLoad.objects.filter(fingerprint=mark, is_shipped=True).exists():
        return None
    load = _kept(values, mark=mark, by=None, at=at, is_shipped=True)
    _move(load, State.TAKEN_IN, by=None, at=at)
    return load


def in_force():
    """{(indicator, place, year): IndicatorValue}: of every value the one that holds."""
    standing = IndicatorLoad.objects.filter(state=State.TAKEN_IN).order_by("pk")
    return _in_force(tuple(standing.values_list("pk", "fingerprint", "is_shipped", "moved_at")))


@lru_cache(maxsize=4)
def _in_force(_standing):
    """The same for loads that stand: what is in a load never changes, so it is read once for the same loads."""
    return {
        (value.indicator, value.place_id, value.year): value
        for value in IndicatorValue.objects.standing().select_related("load")
    }


@dataclass(frozen=True)
class Change:
    """What a load does to one value; `before` is what holds without it, or None."""

    value: IndicatorValue
    before: IndicatorValue | None

    @property
    def is_new(self):
        return self.before is None

    @property
    def is_different(self):
        return self.before is not None and self.before.value != self.value.value


def changes(load):
    """What the values of a load change, against everything else that holds: new ones and other ones first."""
    held = {
        (value.indicator, value.place_id, value.year): value
        for value in IndicatorValue.objects.standing().exclude(load=load)
    }
    found = [
        Change(value, held.get((value.indicator, value.place_id, value.year)))
        for value in load.values.select_related("place").order_by("indicator", "year", "place_id")
    ]
    found.sort(key=lambda change: not (change.is_new or change.is_different))
    return found


def fingerprint(values):
    """What a table says, as a few signs; its order does not matter."""
    lines = sorted(f"{v.indicator} {v.place} {v.year} {v.value!r} {v.source} {v.mark}" for v in values)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _kept(values, *, mark, by, at, is_shipped=False):
    load = IndicatorLoad.objects.create(
        fingerprint=mark, is_shipped=is_shipped, agency=by.agency if by else None, received_at=at, received_by=by,
        moved_at=at, moved_by=by,
    )  # fmt: skip
    IndicatorValue.objects.bulk_create(
        [
            IndicatorValue(
                load=load, indicator=each.indicator, place_id=each.place, year=each.year, value=each.value,
                source=each.source, mark=each.mark,
            )
            for each in values
        ],
        batch_size=500,
    )  # fmt: skip
    return load


def _move(load, state, *, by, at):
    locked = IndicatorLoad.objects.select_for_update().get(pk=load.pk)
    if not locked.may_become(state):
        raise NotAllowed(_("This table is “%(state)s” already.") % {"state": locked.get_state_display()})
    locked.state, locked.moved_at, locked.moved_by = state, at, by
    locked.save(update_fields=["state", "moved_at", "moved_by"])
    load.state, load.moved_at, load.moved_by = state, at, by
    enter(ENTRIES[state], on=load, by=by, at=at, values=load.values.count())
