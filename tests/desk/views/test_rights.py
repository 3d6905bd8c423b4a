"""The rights board of a victim: what is owed first, told in one talk, noted one by one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.agencies import exclusions
from simpul.cases import emergency, entitlements, victims
from simpul.cases.models import Entitlement, Service
from simpul.journal.acts import Act
from simpul.journal.models import Entry


@pytest.fixture
def victim(today_world):
    return today_world.victim(today_world.case())


def at(victim, act=""):
    return f"/desk/kasus/{victim.case.number}/orang/{victim.pk}/{act}"


def board(client, victim):
    return client.get(at(victim, "hak/")).content.decode()


def test_every_right_stands_on_the_board_with_its_article_and_who_owes_it(today_world, desk, victim):
    page = board(desk(today_world.rina), victim)
    for words in ("Pertolongan pertama", "UU 21/2007 Pasal 53", "Kerahasiaan identitas", "Pelaku", "Kepolisian"):
        assert words in page
    assert Entry.objects.filter(act=Act.IDENTITY_READ, facts__because="rights").exists()


def test_what_is_overdue_stands_above_what_nobody_spoke_of(today_world, desk):
    before = today_world.at - timedelta(days=9)
    victim = today_world.victim(today_world.case(at=before), at=before)
    today_world.service(victim, kind="first_aid", is_urgent=True, at=before)
    page = board(desk(today_world.rina), victim)
    assert page.index('id="hak-first_aid"') < page.index('id="hak-lpsk_protection"')


def test_a_right_of_the_threatened_appears_when_the_threat_is_noted(today_world, desk, victim):
    rina = desk(today_world.rina)
    assert 'id="hak-police_protection"' not in board(rina, victim)
    rina.post(at(victim, "keadaan/"), {"is_threatened": "1"})
    assert today_world.anew(victim).is_threatened
    assert 'id="hak-police_protection"' in board(rina, victim)
    rina.post(at(victim, "keadaan/"), {"is_threatened": "0", "is_abroad": "1"})
    victim = today_world.anew(victim)
    assert (victim.is_threatened, victim.is_abroad) == (False, True)


def test_a_mark_that_says_nothing_changes_nothing(today_world, desk, victim):
    desk(today_world.rina).post(at(victim, "keadaan/"), {"is_threatened": "perhaps"})
    assert not today_world.anew(victim).is_threatened


def test_all_rights_are_told_in_one_talk_and_what_was_said_before_stays(today_world, desk, victim):
    entitlements.refuse(victim, "shelter", by=today_world.rina, at=today_world.at)
    rina = desk(today_world.rina)
    assert rina.get(at(victim, "hak/")).context["untold"] > 5
    rina.post(at(victim, "hak/diberi-tahu/"))
    assert rina.get(at(victim, "hak/")).context["untold"] == 0
    assert victim.entitlements.get(right="shelter").state == Entitlement.State.REFUSED
    assert victim.entitlements.get(right="legal_aid").state == Entitlement.State.INFORMED


def test_one_right_is_told_alone(today_world, desk, victim):
    desk(today_world.rina).post(at(victim, "hak/diberi-tahu/"), {"hak": "legal_aid"})
    assert [each.right for each in victim.entitlements.all()] == ["legal_aid"]


def test_a_right_that_is_not_wanted_now_is_offered_again(today_world, desk, victim):
    rina, day = desk(today_world.rina), localdate() + timedelta(days=14)
    rina.post(at(victim, "hak/shelter/"), {"what": "refused", "offer_again_on": day.isoformat(), "note": "Nanti saja"})
    kept = victim.entitlements.get()
    assert (kept.state, kept.offer_again_on) == (Entitlement.State.REFUSED, day)
    assert today_world.owed("offer_again", on=kept)
    assert "Nanti saja" in board(rina, victim)


def test_a_right_is_met_with_evidence_only_and_what_was_typed_stays(today_world, desk, victim):
    rina = desk(today_world.rina)
    answer = rina.post(at(victim, "hak/case_information/"), {"what": "met", "note": "Surat SP2HP diterima"})
    assert answer.status_code == 422
    assert "Surat SP2HP diterima" in answer.content.decode()
    rina.post(at(victim, "hak/case_information/"), {"what": "met", "evidence": "other", "note": "SP2HP"})
    assert victim.entitlements.get().state == Entitlement.State.MET


def test_restitution_without_a_claim_is_told_or_refused_but_never_ticked_off(today_world, desk, victim):
    rina = desk(today_world.rina)
    assert rina.get(at(victim, "hak/restitution/")).status_code == 200
    assert rina.post(at(victim, "hak/restitution/"), {"what": "met", "evidence": "other"}).status_code == 422
    rina.post(at(victim, "hak/restitution/"), {"what": "refused"})
    assert victim.entitlements.get().state == Entitlement.State.REFUSED


@pytest.mark.parametrize("right", ["secrecy", "enforcement", "service_centre", "no_such_right"])
def test_what_is_read_from_the_file_is_not_set_by_hand(today_world, desk, victim, right):
    assert desk(today_world.rina).get(at(victim, f"hak/{right}/")).status_code == 404


def test_a_right_that_a_service_tells_of_is_not_set_by_hand(today_world, desk, victim):
    rina = desk(today_world.rina)
    assert rina.get(at(victim, "hak/shelter/")).status_code == 200
    today_world.service(victim, kind="shelter")
    assert rina.get(at(victim, "hak/shelter/")).status_code == 404


def test_a_service_requested_from_the_board_leads_back_to_it(today_world, desk, victim):
    rina = desk(today_world.rina)
    new = f"/desk/kasus/{victim.case.number}/layanan/baru/?orang={victim.pk}&jenis=legal_aid"
    assert new.replace("&", "&amp;") in board(rina, victim)
    assert '<option value="legal_aid" selected>' in rina.get(new).content.decode()
    answer = rina.post(new, {"kind": "legal_aid", "giver": "another"})
    assert answer.url == at(victim, "hak/")
    assert Service.objects.get().kind == "legal_aid"
    assert "jenis=legal_aid" not in board(rina, victim)


def test_rights_belong_to_victims(today_world, desk, victim):
    suspect = victims.add(victim.case, part="suspect", name="Agen", by=today_world.rina, at=today_world.at)
    rina = desk(today_world.rina)
    assert rina.get(at(victim, "hak/")).status_code == 200
    assert rina.get(at(suspect, "hak/")).status_code == 404
    assert rina.post(at(suspect, "keadaan/"), {"is_threatened": "1"}).status_code == 404


def test_emergency_access_reads_the_board_and_writes_nothing_on_it(today_world, desk, victim):
    emergency.break_glass(
        victim.case.number, reason="Korban terancam malam ini, tidak ada jawaban.", by=today_world.lina,
        at=today_world.at,
    )  # fmt: skip
    lina = desk(today_world.lina)
    page = board(lina, victim)
    assert "Pertolongan pertama" in page
    assert "hak/diberi-tahu/" not in page
    assert lina.post(at(victim, "hak/diberi-tahu/")).status_code == 403
    assert not victim.entitlements.exists()


def test_siti_and_who_is_kept_out_find_no_board(today_world, desk, victim):
    exclusions.keep_out(victim.case, officer=today_world.yanti, by=None, at=today_world.at)
    assert desk(today_world.rina).get(at(victim, "hak/")).status_code == 200
    for officer in (today_world.siti, today_world.yanti, today_world.dewi):
        assert desk(officer).get(at(victim, "hak/")).status_code == 404


def test_the_board_costs_the_same_for_one_service_and_for_ten(today_world, desk, victim):
    rina, kinds = desk(today_world.rina), ["shelter", "health", "psychological", "legal_aid", "reintegration"]
    today_world.service(victim, kind="education")
    entitlements.inform(victim, "case_information", by=today_world.rina, at=today_world.at)
    board(rina, victim)
    with CaptureQueriesContext(connection) as one:
        board(rina, victim)
    for kind in kinds * 2:
        today_world.service(victim, kind=kind)
    entitlements.inform(victim, "lpsk_protection", by=today_world.rina, at=today_world.at)
    with CaptureQueriesContext(connection) as ten:
        board(rina, victim)
    assert len(ten) == len(one)


def test_rights_that_have_a_page_of_their_own_lead_there(today_world, desk, victim):
    page = board(desk(today_world.rina), victim)
    for where in (f"{at(victim)}restitusi/", f"/desk/kasus/{victim.case.number}/pemeriksaan/baru/?orang={victim.pk}"):
        assert f'href="{where}"' in page


def test_a_statement_is_printed_for_a_right_that_is_not_wanted_now(today_world, desk, victim):
    rina = desk(today_world.rina)
    assert "hak/shelter/penolakan/" not in board(rina, victim)
    entitlements.refuse(victim, "shelter", by=today_world.rina, at=today_world.at)
    assert at(victim, "hak/shelter/penolakan/") in board(rina, victim)
    assert rina.get(at(victim, "hak/shelter/penolakan/"))["Content-Type"] == "application/pdf"
