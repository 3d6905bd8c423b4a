"""Services: requested for a victim, moved on, refused and offered again."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from simpul.cases import victims
from simpul.cases.models import Service
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
