"""Questions between agencies: who asks sees nothing of the other record, who answers sees what was put in."""

import pytest
from django.utils.timezone import localtime

from simpul.agencies import exclusions
from simpul.agencies import people as officers
from simpul.agencies.roles import Role
from simpul.cases import files
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.linkage import access, inquiries, likeness, queries, review
from simpul.linkage.groups import same_as
from simpul.linkage.models import Decision, Inquiry, Pair
from simpul.obligations.models import Obligation
from simpul.obligations.queries import visible_to
from simpul.persons.models import Person
from tests.linkage.conftest import BECAUSE, NIK
from tests.world import PASSWORD


class Asked:
    """Hana at BP3MI has sent home somebody who has a case at Rina's UPTD PPA."""

    def __init__(self, people):
        self.people, self.w = people, people.world
        self.case = self.w.case()
        self.victim = people.victim(self.case, nik=NIK, name="Melati Kusuma")
        self.returnee = people.sent_home(nik=NIK, name="MELATI K", phone="081255550177")
        people.compared()
        self.pair = Pair.objects.get()

    def ask(self, *, by=None, to=None, fields=("name", "birth_date"), words=BECAUSE, own=None):
        w = self.w
        return inquiries.ask(
            self.pair, own=own or self.returnee, to=to or w.uptd, fields=fields, words=words, by=by or w.hana, at=w.at
        )  # fmt: skip

    def answer(self, inquiry, verdict="same", *, by=None, reason=BECAUSE):
        inquiries.answer(inquiry, verdict=verdict, reason=reason, by=by or self.w.rina, at=self.w.at)


@pytest.fixture
def asked(people):
    return Asked(people)


def test_a_question_is_answered_within_three_working_days(asked, w):
    inquiry = asked.ask()
    owed = w.owed("answer_inquiry", on=inquiry)
    assert (owed.owed_by, owed.file) == (w.uptd, f"cases.case:{asked.case.pk}")
    assert f"{localtime(owed.due_at):%a %d}" == "Thu 06"
    asked.answer(inquiry)
    assert w.owed("answer_inquiry", on=inquiry) is None
    assert Obligation.objects.get(rule="answer_inquiry").was_met_in_time


def test_who_asks_learns_the_answer_and_nothing_of_the_record(asked, w):
    inquiry = asked.ask()
    asked.answer(inquiry, reason="Ibunya sama, kami kenal keluarganya.")
    (one,) = likeness.of(asked.returnee, by=w.hana, at=w.at).likenesses
    assert (one.is_open, one.person, one.verdict, one.inquiry) == (False, None, "same", inquiry)
    assert list(same_as(asked.returnee)) == [asked.victim]
    with pytest.raises(NotFound):
        access.pair_for(w.hana, asked.pair.pk, at=w.at)
    assert not visible_to(w.hana).filter(rule="answer_inquiry").exists()
    sent = Entry.objects.filter(act__in=[Act.INQUIRY_SENT, Act.INQUIRY_ANSWERED])
    assert {entry.file for entry in sent} == {inquiry.file} == {f"migrants.returnee:{asked.returnee.returns.get().pk}"}


def test_who_answers_sees_of_the_other_record_what_was_put_into_the_question(asked, w):
    inquiry = asked.ask(fields=["name"])
    told = access.read_inquiry(inquiry, by=w.rina, at=w.at)
    assert [(row.field, row.left, row.right) for row in told.rows] == [("name", "MELATI K", "Melati Kusuma")]
    assert told.words == BECAUSE
    assert "081255550177" not in str(told)
    read = Entry.objects.filter(act=Act.IDENTITY_READ, officer_id=w.rina.pk)
    assert {entry.file for entry in read} == {inquiry.file, f"cases.case:{asked.case.pk}"}
    assert {tuple(entry.facts["fields"]) for entry in read} == {("name",)}
    asked.answer(inquiry)
    with pytest.raises(NotAllowed):
        access.read_inquiry(w.anew(inquiry), by=w.rina, at=w.at)


