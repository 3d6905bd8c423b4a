"""Catalogues: the lists of words that forms, pages and clocks use, and the way to ask them.

`CATALOGUES` says which there are and which columns each has beyond those of every catalogue. Terms are kept in the
memory of the process, so that asking costs no query. A load in another process is noticed within `FRESH_FOR` seconds.
"""

from dataclasses import dataclass
from functools import partial
from time import monotonic

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from simpul.reference.models import Edition, Term

FRESH_FOR = 60

UNITS = ("hours", "calendar_days", "working_days", "months", "years")
# When a right holds, and where the board reads how it stands (`cases/board.py`).
RIGHTS_HOLD_WHEN = ("always", "threatened", "abroad", "sexual", "child", "reported", "paid", "unpaid")
RIGHTS_TRACKS = ("service", "restitution", "examination", "centre", "child", "secrecy", "told")
# When the time of something kept begins.
RETENTION_BEGINS = (
    "decided", "closed", "recorded", "answered", "asked", "left", "arrived", "changed", "taken_in", "with_its_file",
)  # fmt: skip
# Roles of `agencies`, which stands above this room, that are told of a clock that ran out.
ROLES_TOLD = ("supervisor", "secretariat", "head_of_region", "auditor")


def text(cell):
    """A cell as it stands."""
    return cell


def filled(cell):
    """A cell that may not be empty."""
    if not cell:
        raise ValueError(_("this cell may not be empty"))
    return cell


def number(cell):
    """A whole number, or None for an empty cell."""
    if not cell:
        return None
    if not (cell.isascii() and cell.isdecimal()):
        raise ValueError(_("write a whole number in digits"))
    return int(cell)


def degrees(cell):
    """A latitude or longitude in degrees."""
    try:
        found = float(cell)
    except ValueError:
        raise ValueError(_("write degrees with a point, as in 110.3")) from None
    if not -180 <= found <= 180:
        raise ValueError(_("write degrees between -180 and 180"))
    return found


def yes_no(cell):
    """True for yes, False for no."""
    if cell not in {"yes", "no"}:
        raise ValueError(_("write yes or no"))
    return cell == "yes"


def codes(cell):
    """Several codes with blanks between them, as a list."""
    return cell.split()


def one_of(*allowed):
    """One word out of a few, or nothing."""
    return partial(_one_of, allowed)


def some_of(*allowed):
    """Several words out of a few, with blanks between them, as a list."""
    return partial(_some_of, allowed)


def _one_of(allowed, cell):
    if cell and cell not in allowed:
        raise ValueError(_("write one of: %(words)s") % {"words": ", ".join(allowed)})
    return cell


def _some_of(allowed, cell):
    return [_one_of(allowed, word) for word in cell.split()]


@dataclass(frozen=True)
class Column:
    """A column that only one catalogue has: how its cells are read, and the catalogues its codes come from."""

    name: str
    read: object = text
    refers_to: tuple = ()


@dataclass(frozen=True)
class Catalogue:
    """A list of terms in `data/<name>.csv`. `htcds_list` is the HTCDS code list that its mapping speaks of."""

    name: str
    about: object
    columns: tuple = ()
    htcds_list: str = ""

    @property
    def file(self):
        return f"{self.name}.csv"


_OBLIGATION_COLUMNS = (
    Column("dossier_id"),
    Column("trigger_english", filled),
    Column("trigger_indonesian", filled),
    Column("debtor_kind", filled, refers_to=("agency_kinds", "other_parties")),
    Column("creditor", filled, refers_to=("agency_kinds", "other_parties")),
    Column("target_amount", number),
    Column("target_unit", one_of(*UNITS)),
    Column("limit_amount", number),
    Column("limit_unit", one_of(*UNITS)),
    Column("legal_basis"),
    Column("basis", refers_to=("legal_bases",)),
    Column("needs"),
    Column("escalate_to", some_of(*ROLES_TOLD)),
    Column("escalate_after", one_of("target", "limit")),
    Column("pausable", yes_no),
    Column("note"),
    Column("then_met", codes, refers_to=("obligations",)),
    Column("then_missed", codes, refers_to=("obligations",)),
)

