"""One victim from the first report to the restitution paid and the visit after twelve months, in a real browser.

The days between are real days to the application: it is served three times, on the day of the report, half a year
later and more than a year later. With SIMPUL_SCREENS set to a folder, pictures are taken on the way.
"""

import os
import re
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, faults, serving
from tests.browser.signing import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

NAME = "Kenanga Puspita Contoh"
HALF_A_YEAR, MORE_THAN_A_YEAR = 190, 375
SAFE = ("own_wish", "no_greater_risk", "family", "recruiter", "debt", "fit", "companion")
OWED = """
import django
django.setup()
import sys
from simpul.journal import chain
from simpul.obligations.models import Obligation
for o in Obligation.objects.filter(number=sys.argv[1]).order_by("pk"):
    print(o.rule, o.state, o.was_met_in_time)
print(chain.verify())
"""
VISITORS = count()


@pytest.fixture(scope="module")
def home(installed, tmp_path_factory):
    return installed(tmp_path_factory.mktemp("to-the-end") / "home")


@contextmanager
def days_later(chromium, home, days):
    """Windows of people who visit the installation so many days later."""
    application = "tests.browser.later:application"
    with serving(home, application=application, DAYS_LATER=str(days), SIMPUL_SECOND_FACTOR="0") as address:
        contexts = []

        def visit(size=DESKTOP):
            headers = {"X-Forwarded-For": f"203.0.113.{next(VISITORS)}"}
            contexts.append(chromium.new_context(base_url=address, viewport=size, locale="id-ID",
                                                 extra_http_headers=headers))  # fmt: skip
            contexts[-1].set_default_timeout(15_000)
            return contexts[-1].new_page()

        yield visit
        for context in contexts:
            context.close()


def day(days):
    """A day so many days after the report, as a form for days takes it."""
    return (date.today() + timedelta(days=days)).isoformat()


def send(page, **fields):
    """Fill the form of the page as its fields are made, and press its button."""
    for name, value in fields.items():
        field = page.locator(f"main form [name={name}]").first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        elif field.get_attribute("type") in {"radio", "checkbox"}:
            page.check(f"main form [name={name}][value='{value}']")
        else:
            field.fill(value)
    page.locator(f"main form:has([name={next(iter(fields))}])").locator("button:not([name])").last.click()
    assert page.locator("main .errors").count() == 0, page.inner_text("main .errors")


def picture(page, name):
    """Keep a picture of a page where pictures are wanted, at both widths."""
    folder = os.environ.get("SIMPUL_SCREENS")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.screenshot(path=f"{folder}/{name}-{size['width']}.png", full_page=True)


def in_order(page, name):
    """The page passes axe; and its picture."""
    picture(page, name)
    assert faults(page) == []


def a_case(visit):
    """From the report of somebody without a name to a case with its victim; returns the numbers of both."""
    reporter = visit(PHONE)
    reporter.goto("/lapor/")
    reporter.fill("#statement", f"{NAME} dibawa ke Kuching, gajinya tidak dibayar.")
    reporter.check("input[name=danger][value=no]")
    reporter.fill("#where", "jagoi babang")
    reporter.click("form button[type=submit]:not([name])")
    number = re.search(r"L-\d{4}-\d{6}", reporter.inner_text("main"))[0]
    rina = sign_in(visit(), "rina")
    rina.goto("/desk/laporan/semua/")
    rina.get_by_role("link", name=number).click()
    rina.click("form[action*='/terima/#'] >> xpath=../summary")
    rina.click("form[action*='/terima/#'] button")
    rina.click("#keputusan a[href^='/desk/kasus/K-']")
    case = rina.url.rstrip("/").rsplit("/", 1)[-1]
    rina.goto(f"/desk/kasus/{case}/orang/")
    send(rina, name=NAME, childhood="adult")
    return rina, case


def part_of(page, case):
    page.goto(f"/desk/kasus/{case}/")
    return re.search(r"orang/(\d+)/", page.get_by_role("link", name=NAME).first.get_attribute("href"))[1]


def test_a_victim_is_followed_from_the_report_to_the_restitution_and_the_visit_after_a_year(chromium, home):
    with days_later(chromium, home, 0) as visit:
        rina, case = a_case(visit)
        file = f"/desk/kasus/{case}/"
        person = f"{file}orang/{part_of(rina, case)}/"
        the_police_are_told(rina, file)
        the_rights_are_told(rina, person)
        the_victim_goes_home(rina, file, person)
    with days_later(chromium, home, HALF_A_YEAR) as visit:
        rina = sign_in(visit(), "rina")
        the_proceeding_comes_to_its_end(rina, file)
        the_restitution_is_paid(rina, person)
        what_was_refused_is_offered_again(rina, person)
        a_visit(rina, person, 3)
        a_visit(rina, person, 6)
    with days_later(chromium, home, MORE_THAN_A_YEAR) as visit:
        rina = sign_in(visit(), "rina")
        a_visit(rina, person, 12)
        rina.goto(f"{person}hak/")
        in_order(rina, "board")
        the_case_is_closed(rina, file)
    owed = installation.run(OWED, home, case).splitlines()
    assert owed.pop() == "[]", "the journal holds"
    settled = {line.split()[0]: line.split()[1:] for line in owed}
    assert settled["restitution_paid"] == ["met", "True"]
    assert {settled[f"follow_up_{months}_months"][0] for months in (3, 6, 12)} == {"met"}
    assert {state for state, _in_time in settled.values()} <= {"met", "waived"}, owed


