"""A way is written down on a telephone without script, and becomes a line on the map of routes.

Lina reads reports for the whole province. With SIMPUL_SCREENS set to a folder, pictures are taken on the way.
"""

import re

import pytest

from tests.browser.conftest import DESKTOP, PHONE, faults, serving
from tests.browser.signing import sign_in
from tests.browser.test_to_the_end import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def home(installed, tmp_path_factory):
    return installed(tmp_path_factory.mktemp("a-route") / "home")


@pytest.fixture(scope="module")
def server(home):
    with serving(home, SIMPUL_SECOND_FACTOR="0") as address:
        yield address


def fits(page, name):
    """The page is no wider than its window; and its picture."""
    picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_a_way_is_written_on_a_telephone_and_seen_on_the_map(visit):
    reporter = visit(script=False)
    reporter.goto("/lapor/")
    reporter.fill("#statement", "Adik saya dibawa lewat Jagoi Babang ke Kuching, lalu ke Sibu.")
    reporter.check("input[name=danger][value=no]")
    reporter.click("form button[type=submit]")

    lina = sign_in(visit(size=PHONE, script=False), "lina")
    lina.goto("/desk/laporan/")
    lina.click("tbody a[href*='/laporan/L-']")
    lina.click("a[href$='/jalur/']:not(.menu a)")
    fits(lina, "route-form")
    form = lina.url
    the_first_step(lina)
    the_second_step(lina)
    lina.click("form.ways div.row > button:not([name])")
    assert re.search(r"/laporan/L-[0-9-]+/(#|$)", lina.url)
    assert "Sibu" in lina.inner_text("#jalur >> xpath=..")

    lina.goto("/desk/jalur/?kurun=semua")
    fits(lina, "routes-phone")
    desk = sign_in(visit(size=DESKTOP), "lina")
    desk.goto("/desk/jalur/?kurun=semua")
    assert desk.locator(".flows .flow").count() >= 2
    desk.locator(".flows .flow").first.hover(force=True)
    fits(desk, "routes-desk")
    assert faults(desk) == []
    desk.locator("tbody a[href*='dari=']").first.click()
    assert desk.locator("#catatan a[href*='/laporan/L-']").count() == 1
    desk.emulate_media(media="print")
    picture(desk, "routes-print")
    desk.emulate_media(media="screen")
    # axe needs scripts, which the telephone above has not.
    desk.goto(form)
    assert faults(desk) == []


def the_first_step(page):
    page.fill("[name=l0-origin]", "jagoi babang")
    page.click("button[name=cari][value=l0-origin]")
    page.check("input[name=l0-origin_kode][value='61.07.07']")
    page.select_option("[name=l0-destination_abroad]", "kuching")
    page.select_option("[name=l0-crossing]", "pos:jagoi_babang")
    page.select_option("[name=l0-transport]", "car")
    page.fill("[name=l0-on]", "2026")


def the_second_step(page):
    """A step is taken out and another added; what was typed stays."""
    page.click("button[name=buang] >> nth=1")
    assert page.input_value("[name=l0-on]") == "2026"
    page.click("button[name=tambah]")
    last = page.locator("fieldset.step").last
    last.locator("[name$=-destination_abroad]").select_option("sibu")
    last.locator("[name$=-transport]").select_option("bus")
