"""Records that may be of one person, at the desk: the queue, two side by side, decisions, likenesses, questions."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from simpul.agencies import exclusions
from simpul.cases import victims
from simpul.desk.views.linkage import _parts, _places
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.linkage import engine, likeness, queries, review
from simpul.linkage.groups import same_as
from simpul.linkage.models import Decision, Encoding, Inquiry, Pair, Skip
from tests.linkage.machine import Machine
from tests.register import worker
from tests.returns import came_home, with_returns
from tests.world import World

BELOW = "/desk/orang-yang-sama/"
NIK, PHONE = "6107075208020003", "0812 5555 0177"
BECAUSE = "Nama ayah dan desa sama."


@pytest.fixture
def w(db):
    return with_returns(World(timezone.now()))


@pytest.fixture
def machine():
    engine.use(Machine())
    yield
    engine.use(None)


@pytest.fixture
def pair(w):
    return made(w)


def part(w, case=None, **told):
    told = {"name": "Melati Kusuma", "birth_year": 2002} | told
    return victims.add(case or w.case(), part="victim", by=w.rina, at=w.at, **told)


def made(w, probability=0.9, *, names=("Melati Kusuma", "Melaty Kusuma"), **told):
    """Two victims in two cases of Rina's unit, whom the machine brought together."""
    one, other = (part(w, name=name, **told).person for name in names)
    return Pair.objects.create(left=one, right=other, probability=probability, found_at=w.at,
                               levels={"village": "the village is the same"})  # fmt: skip


def decided(w, pair, verdict="same", by=None):
    return review.decide(pair, verdict=verdict, reason=BECAUSE, by=by or w.rina, at=w.at)


def at(pair, more=""):
    return f"{BELOW}{pair.pk}/{more}"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def asked(w, machine):
    """Hana has sent home somebody who has a case at Rina's unit, under another spelling."""
    found = type("Asked", (), {})()
    found.part = part(w, nik=NIK, passport="C1234567")
    found.returnee = came_home(w, nik=NIK, passport="C1234567", name="MELATI K", phone=PHONE, birth_year=2002)
    for encoding in Encoding.objects.order_by("pk"):
        likeness.compare(encoding, at=w.at)
    found.pair = Pair.objects.get(left__in=(found.part.person, found.returnee.person), probability__gte=0.95)
    found.page = f"/desk/pemulangan/{found.returnee.manifest.number}/{found.returnee.row}/"
    return found


def put(w, asked, desk, **told):
    told = {"to": w.uptd.pk, "fields": ["name", "birth_date"], "words": BECAUSE} | told
    return desk(w.hana).post(at(asked.pair, "tanya/"), told)


def test_the_most_valuable_pair_comes_at_once(w, desk):
    sure, doubtful = made(w, 0.99), made(w, 0.5)
    answer = desk(w.rina).get(BELOW)
    assert answer.url == at(doubtful)
    page = desk(w.rina).get(answer.url)
    assert page.context["waiting"] == 2
    assert at(sure) not in text(page)


def test_an_empty_queue_says_so(w, desk):
    page = desk(w.rina).get(BELOW)
    assert 'class="empty"' in text(page)
    assert page.context["waiting"] == 0


def test_two_records_stand_side_by_side_and_their_reading_is_written_down(w, desk, pair):
    page = text(desk(w.rina).get(at(pair)))
    assert "Melati Kusuma" in re.sub("</?mark>", "", page)
    assert "Melat<mark>i</mark> Kusuma" in page
    assert "Melat<mark>y</mark> Kusuma" in page
    assert '<tr class="differs">' in page
    assert "≠" in page
    assert "90%" in page
    assert page.count("/desk/kasus/K-") >= 2
    assert "the village is the same" in page or "desa sama" in page
    read = Entry.objects.filter(act=Act.IDENTITY_READ, officer_id=w.rina.pk)
    assert {entry.subject for entry in read} == {f"persons.person:{pk}" for pk in pair.persons}


