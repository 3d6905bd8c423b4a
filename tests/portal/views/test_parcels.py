from datetime import timedelta

import pytest
from django.utils import timezone

from simpul.cases import jobs, referrals
from simpul.confidentiality import parcels
from simpul.confidentiality.models import Parcel
from simpul.journal.models import Entry
from tests.portal.conftest import words

CONTENT = {
    "title": "Permohonan pendampingan",
    "from": "UPTD PPA Bengkayang",
    "service": "Rehabilitasi sosial",
    "until": "10 Agustus 2026",
    "lines": [["Nama", "Melati Kusuma"], ["Catatan", "Baris satu\nBaris <dua>"]],
}
ANSWER = {"decision": "accept", "words": "Kami jemput besok.", "name": "Ani, kepala seksi", "telephone": "0562 123456"}

pytestmark = pytest.mark.django_db


class Link:
    def __init__(self, client, at):
        self.client = client
        self.parcel, self.token, self.code = parcels.make(
            "cases.referral:1", CONTENT, until_at=at + timedelta(days=7), at=at
        )
        self.address = f"/en/rujukan/{self.token}/"

    def send(self, **fields):
        return self.client.post(self.address, fields)

    def opened(self):
        """The ticket that opening gives."""
        page = self.send(code=self.code).content.decode()
        return page.split('name="ticket" value="')[1].split('"')[0]

    def row(self):
        return Parcel.objects.get(pk=self.parcel.pk)


@pytest.fixture
def link(world, client):
    return Link(client, timezone.now())


def wrong(link):
    return str((int(link.code.replace(" ", "")) + 1) % 10**8).rjust(8, "0")


def test_the_page_behind_the_link_tells_nothing_and_asks_for_the_code(link):
    response = link.client.get(link.address)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'name="code"' in page
    for value in ("Melati", "UPTD", "Permohonan", "Rehabilitasi", "cases.referral"):
        assert value not in page
    assert not response.cookies


def test_opening_the_address_ever_so_often_changes_nothing(link):
    for _i in range(3):
        for way in (link.client.get, link.client.head):
            assert way(link.address).status_code == 200
    assert link.row().status == Parcel.Status.MADE
    assert not Entry.objects.filter(act="parcel.opened").exists()
    assert "Melati" in words(link.send(code=link.code))


def test_the_code_opens_it_once(link):
    response = link.send(code=link.code)
    page = words(response)
    for value in ("Permohonan pendampingan", "UPTD PPA Bengkayang", "Rehabilitasi sosial", "Melati Kusuma",
                  "10 Agustus 2026", "UU 21/2007 Art. 24 and 44"):  # fmt: skip
        assert value in page
    assert "Baris satu\nBaris &lt;dua&gt;" in response.content.decode()
    again = link.send(code=link.code)
    assert again.status_code == 410
    assert "Melati" not in words(again)
    assert "opens only once" in words(again)
    assert link.client.get(link.address).status_code == 410


@pytest.mark.parametrize("fields", [{}, {"code": True}])
def test_no_page_is_kept_indexed_or_told_to_others(link, fields):
    response = link.send(code=link.code) if fields else link.client.get(link.address)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    page = response.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    title = page.split("<title>")[1].split("</title>")[0].lower()
    assert not any(word in title for word in ("referral", "victim", "traffick", "melati", "tppo"))
    assert not response.cookies


def test_the_page_with_its_content_links_nowhere_that_would_lose_it_unasked(link):
    page = link.send(code=link.code).content.decode()
    assert "hreflang" not in page
    assert "<nav" not in page


def test_a_wrong_code_comes_back_with_how_many_are_left(link):
    response = link.send(code=wrong(link))
    assert response.status_code == 422
    assert "After 4 more wrong codes" in words(response)
    assert f'value="{wrong(link)}"' in response.content.decode()
    assert link.send(code="123").status_code == 422
    assert "8 digits" in words(link.send(code="123"))
    assert "Melati" in words(link.send(code=link.code))


