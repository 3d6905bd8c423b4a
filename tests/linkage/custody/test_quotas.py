"""How much may be asked: an office's day is never stopped, and nobody tries numbers out."""

import json
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from simpul.linkage.custody.quotas import ALIKE, CALLER, OFFICER, Ledger, read_limits
from simpul.linkage.matching.keys import KeysError

KEY = bytes(range(32))


@pytest.fixture
def ledger(tmp_path):
    made = Ledger(tmp_path / "asked.sqlite3", KEY)
    yield made
    made.close()


def nik(number, *, region=None):
    """A made-up NIK, no two alike in all but one part."""
    drawn = random.Random(number)
    region = region or f"61{drawn.randrange(1, 15):02d}{drawn.randrange(1, 20):02d}"
    day, month, year = drawn.randrange(1, 29), drawn.randrange(1, 13), drawn.randrange(60, 100)
    return ("nik", f"{region}{day:02d}{month:02d}{year}{drawn.choice((1, 1, 1, 2, 3)):04d}")


def taken(ledger, numbers, *, at, by="officer:7", caller="desk", **more):
    """How many of so many records were evaluated, and why the next was not."""
    for count, number in enumerate(numbers):
        refusal = ledger.take(caller, by, [number] if number else [], at=at, **more)
        if refusal:
            return count, refusal
    return len(numbers), None


def test_a_day_of_an_office_is_not_stopped(ledger, at):
    """Three lists of people sent home, a quarter from one sub-district, and sixty persons at the counter."""
    home = [nik(number, region="610408" if number % 4 == 0 else None) for number in range(360)]
    for hour, a_list in enumerate((home[:120], home[120:240], home[240:])):
        assert taken(ledger, a_list, at=at + timedelta(hours=hour), by="officer:3")[1] is None
    for number in range(60):
        assert taken(ledger, [nik(1000 + number)], at=at + timedelta(minutes=8 * number))[1] is None


@pytest.mark.parametrize(("by", "limits"), [("officer:7", OFFICER), ("system", CALLER)])
def test_records_are_counted_by_the_minute_the_hour_and_the_day(ledger, at, by, limits):
    minute, hour, day = limits["records"]
    assert taken(ledger, [None] * 5000, at=at, by=by)[0] == minute
    total = minute
    for step in range(1, 60 * 24):
        when = at + timedelta(minutes=step)
        count, refusal = taken(ledger, [None] * minute, at=when, by=by)
        total += count
        if step == 59:
            assert total == hour
        if refusal and refusal.span == "day":
            break
    assert total == day
    assert refusal.rule == "records"
    assert refusal.again_at == (at + timedelta(days=1)).replace(second=0).isoformat()
    assert taken(ledger, [None], at=at + timedelta(days=1), by=by)[1] is None


def test_numbers_never_asked_before_are_counted_tighter(ledger, at):
    count, refusal = taken(ledger, [nik(number) for number in range(1000)], at=at)
    assert (count, refusal.rule, refusal.span) == (OFFICER["numbers"][0], "numbers", "minute")
    # The same persons again are no new guesses, as long as records are left.
    assert taken(ledger, [nik(number) for number in range(90)], at=at + timedelta(seconds=1))[1] is None


def test_another_officers_name_does_not_lift_what_holds_the_service(ledger, at):
    """Who asks is known from the kernel; in whose name is only said. A service that lies gains no more than this."""
    total = 0
    for number in range(30):
        total += taken(ledger, [nik(number * 1000 + k) for k in range(200)], at=at, by=f"officer:{number}")[0]
    assert total == CALLER["numbers"][0]
    # Another service is not held up by it.
    assert taken(ledger, [nik(1)], at=at, caller="other")[1] is None


@pytest.mark.parametrize(
    ("part", "tried"),
    [
        ("serial", [f"610408010185{number:04d}" for number in range(1, 200)]),
        ("year", [f"6104080102{year:02d}0001" for year in range(100)]),
        ("day and month", [f"610408{day:02d}{month:02d}850001" for day in range(1, 29) for month in range(1, 13)]),
        ("region", [f"61{place:04d}0102850001" for place in range(100, 2100)]),
        ("everything behind the region", [nik(number, region="610408")[1] for number in range(800)]),
    ],
)
def test_numbers_that_differ_in_one_part_are_stopped_soon(ledger, at, part, tried):
    asked = set()
    # Slowly, so that nothing but the likeness can stop it.
    for number, text in enumerate(tried):
        refusal = ledger.take("desk", f"officer:{number % 9}", [("nik", text)], at=at + timedelta(seconds=20 * number))
        if refusal:
            break
        asked.add(text)
    assert refusal.rule == f"alike: {part}"
    assert len(asked) <= 150
    assert len(asked) < len(tried) / 2
    assert refusal.again_at == "2026-08-04T00:00:00+00:00"


def test_a_patient_attacker_gains_in_a_day_what_the_page_says(ledger, at):
    """Somebody who has taken over the desk, knows the limits and asks as often as they allow."""
    drawn, gained, places = random.Random(5), set(), Counter()
    everywhere = [f"61{regency:02d}{place:02d}" for regency in range(1, 15) for place in range(1, 13)]
    for minute in range(60 * 24):
        for _number in range(5):
            text = nik(drawn.random(), region=drawn.choice((everywhere[0], drawn.choice(everywhere))))[1]
            if text not in gained and not ledger.take(
                "desk", f"officer:{minute}", [("nik", text)], at=at + timedelta(minutes=minute)
            ):
                gained.add(text)
                places[text[:6]] += 1
    assert 3000 < len(gained) <= CALLER["numbers"][2]
    assert max(places.values()) <= ALIKE["everything behind the region"][1]


