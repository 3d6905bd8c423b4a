"""What every test may use. Rooms add their own fixtures in their own conftest."""

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

from simpul.reference import catalogues
from tests.installation import installed, installed_empty  # noqa: F401
from tests.once import once  # noqa: F401
from tests.stage import pytest_fixture_setup, pytest_runtest_teardown, world  # noqa: F401
from tests.world import NOW, budi, django_db_setup, rina, siti  # noqa: F401

# How long an example takes says something about the machine, not about the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture
def now():
    """The moment at which a test begins: a Monday morning in Pontianak."""
    return NOW


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


# What a test asks for that meets the database.
OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """Modules with slow tests come first, so that processes side by side have done at the same time.

    What meets no database says the same on every one, and is left to the run on SQLite.
    """
    if connection.vendor == "postgresql":
        apart = [item for item in items if not _meets_the_database(item)]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if _meets_the_database(item)]
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def _meets_the_database(item):
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return marked or not OF_THE_DATABASE.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def _catalogues_as_in_the_database():
    """A test that changed the catalogues leaves nothing of it in the memory of the process."""
    yield
    catalogues.forget()
