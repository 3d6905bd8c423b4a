"""Each module has its test module, and one word finds both."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE, TESTS = ROOT / "simpul", ROOT / "tests"

# What is tested through everything that uses it: names, addresses and settings.
WITHOUT = {"__init__.py", "__main__.py", "apps.py", "urls.py", "settings.py", "portal_settings.py", "portal_urls.py",
           "wsgi.py"}  # fmt: skip
# In a door, page and form of one noun are tested together. Short commands share a module of tests.
FOLDED = {"views", "forms", "management", "commands", "templatetags"}


def modules():
    return sorted(
        path.relative_to(SOURCE)
        for path in SOURCE.rglob("*.py")
        if path.name not in WITHOUT and "migrations" not in path.parts and not path.name.endswith("_urls.py")
    )


def mirror_of(module):
    """Where the test module of a module stands."""
    folders = [part for part in module.parent.parts if part not in FOLDED]
    return Path(*folders, f"test_{module.name}")


def test_there_are_modules_to_look_at():
    assert len(modules()) > 80
    assert mirror_of(Path("cases/models/care.py")) == Path("cases/models/test_care.py")
    assert mirror_of(Path("desk/views/referrals.py")) == mirror_of(Path("desk/forms/referrals.py"))


@pytest.mark.parametrize("module", modules(), ids=str)
def test_each_module_has_its_test_module(module):
    mirrors = [mirror_of(module), module.with_name(f"test_{module.name}")]
    if "commands" in module.parts:
        mirrors.append(mirrors[0].with_name("test_commands.py"))
    assert any((TESTS / mirror).is_file() for mirror in mirrors), f"simpul/{module} has no tests/{mirrors[0]}"


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_name_says_where_to_look(module):
    names = {part.removesuffix(".py") for part in module.parts}
    assert not names & {"utils", "core", "common", "services_layer", "helpers", "managers", "misc", "base"}


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_module_opens_by_saying_what_it_is_about(module):
    first = (SOURCE / module).read_text().lstrip()
    assert first.startswith('"""'), f"simpul/{module} has no docstring"
