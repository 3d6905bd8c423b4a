import pytest
from django.core.exceptions import SuspiciousOperation, TooManyFilesSent
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation

from simpul.agencies import doors
from simpul.portal import answers, urls
from simpul.portal.views import pages
from simpul.reference import catalogues
from tests.portal.conftest import words

pytestmark = pytest.mark.django_db

ADDRESSES = ["/", "/lapor/", "/lacak/", "/bantuan/", "/keluhan/"]


@pytest.mark.parametrize("address", ADDRESSES + [f"/en{address}" for address in ADDRESSES])
def test_every_page_answers_without_a_cookie_and_links_to_its_twin(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    twin = address.removeprefix("/en") if address.startswith("/en") else f"/en{address}"
    assert f'href="{twin}"' in response.content.decode()


def test_every_address_of_the_portal_is_open_to_everybody():
    assert all(doors.lets_in(pattern.callback.door, None) for pattern in urls.urlpatterns)


def test_titles_do_not_tell_what_the_page_is_about(client):
    for address in ADDRESSES:
        title = client.get(f"/en{address}").content.decode().split("<title>")[1].split("</title>")[0].lower()
        assert title
        assert not any(
            word in title for word in ("traffick", "report", "violence", "victim", "tppo", "simpul", "complain")
        )


def test_no_page_asks_for_an_icon(client):
    assert '<link rel="icon" href="data:,">' in client.get("/").content.decode()


def test_the_first_page_tells_what_to_do_and_who_reads(client):
    page = words(client.get("/en/"))
    for heading in ("What happens with a report", "Who reads it, and who does not", "Get help now"):
        assert heading in page
    assert "You need no name, no account and no NIK" in page
    assert "within 24 hours" in page
    assert client.get("/").content.decode().count('href="tel:') == pages.FIRST


def test_each_number_for_help_says_where_it_comes_from_and_when_it_was_checked(client):
    response = client.get("/en/bantuan/")
    page = words(response)
    for each in catalogues.terms("hotlines"):
        assert f'href="tel:{each.extra["tel"]}"' in response.content.decode()
        assert each.extra["number"] in page
        assert f"Source: {each.source}." in page
    assert "Checked on 3 October 2025." in page
    assert any(each.mark == "G" for each in catalogues.terms("hotlines"))
    assert "Not verified. If nobody answers, call 110." in page


def test_the_way_out_by_its_address(client, settings):
    settings.LEAVE_TO = "https://cuaca.example/"
    response = client.get("/keluar/")
    assert response["Location"] == "https://cuaca.example/"
    assert response["Clear-Site-Data"] == '"cache"'
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/nothing/", "/en/nothing/", "/id/", "/lapor/x/"])
def test_an_address_where_nothing_is_gets_plain_words(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "Traceback" not in words(response)
    assert 'id="isi"' in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize(("problem", "status"), [(TooManyFilesSent(), 413), (SuspiciousOperation(), 400)])
def test_what_cannot_be_read_gets_a_sentence_that_says_what_to_do(problem, status):
    with translation.override("en"):
        response = pages.bad_request(RequestFactory().get("/en/lapor/"), problem)
    assert response.status_code == status
    assert "send it again" in words(response)


def test_a_damaged_upload_is_told_apart(client):
    client.raise_request_exception = False
    response = client.post("/en/lapor/", b"nonsense", content_type="multipart/form-data; boundary=")
    assert response.status_code == 400
    assert "arrived damaged" in words(response)


def test_a_page_that_is_not_open_says_so():
    response = pages.refused(RequestFactory().get("/en/"), PermissionError())
    assert response.status_code == 403


def test_a_failure_of_ours_says_it_is_not_the_readers_fault(monkeypatch):
    request = RequestFactory().get("/en/lapor/")
    with translation.override("en"):
        assert "It is not your fault." in words(pages.broken(request))

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(answers, "page", fails)
    with translation.override("en"):
        response = pages.broken(request)
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/plain")
    assert "call 110" in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_both_processes_have_these_pages(status):
    for process in ("simpul.urls", "simpul.portal_urls"):
        handler = get_resolver(process).resolve_error_handler(status)
        assert handler.__module__ == "simpul.portal.views.pages"


def test_a_clock_the_catalogue_does_not_have_promises_nothing():
    assert pages.target("triage") == 24
    assert pages.target("no_such_clock") is None
