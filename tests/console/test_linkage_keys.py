"""`simpul linkage-keys`: what the key holder makes, allows, ends and looks at."""

import io
import os
import re
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from simpul.console.management.commands import serve as serve_command
from simpul.console.management.commands.linkage_keys import (
    granted_for_the_demonstration,
    grants,
    keeper_arguments,
    ledger_of,
    log_of,
)
from simpul.linkage.custody import client
from simpul.linkage.custody.epochs import Folder
from simpul.linkage.custody.keeper import name_of
from simpul.linkage.matching import keys
from tests.linkage.custody.conftest import Process

LINK = re.compile(r"\d+:[0-9a-f]{64}")
ME = name_of(os.getuid())


def run(*arguments):
    said = io.StringIO()
    call_command("linkage_keys", *arguments, stdout=said, stderr=io.StringIO())
    return said.getvalue()


@pytest.fixture
def home(settings):
    """A folder and a socket that nobody uses yet."""
    with tempfile.TemporaryDirectory(prefix="simpul-keys-") as made:
        settings.LINKAGE_KEYS = Path(made) / "linkage-keys"
        settings.LINKAGE_SOCKET = str(Path(made) / "socket")
        settings.LINKAGE_CALLERS = []
        yield Path(made)


@pytest.fixture
def made(home):
    run("make", "--epoch", "2026")
    return home


@pytest.fixture
def running(made, settings):
    process = Process(settings.LINKAGE_KEYS, Path(settings.LINKAGE_SOCKET)).start()
    yield process
    process.end()
    if getattr(client._here, "connection", None) is not None:
        client._here.connection.close()
        client._here.connection = None


def test_make_says_who_may_read_it_and_that_no_backup_holds_it(home, settings):
    said = run("make", "--epoch", "2026")
    assert str(settings.LINKAGE_KEYS) in said
    assert "no backup" in said
    assert settings.LINKAGE_KEYS.stat().st_mode & 0o777 == 0o700
    with pytest.raises(CommandError, match="never overwritten"):
        run("make")


def test_before_there_are_keys_every_act_says_what_to_run(home):
    for act in (["status"], ["verify"], ["begin-epoch"], ["serve"], ["end-epoch", "2026"]):
        with pytest.raises(CommandError, match="linkage-keys make|cannot be read"):
            run(*act)


def test_status_tells_who_asked_how_much_in_words(running):
    for _number in range(3):
        client.evaluate([("name", "SITI"), ("name", "AMINAH")], purpose="test", by=None)
    serials = [[("nik", f"610408010185{serial:04d}")] for serial in range(20)]
    with pytest.raises(client.Refused):
        [client.evaluate(evidence, purpose="test", by=None) for evidence in serials]
    said = run("status")
    assert re.search(rf"{ME} +simpul +8 records with 11 tags; 1 questions were refused", said)
    assert "Epoch 2026  in use" in said
    assert "listens on" in said
    assert "give it a user of its own" in said
    assert LINK.search(said)


def test_status_of_a_quiet_day(made, settings):
    settings.LINKAGE_CALLERS = ["root"]
    said = run("status")
    assert "Nobody asked for anything in 7 days." in said
    assert "does not run" in said
    assert "user of its own" not in said


def test_verify_finds_what_was_altered_and_what_was_cut_off(running, settings):
    client.evaluate([("name", "SITI")], purpose="test", by=None)
    running.end()
    said = run("verify")
    assert "The log holds: 4 lines." in said
    anchor = LINK.search(said)[0]
    assert "The log holds" in run("verify", "--anchor", anchor)
    (path,) = (settings.LINKAGE_KEYS / "log").glob("*.jsonl")
    whole = path.read_text()
    path.write_text(whole.replace('"by": "system"', '"by": "officer:9"'))
    with pytest.raises(CommandError, match="does not hold"):
        run("verify")
    path.write_text("".join(whole.splitlines(keepends=True)[:-1]))
    with pytest.raises(CommandError, match="does not hold"):
        run("verify")
    with pytest.raises(CommandError, match="NUMBER:LINK"):
        run("verify", "--anchor", "three")


def test_bulk_work_needs_a_grant_of_the_key_holder_which_is_logged(running, settings):
    said = run("allow", "--records", "2", "--until", later(), "--reason", "Encoding the register anew")
    name = re.search(r"Grant ([0-9a-f]{12})", said)[1]
    assert f"{ME} may have 2 records" in said
    people = [[("name", f"NAME{number}")] for number in range(3)]
    with pytest.raises(client.Refused, match=r"2"):
        [*client.evaluate_each(people, purpose="register", by=None, grant=name)]
    text = "".join(path.read_text() for path in (settings.LINKAGE_KEYS / "log").glob("*.jsonl"))
    assert '"what": "allowed"' in text
    assert "Encoding the register anew" in text
    assert "The log holds" in run("verify")


