"""The door of two records side by side, of a decision, of a question: what is not for an officer is not found."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.lib.rules import NotAllowed, NotFound
from simpul.lib.texts import digits, folded
from simpul.linkage import records
from simpul.linkage.models import Decision, Inquiry, Pair
from simpul.linkage.policy import check_may_answer, check_may_compare, sees_both, sees_own_side
from simpul.linkage.queries import history
from simpul.persons.identities import read
from simpul.persons.models import Person
from simpul.persons.policy import check_is_not_restricted
from simpul.places.regions import path_names

SEALED = ("name", "aliases", "nik", "birth_date", "phone", "passport", "address")
NUMBERS = frozenset({"nik", "phone"})
# How the fields of a pair are called by the machine, where it calls them otherwise.
LEVEL_OF = {"birth_date": ("birth_date", "date", "birth_year", "year"), "home": ("home", "village", "regency")}


@dataclass(frozen=True)
class Row:
    """One field of two records, side by side; `level` is how the machine compared it, in words."""

    field: str
    label: str
    left: str
    right: str
    level: str
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """Two records side by side, with the records the persons stand in and what was said of them."""

    rows: list
    left: list
    right: list
    history: list
    words: str = ""

    @property
    def decision(self):
        """The decision that stands, or None."""
        return next((decision for decision in self.history if decision.stands), None)


def check_may_see(person, *, by, at):
    """Whether a record of the person is open to the officer, or the officer recorded somebody who is in no file yet."""
    if records.open_to(by, at=at).filter(pk=person.pk).exists():
        return
    is_new = person.recorded_by_id == by.pk and not records.records_of([person.pk], at=at)[person.pk]
    if not is_new:
        raise NotFound(person.pk)


def person_for(officer, pk, *, at):
    """Somebody of whom a record is open to the officer, to be put beside another."""
    found = Person.objects.select_related("data_key", "home").filter(pk=pk).first()
    if found is None or not officer.may(Right.REVIEW_PAIRS):
        raise NotFound(pk)
    check_may_see(found, by=officer, at=at)
    return found


@transaction.atomic
def numbered(text, *, beside, by, at):
    """[(record, person)] of the file of a number, without the person it is to be put beside.

    A number that nobody has and one whose file is not open to the officer are the same to the officer.
    """
    check_may_compare(by)
    enter(Act.PERSONS_SEARCHED, on="persons.search", by=by, at=at, kind="number")
    found = [one for one in records.numbered(text, officer=by, at=at) if one.person != beside.pk]
    if not found:
        raise NotAllowed(_("No other person with this number is open to you. Check the number."))
    people = Person.objects.select_related("home").in_bulk([one.person for one in found])
    return [(one, people[one.person]) for one in found]


def pair_for(officer, pk, *, at):
    """A pair of which the officer may see both records."""
    found = Pair.objects.select_related(*_sides("left", "right"), "claimed_by").filter(pk=pk).first()
    if found is None or not sees_both(found, by=officer, at=at):
        raise NotFound(pk)
    return found


@transaction.atomic
def side_by_side(pair, *, by, at):
    """Two records open, field by field; the reading of each is journalled in a file that is open to the officer."""
    if not sees_both(pair, by=by, at=at):
        raise NotFound(pair.pk)
    held = records.records_of([pair.left_id, pair.right_id], at=at, officer=by)
    left, right = (
        _read(person, SEALED, _open_file(held[person.pk]), by=by, at=at) for person in (pair.left, pair.right)
    )
    return Comparison(
        rows=_rows(left, right, pair.levels), left=_open(held[pair.left_id]), right=_open(held[pair.right_id]),
        history=list(history(pair)),
    )  # fmt: skip


def inquiry_for(officer, pk, *, at):
    """A question of the officer's agency about a record that is open to the officer, or to it about one that is."""
    found = Inquiry.objects.select_related(*_sides("own", "other"), "sender", "receiver", "sent_by", "answered_by")
    inquiry = found.filter(pk=pk).first() if officer.may(Right.REVIEW_PAIRS) else None
    if inquiry is None or not (_asked(inquiry, officer, at) or _is_asked(inquiry, officer, at)):
        raise NotFound(pk)
    return inquiry


