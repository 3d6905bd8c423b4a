"""Rules: refused with a sentence, or asked by a button."""

import pytest

from simpul.lib.rules import NotAllowed, NotFound, allows


def check_may_sail(boat, *, by):
    if by != "captain":
        raise NotAllowed("Only the captain may sail.")


def test_a_button_asks_the_rule_that_refuses():
    assert allows(check_may_sail, "boat", by="captain")
    assert not allows(check_may_sail, "boat", by="cook")
    with pytest.raises(NotAllowed, match="Only the captain"):
        check_may_sail("boat", by="cook")


def test_a_fault_of_another_kind_is_not_taken_for_a_refusal():
    def check_broken():
        raise NotFound("boat")

    with pytest.raises(NotFound):
        allows(check_broken)
