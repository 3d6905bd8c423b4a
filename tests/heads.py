"""Who decides in tests: Gusti, head of a region, and a month of clocks and cases that he reads of."""

from datetime import timedelta

from simpul.agencies import offices, people
from simpul.agencies.roles import Role
from simpul.insight import figures, tallies
from simpul.intake import triage
from simpul.obligations import book
from simpul.places.models import Place
from tests.world import PASSWORD


def head_of_region(world, place="61.07"):
    """Gusti, head of Bengkayang or of another region."""
    figures.places_at.cache_clear()
    office = offices.record(
        f"Kepala daerah {place}", kind="head_of_region", place=Place.objects.get(pk=place), by=None, at=world.at
    )
    gusti = people.record(
        f"gusti{place}", full_name="Gusti Hardiman", agency=office, role=Role.HEAD_OF_REGION, password=PASSWORD,
        by=None, at=world.at,
    )  # fmt: skip
    people.acknowledge_secrecy(gusti, at=world.at)
    return gusti


def with_a_month(world):
    """Four reports of the last days became cases in time; two others were left for three weeks. All is counted."""
    for days in range(1, 5):
        at = world.at - timedelta(hours=days)
        triage.accept(world.report(at=at), by=world.rina, at=at + timedelta(minutes=30))
    for days in (20, 22):
        world.report(at=world.at - timedelta(days=days), place="61.07.07.2002")
    book.let_time_pass(at=world.at)
    tallies.refresh(at=world.at)
    return world
