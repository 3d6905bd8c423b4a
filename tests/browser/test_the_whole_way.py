"""The main job, end to end, in a real browser on a demonstration installation: from the telephone of somebody without
script on a slow line to an answer that only the receipt can read.

With SIMPUL_SCREENS set to a folder, the pictures of the README are taken on the way.
"""

import os
import re
from pathlib import Path

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, faults, serving, slow
from tests.browser.signing import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

PASSWORD = "simpul-contoh-2026"
NAME, TELEPHONE = "Seruni Anggraini Contoh", "0812-0000-7788"
STATEMENT = f"{NAME} dari Jagoi dibawa ke Serian, paspornya ditahan majikan."
LOAD = """
import django
django.setup()
from django.utils import timezone
from simpul.demo import load
load.load(at=timezone.now(), scale=0.25)
"""
OWED = """
import django
django.setup()
import sys
from simpul.journal import chain
from simpul.obligations.models import Obligation
print(*(f"{o.rule}:{o.state}:{o.was_met_in_time}" for o in Obligation.objects.filter(number__in=sys.argv[1:])))
print(chain.verify())
"""


@pytest.fixture(scope="module")
def home(installed_empty, tmp_path_factory):
    folder = installed_empty(tmp_path_factory.mktemp("demonstration") / "home")
    installation.run(LOAD, folder, SIMPUL_DEMO="1")
    return folder


@pytest.fixture(scope="module")
def server(home):
    with serving(home, SIMPUL_DEMO="1") as address:
        yield address


def picture(page, name):
    """Keep a picture of a page where pictures are wanted."""
    folder = os.environ.get("SIMPUL_SCREENS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def report(page):
    """Report without script on a slow line; returns the receipt and the number for the telephone."""
    slow(page)
    page.goto("/lapor/")
    page.fill("#statement", STATEMENT)
    page.check("input[name=danger][value=yes_now]")
    page.fill("#where", "jagoi")
    page.click("button[name=cari]")
    page.check("input[name=place][value='61.07.07.2001']")
    page.check("input[name=children][value=no]")
    page.check("input[name=kinds][value=papers_or_debt]")
    picture(page, "report")
    page.click("form button[type=submit]")
    receipt = page.inner_text("#tanda-terima")
    number = re.search(r"L-\d{4}-\d{6}", page.inner_text("main"))[0]
    picture(page, "receipt")
    page.click("form[action='/lapor/disimpan/'] button")
    return receipt, number


def accept_the_report(page, number):
    """Rina finds the report in the queue, reads it and opens a case; returns the number of the case."""
    page.goto("/desk/laporan/")
    picture(page, "triage")
    page.get_by_role("link", name=number).click()
    assert STATEMENT in page.inner_text("main")
    picture(page, "read")
    page.click("form[action*='/terima/#'] >> xpath=../summary")
    page.fill("#report_accept_message", "Laporan Anda kami tangani. Terima kasih.")
    page.click("form[action*='/terima/#'] button")
    page.click("#keputusan a[href^='/desk/kasus/K-']")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def test_a_report_without_script_becomes_a_case_that_is_referred_and_accepted(visit, home):
    reporter = visit(script=False, size=PHONE)
    receipt, number = report(reporter)

    rina = visit(size=DESKTOP)
    sign_in(rina, "rina", password=PASSWORD)
    picture(rina, "today")
    assert faults(rina) == []
    case = accept_the_report(rina, number)

    rina.goto(f"/desk/kasus/{case}/orang/")
    assert rina.is_checked("[name=part][value=victim]")
    rina.fill("[name=name]", NAME)
    rina.fill("[name=phone]", TELEPHONE)
    rina.select_option("[name=childhood]", "adult")
    rina.click("main form .row button:not([name])")
    assert NAME in rina.inner_text("main")

    rina.goto(f"/desk/kasus/{case}/polisi/")
    rina.fill("[name=number]", "LP/B/99/CONTOH")
    rina.click("main form .row button:not([name])")
    rina.goto(f"/desk/kasus/{case}/")
    rina.click("a[href*='/layanan/baru/']")
    rina.select_option("[name=kind]", "social_rehabilitation")
    rina.check("[name=giver][value=another]")
    rina.fill("[name=need]", "Tempat tinggal dan pendampingan.")
    rina.click("main form .row button:not([name])")
    rina.goto(f"/desk/kasus/{case}/")
    rina.click("a[href*='/rujukan/baru/']")
    rina.select_option("[name=to]", label="Dinas Sosial Bengkayang")
    rina.fill("[name=need]", "Pendampingan keluarga.")
    rina.check("[name=shared][value=name]")
    rina.select_option("[name=basis]", "vital_interests")
    rina.fill("[name=basis_reason]", "Korban dalam bahaya dan belum dapat ditemui.")
    rina.click("main form .row button:not([name])")
    rina.goto(f"/desk/kasus/{case}/")
    picture(rina, "case")
    assert faults(rina) == []

    budi = visit(size=PHONE)
    sign_in(budi, "budi", password=PASSWORD)
    budi.goto("/desk/rujukan/")
    picture(budi, "referrals")
    budi.get_by_role("row").filter(has_text=case).first.get_by_role("link").first.click()
    assert NAME in budi.inner_text("main")
    assert TELEPHONE not in budi.inner_text("main")
    picture(budi, "referral")
    assert faults(budi) == []
    budi.click("form[action$='/terima/'] button")
    budi.goto(f"/desk/kasus/{case}/")
    assert budi.title().startswith("Tidak"), "the file stays closed to the agency that was referred to"

    rina.goto(f"/desk/kasus/{case}/tahap/")
    rina.check("[name=to][value=handling]")
    rina.click("main form .row button:not([name])")
    rina.goto(f"/desk/kasus/{case}/pembaca/")
    assert "Budi" in rina.inner_text("main")
    picture(rina, "readers")

    reporter.goto("/lacak/")
    reporter.fill("#receipt", receipt)
    reporter.click("main form button")
    assert "Laporan Anda kami tangani. Terima kasih." in reporter.inner_text("main")
    picture(reporter, "follow")

    owed, faults_of_the_chain = installation.run(OWED, home, number, case, SIMPUL_DEMO="1").splitlines()
    met = {line.split(":")[0]: line for line in owed.split()}
    for rule in ("triage_danger", "first_contact", "report_to_police", "answer_referral"):
        assert met[rule] == f"{rule}:met:True"
    assert faults_of_the_chain == "[]"
    _assert_nothing_is_plain(home)


def _assert_nothing_is_plain(home):
    """Planted names and numbers are in no file of the installation: database, its journal, sealed files, log."""
    read = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and "static" not in path.parts}
    assert any(path.name.startswith("simpul.sqlite3") for path in read)
    for planted in (NAME, "Anggraini", TELEPHONE, TELEPHONE.replace("-", ""), "Serian, paspornya"):
        assert [path.name for path, data in read.items() if planted.encode() in data] == []
