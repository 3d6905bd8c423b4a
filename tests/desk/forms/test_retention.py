"""Forms of retention."""

from simpul.desk.forms.retention import Confirmation, Hold, Nothing


def test_a_hold_has_a_reason_of_the_list(db):
    assert Hold({"reason": "proceeding"}).is_valid()
    assert not Hold({"reason": "because", "words": "x"}).is_valid()


def test_who_confirms_says_how_it_stands_with_the_notice_and_ticks_that_it_is_meant():
    assert Confirmation({"notice": "told", "sure": "on"}).is_valid()
    assert list(Confirmation({"notice": "told"}).errors) == ["sure"]
    assert list(Confirmation({"sure": "on"}).errors) == ["notice"]


def test_a_button_asks_for_nothing():
    assert Nothing({}).is_valid()