def test_what_is_compared_by_one_officer_is_in_nobody_elses_queue(w, desk, pair):
    assert desk(w.yanti).get(BELOW).url == at(pair)
    desk(w.rina).get(at(pair))
    assert desk(w.yanti).get(BELOW).status_code == 200
    page = desk(w.yanti).get(at(pair))
    assert "Rina Wati" in page.context["taken"]
    page = desk(w.yanti).post(at(pair), {"verdict": "same", "reason": BECAUSE})
    assert page.status_code == 422
    assert BECAUSE in text(page)
    assert not Decision.objects.exists()


def test_after_a_verdict_the_next_pair_comes(w, desk, pair):
    other, client = made(w, 0.99), desk(w.rina)
    assert client.post(at(pair), {"verdict": "same", "reason": BECAUSE}).url == BELOW
    assert client.get(BELOW).url == at(other)
    decision = Decision.objects.get()
    assert (decision.verdict, decision.decided_by) == ("same", w.rina)
    assert list(same_as(pair.left)) == [pair.right]
    # The last decision is taken back from the next pair.
    assert f"{BELOW}keputusan/{decision.pk}/cabut/" in text(client.get(at(other)))


def test_who_is_unsure_does_not_get_the_same_pair_again_at_once(w, desk, pair):
    other, client = made(w, 0.99), desk(w.rina)
    client.post(at(pair), {"verdict": "unsure", "reason": BECAUSE})
    assert client.get(BELOW).url == at(other)
    assert Decision.objects.get().verdict == "unsure"


def test_a_pair_is_put_off_and_stands_in_a_list_when_nothing_else_is_left(w, desk, pair):
    client = desk(w.rina)
    assert client.get(at(pair, "nanti/")).status_code == 405
    assert client.post(at(pair, "nanti/")).url == BELOW
    assert Skip.objects.get().officer == w.rina
    page = client.get(BELOW)
    assert page.status_code == 200
    assert at(pair) in text(page)
    assert desk(w.yanti).get(BELOW).url == at(pair)


@pytest.mark.parametrize("told", [{}, {"verdict": "same", "reason": "ya"}, {"verdict": "perhaps", "reason": BECAUSE}])
def test_a_verdict_without_a_reason_or_off_the_list_comes_back_with_what_was_typed(w, desk, pair, told):
    page = desk(w.rina).post(at(pair), told)
    assert page.status_code == 422
    assert told.get("reason", "") in text(page)
    assert not Decision.objects.exists()


def test_it_is_decided_by_the_keyboard_and_without_script(w, desk, pair):
    page = text(desk(w.rina).get(at(pair)))
    assert "desk/pairs.js" in page
    assert "data-verdicts" in page
    assert [key in page for key in ("<kbd>1</kbd>", "<kbd>2</kbd>", "<kbd>3</kbd>", "<kbd>l</kbd>")] == [True] * 4
    assert page.count('type="radio"') == 3
    assert "onclick" not in page


def test_a_decision_is_taken_back_with_a_reason_and_both_stay_in_the_history(w, desk, pair):
    decision, client = decided(w, pair), desk(w.rina)
    where = f"{BELOW}keputusan/{decision.pk}/cabut/"
    assert where in text(client.get(at(pair)))
    assert client.get(where).status_code == 200
    page = client.post(where, {"reason": "salah"})
    assert page.status_code == 422
    assert "salah" in text(page)
    assert client.post(where, {"reason": "Ternyata dua orang."}).url == at(pair)
    assert not same_as(pair.left).exists()
    page = text(client.get(at(pair)))
    assert BECAUSE in page
    assert "Ternyata dua orang." in page
    assert where not in page
    assert client.post(where, {"reason": "Sekali lagi dicabut."}).status_code == 422


def test_a_settled_pair_is_decided_anew_and_not_taken(w, desk, pair):
    decided(w, pair)
    desk(w.rina).get(at(pair))
    assert w.anew(pair).claimed_by is None
    desk(w.yanti).post(at(pair), {"verdict": "not_same", "reason": BECAUSE})
    assert [(one.verdict, one.stands) for one in Decision.objects.order_by("pk")] == [
        ("same", False), ("not_same", True)
    ]  # fmt: skip


