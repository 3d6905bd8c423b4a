"""The public door in tests: one that has seen nobody yet, with a clock that stands still until it is told to move."""

import re
from html import unescape

import pytest

from simpul.intake import receipts
from simpul.portal import limits

STATEMENT = "Tetangga saya dibawa ke Malaysia dan tidak boleh pulang."


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds

    def forward(self, seconds):
        self.seconds += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(autouse=True)
def door(clock):
    """The door of this process as if it had just been opened."""
    vars(limits.door).update(vars(limits.Limits(clock)))
    return limits.door


@pytest.fixture
def send(client):
    """Sends the form as a browser would."""

    def sending(statement=STATEMENT, *, at="/lapor/", **fields):
        fields.setdefault("token", receipts.new_token())
        return client.post(at, {"statement": statement, **fields})

    return sending


@pytest.fixture
def follow(client):
    """Opens the page of a report with its receipt."""

    def following(receipt, *, at="/lacak/", **fields):
        return client.post(at, {"receipt": receipt, **fields})

    return following


def receipt_in(response):
    """The receipt that a page shows."""
    shown = re.search(r'id="tanda-terima">(.*?)</p>', response.content.decode(), re.DOTALL)[1]
    return "".join(re.findall(r"\d{4}", shown))


def words(response):
    """What a reader sees of a page, on one line."""
    html = re.sub(r"<(script|style)>.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