def test_only_the_agency_that_was_asked_answers_and_only_who_may_open_the_record(asked, w):
    inquiry = asked.ask()
    for officer in (w.hana, w.siti, w.budi, w.lina):
        with pytest.raises(NotAllowed):
            asked.answer(inquiry, by=officer)
        if officer != w.hana:
            with pytest.raises(NotFound):
                access.inquiry_for(officer, inquiry.pk, at=w.at)
    exclusions.keep_out(asked.case, officer=w.rina, by=w.yanti, at=w.at)
    with pytest.raises(NotFound):
        access.inquiry_for(w.rina, inquiry.pk, at=w.at)
    assert list(queries.inquiries_to(w.rina, at=w.at)) == []
    assert list(queries.inquiries_to(w.yanti, at=w.at)) == [inquiry]
    assert list(queries.inquiries_from(w.hana, at=w.at)) == [inquiry]
    asked.answer(inquiry, by=w.yanti)


def test_no_question_tells_an_agency_that_is_kept_out_that_there_is_a_record(asked, w):
    returnee = asked.returnee.returns.get()
    exclusions.shut(returnee, agency=w.uptd, by=w.hana, at=w.at)
    with pytest.raises(NotAllowed):
        asked.ask()
    assert not Inquiry.objects.exists()


def test_who_is_kept_out_of_the_asking_record_afterwards_finds_no_question(asked, w):
    inquiry = asked.ask()
    assert list(queries.inquiries_to(w.rina, at=w.at)) == [inquiry]
    exclusions.shut(asked.returnee.returns.get(), officer=w.rina, by=w.hana, at=w.at)
    assert list(queries.inquiries_to(w.rina, at=w.at)) == []
    with pytest.raises(NotFound):
        access.read_inquiry(inquiry, by=w.rina, at=w.at)
    with pytest.raises(NotAllowed):
        asked.answer(inquiry)


def test_who_is_kept_out_of_the_other_record_cannot_ask_about_it(asked, w):
    exclusions.keep_out(asked.case, agency=w.bp3mi, by=w.yanti, at=w.at)
    with pytest.raises(NotAllowed):
        asked.ask()


def test_nothing_of_whose_data_may_not_be_used_is_asked_about_or_put_in(asked, w):
    for person in (asked.returnee, asked.victim):
        Person.objects.filter(pk=person.pk).update(restricted_at=w.at)
        asked.pair = Pair.objects.select_related("left", "right").get()
        with pytest.raises(NotAllowed):
            asked.ask()
        Person.objects.filter(pk=person.pk).update(restricted_at=None)


def test_a_question_goes_to_an_agency_that_keeps_the_record_and_can_answer(asked, w):
    for agency in (w.dinsos, w.uptd_sambas, w.bp3mi):
        with pytest.raises(NotAllowed):
            asked.ask(to=agency)
    w.uptd.officers.update(is_active=False)
    with pytest.raises(NotAllowed):
        asked.ask()


def test_a_question_has_a_reason_and_something_to_compare(asked):
    for more in ({"words": "?"}, {"fields": []}):
        with pytest.raises(NotAllowed):
            asked.ask(**more)
    with pytest.raises(TypeError):
        asked.ask(fields=["safe_contact"])


def test_a_question_waits_once_and_can_be_taken_back(asked, w):
    inquiry = asked.ask()
    with pytest.raises(NotAllowed):
        asked.ask()
    with pytest.raises(NotAllowed):
        inquiries.withdraw(inquiry, by=w.joko, at=w.at)
    inquiries.withdraw(inquiry, by=w.hana, at=w.at)
    assert w.owed("answer_inquiry", on=inquiry) is None
    with pytest.raises(NotAllowed):
        asked.answer(inquiry)
    with pytest.raises(NotFound):
        access.inquiry_for(w.rina, inquiry.pk, at=w.at)
    assert asked.ask() != inquiry


