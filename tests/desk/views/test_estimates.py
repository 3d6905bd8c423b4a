"""The hidden number at the desk: asked for, waited for, read with its limits, small overlaps hidden."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult

from simpul.desk.views import estimates as views
from simpul.insight import estimates
from simpul.insight.models import Estimate
from tests.returns import with_returns

LIST = "/desk/angka-tersembunyi/"


def question(w, **told):
    today = localdate(w.at)
    told = {"population": "victims", "place": "61.07", "first_on": today - timedelta(days=300), "last_on": today} | told
    return {name: str(value) for name, value in told.items()}


def of_lists(w, on, people):
    """An estimate of lists that hold these people, as it stands when it was computed."""
    rows = [([int(key in on.get(name, ())) for name in estimates.LISTS], 1) for key in range(people)]
    today = localdate(w.at)
    asked = estimates.Asked("victims", "61.07", today - timedelta(days=300), today)
    one = estimates.ask(asked, by=w.dewi, at=w.at)
    one.state, one.lists, one.results = estimates.said_of([rows], draws=100, methods=("independence", "stepwise"))
    one.tables, one.verdict, one.made_at = [rows], one.results["verdict"], w.at
    one.save()
    return one


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_it_is_asked_for_and_computed_in_the_background(w, desk):
    dewi = desk(w.dewi)
    assert 'class="empty"' in page(dewi, LIST)
    answer = dewi.post(LIST, question(w))
    one = Estimate.objects.get()
    assert answer["Location"] == f"{LIST}{one.pk}/"
    assert DBTaskResult.objects.get().args_kwargs["args"] == [one.pk]
    waiting = page(dewi, f"{LIST}{one.pk}/")
    assert 'http-equiv="refresh"' in waiting
    estimates.make(one, at=w.at)
    done = page(dewi, f"{LIST}{one.pk}/")
    assert 'http-equiv="refresh"' not in done
    assert one.get_population_display() in page(dewi, LIST)


def test_bad_questions_are_answered_with_a_sentence_and_keep_what_was_typed(w, desk):
    answer = desk(w.dewi).post(LIST, question(w, first_on="2020-01-01"))
    assert answer.status_code == 422
    assert 'value="2020-01-01"' in answer.content.decode()
    assert not Estimate.objects.exists()


@pytest.mark.slow
def test_figures_only_see_no_small_overlap_nor_what_it_follows_from(w, desk):
    one = of_lists(w, {"police": range(60), "service": range(50, 110), "bp3mi": range(55, 140)}, 140)
    exact, coarse = (page(desk(who), f"{LIST}{one.pk}/") for who in (w.hana, w.dewi))
    assert ">10<" in exact
    assert ">10<" not in coarse
    overlap = views.Overlap(one, exact=False)
    assert overlap.is_cut
    assert (overlap.total, overlap.several) == ("–", "–")
    assert overlap.said(1234) in {"1.200", "1200", "1,200"}
    assert overlap.said(87) == "90"
    assert views.Overlap(one, exact=True).total == "140"
    # Of three lists, what is left without one is an estimate of two: their overlap follows from it.
    without = 'aria-labelledby="tanpa"'
    assert without in exact
    assert without not in coarse


@pytest.mark.slow
def test_of_two_lists_that_hardly_overlap_no_estimate_is_shown(w, desk):
    one = of_lists(w, {"police": range(40), "service": range(32, 80)}, 80)
    assert one.state == "done"
    assert "<svg" in page(desk(w.hana), f"{LIST}{one.pk}/")
    assert "<svg" not in page(desk(w.dewi), f"{LIST}{one.pk}/")


@pytest.mark.slow
def test_an_estimate_shows_methods_picture_lists_left_out_and_the_verdict(w, desk, english):
    one = of_lists(w, {"police": range(60), "service": range(30, 110), "bp3mi": range(50, 140)}, 140)
    told = page(desk(w.dewi), f"{LIST}{one.pk}/")
    assert told.count("<circle") == len(one.results["methods"])
    assert views.verdict(one)
    assert views.without(one, views.Overlap(one, exact=True))
    assert len(views.methods(one, views.Overlap(one, exact=True))) == 2


def test_a_refusal_tells_why_without_the_small_number(w, desk, english):
    one = of_lists(w, {"police": range(40), "service": range(37, 80)}, 80)
    assert one.state == "refused"
    assert "3" in " ".join(views.reasons(one, is_cut=False))
    assert "Only" not in " ".join(views.reasons(one, is_cut=True))
    assert page(desk(w.dewi), f"{LIST}{one.pk}/")


def test_an_estimate_that_failed_says_so(w, desk):
    one = estimates.ask(estimates.Asked("victims", "61.07", localdate(w.at) - timedelta(days=99), localdate(w.at)),
                        by=w.dewi, at=w.at)  # fmt: skip
    Estimate.objects.filter(pk=one.pk).update(state="failed")
    told = page(desk(w.dewi), f"{LIST}{one.pk}/")
    assert 'http-equiv="refresh"' not in told


def test_only_who_sees_facts_or_keeps_manifests_comes_in(w, desk):
    one = of_lists(w, {"police": range(4)}, 4)
    for who in ("rina", "siti", "budi", "darius", "wulan"):
        assert desk(getattr(w, who)).get(LIST).status_code == 404
        assert desk(getattr(w, who)).get(f"{LIST}{one.pk}/").status_code == 404