_QUESTION_COLUMNS = (Column("question_english", filled), Column("question_indonesian", filled))

_ALL = (
    Catalogue("acts", _("What was done to the person: the first element of trafficking")),
    Catalogue("means", _("How it was done: the second element of trafficking"), htcds_list="vic_MethodsOfControl"),
    Catalogue("purposes", _("What for: the third element of trafficking"), htcds_list="vic_TypeOfExploitation"),
    Catalogue(
        "exploitation_kinds",
        _("Kinds of exploitation in the reporter's plain words"),
        (Column("purpose", refers_to=("purposes",)), Column("modus", refers_to=("modus",))),
        htcds_list="vic_TypeOfExploitation",
    ),
    Catalogue("indicator_groups", _("Groups of the indicators on the screening list")),
    Catalogue(
        "indicators",
        _("Signs an officer looks for when screening"),
        (
            Column("group", filled, refers_to=("indicator_groups",)),
            Column("question_english", filled),
            Column("question_indonesian", filled),
        ),
        htcds_list="vic_MethodsOfControl",
    ),
    Catalogue("modus", _("Ways in which people are trafficked in this region")),
    Catalogue(
        "control_methods",
        _("How a victim is kept under control"),
        (Column("htcds_gap"),),
        htcds_list="vic_MethodsOfControl",
    ),
    Catalogue(
        "agency_kinds",
        _("Kinds of agencies and offices"),
        (Column("public_english"), Column("public_indonesian")),
        htcds_list="org_Type",
    ),
    Catalogue("other_parties", _("Who else can owe something or be owed it")),
    Catalogue(
        "services",
        _("Services a victim can be given"),
        (
            Column("agency_kind", filled, refers_to=("agency_kinds",)),
            Column("fields", codes, refers_to=("shared_fields",)),
        ),
        htcds_list="spl_Type",
    ),
    Catalogue("shared_fields", _("What a referral may tell another agency"), (Column("identity", yes_no),)),
    Catalogue("relations", _("How the reporter knows of it")),
    Catalogue("when", _("When it happens or happened")),
    Catalogue("people_counts", _("How many people are affected"), (Column("at_least", number),)),
    Catalogue("dangers", _("Whether somebody is in danger")),
    Catalogue("report_statuses", _("What the reporter is told about the report")),
    Catalogue("set_aside_reasons", _("Why a report is set aside")),
    Catalogue("pause_reasons", _("Why a clock is paused")),
    Catalogue("waive_reasons", _("Why an obligation is waived")),
    Catalogue("decline_reasons", _("Why a referral is declined")),
    Catalogue(
        "hotlines",
        _("Public numbers for help"),
        (Column("number", filled), Column("tel", filled), Column("hours_english"), Column("hours_indonesian")),
    ),
    Catalogue("victim_statuses", _("Whether a person is a victim"), htcds_list="vic_TraffickingStatus"),
    Catalogue("parts", _("The part a person plays in a case")),
    Catalogue("document_kinds", _("Kinds of documents")),
    Catalogue("consent_purposes", _("What a person consents to")),
    Catalogue("lawful_bases", _("Lawful bases for processing personal data")),
    Catalogue("shelter_kinds", _("Kinds of places where a victim can stay")),
    Catalogue("case_stages", _("Stages of a case"), htcds_list="cas_Status"),
    Catalogue(
        "legal_bases",
        _("Articles of law that duties and offences rest on"),
        (
            Column("law", filled),
            Column("article"),
            Column("paragraph"),
            Column("replaces"),
            Column("offence", one_of("offence", "aggravation")),
        ),
    ),
    Catalogue("obligations", _("Clocks: who owes what to whom by when"), _OBLIGATION_COLUMNS),
    Catalogue(
        "rights",
        _("Rights of a victim: who owes them, when they hold and how they are read"),
        (
            Column("article", filled, refers_to=("legal_bases",)),
            Column("also", codes, refers_to=("legal_bases",)),
            Column("duty_bearer", filled, refers_to=("agency_kinds", "other_parties")),
            Column("holds_when", one_of(*RIGHTS_HOLD_WHEN)),
            Column("track", one_of(*RIGHTS_TRACKS)),
            Column("services", codes, refers_to=("services",)),
            Column("clocks", codes, refers_to=("obligations",)),
        ),
    ),
    Catalogue(
        "proceeding_steps",
        _("Steps of a criminal proceeding"),
        (
            Column("stage", one_of("police", "prosecution", "court", "end")),
            Column("needs", codes, refers_to=("proceeding_steps",)),
            Column("duty_bearer", filled, refers_to=("agency_kinds",)),
            Column("is_verdict", yes_no),
            Column("debars", codes, refers_to=("proceeding_steps",)),
        ),
    ),
    Catalogue("verdict_outcomes", _("How a verdict decides")),
    Catalogue("restitution_heads", _("Losses that restitution makes good")),
    Catalogue(
        "restitution_steps",
        _("Steps from the right to restitution to its payment"),
        (
            Column("needs", codes, refers_to=("restitution_steps",)),
            Column("amount", one_of("none", "allowed", "needed")),
            Column("debars", codes, refers_to=("restitution_steps",)),
            Column("article", refers_to=("legal_bases",)),
        ),
    ),
    Catalogue(
        "service_steps",
        _("Steps within a service"),
        (Column("services", codes, refers_to=("services",)), Column("needs", codes, refers_to=("service_steps",))),
    ),
    Catalogue("safety_checks", _("What is asked before a victim goes home"), _QUESTION_COLUMNS),
    Catalogue("handover_parties", _("To whom a victim is handed over at home")),
    Catalogue("visit_results", _("What a visit after the return finds")),
    Catalogue("closing_reasons", _("Why a case is closed")),
    Catalogue("return_reasons", _("Why somebody was sent home")),
    Catalogue("work_sectors", _("What somebody worked in abroad")),
    Catalogue("onward_ways", _("How somebody went on from the border")),
    Catalogue("travel_documents", _("What somebody travelled with")),
    Catalogue(
        "depots",
        _("Where somebody was held before being sent home"),
        (Column("abroad", refers_to=("foreign_places",)),),
    ),
    Catalogue("countries", _("Countries people work in")),
    Catalogue(
        "foreign_places",
        _("Towns and crossings abroad that people are taken to or through"),
        (
            Column("country", filled, refers_to=("countries",)),
            Column("latitude", degrees),
            Column("longitude", degrees),
        ),
    ),
    Catalogue("transports", _("By what somebody travelled")),
    Catalogue("way_confidences", _("How sure a leg of a journey is known")),
    Catalogue("worker_statuses", _("Where a migrant worker is")),
    Catalogue(
        "meeting_outcomes",
        _("What a visit to somebody who came home finds"),
        # `ends`: the visit is made; `then`: what follows from it (`migrants.meetings`).
        (Column("ends", yes_no), Column("then", one_of("found", "help", "moved", "left"))),
    ),
    Catalogue(
        "screening_questions",
        _("What somebody sent home is asked"),
        (
            *_QUESTION_COLUMNS,
            Column("indicator", refers_to=("indicators",)),
            Column("tells", one_of("child", "danger")),
        ),
    ),
    Catalogue(
        "request_kinds",
        _("What a person can ask about the own data"),
        (
            Column("clock", filled, refers_to=("obligations",)),
            Column("legal_basis", filled),
            Column("may_be_refused", yes_no),
        ),
    ),
    Catalogue(
        "retention",
        _("How long what is kept, and what happens then"),
        (
            Column("record", filled),
            Column("since", one_of(*RETENTION_BEGINS)),
            Column("years", number),
            Column("days", number),
            Column("action", one_of("erase_identity", "erase_all", "erase_file", "with_its_file", "kept")),
            Column("legal_basis", filled),
        ),
    ),
    Catalogue("hold_reasons", _("Why a file is kept past its time")),
    Catalogue("breach_data", _("Kinds of data that a breach can reveal"), (Column("specific", yes_no),)),
    Catalogue("guardian_exceptions", _("When no parent or guardian consents for a child")),
    Catalogue("age_grounds", _("What an age is known from"), (Column("is_paper", yes_no),)),
    Catalogue("best_interest_questions", _("What the check of a child's best interests asks"), _QUESTION_COLUMNS),
    Catalogue("examination_places", _("Where a victim is examined")),
    Catalogue(
        "alert_outcomes",
        _("What was found about an alert"),
        # Whether the alert counts as right when false alarms are counted.
        (Column("counts_as", one_of("right", "wrong", "unclear")),),
    ),
)

