import gzip
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from simpul.agencies.roles import Right
from simpul.intake import access, attachments, channels, receipts, reports, tracking
from simpul.intake.models import Report
from simpul.portal import limits
from simpul.portal.forms import LONGEST
from tests.portal.conftest import STATEMENT, receipt_in, words
from tests.world import JAGOI

EVERYTHING = {
    "danger": "yes_now", "where": "Jagoi Babang, di pasar", "happened": "now", "when": "tadi malam",
    "people": "two_to_five", "children": "yes", "kinds": ["unpaid_work", "locked_up"], "relation": "friend",
    "involves": ["village", "police"],
    "contact": "0812 5555 0101", "contact_name": "Mawar", "contact_is_safe": "sometimes",
    "contact_safely": "pagi saja", "acara": "TIDAKADA",
}  # fmt: skip


def file(data, name="foto.jpg"):
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def photo(size=(32, 24), kind="JPEG", **more):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **more)
    return out.getvalue()


def assert_everything_is_still_there(response, statement=STATEMENT):
    page = response.content.decode()
    assert f">\n{statement}</textarea>" in page
    for name, value in EVERYTHING.items():
        for one in value if isinstance(value, list) else [value]:
            assert any(
                shown in page
                for shown in (
                    f'name="{name}" value="{one}" checked',
                    f'<option value="{one}" selected',
                    f'name="{name}" value="{one}"' if name not in {"danger", "children", "kinds"} else "-",
                    f">\n{one}</textarea>",
                )
            ), name


def test_what_happened_alone_makes_a_report(world, send):
    response = send()
    assert response.status_code == 200
    report = tracking.report_of(receipt_in(response))
    assert report.statement.opened() == STATEMENT
    assert report.agency == world.uptd_province
    assert report.number in words(response)
    assert not response.cookies


def test_everything_told_arrives_sealed_and_the_named_office_is_kept_out(world, send, now):
    response = send(**EVERYTHING, files=[file(photo())])
    report = tracking.report_of(receipt_in(response))
    told = access.read(access.report_for(world.rina, report.number), by=world.rina, at=now)
    assert told["where"] == "Jagoi Babang, di pasar"
    assert told["when"] == "tadi malam"
    contact = access.read_contact(report, by=world.rina, at=now)
    assert contact == {"contact_name": "Mawar", "contact": "0812 5555 0101", "contact_safely": "pagi saja"}
    assert (report.danger, report.happened, report.people) == ("yes_now", "now", "two_to_five")
    assert (report.children, report.relation) == ("yes", "friend")
    assert report.place_id == "61.07"
    assert report.involves == ["police", "village"]
    assert report.kinds == ["locked_up", "unpaid_work"]
    assert report.contact_is_safe == "sometimes"
    assert report.attachments.get().kind == "photo"


def test_the_form_names_no_nik_field_and_takes_one_in_the_text(world, send, client):
    assert 'name="nik"' not in client.get("/lapor/").content.decode()
    assert send("NIK dia 6107012345678901.").status_code == 200


