import pytest

from simpul.lib.rules import NotAllowed
from simpul.migrants import ways
from simpul.places import legs
from simpul.places.legs import Step
from simpul.places.models import BorderPost
from tests.returns import came_home


def test_the_manifest_tells_a_way_by_itself(w):
    post = BorderPost.objects.get(pk="entikong")
    person = came_home(w, post=post, depot="bekenu")
    (step,) = ways.of_manifest(person)
    assert (step.origin, step.post, step.destination) == ("miri", post, person.home)
    assert step.confidence == "document"
    assert not legs.of(person).exists()


def test_a_depot_that_is_not_known_is_the_country_across_the_border(w):
    assert [ways.origin_of(depot) for depot in ("semuja", "other", "")] == ["serian", "my", "my"]


def test_without_a_home_or_a_post_there_is_no_way(w):
    assert ways.of_manifest(came_home(w)) == []
    assert ways.of_manifest(came_home(w, name="Kenanga", home="", depot="semuja")) == []


def test_who_may_see_the_person_writes_what_she_told(w):
    person = came_home(w)
    ways.keep(person, [Step("sibu", "kuching")], by=w.hana, at=w.at)
    ways.keep(person, [Step("miri", "kuching")], by=w.darius, at=w.at)
    assert legs.of(person).get().origin_abroad == "miri"
    for officer in (w.rina, w.siti, w.dewi):
        with pytest.raises(NotAllowed):
            ways.keep(person, [], by=officer, at=w.at)
