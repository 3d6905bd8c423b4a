"""The blind indexes after the blind key was lost."""

from base64 import b64encode

from simpul.console import reindexing
from simpul.intake import jobs
from simpul.intake.models import Report
from simpul.persons.queries import named, numbered


def test_persons_and_contacts_are_found_again_under_a_new_blind_key(world, settings):
    case = world.case(contact="0812 0000 4444")
    world.victim(case, name="Melati Kusuma", nik="9900000101900001")
    jobs.index_contacts(at=world.at)
    before = bytes(Report.objects.get(pk=case.reports.get().pk).contact_tag)
    settings.KEYS = settings.KEYS | {"blind_key": b64encode(b"n" * 32).decode()}
    assert not named("Melati").exists()

    assert reindexing.index_all() == 1
    jobs.index_contacts(at=world.at)

    assert named("melati kusuma").exists()
    assert numbered("9900000101900001").exists()
    assert bytes(Report.objects.get(pk=case.reports.get().pk).contact_tag) != before
