import pytest

from simpul.places import crossings
from simpul.places.models import BorderPost

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kalbar")]


def test_posts_come_with_their_place_in_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        posts = crossings.posts(prefix="61")
        assert {post.place.name for post in posts} >= {"Entikong", "Sebunga", "Badau", "Jagoi"}
    assert [post.kind for post in posts] == ["official"] * 4 + ["local"] * 3 + ["planned"]


def test_posts_are_those_of_the_region():
    assert [post.code for post in crossings.posts(prefix="61.07")] == ["jagoi_babang"]
    assert crossings.posts(prefix="61.71") == []


def test_a_post_whose_status_is_in_doubt_is_not_called_open():
    assert "sungai_kelik" in {post.code for post in crossings.posts(prefix="61.05")}
    assert crossings.open_posts(prefix="61.05") == []


def test_every_post_says_how_sure_we_are_and_why():
    for post in crossings.posts(prefix="61"):
        assert post.get_confidence_display()
        assert post.source
    assert BorderPost.objects.get(code="sungai_kelik").confidence == BorderPost.Confidence.CONFLICTING


def test_a_post_on_the_map_says_how_precisely_it_is_placed():
    located = crossings.located_posts(prefix="61")
    assert {post.code for post in located} == {"entikong", "aruk", "badau", "jagoi_babang", "sungai_kelik"}
    assert all(post.precision_km >= 3 for post in located)


def test_a_post_that_was_given_up_is_not_listed():
    BorderPost.objects.filter(code="bungkang").update(retired_on="2026-08-03")
    assert "bungkang" not in {post.code for post in crossings.posts(prefix="61")}


def test_border_places_are_53_villages_14_districts_and_5_regencies():
    counts = [crossings.border_places(prefix="61", level=level).count() for level in ("village", "district", "regency")]
    assert counts == [53, 14, 5]
    assert [place.code for place in crossings.border_places(prefix="61.07", level="district")] == [
        "61.07.07",
        "61.07.12",
    ]
