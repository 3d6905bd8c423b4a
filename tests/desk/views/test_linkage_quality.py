"""How right the machine is, on its page: figures with intervals, what is missing in words, nothing of small groups."""

from simpul.linkage import quality, review
from simpul.linkage.models import Decision, Measurement, Pair
from tests.linkage.conftest import BECAUSE, People
from tests.linkage.machine import Machine
from tests.returns import with_returns

PAGE = "/desk/orang-yang-sama/mutu/"


def text(answer):
    return answer.content.decode()


def measured(world, decided, *, verdict="same"):
    """Pairs called very likely, so many of them decided."""
    people = People(with_returns(world), Machine())
    for number in range(decided):
        one, other = (people.victim(name=f"Melati {number}{letter}", sex="P") for letter in "ab")
        pair = people.pair(one, other)
        Pair.objects.filter(pk=pair.pk).update(probability=0.99)
        review.decided(people.pair(one, other), verdict=verdict, reason=BECAUSE, by=world.rina, at=world.at)
    return quality.measure(at=world.at)


def test_before_anything_was_measured_the_page_says_so_and_measures(world, desk):
    client = desk(world.rina)
    assert 'class="empty"' in text(client.get(PAGE))
    assert client.get(f"{PAGE}ukur/").status_code == 405
    assert client.post(f"{PAGE}ukur/").url == PAGE
    assert Measurement.objects.get().taken_by == world.rina
    assert 'class="empty"' not in text(client.get(PAGE))


def test_shares_are_told_with_their_intervals_and_by_group(world, desk):
    measured(world, 12)
    page = desk(world.rina).get(PAGE)
    assert "100 % (76–100)" in text(page)
    assert {(row.name, row.reviewed) for row in page.context["rows"] if row.kind} >= {("UPTD PPA Bengkayang", "12")}
    assert "<circle" in text(page)
    assert "Melati" not in text(page)


def test_what_is_missing_is_said_and_small_groups_stay_untold(world, desk):
    measured(world, 3)
    page = desk(world.rina).get(PAGE)
    assert "7 pasangan lagi" in page.context["lacking"]
    assert {row.pairs for row in page.context["rows"]} == {"kurang dari 10"}
    assert "<circle" not in text(page)


def test_a_known_truth_is_shown_where_there_is_one(world, desk):
    measured(world, 1)
    assert desk(world.rina).get(PAGE).context["truth"] is None
    both = {tuple(pair) for pair in Pair.objects.values_list("left", "right")}
    quality.know(lambda: both, among=lambda: {pk for pair in both for pk in pair})
    try:
        quality.measure(at=world.later(hours=1))
    finally:
        quality.know_nothing()
    assert desk(world.rina).get(PAGE).context["truth"]["right"] == 1


def test_who_answers_for_the_data_sees_it_too_and_nobody_else(world, desk):
    measured(world, 1)
    assert Decision.objects.exists()
    for officer in (world.wulan, world.yanti, world.rina):
        assert desk(officer).get(PAGE).status_code == 200
    assert desk(world.wulan).post(f"{PAGE}ukur/").status_code == 404
    assert "orang-yang-sama/keputusan/" not in text(desk(world.wulan).get(PAGE))
    for officer in (world.budi, world.tono):
        assert desk(officer).get(PAGE).status_code == 404


def test_the_page_counts_nothing_itself(world, desk, django_assert_num_queries):
    measured(world, 2)
    client = desk(world.wulan)
    client.get(PAGE)
    # Session, officer, what is needed to know where the officer belongs, and what was measured.
    with django_assert_num_queries(4):
        client.get(PAGE)
