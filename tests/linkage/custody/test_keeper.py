"""The key process: it answers, counts and logs; it is not led to guess, and nothing sent to it makes it fall."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.linkage.custody import keeper as keeper_module
from simpul.linkage.custody import messages
from simpul.linkage.custody.keeper import Keeper
from simpul.linkage.custody.logbook import Logbook
from simpul.linkage.matching.keys import KeysError
from tests.linkage.custody.conftest import question

SITI = [("nik", "6104080101850001"), ("name", "SITI"), ("name", "AMINAH"), ("filter", "SITI AMINAH")]


def logged(keeper):
    return [line for line in keeper.log.lines()]


def everything_written(folder):
    return b"".join(path.read_bytes() for path in folder.path.rglob("*") if path.is_file())


def test_it_gives_the_tags_of_its_secret(keeper, ask, folder):
    answer = ask(SITI)
    ring = folder.rings()["2026"]
    assert answer["epochs"]["2026"][:3] == [ring.tag(kind, text) for kind, text in SITI[:3]]
    assert tuple(answer["epochs"]["2026"][3]) == ring.filter(["SITI", "AMINAH"])
    assert answer["fingerprints"] == {"2026": ring.fingerprint}


def test_every_evaluation_has_its_line_and_no_line_has_what_was_asked(keeper, ask, folder):
    ask(SITI, purpose="person.recorded", by="officer:7")
    ask(SITI, purpose="manifest", by="officer:8", service="import")
    first, second = logged(keeper)
    assert {**first, "link": ""} == {
        "n": 1, "at": "2026-08-03T00:00:05.000+00:00", "what": "evaluated", "user": keeper_module.name_of(os.getuid()),
        "pid": 4711, "service": "simpul", "by": "officer:7", "purpose": "person.recorded", "tags": 4,
        "epochs": ["2026"], "link": "",
    }  # fmt: skip
    assert (second["service"], second["by"]) == ("import", "officer:8")
    keeper.settle()
    written = everything_written(folder)
    assert b"officer:7" in written
    for text in (b"6104080101850001", b"SITI", b"AMINAH"):
        assert text not in written


def test_during_a_changeover_both_epochs_are_evaluated(ask, folder):
    old = ask(SITI)
    folder.begin("2027")
    both = ask(SITI)
    assert both["epochs"]["2026"] == old["epochs"]["2026"]
    assert both["current"] == "2027"
    assert not set(map(str, both["epochs"]["2026"])) & set(map(str, both["epochs"]["2027"]))
    folder.end("2026")
    assert [*ask(SITI)["epochs"]] == ["2027"]


def test_nobody_but_the_named_users_is_answered(keeper):
    answer = keeper.answer(question(SITI), pid=1, uid=os.getuid() + 1)
    assert answer == {"refused": "stranger"}
    assert [line["what"] for line in logged(keeper)] == ["stranger"]


def test_who_tries_numbers_out_is_refused_and_the_log_tells(keeper, ask):
    answers = [ask([("nik", f"610408010185{serial:04d}")]) for serial in range(1, 30)]
    assert sum("epochs" in answer for answer in answers) == 5
    assert answers[-1]["refused"] == "alike: serial"
    assert answers[-1]["again_at"] == "2026-08-04T00:00:00+00:00"
    assert [line["what"] for line in logged(keeper)].count("refused") == keeper_module.MOST_LINES
    refused = logged(keeper)[-1]
    assert (refused["by"], refused["why"]) == ("officer:7", "alike: serial")


def test_many_refusals_of_a_minute_share_a_line(keeper, ask, clock):
    for _number in range(50):
        keeper.answer(b"nonsense", pid=1, uid=os.getuid())
    assert len(logged(keeper)) == keeper_module.MOST_LINES
    clock.at += timedelta(minutes=1)
    keeper.settle()
    assert logged(keeper)[-1]["more"] == 50 - keeper_module.MOST_LINES
    assert logged(keeper)[-1]["what"] == "turned away"


def test_a_grant_is_asked_for_by_its_name(keeper, ask, clock):
    name = keeper.ledger.allow(
        keeper_module.name_of(os.getuid()), records=3, until=clock.at + timedelta(hours=1), reason="Encoding a list"
    )
    assert [("epochs" in ask(SITI, grant=name)) for _number in range(4)] == [True, True, True, False]
    assert [line["grant"] for line in logged(keeper)] == [name] * 4


def test_no_tag_leaves_where_no_line_can_be_written(keeper, ask, capsys):
    os.close(keeper.log._turn)
    answer = ask(SITI)
    assert [*answer] == ["away"]
    said = capsys.readouterr().err
    assert "OSError" in said
    assert "SITI" not in said
    keeper.log = Logbook(keeper.folder.path / "log", keeper.folder.own_key())


def test_an_error_of_its_own_is_answered_and_shows_nothing_of_the_question(keeper, ask, capsys):
    keeper.folder = None
    assert [*ask(SITI)] == ["away"]
    said = capsys.readouterr().err
    assert "AttributeError at keeper.py" in said
    assert "SITI" not in said


@given(data=st.binary(max_size=200) | st.lists(st.lists(st.text(max_size=8), max_size=3), max_size=5).map(
    lambda found: json.dumps({"ask": "evaluate", "service": "s", "by": "b", "purpose": "p", "evidence": found}).encode()
))  # fmt: skip
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_is_answered(keeper, data):
    answer = keeper.answer(data, pid=1, uid=os.getuid())
    assert set(answer) & {"malformed", "epochs", "refused"}
    messages.framed(answer)


def test_the_log_of_a_day_with_everything_in_it_holds(keeper, ask, clock):
    for number in range(40):
        ask([("nik", f"61040801018500{number:02d}")])
        keeper.answer(b"{}", pid=1, uid=os.getuid() + number % 2)
        clock.at += timedelta(seconds=20)
    keeper.settle()
    assert keeper.log.verify(noted=keeper.ledger.noted()).faults == []
    assert keeper.ledger.noted() == len(logged(keeper))


def test_a_user_is_known_by_name_or_number():
    assert keeper_module.uids_of(["0", "root"]) == {0}
    assert keeper_module.name_of(0) == "root"
    assert keeper_module.name_of(987654) == "987654"
    with pytest.raises(KeysError, match="no user 'nobody-of-this-name'"):
        keeper_module.uids_of(["nobody-of-this-name"])


def raw(process, data, *, shut=False):
    """What comes back for these bytes, until the process has no more to say."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(process.socket))
        # Who is turned away at the door may be sent off before a word is said; what was answered can still be read.
        with contextlib.suppress(BrokenPipeError):
            connection.sendall(data)
        if shut:
            connection.shutdown(socket.SHUT_WR)
        found = b""
        while True:
            piece = connection.recv(65536)
            if not piece:
                return found
            found += piece


