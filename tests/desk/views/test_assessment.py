"""The assessment of impact at the desk: on a page and on paper, for whoever answers for the data."""

from simpul.journal.acts import Act
from simpul.journal.models import Entry

PAGE = "/desk/penilaian-dampak/"


def test_who_answers_for_the_data_reads_it_on_a_page(world, desk):
    for officer in (world.wulan, world.yanti):
        page = desk(officer).get(PAGE)
        assert page.status_code == 200
        assert page.content.decode().count('<section class="card"') == 11
        assert PAGE in desk(officer).get("/desk/retensi/").content.decode()
    for officer in (world.rina, world.budi, world.tono):
        assert desk(officer).get(PAGE).status_code == 404


def test_it_is_printed_as_a_paper_and_that_is_written_down(world, desk):
    answer = desk(world.wulan).get(f"{PAGE}cetak/")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert answer.content.startswith(b"%PDF-")
    entry = Entry.objects.get(act=Act.DOCUMENT_MADE)
    assert (entry.subject, entry.facts["paper"]) == ("privacy.assessment:linkage", "assessment")
    assert desk(world.rina).get(f"{PAGE}cetak/").status_code == 404
