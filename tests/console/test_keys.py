"""`simpul keys`: what it makes, says and refuses."""

import io
import sys
from base64 import b64decode

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError

from simpul.confidentiality import data_keys, keys
from simpul.confidentiality.models import DataKey
from simpul.confidentiality.sealing import generation_in_use
from simpul.console import main as console
from simpul.journal.models import Entry
from simpul.persons import identities
from simpul.persons.queries import named
from tests.confidentiality.conftest import take_up


def run(*arguments):
    said = io.StringIO()
    call_command("keys", *arguments, stdout=said, stderr=io.StringIO())
    return said.getvalue()


@pytest.fixture
def empty(settings, tmp_path):
    settings.KEYS_FOLDER, settings.KEYS = tmp_path / "keys", {}
    return settings.KEYS_FOLDER


@pytest.fixture
def made(db, folder, now):
    """Three data keys with their secrets."""
    found = [data_keys.make(at=now) for _ in range(3)]
    return {data_key.pk: data_key.opened for data_key in found}


def secrets():
    return {data_key.pk: data_keys.secret_of(data_key) for data_key in DataKey.objects.all()}


def test_make_writes_both_files_and_says_what_to_do_with_each(empty, settings):
    said = run("make")
    assert sorted(path.name for path in empty.iterdir()) == ["opening.json", "portal.json"]
    assert "portal.json   seals" in said
    assert "opening.json  opens" in said
    assert "simpul keys kit" in said
    assert generation_in_use() in said
    assert set(settings.KEYS) == {
        "seal_key", "sealed_blind_key", "receipt_key", "journal_key", "signing_key", "seeds", "blind_key",
    }  # fmt: skip


def test_make_never_writes_over_keys(folder):
    before = (folder / "opening.json").read_bytes()
    with pytest.raises(CommandError, match="never overwritten"):
        run("make")
    assert (folder / "opening.json").read_bytes() == before


def test_no_command_but_the_kit_shows_a_secret(made, folder):
    opening = keys.read(folder / "opening.json")
    said = run("show") + run("rotate")
    for secret in (*opening["seeds"].values(), opening["blind_key"], keys.read(folder / "portal.json")["receipt_key"]):
        assert secret not in said


def test_show_says_what_is_sealed_to_which_key(made, folder, settings):
    old = generation_in_use()
    keys.add_generation(folder)
    take_up(settings)
    said = run("show")
    assert f"{old}  old, can be opened, 3 data keys sealed to it" in said
    assert f"{generation_in_use()}  in use, can be opened, 0 data keys sealed to it" in said


def test_show_says_what_cannot_be_opened_and_what_is_missing(made, folder, settings):
    (folder / "opening.json").unlink()
    take_up(settings, "portal.json")
    said = run("show")
    assert "opening.json  is missing" in said
    assert "CANNOT BE OPENED here, 3 data keys" in said
    assert "There is no blind key" in said


@pytest.mark.django_db
def test_show_works_before_there_are_keys(empty):
    said = run("show")
    assert said.count("is missing") == 2


def test_show_warns_of_an_opening_file_everybody_may_read(made, folder):
    assert "Everybody" not in run("show")
    (folder / "opening.json").chmod(0o644)
    assert "Everybody on this machine may read opening.json" in run("show")


def test_rotate_seals_everything_to_a_new_key_and_says_what_is_left_to_do(made):
    old = generation_in_use()
    said = run("rotate")
    new = generation_in_use()
    assert new != old
    assert secrets() == made
    assert set(DataKey.objects.values_list("generation", flat=True)) == {new}
    for step in ("Start every process", "simpul keys rotate --finish", "simpul keys kit", f"simpul keys retire {old}"):
        assert step in said
    assert Entry.objects.filter(act="keys.rotated", facts={"generation": new, "data_keys": 3}).exists()


def test_finish_seals_what_another_process_still_sealed_to_the_old_key(made, settings, now):
    at_start = settings.KEYS
    run("rotate")
    after = settings.KEYS
    settings.KEYS = at_start
    late = data_keys.make(at=now)
    settings.KEYS = after
    old = late.generation
    with pytest.raises(CommandError, match="1 data keys are still sealed"):
        run("retire", old)
    in_use = generation_in_use()
    assert "1 data keys were sealed" in run("rotate", "--finish")
    assert generation_in_use() == in_use
    assert "is forgotten" in run("retire", old)
    assert old not in settings.KEYS["seeds"]
    assert secrets() == made | {late.pk: late.opened}


def test_retire_refuses_what_is_in_use_or_unknown(made):
    run("rotate")
    with pytest.raises(CommandError, match="still sealed"):
        run("retire", generation_in_use())
    with pytest.raises(CommandError, match="There is no generation 00000000"):
        run("retire", "00000000")


