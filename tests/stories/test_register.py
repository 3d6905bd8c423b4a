"""The register of migrant workers: which columns the law asks for, who writes it, who sees whom."""

import io
from datetime import date

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from simpul.agencies.roles import Role
from simpul.confidentiality.data_keys import Erased
from simpul.documents import extracts
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed, NotFound
from simpul.migrants import access, queries, registry
from simpul.migrants.models import Worker
from simpul.privacy import erasing
from tests.register import NIK, SEKIDA, worker
from tests.returns import came_home, with_returns

TOLD = {
    "name": "Anggrek Lestari", "nik": NIK, "address": "Dusun Risau, RT 2", "passport": "C1234567",
    "facts": {
        "departed_on": date(2023, 2, 1), "contract_from": date(2023, 2, 1), "contract_until": date(2025, 2, 1),
        "returned_on": date(2025, 3, 1), "employer": "Ladang Hijau Sdn Bhd", "status": "returned",
        "company": "PT Maju Bersama", "procedural": "yes", "country": "my", "sector": "plantation",
    },
}  # fmt: skip


@pytest.fixture
def w(world):
    with translation.override("en"):
        yield with_returns(world)


def test_every_column_of_the_law_is_kept_and_comes_out_again(w):
    """PP 59/2021 Art. 67(2): identity, passport, departure, validity of the contract, return, employer."""
    worker(w, **TOLD)
    book = CalamineWorkbook.from_filelike(io.BytesIO(extracts.register(by=w.darius, at=w.at)))
    line = book.get_sheet_by_index(1).to_python()[1]
    facts = TOLD["facts"]
    assert {
        "Anggrek Lestari", NIK, "Dusun Risau, RT 2", "C1234567", facts["departed_on"], facts["contract_from"],
        facts["contract_until"], facts["returned_on"], "Ladang Hijau Sdn Bhd", "PT Maju Bersama",
    } <= set(line)  # fmt: skip


def test_the_village_records_who_leaves_from_it(w):
    """UU 18/2017 Art. 42: the village government verifies and records its people who work abroad."""
    assert w.darius.role == Role.VILLAGE
    entry = worker(w, facts={"status": "candidate"})
    assert list(queries.register_of(w.darius)) == [entry]


def test_a_village_officer_sees_the_own_village_only(w):
    own, other = worker(w), worker(w, home=SEKIDA, by=w.joko)
    assert set(queries.register_of(w.joko)) == {own, other}
    assert list(queries.register_of(w.darius)) == [own]
    with pytest.raises(NotFound):
        access.worker_for(w.darius, other.pk)
    with pytest.raises(NotAllowed):
        registry.strike(other, by=w.darius, at=w.at)


def test_who_handles_cases_does_not_read_the_register(w):
    entry = worker(w)
    for officer in (w.rina, w.budi, w.siti):
        with pytest.raises(NotFound):
            access.worker_for(officer, entry.pk)


def test_who_was_deported_stands_in_the_register_of_the_village_with_the_earlier_journey(w):
    before = worker(w, nik=NIK, facts={"employer": "Ladang Hijau Sdn Bhd"})
    came_home(w, nik=NIK)
    (now,) = queries.register_of(w.darius)
    assert (now.status, now.employer.opened()) == ("deported", "Ladang Hijau Sdn Bhd")
    assert queries.history_of(now, w.darius) == [before]


def test_what_identifies_is_sealed_under_a_key_of_the_persons_own(w):
    entry = worker(w, **TOLD)
    row = Worker.objects.filter(pk=entry.pk).values().get()
    for name in registry.SEALED:
        assert b"Ladang" not in bytes(row[name])
    assert entry.person.data_key_id != worker(w).person.data_key_id


def test_an_erased_person_is_counted_no_more_and_nobody_can_read_the_entry(w):
    entry = worker(w, **TOLD)
    assert entry.employer.opened()
    erasing.erase(entry.person, by=w.wulan, at=w.at)
    assert not queries.register_of(w.darius).exists()
    assert Worker.objects.filter(pk=entry.pk).exists()
    with pytest.raises(Erased):
        w.anew(entry.person).name.opened()
    book = CalamineWorkbook.from_filelike(io.BytesIO(extracts.register(by=w.joko, at=w.at)))
    assert len(book.get_sheet_by_index(1).to_python()) == 1


def test_nothing_that_was_typed_stands_in_the_journal(w):
    entry = worker(w, **TOLD)
    access.read_worker(entry, by=w.darius, at=w.at)
    extracts.register(by=w.darius, at=w.at)
    told = " ".join(f"{each.subject} {each.facts}" for each in Entry.objects.all())
    for word in ("Anggrek", NIK, "Risau", "C1234567", "Ladang", "Maju"):
        assert word not in told


def test_a_return_that_is_taken_back_leaves_the_register_as_it_was(w):
    before = worker(w, nik=NIK)
    person = came_home(w, nik=NIK)
    assert list(queries.register_of(w.darius)) != [before]
    registry.forget_returns([person])
    assert list(queries.register_of(w.darius)) == [before]
