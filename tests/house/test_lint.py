"""What no linter holds: how strict the linter is, what a package may be called, what a file may name."""

import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAYS_NOTHING = {"utils", "util", "core", "common", "services", "helpers", "managers"}
OF_OTHER_TOOLS = {"uv.lock", "package-lock.json", "poetry.lock", "Pipfile.lock", "pylock.toml"}
# Written in two parts, so that this file does not name them either.
PACKAGE_SERVERS = tuple("".join(parts) for parts in (
    ("pypi", ".org"), ("python", "hosted"), ("registry", ".npmjs"), ("registry", ".yarnpkg"), ("deb", ".debian"),
    ("index", "-url"),
))  # fmt: skip


@pytest.fixture(scope="module")
def files():
    """Every file of the repository, also those not yet committed; elsewhere than in a checkout there is no list."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("this is not a checkout of git")
    return [path for name in answer.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.fixture(scope="module")
def ruff():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]


def test_a_function_has_ten_ways_through_at_most(ruff):
    assert ruff["lint"]["mccabe"]["max-complexity"] == 10
    assert "C90" in ruff["lint"]["select"]


def test_no_file_is_excused_from_complexity(ruff):
    excused = [rule for rules in ruff["lint"]["per-file-ignores"].values() for rule in rules]
    assert not [rule for rule in excused + ruff["lint"]["ignore"] if rule.startswith("C9")]


def test_only_doors_and_tests_may_use_requests_forms_and_pages(ruff):
    banned = ruff["lint"]["flake8-tidy-imports"]["banned-api"]
    assert set(banned) == {"django.http", "django.forms", "django.shortcuts"}
    doors = {name for name, rules in ruff["lint"]["per-file-ignores"].items() if "TID251" in rules}
    assert doors == {"simpul/portal/**", "simpul/desk/**", "tests/**"}


def test_no_module_has_a_name_that_says_nothing():
    names = {path: path.stem for path in (ROOT / "simpul").rglob("*.py")}
    names |= {path.parent: path.parent.name for path in names if path.name == "__init__.py"}
    # The one exception is the field's own word: services are what a victim receives.
    field_words = {ROOT / "simpul" / "cases" / "services.py", ROOT / "simpul" / "desk" / "views" / "services.py"}
    field_words |= {ROOT / "simpul" / "desk" / "forms" / "services.py"}
    assert names
    assert not {path for path, name in names.items() if name in SAYS_NOTHING} - field_words


def test_no_lock_file_of_another_tool_is_kept(files):
    assert not {path.name for path in files} & OF_OTHER_TOOLS


def test_no_file_names_a_package_server(files):
    assert len(files) > 50
    found = [(path.relative_to(ROOT), name) for path in files for name in PACKAGE_SERVERS if holds(path, name)]
    assert not found


def holds(path, name):
    return name.encode() in path.read_bytes().lower()


def test_every_pinned_package_has_its_hash():
    for lock in [*(ROOT / "requirements").glob("*.lock"), ROOT / "requirements" / "installer.txt"]:
        pins = lock.read_text().replace("\\\n", " ").splitlines()
        assert pins
        assert not [pin for pin in pins if "==" in pin and "--hash=sha256:" not in pin]
