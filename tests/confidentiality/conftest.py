"""Keys of one's own, so that a test may lose, rotate and restore them."""

import pytest

from simpul.confidentiality import keys


@pytest.fixture
def folder(settings, tmp_path):
    """A folder with both key files, which this process uses until the end of the test."""
    settings.KEYS_FOLDER = tmp_path / "keys"
    keys.make(settings.KEYS_FOLDER)
    # The journal of the test run has begun with its own key.
    portal = settings.KEYS_FOLDER / keys.PORTAL
    keys.write(portal, keys.read(portal) | {"journal_key": settings.KEYS["journal_key"]})
    take_up(settings)
    return settings.KEYS_FOLDER


def take_up(settings, *names):
    """What a process reads when it starts: both files, or only those named."""
    found = {}
    for name in names or (keys.PORTAL, keys.OPENING):
        found |= keys.read(settings.KEYS_FOLDER / name)
    settings.KEYS = found
