"""A place in a form: found without a script, chosen, never guessed."""

import pytest
from django import forms

from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.places.models import Place

JAGOI = "61.07.07.2001"


class Form(FindsPlaces, forms.Form):
    place = PlaceField(required=False)
    note = forms.CharField()


def typed(words, code="", found_for="", note="x", **more):
    return Form({"place": words, "place_kode": code, "place_untuk": found_for, "note": note} | more)


@pytest.mark.django_db
def test_a_place_that_was_chosen_is_taken():
    form = typed("jagoi", JAGOI, "jagoi")
    assert form.is_valid()
    assert form.cleaned_data["place"].pk == JAGOI


@pytest.mark.django_db
def test_words_that_fit_several_places_ask_for_a_choice():
    form = typed("seluas")
    assert not form.is_valid()
    assert "place" in form.errors
    assert str(form["place"]).count('type="radio"') > 1


@pytest.mark.django_db
def test_a_choice_made_for_other_words_does_not_count():
    form = typed("seluas", JAGOI, "jagoi")
    assert not form.is_valid()


@pytest.mark.django_db
def test_a_code_that_no_place_has_is_not_taken():
    assert not typed("jagoi", "99.99", "jagoi").is_valid()


@pytest.mark.django_db
def test_looking_up_checks_nothing_and_loses_nothing():
    form = typed("jagoi", note="", cari="place")
    assert not form.is_valid()
    assert not form.errors
    assert JAGOI in str(form["place"])


@pytest.mark.django_db
def test_no_words_are_no_place():
    form = typed("")
    assert form.is_valid()
    assert form.cleaned_data["place"] is None


@pytest.mark.django_db
def test_words_that_fit_nothing_say_what_to_write():
    assert "<p" in str(typed("xqzzqx", cari="place")["place"])


@pytest.mark.django_db
def test_a_place_that_is_held_is_shown_and_counts_as_unchanged():
    place = Place.objects.get(pk=JAGOI)
    shown = str(Form(initial={"place": place})["place"])
    assert "Jagoi" in shown
    assert "checked" in shown
    label = Form(initial={"place": place})["place"].field.widget.format_value(place).words
    same = Form({"place": label, "place_kode": JAGOI, "place_untuk": label, "note": "x"}, initial={"place": place})
    assert "place" not in same.changed_data
    assert "place" in Form({"place": "", "note": "x"}, initial={"place": place}).changed_data


@pytest.mark.django_db
def test_what_was_typed_is_shown_as_text():
    assert "<script>" not in str(typed("<script>alert(1)</script>")["place"])
