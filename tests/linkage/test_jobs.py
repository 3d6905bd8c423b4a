"""The job makes what is owed and compares who is new."""

from simpul.linkage import jobs
from simpul.linkage.models import Encoding, Pair
from simpul.persons import identities


def test_people_of_a_list_are_encoded_and_compared(w, machine):
    many = [{"name": "Melati Kusuma", "birth_year": 2002}] * 2
    identities.record_many(many, by=w.hana, at=w.at, file="migrants.sheet:1")
    jobs.catch_up(at=w.at)
    assert Encoding.objects.filter(compared_at=w.at).count() == 2
    assert Pair.objects.count() == 1


def test_without_a_machine_nothing_happens(w):
    identities.record(name="Melati", by=w.hana, at=w.at)
    jobs.catch_up(at=w.at)
    assert not Encoding.objects.exists()
