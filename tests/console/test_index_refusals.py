"""Refusals of an index are sentences: every reason has one, and long lists are cut."""

import re
from pathlib import Path

from simpul.console.index_refusals import OTHER, SENTENCES, sentence
from simpul.insight.methods.refusal import Refused
from simpul.lib.speech import speaking

METHODS = Path(__file__).resolve().parents[2] / "simpul" / "insight" / "methods"
# What the command cannot ask for, or asks for only by names it has checked.
NOT_ASKED = {"lengths", "unknown", "copeland_alone", "direction", "nothing_varied"}


def test_every_reason_has_its_sentence():
    reasons = set()
    for path in METHODS.glob("indices*.py"):
        text = path.read_text(encoding="utf-8")
        reasons |= set(re.findall(r'Refused\(\s*"(\w+)"', text))
    reasons |= {"over_hundred", "below_zero"}
    assert len(reasons) > 12
    assert reasons - NOT_ASKED <= set(SENTENCES)


def test_a_sentence_names_the_cells_and_cuts_a_long_list():
    cells = [(f"61.{number:02d}", "poverty", 101.5) for number in range(1, 9)]
    with speaking("en"):
        said = sentence(Refused("over_hundred", cells=cells), file="a.csv")
    assert "61.01 poverty = 101.50" in said
    assert said.count("poverty") == 6
    assert "and 2 more" in said


def test_a_reason_without_a_sentence_is_still_said():
    with speaking("en"):
        assert sentence(Refused("strange", value=3), file="a.csv") == OTHER % {
            "file": "a.csv",
            "reason": "strange (value=3)",
        }
