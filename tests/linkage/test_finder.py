"""The machine of an installation, with a real key process and a real index on the disk."""

import multiprocessing
import shutil

import pytest
from django.db import connection, connections

from simpul.linkage import encodings, engine, jobs, likeness
from simpul.linkage.custody import client
from simpul.linkage.finder import ROW, Finder
from simpul.linkage.matching import encode
from simpul.linkage.matching.live import LiveIndex
from simpul.linkage.models import Encoding, Pair
from simpul.persons import identities
from simpul.places.models import Place
from tests.lasting import lasting, transactional_db  # noqa: F401
from tests.linkage.custody.conftest import process  # noqa: F401
from tests.world import JAGOI

MELATI = {"name": "Siti Nurhaliza", "birth_date": None, "birth_year": 1999, "sex": "P", "nik": "6107075208990003"}


@pytest.fixture
def finder(process, settings, tmp_path):  # noqa: F811
    settings.LINKAGE_SOCKET = str(process.socket)
    process.start()
    made = Finder(tmp_path / "linkage")
    made.process = process
    engine.use(made)
    yield made
    engine.use(None)
    if getattr(client._here, "connection", None) is not None:
        client._here.connection.close()
        client._here.connection = None


@pytest.fixture
def recorded(w):
    home = Place.objects.get(pk=JAGOI)

    def made(**told):
        return w.victim(w.case(), home=home, **MELATI | told).person

    return made


def in_processes(*acts):
    """Run functions at the same moment, each in a process of its own; what each returned or raised, in their order."""
    connection.close()
    processes = multiprocessing.get_context("fork")
    start, ends = processes.Barrier(len(acts)), [processes.Pipe(duplex=False) for _act in acts]

    def run(act, end):
        # The event loop of a browser hides an older connection in the parent, to another database; not in its child.
        del connections[connection.alias]
        start.wait()
        try:
            end.send(act())
        except Exception as problem:
            end.send(repr(problem))

    children = [processes.Process(target=run, args=(act, end)) for act, (_, end) in zip(acts, ends, strict=True)]
    for child in children:
        child.start()
    answers = [mine.recv() for mine, _theirs in ends]
    for child in children:
        child.join()
    return answers


def made_of(person):
    encoding = Encoding.objects.get(person=person)
    return engine.Made(encoding.epoch, bytes(encoding.tags), bytes(encoding.slots))


def found_by(finder, person):
    return [one.person for one in finder.near(person.pk, made_of(person), most=5)]


def test_the_same_person_under_another_spelling_is_found(finder, recorded, w):
    first = recorded()
    other = recorded(name="Kenanga Dewi", nik="", birth_year=1980)
    again = recorded(name="ST. NOERHALIZAH", nik="6107075208990003")
    jobs.catch_up(at=w.at)
    (one,) = likeness.of(again, by=w.rina, at=w.at).likenesses
    assert one.person == first
    assert one.probability > 0.95
    assert one.levels["nik"] == "the NIK is the same"
    assert one.levels["name"].startswith("the name")
    assert not Pair.objects.of(other).filter(probability__gte=0.5).exists()


def test_no_word_of_anybody_is_in_index_or_encoding(finder, recorded, w):
    recorded()
    jobs.catch_up(at=w.at)
    files = [path for path in finder.folder.rglob("*") if path.is_file()]
    assert files
    held = b"".join(path.read_bytes() for path in files)
    held += b"".join(bytes(part) for part in Encoding.objects.values_list("tags", "slots").get())
    for word in (b"SITI", b"Siti", b"NURHALIZA", b"6107075208990003", JAGOI.encode()):
        assert word not in held


def test_whoever_is_forgotten_is_found_no_more(finder, recorded, w):
    first, again = recorded(), recorded()
    jobs.catch_up(at=w.at)
    assert found_by(finder, again) == [first.pk]
    finder.forget([first.pk])
    assert found_by(finder, again) == []


def test_an_index_that_was_thrown_away_is_made_again(finder, recorded, w, tmp_path):
    first, again = recorded(), recorded()
    jobs.catch_up(at=w.at)
    shutil.rmtree(finder.folder)
    anew = Finder(tmp_path / "linkage")
    engine.use(anew)
    Pair.objects.all().delete()
    Encoding.objects.filter(person=again).update(compared_at=None)
    jobs.catch_up(at=w.at)
    jobs.catch_up(at=w.at)
    assert Pair.objects.get().persons == {first.pk, again.pk}


@pytest.fixture
def twice(finder, lasting):  # noqa: F811
    """The same person recorded twice, in transactions that have ended, and compared with nobody yet."""
    home = Place.objects.get(pk=JAGOI)
    return [lasting.victim(lasting.case(), home=home, **MELATI).person for _each in range(2)]


def test_what_one_process_records_another_finds(finder, lasting, twice):  # noqa: F811
    first, again = twice

    def record():
        likeness.compare(Encoding.objects.get(person=first), at=lasting.at)
        return found_by(finder, first)

    def find():
        told = likeness.of(again, by=lasting.rina, at=lasting.at)
        return [one.person.pk for one in told.likenesses]

    assert in_processes(record) == [[]]
    assert in_processes(find) == [[first.pk]]


def test_of_two_processes_that_compare_at_once_neither_misses_the_other(finder, lasting, twice):  # noqa: F811
    def comparing(person):
        return lambda: likeness.compare(Encoding.objects.get(person=person), at=lasting.at)

    # The index is not there yet: one of them makes it.
    assert not finder.folder.exists()
    assert in_processes(*map(comparing, twice)) == [None, None]
    assert Pair.objects.get().persons == {person.pk for person in twice}


