"""What tests of papers share with those of privacy: people sent home."""

from tests.privacy.conftest import homecoming  # noqa: F401
