"""An office without an account opens a letter once and answers; somebody complains and reads the answer."""

import os
from pathlib import Path

import pytest

from tests import installation
from tests.browser.conftest import DESKTOP, PHONE, faults

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

SEND = """
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from simpul.confidentiality import parcels
at = timezone.now()
content = {
    "title": "Permohonan layanan bagi seorang korban", "from": "UPTD PPA Bengkayang, Rina Wati",
    "service": "Rehabilitasi sosial, segera", "until": "10 Agustus 2026",
    "lines": [["Nama", "Melati Kusuma Contoh"], ["Umur", "19"],
              ["Catatan keselamatan", "Jangan menghubungi keluarga.\\nHubungi hanya pagi hari lewat kantor kami."]],
}
print(*parcels.make("cases.referral:1", content, until_at=at + timedelta(days=7), at=at)[1:], sep="|")
"""
TAKE = """
import django
django.setup()
from django.utils import timezone
from simpul.confidentiality import parcels
answer = parcels.take(parcels.waiting().get(), at=timezone.now())
print(answer["answer"], answer["reason"], answer["words"], sep="|")
"""
ANSWER = """
import django, sys
django.setup()
from django.utils import timezone
from simpul.agencies.models import Officer
from simpul.intake import complaints
from simpul.intake.models import Complaint
complaint = Complaint.objects.filter(answered_at=None).select_related("data_key").get()
wulan = Officer.objects.get(username="wulan")
complaints.answer(complaint, answer=sys.argv[1], by=wulan, at=timezone.now())
"""


WAYS = [(PHONE, False), (PHONE, True), (DESKTOP, True)]
NAMES = ["a phone without script", "a phone", "a desktop"]


def look_at(page, name, *, script):
    """No fault that a machine finds, nothing beside the page; and a picture where one is asked for."""
    if not script:
        return
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if folder := os.environ.get("SIMPUL_LOOK"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize(("size", "script"), WAYS, ids=NAMES)
def test_a_letter_is_opened_once_and_answered(visit, home, size, script):
    link, code = installation.run(SEND, home).strip().split("|")
    page = visit(script=script, size=size)
    page.goto(f"/rujukan/{link}/")
    look_at(page, "letter", script=script)
    assert "Melati" not in page.content()
    page.fill("#code", "1234")
    page.click("form button[type=submit]")
    look_at(page, "letter-slip", script=script)
    page.fill("#code", code)
    page.click("form button[type=submit]")
    look_at(page, "letter-opened", script=script)
    assert "Melati Kusuma Contoh" in page.inner_text("main")
    page.emulate_media(media="print")
    assert page.is_visible("dl")
    assert not page.is_visible("form")
    page.emulate_media(media="screen")

    page.check("input[name=decision][value=decline]")
    page.fill("#words", "Coba RSUD Sambas.")
    page.fill("#name", "Ani, kepala seksi")
    page.fill("#telephone", "0562 123456")
    page.click("form button[type=submit]")
    look_at(page, "letter-refused", script=script)
    assert page.input_value("#words") == "Coba RSUD Sambas."
    assert "Melati" not in page.content()
    page.select_option("#reason", "no_capacity")
    page.click("form button[type=submit]")
    look_at(page, "letter-answered", script=script)
    assert installation.run(TAKE, home).strip() == "decline|no_capacity|Coba RSUD Sambas."

    page.goto(f"/rujukan/{link}/")
    look_at(page, "letter-gone", script=script)
    assert page.locator("#code").count() == 0


@pytest.mark.parametrize(("size", "script"), WAYS, ids=NAMES)
def test_somebody_complains_and_reads_the_answer(visit, home, size, script):
    page = visit(script=script, size=size)
    page.goto("/bantuan/")
    page.click("main a[href='/keluhan/']")
    look_at(page, "complaint", script=script)
    page.fill("#about", "Bu Rina")
    page.fill("#reference", "1234 5678 1234 5678 1234 5678 1234")
    page.select_option("#against", label="UPTD PPA Bengkayang")
    page.fill("#statement", "Petugas meminta uang supaya berkas saya dilanjutkan.")
    page.click("form button[type=submit]")
    look_at(page, "complaint-refused", script=script)
    page.fill("#reference", "")
    page.click("form button[type=submit]")
    look_at(page, "complaint-receipt", script=script)
    page.click("form button[type=submit]")
    look_at(page, "complaint-standing", script=script)
    installation.run(ANSWER, home, "Petugas itu tidak menangani berkas Anda lagi.")
    page.click("form button[type=submit]")
    look_at(page, "complaint-answered", script=script)
    assert "tidak menangani berkas Anda lagi" in page.inner_text("main")
