"""What the operator's commands borrow from the rooms they stand above."""

from tests.confidentiality.conftest import folder  # noqa: F401
from tests.console.scans import scan  # noqa: F401
from tests.journal.conftest import book, tamper  # noqa: F401
