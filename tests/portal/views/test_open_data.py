"""Open data on the public pages: no cookie, no script needed, light, and gone where it was withdrawn."""

import io
import json
import zipfile

import pytest

from simpul.confidentiality import signing
from simpul.insight import release
from tests.insight.releasing import Releasing

pytestmark = pytest.mark.django_db


@pytest.fixture
def releasing(world):
    return Releasing(world)


@pytest.fixture
def one(releasing):
    return releasing.published()


def full(one):
    """The release with a long number in every cell."""
    for table in one.tables:
        for row in table["rows"]:
            row[2] = 12345
    one.save()


def test_where_nothing_is_out_the_page_says_so(client, world):
    page = client.get("/data/")
    assert page.status_code == 200
    assert client.get("/data/kunci.txt").status_code == 404


def test_the_newest_release_is_shown_at_a_glance(client, one):
    page = client.get("/data/")
    text = page.content.decode()
    assert page.status_code == 200
    assert not page.cookies
    assert one.number in text
    assert "<td>44</td>" in text
    assert one.fingerprint in text
    assert one.public_key in text
    assert f"/data/{one.number}/returns_by_person/" in text


def test_each_table_has_its_page(client, one):
    for table in one.tables:
        page = client.get(f"/data/{one.number}/{table['code']}/")
        assert page.status_code == 200
        assert not page.cookies
    assert client.get(f"/data/{one.number}/lain/").status_code == 404


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_stays_light(client, one, language):
    full(one)
    for address in (f"{language}/data/", *(f"{language}/data/{one.number}/{each['code']}/" for each in one.tables)):
        assert len(client.get(address).content) < 14_000, address


def test_the_files_are_those_that_were_signed(client, one):
    document = client.get(f"/data/{one.number}.json")
    assert json.loads(document.content)["document"]["number"] == one.number
    package = client.get(f"/data/{one.number}.zip")
    assert package.content == one.package
    assert "data.csv" in zipfile.ZipFile(io.BytesIO(package.content)).namelist()
    for each in (document, package):
        assert one.number in each["Content-Disposition"]
        assert not each.cookies
    assert client.get("/data/kunci.txt").content.decode().strip() == signing.public_key()


def test_the_map_is_a_picture_without_script(client, one):
    picture = client.get(f"/data/{one.number}/peta.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "script-src" not in picture["Content-Security-Policy"]


def test_what_is_not_published_is_not_found(client, releasing):
    draft = releasing.draft()
    for ending in ("/", ".json", ".zip", "/peta.svg", "/returns_by_month/"):
        assert client.get(f"/data/{draft.number}{ending}").status_code == 404
    approved = release.approve(draft, by=releasing.gusti, at=releasing.world.at)
    assert client.get(f"/data/{approved.number}.json").status_code == 404


def test_a_withdrawn_release_says_why_and_shows_nothing(client, releasing, one):
    releasing.withdraw(one)
    for ending in ("/", ".json", ".zip", "/returns_by_month/"):
        answer = client.get(f"/en/data/{one.number}{ending}")
        assert answer.status_code == 410
        assert "The figures were wrong" in answer.content.decode()
        assert b">44<" not in answer.content
    assert one.number in client.get("/data/").content.decode()
