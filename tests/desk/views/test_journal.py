"""The journal on the desk: narrowed, region by region, and reading it is an entry of its own."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.agencies import exclusions
from simpul.journal.acts import Act
from simpul.journal.models import Entry

ADDRESS = "/desk/jurnal/"


def test_reading_the_journal_is_written_down(today_world, desk):
    desk(today_world.wulan).get(ADDRESS, {"tindakan": "case.opened"})
    entry = Entry.objects.get(act=Act.JOURNAL_READ)
    assert entry.officer_id == today_world.wulan.pk
    assert entry.facts["filters"] == ["tindakan"]


def test_the_journal_is_narrowed_by_officer_act_and_file(today_world, desk):
    case = today_world.case()
    today_world.case(place="61.01.01.2001", by=today_world.siti)
    wulan = desk(today_world.wulan)
    found = wulan.get(ADDRESS, {"petugas": today_world.siti.pk}).context["entries"]
    assert found
    assert {entry.officer_id for entry in found} == {today_world.siti.pk}
    found = wulan.get(ADDRESS, {"tindakan": "case.opened"}).context["entries"]
    assert {entry.act for entry in found} == {"case.opened"}
    found = wulan.get(ADDRESS, {"berkas": case.number.lower()}).context["entries"]
    assert {entry.file for entry in found} == {f"cases.case:{case.pk}"}


def test_no_word_of_a_file_stands_in_it(today_world, desk):
    today_world.victim(today_world.case())
    page = desk(today_world.wulan).get(ADDRESS).content.decode()
    assert "K-20" in page
    assert "Melati" not in page
    assert "Tetangga" not in page


def test_the_number_of_a_file_that_hides_from_the_auditor_is_not_there(today_world, desk):
    case = today_world.case()
    wulan = desk(today_world.wulan)
    assert case.number in wulan.get(ADDRESS).content.decode()
    exclusions.keep_out(case, officer=today_world.wulan, by=today_world.yanti, at=today_world.at)
    assert f"cases.case:{case.pk}" not in {entry.file for entry in wulan.get(ADDRESS).context["entries"]}
    assert not wulan.get(ADDRESS, {"berkas": case.number}).context["entries"]


def test_the_journal_costs_the_same_for_few_and_many_entries(today_world, desk):
    today_world.case()
    wulan = desk(today_world.wulan)
    wulan.get(ADDRESS)
    with CaptureQueriesContext(connection) as few:
        wulan.get(ADDRESS)
    for _number in range(4):
        today_world.victim(today_world.case())
    with CaptureQueriesContext(connection) as many:
        wulan.get(ADDRESS)
    assert len(many) == len(few)
