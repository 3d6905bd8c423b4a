"""What surrounds every page of the desk: the menu of the officer's role, and what the installation must say."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from simpul.agencies.roles import Right
from simpul.intake.models import hears_complaints
from simpul.places.regions import level_of

# Of a village there is nothing to draw, and a district has no head who decides.
VILLAGE, DISTRICT = "village", "district"
NO_VILLAGE = ("desk:map", "desk:routes", "desk:vulnerability", "desk:region")
# So many lines stand beside each other on a screen 1280 px wide.
ONE_ROW = 8


@dataclass(frozen=True)
class Entry:
    """A line of the menu, shown to roles that carry one of the rights; `key` is the letter after g.

    Where the menu is long, lines of one `group` stand together under its name.
    """

    address: str
    words: str
    rights: tuple
    key: str
    group: str = ""


@dataclass(frozen=True)
class Group:
    """Lines that stand under one name; the name leads to the first of them."""

    words: str
    entries: tuple

    @property
    def address(self):
        """Where the name leads."""
        return self.entries[0].address

    @property
    def addresses(self):
        """The sections in which the lines are shown."""
        return {entry.address for entry in self.entries}


GROUPS = {"figures": _("Figures"), "keeping": _("Administration")}

MENU = (
    Entry("desk:today", _("Today"), (Right.SEE_DUTIES,), "h"),
    Entry("desk:region", _("Region"), (Right.SEE_FACTS,), "1"),
    Entry("desk:summary", _("Summary"), (Right.SEE_DUTIES, Right.SEE_FACTS, Right.READ_JOURNAL), "g", "figures"),
    Entry("desk:queue", _("Triage"), (Right.TRIAGE,), "l"),
    Entry("desk:cases", _("Cases"), (Right.KEEP_CASES, Right.WORK_ON_CASES, Right.SEE_FACTS), "k"),
    Entry("desk:referrals", _("Referrals"), (Right.ANSWER_REFERRALS, Right.KEEP_CASES), "r"),
    Entry("desk:manifests", _("Manifests"), (Right.KEEP_MANIFESTS,), "n"),
    Entry("desk:returnees", _("Who came home"), (Right.MEET_RETURNEES,), "w"),
    Entry("desk:register", _("Register"), (Right.KEEP_REGISTER,), "d"),
    Entry("desk:pairs", _("Same person"), (Right.REVIEW_PAIRS,), "y"),
    Entry("desk:map", _("Map"), (Right.SEE_FACTS, Right.MEET_RETURNEES), "t", "figures"),
    Entry("desk:routes", _("Routes"), (Right.SEE_FACTS, Right.MEET_RETURNEES, Right.TRIAGE), "q", "figures"),
    Entry("desk:vulnerability", _("Vulnerability"), (Right.SEE_FACTS, Right.MEET_RETURNEES), "v", "figures"),
    Entry("desk:alerts", _("Alerts"), (Right.SEE_FACTS, Right.TRIAGE, Right.KEEP_MANIFESTS), "f", "figures"),
    Entry("desk:estimates", _("Hidden number"), (Right.SEE_FACTS, Right.KEEP_MANIFESTS), "z", "figures"),
    Entry("desk:restitution_sums", _("Restitution"), (Right.SEE_FACTS,), "o", "figures"),
    Entry("desk:releases", _("Open data"), (Right.RELEASE_FIGURES,), "x", "figures"),
    Entry("desk:search", _("Search"), (Right.SEARCH_PERSONS, Right.TRIAGE), "c"),
    Entry("desk:shelters", _("Shelters"), (Right.KEEP_SHELTERS,), "i", "keeping"),
    Entry("desk:event_codes", _("Event codes"), (Right.KEEP_EVENT_CODES,), "a", "keeping"),
    Entry("desk:officers", _("Officers"), (Right.KEEP_OFFICERS,), "p", "keeping"),
    Entry("desk:journal", _("Journal"), (Right.READ_JOURNAL,), "j", "keeping"),
    Entry("desk:requests", _("Data requests"), (Right.KEEP_CASES, Right.WORK_ON_CASES), "m", "keeping"),
    Entry("desk:retention", _("Retention"), (Right.ERASE,), "s", "keeping"),
    Entry("desk:breaches", _("Breaches"), (Right.HANDLE_BREACHES,), "b", "keeping"),
    Entry("desk:assessment", _("Assessment of impact"), (Right.READ_ASSESSMENT,), "e", "keeping"),
    Entry("desk:complaints", _("Complaints"), (Right.HEAR_COMPLAINTS, Right.EXCLUDE), "u", "keeping"),
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
    return context | {"menu": menu_of(officer)}


def menu_of(officer):
    """The menu of an officer: a list of entries and, where they would not stand in one row, of groups of them."""
    entries = [entry for entry in MENU if may_enter(entry, officer)]
    if len(entries) <= ONE_ROW:
        return entries
    by_group = {code: tuple(entry for entry in entries if entry.group == code) for code in GROUPS}
    grouped = [Group(GROUPS[code], found) for code, found in by_group.items() if len(found) > 1]
    inside = {entry.address for group in grouped for entry in group.entries}
    return [*(entry for entry in entries if entry.address not in inside), *grouped]


def may_enter(entry, officer):
    """Whether a line of the menu leads anywhere for an officer."""
    # An agency that takes no reports has nobody who reads them, whatever the role.
    rights = [right for right in entry.rights if right != Right.TRIAGE or officer.agency.triages]
    if entry.address == "desk:complaints":
        return hears_complaints(officer)
    level = level_of(officer.jurisdiction)
    if (entry.address in NO_VILLAGE and level == VILLAGE) or (entry.address == "desk:region" and level == DISTRICT):
        return False
    return any(officer.may(right) for right in rights)


def first_page(officer):
    """Where an officer begins: the first line of the role's menu."""
    return next((entry.address for entry in MENU if may_enter(entry, officer)), "desk:secrecy")
