"""Forms of obligations."""

from simpul.desk.forms.obligations import Nothing, Pause, Waive


def test_a_pause_and_a_waiver_need_a_reason_of_the_catalogue(db):
    assert not Pause({"reason": ""}).is_valid()
    assert not Waive({"reason": "victim_not_ready"}).is_valid()
    assert Pause({"reason": "victim_not_ready"}).is_valid()
    assert Waive({"reason": "not_a_victim"}).is_valid()


def test_a_button_asks_for_nothing():
    assert Nothing({}).is_valid()
