"""Somebody is recorded who is on record already: whoever records learns of it at once, as far as they may.

Four ways lead into the records: a report that becomes a case, a case, a list of people sent home, the register. Melati
has come home on a list of Hana's before, and has a case at Rina's.
"""

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from simpul.cases.models import Case
from simpul.linkage import engine, jobs
from simpul.linkage.models import Pair
from simpul.migrants import manifests, sheets
from simpul.migrants.models import Returnee, Worker
from tests.linkage.machine import Machine
from tests.lists import manifest
from tests.returns import came_home, with_returns
from tests.world import World, signed_in

NIK = "6107075208020003"
NAME = "Melati Kusuma"
HOME = {"home": "Jagoi", "home_kode": "61.07.07.2001", "home_untuk": "Jagoi"}


@pytest.fixture
def w(db):
    engine.use(Machine())
    yield with_returns(World(timezone.now()))
    engine.use(None)


@pytest.fixture
def known(w):
    """The list of last year and the case of this year, each closed to whoever keeps the other."""
    returnee = came_home(w, name=NAME, nik=NIK)
    case = w.case()
    w.victim(case, name=NAME, nik=NIK)
    jobs.catch_up(at=w.at)
    assert Pair.objects.get().probability > 0.95
    return returnee, case


def led_to(officer, where, told):
    """The page to which recording leads, without a further step."""
    return signed_in(officer).post(where, told, follow=True)


def told_on(page, *, open_to, agency):
    """One likely record is open, with its number and how it compares; of the other only who keeps it, to be asked."""
    text = page.content.decode()
    card = text[text.index('id="mungkin-sama"') :]
    opened, closed = (each.likeness for each in page.context["likely"]["rows"])
    assert (opened.is_open, closed.is_open) == (True, False)
    assert open_to in card
    assert f"/desk/orang-yang-sama/{opened.pair.pk}/" in card
    assert closed.agencies == [agency]
    assert agency in card
    assert f"/desk/orang-yang-sama/{closed.pair.pk}/tanya/" in card
    assert f'href="/desk/orang-yang-sama/{closed.pair.pk}/"' not in card
    assert (closed.person, closed.probability, closed.levels) == (None, None, {})


def test_whoever_is_recorded_from_a_report_is_known_from_another_case(w, known):
    returnee, earlier = known
    report = w.report()
    signed_in(w.rina).post(f"/desk/laporan/{report.number}/terima/", {"case": "new"})
    case = Case.objects.exclude(pk=earlier.pk).get()
    page = led_to(w.rina, f"/desk/kasus/{case.number}/orang/", {"part": "victim", "name": NAME, "nik": NIK})
    told_on(page, open_to=earlier.number, agency="BP3MI Kalimantan Barat")
    assert returnee.manifest.number not in page.content.decode()


def test_whoever_comes_into_a_case_is_known_from_another(w, known):
    returnee, earlier = known
    case = w.case()
    w.victim(case, name="Kenanga Dewi")
    page = led_to(w.rina, f"/desk/kasus/{case.number}/orang/", {"part": "witness", "name": NAME, "nik": NIK})
    told_on(page, open_to=earlier.number, agency="BP3MI Kalimantan Barat")
    assert returnee.manifest.number not in page.content.decode()
    # Nobody is held up where nobody is alike.
    page = led_to(w.rina, f"/desk/kasus/{case.number}/orang/", {"part": "witness", "name": "Anggrek"})
    assert "likely" not in page.context


def test_a_child_that_comes_into_a_case_is_known_from_another(w, known):
    _returnee, earlier = known
    case = w.case()
    told = {"name": NAME, "birth_date": "12-08-2002", "childhood": "child", "ground": "school_record"}
    page = led_to(w.rina, f"/desk/kasus/{case.number}/orang/anak/", told)
    (opened,) = (each.likeness for each in page.context["likely"]["rows"])
    assert opened.is_open
    assert f"/desk/orang-yang-sama/{opened.pair.pk}/" in page.content.decode()
    assert earlier.number in page.content.decode()
    # What is best for the child comes next, and at once where nobody is alike.
    page = led_to(w.rina, f"/desk/kasus/{case.number}/orang/anak/", told | {"name": "Anggrek"})
    assert "likely" not in page.context
    assert "kepentingan-terbaik" in page.redirect_chain[-1][0]


def test_whoever_stands_on_a_list_of_people_sent_home_was_sent_home_before(w, known):
    returnee, case = known
    line = f"{NAME.upper()};P;12-08-2002;{NIK};XD1000001;Jagoi;Jagoi Babang;Bengkayang;tidak memiliki paspor;jasa"
    data = manifest(line, on=f"{localdate(w.at):%d-%m-%Y}")
    sheet = sheets.receive(data, filename="a.csv", layout="manifest", by=w.hana, at=w.at)
    taken = manifests.take_in(sheet, by=w.hana, at=w.at)
    row = Returnee.objects.get(manifest=taken).row
    jobs.catch_up(at=w.at)
    whole = signed_in(w.hana).get(f"/desk/manifes/{taken.number}/").content.decode()
    assert f'href="/desk/pemulangan/{taken.number}/{row}/#mungkin-sama"' in whole
    page = signed_in(w.hana).get(f"/desk/pemulangan/{taken.number}/{row}/")
    told_on(page, open_to=returnee.manifest.number, agency="UPTD PPA Bengkayang")
    assert case.number not in page.content.decode()


def test_whoever_is_entered_in_the_register_is_known_elsewhere(w, known):
    returnee, case = known
    told = {"name": NAME, "nik": NIK, "status": "abroad", "country": "my", **HOME}
    page = led_to(w.joko, "/desk/register/baru/", told)
    assert Worker.objects.filter(status="abroad").count() == 1
    told_on(page, open_to=returnee.manifest.number, agency="UPTD PPA Bengkayang")
    assert case.number not in page.content.decode()
