from datetime import date

import pytest
from django.conf import settings

from simpul.places import loading
from simpul.places.models import BorderPost, Edition, Place

pytestmark = pytest.mark.django_db

THEN = date(2026, 8, 3)
LATER = date(2027, 1, 4)

NAMES = {
    "61": "Kalimantan Barat",
    "61.07": "Kabupaten Bengkayang",
    "61.07.07": "Jagoi Babang",
    "61.07.07.2001": "Jagoi",
    "61.07.07.2002": "Kumba",
    "62": "Kalimantan Tengah",
    "62.01": "Kabupaten Kotawaringin Barat",
}


@pytest.fixture
def own_files(tmp_path, monkeypatch, settings):
    """Our own data files, with border posts of the few places of these tests only."""
    for name in loading.OWN_FILES:
        lines = (settings.DATA / name).read_text().splitlines(keepends=True)
        if name == "border_posts.csv":
            lines = [lines[0], *(line for line in lines if "61.07.07.2001" in line)]
        (tmp_path / name).write_text("".join(lines))
    settings.DATA = tmp_path
    return tmp_path


@pytest.mark.slow
def test_all_of_indonesia_is_loaded_once(no_places, django_assert_max_num_queries):
    first = loading.load(on=THEN)
    assert first == loading.Counts(added=91_599)
    counts = {level: Place.objects.filter(level=level).count() for level in Place.Level.values}
    assert counts == {"province": 38, "regency": 514, "district": 7285, "village": 83_762}
    assert Place.objects.filter(level="district", latitude=None).count() == 0
    with django_assert_max_num_queries(1):
        assert loading.load(on=LATER) == loading.Counts()


def test_one_region_is_loaded_with_what_lies_above_it(no_places):
    counts = loading.load(on=THEN, only="61.07")
    assert counts.added == Place.objects.count()
    assert set(Place.objects.exclude(code__startswith="61.07").values_list("code", flat=True)) == {"61"}
    assert set(BorderPost.objects.values_list("code", flat=True)) == {"jagoi_babang"}


def test_west_kalimantan_has_its_counts_points_and_border(no_places):
    loading.load(on=THEN, only="61")
    counts = [Place.objects.filter(level=level).count() for level in Place.Level.values]
    assert counts == [1, 14, 174, 2145]
    jagoi = Place.objects.get(code="61.07.07.2001")
    assert (jagoi.name, jagoi.key, jagoi.is_border) == ("Jagoi", "jagoi", True)
    assert jagoi.latitude == pytest.approx(1.33, abs=0.05)
    assert jagoi.longitude == pytest.approx(109.93, abs=0.05)
    assert Place.objects.filter(level="village").exclude(latitude=None).count() == 2130
    assert not Place.objects.get(code="61.71").is_border


def test_a_second_time_changes_nothing(no_places, django_assert_num_queries):
    assert loading.load(on=THEN, only="61.07").added
    before = list(Place.objects.order_by("code").values())
    with django_assert_num_queries(1):
        assert loading.load(on=LATER, only="61.07") == loading.Counts()
    assert list(Place.objects.order_by("code").values()) == before
    assert Edition.objects.get().loaded_on == THEN


def test_loading_one_region_retires_nothing_elsewhere(no_places, own_files):
    loading.take_in(NAMES, on=THEN)
    loading.take_in({code: name for code, name in NAMES.items() if code.startswith("61")}, on=LATER, only="61")
    assert not Place.objects.exclude(retired_on=None).exists()


def test_a_changed_edition_renames_adds_and_retires_but_never_deletes(no_places, own_files):
    assert loading.take_in(NAMES, on=THEN) == loading.Counts(added=7)
    newer = {**NAMES, "61.07.07.2002": "Kumba Baru", "61.07.07.2099": "Jagoi Kindau"}
    del newer["61.07.07.2001"], newer["62.01"], newer["62"]
    assert loading.take_in(newer, on=LATER) == loading.Counts(added=1, changed=1, retired=3)
    assert Place.objects.get(code="61.07.07.2002").key == "kumba baru"
    retired = Place.objects.exclude(retired_on=None).values_list("code", "retired_on")
    assert dict(retired) == {"61.07.07.2001": LATER, "62": LATER, "62.01": LATER}
    assert BorderPost.objects.get().place.code == "61.07.07.2001"


def test_a_code_retired_once_keeps_its_day_and_may_come_back(no_places, own_files):
    loading.take_in(NAMES, on=THEN)
    fewer = {code: name for code, name in NAMES.items() if code != "61.07.07.2002"}
    loading.take_in(fewer, on=THEN)
    assert loading.take_in(fewer, on=LATER) == loading.Counts()
    assert Place.objects.get(code="61.07.07.2002").retired_on == THEN
    assert loading.take_in(NAMES, on=LATER) == loading.Counts(changed=1)
    assert Place.objects.get(code="61.07.07.2002").retired_on is None


def test_a_changed_file_of_ours_is_a_new_edition(no_places, own_files):
    before = loading.edition_fingerprint()
    points = own_files / "village_points.csv"
    points.write_text(points.read_text().replace("61.07.07.2001,", "61.07.07.2001,1.5,110.5\n99.99.99.9999,"))
    assert loading.edition_fingerprint() != before
    loading.take_in(NAMES, on=THEN)
    jagoi = Place.objects.get(code="61.07.07.2001")
    assert (jagoi.latitude, jagoi.longitude) == (1.5, 110.5)


def test_a_border_post_that_leaves_the_file_is_retired(no_places, own_files):
    loading.take_in(NAMES, on=THEN)
    assert BorderPost.objects.get().retired_on is None
    posts = own_files / "border_posts.csv"
    posts.write_text(posts.read_text().splitlines(keepends=True)[0])
    loading.take_in(NAMES, on=LATER)
    assert BorderPost.objects.get().retired_on == LATER


def test_a_region_that_does_not_exist_is_refused_with_a_sentence(no_places):
    with pytest.raises(loading.LoadingError, match="No place has the code 60"):
        loading.load(on=THEN, only="60")
    assert not Edition.objects.exists()


def test_an_edition_with_a_code_of_another_shape_is_refused_whole(no_places, own_files):
    with pytest.raises(loading.LoadingError, match="'61-07' is not the code of a place"):
        loading.take_in({**NAMES, "61-07": "Kabupaten"}, on=THEN)
    assert not Place.objects.exists()


def test_a_package_without_its_data_is_refused_with_a_sentence(no_places, monkeypatch):
    monkeypatch.setattr(loading, "PACKAGE_FILES", ("gone.json.gz",))
    with pytest.raises(loading.LoadingError, match=r"no data file gone\.json\.gz"):
        loading.load(on=THEN)


def test_names_of_the_package_do_not_stay_in_memory(no_places):
    from lokal import wilayah

    wilayah._cache.clear()
    loading.load(on=THEN, only="61.07")
    assert wilayah._cache == {}


def test_counts_read_as_a_sentence():
    assert str(loading.Counts(3, 2, 1)) == "3 added, 2 changed, 1 retired"


@pytest.mark.parametrize("name", loading.OWN_FILES)
def test_each_data_file_names_each_code_once(name):
    rows = list(loading._rows(name))
    assert rows
    keys = [tuple(row.values()) if name == "regions.csv" else row["code"] for row in rows]
    assert len(set(keys)) == len(keys)
    assert (settings.DATA / name).read_bytes().endswith(b"\n")
