"""The agencies and officers of the invented region."""

from django.contrib.auth.hashers import check_password

from simpul.agencies.models import Agency, Officer
from simpul.agencies.roles import Role
from simpul.demo import world as demo_world
from simpul.intake.routing import agency_for
from simpul.places.models import Place
from simpul.reference import catalogues


def test_every_regency_and_city_of_the_province_is_there(db):
    codes = {code for code, _name, _weight in demo_world.REGENCIES}
    level = Place.Level.REGENCY
    assert codes == set(Place.objects.filter(code__startswith="61.", level=level).values_list("code", flat=True))


def test_every_regency_has_who_reads_helps_and_heals(db, now):
    demo_world.found(at=now)
    for code, _name, _weight in demo_world.REGENCIES:
        kinds = set(Agency.objects.filter(place=code).values_list("kind", flat=True))
        assert {"uptd_ppa", "police", "social", "health"} <= kinds
        assert agency_for(code).place_id == code
    assert agency_for("").takes_unplaced


def test_kinds_of_agencies_are_in_the_catalogue(db):
    kinds = {kind for kind, *_more in demo_world.IN_EVERY_REGENCY + demo_world.OF_THE_PROVINCE}
    assert all(catalogues.is_code("agency_kinds", kind) for kind in kinds)


def test_everybody_who_is_announced_can_sign_in_and_nobody_else(db, now):
    demo_world.found(at=now)
    assert len(demo_world.SIGN_INS) >= 6
    for username, password, _who in demo_world.SIGN_INS:
        assert check_password(password, Officer.objects.get(username=username).password)
    announced = [username for username, *_more in demo_world.SIGN_INS]
    others = Officer.objects.exclude(username__in=announced)
    assert others.exists()
    assert not any(officer.has_usable_password() for officer in others)


def test_every_role_of_the_task_force_is_among_the_sign_ins():
    roles = {role for _name, _full, _kind, _place, role, _who in demo_world.KNOWN}
    assert roles >= {Role.INTAKE, Role.CASE_MANAGER, Role.SUPERVISOR, Role.PARTNER, Role.SECRETARIAT, Role.AUDITOR,
                     Role.ADMINISTRATOR}  # fmt: skip


def test_an_agency_is_found_by_kind_and_region_or_at_the_province(db, now):
    world = demo_world.found(at=now)
    assert world.agency("social", "61.07") == world.budi.agency
    assert world.agency("bp3mi", "61.07").place_id == "61"
    assert world.reader(world.rina.agency) == world.rina
    assert world.head(world.rina.agency) == world.yanti
    assert world.partner(world.budi.agency) == world.budi