def the_police_are_told(rina, file):
    rina.goto(f"{file}polisi/")
    send(rina, number="LP/B/7/CONTOH")
    rina.goto(f"{file}tahap/")
    send(rina, to="handling")


def the_rights_are_told(rina, person):
    rina.goto(f"{person}hak/")
    in_order(rina, "board-new")
    rina.click("form[action$='/hak/diberi-tahu/'] button")
    rina.goto(f"{person}hak/shelter/")
    send(rina, what="refused")
    assert "Ditolak korban" in rina.inner_text("main")


def the_victim_goes_home(rina, file, person):
    part = person.rstrip("/").rsplit("/", 1)[-1]
    rina.goto(f"{file}layanan/baru/?orang={part}")
    send(rina, kind="repatriation", giver="own")
    rina.goto(file)
    rina.click("a[href*='/layanan/']:has-text('Pemulangan')")
    service = rina.url
    rina.goto(f"{service}pulang/")
    rina.fill("[name=home]", "jagoi babang")
    rina.click("button[name=cari_home], button[name=cari]")
    rina.locator("[name=home_pilih], [type=radio]").first.check()
    send(rina, wish="Saya ingin pulang kepada ibu saya.")
    rina.goto(f"{service}pulang/")
    send(rina, **{f"tanya_{question}": "yes" for question in SAFE}, is_safe="yes")
    rina.goto(f"{service}pulang/?langkah=daerah-asal")
    rina.locator("main form:has([name=fetched_by]) button:not([name])").last.click()
    rina.goto(f"{service}pulang/?langkah=berangkat")
    send(rina, on=day(0))
    rina.goto(f"{service}pulang/?langkah=serah-terima")
    in_order(rina, "return")
    send(rina, on=day(0), to="family", witness="Kepala Desa Contoh")


def the_proceeding_comes_to_its_end(rina, file):
    rina.goto(f"{file}perkara/baru/?tanggal={day(-40)}")
    rina.check("main form [name=offences] >> nth=0")
    send(rina, act_on=day(-40))
    proceeding = rina.url
    steps = [("investigation", 5), ("file_sent", 30), ("p21", 50), ("charge", 60), ("demand", 90)]
    for kind, days in steps:
        rina.goto(proceeding)
        send(rina, kind=kind, on=day(days))
    rina.goto(proceeding)
    send(rina, kind="verdict", on=day(110), outcome="convicted", prison_months="48")
    rina.goto(proceeding)
    send(rina, kind="final", on=day(125))
    rina.goto(proceeding)
    in_order(rina, "proceeding")


def the_restitution_is_paid(rina, person):
    rina.goto(f"{person}restitusi/")
    rina.click("form[action$='/restitusi/mulai/'] button")
    rina.goto(f"{person}restitusi/rincian/")
    send(rina, amount_income="5.000.000", note_income="Lima bulan tanpa upah", amount_medical="Rp 250.000,50")
    for kind, days, amount in [
        ("informed", 31, None), ("claimed", 35, None), ("demanded", 90, "5.250.000,50"), ("awarded", 110, "4.000.000"),
        ("copy_to_lpsk", 114, None), ("verdict_final", 180, None), ("paid", 184, "1.500.000"),
    ]:  # fmt: skip
        rina.goto(f"{person}restitusi/")
        send(rina, kind=kind, on=day(days), **({"amount": amount} if amount else {}))
    rina.goto(f"{person}restitusi/")
    rina.select_option("[name=kind]", "paid")
    rina.fill("[name=on]", day(185))
    rina.fill("[name=amount]", "9.000.000")
    rina.click("main form:has([name=kind]) button:not([name]) >> nth=-1")
    assert "Rp2.500.000" in rina.inner_text("main .errors"), "nothing is paid above the award"
    send(rina, kind="paid", on=day(185), amount="2.500.000")
    rina.goto(f"{person}restitusi/")
    send(rina, kind="proof_given", on=day(186))
    rina.goto(f"{person}restitusi/")
    in_order(rina, "restitution")


def what_was_refused_is_offered_again(rina, person):
    rina.goto(f"{person}hak/shelter/")
    send(rina, what="informed")


def a_visit(rina, person, months):
    rina.goto(f"{person}kunjungan/")
    on = {3: day(95), 6: day(185), 12: day(370)}[months]
    send(rina, months=str(months), on=on, result="well")
    in_order(rina, "visits")


def the_case_is_closed(rina, file):
    rina.goto(file)
    in_order(rina, "file")
    rina.goto(f"{file}tutup/")
    send(rina, reason="recovered")
    rina.goto(file)
    assert "Selesai" in rina.inner_text("main .head") or "Ditutup" in rina.inner_text("main .head")
