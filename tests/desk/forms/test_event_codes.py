"""A new event code as it is typed."""

from datetime import timedelta

from django.utils import timezone

from simpul.desk.forms.event_codes import EventCodeForm


def form(world, **typed):
    told = {"occasion": "Pemulangan", "last_day": world.at.date().isoformat(), "limit": "100", "place": ""} | typed
    return EventCodeForm(told, at=world.at)


def test_a_code_is_valid_to_the_end_of_its_last_day(world):
    filled = form(world)
    assert filled.is_valid()
    until = timezone.localtime(filled.cleaned_data["until"])
    assert (until.date(), until.hour, until.minute) == (world.at.date(), 23, 59)
    assert filled.cleaned_data["place"] is None


def test_yesterday_is_over(world):
    assert form(world, last_day=(world.at.date() - timedelta(days=1)).isoformat()).errors["last_day"]


def test_the_calendar_offers_no_day_that_would_be_refused(world):
    attrs = form(world).fields["last_day"].widget.attrs
    assert attrs["min"] == world.at.date().isoformat()
    assert form(world, last_day=attrs["max"]).is_valid()


def test_a_limit_is_a_sensible_number(world):
    assert form(world, limit="0").errors["limit"]
    assert form(world, limit="banyak").errors["limit"]