def test_over_its_socket_nonsense_is_answered_logged_and_survived(process):
    process.start()
    too_long = raw(process, b"\xff\xff\xff\xff")
    assert b"malformed" in too_long
    assert b"malformed" in raw(process, messages.framed("nonsense"), shut=True)
    assert raw(process, b"\0\0", shut=True) == b""
    assert raw(process, b"\0\0\0\x10half", shut=True) == b""
    deep = b"[" * 60_000
    assert b"malformed" in raw(process, len(deep).to_bytes(4, "big") + deep, shut=True)
    fine = raw(process, len(question(SITI)).to_bytes(4, "big") + question(SITI), shut=True)
    assert b'"epochs"' in fine
    said = process.end()
    assert "Traceback" not in said
    whats = [line["what"] for line in Logbook(process.folder / "log", b"").lines()]
    assert whats == ["started", "malformed", "malformed", "malformed", "evaluated", "stopped"]


def test_many_ask_at_once_and_each_gets_its_own_answer(process):
    process.start()
    found = {}

    def ask(name):
        data = question([("name", name)])
        found[name] = json.loads(raw(process, len(data).to_bytes(4, "big") + data, shut=True)[4:])["epochs"]["2026"][0]

    names = [f"NAME{number}" for number in range(30)]
    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found.values())) == len(names)