def test_five_wrong_codes_lock_it(link):
    answers = [link.send(code=wrong(link)) for _i in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [410]
    assert "locked after 5 wrong codes" in words(answers[-1])
    assert link.send(code=link.code).status_code == 410
    assert link.row().status == Parcel.Status.LOCKED


def test_many_codes_from_one_address_are_slowed_before_they_cost_anything(world, client, clock):
    answers = []
    for _i in range(3):
        link = Link(client, timezone.now())
        answers += [link.send(code=wrong(link)).status_code for _j in range(4)]
    assert 429 in answers
    assert link.row().wrong_codes < 4


def test_links_that_lead_nowhere_say_why_and_count_as_guesses(link, settings):
    mistyped = link.client.get(f"/en/rujukan/{link.token[:-1]}/")
    assert mistyped.status_code == 404
    assert "A letter of this address is missing or wrong" in words(mistyped)
    unknown = link.client.get(f"/en/rujukan/{parcels._new_token()}/")
    assert unknown.status_code == 404
    assert "leads nowhere" in words(unknown)
    codes = {link.client.get(f"/en/rujukan/{parcels._new_token()}/").status_code for _i in range(20)}
    assert codes == {404, 429}
    settings.SECRET_KEY = "another installation"
    link.client.defaults["REMOTE_ADDR"] = "203.0.113.99"
    assert "another installation" in words(link.client.get(link.address))


def test_a_withdrawn_and_an_expired_link_say_so(link, now):
    parcels.end(link.parcel, by=None, at=timezone.now())
    response = link.client.get(link.address)
    assert response.status_code == 410
    assert "has withdrawn it" in words(response)
    made = parcels.make("cases.referral:2", CONTENT, until_at=now + timedelta(days=1), at=now)
    Parcel.objects.filter(pk=made[0].pk).update(until_at=timezone.now() - timedelta(days=1))
    assert "could be opened until" in words(link.client.get(f"/en/rujukan/{made[1]}/"))


def test_the_answer_goes_back_sealed_and_is_confirmed(link):
    response = link.send(ticket=link.opened(), **ANSWER)
    assert response.status_code == 200
    assert "Your answer is with the sender." in words(response)
    assert parcels.take(parcels.waiting().get(), at=timezone.now()) == {
        "answer": "accept", "reason": "", "words": "Kami jemput besok.", "name": "Ani, kepala seksi",
        "phone": "0562 123456",
    }  # fmt: skip


def test_an_office_declines_with_a_reason(link):
    ticket = link.opened()
    told = ANSWER | {"decision": "decline"}
    response = link.send(ticket=ticket, **told)
    assert response.status_code == 422
    assert "Choose why not" in words(response)
    assert link.send(ticket=ticket, **told, reason="no_capacity").status_code == 200
    assert parcels.take(link.row(), at=timezone.now())["reason"] == "no_capacity"


def test_what_is_wrong_comes_back_with_everything_typed_and_the_ticket_and_no_content(link):
    ticket = link.opened()
    response = link.send(ticket=ticket, words="Kami <jemput>", name="", telephone="12", reason="other")
    page = response.content.decode()
    assert response.status_code == 422
    assert f'name="ticket" value="{ticket}"' in page
    assert ">\nKami &lt;jemput&gt;</textarea>" in page
    assert '<option value="other" selected' in page
    for sentence in ("Choose whether your office", "Write who answers", "telephone number of your office"):
        assert sentence in words(response)
    for name in ("decision", "name", "telephone"):
        assert f'href="#{name}"' in page
        assert f'id="{name}"' in page
    assert "Melati" not in page
    assert "Too long" not in page
    long = link.send(ticket=ticket, **ANSWER | {"words": "x" * 5000})
    assert "5000 characters, and 4000 fit" in words(long)
    assert link.send(ticket=ticket, **ANSWER).status_code == 200


def test_an_answer_sent_twice_is_one_answer(link):
    ticket = link.opened()
    link.send(ticket=ticket, **ANSWER)
    again = link.send(ticket=ticket, **ANSWER | {"decision": "decline", "reason": "other"})
    assert again.status_code == 409
    assert "already arrived" in words(again)
    assert parcels.take(link.row(), at=timezone.now())["answer"] == "accept"


def test_an_answer_without_a_ticket_of_ours_is_not_taken(link):
    response = link.send(ticket="x", **ANSWER)
    assert response.status_code == 410
    assert "Answer by telephone instead" in words(response)


def test_the_journal_knows_of_opening_and_answer_and_of_no_word(link):
    link.send(ticket=link.opened(), **ANSWER)
    entries = Entry.objects.filter(act__startswith="parcel.").order_by("number")
    assert [entry.act for entry in entries] == ["parcel.made", "parcel.opened", "parcel.replied"]
    assert not [word for word in ("Melati", "Ani", "0562", link.token) for e in entries if word in str(e.facts)]


@pytest.mark.parametrize(("decision", "status"), [("accept", "accepted"), ("decline", "declined")])
def test_an_answer_from_outside_becomes_the_answer_to_the_referral(world, client, decision, status):
    service = world.service(world.victim(world.case()))
    referral = referrals.send(
        service, to=world.hospital, need="Periksa", fields=["name"], basis="vital_interests", basis_reason="Darurat",
        by=world.rina, at=world.at,
    )  # fmt: skip
    _parcel, token, code = referrals.link(referral, by=world.rina, at=timezone.now())
    page = client.post(f"/rujukan/{token}/", {"code": code}).content.decode()
    assert "Melati Kusuma" in page
    ticket = page.split('name="ticket" value="')[1].split('"')[0]
    sent = ANSWER | {"decision": decision, "reason": "no_capacity", "ticket": ticket}
    assert client.post(f"/rujukan/{token}/", sent).status_code == 200
    assert jobs.take_in_answers(at=timezone.now()) == 1
    assert world.anew(referral).status == status
    assert "0562 123456" in str(world.anew(referral).answered_outside.opened())
