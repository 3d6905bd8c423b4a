import pytest
from django.db import connection

from simpul.places.models import BorderPost, Place
from simpul.places.regions import (
    ancestors,
    is_code,
    is_within,
    level_of,
    path_names,
    regency_of,
    short_name,
    within,
)


@pytest.mark.parametrize(
    ("code", "level"),
    [("61", "province"), ("61.07", "regency"), ("61.07.07", "district"), ("61.07.07.2001", "village")],
)
def test_a_code_tells_its_level(code, level):
    assert level_of(code) == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("61", True),
        ("61.07", True),
        ("61.07.07", True),
        ("61.07.07.2001", True),
        ("", False),
        ("6", False),
        ("61.", False),
        ("61.7", False),
        ("61.07-1", False),
        ("61.07.2001", False),
        ("61.07.07.20011", False),
        ("٦١", False),
        ("61\n", False),
    ],
)
def test_a_code_is_digits_in_groups(text, expected):
    assert is_code(text) is expected


def test_a_code_tells_what_it_lies_in():
    assert ancestors("61.07.07.2001") == ["61", "61.07", "61.07.07"]
    assert ancestors("61") == []
    assert regency_of("61.07.07.2001") == "61.07"
    assert regency_of("61.07") == "61.07"
    assert regency_of("61") == ""


@pytest.mark.parametrize(
    ("code", "prefix", "expected"),
    [
        ("61.07", "61.07", True),
        ("61.07.07.2001", "61.07", True),
        ("61.07.07.2001", "61", True),
        ("61.071", "61.07", False),
        ("61.1", "61.10", False),
        ("61", "61.07", False),
        ("61.07", "", False),
        ("", "61", False),
    ],
)
def test_scope_is_the_region_itself_or_below_it(code, prefix, expected):
    assert is_within(code, prefix) is expected


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["61", "61.07", "61.07.07", "61.07.07.2001", "61.0", "62"])
def test_the_condition_on_the_table_agrees_with_the_code(kalbar, prefix):
    found = set(Place.objects.filter(within(prefix, "code")).values_list("code", flat=True))
    codes = Place.objects.values_list("code", flat=True)
    assert found == {code for code in codes if is_within(code, prefix)}


@pytest.mark.django_db
def test_a_code_that_only_begins_alike_is_not_in_scope(no_places):
    for code in ("61.07", "61.07.01", "61.071", "61.08", "61.070", "61.17", "61"):
        Place.objects.create(code=code, name=code, level="regency", key=code)
    found = Place.objects.filter(within("61.07", "code")).values_list("code", flat=True)
    assert set(found) == {"61.07", "61.07.01"}


@pytest.mark.django_db
def test_scope_works_on_a_foreign_key_and_from_outside(kalbar):
    assert BorderPost.objects.count() > 4
    posts = BorderPost.objects.filter(within("61.03")).values_list("code", flat=True)
    assert set(posts) == {"entikong", "suruh_tembawang", "bungkang"}
    assert set(BorderPost.objects.exclude(within("61.03")).values_list("place__level", flat=True)) == {"village"}
    held = Place.objects.filter(within("61.03", "border_posts__place"))
    assert held.count() == 3


@pytest.mark.django_db
def test_an_empty_jurisdiction_sees_nothing(kalbar):
    assert Place.objects.exists()
    assert not Place.objects.filter(within("", "code")).exists()
    assert not BorderPost.objects.filter(within("")).exists()


@pytest.mark.django_db
@pytest.mark.sqlite
def test_scope_uses_the_index(kalbar):
    with connection.cursor() as cursor:
        sql, values = Place.objects.filter(within("61.07", "code")).query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "USING INDEX" in plan
    assert "SCAN" not in plan


@pytest.mark.django_db
def test_names_of_many_codes_take_one_query(kalbar, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = path_names(["61.07.07.2001", "61.07.07", "61.07", "61", "61.71.04.1001", "99.99"])
    assert names == {
        "61.07.07.2001": "Jagoi, Kec. Jagoi Babang, Kab. Bengkayang",
        "61.07.07": "Kec. Jagoi Babang, Kab. Bengkayang",
        "61.07": "Kab. Bengkayang, Kalimantan Barat",
        "61": "Kalimantan Barat",
        "61.71.04.1001": "Siantan Hulu, Kec. Pontianak Utara, Kota Pontianak",
    }


@pytest.mark.django_db
def test_no_codes_take_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert path_names([]) == {}


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        ("61", "Kalimantan Barat", "Kalimantan Barat"),
        ("61.07", "Kabupaten Bengkayang", "Kab. Bengkayang"),
        ("61.71", "Kota Pontianak", "Kota Pontianak"),
        ("61.07.07", "Jagoi Babang", "Kec. Jagoi Babang"),
        ("91.03.01", "Sentani", "Distrik Sentani"),
        ("61.07.07.2001", "Jagoi", "Jagoi"),
    ],
)
def test_a_short_name_is_what_one_says(code, name, short):
    assert short_name(Place(code=code, name=name)) == short
