"""Whatever is typed into a form, or stands in an address, is answered with a page that says what to do.

Every form of every address is found on its page and sent with what people mistype and what nobody would.
"""

import logging
import re
from html import escape
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

import simpul
from simpul.portal import limits
from tests.house.forms import forms_of
from tests.house.test_doors import DESK, OBJECTS, PUBLIC, signed_in, url_of, world  # noqa: F401

# Who opens the addresses that lead to nobody's file in particular.
EVERYWHERE = ("rina", "yanti", "wulan", "tono", "hana")
TYPED = ("", "abc\x00", "1e309", "9" * 30, "2026-02-30", "9999-12-31", "\u202e𝒳😀" + "x" * 9000)
# One field alone is sent with each of these, while the others hold what they held.
INTO_ONE_FIELD = ("²²",)
FIRST_DAY_THERE_IS = "0001-01-01"
SENTENCE = "Yang saya ketik <tetap> ada & utuh."
# A page as long as this has one kind of field many times.
MOST_FIELDS = 12
PARAMETER = re.compile(r"""GET\.get(?:list)?\(["'](\w+)["']""")


@pytest.fixture(autouse=True)
def quiet():
    """What a browser sends wrongly fills no log of the tests."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def forms_of_the_desk(w):
    """Every form once, with a browser of the officer on whose page it stands."""
    seen = set()
    for address in DESK:
        entry = OBJECTS.get(address.name)
        for who in (entry.who,) if entry else EVERYWHERE:
            client = signed_in(getattr(w, who))
            for form in forms_of(client, url_of(address, w)):
                if form.kind not in seen and form.to.startswith("/desk/"):
                    seen.add(form.kind)
                    yield client, form


def forms_of_the_portal():
    for address in PUBLIC:
        client = Client()
        for form in forms_of(client, "/" + address.route.replace("<str:token>", "ABCD")):
            yield client, form


def answered(client, form, told):
    """The status of the answer, and its page; a status of 500 where there was none. Nothing is left behind."""
    # The door of the portal forgets that somebody has just been there.
    vars(limits.door).update(vars(limits.Limits()))
    with transaction.atomic():
        client.raise_request_exception = False
        answer = form.sent(client, told)
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode(errors="replace") if answer.status_code != 302 else ""


def some(form, *, of=None):
    """The fields of a form that are tried: all, or the first and the last of many."""
    fields = list(form.holds if of is None else of)
    return fields if len(fields) <= MOST_FIELDS else fields[:4] + fields[-4:]


def test_there_are_forms_to_send(world):  # noqa: F811
    kinds = {form.kind for _client, form in forms_of_the_desk(world)}
    assert len(kinds) > 80
    assert any(form.words for _client, form in forms_of_the_portal())


@pytest.mark.slow
def test_the_same_nonsense_in_every_field_is_answered(world):  # noqa: F811
    wrong = []
    for client, form in (*forms_of_the_desk(world), *forms_of_the_portal()):
        for value in TYPED:
            status, _page = answered(client, form, dict.fromkeys(some(form), value))
            if status >= 500:
                wrong.append(f"{form.to}: {value[:12]!r}")
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("value", [*INTO_ONE_FIELD, FIRST_DAY_THERE_IS])
def test_nonsense_in_one_field_is_answered(world, value):  # noqa: F811
    wrong = []
    for client, form in (*forms_of_the_desk(world), *forms_of_the_portal()):
        for name in some(form):
            status, _page = answered(client, form, form.holds | {name: value})
            if status >= 500:
                wrong.append(f"{form.to}: {name}")
    assert not wrong


@pytest.mark.slow
def test_what_was_typed_stands_there_when_a_form_is_refused(world):  # noqa: F811
    lost, refused = [], 0
    for client, form in forms_of_the_desk(world):
        choices = dict.fromkeys(set(form.holds) - form.words, "²²")
        words = some(form, of=sorted(form.words))
        status, page = answered(client, form, choices | dict.fromkeys(words, SENTENCE))
        if status != 422 or not words:
            continue
        refused += 1
        if page.count(escape(SENTENCE)) < len(words):
            lost.append(form.to)
    assert refused > 20
    assert not lost


def parameters():
    """The names that views read from an address, as their source tells."""
    views = [path for door in ("desk", "portal") for path in (Path(simpul.__file__).parent / door).rglob("*.py")]
    return {name for path in views for name in PARAMETER.findall(path.read_text())} | {"q", "status", "tempat", "tahap"}


@pytest.mark.slow
def test_nonsense_in_an_address_is_answered(world):  # noqa: F811
    names, wrong = parameters(), []
    assert len(names) > 10
    for address in DESK:
        entry = OBJECTS.get(address.name)
        client = signed_in(getattr(world, entry.who if entry else "rina"))
        client.raise_request_exception = False
        for value in ("\x00", "9" * 30, "²²"):
            answer = client.get(url_of(address, world).partition("?")[0], dict.fromkeys(names, value))
            if answer.status_code >= 500:
                wrong.append(f"{address}: {value!r}")
    assert not wrong
