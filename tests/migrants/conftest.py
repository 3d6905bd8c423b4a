import pytest

from tests.returns import with_returns


@pytest.fixture
def w(world):
    """The small world with a post at the border, an office for workers and a village."""
    return with_returns(world)