def test_who_cannot_say_decides_nothing(asked):
    inquiry = asked.ask()
    asked.answer(inquiry, "cannot_say")
    assert not Decision.objects.exists()


def test_what_was_said_in_answer_is_taken_back_by_who_said_it(asked, w):
    asked.answer(asked.ask(), "not_same")
    decision = Decision.objects.get()
    with pytest.raises(NotAllowed):
        review.retract(decision, reason=BECAUSE, by=w.hana, at=w.at)
    assert access.decision_for(w.rina, decision.pk, at=w.at) == decision
    review.retract(decision, reason=BECAUSE, by=w.rina, at=w.at)
    assert not Decision.objects.standing().exists()


def test_an_answer_is_given_once(asked, w):
    inquiry = asked.ask()
    asked.answer(inquiry)
    with pytest.raises(NotAllowed):
        asked.answer(inquiry, "not_same")
    for verdict, reason in (("perhaps", BECAUSE), ("same", "")):
        with pytest.raises(NotAllowed):
            asked.answer(asked.ask(), verdict, reason=reason)
        inquiries.withdraw(Inquiry.objects.waiting().get(), by=w.hana, at=w.at)


def test_who_takes_a_case_over_answers_what_was_asked_about_it(asked, w):
    inquiry = asked.ask()
    files.hand_over(asked.case, to=w.uptd_sambas, by=w.yanti, at=w.at)
    assert w.anew(inquiry).receiver == w.uptd_sambas
    assert w.owed("answer_inquiry", on=inquiry).owed_by == w.uptd_sambas
    with pytest.raises(NotAllowed):
        asked.answer(w.anew(inquiry), by=w.rina)
    asked.answer(w.anew(inquiry), by=w.siti)


def test_nobody_is_asked_by_the_own_agency_after_a_case_was_handed_over(asked, w):
    inquiry = inquiries.ask(
        asked.pair, own=asked.victim, to=w.bp3mi, fields=["name"], words=BECAUSE, by=w.rina, at=w.at
    )  # fmt: skip
    inquiries.handed_over([asked.victim.pk], before=w.uptd, to=w.uptd_sambas, by=w.yanti, at=w.at)
    assert w.anew(inquiry).sender == w.uptd_sambas
    inquiries.handed_over([asked.victim.pk], before=w.uptd_sambas, to=w.bp3mi, by=w.yanti, at=w.at)
    assert not w.anew(inquiry).is_waiting
    assert w.owed("answer_inquiry", on=inquiry) is None


def test_what_was_put_in_is_read_no_more_once_its_use_is_restricted(asked, w):
    inquiry = asked.ask()
    assert access.read_inquiry(inquiry, by=w.rina, at=w.at).rows
    Person.objects.filter(pk=asked.returnee.pk).update(restricted_at=w.at)
    with pytest.raises(NotAllowed):
        access.read_inquiry(access.inquiry_for(w.rina, inquiry.pk, at=w.at), by=w.rina, at=w.at)


def test_nobody_asks_the_own_unit_about_a_file_that_is_closed_to_them(asked, w):
    child = asked.people.victim(name="Melati K", nik=NIK, birth_year=2012, childhood="child", by=w.yanti)
    told = {"full_name": "Mira", "agency": w.uptd, "role": Role.CASE_MANAGER, "password": PASSWORD}
    mira = officers.record("mira", by=None, at=w.at, **told)
    pair = asked.people.pair(asked.victim, child)
    with pytest.raises(NotAllowed):
        inquiries.ask(pair, own=asked.victim, to=w.uptd, fields=["name"], words=BECAUSE, by=mira, at=w.at)


def test_a_village_office_asks_about_nobody(asked, w):
    w.darius.role = Role.RETURNS
    with pytest.raises(NotAllowed):
        asked.ask(by=w.darius)
    w.joko.role = Role.RETURNS
    assert asked.ask(by=w.joko)
