"""People who came home: the list, the page of one person, a correction, somebody whom no list named."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.agencies import exclusions
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.migrants import handovers, meetings, screening
from simpul.migrants.models import Notice, Returnee
from simpul.places.models import Place
from tests.returns import came_home, with_returns

LIST = "/desk/pemulangan/"
NIK = "6107075208020003"


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


def at(person, what=""):
    return f"{LIST}{person.manifest.number}/{person.row}/{what}"


def typed(page):
    """What a form of the page was filled with, as a browser sends it back."""
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields if name != "home"}
    home = form["home"].value()
    label = form.fields["home"].widget.format_value(home)
    told |= {"home": label.words, "home_kode": label.code, "home_untuk": label.words}
    return {name: "" if value is None else value for name, value in told.items()} | {
        form.versions.name: form.versions.shown
    }


def test_the_list_shows_who_came_home_and_who_waits_longest_first(w, desk):
    late = came_home(w, name="Anggrek", arrived_on=localdate() - timedelta(days=20))
    new = came_home(w, name="Melati")
    page = desk(w.hana).get(LIST).content.decode()
    assert page.index(late.number) < page.index(new.number)
    assert "Anggrek" in page
    assert "Jagoi, Kec. Jagoi Babang" in page


def test_reading_a_leaf_of_the_list_is_one_entry_that_names_the_persons(w, desk):
    people = [came_home(w, name=f"Orang {n}") for n in range(3)]
    desk(w.hana).get(LIST)
    entry = Entry.objects.get(act=Act.RETURNEES_READ)
    assert sorted(entry.facts["persons"]) == [person.person_id for person in people]
    assert entry.officer_id == w.hana.pk


def test_the_list_costs_the_same_for_one_person_and_for_thirty(w, desk):
    client = desk(w.hana)
    came_home(w)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for n in range(29):
        came_home(w, name=f"Orang {n}", home=f"61.07.0{n % 5 + 1}")
    with CaptureQueriesContext(connection) as thirty:
        page = client.get(LIST)
    assert len(page.context["leaf"].object_list) == 30
    assert len(thirty) == len(one)


def test_who_was_met_leaves_the_first_list_and_stands_among_everybody(w, desk):
    person = came_home(w)
    client = desk(w.hana)
    assert person.number in client.get(LIST).content.decode()
    meetings.note(person, on=localdate(), outcome="found", by=w.darius, at=w.at)
    assert person.number not in client.get(LIST).content.decode()
    assert person.number in client.get(f"{LIST}?lihat=semua").content.decode()


def test_people_whose_village_is_not_known_have_a_list_of_their_own(w, desk):
    known, regency, nowhere = came_home(w), came_home(w, home="61.07"), came_home(w, home="")
    page = desk(w.hana).get(f"{LIST}?lihat=tanpa-desa").content.decode()
    assert regency.number in page
    assert nowhere.number in page
    assert known.number not in page
    assert nowhere.number not in desk(w.joko).get(f"{LIST}?lihat=tanpa-desa").content.decode()


def test_the_region_is_narrowed_part_by_part(w, desk):
    jagoi, sambas = came_home(w), came_home(w, home="61.01.01")
    page = desk(w.hana).get(f"{LIST}?tempat=61.07").content.decode()
    assert jagoi.number in page
    assert sambas.number not in page
    assert 'value="61.07.07"' in page
    assert 'value="61.01.01"' not in page
    # What cannot be read asks nothing.
    assert jagoi.number in desk(w.hana).get(f"{LIST}?tempat=abc&lihat=xyz").content.decode()
    assert desk(w.hana).get(f"{LIST}?tempat=62").status_code == 200


def test_a_village_officer_sees_the_own_people_and_nobody_else(w, desk):
    own, other = came_home(w), came_home(w, home="61.07.07.2002")
    client = desk(w.darius)
    page = client.get(LIST).content.decode()
    assert own.number in page
    assert other.number not in page
    assert client.get(at(own)).status_code == 200
    assert client.get(at(other)).status_code == 404
    assert "Enter somebody by hand" not in page
    assert client.get(f"{LIST}baru/").status_code == 404


def test_whoever_asked_that_the_village_be_not_told_is_not_found_there(w, desk):
    person = came_home(w)
    client = desk(w.darius)
    assert client.get(at(person)).status_code == 200
    meetings.ask_village(person, may_know="no", by=w.hana, at=w.at)
    assert client.get(at(person)).status_code == 404
    assert person.number not in client.get(f"{LIST}?lihat=semua").content.decode()
    assert w.owed("visit_returnee", on=person).owed_by == w.disnaker
    assert desk(w.joko).get(at(person)).status_code == 200


def test_siti_and_rina_find_nobody(w, desk):
    person = came_home(w)
    for officer in (w.siti, w.rina, w.dewi, w.tono):
        assert desk(officer).get(LIST).status_code == 404
        assert desk(officer).get(at(person)).status_code == 404


def test_an_empty_list_says_so(w, desk):
    assert 'class="empty"' in desk(w.darius).get(LIST).content.decode()
    assert 'class="empty"' in desk(w.hana).get(f"{LIST}?tempat=61.07").content.decode()


def test_the_page_shows_the_name_and_keeps_the_rest_until_it_is_asked_for(w, desk):
    person = came_home(w, nik=NIK, phone="0812 5555 0101", remarks="Sakit gigi")
    client = desk(w.hana)
    page = client.get(at(person)).content.decode()
    assert "Melati Kusuma" in page
    assert not [word for word in (NIK, "0812 5555 0101", "Sakit gigi") if word in page]
    page = client.post(at(person, "tampilkan/")).content.decode()
    assert all(word in page for word in (NIK, "0812 5555 0101", "Sakit gigi"))
    first, second = Entry.objects.filter(act=Act.IDENTITY_READ).order_by("number")
    assert first.facts["fields"] == ["name"]
    assert "nik" in second.facts["fields"]
    assert second.file == f"migrants.returnee:{person.pk}"
    assert client.get(at(person, "tampilkan/")).status_code == 405


def test_each_step_has_its_clock_its_evidence_and_its_button(w, desk):
    person = came_home(w, facts={"onward": "shelter_bp3mi"})
    client = desk(w.hana)
    steps = client.get(at(person)).context["steps"]
    assert [bool(step.clock) for step in steps] == [True, False, True, False, True]
    assert all(step.where and step.button for step in steps)
    handovers.tell_home(Notice.objects.get(), by=w.hana, at=w.at)
    screening.note(person, answers={"debt": "no"}, finding="none", by=w.hana, at=w.at)
    handovers.hand_over(person, to="family", witness="Kades", on=localdate(), by=w.hana, at=w.at)
    meetings.note(person, on=localdate(), outcome="found", by=w.hana, at=w.at)
    steps = client.get(at(person)).context["steps"]
    assert [step.is_done for step in steps] == [True, True, True, False, True]
    assert steps[0].where == steps[2].where == ""


def test_the_village_is_shown_what_it_may_do_and_no_answer_of_the_screening(w, desk):
    person = came_home(w)
    screening.note(person, answers={"debt": "yes"}, finding="indications", note="Utang agen", by=w.hana, at=w.at)
    hana = desk(w.hana).get(at(person)).content.decode()
    page = desk(w.darius).get(at(person))
    shown = page.content.decode()
    assert "Utang agen" in hana
    assert "Utang agen" not in shown
    assert "indikasi" not in shown.lower()
    assert "indication" not in shown.lower()
    assert [bool(step.where) for step in page.context["steps"]] == [False, False, True]
    for what in ("penapisan/", "serah-terima/", "penolakan/"):
        assert desk(w.darius).get(at(person, what)).status_code == 404


def test_the_report_that_was_made_is_a_link_for_whoever_reads_reports_there(w, desk):
    person = came_home(w)
    made = screening.note(person, answers={"debt": "yes"}, finding="indications", by=w.hana, at=w.at).report
    page = desk(w.hana).get(at(person)).content.decode()
    assert made.number in page
    assert f"/desk/laporan/{made.number}/" not in page
    assert desk(w.rina).get(f"/desk/laporan/{made.number}/").status_code == 200


def test_an_earlier_return_is_shown_to_whoever_may_know_of_it(w, desk):
    first = came_home(w, nik=NIK, arrived_on=localdate() - timedelta(days=40))
    second = came_home(w, nik=NIK)
    page = desk(w.hana).get(at(second)).content.decode()
    assert first.number in page
    assert second.number not in re.sub(r"<h1>.*?</span>", "", desk(w.hana).get(at(first)).content.decode()).split(
        'class="plain"')[-1]  # fmt: skip


def test_of_an_earlier_return_elsewhere_only_the_agency_is_told(w, desk):
    first = came_home(w, nik=NIK, home="61.01.01", arrived_on=localdate() - timedelta(days=40))
    second = came_home(w, nik=NIK)
    page = desk(w.joko).get(at(second)).content.decode()
    assert first.number not in page
    assert page.count("BP3MI Kalimantan Barat") >= 2
    assert desk(w.joko).get(at(second)).context["elsewhere"] == ["BP3MI Kalimantan Barat"]


def test_a_village_learns_of_no_earlier_return_that_it_may_not_know_of(w, desk):
    first = came_home(w, nik=NIK, arrived_on=localdate() - timedelta(days=40))
    second = came_home(w, nik=NIK)
    assert first.number in desk(w.darius).get(at(second)).content.decode()
    meetings.ask_village(first, may_know="no", by=w.hana, at=w.at)
    page = desk(w.darius).get(at(second))
    assert (page.context["earlier"], page.context["elsewhere"]) == ([], [])


def test_who_is_kept_out_of_a_return_learns_nothing_of_it(w, desk):
    first = came_home(w, nik=NIK, arrived_on=localdate() - timedelta(days=40))
    second = came_home(w, nik=NIK)
    assert first.number in desk(w.joko).get(at(second)).content.decode()
    exclusions.keep_out(first, officer=w.joko, by=None, at=w.at)
    page = desk(w.joko).get(at(second))
    assert (page.context["earlier"], page.context["elsewhere"]) == ([], [])
    assert desk(w.joko).get(at(first)).status_code == 404


def test_the_village_is_corrected_and_another_office_visits(w, desk):
    person = came_home(w, home="61.07")
    client = desk(w.hana)
    page = client.get(at(person, "betulkan/"))
    told = typed(page) | {"home": "Jagoi", "home_kode": "61.07.07.2001", "home_untuk": "Jagoi"}
    assert client.post(at(person, "betulkan/"), told).status_code == 302
    assert w.anew(person).home_id == "61.07.07.2001"
    assert w.owed("visit_returnee", on=person).owed_by == w.jagoi
    assert Entry.objects.filter(act=Act.RETURNEE_CORRECTED).count() == 1


def test_looking_for_a_place_checks_nothing_and_loses_nothing(w, desk):
    person = came_home(w, home="61.07")
    client = desk(w.hana)
    told = typed(client.get(at(person, "betulkan/"))) | {"home": "jagoi", "name": "Melati K", "cari": "home"}
    page = client.post(at(person, "betulkan/"), told)
    assert page.status_code == 200
    assert "61.07.07.2001" in page.content.decode()
    assert "Melati K" in page.content.decode()
    assert w.anew(person).home_id == "61.07"


def test_a_correction_that_changes_nothing_writes_nothing(w, desk):
    person = came_home(w)
    client = desk(w.hana)
    page = client.get(at(person, "betulkan/"))
    assert client.post(at(person, "betulkan/"), typed(page)).status_code == 302
    assert not Entry.objects.filter(act=Act.RETURNEE_CORRECTED).exists()


def test_two_officers_who_correct_at_once_see_both_versions(w, desk):
    person = came_home(w)
    hana, joko = desk(w.hana), desk(w.joko)
    first, second = typed(hana.get(at(person, "betulkan/"))), typed(joko.get(at(person, "betulkan/")))
    assert hana.post(at(person, "betulkan/"), first | {"name": "Melati Sari"}).status_code == 302
    page = joko.post(at(person, "betulkan/"), second | {"name": "Melati Putri"})
    assert page.status_code == 409
    assert all(name in page.content.decode() for name in ("Melati Sari", "Melati Putri", "Hana Pertiwi"))
    assert w.anew(person).person.name.opened() == "Melati Sari"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(w, desk):
    person = came_home(w)
    client = desk(w.hana)
    told = typed(client.get(at(person, "betulkan/"))) | {"nik": "123", "name": "Melati K", "birth_date": "2999-01-01"}
    page = client.post(at(person, "betulkan/"), told)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"nik", "birth_date"}
    assert "Melati K" in page.content.decode()


def test_after_moving_somebody_away_the_village_is_led_back_to_its_list(w, desk):
    person = came_home(w)
    client = desk(w.darius)
    told = typed(client.get(at(person, "betulkan/"))) | {"home": "x", "home_kode": "61.07.07.2002", "home_untuk": "x"}
    assert client.post(at(person, "betulkan/"), told).url == LIST
    assert client.get(LIST).status_code == 200


def test_somebody_whom_no_list_named_is_entered_by_hand_with_the_same_clocks(w, desk):
    client = desk(w.hana)
    assert client.get(f"{LIST}baru/").status_code == 200
    told = {
        "arrived_on": localdate().isoformat(), "kind": "deportation", "name": "Dahlia Sari", "sex": "P", "age": "17",
        "home": "Jagoi", "home_kode": "61.07.07.2001", "home_untuk": "Jagoi", "reason": "no_passport",
        "onward": "family", "remarks": "Datang sendiri",
    }  # fmt: skip
    answer = client.post(f"{LIST}baru/", told)
    person = Returnee.objects.get()
    assert answer.url == at(person)
    assert (person.age, person.reason, person.home_id) == (17, "no_passport", "61.07.07.2001")
    assert person.remarks.opened() == "Datang sendiri"
    assert w.owed("visit_returnee", on=person).owed_by == w.jagoi
    assert w.owed("hand_over_returnee", on=person).owed_by == w.bp3mi
    assert w.owed("tell_home_of_returnees", on=Notice.objects.get())


def test_what_cannot_be_of_somebody_new_is_said(w, desk):
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    client = desk(w.hana)
    page = client.post(f"{LIST}baru/", {"arrived_on": tomorrow, "name": "Dahlia", "kind": "x", "nik": "12"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"arrived_on", "kind", "nik"}
    page = client.post(f"{LIST}baru/", {
        "arrived_on": localdate().isoformat(), "name": "D", "kind": "deportation", "birth_date": tomorrow})  # fmt: skip
    assert "birth_date" in page.context["form"].errors
    assert not Returnee.objects.exists()


@pytest.mark.parametrize("row", ["0", "2", "9" * 30])
def test_a_line_that_no_list_has_is_not_found(w, desk, row):
    person = came_home(w)
    assert desk(w.hana).get(f"{LIST}{person.manifest.number}/{row}/").status_code == 404


def test_the_page_of_a_person_costs_the_same_with_much_history(w, desk):
    person = came_home(w)
    client = desk(w.hana)
    screening.note(person, answers={"debt": "no"}, finding="none", by=w.hana, at=w.at)
    meetings.note(person, on=localdate(), outcome="not_found", by=w.darius, at=w.at)
    client.get(at(person))
    with CaptureQueriesContext(connection) as short:
        client.get(at(person))
    for _n in range(6):
        screening.note(person, answers={"debt": "no"}, finding="none", by=w.hana, at=w.at)
        meetings.note(person, on=localdate(), outcome="not_found", by=w.darius, at=w.at)
    with CaptureQueriesContext(connection) as long:
        client.get(at(person))
    assert len(long) == len(short)


def test_places_with_the_same_home_are_named_in_full(w, desk):
    came_home(w, home="61.07.07")
    assert Place.objects.get(pk="61.07.07").name in desk(w.hana).get(LIST).content.decode()


def test_somebody_is_kept_out_and_let_in_again(w, desk):
    person, hana = came_home(w), desk(w.hana)
    assert desk(w.darius).get(at(person)).status_code == 200
    answer = hana.post(at(person, "pengecualian/"), {"officer": w.darius.pk})
    assert answer.url == at(person)
    assert desk(w.darius).get(at(person)).status_code == 404
    assert person.number not in desk(w.darius).get(LIST).content.decode()
    shown = hana.get(at(person))
    kept_out = exclusions.of(person).get()
    assert [each.officer for each in shown.context["excluded"]] == [w.darius]
    assert at(person, f"pengecualian/{kept_out.pk}/cabut/") in shown.content.decode()
    hana.post(at(person, f"pengecualian/{kept_out.pk}/cabut/"))
    assert desk(w.darius).get(at(person)).status_code == 200


def test_who_is_to_be_kept_out_is_said_once_and_not_oneself(w, desk):
    person, hana = came_home(w), desk(w.hana)
    for sent in ({}, {"officer": w.darius.pk, "agency": w.jagoi.pk}, {"officer": w.hana.pk}, {"agency": w.bp3mi.pk}):
        assert hana.post(at(person, "pengecualian/"), sent).status_code == 422
    assert not exclusions.of(person).exists()


def test_only_the_agency_that_took_in_the_manifest_keeps_somebody_out(w, desk):
    person = came_home(w)
    made = exclusions.shut(person, agency=w.hospital, by=w.hana, at=w.at)
    for officer in (w.joko, w.darius, w.yanti, w.siti):
        client = desk(officer)
        assert client.get(at(person, "pengecualian/")).status_code == 404
        assert client.post(at(person, "pengecualian/"), {"officer": w.rina.pk}).status_code == 404
        assert client.post(at(person, f"pengecualian/{made.pk}/cabut/")).status_code == 404
    assert exclusions.of(person).get() == made
    assert "pengecualian" not in desk(w.joko).get(at(person)).content.decode()
    other = came_home(w)
    assert desk(w.hana).post(at(other, f"pengecualian/{made.pk}/cabut/")).status_code == 404
