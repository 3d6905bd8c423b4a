"""Alerts at the desk: the list, one alert, what was found; and new wording, whose texts are opened and written down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.desk.views import alerts as views
from simpul.insight import alerts
from simpul.insight.models import Alert
from simpul.journal.models import Entry
from tests.insight.test_wording import NEW, OLD

LIST = "/desk/peringatan/"
SCAN = {"longest": 28, "days": 180, "replicas": 999, "seed": 1}


def raised(w, count=6, *, places=("61.07.07",), back=6, **told):
    today = localdate(w.at)
    kind = {
        "kind": Alert.Kind.CLUSTER, "subject": Alert.Subject.REPORTS, "method": "scan.permutation", "settings": SCAN,
        "figures": {"count": count, "expected": 1.1, "times": 5.5, "recurrence_days": 1000},
    }  # fmt: skip
    seen = {"places": tuple(places), "first_on": today - timedelta(days=back), "last_on": today}
    return alerts.raise_(alerts.Seen(**kind | seen | told), at=w.at)


@pytest.fixture
def alert(today_world):
    return raised(today_world)


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_shows_what_the_region_has_and_costs_the_same_for_many(today_world, desk):
    dewi = desk(today_world.dewi)
    assert 'class="empty"' in page(dewi, LIST)
    first = raised(today_world)
    with CaptureQueriesContext(connection) as few:
        assert first.number in page(dewi, LIST)
    for number in range(1, 9):
        raised(today_world, back=0, sign=f"modus:{number}")
    with CaptureQueriesContext(connection) as many:
        page(dewi, LIST)
    assert len(many) <= len(few)
    assert first.number not in page(desk(today_world.siti), LIST)
    assert desk(today_world.budi).get(LIST).status_code == 404


def test_an_alert_says_where_how_many_and_how_often_chance_does_the_same(today_world, desk, alert):
    report = today_world.report(at=today_world.at)
    told = page(desk(today_world.rina), f"{LIST}{alert.number}/")
    for words in ("Jagoi Babang", report.number, "5,5"):
        assert words in told
    assert views.chance(alert)
    assert 'name="outcome"' not in told


def test_small_numbers_and_records_are_not_for_those_who_see_figures(today_world, desk, alert):
    report = today_world.report(at=today_world.at)
    exact, coarse = (page(desk(who), f"{LIST}{alert.number}/") for who in (today_world.rina, today_world.dewi))
    assert "5,5" in exact
    assert report.number in exact
    assert "5,5" not in coarse
    assert report.number not in coarse
    assert views.counted(alert, today_world.rina) == "6"
    assert views.counted(alert, today_world.dewi) != "6"


def test_the_office_takes_it_up_and_closes_it_with_what_was_found(today_world, desk, alert):
    dewi, address = desk(today_world.dewi), f"{LIST}{alert.number}/"
    assert dewi.post(f"{address}telaah/").status_code == 302
    alert.refresh_from_db()
    assert alert.officer == today_world.dewi
    assert dewi.post(address, {"outcome": ""}).status_code == 422
    assert dewi.post(address, {"outcome": "data_error"}).status_code == 302
    alert.refresh_from_db()
    assert (alert.state, alert.outcome) == ("closed", "data_error")
    assert 'name="outcome"' not in page(dewi, address)
    assert dewi.post(address, {"outcome": "chance"}).status_code == 422


def test_another_office_sees_it_and_cannot_close_it(today_world, desk, alert):
    rina = desk(today_world.rina)
    assert rina.post(f"{LIST}{alert.number}/", {"outcome": "chance"}).status_code == 422
    rina.post(f"{LIST}{alert.number}/telaah/")
    alert.refresh_from_db()
    assert alert.state == "raised"


def test_the_clock_leads_to_the_alert(today_world, desk, alert):
    clock = today_world.owed("look_into_alert", on=alert)
    answer = desk(today_world.dewi).get(f"/desk/kewajiban/{clock.pk}/berkas/")
    assert answer["Location"] == f"{LIST}{alert.number}/"


def test_a_sign_is_told_in_words(today_world, desk):
    alert = raised(
        today_world, 20, kind="wording", subject="cases", sign="modus:scam_online", method="modus.bursts",
        figures={"count": 20, "among": 44, "expected": 6.0, "times": 3.3}, settings={"weeks": 52},
    )  # fmt: skip
    assert "judi online" in page(desk(today_world.dewi), f"{LIST}{alert.number}/")
    assert "judi online" in page(desk(today_world.dewi), LIST)


def test_a_change_of_routes_is_told_by_its_ends(today_world, desk):
    alert = raised(
        today_world, 31, kind="route", subject="legs", sign="61.07.07>unofficial:61.07.07", method="flows.shifts",
        figures={"count": 31, "expected": 12, "times": 2.6}, settings={"period": "2026-Q2"},
    )  # fmt: skip
    assert "Kec. Jagoi Babang" in page(desk(today_world.dewi), f"{LIST}{alert.number}/")


@pytest.mark.parametrize(("days", "words"), [(40, "40 days"), (400, "13 months"), (1000, "3 years")])
def test_a_recurrence_is_told_in_days_months_or_years(english, days, words):
    assert words in views.chance(Alert(figures={"recurrence_days": days}))


def test_what_never_comes_is_told_as_rarely_and_what_is_unknown_not_at_all(english):
    assert "hundred years" in views.chance(Alert(figures={"recurrence_days": 90_000}))
    assert views.chance(Alert(figures={})) == ""


def test_how_often_alerts_were_right_is_counted(today_world, desk, alert):
    alerts.close(alert, outcome="chance", by=today_world.dewi, at=today_world.at)
    told = page(desk(today_world.dewi), f"{LIST}ketepatan/")
    assert str(Alert.Kind.CLUSTER.label) in told
    assert 'class="empty"' in page(desk(today_world.siti), f"{LIST}ketepatan/")


# --- new wording


@pytest.fixture
def told_long_ago(today_world):
    for number in range(24):
        today_world.report(OLD[number % 4], at=today_world.later(days=-200 + number))


WORDING = f"{LIST}kata-baru/"


def test_new_wording_is_found_shown_and_every_text_is_a_reading(today_world, desk, told_long_ago):
    new = [today_world.report(words, at=today_world.later(days=-2)) for words in NEW]
    rina = desk(today_world.rina)
    assert "Kamboja" not in page(rina, WORDING)
    assert not Entry.objects.filter(act="report.read").exists()
    answer = rina.post(WORDING, {"days": "30"})
    told = answer.content.decode()
    assert "kamboja" in told
    assert all(report.number in told for report in new)
    assert Entry.objects.filter(act="report.read", officer_id=today_world.rina.pk).count() == 27
    alert = Alert.objects.get()
    assert alert.number in told
    assert "kamboja" not in str(vars(alert)).lower()
    assert "kamboja" not in " ".join(str(entry.facts) for entry in Entry.objects.all()).lower()


def test_with_too_few_earlier_reports_nothing_is_opened(today_world, desk):
    today_world.report(NEW[0])
    answer = desk(today_world.rina).post(WORDING, {"days": "30"})
    assert answer.status_code == 422
    assert not Entry.objects.filter(act="report.read").exists()


def test_only_who_reads_reports_asks_for_wording(today_world, desk):
    for who in ("dewi", "budi", "wulan", "tono"):
        assert desk(getattr(today_world, who)).get(WORDING).status_code == 404
    today_world.uptd.triages = False
    today_world.uptd.save()
    assert desk(today_world.rina).get(WORDING).status_code == 404
