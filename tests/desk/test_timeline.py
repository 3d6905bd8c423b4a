"""What happened in a case, as the journal tells it to an officer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.agencies import exclusions
from simpul.cases import files, referrals, rights, services, victims
from simpul.desk.timeline import SENTENCES, story_of, told
from simpul.journal.acts import READINGS, Act
from simpul.journal.models import Entry
from simpul.migrants import handovers, meetings, screening
from simpul.obligations import book
from tests.returns import came_home, with_returns


@pytest.fixture
def case(today_world):
    return today_world.case()


def story(case):
    return [line.words for line in told(story_of(case))]


def refer(world, service):
    return referrals.send(
        service, to=world.dinsos, need="Pendampingan", fields=["name"], basis="vital_interests", basis_reason="Bahaya.",
        by=world.rina, at=world.at,
    )  # fmt: skip


def test_everything_that_is_told_has_its_words_and_no_name_of_a_person(world, now):
    case, rina = world.case(), world.rina
    victim = world.victim(case, name="Melati Kusuma")
    first, second = world.service(victim, kind="first_aid"), world.service(victim)
    services.move(first, to="running", by=rina, at=now)
    referral = refer(world, second)
    book.pause(world.owed("answer_referral", on=referral), reason="victim_not_ready", by=world.budi, at=now)
    book.resume(world.owed("answer_referral", on=referral), by=world.budi, at=world.later(hours=1))
    referrals.decline(referral, reason="no_capacity", answer="", by=world.budi, at=world.later(hours=2))
    suspect = victims.add(case, part="suspect", name="Bos Besar", by=rina, at=now)
    victims.take_back_suspicion(suspect, by=rina, at=now)
    victims.decide_status(victim, status="victim", by=rina, at=now)
    victims.correct(victim, phone="0812 5555 0101", by=rina, at=now)
    book.let_time_pass(at=world.later(days=2))
    rights.note_police_report(case, number="LP/B/1", unit=world.police, reported_at=now, by=rina, at=now)
    files.assign(case, officer=world.agus, by=rina, at=now)
    files.move(case, to="handling", by=rina, at=now)
    words = " ".join(story(case))
    for text in ("Dinas Sosial Bengkayang", "Agus Salim"):
        assert text in words
    for secret in ("Melati", "Bos Besar", "5555", "LP/B/1", "Bahaya", "%("):
        assert secret not in words
    acts = {entry.act for entry in story_of(case)}
    assert {Act.SERVICE_MOVED, Act.OBLIGATION_MISSED, Act.OBLIGATION_PAUSED, Act.REFERRAL_DECLINED} <= acts
    assert acts <= set(SENTENCES)


def test_readings_and_who_is_kept_out_are_no_part_of_the_story(today_world, desk, case):
    exclusions.keep_out(case, agency=today_world.hospital, by=today_world.yanti, at=today_world.at)
    desk(today_world.rina).get(f"/desk/kasus/{case.number}/")
    assert Entry.objects.filter(act=Act.EXCLUSION_MADE).exists()
    assert Entry.objects.filter(act=Act.CASE_READ).exists()
    acts = {entry.act for entry in story_of(case)}
    assert acts
    assert not acts & (READINGS | {Act.EXCLUSION_MADE})


def test_an_act_without_a_sentence_is_told_by_its_name(world):
    case = world.case()
    entry = story_of(case).first()
    entry.act = Act.NOTICE_ACKNOWLEDGED
    assert told([entry])[0].words == Act.NOTICE_ACKNOWLEDGED.label


def test_the_story_costs_the_same_for_few_entries_and_for_many(today_world, desk, case):
    refer(today_world, today_world.service(today_world.victim(case)))
    few = list(story_of(case))
    with CaptureQueriesContext(connection) as once:
        told(few)
    for _number in range(4):
        refer(today_world, today_world.service(today_world.victim(case)))
    many = list(story_of(case))
    assert len(many) > len(few)
    with CaptureQueriesContext(connection) as often:
        told(many)
    assert len(often) == len(once)


def test_the_file_shows_the_newest_and_the_page_of_the_story_the_rest(today_world, desk, case):
    for number in range(40):
        files.summarise(case, summary=f"Versi {number}", by=today_world.rina, at=today_world.later(minutes=number))
    rina = desk(today_world.rina)
    file = rina.get(f"/desk/kasus/{case.number}/")
    assert len(file.context["story"]) == 12
    assert f"/desk/kasus/{case.number}/riwayat/" in file.content.decode()
    first, second = (rina.get(f"/desk/kasus/{case.number}/riwayat/?hal={n}") for n in (1, 2))
    assert len(first.context["story"]) == 30
    assert second.context["story"][-1].words not in [line.words for line in first.context["story"]]


def test_opening_the_story_is_opening_the_file(today_world, desk, case):
    assert desk(today_world.rina).get(f"/desk/kasus/{case.number}/riwayat/").status_code == 200
    assert Entry.objects.filter(act=Act.CASE_READ, officer_id=today_world.rina.pk).count() == 1
    assert desk(today_world.siti).get(f"/desk/kasus/{case.number}/riwayat/").status_code == 404


@pytest.mark.parametrize(
    ("act", "facts", "words"),
    [
        (Act.INVOLVEMENT_NOTED, {"is_abroad": False}, "%"),
        (Act.CASE_ACCESS_CHANGED, {"closed": True}, "%"),
        (Act.CASE_RECURRED, {"later": "K-2027-0001"}, "K-2027-0001"),
        (Act.RIGHT_MOVED, {"right": "right_of_no_list", "to": "met"}, "right_of_no_list"),
        (Act.STAY_NOTED, {"shelter": "RA-07"}, "RA-07"),
        (Act.RESTITUTION_STEP_NOTED, {"kind": "step_of_no_list", "struck": True}, "step_of_no_list"),
        (Act.RETURN_NOTED, {"what": "departed"}, "%"),
        (Act.SERVICE_REQUESTED, {}, "%"),
        (Act.REFERRAL_WITHDRAWN, {"consent_ended": True}, "%"),
    ],
)
def test_a_sentence_holds_what_its_entry_says_and_no_gap(world, act, facts, words):
    entry = story_of(world.case()).first()
    entry.act, entry.facts = act, facts
    told_so = str(told([entry])[0].words)
    assert "%" not in told_so
    assert told_so != act.label
    assert words == "%" or words in told_so


def test_the_way_home_of_a_person_is_told_without_a_name(world, now):
    person = came_home(with_returns(world), name="Melati Kusuma")
    who = {"by": world.hana, "at": now}
    screening.note(person, answers={"debt": "yes"}, finding="indications", **who)
    handovers.hand_over(person, to="family", witness="Pak Kades", on=localdate(now), **who)
    handovers.refuse_rehabilitation(person, signed_by="self", on=localdate(now), **who)
    meetings.ask_village(person, may_know="yes", **who)
    meetings.note(person, on=localdate(now), outcome="found", **who)
    lines = told(story_of(person))
    acts = set(story_of(person).values_list("act", flat=True))
    assert {act for act in acts if act not in SENTENCES} == set()
    assert len(lines) >= 6
    assert not [line for line in lines if "Melati" in line.words or "Kades" in line.words]