def test_decisions_and_false_matches_are_told_by_numbers_without_a_name(w, desk, pair):
    other = made(w, 0.99, names=("Kenanga", "Kenanga S"))
    decided(w, pair)
    decided(w, other, "not_same")
    read = Entry.objects.filter(act=Act.IDENTITY_READ).count()
    both, wrong = (text(desk(w.rina).get(f"{BELOW}{leaf}/")) for leaf in ("keputusan", "salah-cocok"))
    assert at(pair) in both
    assert at(other) in both
    assert at(other) in wrong
    assert at(pair) not in wrong
    assert "Melati" not in both
    assert "K-20" in both
    assert Entry.objects.filter(act=Act.IDENTITY_READ).count() == read
    assert 'class="empty"' in text(desk(w.siti).get(f"{BELOW}keputusan/"))


@pytest.mark.parametrize("leaf", ["keputusan/", "pertanyaan/"])
def test_a_list_costs_the_same_for_one_and_for_many(w, desk, leaf):
    client = desk(w.rina)

    def more():
        pair = made(w)
        decided(w, pair)
        returnee = came_home(w)
        Inquiry.objects.create(
            own=returnee.person,
            other=pair.left,
            sender=w.bp3mi,
            receiver=w.uptd,
            fields=["name"],
            file=f"migrants.returnee:{returnee.pk}",
            words=BECAUSE,
            sent_at=w.at,
            sent_by=w.hana,
        )

    more()
    client.get(f"{BELOW}{leaf}")
    with CaptureQueriesContext(connection) as one:
        client.get(f"{BELOW}{leaf}")
    for _time in range(5):
        more()
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"{BELOW}{leaf}")
    assert len(page.context["leaf"].object_list) == 6
    assert len(many) == len(one)


def test_only_who_may_see_both_records_finds_the_pair(w, desk, pair, asked):
    decision = decided(w, pair)
    addresses = [at(pair), f"{BELOW}keputusan/{decision.pk}/cabut/", at(pair, "tanya/")]
    for officer in (w.siti, w.hana, w.budi, w.darius, w.dewi, w.tono):
        assert [desk(officer).get(where).status_code for where in addresses] == [404] * 3
    # Of this pair each sees one side.
    assert desk(w.hana).get(at(asked.pair)).status_code == 404
    assert desk(w.rina).get(at(asked.pair)).status_code == 404


def test_who_is_kept_out_of_one_side_finds_nothing(w, desk):
    case = w.case()
    pair = Pair.objects.create(left=part(w).person, right=part(w, case).person, probability=0.9, found_at=w.at)
    assert desk(w.rina).get(at(pair)).status_code == 200
    exclusions.keep_out(case, officer=w.rina, by=w.yanti, at=w.at)
    assert desk(w.rina).get(at(pair)).status_code == 404
    assert desk(w.rina).get(BELOW).status_code == 200


def test_the_page_of_a_person_tells_of_a_likely_record_that_is_open(w, desk, machine):
    one, other = part(w, nik=NIK), part(w, nik=NIK, name="Melaty K")
    for encoding in Encoding.objects.order_by("pk"):
        likeness.compare(encoding, at=w.at)
    pair = Pair.objects.get()
    page = text(desk(w.rina).get(f"/desk/kasus/{one.case.number}/orang/{one.pk}/"))
    assert at(pair) in page
    assert other.case.number in page
    assert "Melaty" not in page
    assert Entry.objects.filter(act=Act.LIKENESS_READ, officer_id=w.rina.pk).count() == 1


def test_of_a_record_that_is_closed_only_the_agency_is_told(w, desk, asked):
    page = text(desk(w.hana).get(asked.page))
    assert "UPTD PPA Bengkayang" in page
    assert at(asked.pair, "tanya/") in page
    assert f'href="{at(asked.pair)}"' not in page
    assert asked.part.case.number not in page
    page = text(desk(w.hana).get(at(asked.pair, "tanya/")))
    assert "Melati Kusuma" not in page
    assert asked.part.case.number not in page
    assert "%)" not in page


