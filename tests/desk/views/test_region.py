"""The page of the head of the region: this month, what to decide, the months before, and the paper to sign."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.insight import tallies
from simpul.journal.models import Entry
from tests.documents.reading import pages
from tests.heads import head_of_region, with_a_month
from tests.insight.shipped import load_shipped
from tests.insight.test_decisions import raised
from tests.returns import came_home, with_returns

PAGE, PAPER = "/desk/wilayah/", "/desk/wilayah/cetak/"


@pytest.fixture
def w(today_world):
    w = today_world
    w.gusti = head_of_region(w)
    load_shipped(w.at)
    with_returns(w)
    for number in range(3):
        came_home(w, name=f"Melati {number}")
    return with_a_month(w)


def this_month(w):
    return tallies.first_of(localdate(w.at))


def test_the_month_stands_on_one_page(w, desk):
    page = desk(w.gusti).get(PAGE)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Kab. Bengkayang" in text
    assert "<svg" in text
    assert 'data-c="61.07.07"' in text
    assert page.context["found"].in_time.met == 4
    assert "UPTD PPA Bengkayang" in text


def test_what_to_decide_leads_to_the_records_behind_it(w, desk):
    alert = raised(w)
    page = desk(w.gusti).get(PAGE)
    addresses = [address for _decision, address in page.context["decisions"]]
    assert f"/desk/peringatan/{alert.number}/" in addresses
    assert "/desk/hari-ini/" in addresses
    client = desk(w.gusti)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_every_figure_leads_to_what_is_counted_and_how(w, desk):
    page = desk(w.gusti).get(PAGE)
    text = page.content.decode()
    for each in page.context["found"].measures:
        assert f'id="{each.code}"' in text
        assert str(each.definition) in text
        assert str(each.source) in text
    for code in ("duties_in_time", "victims_waiting", "returns_unvisited"):
        assert f'href="#{code}"' in text


def test_few_people_sent_home_are_hidden_on_it(w, desk):
    page = desk(w.gusti).get(PAGE)
    assert str(page.context["found"].unvisited.number) == "…"
    assert "Melati" not in page.content.decode()


def test_an_earlier_month_is_found_and_a_wrong_one_is_the_month_that_runs(w, desk):
    client = desk(w.gusti)
    now = this_month(w)
    before = tallies.earlier(now, 1)
    assert client.get(f"{PAGE}?bulan={before:%Y-%m}").context["found"].month == before
    assert client.get(PAGE).context["before"] == before
    assert client.get(PAGE).context["after"] is None
    last = client.get(f"{PAGE}?bulan={tallies.earlier(now, 12):%Y-%m}")
    assert last.context["before"] is None
    for wrong in ("", "x", "2026-13", "1999-01", f"{tallies.later(now):%Y-%m}"):
        assert client.get(f"{PAGE}?bulan={wrong}").context["found"].month == now


def test_before_anything_was_counted_it_says_so(today_world, desk):
    gusti = head_of_region(today_world)
    text = desk(gusti).get(PAGE).content.decode()
    assert 'class="empty"' in text
    assert desk(gusti).get(PAPER).status_code == 200


def test_it_is_for_those_who_see_facts(w, desk):
    assert desk(w.dewi).get(PAGE).status_code == 200
    for officer in (w.rina, w.hana, w.darius, w.wulan):
        assert desk(officer).get(PAGE).status_code in (403, 404)
        assert desk(officer).get(PAPER).status_code in (403, 404)


def test_a_district_has_no_such_page(w, desk):
    w.dewi.agency.place_id = "61.07.07"
    w.dewi.agency.save()
    assert desk(w.dewi).get(PAGE).status_code == 404


def test_the_paper_has_four_pages_and_is_kept_nowhere(w, desk):
    answer = desk(w.gusti).get(f"{PAPER}?bulan={this_month(w):%Y-%m}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert f"laporan-61.07-{this_month(w):%Y-%m}.pdf" in answer["Content-Disposition"]
    assert len(pages(answer.content)) == 4
    assert Entry.objects.filter(act="document.made", facts__paper="regional").count() == 1


def test_more_agencies_cost_no_more_queries(w, desk, django_assert_max_num_queries):
    client = desk(w.gusti)
    client.get(PAGE)
    w.report(at=w.at - timedelta(days=30), place="61.07.01.2001")
    tallies.refresh(at=w.at)
    with django_assert_max_num_queries(50):
        client.get(PAGE)
