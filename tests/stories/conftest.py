"""What stories borrow from the rooms they pass through."""

from tests.confidentiality.conftest import folder  # noqa: F401
from tests.journal.conftest import tamper  # noqa: F401
