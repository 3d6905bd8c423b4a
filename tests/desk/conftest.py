"""What tests of the desk share: the world as it is today, and officers who are signed in."""

import pytest
from django.utils import timezone

from tests.world import World, signed_in


@pytest.fixture
def today_world(db):
    """The small world at this moment: the doors of the desk ask the clock, so its clocks run from now."""
    return World(timezone.now())


@pytest.fixture
def desk(settings):
    """A browser in which an officer is signed in, with the second factor given: `desk(world.rina)`."""
    return signed_in
