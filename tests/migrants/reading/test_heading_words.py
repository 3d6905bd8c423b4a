"""The vocabulary of headings: every column has its words, and slips are understood."""

from simpul.migrants.reading import heading_words, layouts


def test_every_column_has_its_headings():
    assert set(layouts.LABELS) | {"-"} == set(heading_words.HEADINGS)


def test_words_of_a_heading_are_written_out():
    assert heading_words.tokens("Tgl. Lahir (dd/mm)") == ("tanggal", "lahir")
    assert heading_words.tokens("N I K") == ("nik",)
    assert heading_words.tokens("NAMA LENGKAP") == heading_words.tokens("N A M A L E N G K A P")
    assert heading_words.tokens("JK (L/P)") == ("jk", "l", "p")


def test_a_misspelt_word_is_known_and_others_are_left():
    assert heading_words.spelled("kecamattan") == "kecamatan"
    assert heading_words.spelled("qwertyuiop") == "qwertyuiop"


def test_phrases_are_found_within_a_heading():
    assert (frozenset(["tanggal", "lahir"]), "birth_date") in heading_words.phrases_in(
        frozenset(["tanggal", "lahir", "x"])
    )
