"""The doors of privacy: what is not there for an officer is not found, and readings are written down."""

import pytest

from simpul.agencies import exclusions
from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotFound
from simpul.privacy import access, breaches, retention


def test_a_request_is_found_in_its_own_case_by_who_may_open_it(privacy, world):
    asked = privacy.asked()
    assert access.request_for(world.rina, privacy.case, asked.pk, at=world.at) == asked
    for officer, case in ((world.siti, privacy.case), (world.rina, world.case())):
        with pytest.raises(NotFound):
            access.request_for(officer, case, asked.pk, at=world.at)


def test_a_label_leads_to_a_thing_only_within_reach(privacy, world):
    label = f"cases.case:{privacy.case.pk}"
    assert access.thing_for(world.wulan, label) == privacy.case
    exclusions.keep_out(privacy.case, officer=world.wulan, by=None, at=world.at)
    for officer, file in ((world.wulan, label), (world.siti, label), (world.wulan, "x:1"), (world.wulan, "")):
        with pytest.raises(NotFound):
            access.thing_for(officer, file)


def test_reading_a_hold_or_a_breach_is_written_down(privacy, world):
    held = retention.hold(privacy.case, reason="audit", words="Inspektorat", by=world.yanti, at=world.at)
    breach = breaches.note(kinds=["contact"], discovered_at=world.at, how="x", by=world.yanti, at=world.at)
    assert access.hold_for(world.yanti, held.pk, at=world.at).words.opened() == "Inspektorat"
    assert access.breach_for(world.yanti, breach.number, at=world.at).how.opened() == "x"
    assert list(Entry.objects.filter(act__in=[Act.HOLD_READ, Act.BREACH_READ]).values_list("officer_id", flat=True)) \
        == [world.yanti.pk] * 2  # fmt: skip
    for door, key in ((access.hold_for, held.pk), (access.breach_for, breach.number)):
        with pytest.raises(NotFound):
            door(world.siti, key, at=world.at)
