"""Somebody sent home last year comes home again under another spelling: found at once, compared, decided, taken back.

Ratna receives people at Entikong and keeps both lists; Rina keeps a case of which Ratna may know that it exists, and no
more. With SIMPUL_SCREENS set to a folder, pictures are taken on the way.
"""

import json
import re
from base64 import b64encode
from datetime import date, timedelta
from functools import cache

import pytest

from simpul.demo import manifests
from simpul.demo.returned import Arrival, Sent
from simpul.linkage.custody.epochs import Folder
from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, out_of_order, serving
from tests.browser.signing import sign_in
from tests.browser.test_to_the_end import picture
from tests.linkage.custody.conftest import Process
from tests.world import JAGOI

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

YESTERDAY = date.today() - timedelta(days=1)
LAST_YEAR, LAST_MONTH = YESTERDAY - timedelta(days=330), YESTERDAY - timedelta(days=40)
BECAUSE = "Tanggal lahir dan desa sama, dan ia sendiri yang mengatakannya."
TAKEN_BACK = "Ternyata sepupunya; foto pada SPLP lama bukan dia."
ASKING = "Ia menyebut pernah ditangani di Bengkayang."
QUALITY = "/desk/orang-yang-sama/mutu/"
WRONG = {}
# A list with two people of whom a later one will hold one again; and one with somebody of the telephone's story.
PEOPLE = """
import base64, django, json, sys
django.setup()
from datetime import date
from django.utils import timezone
from simpul.agencies import offices, people
from simpul.agencies.models import Officer
from simpul.agencies.roles import Role
from simpul.cases import victims
from simpul.intake import access, receipts, reports, triage
from simpul.migrants import manifests, sheets
from simpul.migrants.models import Sheet
from simpul.places.models import Place
from tests.world import JAGOI, PASSWORD
at, jagoi = timezone.now(), Place.objects.get(pk=JAGOI)
for name, kind, username in (("BP3MI Kalimantan Barat", "bp3mi", "ratna"), ("KJRI Kuching", "mission", "")):
    agency = offices.record(name, kind=kind, place=Place.objects.get(pk="61"), by=None, at=at)
    if username:
        ratna = people.record(
            username, full_name="Ratna", agency=agency, role=Role.RETURNS, password=PASSWORD, by=None, at=at
        )
        people.acknowledge_secrecy(ratna, at=at)
for filename, data in json.loads(sys.argv[1]):
    sheet = sheets.receive(base64.b64decode(data), filename=filename, layout=Sheet.Layout.MANIFEST, sender=None,
                           by=ratna, at=at)
    manifests.take_in(sheet, by=ratna, at=at)
rina = Officer.objects.get(username="rina")
told = reports.Told(statement="Keponakan saya dibawa ke Miri.", place=JAGOI, danger="no")
report, _receipt = reports.receive(told, token=receipts.new_token(), at=at)
case = triage.accept(access.report_for(rina, report.number), by=rina, at=at)
victims.add(case, part="victim", name="Fatimah binti Saleh", sex="P", birth_date=date(1988, 3, 21), home=jagoi,
            nik="6107076103889931", by=rina, at=at)
"""
ENCODE = """
import django
django.setup()
from django.utils import timezone
from simpul.linkage import jobs
jobs.catch_up(at=timezone.now())
"""
# Everything that a decision could touch, as it stands; clocks without those that were waived.
STATE = """
import django, json
django.setup()
from django.db.models import F
from simpul.linkage.models import Decision, Member
from simpul.migrants.models import Returnee, Worker
from simpul.obligations.models import Obligation
from simpul.persons.models import Person
rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in (Person, Returnee, Worker, Member)}
rows["owed"] = sorted(Obligation.objects.standing().values_list("rule", "subject"))
print(json.dumps({"state": rows, "said": Decision.objects.count(),
                  "owed": [rule for rule, _subject in rows["owed"]]}, default=lambda one: str(bytes(one).hex())
                 if isinstance(one, (bytes, memoryview)) else str(one)))
"""


@pytest.fixture(scope="module")
def home(installed, tmp_path_factory):
    made = installed(tmp_path_factory.mktemp("same-person") / "home")
    installation.run(PEOPLE, made, json.dumps([encoded(LAST_YEAR), encoded(LAST_MONTH)]))
    return made


@pytest.fixture(scope="module")
def server(home):
    """A server of a demonstration with its key process; what was recorded before is encoded and compared."""
    process = Process(home / "linkage-keys", home / "linkage-keys" / "socket")
    Folder(process.folder).make("2026")
    process.start()
    installation.run(ENCODE, home)
    with serving(home, SIMPUL_DEMO="1") as address:
        yield address
    process.end()


