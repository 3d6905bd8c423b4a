"""The vocabulary itself: it contradicts itself nowhere, and every code has its words."""

import pytest

from simpul.migrants.reading import layouts, words


def test_every_column_has_its_headings():
    assert set(layouts.LABELS) | {"-"} == set(words.HEADINGS)


def test_words_of_a_heading_are_written_out():
    assert words.tokens("Tgl. Lahir (dd/mm)") == ("tanggal", "lahir")
    assert words.tokens("N I K") == ("nik",)
    assert words.tokens("NAMA LENGKAP") == words.tokens("N A M A L E N G K A P")
    assert words.tokens("JK (L/P)") == ("jk", "l", "p")


def test_a_misspelt_word_is_known_and_others_are_left():
    assert words.spelled("kecamattan") == "kecamatan"
    assert words.spelled("qwertyuiop") == "qwertyuiop"


@pytest.mark.parametrize("name", ["reason", "sector", "onward", "document_kind", "status", "procedural"])
def test_every_code_is_known_by_its_own_word(name):
    terms = words.LISTS[name]
    for code, label in terms.labels.items():
        assert terms.find(label) == (code,)
        assert terms.find(code) == (code,)


def test_phrases_are_found_within_a_heading():
    assert (frozenset(["tanggal", "lahir"]), "birth_date") in words.phrases_in(frozenset(["tanggal", "lahir", "x"]))
