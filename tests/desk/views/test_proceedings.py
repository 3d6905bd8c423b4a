"""Proceedings: begun with the offences of the date of the act, followed step by step; examinations."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from simpul.agencies import exclusions, offices
from simpul.cases import emergency, proceedings
from simpul.cases.models import Examination, Proceeding, ProceedingStep
from simpul.journal.acts import Act
from simpul.journal.models import Entry

OLD, NEW = "uu21_2007_2", "kuhp_455"
BEFORE, AFTER = "2025-12-01", "2026-02-01"


@pytest.fixture
def case(today_world):
    return today_world.case()


@pytest.fixture
def proceeding(today_world, case):
    return proceedings.begin(case, act_on=date(2026, 2, 1), offences=[NEW], by=today_world.rina, at=today_world.at)


def at(case, act=""):
    return f"/desk/kasus/{case.number}/{act}"


def of(proceeding, act=""):
    return at(proceeding.case, f"perkara/{proceeding.pk}/{act}")


def step(world, proceeding, kind, days_ago, **told):
    day = localdate(world.at) - timedelta(days=days_ago)
    return proceedings.note_step(proceeding, kind=kind, on=day, by=world.rina, at=world.at, **told)


def to_the_charge(world, proceeding):
    for days_ago, kind in ((40, "investigation"), (30, "file_sent"), (20, "p21"), (10, "charge")):
        step(world, proceeding, kind, days_ago)


def days_ago(world, days):
    return f"{localdate(world.at) - timedelta(days=days):%Y-%m-%d}"


def test_the_date_of_the_act_comes_first(today_world, desk, case):
    page = desk(today_world.rina).get(at(case, "perkara/baru/")).content.decode()
    assert 'name="tanggal"' in page
    assert 'name="offences"' not in page


@pytest.mark.parametrize(("day", "offered", "other"), [(BEFORE, OLD, NEW), (AFTER, NEW, OLD)])
def test_only_offences_in_force_on_that_day_can_be_ticked_and_the_others_are_told(
    today_world, desk, case, day, offered, other
):
    page = desk(today_world.rina).get(at(case, "perkara/baru/"), {"tanggal": day}).content.decode()
    assert f'value="{offered}"' in page
    assert f'value="{other}"' not in page
    assert "1 Januari 2026" in page
    assert "2 Januari 2026" in page


@pytest.mark.parametrize("day", ["", "2026-13-40", "2999-01-01"])
def test_a_date_that_cannot_be_is_said(today_world, desk, case, day):
    answer = desk(today_world.rina).get(at(case, "perkara/baru/"), {"tanggal": day})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_proceeding_begins_with_its_suspect_and_offices(today_world, desk, case):
    suspect = today_world.victim(case, name="Tersangka Satu")
    suspect.part = "suspect"
    suspect.save(update_fields=["part"])
    court = offices.record("PN Bengkayang", kind="court", place=today_world.uptd.place, by=None, at=today_world.at)
    rina = desk(today_world.rina)
    assert "Tersangka Satu" in rina.get(at(case, "perkara/baru/"), {"tanggal": AFTER}).content.decode()
    rina.post(at(case, "perkara/baru/"), {
        "act_on": AFTER, "offences": [NEW], "accused": suspect.pk, "police": today_world.police.pk, "court": court.pk,
        "docket": "12/Pid.Sus/2026",
    })  # fmt: skip
    begun = Proceeding.objects.get()
    assert (begun.offences, begun.accused, begun.police, begun.court) == ([NEW], suspect, today_world.police, court)
    page = rina.get(of(begun)).content.decode()
    assert "Tersangka Satu" in page
    assert "12/Pid.Sus/2026" in page


def test_an_offence_of_another_time_is_refused_with_the_rule_and_nothing_typed_is_lost(today_world, desk, case):
    typed = {"act_on": AFTER, "offences": [OLD], "docket": "12/Pid.Sus/2026"}
    answer = desk(today_world.rina).post(at(case, "perkara/baru/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "12/Pid.Sus/2026" in page
    assert "01-02-2026" in page
    assert f'value="{OLD}"' in page
    assert not Proceeding.objects.exists()


def test_offices_that_are_kept_out_are_not_offered(today_world, desk, case):
    rina = desk(today_world.rina)
    where = at(case, f"perkara/baru/?tanggal={AFTER}")
    assert today_world.police.name in rina.get(where).content.decode()
    exclusions.keep_out(case, agency=today_world.police, by=today_world.yanti, at=today_world.at)
    assert today_world.police.name not in rina.get(where).content.decode()


def test_only_steps_that_may_come_next_are_offered(today_world, desk, proceeding):
    rina = desk(today_world.rina)
    page = rina.get(of(proceeding)).content.decode()
    assert '<option value="investigation"' in page
    assert '<option value="verdict"' not in page
    assert 'name="outcome"' not in page
    to_the_charge(today_world, proceeding)
    page = rina.get(of(proceeding)).content.decode()
    assert '<option value="verdict"' in page
    assert 'name="outcome"' in page


def test_a_step_is_noted_and_struck_out(today_world, desk, proceeding):
    rina = desk(today_world.rina)
    rina.post(of(proceeding), {"kind": "investigation", "on": days_ago(today_world, 3), "note": "SPDP diterima"})
    noted = ProceedingStep.objects.get()
    assert noted.note.opened() == "SPDP diterima"
    assert "SPDP diterima" in rina.get(of(proceeding)).content.decode()
    rina.post(of(proceeding, f"langkah/{noted.pk}/coret/"))
    assert not ProceedingStep.objects.exists()
    assert Entry.objects.filter(act=Act.PROCEEDING_STEP_NOTED, facts__struck=True).exists()


def test_a_step_on_which_another_rests_is_not_struck_out(today_world, desk, proceeding):
    to_the_charge(today_world, proceeding)
    rested_on = proceeding.steps.get(kind="p21")
    page = desk(today_world.rina).post(of(proceeding, f"langkah/{rested_on.pk}/coret/"), follow=True).content.decode()
    assert 'class="error"' in page
    assert proceeding.steps.filter(kind="p21").exists()


def test_a_verdict_says_how_it_decided_with_prison_and_fine(today_world, desk, proceeding):
    to_the_charge(today_world, proceeding)
    rina = desk(today_world.rina)
    typed = {"kind": "verdict", "on": days_ago(today_world, 5), "prison_months": "36", "fine": "Rp 120.000.000"}
    answer = rina.post(of(proceeding), typed)
    assert answer.status_code == 422
    assert "Rp 120.000.000" in answer.content.decode()
    rina.post(of(proceeding), typed | {"outcome": "convicted"})
    verdict = proceeding.steps.get(kind="verdict")
    assert (verdict.outcome, verdict.prison_months, int(verdict.fine)) == ("convicted", 36, 120_000_000)
    assert "Rp120.000.000" in rina.get(of(proceeding)).content.decode()


def test_a_step_before_the_act_or_in_the_future_is_refused_with_everything_typed(today_world, desk, proceeding):
    rina = desk(today_world.rina)
    for day in ("2026-01-15", days_ago(today_world, -5)):
        answer = rina.post(of(proceeding), {"kind": "investigation", "on": day, "note": "Ditulis tangan"})
        assert answer.status_code == 422
        assert "Ditulis tangan" in answer.content.decode()
    assert not ProceedingStep.objects.exists()


def test_a_correction_changes_only_what_was_changed(today_world, desk, proceeding):
    rina = desk(today_world.rina)
    page = rina.get(of(proceeding, "ubah/"))
    shown = page.context["form"].versions.shown
    rina.post(of(proceeding, "ubah/"), {"act_on": AFTER, "offences": [NEW], "docket": "7/Pid/2026", "versi": shown})
    assert today_world.anew(proceeding).docket.opened() == "7/Pid/2026"
    entry = Entry.objects.filter(act=Act.PROCEEDING_NOTED).latest("number")
    assert entry.facts["fields"] == ["docket"]


def test_of_two_who_correct_at_once_the_second_chooses(today_world, desk, proceeding):
    rina = desk(today_world.rina)
    shown = rina.get(of(proceeding, "ubah/")).context["form"].versions.shown
    proceedings.describe(proceeding, docket="1/Pid/2026", by=today_world.yanti, at=today_world.at)
    typed = {"act_on": AFTER, "offences": [NEW], "docket": "2/Pid/2026", "versi": shown}
    answer = rina.post(of(proceeding, "ubah/"), typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "1/Pid/2026" in page
    assert "2/Pid/2026" in page
    assert today_world.anew(proceeding).docket.opened() == "1/Pid/2026"


def test_an_examination_is_noted_with_who_sat_beside_the_person(today_world, desk, proceeding):
    victim = today_world.victim(proceeding.case, childhood="child")
    rina = desk(today_world.rina)
    where = at(proceeding.case, f"pemeriksaan/baru/?perkara={proceeding.pk}")
    assert "Melati Kusuma" in rina.get(where).content.decode()
    rina.post(where, {
        "who": victim.pk, "on": days_ago(today_world, 1), "place": "special_room", "proceeding": proceeding.pk,
        "has_companion": "on", "beside": "Ibu Ani, pendamping", "agency": today_world.police.pk,
    })  # fmt: skip
    examination = Examination.objects.get()
    assert (examination.involvement, examination.proceeding, examination.is_alone) == (victim, proceeding, False)
    page = rina.get(of(proceeding)).content.decode()
    assert "Ibu Ani, pendamping" in page


def test_an_examination_alone_is_noted_and_said(today_world, desk, proceeding):
    victim = today_world.victim(proceeding.case, childhood="child")
    typed = {"who": victim.pk, "on": days_ago(today_world, 1), "place": "police_room", "proceeding": proceeding.pk}
    page = desk(today_world.rina).post(at(proceeding.case, "pemeriksaan/baru/"), typed, follow=True).content.decode()
    assert Examination.objects.get().is_alone
    assert '<span class="tag danger">' in page


def test_a_suspect_is_not_offered_for_an_examination(today_world, desk, proceeding):
    suspect = today_world.victim(proceeding.case, name="Tersangka Satu")
    suspect.part = "suspect"
    suspect.save(update_fields=["part"])
    today_world.victim(proceeding.case)
    page = desk(today_world.rina).get(at(proceeding.case, "pemeriksaan/baru/")).content.decode()
    assert "Melati Kusuma" in page
    assert "Tersangka Satu" not in page


def test_whoever_reads_in_an_emergency_changes_nothing(today_world, desk, proceeding):
    emergency.break_glass(
        proceeding.case.number, reason="Korban terancam malam ini, tidak ada jawaban.", by=today_world.lina,
        at=today_world.at,
    )  # fmt: skip
    lina = desk(today_world.lina)
    page = lina.get(of(proceeding)).content.decode()
    assert 'name="kind"' not in page
    posted = lina.post(of(proceeding), {"kind": "investigation", "on": days_ago(today_world, 1)})
    assert posted.status_code in {403, 422}
    assert lina.get(of(proceeding, "ubah/")).status_code == 403
    assert not ProceedingStep.objects.exists()


def test_a_proceeding_of_another_case_is_not_reached_through_this_one(today_world, desk, proceeding):
    other = today_world.case()
    rina = desk(today_world.rina)
    assert rina.get(of(proceeding)).status_code == 200
    assert rina.get(at(other, f"perkara/{proceeding.pk}/")).status_code == 404


def test_the_file_shows_proceedings_and_costs_the_same_for_one_and_for_many(today_world, desk, proceeding):
    rina = desk(today_world.rina)

    def cost(where):
        with CaptureQueriesContext(connection) as seen:
            assert rina.get(where).status_code == 200
        return len(seen)

    cost(at(proceeding.case))
    to_the_charge(today_world, proceeding)
    file, page = cost(at(proceeding.case)), cost(of(proceeding))
    for _ in range(6):
        more = proceedings.begin(
            proceeding.case, act_on=date(2026, 2, 1), offences=[NEW], by=today_world.rina, at=today_world.at
        )
        to_the_charge(today_world, more)
    for _ in range(6):
        step(today_world, proceeding, "p19", 15, note="Lengkapi keterangan ahli.")
    assert cost(at(proceeding.case)) == file
    assert cost(of(proceeding)) == page
    assert of(proceeding) in rina.get(at(proceeding.case)).content.decode()