def test_the_page_tells_the_limits_as_they_are():
    told = (Path(__file__).resolve().parents[3] / "docs" / "linkage-keys.md").read_text(encoding="utf-8")
    for limits in (CALLER, OFFICER):
        for most in limits.values():
            assert " / ".join(f"{number:,}" for number in most) in told
    for words, part in (
        ("NIKs alike but for the serial, a day", "serial"), ("... but for the year of birth", "year"),
        ("... but for day and month; ... but for the region", "region"),
        ("NIKs of one sub-district", "everything behind the region"),
    ):  # fmt: skip
        assert f"| {words} | {ALIKE[part][1]} |" in told


def test_telephones_one_after_the_other_are_stopped_and_papers_of_one_day_are_not(ledger, at):
    count, refusal = taken(ledger, [("phone", f"08125670{number:04d}") for number in range(100)], at=at)
    assert count < 10
    assert refusal.rule == "alike: last three digits"
    assert taken(ledger, [("passport", f"XD12{number:04d}") for number in range(100)], at=at)[1] is None


def test_what_was_counted_outlives_a_restart(tmp_path, at):
    first = Ledger(tmp_path / "asked.sqlite3", KEY)
    serials = [("nik", f"610408010185{number:04d}") for number in range(1, 20)]
    before, _refusal = taken(first, serials, at=at)
    assert 0 < before < 10
    assert taken(first, [nik(number) for number in range(1000)], at=at)[1].rule == "numbers"
    first.close()
    second = Ledger(tmp_path / "asked.sqlite3", KEY)
    assert taken(second, [nik(5000)], at=at)[1].rule == "numbers"
    assert taken(second, serials[before:], at=at + timedelta(hours=1))[1].rule == "alike: serial"
    assert taken(second, serials[:before], at=at + timedelta(hours=1))[1] is None
    second.close()


def test_no_number_lies_in_the_file_of_counts(tmp_path, at):
    made = Ledger(tmp_path / "asked.sqlite3", KEY)
    for number in (("nik", "6104080101850001"), ("phone", "081256701234")):
        made.take("desk", "officer:7", [number], at=at)
    made.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"officer:7" in held
    for text in (b"6104080101850001", b"610408", b"081256701234", b"0812"):
        assert text not in held


def test_a_grant_allows_so_many_records_so_long_to_one_user(ledger, at):
    name = ledger.allow("desk", records=500, until=at + timedelta(hours=2), reason="Encoding the register")
    people = [nik(number) for number in range(2000)]
    count, refusal = taken(ledger, people, at=at, grant=name)
    assert (count, refusal.rule, refusal.most) == (500, "grant spent", 500)
    assert ledger.grants(at=at) == []
    # It took nothing from the day's own work.
    assert taken(ledger, [nik(3000)], at=at)[1] is None
    other = ledger.allow("desk", records=500, until=at + timedelta(hours=2), reason="More")
    assert taken(ledger, [nik(1)], at=at, grant=other, caller="somebody")[1].rule == "grant unknown"
    assert taken(ledger, [nik(1)], at=at, grant="0" * 12)[1].rule == "grant unknown"
    assert taken(ledger, [nik(1)], at=at + timedelta(hours=3), grant=other)[1].rule == "grant over"
    assert [grant.reason for grant in ledger.grants(at=at)] == ["More"]
    assert ledger.withdraw(other)
    assert not ledger.withdraw(other)
    assert taken(ledger, [nik(1)], at=at, grant=other)[1].rule == "grant unknown"


def test_a_grant_for_a_list_is_none_for_trying_serials(ledger, at):
    name = ledger.allow("desk", records=10_000, until=at + timedelta(hours=2), reason="Encoding the register")
    serials = [("nik", f"610408010185{number:04d}") for number in range(1, 1000)]
    count, refusal = taken(ledger, serials, at=at, grant=name)
    assert count == 25
    assert refusal.rule == "alike: serial"


def test_what_no_limit_needs_is_destroyed(ledger, at):
    ledger.take("desk", "officer:7", [nik(1)], at=at)
    ledger.forget(at=at + timedelta(days=1))
    assert ledger._db.execute("SELECT count(*) FROM seen").fetchone()[0] == 2
    ledger.forget(at=at + timedelta(days=4))
    for table in ("seen", "counted"):
        assert ledger._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_a_refused_question_is_not_counted(ledger, at):
    taken(ledger, [None] * 5000, at=at)
    before = ledger._db.execute("SELECT * FROM counted").fetchall()
    assert taken(ledger, [nik(1)] * 100, at=at)[0] == 0
    assert ledger._db.execute("SELECT * FROM counted").fetchall() == before


def test_limits_of_an_installation_are_read_from_a_file(tmp_path, at):
    path = tmp_path / "limits.json"
    assert read_limits(path) == {}
    path.write_text(json.dumps({"officer": {"records": [2, 10, 20]}}))
    made = Ledger(tmp_path / "asked.sqlite3", KEY, limits=read_limits(path))
    assert taken(made, [None] * 5, at=at)[0] == 2
    assert made.officer["numbers"] == OFFICER["numbers"]
    made.close()
    for wrong in ("{", "[]", '{"caller": {"records": [1, 2]}}', '{"officer": {"niks": [1, 2, 3]}}', '{"x": {}}',
                  '{"caller": {"records": [true, 2, 3]}}', '{"caller": {"records": [0, 2, 3]}}'):  # fmt: skip
        path.write_text(wrong)
        with pytest.raises(KeysError):
            read_limits(path)


def test_a_file_of_counts_that_is_none_is_said(tmp_path):
    (tmp_path / "asked.sqlite3").write_bytes(b"nonsense" * 500)
    with pytest.raises(KeysError, match="begin counting anew"):
        Ledger(tmp_path / "asked.sqlite3", KEY)
