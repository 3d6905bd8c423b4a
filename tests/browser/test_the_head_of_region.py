"""The month of a region, in a browser: Gusti reads what to decide, goes to the records, looks back, prints and signs.

With SIMPUL_SCREENS set to a folder, pictures are taken on the way.
"""

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, out_of_order, serving
from tests.browser.signing import sign_in
from tests.browser.test_to_the_end import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

WRONG = {}
SCREEN = {"width": 1280, "height": 800}
PEOPLE = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from tests.heads import head_of_region, with_a_month
from tests.returns import came_home, with_returns
from tests.world import World
w = World(timezone.now())
call_command("load_indicators")
head_of_region(w)
with_returns(w)
for number in range(3):
    came_home(w, name=f"Melati {number}")
with_a_month(w)
"""


@pytest.fixture(scope="module")
def home(installed_empty, tmp_path_factory):
    made = installed_empty(tmp_path_factory.mktemp("region") / "home")
    installation.run(PEOPLE, made)
    return made


@pytest.fixture(scope="module")
def server(home):
    with serving(home, SIMPUL_SECOND_FACTOR="0") as address:
        yield address


def in_order(page, name):
    """The page fits and passes axe; and its picture. What is wrong is told at the end, of all pages at once."""
    picture(page, name)
    if found := out_of_order(page, PHONE, DESKTOP):
        WRONG[name] = found


def test_the_head_reads_decides_looks_back_and_prints(visit):
    page = sign_in(visit(size=SCREEN), "gusti61.07")
    the_month_stands_in_one_screen(page)
    a_decision_leads_to_the_records(page)
    the_month_before_is_one_key_away(page)
    the_paper_is_made(page)
    on_paper_it_stays_whole(page)
    assert not WRONG


def test_it_is_whole_without_script(visit):
    page = sign_in(visit(size=PHONE, script=False), "gusti61.07")
    page.goto("/desk/wilayah/")
    assert page.locator(".bigs li").count() == 3
    assert page.locator(".map svg .shapes path").count() == 17
    assert page.locator(".decisions li").count() >= 1


def the_month_stands_in_one_screen(page):
    page.goto("/desk/wilayah/")
    assert "Bengkayang" in page.inner_text("h1")
    assert page.locator(".menu a").nth(1).get_attribute("href") == "/desk/wilayah/"
    for part in (".bigs", ".decisions", ".picture .map svg"):
        box = page.locator(part).bounding_box()
        assert box["y"] + box["height"] <= SCREEN["height"], part
    in_order(page, "region")
    page.set_viewport_size(SCREEN)


def a_decision_leads_to_the_records(page):
    page.locator(".decisions a").first.click()
    page.wait_for_url("**/desk/hari-ini/")
    page.go_back()


def the_month_before_is_one_key_away(page):
    page.click("a[rel=prev]")
    page.wait_for_url("**bulan=**")
    before = page.url
    assert page.locator("a[rel=next]").count() == 1
    in_order(page, "region-before")
    page.set_viewport_size(SCREEN)
    page.click("a[rel=next]")
    page.wait_for_url(lambda address: address != before)
    page.keyboard.press("g")
    page.keyboard.press("1")
    page.wait_for_url("**/desk/wilayah/")


def the_paper_is_made(page):
    answer = page.request.get("/desk/wilayah/cetak/")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def on_paper_it_stays_whole(page):
    page.emulate_media(media="print")
    assert page.locator("#hitungan dl").is_visible()
    assert not page.locator("nav.menu:not(.under)").is_visible()
    page.emulate_media(media="screen")
