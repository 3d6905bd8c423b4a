"""What an operator sets becomes a setting, and a mistake becomes a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from simpul import environment


@pytest.mark.parametrize(("typed", "meant"), [("1", True), ("Yes", True), ("off", False), ("0", False), ("", True)])
def test_a_yes_or_no_is_read_as_people_write_it(monkeypatch, typed, meant):
    monkeypatch.setenv("SIMPUL_X", typed)
    assert environment.flag("SIMPUL_X", default=True) is meant


def test_what_is_neither_yes_nor_no_is_said(monkeypatch):
    monkeypatch.setenv("SIMPUL_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="neither yes nor no"):
        environment.flag("SIMPUL_X", default=True)


def test_a_list_leaves_out_blanks(monkeypatch):
    monkeypatch.setenv("SIMPUL_X", "a.example, ,b.example,")
    assert environment.listed("SIMPUL_X", default="") == ["a.example", "b.example"]


def test_without_a_database_url_the_installation_keeps_its_own_file(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = environment.database(tmp_path)
    assert Path(found["NAME"]) == tmp_path / "simpul.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://rina:p%40ss@db.example:5433/simpul")
    found = environment.database(tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "rina", "p@ss", "db.example", "5433", "simpul",
    )  # fmt: skip


def test_an_unknown_kind_of_database_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        environment.database(tmp_path)


def test_a_process_reads_only_the_key_files_it_is_given(monkeypatch, tmp_path):
    monkeypatch.delenv("SIMPUL_KEYS", raising=False)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "portal.json").write_text('{"seal_key": "a"}')
    (tmp_path / "keys" / "opening.json").write_text('{"seeds": {}}')
    assert environment.keys(tmp_path, "portal.json") == {"seal_key": "a"}
    assert set(environment.keys(tmp_path, "portal.json", "opening.json")) == {"seal_key", "seeds"}
