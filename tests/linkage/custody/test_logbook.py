"""The log of the key process: it only grows, and whoever changes it is found."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from simpul.linkage.custody.logbook import START, Logbook

KEY = bytes(range(32))
AT = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path):
    made = Logbook(tmp_path / "log", KEY)
    for number in range(6):
        made.enter("evaluated", at=AT + timedelta(days=10 * number), user="desk", tags=number)
    return made


@pytest.fixture
def lines(log):
    """Rewrite the lines of a month, as somebody who can write the file but has no key."""

    def rewritten(change, month="2026-08"):
        path = log.folder / f"{month}.jsonl"
        path.write_text("".join(f"{line}\n" for line in change(path.read_text().splitlines())))

    return rewritten


def faults(log, **more):
    return [fault.sentence for fault in Logbook(log.folder, KEY).verify(**more).faults]


def test_a_log_as_it_was_written_holds_over_months_and_restarts(log):
    again = Logbook(log.folder, KEY)
    assert again.end() == log.end()
    again.enter("evaluated", at=AT + timedelta(days=70), tags=1)
    log.enter("evaluated", at=AT + timedelta(days=71), tags=1)
    again.enter("evaluated", at=AT + timedelta(days=72), tags=1)
    found = log.verify()
    assert found.faults == []
    assert (found.lines, found.number) == (9, 9)
    assert [line["n"] for line in log.lines()] == [*range(1, 10)]
    assert sorted(path.stem for path in log.folder.glob("*.jsonl")) == ["2026-08", "2026-09", "2026-10"]


def test_an_empty_log_holds(tmp_path):
    empty = Logbook(tmp_path / "log", KEY)
    assert empty.end() == (0, START)
    assert empty.verify().faults == []


def test_an_altered_line_is_found(log, lines):
    assert faults(log) == []
    lines(lambda found: [line.replace('"tags": 1', '"tags": 0') for line in found])
    assert faults(log) == ["Line 2 was altered, or the line before it was."]


def test_a_removed_line_and_one_put_in_are_found(log, lines):
    lines(lambda found: [found[0], *found[2:]])
    assert faults(log)[0] == "Line 3 stands where line 2 should."
    forged = json.dumps({"n": 2, "at": "", "what": "evaluated", "link": "0" * 64})
    lines(lambda found: [found[0], forged, *found[1:]])
    assert "Line 2 was altered, or the line before it was." in faults(log)


def test_a_line_that_is_made_unreadable_is_found(log, lines):
    lines(lambda found: [found[0], "{", *found[2:]])
    assert any("cannot be read" in sentence for sentence in faults(log))


def test_a_cut_off_end_is_found_by_what_was_noted(log):
    number, link = log.end()
    (log.folder / "2026-09.jsonl").unlink()
    assert faults(log) == []
    assert faults(log, noted=number) == ["Lines 4 to 6 were removed from the end."]
    assert faults(log, anchors=[(number, link)]) == ["Lines 4 to 6 were removed from the end."]


def test_a_log_written_anew_with_another_key_differs(log, tmp_path):
    other = Logbook(tmp_path / "other", bytes(32))
    for line in log.lines():
        other.enter(line["what"], at=datetime.fromisoformat(line["at"]), user=line["user"], tags=line["tags"])
    assert other.verify().faults == []
    assert len(Logbook(other.folder, KEY).verify().faults) == 6
    number, link = log.end()
    assert [fault.number for fault in other.verify(anchors=[(number, link)]).faults] == [number]


def test_the_clock_may_go_back_and_the_log_still_holds(log):
    log.enter("evaluated", at=AT, tags=1)
    assert faults(log) == []
    assert [*log.lines()][-1]["n"] == 7


def test_a_machine_that_went_off_within_a_line_leaves_a_log_that_goes_on(log):
    with open(log.folder / "2026-09.jsonl", "a") as file:
        file.write('{"n": 7, "at": "2026-09-2')
    again = Logbook(log.folder, KEY)
    assert faults(log) == ["What stands after line 6 cannot be read."]
    again.enter("evaluated", at=AT + timedelta(days=60), tags=1)
    assert faults(log) == []
    assert [line["what"] for line in again.lines()][-2:] == ["half a line", "evaluated"]


def test_files_are_for_their_owner_alone(log):
    log.settle()
    assert {path.stat().st_mode & 0o777 for path in log.folder.glob("*")} == {0o600}
