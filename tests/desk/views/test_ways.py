"""The form of a way: several steps on one page, without a script."""

import pytest

from simpul.places import legs
from simpul.places.models import Leg
from tests.returns import came_home, with_returns


@pytest.fixture
def w(today_world):
    return with_returns(today_world)


@pytest.fixture
def report(w):
    return w.report()


@pytest.fixture
def rina(w, desk):
    return desk(w.rina)


def at(report):
    return f"/desk/laporan/{report.number}/jalur/"


def row(number, **told):
    return {f"l{number}-{name}": value for name, value in told.items()}


def sent(*rows, seen="", **buttons):
    data = {"baris": [str(number) for number in range(len(rows))], "seen": seen} | buttons
    for number, told in enumerate(rows):
        data |= row(number, **({"confidence": "person"} | told))
    return data


OUT = {"origin": "jagoi babang", "origin_kode": "61.07.07", "origin_untuk": "jagoi babang",
       "destination_abroad": "kuching", "crossing": "pos:jagoi_babang", "transport": "car",
       "on": "03-2026"}  # fmt: skip
ONWARD = {"destination_abroad": "sibu", "transport": "bus"}


def test_a_way_of_two_steps_is_kept_and_shown_on_the_report(report, rina):
    assert rina.get(at(report)).status_code == 200
    page = rina.post(at(report), sent(OUT, ONWARD, {}), follow=True)
    assert page.redirect_chain
    first, second = legs.of(report)
    assert (first.origin_id, first.post_id, first.crossing, first.precision) == (
        "61.07.07", "jagoi_babang", "official", "month")  # fmt: skip
    # Without a beginning a step begins where the one before ended.
    assert (second.begins_at, second.ends_at) == ("kuching", "sibu")
    assert "Sibu, Malaysia" in page.content.decode()


def test_a_step_is_added_and_taken_out_without_losing_what_was_typed(report, rina):
    page = rina.post(at(report), sent(OUT, ONWARD, tambah="1"))
    assert page.status_code == 200
    assert [each.number for each in page.context["form"].rows] == [0, 1, 2]
    assert 'value="03-2026"' in page.content.decode()
    page = rina.post(at(report), sent(OUT, ONWARD, buang="0"))
    assert [each.number for each in page.context["form"].rows] == [1]
    assert not Leg.objects.exists()


def test_looking_up_a_place_checks_nothing(report, rina):
    page = rina.post(at(report), sent({"destination": "sambas"}, cari="l0-destination"))
    assert page.status_code == 200
    assert not page.context["form"].errors
    assert "l0-destination_kode" in page.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"destination_abroad": "kuching"},
        OUT | {"on": "kemarin"},
        OUT | {"on": "31-02-2026"},
        OUT | {"destination": "61.01", "destination_abroad": "kuching"},
        OUT | {"crossed_in": "jagoi babang", "crossed_in_kode": "61.07.07", "crossed_in_untuk": "jagoi babang"},
        {"origin_abroad": "kuching"},
        OUT | {"on": "2099"},
    ],
)
def test_what_is_not_finished_is_said_and_nothing_is_lost(report, rina, wrong):
    page = rina.post(at(report), sent(wrong))
    assert page.status_code == 422
    assert 'class="errors"' in page.content.decode()
    assert not Leg.objects.exists()


def test_the_form_comes_filled_with_what_is_on_record_and_two_officers_do_not_overwrite(report, rina):
    rina.post(at(report), sent(OUT, ONWARD))
    page = rina.get(at(report))
    assert len(page.context["form"].rows) == 3
    assert 'value="03-2026"' in page.content.decode()
    assert rina.post(at(report), sent(OUT, seen="")).status_code == 422
    assert rina.post(at(report), sent(OUT, seen=legs.state(report))).status_code == 302
    assert legs.of(report).count() == 1


def test_empty_steps_take_the_way_out(report, rina):
    rina.post(at(report), sent(OUT))
    rina.post(at(report), sent({}, {}, seen=legs.state(report)))
    assert not legs.of(report).exists()


def test_the_way_of_a_victim_is_written_from_her_page(w, rina):
    case = w.case()
    victim = w.victim(case)
    page = rina.get(f"/desk/kasus/{case.number}/orang/{victim.pk}/")
    assert f"/orang/{victim.pk}/jalur/" in page.content.decode()
    assert rina.post(f"/desk/kasus/{case.number}/orang/{victim.pk}/jalur/", sent(OUT)).status_code == 302
    assert legs.of(victim).count() == 1


def test_the_page_of_the_form_reads_no_name(w, rina):
    case = w.case()
    victim = w.victim(case, name="Melati Kusuma")
    assert "Melati" not in rina.get(f"/desk/kasus/{case.number}/orang/{victim.pk}/jalur/").content.decode()


def test_the_manifest_is_the_way_until_somebody_tells_more(w, desk):
    person = came_home(w, depot="bekenu")
    hana, here = desk(w.hana), f"/desk/pemulangan/{person.manifest.number}/{person.row}/"
    page = hana.get(here)
    assert page.context["is_from_manifest"]
    assert "Miri, Malaysia" in page.content.decode()
    assert hana.post(f"{here}jalur/", sent(OUT)).status_code == 302
    assert not hana.get(here).context["is_from_manifest"]


def test_nobody_else_finds_the_form(w, report, desk):
    assert desk(w.siti).get(at(report)).status_code == 404
    assert desk(w.budi).get(at(report)).status_code in (403, 404)
