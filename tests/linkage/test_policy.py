"""Rules of this room that stories do not reach."""

import pytest

from simpul.lib.rules import NotAllowed
from simpul.linkage import policy


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (None, "compared by an officer"),
        (0.99, "very likely"),
        (0.95, "very likely"),
        (0.8, "likely"),
        (0.3, "possible"),
    ],
)
def test_a_probability_has_a_word(probability, word, english):
    assert policy.word_for(probability) == word


def test_officers_of_the_village_and_of_the_secretariat_compare_nobody(w):
    for officer in (w.darius, w.dewi, w.tono, w.wulan, w.budi):
        with pytest.raises(NotAllowed):
            policy.check_may_compare(officer)
    for officer in (w.rina, w.yanti, w.hana, w.lina):
        policy.check_may_compare(officer)
