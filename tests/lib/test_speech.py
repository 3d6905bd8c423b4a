"""Sentences and figures in the language that is spoken."""

from simpul.lib import speech
from simpul.lib.speech import speaking


def test_a_language_lasts_as_long_as_it_is_spoken():
    assert speech.language() == "en"
    with speaking("id"):
        assert speech.language() == "id"
        with speaking("en"):
            assert speech._("name") == "name"
        assert speech.language() == "id"
    assert speech.language() == "en"


def test_a_language_without_a_catalogue_is_english():
    with speaking("xx"):
        assert speech._("name") == "name"
        assert speech.ngettext("%(n)s pair", "%(n)s pairs", 2) == "%(n)s pairs"


def test_an_indonesian_number_has_the_comma_where_english_has_the_point():
    assert speech.number(1234.5, 1) == "1,234.5"
    with speaking("id"):
        assert speech.number(1234.5, 1) == "1.234,5"
        assert speech.percent(0.125) == "12,5%"
