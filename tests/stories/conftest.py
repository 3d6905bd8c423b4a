"""What stories borrow from the rooms they pass through."""

import pytest

from tests.confidentiality.conftest import folder  # noqa: F401
from tests.journal.conftest import tamper  # noqa: F401
from tests.stories.law import Law


@pytest.fixture
def law(world):
    """Prosecutor, court and LPSK beside the small world."""
    return Law(world)
