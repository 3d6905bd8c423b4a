"""What every test may use. Rooms add their own fixtures in their own conftest."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import translation

from simpul.reference import catalogues
from tests.world import budi, django_db_setup, rina, siti, world  # noqa: F401


@pytest.fixture
def now():
    """A Monday morning in Pontianak. Tests never ask the clock."""
    return datetime(2026, 8, 3, 9, 0, tzinfo=ZoneInfo("Asia/Pontianak"))


@pytest.fixture
def english():
    """Sentences are read as they stand in the source."""
    with translation.override("en"):
        yield


def pytest_runtest_setup(item):
    for vendor in ("postgresql", "sqlite"):
        marker = "postgres" if vendor == "postgresql" else vendor
        if item.get_closest_marker(marker) and connection.vendor != vendor:
            pytest.skip(f"says something about {vendor}")


@pytest.fixture(autouse=True)
def _catalogues_as_in_the_database():
    """A test that changed the catalogues leaves nothing of it in the memory of the process."""
    yield
    catalogues.forget()
