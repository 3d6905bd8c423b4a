"""What the key process is asked: checked before anything is counted, and refused in words that repeat nothing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.linkage.custody import messages
from simpul.linkage.custody.messages import Malformed

NIK = "6104080101850001"
ASKED = {"ask": "evaluate", "service": "simpul", "by": "officer:7", "purpose": "person.recorded"}


def read(evidence, **more):
    return messages.question(json.dumps(ASKED | {"evidence": evidence} | more).encode())


def test_a_question_is_read_as_it_was_asked():
    found = read([["nik", NIK], ["nik-1", "610408"], ["name", "SITI"], ["passport", "A1234567"], ["mother", ""]])
    assert (found.service, found.by, found.purpose, found.grant) == ("simpul", "officer:7", "person.recorded", "")
    assert found.evidence == (
        ("nik", NIK), ("nik-1", "610408"), ("name", "SITI"), ("passport", "A1234567"), ("mother", ""),
    )  # fmt: skip
    assert found.numbers == (("nik", NIK), ("passport", "A1234567"))


@pytest.mark.parametrize(
    "evidence",
    [
        None, [], {}, "nik", [["nik"]], [["nik", 7]], [["nik", NIK, "x"]], [[7, "x"]], [["NIK", NIK]], [["", "x"]],
        [["name", "x" * 201]], [["name", "SITI"]] * 257, [["name", f"S{number}"] for number in range(25)],
        [["sex", "P"]], [["regency", "6104"]],
    ],
)  # fmt: skip
def test_evidence_that_is_none_is_refused(evidence):
    with pytest.raises(Malformed):
        read(evidence)


@pytest.mark.parametrize(
    "evidence",
    [
        [["nik", NIK], ["nik", "6104080101850002"]],
        [["nik", "610408010185"]],
        [["nik", "61040801018500A1"]],
        [["nik-1", "610408"]],
        [["nik", NIK], ["nik-1", "610409"]],
        [["nik", NIK], ["nik_no4", "850002"]],
        [["nik", NIK], ["nik.tail", "10001"], ["nik.tail", "20001"]],
        [["phone", f"08125670{number:04d}"] for number in range(4)],
    ],
)
def test_one_record_is_no_bag_of_guesses(evidence):
    with pytest.raises(Malformed):
        read(evidence)


def test_parts_of_the_records_own_number_are_allowed():
    parts = [["nik-no1", "01850001"], ["nik-no2", "610408____850001"], ["nik-no3", "6104080101 0001"]]
    assert read([["nik", NIK], *parts]).numbers == (("nik", NIK),)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("service", ""), ("service", None), ("service", "two words"), ("by", "SITI AMINAH"), ("by", "x" * 81),
        ("by", 7), ("purpose", "because\nof"), ("purpose", NIK), ("by", f"officer:{NIK}"), ("grant", "G1"),
        ("grant", ["x"]), ("ask", "everything"), ("ask", ["evaluate"]),
    ],
)  # fmt: skip
def test_words_that_stand_in_the_log_are_plain_and_hold_no_number_of_a_person(name, value):
    with pytest.raises(Malformed) as problem:
        read([["name", "SITI"]], **{name: value})
    assert not (isinstance(value, str) and len(value) > 2 and value in str(problem.value))


def test_a_message_has_a_length():
    assert messages.length_of(messages.framed({"a": 1})[:4]) == len(messages.framed({"a": 1})) - 4
    for head in (b"\0\0\0\0", b"\xff\xff\xff\xff", (messages.LONGEST + 1).to_bytes(4, "big")):
        with pytest.raises(Malformed):
            messages.length_of(head)
    with pytest.raises(Malformed):
        messages.framed({"a": "x" * messages.LONGEST})


@given(st.binary(max_size=300) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*ASKED, "evidence", "grant"]), inner),
    max_leaves=20,
).map(lambda found: json.dumps(found).encode()))  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_whatever_comes_is_read_or_refused(data):
    try:
        found = messages.question(data)
    except Malformed:
        return
    assert found.ask in {"evaluate", "status"}


def test_a_deep_message_is_refused():
    with pytest.raises(Malformed):
        messages.question(b"[" * 60_000)


def test_a_long_name_of_a_socket_is_shortened(tmp_path):
    folder = tmp_path / ("x" * 120)
    folder.mkdir()
    with messages.named(folder / "socket") as name:
        assert len(name) < 108
    with messages.named("/tmp/socket") as name:
        assert name == "/tmp/socket"
