"""What tests of the house share: they open thousands of pages and ask only what stands on them."""

import pytest
from django.template import Template


@pytest.fixture(autouse=True)
def _pages_without_notes(monkeypatch):
    """Django's tests keep of every template what it was filled with. Nobody asks for it here, and it takes long."""
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
