import pytest

from simpul.intake import reports, ways
from simpul.lib.rules import NotAllowed
from simpul.places import legs
from simpul.places.legs import Step

STEPS = [Step("kuching", "sibu")]


def test_who_decides_on_a_report_writes_the_way_it_tells_of(world):
    report = world.report()
    ways.keep(report, STEPS, by=world.rina, at=world.at)
    assert legs.of(report).count() == 1


def test_another_regency_and_a_partner_do_not(world):
    report = world.report()
    for officer in (world.siti, world.budi):
        with pytest.raises(NotAllowed):
            ways.keep(report, STEPS, by=officer, at=world.at)


def test_whoever_is_kept_out_does_not(world):
    report = world.report()
    reports.keep_out(report, officer=world.rina, by=world.yanti, at=world.at)
    with pytest.raises(NotAllowed):
        ways.keep(report, STEPS, by=world.rina, at=world.at)
