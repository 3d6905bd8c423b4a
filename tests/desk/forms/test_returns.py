"""Forms of the return home."""

from datetime import date, timedelta

import pytest

from simpul.agencies import exclusions, offices
from simpul.desk.forms.returns import HandedOver, HomeTold, Safety, Wish
from simpul.places.models import Place
from simpul.reference import catalogues

TODAY = date(2026, 8, 3)


@pytest.fixture
def service(world):
    return world.service(world.victim(world.case()), kind="repatriation")


def test_every_question_of_the_catalogue_is_asked(service):
    form = Safety(service=service, today=TODAY)
    assert form.questions == [term.code for term in catalogues.terms("safety_checks")]
    assert len(form.short) == len(form.fields) - 1


def test_answers_are_told_by_their_questions(service):
    asked = [term.code for term in catalogues.terms("safety_checks")]
    form = Safety({f"tanya_{code}": "unclear" for code in asked} | {"is_safe": "no"}, service=service, today=TODAY)
    assert form.is_valid()
    assert form.told() == {"answers": dict.fromkeys(asked, "unclear"), "is_safe": False}


def test_home_is_where_the_person_comes_from_until_told_otherwise(world):
    home = Place.objects.get(pk="61.07.07.2001")
    service = world.service(world.victim(world.case(), home=home), kind="repatriation")
    assert Wish(service=service, today=TODAY).initial["home"] == home


def test_only_who_fetches_at_home_and_is_let_in_can_be_chosen(world, service):
    there = offices.record(
        "Dinas Sosial Sambas", kind="social", place=Place.objects.get(pk="61.01"), by=None, at=world.at
    )
    exclusions.keep_out(service.case, agency=world.dinsos, by=None, at=world.at)
    offered = list(HomeTold(service=service, today=TODAY).fields["fetched_by"].queryset)
    assert there in offered
    assert world.dinsos not in offered
    assert world.police not in offered


def test_nobody_is_handed_over_tomorrow(service):
    typed = {"to": "family", "witness": "Kades", "on": TODAY + timedelta(days=1)}
    assert set(HandedOver(typed, service=service, today=TODAY).errors) == {"on"}
