"""The summary, in a browser: two keys lead there, each number opens its list and says what it counts, also on paper."""

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, out_of_order, serving
from tests.browser.signing import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

PEOPLE = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from simpul.insight import tallies
from tests.returns import came_home, with_returns
from tests.world import World
w = World(timezone.now())
with_returns(w)
w.service(w.victim(w.case(at=w.at - timedelta(days=9))))
w.report(at=w.at - timedelta(days=40))
came_home(w)
tallies.refresh(at=timezone.now())
"""


@pytest.fixture(scope="module")
def server(installed_empty, tmp_path_factory):
    home = installed_empty(tmp_path_factory.mktemp("summary") / "home")
    installation.run(PEOPLE, home)
    with serving(home, SIMPUL_SECOND_FACTOR="0") as address:
        yield address


@pytest.mark.parametrize("name", ["rina", "dewi", "darius"])
def test_it_fits_and_everybody_can_read_it(visit, name):
    page = sign_in(visit(size=DESKTOP), name)
    page.keyboard.press("g")
    page.keyboard.press("g")
    page.wait_for_url("**/desk/ringkasan/")
    assert out_of_order(page, DESKTOP, PHONE) == []


def test_a_number_opens_its_list_and_says_what_it_counts(visit):
    page = sign_in(visit(size=DESKTOP), "rina")
    page.goto("/desk/ringkasan/")
    page.click(".tile summary")
    assert page.locator(".tile dl").first.is_visible()
    assert page.locator(".tile .spark rect").count() > 13
    page.click(".tile h3 a[href^='/desk/kasus/']")
    page.wait_for_url("**/desk/kasus/**")
    assert page.locator("tbody tr").count() == 1


def test_on_paper_every_number_has_its_meaning(visit):
    page = sign_in(visit(size=DESKTOP), "rina")
    page.goto("/desk/ringkasan/")
    assert not page.locator(".tile dl").first.is_visible()
    page.emulate_media(media="print")
    meanings = page.locator(".tile dl")
    assert meanings.count() == page.locator(".tile").count()
    assert all(each.bounding_box()["height"] > 0 for each in meanings.all())
