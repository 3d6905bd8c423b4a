"""An alert in a browser: the secretariat finds it, looks into it, closes it, and sees how often alerts were right.

With a telephone and on a desktop; nothing sticks out, and axe finds nothing. With SIMPUL_SCREENS set to a folder,
pictures are taken on the way.
"""

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, out_of_order, serving
from tests.browser.signing import sign_in
from tests.browser.test_to_the_end import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

PAGES = {
    "list": "/desk/peringatan/", "record": "/desk/peringatan/ketepatan/", "estimates": "/desk/angka-tersembunyi/",
}  # fmt: skip
BUILD = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from django.utils.timezone import localdate
from simpul.agencies.models import Officer
from simpul.insight import alerts, estimates
from simpul.intake import receipts, reports
at = timezone.now()
dewi, today = Officer.objects.get(username="dewi"), localdate(at)
for _number in range(6):
    reports.receive(reports.Told("Gaji tidak dibayar.", place="61.07.07.2001", danger="no"),
                    token=receipts.new_token(), at=at - timedelta(days=1))
figures = {"count": 6, "expected": 0.8, "times": 7.5, "recurrence_days": 1000, "km": 0.0, "left_out": 0}
for subject, places in (("reports", ["61.07.07"]), ("cases", ["61.07.07", "61.07.05"])):
    alerts.raise_(alerts.Seen("cluster", subject, tuple(places), today - timedelta(days=9), today, figures,
                              "scan.permutation", {"days": 180, "longest": 28}), at=at)
asked = estimates.Asked("victims", "61.07", today - timedelta(days=300), today)
one = estimates.ask(asked, by=dewi, at=at)
on = {"police": range(60), "service": range(30, 110), "bp3mi": range(50, 140)}
rows = [([int(key in on.get(name, ())) for name in estimates.LISTS], 1) for key in range(140)]
one.state, one.lists, one.results = estimates.said_of([rows], draws=100, methods=("independence", "stepwise"))
one.tables, one.verdict, one.made_at = [rows], one.results["verdict"], at
one.save()
"""


@pytest.fixture(scope="module")
def home(installed, tmp_path_factory):
    made = installed(tmp_path_factory.mktemp("alerts") / "home")
    installation.run(BUILD, made)
    return made


@pytest.fixture(scope="module")
def server(home):
    with serving(home, SIMPUL_DEMO="1") as address:
        yield address


def in_order(page, name):
    """Nothing sticks out and axe finds nothing."""
    assert out_of_order(page) == [], page.url
    picture(page, f"alerts-{name}")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_pages_of_alerts_and_of_the_hidden_number_are_in_order(visit, size):
    dewi = sign_in(visit(size=size), "dewi")
    for name, address in PAGES.items():
        dewi.goto(address)
        in_order(dewi, name)
    dewi.goto("/desk/peringatan/")
    dewi.locator("tbody a").first.click()
    in_order(dewi, "alert")
    dewi.goto("/desk/angka-tersembunyi/")
    dewi.locator("tbody a").first.click()
    assert dewi.locator("figure svg circle").count() == 2
    in_order(dewi, "estimate")


def test_the_secretariat_looks_into_an_alert_and_closes_it(visit):
    dewi = sign_in(visit(size=DESKTOP), "dewi")
    dewi.goto("/desk/peringatan/")
    dewi.locator("tbody tr", has_text="Kec. Jagoi Babang").locator("a").first.click()
    dewi.locator("form[action$='/telaah/'] button").click()
    assert "Dewi Lestari" in dewi.inner_text("main")
    dewi.locator("[name=outcome][value=real_acted]").check()
    dewi.locator("form:has([name=outcome]) button").click()
    assert dewi.locator("[name=outcome]").count() == 0
    dewi.goto("/desk/peringatan/ketepatan/")
    assert dewi.locator("tbody tr").count() == 1


def test_who_reads_reports_is_told_how_many_would_be_opened(visit):
    rina = sign_in(visit(size=PHONE), "rina")
    rina.goto("/desk/peringatan/kata-baru/")
    in_order(rina, "wording")
    rina.locator("form:has([name=days]) button").click()
    assert rina.locator("[role=alert]").count() == 1
