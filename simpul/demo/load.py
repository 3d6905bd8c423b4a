"""Loading the invented year into an empty demonstration, through the same acts that officers use.

Pages know from `settings.DEMO` that what they show is invented; the installation remembers that it is a demonstration
and refuses to become a real one.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from simpul.agencies.models import Officer
from simpul.cases.models import Case, Involvement, Referral, Service
from simpul.demo import (
    chapters,
    links,
    privacy,
    register,
    releases,
    returns,
    reviewed,
    today,
    trials,
    truth,
    watched,
    ways,
)
from simpul.demo.beginnings import Now
from simpul.demo.diary import Diary
from simpul.demo.handling import Office
from simpul.demo.world import BEGAN, found
from simpul.insight import tallies
from simpul.intake import jobs
from simpul.intake.models import Report
from simpul.lib.rules import NotAllowed
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from simpul.places.regions import regency_of, within

REGION = "61"
# How much of the year a first start plays, so that its first page is there within a minute. What is told by hand is
# always there in full.
SHARE = 0.5


@dataclass(frozen=True)
class Counts:
    """How much the invented year holds."""

    reports: int
    cases: int
    victims: int
    services: int
    referrals: int
    obligations: int


@transaction.atomic
def load(*, at, scale=SHARE):
    """Make the year that ends at a moment; `scale` makes it smaller or whole. All of it comes, or nothing."""
    _check_is_empty()
    at = timezone.localtime(at)
    world = found(at=at - timedelta(days=BEGAN))
    diary = Diary(until=at)
    office = Office(world, diary)
    for event in truth.year(at=at, villages=villages(), scale=scale):
        office.begin_event(event)
    for kind in (chapters, trials, links, privacy, reviewed):
        kind.begin(office, now=Now(at))
    returns.begin(office, now=Now(at))
    register.begin(office, now=Now(at), scale=scale)
    today.begin(office, at=at)
    ways.begin(office, now=Now(at))
    releases.begin(office, now=Now(at))
    watched.begin(office, now=Now(at))
    diary.play()
    while jobs.index_contacts(at=at):
        pass
    tallies.refresh(at=at)
    return counts()


def villages():
    """Codes of all villages by regency, in the order of their codes."""
    found_in = {}
    codes = Place.objects.filter(within(REGION, "code"), level=Place.Level.VILLAGE, retired_on=None)
    for code in codes.order_by("code").values_list("code", flat=True):
        found_in.setdefault(regency_of(code), []).append(code)
    return found_in


def counts():
    return Counts(
        reports=Report.objects.real().count(),
        cases=Case.objects.count(),
        victims=Involvement.objects.filter(part=Involvement.Part.VICTIM).count(),
        services=Service.objects.count(),
        referrals=Referral.objects.count(),
        obligations=Obligation.objects.count(),
    )


def _check_is_empty():
    if Officer.objects.exists() or Report.objects.exists():
        raise NotAllowed(
            _("There are officers or reports already. An invented year is loaded only into an empty installation:"
              " choose another SIMPUL_HOME.")
        )  # fmt: skip
    if not Place.objects.filter(level=Place.Level.VILLAGE).exists():
        raise NotAllowed(_("There are no places yet. Run `simpul load-places` first."))
