"""The way home by the book: home region told, handed over with a witness, rehabilitation refused."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.migrants import handovers
from simpul.migrants.models import Notice
from simpul.obligations.models import Obligation
from tests.returns import came_home, with_returns


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


@pytest.fixture
def hana(w, desk):
    return desk(w.hana)


def at(person, what):
    return f"/desk/pemulangan/{person.manifest.number}/{person.row}/{what}/"


def notice_at(notice):
    return f"/desk/pemulangan/pemberitahuan/{notice.pk}/"


def test_that_the_home_region_was_told_is_confirmed_once(w, hana):
    came_home(w)
    notice = Notice.objects.get()
    assert "Bengkayang" in hana.get(notice_at(notice)).content.decode()
    assert hana.post(notice_at(notice)).status_code == 302
    assert w.anew(notice).told_by == w.hana
    assert w.owed("tell_home_of_returnees", on=notice) is None
    assert hana.post(notice_at(notice)).status_code == 422
    assert hana.get(notice_at(notice)).status_code == 200


def test_only_the_agency_that_took_in_the_manifest_tells_the_home_region(w, desk):
    came_home(w)
    notice = Notice.objects.get()
    for officer in (w.joko, w.darius, w.rina, w.siti):
        assert desk(officer).get(notice_at(notice)).status_code == 404
        assert desk(officer).post(notice_at(notice)).status_code == 404
    assert w.anew(notice).told_at is None
    assert desk(w.hana).get(notice_at(notice)).status_code == 200


def test_the_clocks_on_the_first_page_lead_to_the_person_and_to_the_notice(w, desk, hana):
    person = came_home(w)
    notice = Notice.objects.get()
    visit, tell = (Obligation.objects.get(rule=rule) for rule in ("visit_returnee", "tell_home_of_returnees"))
    assert hana.get(f"/desk/kewajiban/{tell.pk}/berkas/").url == notice_at(notice)
    expected = f"/desk/pemulangan/{person.manifest.number}/{person.row}/"
    assert desk(w.darius).get(f"/desk/kewajiban/{visit.pk}/berkas/").url == expected
    assert person.number in desk(w.darius).get("/desk/hari-ini/").content.decode()
    assert desk(w.siti).get(f"/desk/kewajiban/{visit.pk}/berkas/").status_code == 404


def test_a_handover_is_noted_with_its_witness(w, hana):
    person = came_home(w, facts={"onward": "family"})
    sent = {"to": "family", "witness": "Kepala Desa Jagoi", "on": localdate().isoformat()}
    assert hana.post(at(person, "serah-terima"), sent).status_code == 302
    person = w.anew(person)
    assert (person.handed_to, person.witness.opened()) == ("family", "Kepala Desa Jagoi")
    assert w.owed("hand_over_returnee", on=person) is None


def test_without_a_witness_nobody_is_handed_over_and_nothing_typed_is_lost(w, hana):
    person = came_home(w)
    page = hana.post(at(person, "serah-terima"), {"to": "family", "witness": " ", "on": localdate().isoformat()})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"witness"}
    assert page.content.decode().count(" checked") == 1
    assert w.anew(person).handed_over_on is None


def test_the_second_who_notes_the_same_handover_is_told(w, hana):
    person = came_home(w)
    handovers.hand_over(person, to="family", witness="Camat", on=localdate(), by=w.joko, at=w.at)
    sent = {"to": "social", "witness": "Kades", "on": localdate().isoformat()}
    page = hana.post(at(person, "serah-terima"), sent)
    assert page.status_code == 422
    assert "Kades" in page.content.decode()
    assert w.anew(person).handed_to == "family"


@pytest.mark.parametrize("age", [16, None])
def test_a_child_or_somebody_of_unknown_age_signs_nothing_alone(w, hana, age):
    child, grown = came_home(w, age=age), came_home(w, age=30)
    for what in ("serah-terima", "penolakan"):
        assert 'value="self"' in hana.get(at(grown, what)).content.decode()
        assert 'value="self"' not in hana.get(at(child, what)).content.decode()
        sent = {"to": "self", "signed_by": "self", "witness": "Kades", "on": localdate().isoformat()}
        assert hana.post(at(child, what), sent).status_code == 422


def test_a_refusal_is_a_signed_statement_with_its_day(w, hana):
    person = came_home(w)
    sent = {"signed_by": "self", "on": localdate().isoformat()}
    assert hana.post(at(person, "penolakan"), sent).status_code == 302
    assert (w.anew(person).refused_by, w.anew(person).refused_on) == ("self", localdate())


@pytest.mark.parametrize("what", ["serah-terima", "penolakan"])
@pytest.mark.parametrize("days", [1, -30])
def test_what_was_signed_lies_between_the_arrival_and_today(w, hana, what, days):
    person = came_home(w)
    on = (localdate() + timedelta(days=days)).isoformat()
    page = hana.post(at(person, what), {"to": "family", "signed_by": "self", "witness": "Kades", "on": on})
    assert page.status_code == 422


def test_the_village_hands_over_nobody(w, desk):
    person = came_home(w)
    for what in ("serah-terima", "penolakan"):
        assert desk(w.darius).get(at(person, what)).status_code == 404
