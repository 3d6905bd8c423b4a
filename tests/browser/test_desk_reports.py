"""An officer signs in with a second factor, and a report goes from the queue into a case, mostly by keyboard."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode

import pytest

from tests.browser.conftest import DESKTOP, PHONE, faults
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.sqlite]

STATEMENT = "Kakak saya ditahan di kebun dekat Tebedu dan tidak dibayar."


def six_digits(secret):
    """What the authenticator app of an officer shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def sign_in(page, name, desk):
    page.goto(f"{desk}/akun/masuk/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/akun/masuk/'] button[type=submit]")


def confirm_password(page):
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")


@pytest.fixture
def desk(server):
    """A passkey belongs to a name, never to a number: so the desk is visited by name."""
    return server.replace("127.0.0.1", "localhost")


def test_a_report_goes_from_the_queue_into_a_case_and_the_reporter_is_told(visit, desk):
    reporter = visit(script=False)
    reporter.goto("/lapor/")
    reporter.fill("#statement", STATEMENT)
    reporter.check("input[name=danger][value=yes_now]")
    # The most urgent of all that the browser stories send, so that it stands first in the queue.
    reporter.check("input[name=children][value=yes]")
    reporter.check("input[name=kinds][value=locked_up]")
    reporter.click("form button[type=submit]")
    receipt = reporter.inner_text("#tanda-terima")

    page = visit(size=DESKTOP)
    sign_in(page, "lina", desk)
    page.wait_for_url("**/akun/2fa/")
    assert faults(page) == []
    page.click("a[href$='/totp/activate/']")
    confirm_password(page)
    page.fill("[name=code]", six_digits(page.input_value("#authenticator_secret")))
    page.click("main form button[type=submit]")
    page.goto(f"{desk}/desk/")
    assert page.url.endswith("/desk/hari-ini/")

    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/desk/laporan/")
    assert faults(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/laporan/L-*/")
    assert page.inner_text("#pernyataan + .told") == STATEMENT

    page.click("#penapisan summary")
    page.select_option("#finding_finding", "acts:harbouring")
    page.fill("#finding_support", "ditahan di kebun")
    page.click("form[action*='/temuan/#'] button")
    assert "ditahan di kebun" in page.inner_text("#penapisan")

    page.click("form[action*='/terima/#'] >> xpath=../summary")
    page.check("[name=case][value=existing]")
    page.fill("#report_accept_message", "Laporan Anda kami tangani.")
    page.click("form[action*='/terima/#'] button")
    assert page.input_value("#report_accept_message") == "Laporan Anda kami tangani."
    assert faults(page) == []
    page.check("[name=case][value=new]")
    page.click("form[action*='/terima/#'] button")
    assert page.is_visible("#keputusan a[href^='/desk/kasus/K-']")
    assert faults(page) == []

    reporter.goto("/lacak/")
    reporter.fill("#receipt", receipt)
    reporter.click("main form button")
    assert "Laporan Anda kami tangani." in reporter.inner_text("main")


def test_an_officer_signs_in_with_a_passkey_alone(visit, desk):
    page = visit(size=PHONE)
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    sign_in(page, "rina", desk)
    page.wait_for_url("**/akun/2fa/")
    page.click("a[href$='/webauthn/add/']")
    confirm_password(page)
    page.fill("[name=name]", "Telepon Rina")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: "/add/" not in address)
    page.goto(f"{desk}/desk/hari-ini/")
    assert page.is_visible(".menu")
    page.click(".who button")

    page.goto(f"{desk}/akun/masuk/?next=/desk/laporan/")
    page.click("#passkey_login")
    page.wait_for_url(f"{desk}/desk/laporan/")
    assert page.is_visible(".menu")


def test_a_passkey_that_cannot_be_read_is_said_on_the_page(visit, desk):
    page = visit(size=PHONE)
    page.goto(f"{desk}/akun/masuk/")
    assert page.is_hidden("#kunci-gagal")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no key')); }")
    page.click("#passkey_login")
    page.wait_for_selector("#kunci-gagal", state="visible")
