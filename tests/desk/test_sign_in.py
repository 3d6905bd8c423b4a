"""Signing in: password, second factor, and what may be done to one's own access."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from simpul.desk.sign_in import Adapter
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from tests.world import PASSWORD

SIGN_IN = "/akun/masuk/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def sign_in(client, name, password=PASSWORD):
    return client.post(SIGN_IN, {"login": name, "password": password})


def give_the_password_again(client, onward):
    """Whoever finds an unlocked screen cannot change how its officer signs in."""
    assert client.get(onward).url.startswith("/akun/ulang/")
    return client.post("/akun/ulang/", {"password": PASSWORD, "next": onward}, follow=True)


def test_nobody_can_sign_up(rf):
    assert Adapter().is_open_for_signup(rf.get("/")) is False
    page = Client().get("/akun/daftar/")
    assert page.status_code == 404


def test_the_sign_in_page_offers_a_passkey_without_inline_script(db):
    page = Client().get(SIGN_IN)
    text = page.content.decode()
    assert "passkey_login" in text
    scripts = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", text)
    assert scripts
    assert all("application/json" in script for script in scripts)
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_wrong_password_keeps_the_name_and_lets_nobody_in(world):
    client = Client()
    page = sign_in(client, "rina", "salah sekali")
    assert page.status_code == 200
    assert 'value="rina"' in page.content.decode()
    assert not Entry.objects.filter(act=Act.SIGNED_IN).exists()
    assert client.get("/desk/hari-ini/").url.startswith(SIGN_IN)


def test_guessing_a_password_is_stopped(world):
    client = Client()
    for _i in range(6):
        sign_in(client, "rina", "salah sekali")
    sign_in(client, "rina")
    assert client.get("/desk/hari-ini/").url.startswith(SIGN_IN)


def test_a_password_alone_only_leads_to_the_second_factor(world):
    client = Client()
    assert sign_in(client, "rina").url == "/desk/"
    assert client.get("/desk/hari-ini/").url == "/akun/2fa/"
    assert Entry.objects.filter(act=Act.SIGNED_IN, officer_id=world.rina.pk).count() == 1


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(world):
    client = Client()
    sign_in(client, "rina")
    page = give_the_password_again(client, "/akun/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    client.post("/akun/2fa/totp/activate/", {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=world.rina, type=Authenticator.Type.TOTP).exists()
    assert client.get("/desk/hari-ini/").status_code == 200
    assert client.get("/akun/2fa/recovery-codes/").status_code == 200

    client.post("/akun/keluar/")
    assert sign_in(client, "rina").url == "/akun/2fa/authenticate/"
    assert client.get("/desk/hari-ini/").url.startswith(SIGN_IN)
    cache.clear()
    client.post("/akun/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/desk/hari-ini/").status_code == 200


def test_a_second_factor_is_asked_for_even_when_it_was_given_to_another_session(world):
    TOTP.activate(world.rina, "A" * 32)
    client = Client()
    client.force_login(world.budi)
    assert client.get("/desk/hari-ini/").url == "/akun/2fa/"


@pytest.mark.parametrize(
    "address",
    ["2fa/", "kata-sandi/", "keluar/", "2fa/totp/activate/", "2fa/webauthn/add/", "2fa/webauthn/", "ulang/"],
)
def test_every_page_of_ones_own_access_looks_like_ours(world, address):
    client = Client()
    sign_in(client, "rina")
    page = client.get(f"/akun/{address}", follow=True)
    assert page.status_code == 200
    assert "desk/desk.css" in page.content.decode()
    assert "account_signup" not in page.content.decode()


def test_a_new_password_works_and_the_old_one_does_not(world):
    client = Client()
    sign_in(client, "rina")
    new = "sandi baru yang panjang"
    client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    world.rina.refresh_from_db()
    assert world.rina.check_password(new)
    assert not world.rina.check_password(PASSWORD)


def test_an_officer_who_left_cannot_sign_in(world):
    world.rina.is_active = False
    world.rina.save(update_fields=["is_active"])
    client = Client()
    sign_in(client, "rina")
    assert client.get("/desk/hari-ini/").url.startswith(SIGN_IN)
