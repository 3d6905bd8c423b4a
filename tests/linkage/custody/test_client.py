"""Asking for tags: what an officer's act gets, and what is said where there is no key."""

import json
import socket
import threading

import pytest
from django.utils import translation

from simpul.linkage.custody import client
from simpul.linkage.custody.client import KeysAway, KeysOff, Refused
from simpul.linkage.custody.epochs import Folder
from simpul.linkage.custody.logbook import Logbook

SITI = [("nik", "6104080101850001"), ("name", "SITI"), ("filter", "SITI AMINAH")]


class Officer:
    pk = 7


@pytest.fixture
def running(process, settings):
    settings.LINKAGE_SOCKET = str(process.socket)
    yield process.start()
    if getattr(client._here, "connection", None) is not None:
        client._here.connection.close()
        client._here.connection = None


def evaluate(evidence, **more):
    return client.evaluate(evidence, **{"purpose": "person.recorded", "by": Officer()} | more)


def evaluate_all(evidences, **more):
    for evidence in evidences:
        evaluate(evidence, **more)


SERIALS = [[("nik", f"610408010185{serial:04d}")] for serial in range(1, 20)]


def lines(process):
    return [*Logbook(process.folder / "log", b"").lines()]


def test_the_tags_are_those_of_the_key_and_the_key_stays_where_it_is(running):
    found = evaluate(SITI)
    ring = Folder(running.folder).rings()["2026"]
    assert found.tags == ring.evaluate(SITI)
    assert (found.current, found.fingerprints) == ("2026", {"2026": ring.fingerprint})
    assert found.epochs == {"2026": found.tags}
    line = lines(running)[-1]
    assert (line["n"], line["link"]) == (found.line, found.link)
    assert (line["service"], line["by"], line["purpose"]) == ("simpul", "officer:7", "person.recorded")


def test_the_system_asks_in_its_own_name(running):
    evaluate(SITI, by=None)
    assert lines(running)[-1]["by"] == "system"


def test_in_a_changeover_both_epochs_come_back(running):
    old = evaluate(SITI)
    Folder(running.folder).begin("2027")
    both = evaluate(SITI)
    assert [*both.epochs] == ["2026", "2027"]
    assert both.epochs["2026"] == old.tags
    assert both.tags == both.epochs["2027"] != old.tags


def test_a_refusal_says_in_words_why_and_when_again(running):
    with translation.override("en"), pytest.raises(Refused, match="as if numbers were being tried out") as refused:
        evaluate_all(SERIALS)
    assert refused.value.rule == "alike"
    assert refused.value.again_at.utcoffset() is not None
    assert "6104" not in str(refused.value)
    # What is no guess is evaluated all the same.
    assert evaluate([("name", "SITI")]).tags


def test_a_limit_is_said_with_its_number_and_its_span(process, settings):
    (process.folder / "limits.json").write_text(json.dumps({"officer": {"records": [2, 5, 9]}}))
    settings.LINKAGE_SOCKET = str(process.start().socket)
    with translation.override("en"), pytest.raises(Refused, match="(2 records per minute|5 .* hour)") as refused:
        evaluate_all([SITI] * 9)
    assert refused.value.rule == "records"
    assert evaluate(SITI, by=None).tags


def test_an_unknown_grant_is_said(running):
    with translation.override("en"), pytest.raises(Refused, match="no such grant"):
        evaluate(SITI, grant="0123456789ab")


def test_many_records_are_asked_for_in_one_go_and_keep_their_order(running):
    people = [[("name", f"NAME{number}")] for number in range(100)]
    found = [*client.evaluate_each(iter(people), purpose="register", by=None)]
    ring = Folder(running.folder).rings()["2026"]
    assert [each.tags for each in found] == [ring.evaluate(evidence) for evidence in people]
    with pytest.raises(Refused):
        [*client.evaluate_each(people, purpose="register", by=None, grant="0123456789ab")]
    assert evaluate(SITI).tags == ring.evaluate(SITI)


def test_a_process_that_was_started_again_is_asked_again(running):
    before = evaluate(SITI)
    running.end()
    running.start()
    assert evaluate(SITI).tags == before.tags


def test_threads_do_not_mix_their_answers(running):
    found = {}

    def ask(name):
        found[name] = [evaluate([("name", name)]).tags[0] for _number in range(10)]
        client._here.connection.close()

    threads = [threading.Thread(target=ask, args=(f"NAME{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ring = Folder(running.folder).rings()["2026"]
    assert found == {name: [ring.tag("name", name)] * 10 for name in found}
    assert len(found) == 6


def test_evidence_that_breaks_the_rules_is_an_error_of_the_program(running):
    for wrong in ([], [("name", f"N{number}") for number in range(30)], [("name", "x" * 500)], [("NAME", "X")]):
        with pytest.raises(ValueError):
            evaluate(wrong)
    with pytest.raises(ValueError):
        evaluate([("name", "x" * 100)] * 2000)
    assert evaluate(SITI).tags


@pytest.mark.parametrize("address", ["off", ""])
def test_without_a_key_process_linkage_is_off_and_says_so(settings, address):
    settings.LINKAGE_SOCKET = address
    with translation.override("en"):
        with pytest.raises(KeysOff, match="no key process is set up"):
            evaluate(SITI)
        state = client.state()
    assert not state.is_ready
    assert "no key process is set up" in state.sentence


def test_a_key_process_that_does_not_run_is_away(settings, tmp_path):
    settings.LINKAGE_SOCKET = str(tmp_path / "nobody")
    with translation.override("en"):
        with pytest.raises(KeysAway, match="does not run") as away:
            evaluate(SITI)
        assert not isinstance(away.value, KeysOff)
        with pytest.raises(KeysAway):
            [*client.evaluate_each([SITI], purpose="x", by=None)]
        assert "does not run" in client.state().sentence


def test_a_key_process_that_ends_while_it_is_asked_is_away(running):
    evaluate(SITI)
    running.end()
    with pytest.raises(KeysAway):
        evaluate(SITI)


def test_a_process_that_never_answers_is_not_waited_for_long(settings, process, monkeypatch):
    monkeypatch.setattr(client, "WITHIN", 0.2)
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(process.socket))
        deaf.listen()
        settings.LINKAGE_SOCKET = str(process.socket)
        with translation.override("en"), pytest.raises(KeysAway, match="did not answer in time"):
            evaluate(SITI)


def test_the_state_tells_the_epoch_in_use_and_the_end_of_the_log(running):
    found = evaluate(SITI)
    state = client.state()
    assert (state.line, state.link) == (found.line, found.link)
    assert (state.is_ready, state.sentence, state.current) == (True, "", "2026")
    assert [*state.fingerprints] == ["2026"]
    assert (state.evaluated, state.turned_away) == (1, 0)
