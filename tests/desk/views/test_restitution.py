"""Restitution: itemised, followed step by step, summed up for the region; who may see what."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.agencies import exclusions
from simpul.cases import emergency, proceedings, restitution
from simpul.cases.models import Restitution, RestitutionStep
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.obligations.models import Obligation


@pytest.fixture
def victim(today_world):
    return today_world.victim(today_world.case())


@pytest.fixture
def claim(today_world, victim):
    return restitution.begin(victim, by=today_world.rina, at=today_world.at)


@pytest.fixture
def awarded(today_world, claim):
    """A claim of five million of which four were awarded."""
    items = [("income", Decimal(5_000_000), "Gaji lima bulan")]
    restitution.itemise(claim, items, by=today_world.rina, at=today_world.at)
    for days, kind, amount in ((9, "claimed", None), (8, "demanded", 5_000_000), (7, "awarded", 4_000_000)):
        step(today_world, claim, kind, days, amount)
    return claim


def step(world, claim, kind, days_ago, amount=None):
    day = localdate(world.at) - timedelta(days=days_ago)
    amount = Decimal(amount) if amount is not None else None
    return restitution.note_step(claim, kind=kind, on=day, amount=amount, by=world.rina, at=world.at)


def at(victim, act=""):
    return f"/desk/kasus/{victim.case.number}/orang/{victim.pk}/restitusi/{act}"


def today(world):
    return f"{localdate(world.at):%Y-%m-%d}"


def shown(client, victim):
    return client.get(at(victim, "rincian/")).context["form"].versions.shown


def amounts(claim):
    return {item.head: item.amount for item in claim.items.all()}


def test_the_restitution_of_a_victim_begins_with_a_click_and_takes_the_one_proceeding(today_world, desk, victim):
    proceeding = proceedings.begin(
        victim.case, act_on=localdate(today_world.at), offences=[], by=today_world.rina, at=today_world.at
    )
    rina = desk(today_world.rina)
    assert "mulai/" in rina.get(at(victim)).content.decode()
    rina.post(at(victim, "mulai/"))
    assert Restitution.objects.get().proceeding == proceeding
    assert "mulai/" not in rina.get(at(victim)).content.decode()


def test_amounts_are_typed_as_people_write_them(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    typed = {"amount_income": "Rp 5.000.000,50", "note_income": "Gaji", "amount_medical": "750000"}
    rina.post(at(victim, "rincian/"), typed | {"versi": shown(rina, victim)})
    assert amounts(claim) == {"income": Decimal("5000000.50"), "medical": Decimal(750_000)}
    assert today_world.anew(claim).claimed == Decimal("5750000.50")
    page = rina.get(at(victim, "rincian/")).content.decode()
    assert 'value="5.000.000,50"' in page
    assert 'value="750.000"' in page


def test_an_amount_that_cannot_be_read_is_said_beside_it_and_nothing_typed_is_lost(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    typed = {"amount_income": "5,000,000", "note_income": "Gaji lima bulan", "note_medical": "Obat"}
    answer = rina.post(at(victim, "rincian/"), typed | {"versi": shown(rina, victim)})
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ("5,000,000", "Gaji lima bulan", "Obat", "#id_amount_income", "#id_amount_medical"):
        assert text in page
    assert not claim.items.exists()


def test_a_row_is_added_without_a_script_and_without_checking(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    assert 'name="amount_x0"' not in rina.get(at(victim, "rincian/")).content.decode()
    typed = {"amount_income": "x", "note_income": "Gaji", "tambah": "1", "versi": shown(rina, victim)}
    answer = rina.post(at(victim, "rincian/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="amount_x0"' in page
    assert 'value="Gaji"' in page
    assert 'role="alert"' not in page
    again = rina.post(at(victim, "rincian/"), typed | {"head_x0": "other", "amount_x0": "1.000", "note_x0": ""})
    assert 'name="amount_x1"' in again.content.decode()


def test_one_head_holds_several_losses(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    rina.post(at(victim, "rincian/"), {
        "amount_income": "1.000.000", "note_income": "Gaji", "head_x0": "income", "amount_x0": "500.000",
        "note_x0": "Potongan", "versi": shown(rina, victim),
    })  # fmt: skip
    assert sorted(item.amount for item in claim.items.filter(head="income")) == [500_000, 1_000_000]
    page = rina.get(at(victim, "rincian/")).content.decode()
    assert 'value="Potongan"' in page
    assert 'name="amount_x0"' in page


def test_a_further_row_says_which_loss_it_is(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    typed = {"head_x0": "", "amount_x0": "500.000", "note_x0": "", "versi": shown(rina, victim)}
    answer = rina.post(at(victim, "rincian/"), typed)
    assert answer.status_code == 422
    assert "#id_head_x0" in answer.content.decode()


def test_a_claim_without_any_item_is_refused(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    answer = rina.post(at(victim, "rincian/"), {"versi": shown(rina, victim), "amount_income": ""})
    assert answer.status_code == 422


def test_of_two_who_itemise_at_once_the_second_chooses(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    filled_with = shown(rina, victim)
    restitution.itemise(claim, [("income", Decimal(3_000_000), "")], by=today_world.yanti, at=today_world.at)
    answer = rina.post(at(victim, "rincian/"), {"amount_income": "4.000.000", "versi": filled_with})
    assert answer.status_code == 409
    assert "Yanti Sari" in answer.content.decode()
    assert amounts(claim) == {"income": 3_000_000}
    row = answer.context["form"].versions.rows[0]
    rina.post(at(victim, "rincian/"), {
        "amount_income": "4.000.000", "versi": filled_with, row.choice: f"saya:{row.fingerprint}",
    })  # fmt: skip
    assert amounts(claim) == {"income": 4_000_000}


def test_only_steps_that_may_follow_are_offered(today_world, desk, victim, claim):
    rina = desk(today_world.rina)
    page = rina.get(at(victim)).content.decode()
    assert '<option value="informed"' in page
    assert '<option value="awarded"' not in page
    assert '<option value="paid"' not in page


def test_a_step_is_noted_with_its_amount_and_struck_out(today_world, desk, victim, awarded):
    rina = desk(today_world.rina)
    rina.post(at(victim), {"kind": "paid", "on": today(today_world), "amount": "1.500.000", "note": "Tunai"})
    claim = today_world.anew(awarded)
    assert claim.paid == 1_500_000
    page = rina.get(at(victim)).content.decode()
    assert "Rp2.500.000" in page
    assert "Tunai" in page
    noted = RestitutionStep.objects.get(kind="paid")
    rina.post(at(victim, f"langkah/{noted.pk}/coret/"))
    assert today_world.anew(awarded).paid == 0


def test_more_than_the_award_is_not_paid_and_the_sentence_says_what_is_left(today_world, desk, victim, awarded):
    typed = {"kind": "paid", "on": today(today_world), "amount": "4.000.001", "note": "Ditulis tangan"}
    answer = desk(today_world.rina).post(at(victim), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for text in ("4.000.001", "Ditulis tangan", "Rp4.000.000,00"):
        assert text in page


def test_the_award_waits_for_the_verdict_of_the_proceeding(today_world, desk, victim, claim):
    proceeding = proceedings.begin(
        victim.case, act_on=localdate(today_world.at), offences=[], by=today_world.rina, at=today_world.at
    )
    rina = desk(today_world.rina)
    rina.post(at(victim, "perkara/"), {"proceeding": proceeding.pk, "versi": ""})
    restitution.itemise(claim, [("income", Decimal(1), "")], by=today_world.rina, at=today_world.at)
    step(today_world, today_world.anew(claim), "claimed", 0)
    page = rina.get(at(victim)).content.decode()
    assert today_world.anew(claim).proceeding == proceeding
    assert '<option value="demanded"' in page
    assert '<option value="awarded"' not in page


def test_two_laws_with_two_times_stand_side_by_side(today_world, desk, victim, awarded):
    step(today_world, awarded, "verdict_final", 3)
    step(today_world, awarded, "copy_received", 2)
    page = desk(today_world.rina).get(at(victim)).content.decode()
    assert "UU 21/2007 Pasal 48 ayat (6)" in page
    assert "PP 7/2018 Pasal 32 ayat (1)" in page
    assert Obligation.objects.about(f"cases.restitution:{awarded.pk}").filter(rule="restitution_paid").exists()


def test_a_claim_that_was_filed_keeps_its_items(today_world, desk, victim, awarded):
    rina = desk(today_world.rina)
    assert "rincian/" not in rina.get(at(victim)).content.decode()
    answer = rina.post(at(victim, "rincian/"), {"amount_income": "1", "versi": shown(rina, victim)})
    assert answer.status_code == 422
    assert amounts(awarded) == {"income": 5_000_000}


def test_whoever_reads_in_an_emergency_changes_nothing(today_world, desk, victim, awarded):
    emergency.break_glass(
        victim.case.number, reason="Korban terancam malam ini, tidak ada jawaban.", by=today_world.lina,
        at=today_world.at,
    )  # fmt: skip
    lina = desk(today_world.lina)
    page = lina.get(at(victim)).content.decode()
    assert "Rp4.000.000" in page
    assert 'name="kind"' not in page
    assert lina.get(at(victim, "rincian/")).status_code == 403
    assert not RestitutionStep.objects.filter(kind="paid").exists()


def test_a_witness_has_no_restitution(today_world, desk, victim):
    victim.part = "witness"
    victim.save(update_fields=["part"])
    assert desk(today_world.rina).get(at(victim)).status_code == 404


def test_the_page_and_the_file_cost_the_same_for_few_and_for_many(today_world, desk, victim, awarded):
    rina = desk(today_world.rina)
    file = f"/desk/kasus/{victim.case.number}/"

    def cost(where):
        with CaptureQueriesContext(connection) as seen:
            assert rina.get(where).status_code == 200
        return len(seen)

    cost(at(victim))
    before = cost(at(victim))
    for _ in range(8):
        step(today_world, awarded, "paid", 1, 1000)
    assert cost(at(victim)) == before
    with_one = cost(file)
    more = [today_world.victim(victim.case, name=f"Korban {n}") for n in range(4)]
    with_five = cost(file)
    for each in more:
        restitution.begin(each, by=today_world.rina, at=today_world.at)
    # Each name that is shown is read and written down; the claims cost nothing more.
    assert cost(file) == with_five > with_one


def test_sums_of_the_region_and_of_the_own_agency(today_world, desk, victim, awarded):
    step(today_world, awarded, "paid", 1, 1_000_000)
    for name in ("dewi", "rina", "yanti"):
        page = desk(getattr(today_world, name)).get("/desk/restitusi/").content.decode()
        for text in ("Rp4.000.000", "Rp1.000.000", "25%", "Bengkayang"):
            assert text in page
        assert "Melati" not in page
    assert "Rp4.000.000" not in desk(today_world.siti).get("/desk/restitusi/").content.decode()
    assert desk(today_world.budi).get("/desk/restitusi/").status_code == 404


@pytest.mark.parametrize(("way", "key"), [("lembaga", "UPTD PPA Bengkayang"), ("tahun", "20"), ("apa saja", "Bengk")])
def test_sums_by_agency_and_year(today_world, desk, awarded, way, key):
    dewi = desk(today_world.dewi)
    page = dewi.get("/desk/restitusi/", {"menurut": way}).content.decode()
    assert key in page
    table = list(csv.reader(io.StringIO(dewi.get("/desk/restitusi.csv", {"menurut": way}).content.decode())))
    assert [Decimal(cell) for cell in table[1][1:]] == [1, 5_000_000, 5_000_000, 4_000_000, 0, 0]
    assert "Dewi Lestari" in table[-1][0]


def test_whoever_is_kept_out_finds_nothing_of_it_in_the_sums(today_world, desk, victim, awarded):
    clients = [desk(today_world.rina), desk(today_world.dewi)]
    assert all("Rp4.000.000" in each.get("/desk/restitusi/").content.decode() for each in clients)
    for officer in (today_world.rina, today_world.dewi):
        exclusions.keep_out(victim.case, officer=officer, by=today_world.yanti, at=today_world.at)
    assert not any("Rp4.000.000" in each.get("/desk/restitusi/").content.decode() for each in clients)


def test_the_claim_is_printed_and_that_is_written_down(today_world, desk, victim, awarded):
    answer = desk(today_world.rina).get(at(victim, "surat/"))
    assert answer["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(act=Act.DOCUMENT_MADE, facts={"paper": "restitution_claim"}).exists()
