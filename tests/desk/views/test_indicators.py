"""Tables of indicators in the browser: brought, looked at, taken in, taken back; what is wrong is told row by row."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from simpul.insight import indicators
from simpul.insight.models import IndicatorLoad

HERE = "/desk/kerawanan/indikator/"
SOUND = "kode,indikator,tahun,nilai\n61.07,poverty,2025,6.5\n61.07.07,poverty,2025,9.5\n"


@pytest.fixture
def w(today_world):
    return today_world


def bring(client, text=SOUND, **told):
    file = SimpleUploadedFile("kemiskinan.csv", text.encode())
    return client.post(HERE, {"file": file, "source": "BPS 2025", "mark": "S", "year": "", **told})


def move(client, load, act):
    return client.post(f"{HERE}{load.pk}/ubah/", {"apa": act}, follow=True)


def test_a_sound_table_is_looked_at_before_it_holds(w, desk):
    client = desk(w.dewi)
    answer = bring(client)
    load = IndicatorLoad.objects.get()
    assert answer["Location"] == f"{HERE}{load.pk}/"
    page = client.get(answer["Location"])
    assert page.context["new"] == 2
    assert "6,5" in page.content.decode()
    assert indicators.in_force() == {}


def test_a_table_is_taken_in_taken_back_and_taken_in_again(w, desk):
    client = desk(w.dewi)
    bring(client)
    load = IndicatorLoad.objects.get()
    for act, holds in (("terapkan", 2), ("batalkan", 0), ("terapkan", 2)):
        assert move(client, load, act).status_code == 200
        assert len(indicators.in_force()) == holds


def test_a_table_is_put_away_and_opened_again(w, desk):
    client = desk(w.dewi)
    bring(client)
    load = IndicatorLoad.objects.get()
    for act, state in (("simpan", "discarded"), ("terapkan", "discarded"), ("buka", "read"), ("tidak ada", "read")):
        move(client, load, act)
        load.refresh_from_db()
        assert load.state == state


def test_what_is_wrong_is_told_row_by_row_and_nothing_is_kept(w, desk):
    page = bring(desk(w.dewi), SOUND + "61.07,poverty,2025,7\n61.01,tpt,2025,4\n61.07,tpt,2025,140\n")
    assert page.status_code == 422
    assert [problem.row for problem in page.context["problems"]] == [4, 5, 6]
    assert page.context["sound"] == 2
    text = page.content.decode()
    assert "BPS 2025" in text
    assert not IndicatorLoad.objects.exists()


def test_a_list_of_persons_is_refused(w, desk):
    page = bring(desk(w.dewi), "nik,nama,kode,poverty\n6107010101900001,Melati,61.07,3\n")
    assert page.status_code == 422
    assert "Melati" not in page.content.decode()


def test_what_cannot_be_read_at_all_is_a_sentence(w, desk):
    client = desk(w.dewi)
    for text in ("", "halo", "%PDF-1.4"):
        page = bring(client, text)
        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()


def test_another_region_and_other_roles_find_no_table(w, desk):
    bring(desk(w.dewi))
    load = IndicatorLoad.objects.get()
    for officer in (w.rina, w.yanti, w.tono):
        assert desk(officer).get(HERE).status_code in (403, 404)
    w.dewi.agency = w.uptd_sambas
    w.dewi.save()
    assert desk(w.dewi).get(f"{HERE}{load.pk}/").status_code == 404
    assert move(desk(w.dewi), load, "terapkan").status_code == 404
    assert load not in desk(w.dewi).get(HERE).context["loads"]


def test_the_page_begins_with_what_is_known_and_an_empty_list(w, desk):
    text = desk(w.dewi).get(HERE).content.decode()
    assert "<code>poverty</code>" in text
    assert 'enctype="multipart/form-data"' in text
