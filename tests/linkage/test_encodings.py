"""Encodings: made at once, owed where the key is away, made again when somebody is corrected."""

import pytest

from simpul.linkage import encodings
from simpul.linkage.models import Encoding
from simpul.persons import identities
from simpul.places.models import Place
from tests.world import JAGOI


@pytest.fixture
def melati(w):
    """How Rina records Melati."""
    return lambda **told: identities.record(**{"name": "Melati Kusuma", "by": w.rina, "at": w.at} | told)


def test_whoever_is_recorded_is_encoded_in_the_name_of_who_records(melati, w, machine):
    person = melati()
    encoding = Encoding.objects.get(person=person)
    assert (encoding.epoch, encoding.made_at, encoding.is_owed) == ("2026", w.at, False)
    assert encoding.compared_at is None
    assert machine.asked == [(w.rina, "person.recorded")]


def test_a_correction_makes_it_anew(melati, w, machine):
    person = melati()
    before = Encoding.objects.get()
    identities.correct(person, name="Kenanga", by=w.rina, at=w.later(hours=1))
    after = Encoding.objects.get()
    assert bytes(after.slots) != bytes(before.slots)
    assert (after.pk, after.made_at, after.compared_at) == (before.pk, w.later(hours=1), None)


def test_without_the_key_somebody_is_recorded_all_the_same(melati, w, machine):
    machine.away = True
    person = melati()
    assert person.name.opened() == "Melati Kusuma"
    encoding = Encoding.objects.get()
    assert (encoding.owed_since, encoding.epoch, bytes(encoding.tags)) == (w.at, "", b"")
    assert encodings.catch_up(at=w.later(minutes=1)) == 0
    assert Encoding.objects.get().owed_since == w.at
    machine.away = False
    assert encodings.catch_up(at=w.later(minutes=2)) == 1
    assert not Encoding.objects.get().is_owed


def test_an_encoding_that_is_owed_after_a_correction_is_not_compared_as_it_was(melati, w, machine):
    person = melati()
    machine.away = True
    identities.correct(person, name="Kenanga", by=w.rina, at=w.at)
    assert Encoding.objects.get().is_owed


def test_people_of_a_list_are_encoded_by_the_job(w, machine):
    identities.record_many([{"name": "Melati"}, {"name": "Mawar"}], by=w.hana, at=w.at, file="migrants.sheet:1")
    assert not Encoding.objects.exists()
    assert encodings.catch_up(at=w.at, most=1) == 1
    assert encodings.catch_up(at=w.at) == 1
    assert encodings.catch_up(at=w.at) == 0


def test_without_a_machine_nothing_is_made(melati, w):
    person = melati()
    assert not encodings.is_on()
    assert encodings.note(person, by=w.rina, at=w.at) is None
    assert encodings.catch_up(at=w.at) == 0
    assert not Encoding.objects.exists()


def test_evidence_is_told_under_the_names_that_the_machine_knows(melati):
    person = melati(aliases="Mela", nik="6107075208020003", birth_year=2002, sex="P",
                    home=Place.objects.get(pk=JAGOI))  # fmt: skip
    assert encodings.evidence_of(person) == {
        "name": "Melati Kusuma alias Mela", "nik": "6107075208020003", "birth_date": "", "birth_year": "2002",
        "sex": "P", "phone": "", "passport": "", "address": "", "province": "61", "regency": "61.07",
        "district": "61.07.07", "village": JAGOI,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "aliases", "habit"),
    [
        ("Melati", "", "one_word"),
        ("Melati Kusuma", "", "several"),
        ("Melati binti Hasan", "", "patronymic"),
        ("Melati", "Mela", "alias"),
        ("Melati alias Mela", "", "alias"),
        ("Melati a/p Hasan", "", "patronymic"),
        ("Melati B. Hasan", "Mela", "patronymic"),
        ("Hj. Melati, S.Pd", "", "one_word"),
        ("Melati", "tidak diketahui", "one_word"),
        ("X", "", ""),
        ("", "", ""),
    ],
)
def test_how_a_name_is_written_is_told_apart(melati, name, aliases, habit):
    assert encodings.habit_of(melati(name=name, aliases=aliases)) == habit


def test_whom_the_key_process_refuses_keeps_nobody_waiting(melati, w, machine):
    machine.refused.add("Melati Kusuma")
    for name in ("Melati Kusuma", "Mawar"):
        identities.record_many([{"name": name}], by=w.hana, at=w.at, file="migrants.sheet:1")
    assert encodings.catch_up(at=w.at, most=1) == 0
    assert encodings.catch_up(at=w.at, most=1) == 1
    assert Encoding.objects.get(owed_since=None).person.name.opened() == "Mawar"
    machine.refused.clear()
    assert encodings.catch_up(at=w.later(minutes=1)) == 1
    melati(name="Kenanga")


def test_a_new_epoch_is_made_up_for(melati, w, machine):
    melati()
    assert encodings.catch_up(at=w.at) == 0
    machine.epoch = "2027"
    assert encodings.catch_up(at=w.later(days=1)) == 1
    encoding = Encoding.objects.get()
    assert (encoding.epoch, encoding.compared_at) == ("2027", None)
    assert encodings.catch_up(at=w.later(days=1)) == 0
