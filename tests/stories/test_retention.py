"""Retention: two people erase what has run out; identities go, the sums of the statistics stay."""

from collections import Counter
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from simpul.agencies import exclusions
from simpul.agencies.models import Agency
from simpul.cases import access as case_access
from simpul.cases import files, victims
from simpul.cases.models import Case, Involvement
from simpul.cases.queries import involving
from simpul.confidentiality.data_keys import Erased, secret_of
from simpul.confidentiality.models import DataKey
from simpul.intake import access as report_access
from simpul.intake import attachments, jobs, queries, tracking, triage
from simpul.intake.models import Report
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.migrants import access as list_access
from simpul.migrants.models import Returnee
from simpul.persons.models import Person
from simpul.persons.queries import named, numbered
from simpul.places.models import Place
from simpul.places.regions import regency_of
from simpul.privacy import requests, retention
from simpul.privacy.models import Erasure
from simpul.privacy.queries import thing_of
from simpul.reference import catalogues
from tests.privacy.conftest import Homecoming, Privacy

NAME, NIK, PHONE = "Zulaikha Wirasentana", "6107064505089999", "081255550199"
TODAY = date(2026, 8, 3)


class Kept(Privacy):
    """A case closed eleven years ago with everything in it that tells who somebody is."""

    def __init__(self, world):
        self.world = world
        pdf = attachments.prepare(b"%PDF-1.7 Zulaikha")
        self.report = world.report(f"{NAME} dikurung.", contact=PHONE, kinds=["sexual"], files=[pdf])
        jobs.index_contacts(at=world.at)
        self.path = attachments.path_of(self.report.attachments.get())
        self.case = triage.accept(world.anew(self.report), by=world.rina, at=world.at)
        self.part = world.victim(
            self.case, name=NAME, nik=NIK, phone=PHONE, sex="P", birth_year=2008, childhood="child", note=NAME,
            home=Place.objects.get(pk="61.07.07.2001"),
        )  # fmt: skip
        self.person = self.part.person
        self.service = world.service(self.part, need=NAME)
        files.summarise(self.case, summary="Ringkasan rahasia", by=world.rina, at=world.at)
        self.closed(years=11)

    def erased(self):
        """What two people did."""
        erasure = retention.propose(self.case, by=self.world.yanti, at=self.world.at)
        retention.confirm(erasure, notice="told", by=self.world.wulan, at=self.world.later(days=1))
        return self.world.anew(erasure)


@pytest.fixture
def kept(world):
    return Kept(world)


def sums():
    """The statistics by region, kind, sex, child and year, as they are counted from plain facts."""
    found = Counter()
    for case in Case.objects.select_related("place"):
        found["case", case.place_id, tuple(case.kinds), case.opened_at.year, case.is_sexual] += 1
    for part in Involvement.objects.select_related("person"):
        person, home = part.person, part.person.home_id
        found["person", home and regency_of(home), person.sex, person.birth_year, part.childhood, part.part] += 1
    for report in Report.objects.all():
        found["report", report.place_id, tuple(report.kinds), report.received_at.year, report.status] += 1
    return found


def due_files(on=TODAY):
    return {one.file for one in retention.due(on=on, agencies=Agency.objects.all())}


def test_what_has_run_out_is_due_and_nothing_before(kept, world):
    assert f"cases.case:{kept.case.pk}" in due_files()
    kept.closed(years=9)
    assert due_files() == set()
    with pytest.raises(NotAllowed):
        retention.propose(kept.case, by=world.yanti, at=world.at)


def test_a_living_case_is_never_due(world):
    case = world.case()
    Case.objects.filter(pk=case.pk).update(opened_at=world.at.replace(year=2001))
    assert due_files() == set()
    with pytest.raises(NotAllowed):
        retention.propose(world.anew(case), by=world.yanti, at=world.at)