def test_that_nothing_is_compared_or_not_yet_is_said(w, desk):
    returnee = came_home(w, nik=NIK)
    where = f"/desk/pemulangan/{returnee.manifest.number}/{returnee.row}/"
    assert desk(w.hana).get(where).context["likely"]["is_off"]
    machine = Machine()
    machine.away = True
    engine.use(machine)
    try:
        page = desk(w.hana).get(where)
        assert page.context["likely"]["is_owed"]
        assert 'id="mungkin-sama"' in text(page)
        machine.away = False
        likely = desk(w.hana).get(where).context["likely"]
        assert likely == {"rows": [], "is_owed": False, "is_off": False, "person": returnee.person_id}
    finally:
        engine.use(None)


def test_a_village_is_told_of_no_likeness(w, desk, asked):
    assert desk(w.hana).get(asked.page).context["likely"]["rows"]
    page = desk(w.darius).get(asked.page)
    assert page.status_code == 200
    assert page.context["likely"] is None
    assert 'id="mungkin-sama"' not in text(page)


def test_who_is_kept_out_of_another_record_still_opens_the_page_of_the_person(w, desk, machine):
    case = w.case()
    one = part(w)
    victims.add(case, part="witness", person=one.person, by=w.rina, at=w.at)
    where = f"/desk/kasus/{one.case.number}/orang/{one.pk}/"
    assert desk(w.rina).get(where).context["likely"] is not None
    exclusions.keep_out(case, officer=w.rina, by=w.yanti, at=w.at)
    page = desk(w.rina).get(where)
    assert page.status_code == 200
    assert page.context["likely"] is None


def test_a_question_is_asked_answered_and_taken_back(w, desk, asked):
    answer = put(w, asked, desk)
    inquiry = Inquiry.objects.get()
    where = f"{BELOW}pertanyaan/{inquiry.pk}/"
    assert answer.url == where
    assert (inquiry.fields, inquiry.receiver) == (["name", "birth_date"], w.uptd)
    owed = w.owed("answer_inquiry", on=inquiry)
    assert desk(w.rina).get(f"/desk/kewajiban/{owed.pk}/berkas/").url == where
    assert where in text(desk(w.rina).get(f"{BELOW}pertanyaan/"))
    assert where in text(desk(w.hana).get(f"{BELOW}pertanyaan/?lihat=keluar"))
    page = text(desk(w.rina).get(where))
    assert "MELATI K" in re.sub("</?mark>", "", page)
    assert BECAUSE in page
    assert PHONE not in page
    assert desk(w.rina).post(where, {"verdict": "same", "reason": "Kami kenal keluarganya."}).url == where
    decision = Decision.objects.get()
    assert (decision.verdict, decision.inquiry) == ("same", inquiry)
    page = text(desk(w.rina).get(where))
    back = f"{BELOW}keputusan/{decision.pk}/cabut/"
    assert "Kami kenal keluarganya." in page
    assert "MELATI K" not in page
    assert back in page
    assert back not in text(desk(w.hana).get(where))
    assert desk(w.hana).get(back).status_code == 404
    assert desk(w.rina).post(back, {"reason": "Ternyata dua orang."}).url == where
    assert not Decision.objects.standing().exists()


def test_until_when_an_answer_is_owed_is_told_by_its_clock(w, desk, asked):
    told = {"to": w.uptd.pk, "fields": ["name"], "words": BECAUSE}
    page = desk(w.hana).post(at(asked.pair, "tanya/"), told, follow=True)
    (message,) = page.context["messages"]
    clock = w.owed("answer_inquiry", on=page.context["asked"])
    assert date_format(localtime(clock.due_at), "j F Y H:i") in str(message)


