"""The law's track at the desk as officers use it: a claim without script, a link for an office without an account.

The pages are looked at on a telephone and on a desktop: nothing sticks out, and axe finds nothing.
"""

import json
import re

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, faults, serving
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

BUILD = """
import django
django.setup()
import json
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from django.utils.timezone import localdate
from simpul.agencies.models import Agency, Officer
from simpul.cases import consents, proceedings, referrals, restitution, services, victims
from simpul.intake import receipts, reports, triage

at = timezone.now()
who = {"by": Officer.objects.get(username="rina"), "at": at}
hospital = Agency.objects.get(kind="health")
Officer.objects.filter(agency=hospital).update(is_active=False)
told = reports.Told("Tetangga saya dibawa ke Malaysia.", place="61.07.07.2001", danger="no")
report, _receipt = reports.receive(told, token=receipts.new_token(), at=at)
case = triage.accept(report, **who)
victim = victims.add(case, part="victim", name="Melati Kusuma", childhood="child", **who)
other = victims.add(case, part="victim", name="Mawar Lestari", childhood="adult", **who)
day = lambda ago: localdate(at) - timedelta(days=ago)
proceeding = proceedings.begin(case, act_on=day(200), offences=["uu21_2007_6"], **who)
for ago, kind in ((90, "investigation"), (80, "file_sent"), (70, "p21"), (60, "charge")):
    proceedings.note_step(proceeding, kind=kind, on=day(ago), **who)
proceedings.note_step(proceeding, kind="verdict", on=day(30), outcome="convicted", prison_months=60, **who)
claim = restitution.begin(victim, proceeding=proceeding, **who)
restitution.itemise(claim, [("income", Decimal(24_500_000), "Upah 7 bulan")], **who)
for ago, kind, amount in ((50, "claimed", None), (40, "demanded", 20_000_000), (30, "awarded", 12_000_000)):
    restitution.note_step(claim, kind=kind, on=day(ago), amount=amount and Decimal(amount), **who)
restitution.begin(other, **who)
consent = consents.record(victim, purpose="referral", recipient=None, fields=["name"], given_by="self",
                          exception="suspected", **who)
sent = referrals.send(services.request(victim, kind="health", **who), to=hospital, need="Pemeriksaan.",
                      fields=["name"], basis="consent", **who)
print(json.dumps({"case": case.number, "victim": victim.pk, "other": other.pk, "proceeding": proceeding.pk,
                  "consent": consent.pk, "sent": sent.pk}))
"""


@pytest.fixture(scope="module")
def server(home):
    with serving(home, SIMPUL_DEMO="1") as address:
        yield address


@pytest.fixture(scope="module")
def home(installed, tmp_path_factory):
    return installed(tmp_path_factory.mktemp("law") / "home")


@pytest.fixture(scope="module")
def known(home):
    """Numbers of what there is to look at."""
    return json.loads(installation.run(BUILD, home, SIMPUL_DEMO="1").strip().splitlines()[-1])


@pytest.fixture
def signed_in(visit):
    def entering(name, **how):
        page = visit(**how)
        page.goto("/akun/masuk/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(re.compile("/desk/"))
        return page

    return entering


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["telephone", "desktop"])
def test_pages_fit_and_can_be_used_by_everybody(signed_in, known, size):
    case = f"/desk/kasus/{known['case']}/"
    victim, other = f"{case}orang/{known['victim']}/", f"{case}orang/{known['other']}/"
    pages = [
        f"{case}perkara/baru/", f"{case}perkara/baru/?tanggal=2026-02-01", f"{case}perkara/{known['proceeding']}/",
        f"{case}pemeriksaan/baru/", f"{victim}restitusi/", f"{other}restitusi/rincian/", "/desk/restitusi/",
        f"{victim}persetujuan/", f"{victim}persetujuan/{known['consent']}/cabut/", f"/desk/rujukan/{known['sent']}/",
        f"/desk/rujukan/{known['sent']}/jawaban/", f"{victim}tanda-terima/", f"{case}tutup/", f"{case}akses/",
    ]  # fmt: skip
    page, wrong = signed_in("rina", size=size), {}
    for where in pages:
        assert page.goto(where).status == 200, where
        sticks_out = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if found := [*faults(page), *(["sticks out"] if sticks_out else [])]:
            wrong[where] = found
    assert not wrong


def test_a_claim_is_itemised_without_script(signed_in, known):
    page = signed_in("rina", script=False)
    where = f"/desk/kasus/{known['case']}/orang/{known['other']}/restitusi/"
    page.goto(f"{where}rincian/")
    page.fill("[name=amount_income]", "1.000.000")
    page.click("button[name=tambah]")
    assert page.input_value("[name=amount_income]") == "1.000.000"
    page.select_option("[name=head_x0]", "income")
    page.fill("[name=amount_x0]", "500.000,50")
    page.click("main form button:not([name]):not(.visually-hidden)")
    assert page.url.endswith(where)
    assert "Rp1.500.000,50" in page.inner_text("main")


def test_an_office_without_an_account_reads_a_referral_and_answers_it(signed_in, visit, known):
    rina = signed_in("rina", size=DESKTOP)
    rina.goto(f"/desk/rujukan/{known['sent']}/")
    rina.click("form[action$='/tautan/'] button")
    shown = rina.inner_text("main")
    address = re.search(r"http://\S+/rujukan/[A-Z2-7]{32}/", shown)[0]
    code = re.search(r"\b\d{4} \d{4}\b", shown)[0]
    assert not faults(rina)
    outside = visit(script=False)
    outside.goto(address)
    assert "Melati" not in outside.content()
    outside.fill("[name=code]", code)
    outside.click("main button")
    assert "Melati Kusuma" in outside.inner_text("main")
    rina.goto(f"/desk/rujukan/{known['sent']}/")
    assert "Melati Kusuma" in rina.inner_text("main")
    assert rina.locator("#tautan .tag").count() == 1
