"""What serves pages does not go through the whole application whenever it collects garbage."""

import gc
import importlib

import pytest

from simpul import wsgi


@pytest.fixture
def served():
    """The application as a server begins it; afterwards the collector sees everything again."""
    gc.unfreeze()
    yield importlib.reload(wsgi)
    gc.unfreeze()


def test_what_the_application_is_made_of_is_left_alone(served):
    assert callable(served.application)
    assert gc.get_freeze_count() > 10 * len(gc.get_objects())
