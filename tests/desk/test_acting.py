"""Trying an act with what a form holds."""

import pytest
from django import forms

from simpul.desk.acting import leaf, tried
from simpul.lib.rules import NotAllowed
from simpul.persons.identities import IdentityError


class Filled(forms.Form):
    text = forms.CharField()


@pytest.fixture
def form():
    form = Filled({"text": "tetap di sini"})
    assert form.is_valid()
    return form


def test_what_an_act_returns_is_handed_on(form):
    assert tried(form, lambda: "kasus") == "kasus"


def test_an_act_that_returns_nothing_was_done_all_the_same(form):
    assert tried(form, lambda: None) is True


@pytest.mark.parametrize("refusal", [NotAllowed, IdentityError])
def test_a_refusal_stands_in_the_form_and_nothing_typed_is_lost(form, refusal):
    def act():
        raise refusal("Tidak bisa.")

    assert tried(form, act) is None
    assert form.non_field_errors() == ["Tidak bisa."]
    assert form["text"].value() == "tetap di sini"


def test_a_leaf_that_does_not_exist_is_the_last_one(rf):
    assert leaf(rf.get("/", {"hal": "99"}), range(70)).number == 3
    assert leaf(rf.get("/", {"hal": "x"}), range(70)).number == 1