def test_somebody_sent_home_again_is_recognised_and_a_decision_leaves_no_trace_when_it_is_taken_back(visit, home):
    ratna = sign_in(visit(size=DESKTOP), "ratna")
    number = a_list_is_taken_in(ratna)
    returnee, pair = somebody_may_be_known(ratna, number, "Sitti Noerhayati")
    before, shown = state(home), identity_of(ratna, returnee)
    two_records_are_compared_field_by_field(ratna, returnee, pair)
    the_keyboard_says_the_same(ratna)
    she_was_sent_home_before(ratna, number, returnee, home)
    the_decision_is_taken_back_by_key(ratna, pair)
    after = state(home)
    assert after["state"] == before["state"]
    assert (before["said"], after["said"]) == (0, 1)
    assert identity_of(ratna, returnee) == shown
    how_right_the_machine_is_can_be_read(ratna)
    assert not WRONG


def test_of_a_file_that_is_closed_only_its_agency_is_told_and_the_agency_answers(visit, home):
    ratna, rina = sign_in(visit(size=DESKTOP), "ratna"), sign_in(visit(size=DESKTOP), "rina")
    number = the_list(ratna)
    asked = she_asks_the_agency(ratna, number)
    the_agency_answers(rina)
    ratna.goto(asked)
    assert "Orang yang sama" in ratna.inner_text("main")
    assert "Fatimah" not in ratna.inner_text("main")
    in_order(ratna, "answered")
    assert not WRONG


def test_on_a_telephone_two_records_stand_below_each_other_and_can_be_decided(visit, home):
    ratna = sign_in(visit(size=PHONE), "ratna")
    number = the_list(ratna)
    _returnee, pair = somebody_may_be_known(ratna, number, "Moh. Ridwan")
    ratna.goto(pair)
    in_order(ratna, "pair-telephone")
    ratna.locator("[name=verdict][value=unsure]").check()
    ratna.fill("[name=reason]", BECAUSE)
    ratna.locator("form[data-verdicts] button:not(.visually-hidden)").click()
    ratna.wait_for_url(re.compile(r"/desk/orang-yang-sama/(\d+/)?$"))
    in_order(ratna, "queue-telephone")
    assert not WRONG


def a_list_is_taken_in(page):
    """Read without a question, and taken in."""
    filename, data = written(YESTERDAY)
    page.goto("/desk/daftar/pemulangan/unggah/")
    page.set_input_files("[name=file]", {"name": filename, "mimeType": "application/octet-stream", "buffer": data})
    page.select_option("[name=sender]", label="KJRI Kuching")
    page.click("main form[enctype] button:not(.visually-hidden)")
    page.wait_for_url(re.compile(r"/desk/daftar/M-\d{4}-\d{6}/"))
    page.click("#terima form button")
    page.wait_for_url(re.compile(r"/desk/manifes/M-\d{4}-\d{6}/"))
    in_order(page, "manifest-again")
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def the_list(page):
    """The number of the list of yesterday; taken in first where this story runs alone."""
    page.goto("/desk/manifes/")
    shown = page.inner_text("main")
    numbers = re.findall(r"M-\d{4}-\d{6}", shown)
    if len(set(numbers)) == 3:
        return max(numbers)
    return a_list_is_taken_in(page)


def somebody_may_be_known(page, number, name):
    """On the page of the person stands who she may be, why, and the way to compare: (her page, that of the pair)."""
    page.goto(f"/desk/manifes/{number}/")
    page.get_by_role("link", name=name).click()
    page.wait_for_url(re.compile(r"/desk/pemulangan/M-"))
    returnee = page.url
    card = page.locator("section[aria-labelledby=mungkin-sama]")
    link = card.locator("a[href*='/orang-yang-sama/']").first
    assert re.search(r"M-\d{4}-\d{6}/\d+", card.inner_text())
    in_order(page, "returnee-known")
    return returnee, link.get_attribute("href")


def identity_of(page, returnee):
    """What is known of somebody, as it is shown to who asks for it."""
    page.goto(returnee)
    if page.locator("button[form=tampilkan]").count():
        page.click("button[form=tampilkan]")
        page.wait_for_load_state()
    shown = page.locator("dl.facts").first.inner_text()
    assert "1999" in shown
    return shown


def two_records_are_compared_field_by_field(page, returnee, pair):
    page.goto(returnee)
    page.locator(f"section[aria-labelledby=mungkin-sama] a[href='{pair}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{pair}")
    table = page.locator("table.beside")
    for words in ("Siti Nurhayati", "Sitti Noerhayati", "14-06-1999"):
        assert words in table.inner_text()
    assert table.locator("tr.differs").count() >= 2
    assert table.locator("tr.same").count() >= 2
    assert page.locator("mark").count() > 1
    in_order(page, "pair")


def the_keyboard_says_the_same(page):
    says(page, "1")
    in_order(page, "queue")


