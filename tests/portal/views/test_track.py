import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from simpul.intake import receipts, reports, tracking, triage
from simpul.intake.models import Report
from simpul.portal import limits
from simpul.portal.forms import LONGEST
from simpul.reference.catalogues import term
from tests.portal.conftest import receipt_in, words

PDF = b"%PDF-1.7 bukti"


@pytest.fixture
def report(world):
    return world.report()


def test_the_receipt_shows_the_status_in_plain_words(follow, report):
    response = follow(report.receipt, at="/en/lacak/")
    assert response.status_code == 200
    assert "Your report has arrived" in words(response)
    assert report.number in words(response)
    assert report.statement.opened() not in words(response)
    assert not response.cookies


@pytest.mark.parametrize("shape", ["{}", " {} ", "{}.", "\t{}\n"])
def test_a_receipt_may_be_typed_with_blanks_and_dashes(follow, report, shape):
    for between in (" ", "-", " - ", ""):
        assert follow(shape.format(between.join(receipts.shown(report.receipt).split()))).status_code == 200


def test_a_typing_mistake_is_told_apart_and_kept_for_mending(follow, report):
    wrong = str((int(report.receipt[0]) + 1) % 10) + report.receipt[1:]
    response = follow(wrong, at="/en/lacak/")
    assert response.status_code == 422
    assert "One of the digits is not right" in words(response)
    assert f'value="{wrong}"' in response.content.decode()
    assert "you typed 27" in words(follow(report.receipt[1:], at="/en/lacak/"))
    assert "Type the 28 digits" in words(follow("", at="/en/lacak/"))


def test_a_receipt_of_no_report_is_said_in_one_sentence(follow, report):
    response = follow(receipts.of_token(receipts.new_token()), at="/en/lacak/")
    assert response.status_code == 404
    assert "No report has this receipt." in words(response)


def test_what_the_desk_writes_is_read_and_answered(world, follow, report):
    triage.ask(report, text="Apakah dia masih di Serian?", by=world.rina, at=world.later(hours=1))
    page = follow(report.receipt, at="/en/lacak/")
    assert "An officer has a question for you" in words(page)
    assert "Apakah dia masih di Serian?" in words(page)
    answered = follow(report.receipt, tulis="1", text="Ya, di kedai.", files=[SimpleUploadedFile("a.pdf", PDF)])
    assert "Ya, di kedai." in words(answered)
    mine = tracking.report_of(report.receipt)
    assert [m.sender for m in mine.messages.order_by("pk")] == ["desk", "reporter"]
    assert mine.attachments.count() == 1
    assert mine.unread == 1


def test_the_officer_is_not_named(world, follow, report):
    triage.ask(report, text="Apakah aman?", by=world.rina, at=world.later(hours=1))
    page = follow(report.receipt).content.decode()
    assert "Apakah aman?" in page
    assert world.rina.full_name not in page
    assert world.uptd.name not in page


def test_a_message_sent_twice_is_one_message(follow, report):
    for _i in range(2):
        assert follow(report.receipt, tulis="1", text="Mobilnya merah.").status_code == 200
    assert tracking.report_of(report.receipt).messages.count() == 1
    follow(report.receipt, tulis="1", text="Platnya KB.")
    assert tracking.report_of(report.receipt).messages.count() == 2


def test_the_same_answer_to_two_questions_is_two_messages(world, follow, report):
    for hours in (1, 2):
        triage.ask(world.anew(report), text=f"Pertanyaan {hours}?", by=world.rina, at=world.later(hours=-hours))
    follow(report.receipt, tulis="1", text="Ya.")
    triage.write(world.anew(report), text="Dan apakah dia sendiri?", by=world.rina, at=timezone.now())
    follow(report.receipt, tulis="1", text="Ya.")
    assert report.messages.filter(sender="reporter").count() == 2


def test_words_sent_twice_with_another_file_bring_the_file(follow, report):
    for data in (PDF, PDF + b" dua"):
        follow(report.receipt, tulis="1", text="Lihat ini.", files=[SimpleUploadedFile("a.pdf", data)])
    mine = tracking.report_of(report.receipt)
    assert (mine.messages.count(), mine.attachments.count()) == (1, 2)