def test_rotate_without_the_opening_key_makes_nothing(made, folder, settings):
    (folder / "opening.json").unlink()
    take_up(settings, "portal.json")
    before = (folder / "portal.json").read_bytes()
    with pytest.raises(CommandError, match=r"opening\.json is missing"):
        run("rotate")
    assert (folder / "portal.json").read_bytes() == before


@pytest.mark.django_db
def test_rotate_without_any_key_says_what_to_run(empty):
    with pytest.raises(ImproperlyConfigured, match="simpul keys make"):
        run("rotate")


def test_the_kit_is_three_pages_any_two_of_which_restore(made, folder, settings, tmp_path):
    pages = run("kit").split("\f")
    assert len(pages) == 3
    before = keys.read(folder / "opening.json")
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.txt").write_text(page)
    (folder / "opening.json").unlink()
    take_up(settings, "portal.json")

    said = run("restore", "--sheet", str(tmp_path / "2.txt"), "--sheet", str(tmp_path / "0.txt"))
    assert keys.read(folder / "opening.json") == before
    assert secrets() == made
    assert "It opens the 3 data keys" in said
    assert "Start every process" in said


def test_the_kit_is_written_to_three_files_that_only_their_owner_reads(made, tmp_path):
    said = run("kit", "--folder", str(tmp_path / "kit"))
    files = sorted((tmp_path / "kit").iterdir())
    assert len(files) == 3
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert all(str(path) in said for path in files)
    with pytest.raises(CommandError, match="exists"):
        run("kit", "--folder", str(tmp_path / "kit"))


def test_no_kit_is_printed_of_a_key_that_is_not_there(made, folder, settings):
    opening = keys.read(folder / "opening.json")
    keys.write(folder / "opening.json", opening | {"seeds": {}})
    with pytest.raises(CommandError, match="simpul keys restore"):
        run("kit")


def test_sheets_are_typed_where_no_file_is_given(made, folder, settings, monkeypatch):
    pages = run("kit").split("\f")
    before = keys.read(folder / "opening.json")
    (folder / "opening.json").unlink()
    take_up(settings, "portal.json")
    typed = "\n\n".join(
        "\n".join(line.strip().lower() for line in page.splitlines() if line.startswith("    ")) for page in pages[:2]
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed + "\n"))
    run("restore")
    assert keys.read(folder / "opening.json") == before


@pytest.mark.parametrize("typed", ["", "ABCD EFGH\n", "ABCD\nEFGH\n\n"])
def test_one_sheet_is_not_enough(made, monkeypatch, typed):
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(CommandError, match="Two sheets are needed"):
        run("restore")


def test_a_mistake_on_a_sheet_is_said_and_changes_nothing(made, folder, tmp_path):
    pages = run("kit").split("\f")
    (tmp_path / "1.txt").write_text(pages[0])
    (tmp_path / "2.txt").write_text(pages[1].replace("    A", "    B", 1))
    before = (folder / "opening.json").read_bytes()
    with pytest.raises(CommandError, match="second sheet has a typing mistake"):
        run("restore", "--sheet", str(tmp_path / "1.txt"), "--sheet", str(tmp_path / "2.txt"))
    with pytest.raises(CommandError, match="Two sheets are needed"):
        run("restore", "--sheet", str(tmp_path / "1.txt"))
    with pytest.raises(CommandError, match="cannot be read"):
        run("restore", "--sheet", str(tmp_path / "1.txt"), "--sheet", str(tmp_path / "none.txt"))
    assert (folder / "opening.json").read_bytes() == before


def test_without_the_blind_key_it_is_said_how_to_search_again(world, made, folder, settings, now):
    identities.record(by=world.rina, at=now, name="Kenanga Wijaya")
    (seed,) = (b64decode(text) for text in settings.KEYS["seeds"].values())
    old = generation_in_use()
    run("rotate")
    (folder / "opening.json").unlink()
    keys.restore_seed(folder, seed)
    new_seed_too = keys.read(folder / "opening.json")
    assert set(new_seed_too["seeds"]) == {old}
    take_up(settings)
    assert "There is no blind key" in run("show")


def test_reindex_makes_a_lost_blind_key_anew_and_everybody_findable(world, folder, settings, now):
    melati = identities.record(by=world.rina, at=now, name="Kenanga Wijaya")
    opening = keys.read(folder / "opening.json")
    lost = opening.pop("blind_key")
    keys.write(folder / "opening.json", opening)
    take_up(settings)
    said = run("reindex")
    assert "1 persons are indexed" in said
    assert keys.read(folder / "opening.json")["blind_key"] != lost
    assert named("wijaya").get() == melati


def test_a_refusal_is_one_sentence_and_an_exit_code(folder, capsys):
    assert console.main(["keys", "make"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "Traceback" not in shown.err