CATALOGUES = {catalogue.name: catalogue for catalogue in _ALL}


def terms(catalogue, on=None):
    """The terms of a catalogue in use, in the order of its file; with `on`, those in force on that day."""
    in_use = _shelf().in_use(catalogue)
    return in_use if on is None else tuple(term for term in in_use if term.is_valid_on(on))


def term(catalogue, code):
    """One term, retired or not; LookupError when there is none."""
    found = _shelf().by_code(catalogue).get(code)
    if found is None:
        raise LookupError(f"The catalogue {catalogue} has no term {code!r}.")
    return found


def is_code(catalogue, code, on=None):
    """Whether a new record may use this code: it is in use and, with `on`, in force on that day."""
    found = _shelf().by_code(catalogue).get(code)
    return found is not None and found.retired_on is None and (on is None or found.is_valid_on(on))


def name_of(catalogue, code):
    """The word for a code in the language of the page, of a retired term too; an unknown code stands for itself."""
    found = _shelf().by_code(catalogue).get(code)
    return found.name if found else code


def choices(catalogue, on=None):
    """Pairs (code, name) for a form field; the name is put into words when the page is made."""
    return [(each.code, _lazy_name(each)) for each in terms(catalogue, on)]


def forget():
    """Let this process read the catalogues anew."""
    _kept.shelf = None


