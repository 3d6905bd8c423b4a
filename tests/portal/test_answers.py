from base64 import b64encode
from hashlib import sha256

import pytest

from simpul.portal import answers

pytestmark = pytest.mark.django_db


def test_the_one_script_is_the_one_the_policy_names(client):
    response = client.get("/lacak/")
    page = response.content.decode()
    assert page.count("<script>") == 1
    script = page.split("<script>")[1].split("</script>")[0]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in response["Content-Security-Policy"]
    assert "onclick=" not in page.replace(script, "")


def test_styles_stand_on_one_line_and_lose_nothing(client):
    style = answers.style()
    assert "\n" not in style
    assert "/*" not in style
    assert "--accent:#0b5394" in style
    assert "@media print{" in style
    assert style.count("{") == style.count("}")


def test_the_other_language_is_one_step_away(client):
    assert 'href="/en/lacak/"' in client.get("/lacak/").content.decode()
    assert 'href="/lacak/"' in client.get("/en/lacak/").content.decode()


def test_a_demonstration_says_so_on_every_page(client, settings):
    settings.DEMO = False
    assert "Demonstration" not in client.get("/en/bantuan/").content.decode()
    settings.DEMO = True
    assert "Demonstration: everything here is invented." in client.get("/en/bantuan/").content.decode()


def test_the_way_out_is_on_every_page_and_tells_nobody_where_one_was(client, settings):
    settings.LEAVE_TO = "https://cuaca.example/"
    page = client.get("/bantuan/").content.decode()
    assert 'href="https://cuaca.example/" rel="noreferrer' in page