def test_a_grant_is_shown_until_it_is_ended(made):
    said = run("allow", "--records", "2000", "--until", later(), "--reason", "Encoding the register anew")
    name = re.search(r"Grant ([0-9a-f]{12})", said)[1]
    assert "2,000 of 2,000 left" in run("status")
    assert "is ended" in run("withdraw", name)
    assert name not in run("status")
    with pytest.raises(CommandError, match="There is no grant"):
        run("withdraw", name)


@pytest.mark.parametrize(
    ("records", "until", "reason"),
    [
        ("0", None, "Encoding"), ("10", "2026-13-45", "Encoding"), ("10", "soon", "Encoding"),
        ("10", "2020-01-01", "Encoding"), ("10", "2199-01-01", "Encoding"), ("10", None, " "),
    ],
)  # fmt: skip
def test_a_grant_has_a_number_an_end_and_a_reason(made, records, until, reason):
    with pytest.raises(CommandError):
        run("allow", "--records", records, "--until", until or later(), "--reason", reason)


def test_a_grant_is_for_a_user_who_may_ask(made, settings):
    settings.LINKAGE_CALLERS = ["root", "daemon"]
    with pytest.raises(CommandError, match="--caller, one of root, daemon"):
        run("allow", "--records", "10", "--until", later(), "--reason", "Encoding")
    said = run("allow", "--records", "10", "--until", later(), "--reason", "Encoding", "--caller", "daemon")
    assert "daemon may" in said


def test_an_epoch_is_begun_and_the_old_one_ended(running, settings):
    old = client.evaluate([("name", "SITI")], purpose="test", by=None)
    assert "end-epoch 2026" in run("begin-epoch", "2027")
    both = client.evaluate([("name", "SITI")], purpose="test", by=None)
    assert both.epochs["2026"] == old.tags
    assert both.current == "2027"
    assert "Epoch 2026  still open" in run("status")
    assert "is destroyed" in run("end-epoch", "2026")
    assert [*client.evaluate([("name", "SITI")], purpose="test", by=None).epochs] == ["2027"]
    assert [*Folder(settings.LINKAGE_KEYS).rings()] == ["2027"]
    with pytest.raises(CommandError, match="in use"):
        run("end-epoch", "2027")


def test_no_act_shows_a_secret(made, settings):
    secrets = [path.read_text() for path in (settings.LINKAGE_KEYS / "epochs").iterdir()]
    shown = run("status") + run("verify") + run("begin-epoch", "2027")
    for text in secrets:
        assert text.split('"secret": "')[1].split('"')[0] not in shown


def test_a_key_file_for_two_lists_is_made_once_and_read_by_its_owner_alone(home, tmp_path):
    path = tmp_path / "two-lists.key"
    said = run("key-file", str(path), "--epoch", "2026")
    ring = keys.read_file(path)
    assert ring.fingerprint in said
    assert "never to whoever compares" in said
    with pytest.raises(CommandError, match="never overwritten"):
        run("key-file", str(path))
    assert not (home / "linkage-keys").exists()


def test_the_process_is_started_as_the_settings_say(made, settings):
    settings.LINKAGE_CALLERS = ["desk"]
    assert keeper_arguments() == [
        "--folder", str(settings.LINKAGE_KEYS), "--socket", settings.LINKAGE_SOCKET, "--caller", "desk",
    ]  # fmt: skip
    assert keeper_arguments(make=True)[-1] == "--make"


def test_serve_starts_it_unless_another_is_named_or_none(monkeypatch):
    monkeypatch.delenv("SIMPUL_LINKAGE_SOCKET", raising=False)
    assert serve_command.keeps_linkage_keys()
    for address in ("off", "/run/simpul-keys/socket"):
        monkeypatch.setenv("SIMPUL_LINKAGE_SOCKET", address)
        assert not serve_command.keeps_linkage_keys()


def later():
    return f"{timezone.localdate() + timedelta(days=7)}"


def test_an_installation_without_linkage_says_so_when_it_starts(settings, monkeypatch):
    settings.DEMO = False
    settings.LINKAGE_SOCKET = "keys.sock"
    assert not any("not looked for" in line for line in serve_command.welcome("127.0.0.1", 8000))
    settings.LINKAGE_SOCKET = "off"
    assert any("not looked for" in line for line in serve_command.welcome("127.0.0.1", 8000))


def test_the_demonstration_gets_a_grant_for_everybody_in_it(made, settings):
    name = granted_for_the_demonstration()
    folder = Folder(settings.LINKAGE_KEYS)
    assert any(name in line for line in grants(ledger_of(folder), timezone.now()))
    assert log_of(folder).verify(noted=ledger_of(folder).noted()).faults == []


def test_the_first_start_of_a_demonstration_makes_the_folder_of_the_key_process(settings, tmp_path):
    settings.LINKAGE_KEYS = tmp_path / "keys"
    granted_for_the_demonstration()
    assert Folder(settings.LINKAGE_KEYS).exists
