"""Papers of the desk: shown in the browser, kept by nothing on the way, each printing written down."""

import pytest
from django.utils.timezone import localdate

from simpul.cases import entitlements, restitution, returns, services
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.places.models import Place
from simpul.privacy import breaches, requests
from simpul.reference import catalogues
from tests.returns import came_home, with_returns


@pytest.fixture
def victim(today_world):
    return today_world.victim(today_world.case())


def of(victim, act):
    return f"/desk/kasus/{victim.case.number}/orang/{victim.pk}/{act}"


def service_of(victim, service, act):
    return f"/desk/kasus/{victim.case.number}/layanan/{service.pk}/{act}"


def refused_service(w, victim):
    service = w.service(victim, kind="health")
    services.move(service, to="refused", by=w.rina, at=w.at)
    return service_of(victim, service, "penolakan/")


def refused_right(w, victim):
    entitlements.refuse(victim, "shelter", by=w.rina, at=w.at)
    return of(victim, "hak/shelter/penolakan/")


def way_home(w, victim):
    service = services.request(victim, kind="repatriation", by=w.rina, at=w.at)
    homeward = returns.wish(service, home=Place.objects.get(pk="61.01"), wish="Pulang.", by=w.rina, at=w.at)
    answers = {term.code: "yes" for term in catalogues.terms("safety_checks")}
    returns.check_safety(homeward, answers=answers, is_safe=True, by=w.rina, at=w.at)
    returns.depart(homeward, on=localdate(w.at), by=w.rina, at=w.at)
    return service_of(victim, service, "serah-terima/")


def claim(w, victim):
    followed = restitution.begin(victim, by=w.rina, at=w.at)
    restitution.itemise(followed, [("income", 1000, "Gaji")], by=w.rina, at=w.at)
    return of(victim, "restitusi/surat/")


def asked(w, victim):
    request = requests.record(
        victim.person, case=victim.case, kind="access", asked_by="person", words="Siapa?", received_at=w.at, by=w.rina,
        at=w.at,
    )  # fmt: skip
    return f"/desk/kasus/{victim.case.number}/permintaan/{request.pk}/pembaca/surat/"


