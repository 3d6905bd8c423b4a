"""What is told of a hidden number: plain values for every door, and a sentence for every code."""

import json

import pytest

from simpul.insight.methods import capture, capture_table, capture_telling, capture_verdict
from simpul.insight.methods.refusal import Refused
from tests.insight.methods.captures import australia


def test_there_is_a_sentence_for_each_verdict_reason_refusal_and_method():
    assert set(capture_telling.METHODS) == set(capture.METHODS)
    verdicts = {capture_verdict.PUBLISHABLE, capture_verdict.AS_RANGE, capture_verdict.WITHHELD}
    assert set(capture_telling.VERDICTS) == verdicts
    codes = {value for name, value in vars(capture_table).items() if name.isupper() and isinstance(value, str)}
    assert codes == set(capture_telling.REFUSALS)


def test_a_result_and_a_refusal_have_the_same_heads():
    settings = capture.Settings(methods=("independence",), draws=100)
    found = capture_telling.values_of(capture.estimated([australia()], settings))
    with pytest.raises(Refused) as refused:
        capture_table.check(australia(), least_overlap=10_000)
    without = capture_telling.refused_values(refused.value, australia())
    assert set(without) <= set(found)
    assert without["methods"] == {}
    assert without["reasons"][0]["code"] == "little_overlap"
    assert json.dumps(without)


@pytest.mark.parametrize(("value", "told"), [(12_345, 12_000), (987, 990), (84, 84), (float("inf"), float("inf"))])
def test_numbers_are_told_to_two_figures(value, told):
    assert capture_telling.rounded(value) == told