def test_an_index_whose_making_broke_off_is_made(finder, recorded, w):
    first = recorded()
    (finder.folder / f"live-{Encoding.objects.get().epoch}").mkdir(parents=True)
    again = recorded()
    jobs.catch_up(at=w.at)
    assert found_by(finder, again) == [first.pk]


def test_tending_takes_in_who_is_missing_and_lets_go_who_has_no_encoding(finder, recorded, w):
    first, again, gone = recorded(), recorded(), recorded()
    jobs.catch_up(at=w.at)
    assert set(found_by(finder, again)) == {first.pk, gone.pk}
    finder.forget([first.pk])
    epoch = made_of(gone).epoch
    Encoding.objects.filter(person=gone).delete()
    jobs.tend(at=w.at)
    assert found_by(finder, again) == [first.pk]
    assert finder._index(epoch).numbers().tolist() == sorted([first.pk, again.pk])
    finder.warm()


def test_who_waits_for_a_new_encoding_is_found_by_the_old_one(finder, recorded, w):
    first, again = recorded(), recorded()
    jobs.catch_up(at=w.at)
    Encoding.objects.filter(person=first).update(owed_since=w.at)
    jobs.tend(at=w.at)
    assert found_by(finder, again) == [first.pk]


def test_the_index_of_an_epoch_goes_with_its_last_encoding(finder, recorded, w):
    person = recorded()
    jobs.catch_up(at=w.at)
    finder.put(person.pk, made_of(person)._replace(epoch="2025-00000000"))
    assert len(list(finder.folder.glob("live-*"))) == 2
    finder.process.end()
    jobs.tend(at=w.at)
    # While the key process is away nobody knows which epoch is in use.
    assert len(list(finder.folder.glob("live-*"))) == 2
    finder.process.start()
    jobs.tend(at=w.at)
    assert [folder.name for folder in finder.folder.glob("live-*")] == [f"live-{made_of(person).epoch}"]


def test_after_a_change_of_the_layout_everybody_is_encoded_anew_and_found(finder, recorded, w, monkeypatch, tmp_path):
    first, again = recorded(), recorded()
    jobs.catch_up(at=w.at)
    before = made_of(first).epoch
    monkeypatch.setattr(encode, "LAYOUT", "another")
    monkeypatch.setattr(encode, "WIDTH", encode.WIDTH + 1)
    later = Finder(tmp_path / "linkage")
    engine.use(later)
    # Until then the old index stands, and says nothing wrong.
    jobs.tend(at=w.at)
    assert later.near(again.pk, made_of(again), most=5) == []
    jobs.catch_up(at=w.at)
    jobs.tend(at=w.at)
    assert made_of(first).epoch != before
    assert found_by(later, again) == [first.pk]
    assert [folder.name for folder in later.folder.glob("live-*")] == [f"live-{made_of(first).epoch}"]


def test_an_index_of_another_version_is_made_again(finder, recorded, w):
    first, again = recorded(), recorded()
    epoch = made_of(first).epoch
    LiveIndex.make(finder.folder / f"live-{epoch}", width=3, dtype=ROW, score=None, label="of old").close()
    jobs.catch_up(at=w.at)
    assert found_by(finder, again) == [first.pk]


def test_without_the_key_process_it_is_owed_and_made_up_for(finder, recorded, w):
    finder.process.end()
    person = recorded()
    assert Encoding.objects.get(person=person).is_owed
    assert finder.epoch == ""
    assert encodings.catch_up(at=w.at) == 0


def test_numbers_that_look_tried_out_are_owed_and_keep_nobody_waiting(finder, recorded, w):
    for serial in range(1, 9):
        recorded(nik=f"610707520899{serial:04d}", name=f"Nama {serial}")
    assert Encoding.objects.exclude(owed_since=None).exists()
    kenanga = recorded(name="Kenanga", nik="")
    assert not Encoding.objects.get(person=kenanga).is_owed


def test_of_whom_nothing_is_known_nobody_is_like(finder, w):
    person = identities.record(by=w.rina, at=w.at)
    jobs.catch_up(at=w.at)
    encoding = Encoding.objects.get(person=person)
    assert (encoding.is_owed, bytes(encoding.tags)) == (False, b"")
    assert encodings.catch_up(at=w.at) == 0
    assert not Pair.objects.exists()


def test_a_grant_that_is_over_leaves_the_limits_of_every_day(finder, w, settings):
    settings.LINKAGE_GRANT = "000000000000"
    identities.record_many([{"name": "Melati"}], by=w.hana, at=w.at, file="migrants.sheet:1")
    assert encodings.catch_up(at=w.at) == 1


def test_words_are_counted_and_what_is_common_weighs_less(finder, recorded, w, monkeypatch):
    monkeypatch.setattr(jobs, "ENOUGH_TO_COUNT", 30)
    one = recorded(nik="", name="Siti")
    recorded(nik="", name="Siti")
    jobs.catch_up(at=w.at)
    before = Pair.objects.get().probability
    for number in range(30):
        identities.record(name="Siti", birth_year=1950 + number, by=w.rina, at=w.at)
    jobs.weigh_anew(at=w.at)
    Encoding.objects.filter(person=one).update(compared_at=None)
    jobs.catch_up(at=w.at)
    found = Pair.objects.of(one).order_by("-probability").first()
    assert found is None or found.probability < before
