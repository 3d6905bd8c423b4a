"""Article 44: the identity of witness and victim stays secret, from the first contact on.

It binds everybody who knows (Art. 24); so everybody is told before, and every reading is written down.
"""

import pytest
from django.db import connection

from simpul.agencies import people
from simpul.agencies.roles import Role
from simpul.cases import access, victims
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound

RIGHTS = ("secrecy",)

NAME, MOTHER = "Kenanga Purnama", "Ibu Sulastri Purnama"


@pytest.fixture
def victim(world):
    return world.victim(world.case(), name=NAME, phone="081255550199", address="Jalan Rahasia 7")


@pytest.fixture
def mother(world, victim):
    """A member of the family who knows what happened."""
    return victims.add(victim.case, part="witness", name=MOTHER, note="ibu korban", by=world.rina, at=world.at)


def readings():
    return Entry.objects.filter(act=Act.IDENTITY_READ)


def test_secrecy_runs_from_the_first_contact_and_the_board_shows_it(world, law, victim):
    line = law.line(victim, "secrecy", days=400)
    assert (line.state, line.since, line.article.code) == ("running", victim.noted_at, "uu21_2007_44")


def test_a_name_is_shown_only_after_the_duty_of_secrecy_was_acknowledged(world, victim):
    """Art. 24: whoever was told that an identity is secret is punished for telling it."""
    new = people.record("ratna", full_name="Ratna", agency=world.uptd, role=Role.CASE_MANAGER, password="x" * 12,
                        by=None, at=world.at)  # fmt: skip
    with pytest.raises(NotAllowed):
        victims.read_identity(victim, fields=["name"], by=new, at=world.at)
    with pytest.raises(NotAllowed):
        access.case_for(new, victim.case.number, at=world.at)
    assert not readings().exists()
    people.acknowledge_secrecy(new, at=world.at)
    assert victims.read_identity(victim, fields=["name"], by=new, at=world.at) == {"name": NAME}


def test_every_reading_is_written_down_with_who_when_and_which_fields(world, victim):
    victims.read_identity(victim, fields=["name", "phone"], by=world.rina, at=world.later(hours=1))
    entry = readings().get()
    assert (entry.officer_id, entry.at, entry.file) == (
        world.rina.pk, world.later(hours=1), f"cases.case:{victim.case_id}")  # fmt: skip
    assert entry.facts["fields"] == ["name", "phone"]
    assert NAME not in str(entry.facts)


@pytest.mark.parametrize("who", ["siti", "budi", "dewi", "tono", "wulan", "agus"])
def test_whoever_does_not_work_on_the_case_reads_no_name(world, victim, who):
    officer = getattr(world, who)
    assert victims.read_identity(victim, fields=["name"], by=world.rina, at=world.at)["name"] == NAME
    before = readings().count()
    with pytest.raises(NotFound):
        victims.read_identity(victim, fields=["name"], by=officer, at=world.at)
    assert readings().count() == before


def test_the_family_is_as_secret_as_the_victim(world, victim, mother):
    """Art. 44(2): to the second degree, where it is threatened."""
    with pytest.raises(NotFound):
        victims.read_identity(mother, fields=["name"], by=world.siti, at=world.at)
    assert victims.read_identity(mother, fields=["name"], by=world.rina, at=world.at) == {"name": MOTHER}
    assert readings().get().subject == f"persons.person:{mother.person_id}"


@pytest.mark.parametrize("table", ["persons_person", "cases_involvement", "persons_nametag"])
def test_no_table_holds_a_name_that_can_be_read(world, victim, mother, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        rows = cursor.fetchall()
    assert rows
    written = b" ".join(bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode()
                        for row in rows for cell in row)  # fmt: skip
    for secret in ("Kenanga", "Sulastri", "Purnama", "081255550199", "Rahasia", "ibu korban"):
        assert secret.encode() not in written
