"""What a data protection officer may read of the journal."""

from simpul.agencies import exclusions, oversight
from simpul.agencies.roles import Role
from simpul.journal.models import Entry


def officers_in(entries):
    return {entry.officer_id for entry in entries}


def test_an_auditor_of_the_whole_region_reads_everything(world):
    world.case()
    assert oversight.journal_for(world.wulan).count() == Entry.objects.count()


def test_an_auditor_of_one_regency_reads_what_its_officers_did(world):
    world.case()
    world.case(place="61.01.01.2001", by=world.siti)
    world.dewi.role = Role.AUDITOR
    assert world.siti.pk in officers_in(oversight.journal_for(world.wulan))
    seen = officers_in(oversight.journal_for(world.dewi))
    assert world.rina.pk in seen
    assert world.siti.pk not in seen
    assert None not in seen


def test_other_roles_read_nothing(world):
    world.case()
    for name in ("rina", "yanti", "budi", "tono", "dewi"):
        assert not oversight.journal_for(getattr(world, name)).exists()


def test_a_file_one_is_kept_out_of_is_left_out(world, now):
    case = world.case()
    label = f"cases.case:{case.pk}"
    assert oversight.journal_for(world.wulan).filter(file=label).exists()
    exclusions.keep_out(case, officer=world.wulan, by=world.yanti, at=now)
    assert not oversight.journal_for(world.wulan).filter(file=label).exists()


def test_reading_is_an_entry(world, now):
    oversight.note_reading(by=world.wulan, at=now, filters=["petugas"])
    entry = Entry.objects.latest("number")
    assert entry.act == "journal.read"
    assert entry.facts == {"filters": ["petugas"]}
