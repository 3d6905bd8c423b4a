"""From a messy list at the border to the visit in the village, by people who do it for the first time.

Ratna receives people at Entikong, Yosef is the village officer of Jagoi. With SIMPUL_SCREENS set to a folder, pictures
are taken on the way.
"""

import re
import time
from datetime import date
from functools import cache

import pytest

from simpul.demo import manifests
from simpul.migrants.reading import reader
from simpul.places import gazetteer
from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, out_of_order, serving
from tests.browser.signing import sign_in
from tests.browser.test_to_the_end import picture
from tests.world import JAGOI

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

WITHIN = 120
WRONG = {}
PEOPLE = """
import django
django.setup()
from django.utils import timezone
from simpul.agencies import offices, people
from simpul.agencies.roles import Role
from simpul.places.models import Place
from tests.world import PASSWORD
at = timezone.now()
for name, kind, place, username, role in (
    ("BP3MI Kalimantan Barat", "bp3mi", "61", "ratna", Role.RETURNS),
    ("Desa Jagoi", "village", "61.07.07.2001", "yosef", Role.VILLAGE),
    ("KJRI Kuching", "mission", "61", "", ""),
):
    agency = offices.record(name, kind=kind, place=Place.objects.get(pk=place), by=None, at=at)
    if username:
        officer = people.record(
            username, full_name=username.title(), agency=agency, role=role, password=PASSWORD, by=None, at=at
        )
        people.acknowledge_secrecy(officer, at=at)
"""


@pytest.fixture(scope="module")
def home(installed, tmp_path_factory):
    made = installed(tmp_path_factory.mktemp("came-home") / "home")
    installation.run(PEOPLE, made)
    return made


@pytest.fixture(scope="module")
def server(home):
    with serving(home, SIMPUL_SECOND_FACTOR="0") as address:
        yield address


def in_order(page, name):
    """The page fits and passes axe; and its picture. What is wrong is told at the end, of all pages at once."""
    picture(page, name)
    if found := out_of_order(page):
        WRONG[name] = found


def test_a_list_becomes_people_on_the_map_one_is_screened_and_another_visited(visit):
    ratna = sign_in(visit(size=DESKTOP), "ratna")
    began = time.monotonic()
    the_list_is_read(ratna)
    a_column_is_corrected(ratna)
    what_is_asked_is_answered(ratna)
    number = everybody_is_taken_in(ratna)
    assert time.monotonic() - began < WITHIN
    the_manifest_adds_up(ratna)
    the_map_shows_where_they_are_from(ratna)
    somebody_is_screened(ratna, number)
    yosef = sign_in(visit(size=PHONE), "yosef")
    the_village_finds_its_own_people_only(yosef, number)
    assert not WRONG


def the_list_is_read(page):
    page.goto("/desk/daftar/pemulangan/unggah/")
    in_order(page, "upload")
    name, data = manifests.sample(manifests.MESSIEST)
    page.set_input_files("[name=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.select_option("[name=sender]", label="KJRI Kuching")
    page.click("main form[enctype] button:not(.visually-hidden)")
    page.wait_for_url(re.compile(r"/desk/daftar/M-\d{4}-\d{6}/"))
    assert "327" in page.inner_text("main .tallies")
    in_order(page, "sheet")


def a_column_is_corrected(page):
    """Nobody can tell what “TUJUAN” means; the officer sees what stands there and says that it is the onward travel."""
    page.locator("#kolom").get_by_label("TUJUAN").select_option("onward")
    page.click("#kolom form button")
    page.wait_for_load_state()
    assert "3" in page.locator(".tallies li").nth(1).inner_text()


def what_is_asked_is_answered(page):
    """A day that no calendar has, a NIK with a digit lost, a reason that may be two."""
    rows = page.locator("#pertanyaan tbody tr")
    assert rows.count() == 3
    for number in range(3):
        row = rows.nth(number)
        words = row.inner_text()
        if "Februari" in words:
            row.locator("[type=text], input:not([type])").first.fill("21-08-1987")
        elif "tanpa dokumen" in words:
            row.locator("select").first.select_option("no_passport")
        else:
            row.get_by_role("checkbox").first.check()
    in_order(page, "questions")
    page.click("#pertanyaan form button")
    page.wait_for_load_state()
    assert page.locator("#pertanyaan").count() == 0, page.inner_text("#pertanyaan")


def everybody_is_taken_in(page):
    page.click("#terima form button")
    page.wait_for_url(re.compile(r"/desk/manifes/M-\d{4}-\d{6}/"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def the_manifest_adds_up(page):
    """As it was published: 327 people, 273 men, 249 without a passport."""
    shown = page.inner_text("main")
    for number in ("327", "273", "54", "249", "73"):
        assert re.search(rf"\b{number}\b", shown), number
    in_order(page, "manifest")


def the_map_shows_where_they_are_from(page):
    page.goto("/desk/peta/")
    here = sum(person.home.startswith("61.07") for person in manifests.persons(manifests.MESSIEST))
    assert here > 10
    page.locator(".shapes [data-c='61.07']").hover()
    assert str(here) in page.locator(".tip").text_content()
    assert str(here) in page.locator("tr[data-c='61.07']").inner_text()
    in_order(page, "map")


def somebody_is_screened(page, number):
    """Indications make a report; the officer reads its number."""
    row = next(row for row, home in lines() if home == "61.07.07.2006")
    page.goto(f"/desk/pemulangan/{number}/{row}/")
    in_order(page, "returnee")
    page.goto(f"/desk/pemulangan/{number}/{row}/penapisan/")
    for question in ("recruiter", "debt", "documents_held", "wages_withheld"):
        page.locator(f"[name=tanya_{question}][value=yes]").check()
    page.locator("[name=tanya_violence][value=no]").check()
    page.locator("[name=finding][value=indications]").check()
    in_order(page, "screening")
    page.locator("main form button:not(.visually-hidden)").last.click()
    page.wait_for_load_state()
    assert page.locator("main .errors").count() == 0, page.inner_text("main .errors")
    assert re.search(r"L-\d{4}-\d{6}", page.inner_text("main"))


def the_village_finds_its_own_people_only(page, number):
    own = [row for row, home in lines() if home == JAGOI]
    other = next(row for row, home in lines() if home == "61.07.07.2006")
    assert own
    # The arrival is long ago: nobody is asked to visit, so these people stand among all and not among those who wait.
    page.goto("/desk/pemulangan/")
    page.locator("[name=lihat]").select_option("semua")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    in_order(page, "village")
    shown = page.inner_text("main")
    assert f"{number}/{own[0]}" in shown
    assert f"{number}/{other}" not in shown
    assert page.goto(f"/desk/pemulangan/{number}/{other}/").status == 404
    page.goto(f"/desk/pemulangan/{number}/{own[0]}/kunjungan/")
    page.locator("[name=outcome][value=found]").check()
    page.fill("[name=on]", date.today().isoformat())
    in_order(page, "visit")
    page.locator("main form button:not(.visually-hidden)").last.click()
    page.wait_for_load_state()
    assert page.locator("main .errors").count() == 0, page.inner_text("main .errors")
    assert "Ditemui" in page.inner_text("main")


@cache
def lines():
    """(line of the file, home) of everybody on the sample, as the reader numbers them."""
    name, data = manifests.sample(manifests.MESSIEST)
    rows = reader.read(data, filename=name, today=date.today(), gazetteer=gazetteer.of_package()).rows
    return [(row.row, person.home) for row, person in zip(rows, manifests.persons(manifests.MESSIEST), strict=True)]
