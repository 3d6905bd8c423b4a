import gzip

import pytest
from django.utils import translation

from simpul.portal.middleware import HEADERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/lapor/", "/aset/nothing.css", "/nothing/", "/keluar/"])
def test_every_answer_carries_the_protecting_headers(client, address):
    response = client.get(address)
    for name, value in HEADERS.items():
        assert response[name] == value
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"


def test_pages_are_compressed_with_a_random_length(client):
    sizes = set()
    for _i in range(20):
        response = client.get("/", headers={"Accept-Encoding": "gzip"})
        assert response["Content-Encoding"] == "gzip"
        assert gzip.decompress(response.content).startswith(b"<!doctype html>")
        sizes.add(len(response.content))
    assert len(sizes) > 1


@pytest.mark.parametrize(
    ("address", "language"), [("/", "id"), ("/en/", "en"), ("/en/lapor/", "en"), ("/english/", "id")]
)
def test_the_address_says_the_language(client, address, language):
    response = client.get(address, headers={"Accept-Language": "de"})
    assert response["Content-Language"] == language
    assert f'<html lang="{language}">' in response.content.decode()


def test_the_language_of_one_answer_does_not_stay(client):
    with translation.override("id"):
        client.get("/en/")
        assert translation.get_language() == "id"


def test_a_browser_that_came_by_https_comes_by_https_again(client, world, settings):
    assert "Strict-Transport-Security" not in client.get("/").headers
    settings.SESSION_COOKIE_SECURE = True
    assert client.get("/").headers["Strict-Transport-Security"] == "max-age=31536000"
