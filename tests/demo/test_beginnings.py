"""Stories told by hand begin at a moment of the year, with a report."""

from datetime import datetime
from zoneinfo import ZoneInfo

from simpul.demo import beginnings
from simpul.demo.beginnings import Now
from simpul.obligations.models import Obligation

SUNDAY_NIGHT = datetime(2026, 11, 22, 2, 30, tzinfo=ZoneInfo("Asia/Pontianak"))


def test_offices_act_on_weekdays_and_never_later_than_now():
    now = Now(SUNDAY_NIGHT)
    moments = [now.on(ago, hour=16) for ago in range(1, 400)]
    assert all(moment.weekday() < 5 for moment in moments)
    assert all(moment < SUNDAY_NIGHT for moment in moments)
    assert sorted(moments, reverse=True) == moments


def test_the_days_of_the_office_are_those_of_its_time_zone():
    assert Now(SUNDAY_NIGHT.astimezone(ZoneInfo("UTC"))).on(1).date() == SUNDAY_NIGHT.replace(day=20).date()


def test_a_case_is_opened_from_its_report_and_closed_with_nothing_owed(world, now):
    story = beginnings.opened(
        "a story", "Paspor dipegang majikan.", at=now, by=world.rina, modus="prt_malaysia", kinds=["unpaid_work"],
        place=beginnings.LEDO,
    )  # fmt: skip
    moments = []
    try:
        while True:
            moments.append(next(story))
    except StopIteration as end:
        case = end.value
    assert moments == sorted(moments)
    assert case.stage == "assessment"
    assert case.reports.get().status == "accepted"
    victim = beginnings.received(case, "Rosalia", born=1997, by=world.rina, at=moments[-1])
    assert victim.person.birth_year == 1997
    assert Obligation.objects.standing().filter(number=case.number).exists()
    beginnings.closed(case, "recovered", by=world.rina, at=moments[-1])
    assert not Obligation.objects.standing().filter(number=case.number).exists()
