"""Releases in tests: people who came home in a quarter, who drafts, and who looks at it."""

from datetime import date

from simpul.agencies import people
from simpul.agencies.roles import Role
from simpul.confidentiality import signing
from simpul.insight import figures, release
from tests.insight.test_figures import Arrivals
from tests.world import PASSWORD

SAMBAS = "61.01.01.2001"
QUARTER = "2026-Q2"


class Releasing:
    """44 people who came home to Bengkayang and 28 to Sambas from April to June 2026, three of them girls."""

    def __init__(self, world):
        figures.places_at.cache_clear()
        self.world, self.arrivals = world, Arrivals(world)
        self.gusti = people.record(
            "gusti", full_name="Gusti Hardiman", agency=world.secretariat, role=Role.HEAD_OF_REGION,
            password=PASSWORD, by=None, at=world.at,
        )  # fmt: skip
        people.acknowledge_secrecy(self.gusti, at=world.at)
        self.arrivals.come(30, sex="L", age=30, on=date(2026, 5, 3))
        self.arrivals.come(14, sex="P", age=20, on=date(2026, 4, 3))
        self.arrivals.come(25, sex="L", age=40, on=date(2026, 6, 3), home=SAMBAS)
        self.arrivals.come(3, sex="P", age=15, on=date(2026, 6, 3), home=SAMBAS)

    def draft(self, period=QUARTER, **more):
        return release.draft(period, by=self.world.dewi, at=self.world.at, **more)

    def approved(self, **more):
        return release.approve(self.draft(**more), by=self.gusti, at=self.world.at)

    def published(self, **more):
        return release.publish(self.approved(**more), sign=signing.sign, by=self.gusti, at=self.world.at)

    def withdraw(self, one):
        return release.withdraw(one, because="wrong_figures", by=self.gusti, at=self.world.at)

    def number(self, one, table, row, column):
        """What a release shows in a cell; None where it hides it."""
        kept = next(each for each in one.tables if each["code"] == table)
        return next(value for at, code, value in kept["rows"] if (at, code) == (row, column))
