"""The operator's command."""

import pytest

from simpul.console import main as console


def test_the_list_shows_what_an_operator_needs_and_no_more(capsys):
    assert console.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in ("serve", "work", "jobs", "backup", "first-officer", "load-demo", "check", "migrate"):
        assert f"  {name} " in shown
    for clutter in ("runserver", "sqlmigrate", "db_worker", "load_demo", "--pythonpath"):
        assert clutter not in shown


def test_every_command_in_the_list_says_what_it_is_for(capsys):
    console.main([])
    entries = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert entries
    assert not [line for line in entries if len(line.split(maxsplit=1)) < 2]


def test_an_unknown_command_gets_a_sentence_and_a_guess(capsys):
    assert console.main(["bakcup"]) == 1
    assert (
        capsys.readouterr().err == "There is no command 'bakcup'. Did you mean backup? simpul --help lists them all.\n"
    )


def test_a_command_tells_its_own_options_and_none_of_the_framework(capsys):
    with pytest.raises(SystemExit) as end:
        console.main(["load-catalogues", "--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert "simpul load-catalogues" in shown
    assert "--plan" in shown
    assert "--traceback" not in shown


def test_a_mistake_is_a_sentence_without_a_trace(capsys):
    assert console.main(["backup"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Say where the backup goes")
    assert "Traceback" not in said


def test_of_a_database_error_only_the_first_line_is_told():
    told = console.about_the_database(Exception("no such table: t\nDETAIL: (Wati, 0812)"))
    assert "simpul migrate" in told
    assert "Wati" not in told
