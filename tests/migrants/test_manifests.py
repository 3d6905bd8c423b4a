"""Manifests: taken in whole or not at all, taken back exactly, corrected by another list."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.utils import translation
from django.utils.timezone import localdate

from simpul.confidentiality.models import DataKey
from simpul.lib.rules import NotAllowed
from simpul.migrants import handovers, manifests, meetings, registry, screening, sheets
from simpul.migrants.models import Manifest, Notice, Returnee, Sheet, Worker
from simpul.obligations.models import Obligation
from simpul.persons.models import NameTag, Person
from simpul.places.models import Place
from simpul.privacy import breaches
from tests.lists import DAHLIA, JOKO, MELATI, UNCLEAR, manifest
from tests.returns import with_returns
from tests.world import JAGOI

NO = {"debt": "no"}
KEPT = (Person, NameTag, DataKey, Returnee, Notice, Worker, Manifest)


@pytest.fixture(autouse=True)
def hana(world):
    return with_returns(world).hana


@pytest.fixture
def received(world):
    """A list of the day before yesterday, received by Hana."""
    day = localdate(world.at) - timedelta(days=2)

    def receiving(*people, filename="daftar.csv"):
        data = manifest(*people, on=f"{day:%d-%m-%Y}")
        return sheets.receive(data, filename=filename, layout="manifest", by=world.hana, at=world.at)

    return receiving


def counted():
    return {model.__name__: model.objects.count() for model in KEPT}


def standing():
    return Obligation.objects.standing().count()


def test_everybody_on_a_list_is_recorded_and_what_is_owed_begins(world, received):
    sheet = received(MELATI, JOKO)
    made = manifests.take_in(sheet, by=world.hana, at=world.at)
    assert (made.total, made.depot, made.number) == (2, "semuja", sheet.number)
    melati = made.returnees.get(sex="P")
    assert (melati.home_id, melati.reason, melati.sector) == (JAGOI, "no_passport", "services")
    assert melati.person.name.opened() == "Melati Kusuma"
    assert made.notices.get().people == 2
    assert world.owed("visit_returnee", on=melati).owed_by == world.jagoi
    assert world.owed("tell_home_of_returnees", on=made.notices.get()).owed_by == world.bp3mi
    assert Worker.objects.current().count() == 2
    assert world.anew(sheet).state == Sheet.State.TAKEN_IN


def test_a_list_with_an_open_question_is_not_taken_in(world, received):
    sheet, before = received(*UNCLEAR), counted()
    with pytest.raises(NotAllowed, match="belum jelas"):
        manifests.take_in(sheet, by=world.hana, at=world.at)
    assert counted() == before


def test_a_failure_half_way_leaves_nothing(world, received, monkeypatch):
    sheet, before = received(MELATI, JOKO), counted()

    def fail(*_arguments, **_named):
        raise RuntimeError

    monkeypatch.setattr(meetings, "owe", fail)
    with pytest.raises(RuntimeError):
        manifests.take_in(sheet, by=world.hana, at=world.at)
    assert counted() == before
    assert not standing()
    assert world.anew(sheet).state == Sheet.State.READ


def test_a_list_is_taken_in_once(world, received):
    sheet = received(MELATI)
    stale = Sheet.objects.get(pk=sheet.pk)
    manifests.take_in(sheet, by=world.hana, at=world.at)
    with pytest.raises(NotAllowed):
        manifests.take_in(stale, by=world.hana, at=world.at)
    assert Manifest.objects.count() == 1


def test_a_day_to_come_is_refused(world):
    day = localdate(world.at) + timedelta(days=1)
    sheet = sheets.receive(manifest(MELATI), filename="a.csv", layout="manifest", by=world.hana, at=world.at)
    sheets.describe(sheet, header={"arrived_on": day.isoformat()}, by=world.hana, at=world.at)
    with pytest.raises(NotAllowed, match="masa depan"):
        manifests.take_in(sheet, by=world.hana, at=world.at)


def test_a_list_of_long_ago_opens_no_clock(world):
    data = manifest(MELATI, on="12-03-2024")
    sheet = sheets.receive(data, filename="a.csv", layout="manifest", by=world.hana, at=world.at)
    made = manifests.take_in(sheet, by=world.hana, at=world.at)
    assert made.returnees.count() == 1
    assert not standing()


def test_taking_in_is_undone_exactly(world, received):
    sheet, before = received(MELATI, JOKO), counted()
    manifests.take_in(sheet, by=world.hana, at=world.at)
    assert counted() != before
    manifests.take_back(world.anew(sheet), by=world.hana, at=world.later(hours=1))
    assert counted() == before
    assert not standing()
    sheet = world.anew(sheet)
    assert (sheet.state, sheet.people, sheet.taken_in_at) == (Sheet.State.READ, 0, None)
    manifests.take_in(sheet, by=world.hana, at=world.later(hours=2))
    assert Returnee.objects.count() == 2


def test_what_the_register_said_before_holds_again(world, received):
    entry = registry.note(
        home=Place.objects.get(pk=JAGOI), by=world.joko, at=world.at, name="Melati Kusuma", passport="XD1000001",
        facts={"status": "abroad", "employer": "Kebun Sawit"},
    )  # fmt: skip
    sheet = received(MELATI)
    manifests.take_in(sheet, by=world.hana, at=world.at)
    assert not world.anew(entry).is_current
    assert Worker.objects.current().get().status == "deported"
    manifests.take_back(world.anew(sheet), by=world.hana, at=world.at)
    assert Worker.objects.current().get() == entry


@pytest.mark.parametrize("what", ["screened", "visited", "told", "handed over"])
def test_a_list_on_which_something_followed_is_not_taken_back(world, received, what):
    sheet = received(MELATI)
    made = manifests.take_in(sheet, by=world.hana, at=world.at)
    melati, day = made.returnees.get(), localdate(world.at)
    acts = {
        "screened": lambda: screening.note(melati, answers=NO, finding="none", by=world.hana, at=world.at),
        "visited": lambda: meetings.note(melati, on=day, outcome="not_found", by=world.darius, at=world.at),
        "told": lambda: handovers.tell_home(made.notices.get(), by=world.hana, at=world.at),
        "handed over": lambda: handovers.hand_over(
            melati, to="family", witness="Kades", on=day, by=world.hana, at=world.at
        ),
    }
    acts[what]()
    with pytest.raises(NotAllowed, match="daftar lain"):
        manifests.take_back(world.anew(sheet), by=world.hana, at=world.at)
    assert Returnee.objects.filter(pk=melati.pk).exists()


def test_a_corrected_list_takes_the_place_of_the_earlier_one(world, received):
    earlier = received(MELATI, JOKO)
    made = manifests.take_in(earlier, by=world.hana, at=world.at)
    melati = made.returnees.get(sex="P")
    screening.note(melati, answers=NO, finding="none", by=world.hana, at=world.at)
    visit = world.owed("visit_returnee", on=melati)
    people = Person.objects.count()
    corrected = received(DAHLIA, MELATI.replace("12-08-1990", "12-08-1991"), filename="betul.csv")
    reading = sheets.reading_of(corrected, at=world.at)
    assert manifests.earlier_of(corrected, reading) == [earlier]
    told = manifests.changed_since(corrected, reading, earlier, at=world.at)
    assert [len(each) for each in (told.added, told.gone, told.changed)] == [1, 1, 1]
    after = manifests.replace(corrected, world.anew(earlier), by=world.hana, at=world.later(hours=1))
    assert after == made
    assert after.total == after.returnees.count() == 2
    melati = world.anew(melati)
    assert (melati.screened, melati.row) == ("none", 6)
    assert melati.person.birth_date.opened().isoformat() == "1991-08-12"
    assert world.owed("visit_returnee", on=melati) == visit
    assert Person.objects.count() == people
    assert world.anew(earlier).state == Sheet.State.REPLACED
    assert Worker.objects.current().count() == 2


def test_who_was_already_helped_is_not_dropped_by_a_corrected_list(world, received):
    earlier = received(MELATI, JOKO)
    made = manifests.take_in(earlier, by=world.hana, at=world.at)
    screening.note(made.returnees.get(sex="P"), answers=NO, finding="none", by=world.hana, at=world.at)
    corrected = received(JOKO, filename="betul.csv")
    with pytest.raises(NotAllowed):
        manifests.replace(corrected, earlier, by=world.hana, at=world.at)
    assert made.returnees.count() == 2
    assert world.anew(corrected).state == Sheet.State.READ


def test_only_a_list_that_stands_is_replaced(world, received):
    earlier, corrected = received(MELATI), received(JOKO)
    with pytest.raises(NotAllowed, match="tidak berlaku"):
        manifests.replace(corrected, earlier, by=world.hana, at=world.at)


def test_another_office_takes_nothing_in_or_back(world, received):
    sheet = received(MELATI)
    with pytest.raises(NotAllowed):
        manifests.take_in(sheet, by=world.joko, at=world.at)
    manifests.take_in(sheet, by=world.hana, at=world.at)
    with pytest.raises(NotAllowed):
        manifests.take_back(sheet, by=world.joko, at=world.at)


def test_who_came_home_before_is_counted(world, received):
    manifests.take_in(received(MELATI), by=world.hana, at=world.at)
    day = f"{localdate(world.at) - timedelta(days=1):%d-%m-%Y}"
    again = sheets.receive(manifest(MELATI, on=day), filename="b.csv", layout="manifest", by=world.hana, at=world.at)
    assert manifests.take_in(again, by=world.hana, at=world.at).returnees.get().repeats == 1


def test_a_list_with_somebody_whom_a_breach_names_is_not_taken_back(world, received):
    sheet = received(MELATI, JOKO)
    made = manifests.take_in(sheet, by=world.hana, at=world.at)
    breach = breaches.note(kinds=["contact"], discovered_at=world.at, how="Hilang", by=world.yanti, at=world.at)
    breach.affected.create(person=made.returnees.first().person)
    with translation.override("en"), pytest.raises(NotAllowed, match="about 1 of these people something is on record"):
        manifests.take_back(world.anew(sheet), by=world.hana, at=world.at)
    assert Returnee.objects.count() == 2
    assert Worker.objects.current().count() == 2
    assert Obligation.objects.standing().filter(rule="visit_returnee").count() == 2


def test_a_list_is_not_taken_back_from_under_a_change_of_the_register(world, received):
    sheet = received(MELATI)
    manifests.take_in(sheet, by=world.hana, at=world.at)
    entry = Worker.objects.get()
    later = registry.note(earlier=entry, home=entry.home, facts={"status": "abroad"}, by=world.hana, at=world.at)
    with translation.override("en"), pytest.raises(NotAllowed, match="changed in the register"):
        manifests.take_back(world.anew(sheet), by=world.hana, at=world.at)
    assert Returnee.objects.count() == 1
    registry.strike(later, by=world.hana, at=world.at)
    manifests.take_back(world.anew(sheet), by=world.hana, at=world.at)
    assert not Returnee.objects.exists()
    assert not Worker.objects.exists()


def test_lines_of_a_second_sheet_follow_those_of_the_first_and_their_numbers_fit_the_clocks(world, hana):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, person in (("Laki-laki", "JOKO SANEN"), ("Perempuan", "MELATI KUSUMA")):
        page = book.add_worksheet(name)
        page.write_row(0, 0, ["Manifes deportasi depot Semuja tanggal 30-01-2026"])
        page.write_row(1, 0, ["No", "Nama", "Desa", "Kecamatan", "Kabupaten"])
        page.write_row(2, 0, [1, person, "Jagoi", "Jagoi Babang", "Bengkayang"])
    book.close()
    sheet = sheets.receive(out.getvalue(), filename="d.xlsx", layout="manifest", by=hana, at=world.at)
    sheets.describe(sheet, header={"arrived_on": localdate(world.at).isoformat()}, by=hana, at=world.at)
    manifest = manifests.take_in(sheet, by=hana, at=world.at)
    assert sorted(manifest.returnees.values_list("row", "sex")) == [(3, "L"), (1003, "P")]
    longest = Obligation._meta.get_field("number").max_length
    numbers = Obligation.objects.filter(rule="visit_returnee").values_list("number", flat=True)
    assert sorted(number.rpartition("/")[2] for number in numbers) == ["1003", "3"]
    assert all(len(number) <= longest for number in numbers)
