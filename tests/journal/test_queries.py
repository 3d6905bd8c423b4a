"""Reading the journal."""

from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.queries import acts_by, entries_of, latest, readings_of


def test_a_file_shows_who_opened_it_apart_from_what_was_done(world, now):
    enter(Act.CASE_OPENED, on=world.uptd, by=world.rina, at=now)
    enter(Act.CASE_READ, on=world.uptd, by=world.budi, at=now)
    enter(Act.CASE_READ, on=world.dinsos, by=world.siti, at=now)
    assert [e.act for e in entries_of(world.uptd)] == ["case.read", "case.opened", "agency.recorded"]
    assert [e.officer_id for e in readings_of(world.uptd)] == [world.budi.pk]


def test_an_officer_is_found_with_everything_done_and_read(world, now):
    enter(Act.CASE_OPENED, on=world.uptd, by=world.rina, at=now)
    enter(Act.CASE_READ, on=world.dinsos, by=world.rina, at=now)
    assert [e.act for e in acts_by(world.rina)[:2]] == ["case.read", "case.opened"]
    assert all(e.officer_id == world.rina.pk for e in acts_by(world.rina))


def test_the_newest_entry_stands_first(book):
    assert [e.number for e in latest()[:5]] == book[::-1]
