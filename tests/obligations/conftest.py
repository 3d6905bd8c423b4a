"""An obligation on something that is neither a report nor a case: this room knows neither."""

import pytest

from simpul.obligations import book
from tests.world import JAGOI


@pytest.fixture
def owe(world, now):
    """Open an obligation of a rule: by default UPTD PPA Bengkayang owes it in Jagoi, by Rina's act."""

    def open_(code, *, on="cases.case:7", owed_by=None, place=JAGOI, at=now, **more):
        told = {"file": "cases.case:7", "number": "K-2026-0007", "by": world.rina} | more
        return book.open_(code, on=on, owed_by=owed_by or world.uptd, place=place, at=at, **told)

    return open_