def test_who_asked_learns_the_answer_and_neither_reason_nor_record(w, desk, asked):
    put(w, asked, desk)
    where = f"{BELOW}pertanyaan/{Inquiry.objects.get().pk}/"
    desk(w.rina).post(where, {"verdict": "not_same", "reason": "Ibunya bernama Sekar."})
    page = text(desk(w.hana).get(where))
    assert BECAUSE in page
    assert "Ibunya bernama Sekar." in text(desk(w.rina).get(where))
    assert "Sekar" not in page
    assert "Melati Kusuma" not in page
    assert asked.part.case.number not in page
    assert where in text(desk(w.hana).get(asked.page))


def test_a_question_without_words_or_fields_comes_back_with_what_was_typed(w, desk, asked):
    page = put(w, asked, desk, fields=[])
    assert page.status_code == 422
    assert BECAUSE in text(page)
    assert put(w, asked, desk, to=w.police.pk).status_code == 422
    assert put(w, asked, desk, words="").status_code == 422
    assert not Inquiry.objects.exists()


def test_a_question_is_taken_back_by_who_asked_alone(w, desk, asked):
    put(w, asked, desk)
    inquiry = Inquiry.objects.get()
    where = f"{BELOW}pertanyaan/{inquiry.pk}/"
    assert desk(w.siti).get(where).status_code == 404
    desk(w.rina).post(f"{where}tarik/")
    assert w.anew(inquiry).is_waiting
    desk(w.hana).post(f"{where}tarik/")
    assert w.anew(inquiry).withdrawn_at
    assert desk(w.rina).get(where).status_code == 404
    assert desk(w.hana).get(where).status_code == 200
    assert at(asked.pair, "tanya/") in text(desk(w.hana).get(asked.page))


def test_an_answer_that_comes_second_is_refused_and_nothing_typed_is_lost(w, desk, asked):
    put(w, asked, desk)
    where = f"{BELOW}pertanyaan/{Inquiry.objects.get().pk}/"
    told = {"verdict": "cannot_say", "reason": "Berkasnya tidak lengkap."}
    assert desk(w.rina).post(where, told).status_code == 302
    page = desk(w.yanti).post(where, told | {"reason": "Saya tidak tahu pasti."})
    assert page.status_code == 422
    assert "Saya tidak tahu pasti." in text(page)
    assert not Decision.objects.exists()


def test_places_are_told_apart_by_level_and_texts_with_little_in_common_as_wholes():
    one, other = "Kec. Ledo, Kab. Bengkayang", "Jagoi, Kec. Jagoi Babang, Kab. Bengkayang"
    assert _places(one, other) == (
        [("Kec. Ledo", True), (", Kab. Bengkayang", False)],
        [("Jagoi", True), (", Kec. Jagoi Babang", True), (", Kab. Bengkayang", False)],
    )
    assert _parts("XD22307106", "X252960 82") == ([("XD22307106", True)], [("X252960 82", True)])


def test_long_texts_and_letters_of_other_scripts_are_marked_all_the_same():
    assert _parts("a" * 200, "b") == ([("a" * 200, True)], [("b", True)])
    assert _parts("ẞİ", "ẞi") == ([("ẞ", False), ("İ", True)], [("ẞ", False), ("i", True)])


def test_the_register_tells_of_likely_records_too(w, desk, machine):
    one = part(w, nik=NIK, passport="C1234567")
    entry = worker(w, name="MELATI K", nik=NIK, passport="C1234567")
    for encoding in Encoding.objects.order_by("pk"):
        likeness.compare(encoding, at=w.at)
    assert desk(w.darius).get(f"/desk/register/{entry.pk}/").context["likely"] is None
    page = desk(w.hana).get(f"/desk/register/{entry.pk}/")
    assert page.context["likely"]["rows"]
    assert "UPTD PPA Bengkayang" in text(page)
    assert one.case.number not in text(page)


@pytest.fixture
def proposing(w):
    """Somebody in a case of Rina's, and one more case with two people."""
    found = type("Proposing", (), {})()
    found.own, found.case = part(w, name="Melati Kusuma"), w.case()
    found.one = part(w, found.case, name="Melaty K", birth_year=2003)
    found.where = f"{BELOW}orang/{found.own.person_id}/"
    return found


