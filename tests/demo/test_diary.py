"""Stories are played in the order of time, while the clocks run."""

from datetime import timedelta

from simpul.demo.diary import Diary, in_office, on_duty
from simpul.obligations.models import Obligation


def story(notes, name, *moments):
    for moment in moments:
        yield moment
        notes.append((moment, name))


def test_stories_take_turns_in_the_order_of_time(db, now):
    notes, hour = [], timedelta(hours=1)
    diary = Diary(until=now)
    diary.begin(story(notes, "a", now - 9 * hour, now - 3 * hour), at=now - 10 * hour)
    diary.begin(story(notes, "b", now - 5 * hour, now - 1 * hour), at=now - 10 * hour)
    diary.play()
    assert [name for _moment, name in notes] == ["a", "b", "a", "b"]
    assert notes == sorted(notes)


def test_what_lies_behind_the_end_has_not_happened(db, now):
    notes = []
    diary = Diary(until=now)
    diary.begin(story(notes, "a", now, now + timedelta(minutes=1)), at=now)
    diary.play()
    assert len(notes) == 1


def test_a_clock_that_ran_out_between_two_steps_is_noted_at_its_moment(world, now):
    report = world.report()
    obligation = Obligation.objects.get(number=report.number)
    diary = Diary(until=now + timedelta(days=3))
    diary.begin(story([], "a", now + timedelta(days=2)), at=now)
    diary.play()
    obligation.refresh_from_db()
    assert obligation.target_missed_at == obligation.target_at
    assert obligation.escalated_to == "supervisor"
    assert obligation.escalated_at == obligation.target_at


def test_the_office_is_closed_at_night_and_at_the_weekend(now):
    assert in_office(now) == now
    saturday = now + timedelta(days=5)
    assert in_office(saturday).weekday() == 0
    assert in_office(now + timedelta(hours=10)).day == now.day + 1
    assert in_office(now - timedelta(hours=5)).day == now.day


def test_reports_are_read_on_any_day_but_not_at_night(now):
    saturday = now + timedelta(days=5)
    assert on_duty(saturday) == saturday
    assert on_duty(now + timedelta(hours=15)).hour == 7
    assert on_duty(now - timedelta(hours=5)).day == now.day