@pytest.mark.skipif(os.getuid() != 0, reason="only root starts a process as another user")
def test_as_a_user_of_its_own_it_answers_the_named_user_and_no_other(process):
    nobody = 65534
    for path in (process.folder, *process.folder.rglob("*"), process.folder.parent):
        os.chown(path, nobody, nobody)
    process.folder.parent.chmod(0o755)
    try:
        process.start("--caller", "root", user=nobody)
    except PermissionError:
        pytest.skip("another user may not run this Python")
    ours = raw(process, messages.framed({"ask": "status", "service": "s"}), shut=True)
    assert b"fingerprints" in ours
    asked = (
        "import socket, sys; c = socket.socket(socket.AF_UNIX); c.connect(sys.argv[1]);"
        "c.sendall(bytes.fromhex(sys.argv[2])); print(c.recv(999))"
    )
    theirs = subprocess.run(
        [sys.executable, "-c", asked, str(process.socket), messages.framed({"ask": "status", "service": "s"}).hex()],
        user=1, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "stranger" in theirs.stdout
    assert "fingerprints" not in theirs.stdout


def test_limits_and_log_survive_being_killed(process):
    def ask(serial):
        data = question([("nik", f"610408010185{serial:04d}")])
        return json.loads(raw(process, len(data).to_bytes(4, "big") + data, shut=True)[4:])

    process.start()
    assert ["epochs" in ask(serial) for serial in range(1, 6)] == [True] * 5
    process.kill()
    process.start()
    assert ask(6)["refused"] == "alike: serial"
    process.end()
    folder = keeper_module.Folder(process.folder)
    log = Logbook(process.folder / "log", folder.own_key())
    assert log.verify().faults == []
    assert [line["what"] for line in log.lines()] == ["started", *["evaluated"] * 5, "started", "refused", "stopped"]


def test_who_takes_all_connections_is_told_to_wait(process, monkeypatch):
    process.start()
    kept = [socket.socket(socket.AF_UNIX) for _number in range(keeper_module.MOST_CONNECTIONS)]
    for connection in kept:
        connection.connect(str(process.socket))
    assert b"Too many ask at once" in raw(process, b"")
    for connection in kept:
        connection.close()
    assert b"fingerprints" in raw(process, messages.framed({"ask": "status", "service": "s"}), shut=True)


def test_it_leaves_no_picture_of_its_memory(process):
    process.start()
    with open(f"/proc/{process.began.pid}/limits") as file:
        (core,) = [line.split() for line in file if line.startswith("Max core file size")]
    assert core[4:6] == ["0", "0"]


def test_there_is_one_key_process_for_a_folder_and_for_a_socket(process, tmp_path):
    process.start()
    second = keeper_module.main(["--folder", str(process.folder), "--socket", str(tmp_path / "other")])
    assert second == 1
    with pytest.raises(KeysError, match="already listens"):
        keeper_module.clear_away(process.socket)


def test_a_socket_that_nobody_listens_on_is_cleared_away(process):
    process.start()
    process.began.kill()
    process.began.wait()
    assert process.socket.exists()
    process.start()
    assert b"fingerprints" in raw(process, messages.framed({"ask": "status", "service": "s"}), shut=True)


def test_it_begins_with_keys_of_its_own_where_it_is_told_to(tmp_path, process):
    process.folder = tmp_path / "new" / "linkage-keys"
    process.start("--make")
    assert b"fingerprints" in raw(process, messages.framed({"ask": "status", "service": "s"}), shut=True)
    assert (process.folder / "own.key").stat().st_mode & 0o777 == 0o600
    assert process.socket.stat().st_mode & 0o777 == 0o600


def test_without_keys_it_says_what_to_run(tmp_path, capsys):
    assert keeper_module.main(["--folder", str(tmp_path / "no"), "--socket", str(tmp_path / "s")]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert said.count("\n") == 1


def test_it_knows_no_django_and_no_database():
    code = "import sys, simpul.linkage.custody.keeper; print([m for m in ('django', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_keeper_refuses_limits_it_cannot_read(folder):
    (folder.path / "limits.json").write_text("{")
    with pytest.raises(KeysError, match="cannot be read as JSON"):
        Keeper(folder, callers=set())