PAPERS = {
    "refusal_of_a_service": (refused_service, "refusal_statement"),
    "refusal_of_a_right": (refused_right, "refusal_statement"),
    "handover": (way_home, "handover_record"),
    "claim": (claim, "restitution_claim"),
    "power_of_attorney": (lambda w, victim: of(victim, "surat-kuasa/"), "power_of_attorney"),
    "readings": (asked, "readings"),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_shown_and_written_down_and_its_name_names_nobody(today_world, desk, victim, name):
    where, paper = PAPERS[name]
    answer = desk(today_world.rina).get(where(today_world, victim))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith('inline; filename="')
    assert "Melati" not in answer["Content-Disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert Entry.objects.filter(act=Act.DOCUMENT_MADE, facts={"paper": paper}, officer_id=today_world.rina.pk).exists()


@pytest.mark.parametrize("name", PAPERS)
def test_a_stranger_finds_no_paper_and_leaves_no_entry(today_world, desk, victim, name):
    where = PAPERS[name][0](today_world, victim)
    assert desk(today_world.siti).get(where).status_code == 404
    assert not Entry.objects.filter(act=Act.DOCUMENT_MADE).exists()


def test_a_receipt_is_typed_line_by_line_and_kept_nowhere(today_world, desk, victim):
    rina = desk(today_world.rina)
    typed = {"way": "kepada", "things": "Paspor; 1; halaman 12 sobek\n\nPakaian", "purpose": "Dikembalikan"}
    answer = rina.post(of(victim, "tanda-terima/"), typed)
    assert answer["Content-Type"] == "application/pdf"
    empty = rina.post(of(victim, "tanda-terima/"), typed | {"things": "  ", "purpose": "Ditulis tangan"})
    assert empty.status_code == 422
    assert "Ditulis tangan" in empty.content.decode()
    too_long = rina.post(of(victim, "tanda-terima/"), typed | {"things": "x\n" * 41})
    assert too_long.status_code == 422


def test_what_cannot_be_printed_yet_says_why(today_world, desk, victim):
    service = today_world.service(victim)
    answer = desk(today_world.rina).get(service_of(victim, service, "penolakan/"))
    assert answer.status_code == 403
    assert 'id="isi"' in answer.content.decode()


def test_the_notice_of_a_breach_is_printed_for_a_person_and_for_the_authority(today_world, desk, victim):
    breach = breaches.note(
        discovered_at=today_world.at, kinds=[catalogues.terms("breach_data")[0].code], how="Laptop hilang.",
        by=today_world.wulan, at=today_world.at,
    )  # fmt: skip
    wulan = desk(today_world.wulan)
    for query, paper in (("", "breach_notice_to_person"), ("?untuk=instansi", "breach_notice_to_authority")):
        answer = wulan.get(f"/desk/kebocoran/{breach.number}/surat/cetak/{query}")
        assert answer["Content-Type"] == "application/pdf"
        assert Entry.objects.filter(act=Act.DOCUMENT_MADE, facts={"paper": paper}).exists()
    assert desk(today_world.rina).get(f"/desk/kebocoran/{breach.number}/surat/cetak/").status_code == 404


@pytest.fixture
def sent_home(today_world):
    with_returns(today_world)
    return came_home(today_world, facts={"onward": "family"})


OF_A_RETURN = {
    "handover": ("serah-terima/surat/", "serah-terima-{number}.pdf", "handover_record"),
    "refusal": ("penolakan/surat/", "penolakan-{number}.pdf", "refusal_statement"),
    "postponed": ("penolakan/surat/?untuk=nanti", "penolakan-{number}.pdf", "refusal_statement"),
    "blank": ("penolakan/surat/?untuk=loket", "penolakan-{manifest}.pdf", "refusal_statement"),
}


@pytest.mark.parametrize("name", OF_A_RETURN)
def test_the_papers_of_a_return_are_shown_and_their_names_name_nobody(today_world, desk, sent_home, name):
    w, (way, file, paper) = today_world, OF_A_RETURN[name]
    where = f"/desk/pemulangan/{sent_home.manifest.number}/{sent_home.row}/"
    hana = desk(w.hana)
    answer = hana.get(where + way)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    file = file.format(number=sent_home.number.replace("/", "-"), manifest=sent_home.manifest.number)
    assert answer["Content-Disposition"] == f'inline; filename="{file}"'
    assert answer.content.startswith(b"%PDF-")
    assert Entry.objects.filter(act=Act.DOCUMENT_MADE, facts={"paper": paper}, officer_id=w.hana.pk).exists()
    assert f'href="{where}{way}"' in hana.get(where).content.decode()


def test_a_village_prints_no_paper_of_a_return_and_is_offered_none(today_world, desk, sent_home):
    where = f"/desk/pemulangan/{sent_home.manifest.number}/{sent_home.row}/"
    darius = desk(today_world.darius)
    for way in ("serah-terima/surat/", "penolakan/surat/"):
        assert darius.get(where + way).status_code == 404
        assert way not in darius.get(where).content.decode()


def test_the_notice_to_a_home_region_is_printed_by_whoever_took_in_the_manifest(today_world, desk, sent_home):
    w, notice = today_world, sent_home.manifest.notices.get()
    where, hana = f"/desk/pemulangan/pemberitahuan/{notice.pk}/", desk(w.hana)
    answer = hana.get(f"{where}surat/")
    file = f"pemberitahuan-{notice.manifest.number}-D{notice.pk}.pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{file}"'
    assert Entry.objects.get(act=Act.DOCUMENT_MADE).facts == {"paper": "home_notice"}
    for page in (where, f"/desk/manifes/{notice.manifest.number}/"):
        assert f'href="{where}surat/"' in hana.get(page).content.decode()
    for stranger in (w.joko, w.darius, w.rina):
        assert desk(stranger).get(f"{where}surat/").status_code == 404
    assert Entry.objects.filter(act=Act.DOCUMENT_MADE).count() == 1