def test_it_takes_two_people(kept, world):
    erasure = retention.propose(kept.case, by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        retention.confirm(erasure, notice="told", by=world.yanti, at=world.at)
    assert world.anew(kept.case.data_key).destroyed_at is None
    retention.confirm(erasure, notice="told", by=world.wulan, at=world.at)
    assert world.anew(kept.case.data_key).destroyed_at == world.at


def test_the_database_holds_it_too(kept, world):
    erasure = retention.propose(kept.case, by=world.yanti, at=world.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.filter(pk=erasure.pk).update(confirmed_by=world.yanti)


@pytest.mark.parametrize("name", ["rina", "budi", "dewi", "tono", "siti"])
def test_only_the_head_of_the_unit_and_the_data_protection_officer_decide(kept, world, name):
    officer = getattr(world, name)
    with pytest.raises(NotAllowed):
        retention.propose(kept.case, by=officer, at=world.at)
    erasure = retention.propose(kept.case, by=world.yanti, at=world.at)
    for act in (retention.take_back, lambda e, **who: retention.confirm(e, notice="told", **who)):
        with pytest.raises(NotAllowed):
            act(erasure, by=officer, at=world.at)


def test_a_head_of_another_unit_decides_nothing_here(kept, world):
    world.siti.role = "supervisor"
    world.siti.save(update_fields=["role"])
    with pytest.raises(NotAllowed):
        retention.propose(kept.case, by=world.siti, at=world.at)


def test_a_proposal_can_be_taken_back_and_made_anew(kept, world):
    erasure = retention.propose(kept.case, by=world.yanti, at=world.at)
    retention.take_back(erasure, by=world.wulan, at=world.at)
    with pytest.raises(NotAllowed):
        retention.confirm(erasure, notice="told", by=world.wulan, at=world.at)
    assert retention.propose(kept.case, by=world.wulan, at=world.at)


def test_what_is_held_is_neither_due_nor_erased(kept, world):
    held = retention.hold(kept.case, reason="proceeding", words="Putusan belum tetap", by=world.yanti, at=world.at)
    assert due_files() == set()
    with pytest.raises(NotAllowed):
        retention.propose(kept.case, by=world.wulan, at=world.at)
    retention.lift(held, by=world.yanti, at=world.at)
    assert f"cases.case:{kept.case.pk}" in due_files()


def test_a_hold_set_after_the_proposal_still_keeps_the_file(kept, world):
    erasure = retention.propose(kept.case, by=world.yanti, at=world.at)
    retention.hold(kept.case, reason="court_order", words="Surat jaksa", by=world.wulan, at=world.at)
    with pytest.raises(NotAllowed):
        retention.confirm(erasure, notice="told", by=world.wulan, at=world.at)


def test_a_hold_on_a_report_keeps_the_case_that_grew_from_it(kept, world):
    retention.hold(world.anew(kept.report), reason="audit", words="Inspektorat", by=world.yanti, at=world.at)
    assert due_files() == set()
    with pytest.raises(NotAllowed):
        retention.propose(kept.case, by=world.yanti, at=world.at)


def test_what_somebody_asked_is_answered_before_anything_is_erased(kept, world):
    kept.asked()
    assert due_files() == set()
    with pytest.raises(NotAllowed):
        retention.propose(kept.case, by=world.yanti, at=world.at)


def test_the_person_is_told_or_it_is_written_down_why_not(kept, world):
    """UU 27/2022 Art. 45."""
    erasure = retention.propose(kept.case, by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        retention.confirm(erasure, notice="", by=world.wulan, at=world.at)


def test_nobody_is_found_any_more(kept, world, django_capture_on_commit_callbacks):
    search = [lambda: named(NAME), lambda: numbered(NIK), lambda: numbered(PHONE),
              lambda: involving(world.rina, NAME, at=world.at), lambda: involving(world.rina, PHONE, at=world.at),
              lambda: queries.report_list(world.rina, text=PHONE)]  # fmt: skip
    assert all(look().exists() for look in search)
    assert kept.path.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        kept.erased()
    assert not any(look().exists() for look in search)
    assert not kept.path.exists()
    with pytest.raises(NotFound):
        tracking.report_of(kept.report.receipt)


def test_everything_that_was_sealed_reads_as_erased(kept, world):
    kept.erased()
    case = case_access.case_for(world.rina, kept.case.number, at=world.at)
    assert "rahasia" not in case.summary.opened_or_erased()
    person = Person.objects.get(pk=kept.person.pk)
    erased = {str(getattr(person, name).opened_or_erased()) for name in ("name", "nik", "phone")}
    assert len(erased) == 1
    assert not erased & {NAME, NIK, PHONE}
    told = report_access.read(world.anew(kept.report), by=world.rina, at=world.at)
    assert NAME not in told["statement"]


def test_the_sums_of_the_statistics_are_the_same_before_and_after(kept, world):
    before = sums()
    assert before["person", "61.07", "P", 2008, "child", "victim"] == 1
    kept.erased()
    assert sums() == before


def test_the_village_goes_and_the_regency_stays(kept, world):
    assert kept.person.home_id == "61.07.07.2001"
    kept.erased()
    assert world.anew(kept.person).home_id == "61.07"


def test_the_tombstone_tells_when_by_which_rule_and_how_many_and_names_nobody(kept, world):
    stone = kept.erased()
    assert (stone.rule, stone.done_at) == ("case_closed", world.later(days=1))
    assert stone.what == {"cases": 1, "reports": 1, "persons": 1, "files": 1}
    assert all(isinstance(number, int) for number in stone.what.values())
    entry = Entry.objects.get(act=Act.ERASURE_CONFIRMED)
    assert entry.officer_id == world.wulan.pk
    assert entry.facts["persons"] == 1


def test_somebody_who_stands_in_a_living_case_keeps_the_identity(kept, world):
    living = world.case()
    victims.add(living, part="victim", person=kept.person, by=world.rina, at=world.at)
    stone = kept.erased()
    assert stone.what["persons_kept"] == 1
    assert named(NAME).exists()
    assert world.anew(kept.person).name.opened() == NAME


def test_a_person_may_ask_for_it_once_all_cases_have_ended(world):
    """UU 27/2022 Art. 43."""
    privacy = Privacy(world)
    other = world.victim(privacy.case, name="Kenanga")
    privacy.part.note = "Melati bercerita"
    privacy.part.save()
    request = privacy.asked("erase")
    with pytest.raises(NotAllowed):
        retention.propose(privacy.person, by=world.yanti, at=world.at)
    privacy.ended()
    waits = privacy.asked("access")
    with pytest.raises(NotAllowed):
        retention.propose(privacy.person, by=world.yanti, at=world.at)
    requests.answer(waits, words="Daftarnya diserahkan.", by=world.rina, at=world.at)
    erasure = retention.propose(privacy.person, by=world.yanti, at=world.at)
    retention.confirm(erasure, notice="told", by=world.wulan, at=world.at)
    assert world.anew(request).state == "answered"
    assert world.owed("answer_data_request", on=request) is None
    assert not named("Melati").exists()
    assert world.anew(privacy.part).note.opened() == ""
    assert world.anew(other.person).name.opened() == "Kenanga"
    assert world.anew(privacy.case.data_key).destroyed_at is None


def test_a_report_set_aside_is_erased_after_its_year(world):
    report = world.report("Zulaikha dikurung", contact=PHONE)
    triage.set_aside(report, because="not_a_report", by=world.rina, at=world.at)
    assert due_files(date(2027, 8, 2)) == set()
    assert due_files(date(2027, 8, 3)) == {f"intake.report:{report.pk}"}


def test_every_rule_with_years_is_carried_out(db):
    with_years = {term.code for term in catalogues.terms("retention") if term.extra["years"] is not None}
    assert with_years - {retention.ON_REQUEST} == set(retention.RULES)


def test_a_file_that_hides_from_an_officer_is_not_on_the_list(kept, world):
    assert {one.file for one in retention.due_for(world.wulan, on=TODAY)} == {f"cases.case:{kept.case.pk}"}
    exclusions.keep_out(kept.case, officer=world.wulan, by=world.yanti, at=world.at)
    assert retention.due_for(world.wulan, on=TODAY) == []
    with pytest.raises(NotAllowed):
        retention.propose(kept.case, by=world.wulan, at=world.at)


def test_every_data_key_of_the_house_is_known_to_erasing():
    """A record with a key of its own is erased with its file, or this list says why it is not."""
    keyed = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model is DataKey
    }
    assert keyed <= ERASED | KEPT


ERASED = {
    "cases.Case", "intake.Report", "intake.Complaint", "persons.Person", "privacy.Hold", "confidentiality.Parcel",
    "migrants.Sheet",
}  # fmt: skip
# A breach is proof of what was told to whom; what it says about one person goes with that person.
KEPT = {"privacy.Breach"}


def test_the_row_of_the_tombstone_holds_no_name_and_no_number_of_a_person(kept, world):
    kept.erased()
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, file, rule FROM privacy_erasure")
        row = str(cursor.fetchall())
    assert not any(secret in row for secret in (NAME, NIK, PHONE, kept.case.number))
    assert thing_of(Erasure.objects.get().file) == kept.case


LINE = "SDRI. ZULAIKHA WIRASENTANA"


def came_home(world):
    """Somebody on a list of five years ago, with everything in it that tells who it is."""
    home = Homecoming(world)
    returnee = home.returnee(
        name=NAME, nik=NIK, phone=PHONE, birth_year=2008, age=13, arrived_on=date(2021, 8, 3), remarks=NAME
    )
    returnee.written = {"Nama": LINE}
    returnee.save(update_fields=["written"])
    home.on(home.sheet(), returnee)
    return home, returnee


def home_sums():
    """Returns by region, sex, age, reason and month, as they are counted."""
    rows = Returnee.objects.values_list("home", "sex", "age", "reason", "arrived_on")
    return Counter((home and regency_of(home), *rest) for home, *rest in rows)


def test_who_was_sent_home_is_found_by_nothing_after_five_years_and_the_sums_are_the_same(world):
    home, returnee = came_home(world)
    other = home.returnee(name="Kenanga", arrived_on=date(2026, 8, 1))
    assert numbered(NIK).exists()
    assert named(NAME).exists()
    before = home_sums()
    erasure = retention.propose(returnee.person, by=home.nia, at=world.at)
    retention.confirm(erasure, notice="unreachable", by=world.wulan, at=world.at)
    for found in (numbered(NIK), numbered(PHONE), named(NAME)):
        assert not found.exists()
    assert home_sums() == before
    returnee = world.anew(returnee)
    told = list_access.read_person(returnee, by=home.hadi, at=world.at)
    assert not {NAME, NIK, PHONE} & {str(value) for value in told.values()}
    sheet = returnee.manifest.sheet
    key = DataKey.objects.get(pk=sheet.data_key_id)
    with pytest.raises(Erased):
        secret_of(key)
    assert not sheet.content
    assert world.anew(other.person).name.opened() == "Kenanga"
    assert world.owed("visit_returnee", on=other)


def test_years_of_a_case_and_years_of_a_return_are_counted_each(world):
    """Somebody in no case is kept for the return; the year of people who are in nothing does not touch them."""
    _home, returnee = came_home(world)
    recorded = world.at.replace(year=2019)
    Person.objects.filter(pk=returnee.person_id).update(recorded_at=recorded)
    assert due_files(date(2026, 8, 2)) == set()
    assert due_files() == {f"persons.person:{returnee.person_id}"}
