"""Text as people type it."""

from hypothesis import given
from hypothesis import strategies as st

from simpul.lib.texts import cleaned, digits, folded, one_line


def test_what_a_person_can_see_stays():
    assert cleaned("  Anak saya — 15 th — belum pulang 😢  ") == "Anak saya — 15 th — belum pulang 😢"


def test_every_kind_of_line_end_becomes_one():
    assert cleaned("a\r\nb\rc\u2028d\u2029e\vf\fg\x85h") == "a\nb\nc\nd\ne\nf\ng\nh"


def test_control_characters_and_hidden_directions_go():
    assert cleaned("ka\x00pal\u202e \u200bmalam\ufeff") == "kapal malam"


def test_tabs_become_blanks():
    assert cleaned("Rp\t500.000") == "Rp 500.000"


def test_nothing_is_cleaned_to_nothing():
    assert cleaned(None) == cleaned("") == cleaned(" \n\t ") == ""


def test_one_line_has_single_blanks():
    assert one_line(" Jalan  Raya\n\nNo.\u00a05 ") == "Jalan Raya No. 5"


def test_folded_text_keeps_words_apart():
    assert folded("Kec. Jagói–Babang") == "kec jagoi babang"
    assert folded("Desa Sei/Sungai…Ambawang") == "desa sei sungai ambawang"


def test_folded_text_joins_what_an_apostrophe_parts():
    assert {folded(name) for name in ("Ma'ruf", "Ma’ruf", "Ma‘ruf", "Ma`ruf", "MARUF", "Ma´ruf")} == {"maruf"}


def test_only_ascii_digits_are_digits():
    assert digits("+62 812-0000-1111") == "6281200001111"
    assert digits("٣٤ ②") == ""
    assert digits(None) == ""


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert cleaned(cleaned(text)) == cleaned(text)
    assert one_line(one_line(text)) == one_line(text)
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_folded_text_holds_only_small_letters_digits_and_single_blanks(text):
    found = folded(text)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in found.split())
    assert found == " ".join(found.split())