def test_a_place_is_found_without_script_with_everything_typed_still_there(world, client):
    typed = {"statement": STATEMENT, **EVERYTHING, "where": "jagoi", "cari": "1"}
    response = client.post("/lapor/", typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert f'name="place" value="{JAGOI}"' in page
    assert f">\n{STATEMENT}</textarea>" in page
    assert not Report.objects.exists()


def test_a_chosen_place_is_kept_and_used(world, client, send):
    chosen = {"where": "jagoi", "sought": "jagoi", "place": JAGOI}
    again = send("", **chosen)
    assert f'name="place" value="{JAGOI}" checked' in again.content.decode()
    report = tracking.report_of(receipt_in(send(**chosen)))
    assert report.place_id == JAGOI
    assert report.agency == world.uptd


def test_a_place_nobody_knows_is_said_and_does_not_stop_the_report(world, client, send):
    response = client.post("/en/lapor/", {"statement": "x", "where": "qqqq zzzz", "cari": "1"})
    assert "No place has this name" in words(response)
    assert tracking.report_of(receipt_in(send(where="qqqq zzzz"))).place is None


def test_the_find_button_without_words_says_that_nothing_was_sent(world, client):
    response = client.post("/en/lapor/", {"statement": STATEMENT, "cari": "1"})
    assert "Nothing was sent yet" in words(response)
    assert f">\n{STATEMENT}</textarea>" in response.content.decode()


def test_the_same_form_twice_is_one_report_with_one_receipt(world, send):
    token = receipts.new_token()
    first, second = send(token=token), send(token=token)
    assert receipt_in(first) == receipt_in(second)
    assert Report.objects.count() == 1
    assert Report.objects.get().messages.count() == 0


def test_the_same_form_with_more_words_adds_them(world, send):
    token = receipts.new_token()
    send(token=token)
    receipt = receipt_in(send("Saya lupa: mobilnya merah.", token=token))
    report = tracking.report_of(receipt)
    assert Report.objects.count() == 1
    assert [m.text.opened() for m in tracking.conversation(report, at=world.at)] == ["Saya lupa: mobilnya merah."]


@pytest.mark.parametrize("token", ["", "nonsense", "0" * 31, "G" * 32])
def test_a_form_without_its_token_still_works(world, send, token):
    assert send(token=token).status_code == 200
    assert Report.objects.count() == 1


def test_each_form_has_its_own_token_and_no_cookie(client, world):
    pages = [client.get("/lapor/") for _i in range(2)]
    tokens = {page.content.decode().split('name="token" value="')[1][:32] for page in pages}
    assert len(tokens) == 2
    assert all(receipts.is_token(token) and set(token) != {"0"} for token in tokens)
    assert not client.cookies


@pytest.mark.parametrize("name", LONGEST)
def test_a_text_that_is_too_long_comes_back_whole(world, send, name):
    fields = {"statement": STATEMENT} | EVERYTHING | {name: "panjang " * (LONGEST[name] // 8 + 1)}
    response = send(**fields)
    assert response.status_code == 422
    assert fields[name] in response.content.decode()
    assert f'href="#{name}"' in response.content.decode()
    assert not Report.objects.exists()


def test_everything_typed_is_kept_when_the_statement_is_missing(world, send):
    response = send("", **EVERYTHING)
    assert response.status_code == 422
    assert_everything_is_still_there(response, statement="")


@pytest.mark.parametrize(
    "data",
    [b"MZ\x90programme", b"", photo()[:200], photo((11_000, 11_000), "PNG"), b"PK\x03\x04archive", b"\x00" * 9_000_000],
    ids=["programme", "empty", "broken photo", "zip bomb", "archive", "too large"],
)
def test_a_file_that_cannot_be_taken_is_named_and_everything_typed_kept(world, send, data):
    response = send(**EVERYTHING, files=[file(data, "salah.jpg"), file(photo(), "benar.jpg")])
    assert response.status_code == 422
    assert_everything_is_still_there(response)
    assert "salah.jpg: " in words(response)
    assert "benar.jpg" in words(response)
    assert not Report.objects.exists()
    assert send(**EVERYTHING).status_code == 200


def test_a_photo_loses_where_and_with_what_it_was_taken(world, send):
    exif = Image.Exif()
    exif[0x010F] = "Telepon Rahasia"
    data = photo(exif=exif)
    assert b"Telepon Rahasia" in data
    report = tracking.report_of(receipt_in(send(files=[file(data)])))
    kept = report.attachments.get()
    kept.report = report
    assert b"Telepon Rahasia" not in attachments.opened(kept)


def test_control_characters_leave_no_trace_and_do_no_harm(world, send):
    response = send("Dia \x00\x07di\u202ekurung\r\ndi\tsini", where="\x00jagoi\x1b", kinds=["\x00sexual"])
    report = tracking.report_of(receipt_in(response))
    assert report.statement.opened() == "Dia dikurung\ndi sini"
    assert report.kinds == []


def test_what_was_typed_never_becomes_part_of_the_page(world, send):
    page = send("", where='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;alert" in page


def test_too_many_reports_from_one_address_wait_and_lose_nothing(world, send, clock):
    for _i in range(limits.REPORTS.burst):
        assert send().status_code == 200
    response = send(**EVERYTHING, at="/en/lapor/")
    assert response.status_code == 429
    assert response["Retry-After"] == str(limits.REPORTS.seconds)
    assert "2 minutes" in words(response)
    assert "The code of the officer is not valid" in words(response)
    assert_everything_is_still_there(response)
    assert Report.objects.count() == limits.REPORTS.burst
    clock.forward(limits.REPORTS.seconds)
    assert send().status_code == 200


def test_a_form_sent_twice_gets_its_receipt_even_when_the_address_must_wait(world, send):
    token = receipts.new_token()
    first = send(token=token)
    while send().status_code == 200:
        pass
    assert receipt_in(send(token=token)) == receipt_in(first)


def test_an_event_code_lifts_the_limit_for_an_office_behind_one_address(world, send, now, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=1))
    maker = next(o for o in (world.yanti, world.rina, world.lina, world.tono) if o.may(Right.KEEP_EVENT_CODES))
    event = channels.make("Pemulangan di PLBN", until=now + timedelta(days=1), by=maker, at=now)
    sent = [send(acara=event.code.lower()) for _i in range(limits.REPORTS.burst * 3)]
    assert {response.status_code for response in sent} == {200}
    assert Report.objects.filter(event=event, channel=Report.Channel.EVENT).count() == len(sent)


def test_a_code_in_the_address_stands_in_the_form(client, world):
    page = client.get("/lapor/?acara=AC34%22%3E").content.decode()
    assert 'name="acara" value="AC34&quot;&gt;"' in page


def test_the_hourly_check_is_never_held_up(world, send):
    while send().status_code == 200:
        pass
    assert send("Pemeriksaan", token=receipts.new_check_token()).status_code == 200
    assert Report.objects.filter(is_check=True).count() == 1


def test_searching_for_places_without_end_is_slowed(world, client):
    answers = [client.post("/lapor/", {"statement": STATEMENT, "where": "jagoi", "cari": "1"}) for _i in range(40)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert f">\n{STATEMENT}</textarea>" in answers[-1].content.decode()


def test_the_form_speaks_english_below_en(world, send, client):
    page = client.get("/en/lapor/")
    assert "What happened?" in words(page)
    assert "Made to work, paid little or not at all" in words(page)
    report = tracking.report_of(receipt_in(send(at="/en/lapor/")))
    assert report.language == "en"
    assert tracking.report_of(receipt_in(send())).language == "id"


@pytest.mark.parametrize("address", ["/lapor/", "/en/lapor/"])
def test_the_form_fits_the_first_flight_of_a_connection(world, client, address):
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    head = sum(len(f"{name}: {value}\r\n") for name, value in response.items())
    assert len(gzip.decompress(response.content)) > 10_000
    assert len(response.content) + head < 14_000


def test_the_form_needs_nothing_but_itself(world, client):
    page = client.get("/lapor/").content.decode()
    for asked_for in ('<link rel="stylesheet', "<script src", "<img", "url(", "@import", "<iframe"):
        assert asked_for not in page


def test_the_empty_form_asks_the_database_for_nothing(world, client, django_assert_num_queries):
    client.get("/lapor/")
    with django_assert_num_queries(0):
        client.get("/lapor/")


def test_a_form_whose_words_are_old_gives_way_to_one_with_new_words(world, client):
    from simpul.reference import catalogues
    from simpul.reference.models import Edition, Term

    client.get("/lapor/")
    Term.objects.filter(catalogue="exploitation_kinds", code="sea_crew").update(indonesian="Dipaksa melaut")
    Edition.objects.update(stamp="another")
    catalogues.forget()
    try:
        assert "Dipaksa melaut" in client.get("/lapor/").content.decode()
    finally:
        catalogues.forget()


def test_the_receipt_page_tells_how_to_keep_it_and_says_it_once(world, send):
    response = send(at="/en/lapor/")
    assert "Write the 28 digits down on paper" in words(response)
    assert receipts.shown(receipt_in(response)).split() == words(response).split("only now. ")[1].split()[:7]
    assert receipt_in(response) not in response.headers.get("Location", "")


def test_whoever_reports_danger_is_told_whom_to_call(world, send):
    assert 'href="tel:110"' not in send(danger="no").content.decode()
    assert 'href="tel:110"' in send(danger="yes_now").content.decode()


def test_a_statement_beyond_the_hard_limit_gets_a_plain_page(world, client):
    client.raise_request_exception = False
    response = client.post("/en/lapor/", {"statement": "x" * 1_100_000})
    assert response.status_code == 413
    assert "That was more than can be sent at once." in words(response)


def test_a_report_costs_a_fixed_number_of_queries(world, send, django_assert_max_num_queries):
    send()
    reports.receive(reports.Told(statement="lain"), token=receipts.new_token(), at=world.at)
    with django_assert_max_num_queries(25):
        send()
