"""Open data at the desk: what a draft shows, the second officer, the public page, and who was handed what."""

import pytest

from simpul.insight.models import Budget, Delivery, Release
from tests.insight.releasing import Releasing

PAGE = "/desk/data-terbuka/"
TOLD = {"organisation": "BPS Kalbar", "purpose": "Statistik daerah", "agreement": "PKS 12/2026"}


@pytest.fixture
def releasing(world):
    return Releasing(world)


def text(answer):
    return answer.content.decode()


def test_the_list_says_what_to_do_where_nothing_is(world, desk):
    page = desk(world.dewi).get(PAGE)
    assert page.status_code == 200
    assert 'class="empty"' in text(page)
    for officer in (world.rina, world.budi, world.wulan, world.tono):
        assert desk(officer).get(PAGE).status_code == 404


def test_a_release_goes_its_way(releasing, desk):
    dewi, gusti = desk(releasing.world.dewi), desk(releasing.gusti)
    made = dewi.post(f"{PAGE}baru/", {"period": "2026-Q2", "method": "suppression"})
    one = Release.objects.get()
    assert made["Location"] == f"{PAGE}{one.number}/"
    page = text(dewi.get(made["Location"]))
    assert "/setujui/" not in page
    assert "…" in page
    assert "/setujui/" in text(gusti.get(made["Location"]))
    gusti.post(f"{PAGE}{one.number}/setujui/")
    gusti.post(f"{PAGE}{one.number}/terbitkan/")
    one.refresh_from_db()
    assert one.state == "published"
    page = text(dewi.get(made["Location"]))
    assert one.fingerprint in page
    dewi.post(f"{PAGE}{one.number}/serahkan/", TOLD)
    assert Delivery.objects.get().delivered_by == releasing.world.dewi
    assert "BPS Kalbar" in text(dewi.get(f"{PAGE}penyerahan/"))
    assert "BPS Kalbar" in text(dewi.get(made["Location"]))
    gusti.post(f"{PAGE}{one.number}/tarik/", {"because": "wrong_figures"})
    one.refresh_from_db()
    assert one.state == "withdrawn"


def test_who_drafted_does_not_approve_by_the_address_either(releasing, desk):
    one = releasing.draft()
    dewi = desk(releasing.world.dewi)
    dewi.post(f"{PAGE}{one.number}/setujui/")
    one.refresh_from_db()
    assert one.state == "draft"
    assert 'class="error"' in text(dewi.get(f"{PAGE}{one.number}/"))


def test_no_page_holds_a_small_number(releasing, desk):
    one = releasing.draft()
    page = text(desk(releasing.gusti).get(f"{PAGE}{one.number}/"))
    assert ">44<" in page
    assert ">3<" not in page.split("<h2>")[1]


def test_a_draft_is_put_away(releasing, desk):
    one = releasing.draft()
    desk(releasing.world.dewi).post(f"{PAGE}{one.number}/buang/")
    one.refresh_from_db()
    assert one.state == "dropped"
    assert desk(releasing.world.dewi).get(f"{PAGE}{one.number}/").status_code == 200


def test_what_is_refused_comes_back_with_what_was_typed(releasing, desk):
    dewi = desk(releasing.world.dewi)
    answer = dewi.post(f"{PAGE}baru/", {"period": "2026-Q2", "method": "noise"})
    assert answer.status_code == 422
    assert 'value="2026-Q2" selected' in text(answer)
    answer = dewi.post(f"{PAGE}baru/", {"period": "2026-Q2", "method": "noise", "epsilon": "0.5"})
    assert answer.status_code == 422
    dewi.post(f"{PAGE}anggaran/", {"year": "2026", "limit": "4"})
    assert Budget.objects.get().limit == 4
    assert dewi.post(f"{PAGE}anggaran/", {"year": "2026", "limit": "8"}).status_code == 422
    dewi.post(f"{PAGE}baru/", {"period": "2026-Q2", "method": "noise", "epsilon": "0.5"})
    assert Release.objects.get().method == "noise"
    assert text(dewi.get(PAGE)).count("1.000") or text(dewi.get(PAGE)).count("1,000")


def test_only_what_is_published_is_handed_over(releasing, desk):
    one = releasing.draft()
    answer = desk(releasing.world.dewi).post(f"{PAGE}{one.number}/serahkan/", TOLD)
    assert answer.status_code == 422
    assert "PKS 12/2026" in text(answer)


def test_an_unknown_number_is_not_found(releasing, desk):
    assert desk(releasing.world.dewi).get(f"{PAGE}R-2026-99/").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(releasing, desk, django_assert_max_num_queries):
    releasing.published()
    dewi = desk(releasing.world.dewi)
    dewi.get(PAGE)
    with django_assert_max_num_queries(14):
        dewi.get(PAGE)
    releasing.published(period="2026-Q1")
    releasing.draft("2025-Q4")
    with django_assert_max_num_queries(14):
        dewi.get(PAGE)
