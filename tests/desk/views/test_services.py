"""Services: requested for a victim, moved on, refused and offered again."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.cases import services, shelters, victims
from simpul.cases.models import Service, Stay
from simpul.obligations.models import Obligation


@pytest.fixture
def victim(today_world):
    return today_world.victim(today_world.case())


def at(thing, act):
    return f"/desk/kasus/{thing.case.number}/layanan/{act}"


def test_urgent_first_aid_starts_its_clock(today_world, desk, victim):
    typed = {"kind": "first_aid", "is_urgent": "on", "need": "Luka di tangan", "giver": "own"}
    desk(today_world.rina).post(f"{at(victim, 'baru/')}?orang={victim.pk}", typed)
    service = Service.objects.get()
    assert service.provider == today_world.uptd
    assert service.need.opened() == "Luka di tangan"
    assert Obligation.objects.standing().filter(rule="first_aid").exists()


def test_a_service_for_nobody_or_for_a_suspect_is_not_found(today_world, desk, victim):
    suspect = victims.add(victim.case, part="suspect", name="Agen", by=today_world.rina, at=today_world.at)
    rina = desk(today_world.rina)
    assert rina.get(f"{at(victim, 'baru/')}?orang={victim.pk}").status_code == 200
    for key in ("", "x", suspect.pk, 999_999):
        assert rina.get(f"{at(victim, 'baru/')}?orang={key}").status_code == 404


def test_a_service_is_moved_on(today_world, desk, victim):
    service = today_world.service(victim)
    desk(today_world.rina).post(at(victim, f"{service.pk}/"), {"to": "running"})
    assert Service.objects.get().state == "running"


def test_a_refusal_gets_a_day_to_offer_it_again(today_world, desk, victim):
    service = today_world.service(victim)
    rina, day = desk(today_world.rina), localdate() + timedelta(days=10)
    over = rina.post(at(victim, f"{service.pk}/"), {"to": "refused", "offer_again_on": "2020-01-01"})
    assert over.status_code == 422
    rina.post(at(victim, f"{service.pk}/"), {"to": "refused", "offer_again_on": day.isoformat()})
    assert Service.objects.get().offer_again_on == day


def test_a_step_that_may_not_follow_is_refused(today_world, desk, victim):
    service = today_world.service(victim)
    rina = desk(today_world.rina)
    rina.post(at(victim, f"{service.pk}/"), {"to": "done"})
    assert rina.post(at(victim, f"{service.pk}/"), {"to": "running"}).status_code == 422
    assert Service.objects.get().state == "done"


def test_the_stages_of_social_service_are_shown_and_noted_in_their_order(today_world, desk, victim):
    service, rina = today_world.service(victim), desk(today_world.rina)
    page = rina.get(at(victim, f"{service.pk}/"))
    assert [stage.term.code for stage in page.context["stages"] if stage.is_next] == ["access"]
    early = rina.post(at(victim, f"{service.pk}/langkah/"), {"kind": "assessed", "on": localdate(), "note": "Cepat"})
    assert early.status_code == 422
    assert "Cepat" in early.content.decode()
    rina.post(at(victim, f"{service.pk}/langkah/"), {"kind": "access", "on": localdate(), "note": "Di balai desa"})
    page = rina.get(at(victim, f"{service.pk}/"))
    assert "Di balai desa" in page.content.decode()
    assert [stage.term.code for stage in page.context["stages"] if stage.is_next] == ["approach"]


def test_only_steps_of_this_service_are_offered(today_world, desk, victim):
    service = today_world.service(victim, kind="legal_aid")
    page = desk(today_world.rina).get(at(victim, f"{service.pk}/"))
    assert [kind for kind, _name in page.context["step"].fields["kind"].choices] == ["lawyer_named", "accompanied"]


def test_a_step_is_struck_out_unless_another_rests_on_it(today_world, desk, victim):
    service, rina = today_world.service(victim), desk(today_world.rina)
    steps = [
        services.note_step(service, kind=kind, on=localdate(), by=today_world.rina, at=today_world.at)
        for kind in ("access", "approach")
    ]
    page = rina.get(at(victim, f"{service.pk}/")).content.decode()
    assert f"langkah/{steps[1].pk}/coret/" in page
    assert f"langkah/{steps[0].pk}/coret/" not in page
    rina.post(at(victim, f"{service.pk}/langkah/{steps[0].pk}/coret/"))
    assert service.steps.count() == 2
    rina.post(at(victim, f"{service.pk}/langkah/{steps[1].pk}/coret/"))
    assert [step.kind for step in service.steps.all()] == ["access"]


def test_a_step_asked_of_lpsk_starts_its_clock_on_the_page(today_world, desk, victim):
    service = today_world.service(victim, kind="lpsk_protection")
    desk(today_world.rina).post(
        at(victim, f"{service.pk}/langkah/"), {"kind": "lpsk_protection_asked", "on": localdate()}
    )
    assert today_world.owed("lpsk_protection_decision", on=service)


def test_nothing_is_noted_in_a_service_that_was_refused(today_world, desk, victim):
    service, rina = today_world.service(victim), desk(today_world.rina)
    assert rina.get(at(victim, f"{service.pk}/")).context["step"] is not None
    services.move(service, to="refused", by=today_world.rina, at=today_world.at)
    assert rina.get(at(victim, f"{service.pk}/")).context["step"] is None


def test_a_victim_moves_into_a_shelter_with_a_free_bed_and_out_again(today_world, desk, victim):
    service, rina = today_world.service(victim, kind="shelter"), desk(today_world.rina)
    free, full = (
        shelters.record(code, kind="safe_house", beds=1, by=today_world.yanti, at=today_world.at)
        for code in ("RA-01", "RA-02")
    )
    other = today_world.service(today_world.victim(victim.case, name="Kenanga"), kind="shelter")
    shelters.enter_(other, shelter=full, on=localdate(), by=today_world.rina, at=today_world.at)
    page = rina.get(at(victim, f"{service.pk}/")).content.decode()
    assert "RA-01" in page
    assert "RA-02" not in page
    assert rina.post(at(victim, f"{service.pk}/masuk/"), {"shelter": full.pk, "on": localdate()}).status_code == 422
    rina.post(at(victim, f"{service.pk}/masuk/"), {"shelter": free.pk, "on": localdate()})
    stay = Stay.objects.get(service=service)
    assert today_world.anew(service).state == "running"
    early = rina.post(at(victim, f"{service.pk}/keluar/{stay.pk}/"), {"on": "2020-01-01"})
    assert early.status_code == 422
    rina.post(at(victim, f"{service.pk}/keluar/{stay.pk}/"), {"on": localdate()})
    assert today_world.anew(stay).left_on == localdate()


def test_a_child_is_offered_shelters_that_take_children(today_world, desk):
    for code, takes in (("RA-01", True), ("RA-02", False)):
        shelters.record(code, kind="safe_house", beds=2, takes_children=takes, by=today_world.yanti, at=today_world.at)
    child = today_world.victim(today_world.case(), childhood="child")
    service = today_world.service(child, kind="shelter")
    page = desk(today_world.rina).get(at(child, f"{service.pk}/")).content.decode()
    assert "RA-01" in page
    assert "RA-02" not in page


def test_siti_notes_nothing_in_a_service(today_world, desk, victim):
    service = today_world.service(victim)
    siti = desk(today_world.siti)
    assert siti.post(at(victim, f"{service.pk}/langkah/"), {"kind": "access", "on": localdate()}).status_code == 404
    assert not service.steps.exists()
