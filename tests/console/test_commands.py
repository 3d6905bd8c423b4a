"""The commands themselves: what they ask, refuse and say."""

import io
import socket
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from simpul.agencies.models import Officer
from simpul.agencies.roles import Role
from simpul.console import jobs
from simpul.console.management.commands import first_officer, serve
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.places.models import Place

PASSWORD = "sebuah kalimat panjang"


@pytest.fixture
def bengkayang(db):
    return Place.objects.get(pk="61.07")


@pytest.fixture
def answers(monkeypatch):
    """Somebody who gives the password on standard input and the rest as options."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    return {
        "username": "Rina", "full_name": "Rina  Wulandari", "agency": "UPTD PPA Bengkayang", "place": "61.07",
        "takes_reports": "yes", "password_from_stdin": True,
    }  # fmt: skip


def test_a_port_that_is_taken_is_told_before_anything_is_loaded():
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(CommandError, match="make run PORT=8001"):
        serve.check_port("127.0.0.1", other.getsockname()[1])


def test_a_number_that_is_no_port_is_told_so():
    with pytest.raises(CommandError, match="is no port"):
        serve.check_port("127.0.0.1", 70000)


def test_the_welcome_says_where_to_go(settings):
    settings.DEMO = False
    lines = list(serve.welcome("127.0.0.1", 8000))
    assert "  Portal  http://127.0.0.1:8000/" in lines
    assert "  Desk    http://127.0.0.1:8000/desk/" in lines


def test_a_machine_reached_from_outside_is_told_to_name_its_hosts(settings, monkeypatch):
    settings.DEMO = False
    monkeypatch.delenv("SIMPUL_HOSTS", raising=False)
    assert "SIMPUL_HOSTS" in "\n".join(serve.welcome("0.0.0.0", 8000))
    assert "SIMPUL_HOSTS" not in "\n".join(serve.welcome("127.0.0.1", 8000))


def test_invented_reports_are_refused_outside_a_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demonstration only"):
        call_command("load_demo")


@pytest.mark.django_db
def test_the_list_of_jobs_says_of_each_what_it_is_for():
    said = io.StringIO()
    call_command("jobs", stdout=said)
    for job in jobs.JOBS:
        assert job.name in said.getvalue()
        assert job.purpose in said.getvalue()


def test_the_first_officer_is_an_administrator_and_stands_in_the_journal(bengkayang, answers):
    first_officer.record(
        "rina", "Rina Wulandari", PASSWORD, agency="UPTD PPA", kind="uptd_ppa", place=bengkayang, takes_reports=True
    )
    rina = Officer.objects.get()
    assert rina.role == Role.ADMINISTRATOR
    assert rina.check_password(PASSWORD)
    assert rina.agency.takes_unplaced
    last_two = Entry.objects.order_by("-number").values_list("act", "officer_id")[:2]
    assert list(last_two) == [(Act.OFFICER_RECORDED, None), (Act.AGENCY_RECORDED, None)]


def test_there_is_only_one_first_officer(bengkayang, answers):
    first_officer.record(
        "rina", "Rina", PASSWORD, agency="UPTD PPA", kind="uptd_ppa", place=bengkayang, takes_reports=True
    )
    with pytest.raises(CommandError, match="There are officers already"):
        call_command("first_officer", **answers)


@pytest.mark.django_db
def test_without_a_terminal_what_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(CommandError, match="--username is missing"):
        call_command("first_officer")


@pytest.mark.django_db
def test_a_weak_password_is_refused_with_the_reason():
    with pytest.raises(CommandError, match="at least 12 characters"):
        first_officer.check_password("rahasia", Officer(username="rina"))


def test_a_place_that_does_not_exist_is_told_and_a_code_is_taken(bengkayang):
    assert first_officer.check_place(" 61.07 ") == bengkayang
    with pytest.raises(CommandError, match="There is no place"):
        first_officer.check_place("Xyzzy Qwrtz")


@pytest.mark.parametrize("text", ["", "a b", "x" * 61, "rina@ppa"])
def test_a_sign_in_name_that_cannot_be_typed_twice_the_same_is_refused(text):
    with pytest.raises(CommandError, match="A sign-in name has letters"):
        first_officer.check_username(text)