def test_files_alone_can_be_added(follow, report):
    follow(report.receipt, tulis="1", text="", files=[SimpleUploadedFile("a.pdf", PDF)])
    mine = tracking.report_of(report.receipt)
    assert mine.attachments.count() == 1
    assert mine.messages.count() == 0


def test_an_empty_message_is_not_sent(follow, report):
    response = follow(report.receipt, at="/en/lacak/", tulis="1", text=" \u200b ")
    assert response.status_code == 422
    assert "Write something or choose a file first." in words(response)
    assert tracking.report_of(report.receipt).unread == 0


def test_a_message_too_long_or_with_a_bad_file_comes_back_with_everything_typed(follow, report):
    long = "panjang " * (LONGEST["statement"] // 8 + 1)
    response = follow(report.receipt, tulis="1", text=long)
    assert response.status_code == 422
    assert long in response.content.decode()
    bad = follow(report.receipt, tulis="1", text="Lihat ini.", files=[SimpleUploadedFile("a.exe", b"MZ")])
    assert bad.status_code == 422
    assert ">\nLihat ini.</textarea>" in bad.content.decode()
    assert "a.exe: " in words(bad)
    assert tracking.report_of(report.receipt).messages.count() == 0


def test_writing_without_end_is_slowed_and_loses_nothing(follow, report):
    answers = [follow(report.receipt, tulis="1", text=f"Pesan {i}") for i in range(limits.MESSAGES.burst + 1)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert f">\nPesan {limits.MESSAGES.burst}</textarea>" in answers[-1].content.decode()


def test_thousands_of_guesses_are_slowed_then_refused(follow, report, clock):
    codes = []
    for _i in range(3000):
        codes.append(follow(receipts.of_token(receipts.new_token())).status_code)
        clock.forward(1)
    assert codes[: limits.FREE] == [404] * limits.FREE
    assert codes.count(404) < limits.REFUSED_AT + 5
    assert codes.count(429) > 2900
    refused = follow(report.receipt, at="/en/lacak/")
    assert refused.status_code == 429
    assert "wrong receipts came from your connection" in words(refused)


def test_whoever_waits_is_told_how_long_and_then_gets_in(follow, report, clock):
    while follow(receipts.of_token(receipts.new_token())).status_code == 404:
        pass
    response = follow(report.receipt, at="/en/lacak/")
    assert response.status_code == 429
    assert f"{response['Retry-After']} second" in words(response)
    assert report.receipt in response.content.decode()
    clock.forward(int(response["Retry-After"]))
    assert follow(report.receipt).status_code == 200


def test_saying_that_the_receipt_is_kept_is_noted_once(world, send, client):
    receipt = receipt_in(send(danger="yes_now"))
    response = client.post("/en/lapor/disimpan/", {"receipt": receipt})
    assert response.status_code == 200
    assert "within 1 hour." in words(response)
    first = Report.objects.get().receipt_saved_at
    assert first
    client.post("/lapor/disimpan/", {"receipt": receipt})
    assert Report.objects.get().receipt_saved_at == first


def test_the_saved_page_by_its_address_leads_to_following(client, world):
    response = client.get("/en/lapor/disimpan/")
    assert response.status_code == 302
    assert response["Location"] == "/en/lacak/"
    assert client.post("/lapor/disimpan/", {"receipt": "12"}).status_code == 422


def test_a_merged_report_shows_what_happens_with_the_other(world, follow, report):
    other = world.report("Kejadian yang sama.")
    triage.merge(report, into=other, by=world.rina, at=world.later(hours=1))
    page = words(follow(report.receipt, at="/en/lacak/"))
    assert term("report_statuses", tracking.status_code(other)).english in page


def test_the_receipt_never_stands_in_an_address(follow, report):
    page = follow(report.receipt).content.decode()
    assert page.count(report.receipt) == page.count(f'name="receipt" value="{report.receipt}"') > 0


def test_a_long_conversation_costs_as_many_queries_as_a_short_one(world, follow, report, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    reports.add_message(report, text="Satu.", at=world.at)
    follow(report.receipt)
    with CaptureQueriesContext(connection) as short:
        follow(report.receipt)
    for i in range(30):
        reports.add_message(report, text=f"Pesan {i}", at=world.at)
    with django_assert_num_queries(len(short)):
        follow(report.receipt)
