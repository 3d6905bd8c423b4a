import pytest

from simpul.intake import complaints, receipts
from simpul.intake.models import Complaint
from simpul.portal import limits
from simpul.portal.forms import ComplaintForm
from tests.portal.conftest import receipt_in, words

WORDS = "Petugas meminta uang."


@pytest.fixture
def complain(client, world):
    def sending(statement=WORDS, **fields):
        fields.setdefault("token", receipts.new_token())
        return client.post("/en/keluhan/", {"statement": statement, **fields})

    return sending


def test_words_alone_make_a_complaint_and_give_a_receipt(complain, client):
    response = complain()
    assert response.status_code == 200
    assert "Your complaint has arrived." in words(response)
    assert not response.cookies
    complaint = complaints.complaint_of(receipt_in(response))
    assert complaint.number in words(response)
    assert complaint.statement.opened() == WORDS
    assert complaint.against is None


def test_everything_told_arrives_sealed_and_a_receipt_is_not_kept(complain, world):
    report = world.report()
    response = complain(
        against=str(world.dinsos.pk), about="Pak Budi", contact="0812", reference=receipts.shown(report.receipt)
    )
    complaint = complaints.complaint_of(receipt_in(response))
    assert complaint.against == world.dinsos
    told = {name: getattr(complaint, name).opened() for name in ("about", "contact", "reference")}
    assert told == {"about": "Pak Budi", "contact": "0812", "reference": report.number}


def test_the_page_lists_the_offices_and_no_shelter(client, world):
    world.hospital.kind = "shelter"
    world.hospital.save(update_fields=["kind"])
    page = client.get("/keluhan/").content.decode()
    assert world.dinsos.name in page
    assert world.hospital.name not in page


def test_what_is_wrong_comes_back_with_everything_typed(complain, world):
    response = complain("", against=str(world.dinsos.pk), about="Pak <Budi>", contact="0812", reference="K-2026-000001")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Tell us what happened" in words(response)
    assert f'<option value="{world.dinsos.pk}" selected' in page
    for value in ("Pak &lt;Budi&gt;", "0812", "K-2026-000001"):
        assert f'value="{value}"' in page
    long = complain(about="x" * 301)
    assert "301 characters, and 300 fit" in words(long)
    assert Complaint.objects.count() == 0


def test_a_receipt_of_nothing_is_said_and_guessing_is_held_off(complain):
    wrong = receipts.of_token(receipts.new_token())
    response = complain(reference=wrong)
    assert response.status_code == 422
    assert "Nothing has this receipt." in words(response)
    assert "One of the digits" in words(complain(reference=wrong[:-1] + str((int(wrong[-1]) + 1) % 10)))
    answers = [complain(reference=receipts.of_token(receipts.new_token())) for _i in range(20)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert f">\n{WORDS}</textarea>" in answers[-1].content.decode()


def test_the_same_form_twice_is_one_complaint(complain):
    token = receipts.new_token()
    assert receipt_in(complain(token=token)) == receipt_in(complain(token=token))
    assert Complaint.objects.count() == 1


def test_sending_without_end_is_slowed_and_loses_nothing(complain):
    token = receipts.new_token()
    complain(token=token)
    answers = [complain(f"Keluhan {i}") for i in range(limits.REPORTS.burst)]
    assert answers[-1].status_code == 429
    assert f">\nKeluhan {limits.REPORTS.burst - 1}</textarea>" in answers[-1].content.decode()
    assert complain(token=token).status_code == 200


def test_the_receipt_shows_how_it_stands_and_then_the_answer(complain, follow, world, now):
    receipt = receipt_in(complain(against=str(world.dinsos.pk)))
    page = follow(receipt, at="/en/lacak/")
    assert page.status_code == 200
    assert "Your complaint has arrived" in words(page)
    assert "within 3 working days" in words(page)
    complaint = Complaint.objects.get()
    complaints.read(complaint, by=world.wulan, at=now)
    assert "Your complaint is being read" in words(follow(receipt, at="/en/lacak/"))
    complaints.answer(complaint, answer="Sudah <diperiksa>.", by=world.wulan, at=now)
    page = follow(receipt, at="/en/lacak/")
    assert "Your complaint has an answer" in words(page)
    assert "Sudah &lt;diperiksa&gt;." in page.content.decode()
    assert world.wulan.full_name not in page.content.decode()
    assert world.office.name not in page.content.decode()
    assert follow(receipt, at="/en/lapor/disimpan/").status_code == 200


def test_a_report_is_found_in_as_many_queries_as_before_there_were_complaints(
    world, follow, complain, django_assert_num_queries
):
    report = world.report()
    complain()
    follow(report.receipt)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        follow(report.receipt)
    assert not [query for query in asked if "intake_complaint" in query["sql"]]


@pytest.mark.parametrize("address", ["/bantuan/", "/lacak/", "/"])
def test_pages_lead_to_the_complaint(client, world, address):
    assert 'href="/keluhan/"' in client.get(address).content.decode()


def test_the_page_says_who_does_not_read_it(client, world):
    page = words(client.get("/en/keluhan/"))
    assert "not by the office it is about" in page
    title = client.get("/en/keluhan/").content.decode().split("<title>")[1].split("</title>")[0].lower()
    assert not any(word in title for word in ("complain", "report", "victim", "tppo"))


def test_no_form_of_ours_sends_an_office_that_is_not_listed(world):
    assert ComplaintForm({"against": "999999"}).against is None
    assert ComplaintForm({"against": "x'"}).against is None
