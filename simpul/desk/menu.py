"""What surrounds every page of the desk: the menu of the officer's role, and what the installation must say."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from simpul.agencies.roles import Right
from simpul.intake.models import hears_complaints
from simpul.places.regions import level_of

# Of a village there is nothing to draw.
VILLAGE = "village"


@dataclass(frozen=True)
class Entry:
    """A line of the menu, shown to roles that carry one of the rights; `key` is the letter after g."""

    address: str
    words: str
    rights: tuple
    key: str


MENU = (
    Entry("desk:today", _("Today"), (Right.SEE_DUTIES,), "h"),
    Entry("desk:queue", _("Triage"), (Right.TRIAGE,), "l"),
    Entry("desk:cases", _("Cases"), (Right.KEEP_CASES, Right.WORK_ON_CASES, Right.SEE_FACTS), "k"),
    Entry("desk:referrals", _("Referrals"), (Right.ANSWER_REFERRALS, Right.KEEP_CASES), "r"),
    Entry("desk:restitution_sums", _("Restitution"), (Right.SEE_FACTS,), "o"),
    Entry("desk:manifests", _("Manifests"), (Right.KEEP_MANIFESTS,), "n"),
    Entry("desk:returnees", _("Who came home"), (Right.MEET_RETURNEES,), "w"),
    Entry("desk:register", _("Register"), (Right.KEEP_REGISTER,), "d"),
    Entry("desk:pairs", _("Same person"), (Right.REVIEW_PAIRS,), "y"),
    Entry("desk:map", _("Map"), (Right.SEE_FACTS, Right.MEET_RETURNEES), "t"),
    Entry("desk:search", _("Search"), (Right.SEARCH_PERSONS, Right.TRIAGE), "c"),
    Entry("desk:shelters", _("Shelters"), (Right.KEEP_SHELTERS,), "i"),
    Entry("desk:event_codes", _("Event codes"), (Right.KEEP_EVENT_CODES,), "a"),
    Entry("desk:officers", _("Officers"), (Right.KEEP_OFFICERS,), "p"),
    Entry("desk:journal", _("Journal"), (Right.READ_JOURNAL,), "j"),
    Entry("desk:requests", _("Data requests"), (Right.KEEP_CASES, Right.WORK_ON_CASES), "m"),
    Entry("desk:retention", _("Retention"), (Right.ERASE,), "s"),
    Entry("desk:breaches", _("Breaches"), (Right.HANDLE_BREACHES,), "b"),
    Entry("desk:assessment", _("Assessment of impact"), (Right.READ_ASSESSMENT,), "e"),
    Entry("desk:complaints", _("Complaints"), (Right.HEAR_COMPLAINTS, Right.EXCLUDE), "u"),
)


def surroundings(request):
    """Context of every page: `demo`, and on officers' pages `menu`."""
    context = {
        "demo": settings.DEMO,
        "second_factor_is_off": not settings.SECOND_FACTOR,
        "region": settings.REGION_NAME,
    }
    officer = getattr(request, "user", None)
    if officer is None or not officer.is_authenticated:
        return context
    return context | {"menu": [entry for entry in MENU if may_enter(entry, officer)]}


def may_enter(entry, officer):
    """Whether a line of the menu leads anywhere for an officer."""
    if entry.address == "desk:queue" and not officer.agency.triages:
        return False
    if entry.address == "desk:complaints":
        return hears_complaints(officer)
    if entry.address == "desk:map" and level_of(officer.jurisdiction) == VILLAGE:
        return False
    return any(officer.may(right) for right in entry.rights)


def first_page(officer):
    """Where an officer begins: the first line of the role's menu."""
    return next((entry.address for entry in MENU if may_enter(entry, officer)), "desk:secrecy")
