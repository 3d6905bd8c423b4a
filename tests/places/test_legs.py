from datetime import date

import pytest

from simpul.journal.acts import Act
from simpul.journal.models import Entry
from simpul.lib.rules import NotAllowed
from simpul.places import legs
from simpul.places.legs import Step
from simpul.places.models import BorderPost, Leg, Place

pytestmark = pytest.mark.usefixtures("english")

JAGOI = "61.07.07.2001"


@pytest.fixture
def report(world):
    return world.report()


@pytest.fixture
def by(world):
    return {"by": world.rina, "at": world.at}


def place(code=JAGOI):
    return Place.objects.get(pk=code)


def way(**more):
    return [Step(place(), "kuching", **more), Step("kuching", "my")]


def test_a_way_is_recorded_in_its_order_and_journalled_without_its_places(report, by):
    legs.record(report, way(transport="car"), **by)
    assert [(leg.begins_at, leg.ends_at) for leg in legs.of(report)] == [(JAGOI, "kuching"), ("kuching", "my")]
    entry = Entry.objects.get(act=Act.WAY_NOTED)
    assert (entry.subject, entry.facts) == (f"intake.report:{report.pk}", {"legs": 2})


def test_a_way_on_record_is_not_recorded_beside_itself(report, by):
    legs.record(report, way(), **by)
    with pytest.raises(NotAllowed, match="already"):
        legs.record(report, way(), **by)


def test_a_way_written_anew_leaves_no_step_of_the_earlier_one(report, by):
    legs.record(report, way(), **by)
    legs.replace(report, [Step("sibu", place())], **by)
    assert [leg.origin_abroad for leg in legs.of(report)] == ["sibu"]


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(report, by):
    seen = legs.state(report)
    legs.replace(report, way(), seen=seen, **by)
    with pytest.raises(NotAllowed, match="Somebody else"):
        legs.replace(report, [Step("sibu", place())], seen=seen, **by)
    assert legs.of(report).count() == 2


def test_a_way_without_steps_is_removed(report, by):
    legs.record(report, way(), **by)
    assert legs.replace(report, [], **by) == []
    assert not legs.of(report).exists()
    assert Entry.objects.get(act=Act.WAY_REMOVED).facts == {"legs": 2}
    assert legs.remove(report, **by) == 0


def test_a_post_says_itself_what_kind_of_crossing_it_is(report, by):
    for code, kind in (("jagoi_babang", "official"), ("temajuk", "local")):
        step = Step(place(), "my", post=BorderPost.objects.get(pk=code), crossing="unofficial")
        (leg,) = legs.replace(report, [step], **by)
        assert (leg.crossing, leg.crossed_in_id) == (kind, None)


def test_an_unofficial_crossing_is_kept_by_its_district(report, by):
    (leg,) = legs.record(report, [Step(place(), "my", crossing="unofficial", crossed_in=place())], **by)
    assert leg.crossed_in_id == "61.07.07"
    with pytest.raises(NotAllowed, match="district"):
        legs.replace(report, [Step(place(), "my", crossing="unofficial", crossed_in=place("61.07"))], **by)


def test_a_district_belongs_to_unofficial_crossings_only(report, by):
    (leg,) = legs.record(report, [Step(place(), "my", crossing="sea", crossed_in=place())], **by)
    assert leg.crossed_in_id is None


@pytest.mark.parametrize(
    ("precision", "kept"),
    [("day", date(2026, 3, 14)), ("month", date(2026, 3, 1)), ("year", date(2026, 1, 1))],
)
def test_a_day_is_kept_as_far_as_it_is_known(report, by, precision, kept):
    (leg,) = legs.record(report, [Step(place(), "my", on=date(2026, 3, 14), precision=precision)], **by)
    assert (leg.on, leg.precision) == (kept, precision)


def test_a_later_step_is_not_earlier(report, by):
    steps = [Step(place(), "kuching", on=date(2026, 3, 14), precision="day"),
             Step("kuching", "sibu", on=date(2026, 3, 2), precision="day")]  # fmt: skip
    with pytest.raises(NotAllowed, match="Step 2 is earlier than step 1"):
        legs.record(report, steps, **by)
    # Of the second only the month is known: that fits.
    legs.record(report, [steps[0], Step("kuching", "sibu", on=date(2026, 3, 2), precision="month")], **by)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("nowhere", "my"), "beginning and an end"),
        (Step("my", "my"), "begins where it ends"),
        (Step("my", "th", transport="carpet"), "choose from the lists"),
        (Step("my", "th", confidence="rumour"), "choose from the lists"),
        (Step("my", "th", crossing="tunnel"), "choose from the lists"),
        (Step("my", "th", on=date(2026, 1, 1)), "choose from the lists"),
        (Step("my", "th", on=date(2027, 1, 1), precision="day"), "future"),
    ],
)
def test_what_cannot_be_a_step_is_refused_with_its_number(report, by, step, words):
    with pytest.raises(NotAllowed, match=words) as refusal:
        legs.record(report, [step], **by)
    assert "1" in str(refusal.value)
    assert not Leg.objects.exists()


def test_a_way_has_steps_and_not_too_many(report, by):
    with pytest.raises(NotAllowed, match="at least one"):
        legs.record(report, [], **by)
    with pytest.raises(NotAllowed, match="at most 12"):
        legs.record(report, [Step("my", "th")] * 13, **by)


def test_of_what_was_erased_regency_and_year_stay(report, by):
    step = Step(place(), "kuching", crossing="unofficial", crossed_in=place(), on=date(2026, 3, 14), precision="day")
    legs.record(report, [step], **by)
    assert legs.coarsen(report) == 1
    leg = legs.of(report).get()
    assert (leg.origin_id, leg.crossed_in_id, leg.on, leg.precision) == ("61.07", "61.07", date(2026, 1, 1), "year")
    assert leg.destination_abroad == "kuching"
