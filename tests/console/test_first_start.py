"""The first start: what is invented and what is real are never mixed, and what is done is not done again."""

import json

import pytest
from django.core.management.base import CommandError

from simpul.console import first_start


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.mark.parametrize(("kind", "demo"), [("demonstration", False), ("real", True)])
def test_a_demonstration_does_not_start_as_a_real_installation_nor_the_other_way(home, settings, kind, demo):
    (home / "start.json").write_text(json.dumps({"kind": kind}))
    settings.DEMO = demo
    with pytest.raises(CommandError, match="DEMO=0"):
        first_start.check_kind(first_start.read_marks())


@pytest.mark.parametrize(("kind", "demo"), [("demonstration", True), ("real", False), (None, True), (None, False)])
def test_what_it_began_as_it_may_go_on_as(settings, kind, demo):
    settings.DEMO = demo
    first_start.check_kind({"kind": kind})


def test_what_was_loaded_is_not_loaded_again_until_its_source_changes(home):
    said, marks = [], {"catalogues": "as it was"}
    first_start.load("catalogues", "Catalogues", "as it was", marks, said.append)
    assert said == []
    assert not (home / "start.json").exists()


def test_marks_that_cannot_be_read_count_as_none(home):
    (home / "start.json").write_text("{")
    assert first_start.read_marks() == {}


def test_a_file_that_changes_changes_the_fingerprint(tmp_path):
    (tmp_path / "a.csv").write_text("one")
    before = first_start.of_files(tmp_path.glob("*"))
    assert first_start.of_files(tmp_path.glob("*")) == before
    (tmp_path / "a.csv").write_text("two")
    assert first_start.of_files(tmp_path.glob("*")) != before


@pytest.mark.django_db
def test_a_database_with_all_its_tables_needs_no_migration():
    assert first_start.pending_migrations() == (False, False)
