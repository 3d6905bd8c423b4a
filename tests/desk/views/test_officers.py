"""The duty of secrecy, one's own access, and the administrator's list of officers."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import people
from simpul.agencies.models import Officer
from simpul.agencies.roles import Role

LIST = "/desk/petugas/"


def test_the_duty_of_secrecy_is_acknowledged_and_leads_back(today_world, desk):
    Officer.objects.update(acknowledged_at=None)
    rina = desk(today_world.rina)
    answer = rina.post("/desk/kerahasiaan/", {"onward": "/desk/kasus/"})
    assert answer["Location"] == "/desk/kasus/"
    today_world.rina.refresh_from_db()
    assert today_world.rina.acknowledged_at


def test_secrecy_leads_to_no_other_site(today_world, desk):
    answer = desk(today_world.rina).post("/desk/kerahasiaan/", {"onward": "https://contoh.test/"})
    assert answer["Location"] == "/desk/"


def test_my_access_tells_what_i_did(today_world, desk):
    today_world.case()
    assert "Rina Wati" in desk(today_world.rina).get("/desk/saya/").content.decode()


def test_the_first_password_is_shown_once_and_works(today_world, desk):
    typed = {"full_name": "Ayu Lestari", "username": "Ayu", "agency": today_world.uptd.pk, "role": "companion"}
    answer = desk(today_world.tono).post("/desk/petugas/baru/", typed)
    password = answer.context["password"]
    assert password in answer.content.decode()
    ayu = Officer.objects.get(username="ayu")
    assert ayu.check_password(password)
    assert password not in desk(today_world.tono).get(f"{LIST}{ayu.pk}/").content.decode()


def test_a_sign_in_name_is_given_once(today_world, desk):
    typed = {"full_name": "Rina Lain", "username": "RINA", "agency": today_world.uptd.pk, "role": "companion"}
    answer = desk(today_world.tono).post("/desk/petugas/baru/", typed)
    assert answer.status_code == 422
    assert "Rina Lain" in answer.content.decode()


def test_an_officer_is_given_another_role(today_world, desk):
    tono = desk(today_world.tono)
    tono.post(f"{LIST}{today_world.rina.pk}/", {"agency": today_world.uptd.pk, "role": "supervisor"})
    today_world.rina.refresh_from_db()
    assert today_world.rina.role == Role.SUPERVISOR


def test_an_access_that_ends_closes_the_open_browser(today_world, desk):
    rina = desk(today_world.rina)
    assert rina.get("/desk/hari-ini/").status_code == 200
    desk(today_world.tono).post(f"{LIST}{today_world.rina.pk}/akhiri/")
    assert rina.get("/desk/hari-ini/").status_code == 302


def test_nobody_ends_the_own_access(today_world, desk):
    tono = desk(today_world.tono)
    assert tono.get(f"{LIST}{today_world.tono.pk}/").status_code == 200
    tono.post(f"{LIST}{today_world.tono.pk}/akhiri/")
    assert Officer.objects.get(username="tono").is_active


def test_an_administrator_of_one_regency_finds_nobody_of_another(today_world, desk):
    local = people.record(
        "admin_bengkayang", full_name="Admin", agency=today_world.secretariat, role=Role.ADMINISTRATOR,
        password="x", by=None, at=today_world.at,
    )  # fmt: skip
    admin = desk(local)
    page = admin.get(LIST).content.decode()
    assert "Rina Wati" in page
    assert "Siti Aminah" not in page
    assert admin.get(f"{LIST}{today_world.siti.pk}/").status_code == 404
    assert admin.post(f"{LIST}{today_world.siti.pk}/akhiri/").status_code == 404


def test_the_list_costs_the_same_for_few_and_many(today_world, desk):
    tono = desk(today_world.tono)
    tono.get(LIST)
    with CaptureQueriesContext(connection) as few:
        tono.get(LIST)
    for number in range(15):
        people.record(
            f"petugas{number}", full_name=f"Petugas {number}", agency=today_world.uptd, role=Role.COMPANION,
            password="x", by=None, at=today_world.at,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        tono.get(LIST)
    assert len(many) == len(few)


def test_an_officer_chooses_the_language_of_the_own_pages(world, desk):
    client = desk(world.rina)
    answer = client.post("/desk/saya/", {"language": "en"})
    assert answer.url == "/desk/saya/"
    assert "My access" in client.get("/desk/saya/").content.decode()
    client.post("/desk/saya/", {"language": "tlh"})
    assert world.anew(world.rina).language == "en"
