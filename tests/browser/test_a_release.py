"""Figures for everybody: drafted by one officer, approved by another, and read by the public without script."""

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, out_of_order, serving
from tests.browser.signing import sign_in
from tests.browser.test_to_the_end import picture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

PEOPLE = """
import django
django.setup()
from datetime import date
from django.utils import timezone
from simpul.agencies import people
from simpul.agencies.models import Officer
from simpul.agencies.roles import Role
from simpul.insight import periods
from simpul.migrants.models import Manifest, Returnee
from simpul.persons import identities
from tests.world import JAGOI, PASSWORD
at = timezone.now()
dewi, rina = Officer.objects.get(username="dewi"), Officer.objects.get(username="rina")
gusti = people.record("gusti", full_name="Gusti Hardiman", agency=dewi.agency, role=Role.HEAD_OF_REGION,
                      password=PASSWORD, by=None, at=at)
people.acknowledge_secrecy(gusti, at=at)
person = identities.record(by=rina, at=at, name="Melati Ujai")
on = next(each for each in periods.over_before(at.date()) if "Q" in each.code).first_on
manifest = Manifest.objects.create(number="M-1", agency=rina.agency, kind="deportation", arrived_on=on, depot="bekenu",
                                   noted_at=at, noted_by=rina)
for row in range(1, 48):
    sex, age = ("L", 30) if row < 45 else ("P", 15)
    Returnee.objects.create(person=person, manifest=manifest, row=row, arrived_on=on, home_id=JAGOI, sex=sex, age=age)
"""


@pytest.fixture(scope="module")
def home(installed, tmp_path_factory):
    made = installed(tmp_path_factory.mktemp("release") / "home")
    installation.run(PEOPLE, made, SIMPUL_LINKAGE_SOCKET="off")
    return made


@pytest.fixture(scope="module")
def server(home):
    with serving(home, SIMPUL_SECOND_FACTOR="0", SIMPUL_LINKAGE_SOCKET="off") as address:
        yield address


def in_order(page, name):
    """The page fits and passes axe."""
    picture(page, name)
    assert out_of_order(page) == [], name


def test_a_release_is_drafted_approved_published_and_read_by_everybody(visit):
    dewi = sign_in(visit(size=DESKTOP), "dewi")
    dewi.goto("/desk/data-terbuka/")
    in_order(dewi, "releases-empty")
    dewi.goto("/desk/data-terbuka/baru/")
    quarter = dewi.locator("[name=period] option[value*=Q]").first.get_attribute("value")
    dewi.select_option("[name=period]", quarter)
    in_order(dewi, "release-new")
    dewi.click("main form button:not(.visually-hidden)")
    dewi.wait_for_url("**/desk/data-terbuka/R-*/")
    in_order(dewi, "release-draft")
    assert dewi.locator("form[action$='/setujui/']").count() == 0
    address = dewi.url

    gusti = sign_in(visit(size=PHONE), "gusti")
    gusti.goto(address)
    in_order(gusti, "release-phone")
    gusti.click("form[action$='/setujui/'] button")
    gusti.click("form[action$='/terbitkan/'] button")
    gusti.wait_for_load_state()

    plain = visit(script=False)
    plain.goto("/data/")
    assert "47" in plain.inner_text("main")
    assert plain.locator("main img").count() == 1
    everybody = visit(size=PHONE)
    everybody.goto("/data/")
    in_order(everybody, "open-data")
    assert "47" in everybody.inner_text("main")
    assert everybody.locator("td", has_text="…").count() == 0
    everybody.click("main a[href$='/returns_by_person/']")
    assert everybody.locator("td", has_text="…").count() > 0
    assert not everybody.context.cookies()
    in_order(everybody, "open-data-table")
    with everybody.expect_download() as taken:
        everybody.click("main a[href$='.json']")
    assert taken.value.suggested_filename.startswith("R-")

    gusti.goto(f"{address}tarik/")
    gusti.select_option("[name=because]", "wrong_figures")
    gusti.click("main form button:not(.visually-hidden)")
    gusti.wait_for_load_state()
    everybody.goto(address.replace("/desk/data-terbuka/", "/data/"))
    assert everybody.locator("td").count() == 0
