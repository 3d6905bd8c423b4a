"""Jobs: what is owed is made, who is new is compared, the index is tended."""

from simpul.linkage import encodings, jobs
from simpul.linkage.models import Encoding, Pair
from simpul.persons import identities


def test_people_of_a_list_are_encoded_and_compared(w, machine):
    many = [{"name": "Melati Kusuma", "birth_year": 2002}] * 2
    identities.record_many(many, by=w.hana, at=w.at, file="migrants.sheet:1")
    jobs.catch_up(at=w.at)
    assert Encoding.objects.filter(compared_at=w.at).count() == 2
    assert Pair.objects.count() == 1


def test_in_the_beginning_nobody_is_compared_before_all_are_encoded(w, machine, monkeypatch):
    """What is common is learned from everybody: compared at once, any two Sitis would look like one."""
    machine.knows_words = False
    monkeypatch.setattr(encodings, "AT_ONCE", 2)
    monkeypatch.setattr(encodings.catch_up, "__kwdefaults__", {"most": 2})
    many = [{"name": "Melati Kusuma", "birth_year": 2002}] * 5
    identities.record_many(many, by=w.hana, at=w.at, file="migrants.sheet:1")
    for encoded in (2, 4):
        jobs.catch_up(at=w.at)
        assert Encoding.objects.count() == encoded
        assert not Encoding.objects.exclude(compared_at=None).exists()
    jobs.catch_up(at=w.at)
    assert Encoding.objects.exclude(compared_at=None).count() == 5


def test_words_are_counted_soon_where_there_are_enough_to_count(w, machine, monkeypatch):
    machine.knows_words = False
    identities.record_many([{"name": "Melati"}] * 2, by=w.hana, at=w.at, file="migrants.sheet:1")
    jobs.catch_up(at=w.at)
    assert machine.counted == 0
    monkeypatch.setattr(jobs, "ENOUGH_TO_COUNT", 2)
    jobs.catch_up(at=w.at)
    assert (machine.counted, machine.knows_words) == (1, True)
    jobs.catch_up(at=w.at)
    assert machine.counted == 1


def test_without_a_machine_nothing_happens(w):
    identities.record(name="Melati", by=w.hana, at=w.at)
    jobs.catch_up(at=w.at)
    assert not Encoding.objects.exists()


def test_the_index_is_tended_and_kept_in_memory(w, machine):
    jobs.keep_warm(at=w.at)
    jobs.tend(at=w.at)
    assert (machine.warmed, machine.tended) == (1, 1)


def test_without_a_machine_there_is_no_index_to_tend(w):
    jobs.keep_warm(at=w.at)
    jobs.tend(at=w.at)
