"""The way home: step by step, never without a wish, never where it is not safe."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.cases import children, returns, services
from simpul.cases.models import Return
from simpul.places.models import Place
from simpul.reference import catalogues

VILLAGE = {"home": "Jagoi", "home_kode": "61.07.07.2001", "home_untuk": "Jagoi"}


@pytest.fixture
def service(today_world):
    return today_world.service(today_world.victim(today_world.case()), kind="repatriation")


@pytest.fixture
def rina(today_world, desk):
    return desk(today_world.rina)


def at(service, step=""):
    return f"/desk/kasus/{service.case.number}/layanan/{service.pk}/pulang/" + (f"?langkah={step}" if step else "")


def answers(**other):
    asked = {term.code: "yes" for term in catalogues.terms("safety_checks")}
    return {f"tanya_{code}": answer for code, answer in (asked | other).items()}


def wished(world, service):
    home = Place.objects.get(pk="61.07.07.2001")
    return returns.wish(service, home=home, wish="Ingin pulang ke nenek", by=world.rina, at=world.at)


def checked(world, service, *, is_safe=True):
    homeward = wished(world, service)
    told = {term.code: "yes" for term in catalogues.terms("safety_checks")}
    returns.check_safety(homeward, answers=told, is_safe=is_safe, by=world.rina, at=world.at)
    return homeward


def test_a_victim_goes_home_step_by_step(today_world, rina, service):
    today = localdate().isoformat()
    for step, typed in (
        ("kehendak", VILLAGE | {"wish": "Ingin pulang ke nenek"}),
        ("aman", answers() | {"is_safe": "yes"}),
        ("daerah-asal", {}),
        ("berangkat", {"on": today}),
        ("serah-terima", {"to": "family", "witness": "Kepala Desa Jagoi", "on": today}),
    ):
        page = rina.get(at(service))
        assert page.context["step"].code == step
        assert rina.post(at(service, step), typed).status_code == 302, step
    homeward = Return.objects.get()
    assert homeward.handed_to == "family"
    assert homeward.witness.opened() == "Kepala Desa Jagoi"
    assert today_world.anew(service).state == "done"
    assert rina.get(at(service)).context["form"] is None
    assert today_world.owed("follow_up_3_months", on=service.victim)


def test_one_no_forbids_to_call_the_return_safe_and_no_answer_is_lost(today_world, rina, service):
    wished(today_world, service)
    page = rina.post(at(service, "aman"), answers(debt="no", fit="unclear") | {"is_safe": "yes"})
    assert page.status_code == 422
    assert page.content.decode().count(" checked") == len(catalogues.terms("safety_checks")) + 1
    assert today_world.anew(Return.objects.get()).is_safe is None
    rina.post(at(service, "aman"), answers(debt="no") | {"is_safe": "no"})
    homeward = Return.objects.get()
    assert homeward.is_safe is False
    assert rina.get(at(service)).context["step"].code == "aman"


def test_a_question_without_an_answer_is_named(today_world, rina, service):
    wished(today_world, service)
    typed = answers() | {"is_safe": "yes"}
    del typed["tanya_family"]
    page = rina.post(at(service, "aman"), typed)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"tanya_family"}


def test_nobody_is_noted_as_departed_before_it_was_found_safe(today_world, rina, service):
    wished(today_world, service)
    page = rina.post(at(service, "berangkat"), {"on": localdate().isoformat()})
    assert page.status_code == 422
    assert Return.objects.get().departed_on is None


def test_looking_for_a_place_checks_nothing_and_loses_nothing(today_world, rina, service):
    page = rina.post(at(service), {"home": "jagoi", "wish": "Ingin pulang", "cari": "home"})
    assert page.status_code == 200
    assert "Ingin pulang" in page.content.decode()
    assert "61.07.07.2001" in page.content.decode()
    assert not Return.objects.exists()


def test_before_a_child_goes_home_its_best_interests_are_checked(today_world, rina):
    child = today_world.victim(today_world.case(), childhood="child")
    service = today_world.service(child, kind="repatriation")
    checked(today_world, service)
    page = rina.get(at(service))
    assert page.context["missing"]["where"].endswith(f"/orang/{child.pk}/kepentingan-terbaik/")
    assert rina.post(at(service, "daerah-asal"), {}).status_code == 422
    children.check_best_interest(
        child, answers={"wish": "Nenek"}, decision="Ke nenek", by=today_world.rina, at=today_world.at
    )
    assert rina.get(at(service)).context["missing"] is None
    assert rina.post(at(service, "daerah-asal"), {}).status_code == 302


def test_a_child_is_not_handed_over_to_itself(today_world, rina):
    child = today_world.victim(today_world.case(), childhood="child")
    service = today_world.service(child, kind="repatriation")
    children.check_best_interest(
        child, answers={"wish": "Nenek"}, decision="Ke nenek", by=today_world.rina, at=today_world.at
    )
    returns.depart(checked(today_world, service), on=localdate(), by=today_world.rina, at=today_world.at)
    page = rina.get(at(service, "serah-terima"))
    assert 'value="family"' in page.content.decode()
    assert 'value="self"' not in page.content.decode()


def test_a_departure_is_noted_though_the_home_region_was_not_told(today_world, rina, service):
    checked(today_world, service)
    page = rina.get(at(service))
    assert page.context["step"].code == "daerah-asal"
    assert "?langkah=berangkat" in page.content.decode()
    rina.post(at(service, "berangkat"), {"on": localdate().isoformat()})
    assert Return.objects.get().departed_on == localdate()


def test_the_wish_can_change_before_the_departure_and_asks_for_a_new_check(today_world, rina, service):
    checked(today_world, service)
    rina.post(at(service, "kehendak"), VILLAGE | {"wish": "Bukan ke nenek, ke bibi"})
    homeward = Return.objects.get()
    assert homeward.wish.opened() == "Bukan ke nenek, ke bibi"
    assert homeward.is_safe is None
    assert rina.get(at(service)).context["step"].code == "aman"


def test_a_step_that_somebody_else_noted_meanwhile_is_refused_and_keeps_what_was_typed(today_world, rina, service):
    homeward = checked(today_world, service)
    returns.depart(homeward, on=localdate() - timedelta(days=0), by=today_world.yanti, at=today_world.at)
    typed = {"on": (localdate() - timedelta(days=1)).isoformat()}
    page = rina.post(at(service, "berangkat"), typed)
    assert page.status_code == 422
    assert typed["on"] in page.content.decode()
    assert Return.objects.get().departed_on == localdate()


def test_a_return_that_was_refused_shows_no_form(today_world, rina, service):
    assert rina.get(at(service)).context["form"] is not None
    services.move(service, to="refused", by=today_world.rina, at=today_world.at)
    assert rina.get(at(service)).context["form"] is None


def test_the_way_home_belongs_to_one_service_and_its_steps_have_names(today_world, rina, service):
    other = today_world.service(service.victim)
    assert rina.get(at(other)).status_code == 404
    assert rina.get(at(service, "terbang")).status_code == 404


def test_a_day_that_lies_in_the_future_is_refused(today_world, rina, service):
    checked(today_world, service)
    page = rina.post(at(service, "berangkat"), {"on": (localdate() + timedelta(days=3)).isoformat()})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"on"}


def test_the_record_of_handover_can_be_printed_once_the_victim_is_on_the_way(today_world, rina, service):
    homeward = checked(today_world, service)
    paper = f"/desk/kasus/{service.case.number}/layanan/{service.pk}/serah-terima/"
    assert paper not in rina.get(at(service)).content.decode()
    returns.depart(homeward, on=localdate(), by=today_world.rina, at=today_world.at)
    assert paper in rina.get(at(service)).content.decode()
    assert rina.get(paper)["Content-Type"] == "application/pdf"