def test_two_records_that_the_machine_did_not_bring_together_are_put_side_by_side(w, desk, proposing):
    client = desk(w.rina)
    assert f'href="{proposing.where}"' in text(client.get(
        f"/desk/kasus/{proposing.own.case.number}/orang/{proposing.own.pk}/"))  # fmt: skip
    page = text(client.get(proposing.where))
    assert "autofocus" in page
    assert proposing.own.case.number in page
    answer = client.post(proposing.where, {"number": f" {proposing.case.number.lower()} "})
    pair = Pair.objects.get()
    assert (answer.url, pair.persons) == (at(pair), {proposing.own.person_id, proposing.one.person_id})
    assert Entry.objects.filter(act=Act.PAIR_PROPOSED, officer_id=w.rina.pk).count() == 1
    assert client.get(at(pair)).status_code == 200


def test_of_several_people_in_a_file_the_officer_says_which_and_no_name_is_read_for_it(w, desk, proposing):
    two, client = part(w, proposing.case, name="Kenanga", birth_year=1988), desk(w.rina)
    read = Entry.objects.filter(act=Act.IDENTITY_READ).count()
    page = client.post(proposing.where, {"number": proposing.case.number})
    assert page.status_code == 200
    assert "1988" in text(page)
    assert "Kenanga" not in text(page)
    assert proposing.case.number in text(page)
    assert Entry.objects.filter(act=Act.IDENTITY_READ).count() == read
    assert not Pair.objects.exists()
    client.post(proposing.where, {"number": proposing.case.number, "other": two.person_id})
    assert Pair.objects.get().persons == {proposing.own.person_id, two.person_id}


def test_a_strangers_file_is_not_found_and_looks_like_one_that_is_not_there(w, desk, proposing):
    strange = w.case(place="61.01.01.2001", by=w.siti)
    w.victim(strange, by=w.siti)
    returnee = came_home(w)
    pages = []
    for number in (strange.number, returnee.number, "K-1999-0001", proposing.own.case.number):
        page = desk(w.rina).post(proposing.where, {"number": number})
        assert page.status_code == 422
        assert number in text(page)
        pages.append(re.findall(r"<li>(.*?)</li>", text(page).partition('role="alert"')[2])[0])
    assert len(set(pages)) == 1
    # Of the other file's people none is taken by a number that was made up.
    desk(w.rina).post(proposing.where, {"number": proposing.case.number, "other": returnee.person_id})
    assert returnee.person_id not in {pk for pair in Pair.objects.all() for pk in pair.persons}


def test_nobody_proposes_from_a_record_that_is_not_open(w, desk, proposing):
    for officer in (w.siti, w.hana, w.budi, w.darius, w.dewi, w.tono):
        assert desk(officer).get(proposing.where).status_code == 404
    assert desk(w.rina).get(f"{BELOW}orang/999999/").status_code == 404
    exclusions.keep_out(proposing.own.case, officer=w.rina, by=w.yanti, at=w.at)
    assert desk(w.rina).get(proposing.where).status_code == 404


def test_somebody_sent_home_is_named_by_manifest_and_line(w, desk):
    one, other = came_home(w, name="Melati"), came_home(w, name="Melaty")
    desk(w.hana).post(f"{BELOW}orang/{one.person_id}/", {"number": other.number})
    assert Pair.objects.get().persons == {one.person_id, other.person_id}


def test_the_number_of_the_tab_is_counted_no_further_than_it_matters(w, desk, pair, monkeypatch):
    made(w), made(w)
    assert desk(w.rina).get(f"{BELOW}keputusan/").context["waiting"] == 3
    monkeypatch.setattr(queries, "COUNTED", 2)
    page = desk(w.rina).get(f"{BELOW}keputusan/")
    assert page.context["waiting"] == "1+"
    assert "(1+)" in text(page)
