"""What an attacker learns from encodings: no more than docs/linkage-keys.md says.

The page has a table of what counting reads off; its figures are the limits here, so page and tests cannot drift apart.
"""

import re
import secrets
from collections import Counter
from pathlib import Path

import pytest

from simpul.linkage.custody import messages
from simpul.linkage.matching import encode, normalise
from simpul.linkage.matching.keys import FILTER, NEVER_ALONE, KeyRing
from tests.linkage.attacks import population, read_by_chaining, read_by_counting

PAGE = Path(__file__).resolve().parents[2] / "docs" / "linkage-keys.md"
PIECES = {
    "sex": lambda who: [who["sex"]],
    "district": lambda who: [who["district"]],
    "word": lambda who: who["words"],
    "father": lambda who: [who["father"]],
    "village": lambda who: [who["village"]],
    "year": lambda who: [who["year"]],
    "name filter": lambda who: [" ".join(sorted(who["words"]))],
    "two words": lambda who: ["+".join(sorted(who["words"])[:2])] if len(who["words"]) > 1 else [],
    "word, day and month": lambda who: [f"{word} {who['day']}" for word in who["words"]],
    "word, village": lambda who: [f"{word} {who['village']}" for word in who["words"]],
    "word, father": lambda who: [f"{word} {who['father']}" for word in who["words"]],
    "word, district, year": lambda who: [f"{word} {who['district']} {who['year']}" for word in who["words"]],
    "initial": lambda who: [word[0] for word in who["words"]],
    "initial, word": lambda who: [
        f"{one[0]} {other}" for one in who["words"][:3] for other in who["words"][:3] if one != other
    ],
    "initial, day and month": lambda who: [f"{word[0]} {who['day']}" for word in who["words"]],
    "NIK": lambda who: [who["nik"]],
}
# Of these nothing is kept by itself; that they could be read off is why.
READ_OFF = ("sex", "district", "initial")
CHAINED = "year, put into order"


@pytest.fixture(scope="module")
def ring():
    return KeyRing.from_secret(secrets.token_bytes(32), "2026")


@pytest.fixture(scope="module")
def people():
    """(encoded, known to the attacker): different people of one region."""
    return population(6000, seed=2), population(6000, seed=3)


def documented():
    """The shares of the page's table, by piece of evidence."""
    rows = re.findall(
        r"^\| ([\w ,]+?) +\|.*?\| (?:under )?([\d.]+) % +\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {piece: float(percent) / 100 for piece, percent in rows}


def share(piece, people, ring):
    stolen, known = ([tuple(PIECES[piece](who)) for who in some] for some in people)
    if piece == "name filter":
        return read_by_counting(stolen, known, tag=lambda text: ring.filter(text.split()))
    return read_by_counting(stolen, known, tag=lambda text: ring.tag("tested", text))


def test_the_page_has_a_figure_for_each_piece_that_is_tried():
    assert set(documented()) == {*PIECES, CHAINED}


@pytest.mark.parametrize("piece", [piece for piece in PIECES if piece not in READ_OFF])
def test_counting_reads_off_no_more_than_the_page_says(people, ring, piece):
    found = share(piece, people, ring)
    assert found <= documented()[piece], f"{found:.4f}"


@pytest.mark.parametrize("piece", READ_OFF)
def test_what_has_few_values_would_be_read_off_by_itself(people, ring, piece):
    """The attack works where there is something to read; so that it finds little elsewhere says something."""
    assert share(piece, people, ring) >= documented()[piece] * 0.5
    assert piece in NEVER_ALONE


def test_who_puts_years_into_order_reads_them(people, ring):
    """The price of knowing how far two years are apart: the page says it, and this shows that it says the truth."""
    common = Counter(word for who in people[0] for word in who["words"]).most_common(1)[0][0]
    windows = {
        who["year"]: {ring.tag("word+year", f"{common} {int(who['year']) + later}") for later in range(encode.WINDOW)}
        for who in people[0]
        if common in who["words"]
    }
    assert documented()[CHAINED] * 0.95 <= read_by_chaining(people[0], windows) <= documented()[CHAINED]


def test_without_the_key_a_guess_cannot_be_tried(people, ring):
    """Whoever knows a NIK, the epoch and every line of this program finds nothing with a key of his own."""
    stolen = {ring.tag("nik", who["nik"]) for who in people[0]}
    assert ring.tag("nik", people[0][0]["nik"]) in stolen
    own = KeyRing.from_secret(secrets.token_bytes(32), "2026")
    other_epoch = KeyRing.from_secret(ring._secret, "2027")
    for guessing in (own, other_epoch):
        assert not stolen & {guessing.tag("nik", who["nik"]) for who in people[0]}


def test_tags_of_one_kind_tell_nothing_of_another(people, ring):
    """A word as a name and the same word as a father's name have tags that nobody can connect."""
    words = {word for who in people[0] for word in who["words"]}
    assert not {ring.tag("word", word) for word in words} & {ring.tag("father", word) for word in words}


def evidence_of(row):
    return encode.evidence(normalise.record(row))


def test_no_kind_of_an_encoding_is_a_sex_or_a_district_alone():
    kinds = [str(kind) for kind in encode.KINDS]
    assert len(kinds) > 5
    for kind in kinds:
        assert kind not in NEVER_ALONE
        assert not re.fullmatch(r"(sex|district|regency|province|religion|source|agency|initial)s?", kind)


def test_who_has_nothing_but_a_sex_and_a_district_gets_no_tag():
    with_name = {"name": "SITI AMINAH", "sex": "P", "regency": "SAMBAS"}
    assert any(text for _kind, text in evidence_of(with_name))
    for row in ({"sex": "P"}, {"regency": "SAMBAS"}, {"sex": "P", "regency": "SAMBAS", "province": "KALIMANTAN BARAT"}):
        assert [pair for pair in evidence_of(row) if pair[1]] == []


def test_the_evidence_of_a_full_record_is_what_the_key_process_takes():
    row = {
        "name": "SITI NURHALIZA AMINAH als NUR BINTI ABDUL AZIZ", "nik": "6104086801850001", "birth_date": "28-01-1985",
        "sex": "P", "father": "ABDUL AZIZ", "mother": "KHADIJAH", "village": "SUNGAI RAYA", "regency": "KUBU RAYA",
        "passport": "A1234567", "phone": "081256701234", "number": "XD1234567", "postcode": "78391",
        "address": "JL MERDEKA 12",
    }  # fmt: skip
    evidence = [[kind, text] for kind, text in evidence_of(row)]
    assert any(kind == FILTER for kind, _text in evidence) or len(evidence) > 10
    messages._numbers(messages._evidence(evidence))