@transaction.atomic
def read_inquiry(inquiry, *, by, at):
    """What may be seen of the other agency's record beside the own one, while the question waits for an answer."""
    if not _is_asked(inquiry, by, at):
        raise NotFound(inquiry.pk)
    check_may_answer(inquiry, by=by, at=at)
    check_is_not_restricted(inquiry.own)
    held = records.records_of([inquiry.other_id], at=at, officer=by)[inquiry.other_id]
    theirs = _read(inquiry.own, inquiry.fields, inquiry.file, by=by, at=at)
    mine = _read(inquiry.other, inquiry.fields, _open_file(held), by=by, at=at)
    enter(Act.INQUIRY_READ, on=inquiry, file=inquiry.file, by=by, at=at, fields=inquiry.fields)
    return Comparison(
        rows=[row for row in _rows(theirs, mine, {}) if row.field in inquiry.fields], left=[], right=_open(held),
        history=[], words=inquiry.words.opened_or_erased(),
    )  # fmt: skip


def decision_for(officer, pk, *, at):
    """A decision on two records that the officer may see, or that the officer's agency was asked about."""
    found = Decision.objects.select_related("left__data_key", "right__data_key", "decided_by", "inquiry").filter(pk=pk)
    decision = found.first()
    if decision is None or not (sees_both(decision, by=officer, at=at) or _answered_it(decision, officer, at)):
        raise NotFound(pk)
    return decision


def _asked(inquiry, officer, at):
    is_ours = inquiry.sender_id == officer.agency_id
    return is_ours and records.open_to(officer, at=at).filter(pk=inquiry.own_id).exists()


def _is_asked(inquiry, officer, at):
    is_ours = inquiry.receiver_id == officer.agency_id and inquiry.withdrawn_at is None
    return is_ours and officer.may(Right.REVIEW_PAIRS) and sees_own_side(inquiry, by=officer, at=at)


def _answered_it(decision, officer, at):
    return decision.inquiry is not None and _is_asked(decision.inquiry, officer, at)


def _sides(*names):
    return [f"{name}__{more}" for name in names for more in ("data_key", "home")]


def _read(person, fields, file, *, by, at):
    sealed = [name for name in fields if name in SEALED]
    told = read(person, fields=sealed, by=by, at=at, file=file, because="same person") if sealed else {}
    told["sex"] = person.get_sex_display() if person.sex else ""
    told["home"] = path_names([person.home_id]).get(person.home_id, "") if person.home_id else ""
    if not told.get("birth_date") and "birth_date" in fields:
        told["birth_date"] = person.birth_year or ""
    return told


def _rows(left, right, levels):
    return [_row(name, left, right, levels) for name in (*SEALED[:4], "sex", "home", *SEALED[4:])]


def _row(name, left, right, levels):
    one, other = left.get(name) or "", right.get(name) or ""
    level = next((levels[key] for key in LEVEL_OF.get(name, (name,)) if levels.get(key)), "")
    return Row(
        field=name, label=str(Person._meta.get_field(name).verbose_name), left=_text(one), right=_text(other),
        level=_(level) if level else "", differs=bool(one and other) and _differs(name, one, other),
    )  # fmt: skip


def _differs(name, one, other):
    """Whether two values are not the same; a regency and a village within it are no contradiction."""
    one, other = _plain(name, one), _plain(name, other)
    if name == "home":
        return not (one.endswith(other) or other.endswith(one))
    return one != other


def _text(value):
    return f"{value:%d-%m-%Y}" if hasattr(value, "strftime") else str(value)


def _plain(name, value):
    return digits(str(value)) if name in NUMBERS else folded(str(value))


def _open(held):
    return [record for record in held if record.is_open]


def _open_file(held):
    found = next(iter(_open(held)), None)
    if found is None:
        raise NotAllowed(_("No file of this person is open to you."))
    return found.file
