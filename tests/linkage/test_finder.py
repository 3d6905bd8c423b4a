"""The machine of an installation, with a real key process and a real index on the disk."""

import shutil

import pytest

from simpul.linkage import encodings, engine, jobs, likeness
from simpul.linkage.custody import client
from simpul.linkage.finder import Finder
from simpul.linkage.models import Encoding, Pair
from simpul.persons import identities
from simpul.places.models import Place
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
    encoding = Encoding.objects.get(person=again)
    made = engine.Made(encoding.epoch, bytes(encoding.tags), bytes(encoding.slots))
    assert [one.person for one in finder.near(again.pk, made, most=5)] == [first.pk]
    finder.forget([first.pk])
    assert finder.near(again.pk, made, most=5) == []


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


def test_words_are_counted_and_what_is_common_weighs_less(finder, recorded, w):
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
