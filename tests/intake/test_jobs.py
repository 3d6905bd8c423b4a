"""What intake does by itself: contacts become findable, and the hourly check proves the door or raises the alarm."""

import logging

from simpul.confidentiality import data_keys
from simpul.confidentiality.blind_index import tag
from simpul.intake import jobs, queries
from simpul.intake.models import NO_TAG, Report
from simpul.journal.models import Entry


def test_a_contact_gets_its_blind_tag_once(world, now):
    report = world.report(contact="0812-5555-0101")
    world.report()
    assert jobs.index_contacts(at=now) == 1
    assert bytes(world.anew(report).contact_tag) == tag("phone", "+6281255550101")
    assert jobs.index_contacts(at=now) == 0


def test_a_contact_that_is_no_telephone_is_not_tried_again(world, now):
    report = world.report(contact="lewat pastor")
    assert jobs.index_contacts(at=now) == 1
    assert bytes(world.anew(report).contact_tag) == NO_TAG
    assert jobs.index_contacts(at=now) == 0


def test_an_erased_report_is_passed_over(world, now):
    report = world.report(contact="0812-5555-0101")
    data_keys.destroy(report.data_key, of=report, by=None, at=now)
    assert jobs.index_contacts(at=now) == 0


def test_the_hourly_check_goes_the_whole_way_and_leaves_nothing_to_read(world, now):
    assert jobs.synthetic_report(at=now)
    check = Report.objects.get()
    assert check.is_check
    assert check.data_key.destroyed_at == now
    assert queries.intake_is_down() is None
    assert Entry.objects.filter(act="intake.checked").count() == 1
    assert not queries.report_list(world.lina).exists()


def test_a_door_that_does_not_answer_raises_the_alarm(world, now, settings):
    settings.OWN_ADDRESS = "http://127.0.0.1:9"
    assert not jobs.synthetic_report(at=now)
    assert queries.intake_is_down()


def test_a_desk_that_cannot_open_what_came_in_raises_the_alarm(world, now, settings, caplog):
    settings.KEYS = {name: key for name, key in settings.KEYS.items() if name != "seeds"}
    with caplog.at_level(logging.ERROR):
        assert not jobs.synthetic_report(at=now)
    assert queries.intake_is_down()
    assert "NoOpeningKey" in caplog.text