def says(page, choice):
    """A verdict and its reason without the mouse."""
    page.keyboard.press(choice)
    page.keyboard.type(BECAUSE)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def she_was_sent_home_before(page, number, returnee, home):
    """The list and her page say that she came home before, and the agency owes to ask why."""
    page.goto(f"/desk/manifes/{number}/")
    row = page.locator("tr", has_text="Sitti Noerhayati")
    assert row.locator(".tag.warn").count() == 1
    page.goto(returnee)
    assert re.search(r"M-\d{4}-\d{6}/\d+", page.inner_text("main"))
    in_order(page, "returnee-again")
    assert "ask_repeat_returnee" in state(home)["owed"]
    page.goto("/desk/hari-ini/")
    assert "Menanyakan mengapa seseorang dipulangkan lagi" in page.inner_text("main")
    in_order(page, "today-again")


def the_decision_is_taken_back_by_key(page, pair):
    page.goto(pair)
    in_order(page, "pair-decided")
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/keputusan/\d+/cabut/"))
    in_order(page, "take-back")
    page.locator("[name=reason]").focus()
    page.keyboard.type(TAKEN_BACK)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url(f"**{pair}")
    assert TAKEN_BACK in page.inner_text("main")
    in_order(page, "pair-taken-back")


def how_right_the_machine_is_can_be_read(page):
    """Measured now, against what is known in an invented region."""
    page.goto(QUALITY)
    page.click(f"form[action='{QUALITY}ukur/'] button")
    page.wait_for_url(f"**{QUALITY}")
    assert page.locator("main section dl.facts dd").count() == 5
    in_order(page, "quality")


def she_asks_the_agency(page, number):
    """Of the victim in Rina's case nothing is told but which agency keeps a file; returns the page of the question."""
    page.goto(f"/desk/manifes/{number}/")
    page.get_by_role("link", name="Patimah").click()
    page.wait_for_url(re.compile(r"/desk/pemulangan/M-"))
    card = page.locator("section[aria-labelledby=mungkin-sama]")
    told = card.inner_text()
    assert "UPTD PPA Bengkayang" in told
    assert not re.search(r"Fatimah|K-\d{4}|%|1988|6107", told), told
    card.locator("a[href$='/tanya/']").click()
    page.wait_for_url("**/tanya/")
    in_order(page, "ask")
    page.fill("[name=words]", ASKING)
    page.locator("main form button:not(.visually-hidden)").last.click()
    page.wait_for_url(re.compile(r"/pertanyaan/\d+/$"))
    assert "Fatimah" not in page.inner_text("main")
    in_order(page, "asked")
    return page.url


def the_agency_answers(page):
    page.goto("/desk/orang-yang-sama/pertanyaan/")
    in_order(page, "questions")
    page.locator("main tbody a").first.click()
    page.wait_for_url(re.compile(r"/pertanyaan/\d+/$"))
    shown = page.inner_text("main")
    assert all(words in shown for words in ("Patimah", "Fatimah binti Saleh", ASKING))
    # The number of the identity was not put into the question.
    assert "6107076103889935" not in shown
    in_order(page, "question")
    says(page, "1")
    assert "Orang yang sama" in page.inner_text("main")


def state(home):
    return json.loads(installation.run(STATE, home))


def in_order(page, name):
    """The page fits and passes axe; and its picture. What is wrong is told at the end, of all pages at once."""
    picture(page, f"same-{name}")
    if found := out_of_order(page):
        WRONG[name] = found


@cache
def written(day):
    """(name of the file, bytes) of the list of a day."""
    arrival = Arrival(day.isoformat(), day, "semuja", len(LISTS[day]), None, len(LISTS[day]), {}, "")
    return manifests.written(arrival, [line(day, *told) for told in enumerate(LISTS[day])])


def encoded(day):
    filename, data = written(day)
    return filename, b64encode(data).decode()


def line(day, order, told):
    name, sex, born, nik = told
    return Sent(
        name=name, sex=sex, birth_date=date.fromisoformat(born), birth_place="Bengkayang", nik=nik,
        document=f"XD{day:%y%j}{order:03d}", document_kind="splp", home=JAGOI, reason="no_passport",
        sector="plantation", onward="alone", stay=12,
    )  # fmt: skip


OTHERS = (
    ("Markus Ranting", "L", "1979-02-03", ""), ("Sugiman", "L", "1984-10-22", ""),
    ("Lusia Bangkit", "P", "1991-12-01", ""), ("Thai San", "L", "1969-05-17", ""),
)  # fmt: skip
LISTS = {
    LAST_YEAR: (("Siti Nurhayati", "P", "1999-06-14", "6107075406999931"), *OTHERS[:2]),
    LAST_MONTH: (("Muhammad Ridwan", "L", "1992-09-27", ""), *OTHERS[2:]),
    YESTERDAY: (
        ("Sitti Noerhayati", "P", "1999-06-14", "6107075406999935"),
        ("Moh. Ridwan", "L", "1992-09-27", "6107072709929933"),
        ("Patimah", "P", "1988-03-21", "6107076103889935"),
        ("Aloysius Tawing", "L", "1975-07-30", ""),
    ),
}
