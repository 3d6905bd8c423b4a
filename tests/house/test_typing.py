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
from tests.house.forms import Form, forms_of
from tests.house.objects import OBJECTS
from tests.house.test_doors import DESK, PUBLIC, inhabited, signed_in, url_of

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


@pytest.fixture(scope="module")
def w(django_db_setup, django_db_blocker):
    """The world behind every address. One for all tests of the module, none of which leaves anything behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield inhabited()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(w):
    """A browser for each officer who opens pages here."""
    names = {*EVERYWHERE, *(entry.who for entry in OBJECTS.values())}
    return {name: signed_in(getattr(w, name)) for name in names}


@pytest.fixture(scope="module")
def desk_forms(w, browsers):
    """Every form once, with a browser of the officer on whose page it stands."""
    found = {}
    for address in DESK:
        entry = OBJECTS.get(address.name)
        for who in (entry.who,) if entry else EVERYWHERE:
            for form in forms_of(browsers[who], url_of(address, w)):
                if form.to.startswith("/desk/"):
                    found.setdefault(form.kind, (browsers[who], form))
    return list(found.values())


@pytest.fixture(scope="module")
def all_forms(desk_forms):
    """Those of the desk and those of the portal."""
    found = list(desk_forms)
    for address in PUBLIC:
        client = Client()
        found += [(client, form) for form in forms_of(client, "/" + address.route.replace("<str:token>", "ABCD"))]
    return found


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


# Asked for by one test, the database is made also where this module runs alone.
@pytest.mark.django_db
def test_there_are_forms_to_send(desk_forms, all_forms):
    assert len(desk_forms) > 80
    assert any(form.words for _client, form in all_forms[len(desk_forms) :])


@pytest.mark.slow
def test_the_same_nonsense_in_every_field_is_answered(all_forms):
    wrong = []
    for client, form in all_forms:
        for value in TYPED:
            status, _page = answered(client, form, dict.fromkeys(some(form), value))
            if status >= 500:
                wrong.append(f"{form.to}: {value[:12]!r}")
    assert not wrong


@pytest.mark.slow
@pytest.mark.parametrize("value", [*INTO_ONE_FIELD, FIRST_DAY_THERE_IS])
def test_nonsense_in_one_field_is_answered(all_forms, value):
    wrong = []
    for client, form in all_forms:
        for name in some(form):
            status, _page = answered(client, form, form.holds | {name: value})
            if status >= 500:
                wrong.append(f"{form.to}: {name}")
    assert not wrong


@pytest.mark.slow
def test_what_was_typed_stands_there_when_a_form_is_refused(desk_forms):
    lost, refused = [], 0
    for client, form in desk_forms:
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
def test_nonsense_in_an_address_is_answered(w, browsers):
    names, wrong = parameters(), []
    assert len(names) > 10
    for address in DESK:
        entry = OBJECTS.get(address.name)
        client = browsers[entry.who if entry else "rina"]
        where = Form(url_of(address, w).partition("?")[0], "get")
        for value in ("\x00", "9" * 30, "²²"):
            status, _page = answered(client, where, dict.fromkeys(names, value))
            if status >= 500:
                wrong.append(f"{address}: {value!r}")
    assert not wrong
