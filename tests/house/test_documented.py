"""Every act, role, right, command, catalogue, setting and job has its line in docs."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from simpul.agencies.roles import RIGHTS, Right, Role
from simpul.console import jobs
from simpul.console import main as console
from simpul.journal.acts import READINGS, Act
from simpul.reference.catalogues import CATALOGUES

ROOT = Path(settings.ROOT)
SETTING = re.compile(r"""["'](SIMPUL_[A-Z_]+)["']""")
# Passed between processes of Simpul itself; nobody sets them.
INTERNAL = {"SIMPUL_KEYS_MADE"}


def page(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def rows(name):
    """The table rows of a page by the code in their first cell."""
    lines = (line for line in page(name).splitlines() if line.startswith("| `"))
    return {line.split("`")[1]: [cell.strip() for cell in line.strip("|").split("|")] for line in lines}


def own_commands():
    return console.own_commands(console.commands())


def settings_read():
    found = set()
    for path in (ROOT / "simpul").rglob("*.py"):
        found |= set(SETTING.findall(path.read_text(encoding="utf-8")))
    return found - INTERNAL


def test_there_is_something_to_document():
    assert len(Act) > 40
    assert len(own_commands()) > 5
    assert {"SIMPUL_HOME", "SIMPUL_HOSTS"} <= settings_read()


@pytest.mark.parametrize("act", Act)
def test_every_act_has_its_line(act):
    cells = rows("acts.md").get(act)
    assert cells, f"{act} has no line in docs/acts.md."
    assert all(cells)
    assert ("**reading**" in cells[1]) == (act in READINGS)


def test_no_line_tells_of_an_act_that_does_not_exist():
    assert set(rows("acts.md")) == set(Act)


@pytest.mark.parametrize("name", [*Role, *Right])
def test_every_role_and_right_has_its_line(name):
    assert name in rows("roles.md"), f"{name} has no line in docs/roles.md."


def test_the_table_of_rights_is_what_the_code_does():
    table = page("roles.md").split("## Who has which")[1]
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("|")]
    roles = [cell.strip("`") for cell in lines[0][1:]]
    told = {
        (role, line[0].strip("`")) for line in lines[2:] for role, cell in zip(roles, line[1:], strict=True) if cell
    }
    assert told == {(role, right) for role, rights in RIGHTS.items() for right in rights}


@pytest.mark.parametrize("name", sorted(own_commands()))
def test_every_command_has_its_line(name):
    assert re.search(rf"`simpul {name}\b", page("running.md")), f"simpul {name} has no line in docs/running.md."


@pytest.mark.parametrize("name", sorted(CATALOGUES))
def test_every_catalogue_has_its_line(name):
    assert name in rows("catalogues.md"), f"{name} has no line in docs/catalogues.md."


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_every_setting_has_its_line(name):
    assert f"`{name}`" in page("running.md"), f"{name} has no line in docs/running.md."


@pytest.mark.parametrize("job", jobs.JOBS, ids=lambda job: job.name)
def test_every_job_has_its_line(job):
    assert f"`{job.name}`" in page("running.md"), f"The job {job.name} has no line in docs/running.md."