_lazy_name = lazy(lambda each: each.name, str)


class _Shelf:
    """All terms as one load left them. Never changed, only replaced: several threads read it at once."""

    def __init__(self, stamp, found):
        self.stamp = stamp
        self._by_code = {name: {} for name in CATALOGUES}
        for each in found:
            self._by_code.setdefault(each.catalogue, {})[each.code] = each
        self._in_use = {
            name: tuple(each for each in by_code.values() if each.retired_on is None)
            for name, by_code in self._by_code.items()
        }

    def in_use(self, catalogue):
        return self._of(self._in_use, catalogue)

    def by_code(self, catalogue):
        return self._of(self._by_code, catalogue)

    def _of(self, shelf, catalogue):
        if catalogue not in shelf:
            raise LookupError(f"There is no catalogue {catalogue!r}. `CATALOGUES` lists those there are.")
        return shelf[catalogue]


class _Kept:
    """What this process has in memory, and when it last asked whether that is still right."""

    shelf = None
    asked = 0.0


_kept = _Kept()


def _shelf():
    shelf, now = _kept.shelf, monotonic()
    if shelf is not None and now - _kept.asked < FRESH_FOR:
        return shelf
    # The stamp is read before the terms: a load in between leaves an old stamp on new terms, never the reverse.
    stamp = Edition.objects.values_list("stamp", flat=True).first() or ""
    if shelf is None or shelf.stamp != stamp:
        shelf = _Shelf(stamp, Term.objects.order_by("catalogue", "position", "code"))
    _kept.shelf, _kept.asked = shelf, now
    return shelf
