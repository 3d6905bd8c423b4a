import pytest

from simpul.places.spelling import Word, distance, key_of, readings, slips_allowed


@pytest.mark.parametrize(
    ("name", "is_regency", "key"),
    [
        ("Kabupaten Bengkayang", True, "bengkayang"),
        ("Kota Pontianak", True, "pontianak"),
        ("Kota Administrasi Jakarta Pusat", True, "jakarta pusat"),
        ("Kabupaten Kep. Siau Tagulandang Biaro", True, "kepulauan siau tagulandang biaro"),
        ("Kota Sigli", False, "kota sigli"),
        ("Kaliau'", False, "kaliau"),
        ("Gn. Bintang Awai", False, "gunung bintang awai"),
        ("Sungai Raya", False, "sungai raya"),
    ],
)
def test_a_name_is_looked_up_without_what_writers_leave_out(name, is_regency, key):
    assert key_of(name, is_regency=is_regency) == key


def texts(text, **short_forms):
    return [" ".join(word.text for word in reading) for reading in readings(text, short_forms=short_forms)]


def test_abbreviations_are_written_out():
    assert texts("Sg. Pinyuh") == ["sungai pinyuh"]
    assert texts("TLK pakedai") == ["teluk pakedai"]


def test_an_abbreviation_with_two_readings_is_read_both_ways():
    assert texts("bt lintang") == ["batu lintang", "batang lintang"]


def test_short_forms_are_read_as_the_names_they_stand_for():
    assert texts("skw barat", skw=[("singkawang",)]) == ["singkawang barat"]
    assert texts("kkr", kkr=[("kubu", "raya")]) == ["kubu raya"]


def test_a_single_letter_at_the_end_stays_a_letter():
    assert texts("blok s") == ["blok s"]
    assert texts("s. ambawang") == ["sungai ambawang"]


def test_a_word_before_a_name_tells_its_kind_and_need_not_match():
    (words,) = readings("desa jagoi, kec. jagoi babang", short_forms={})
    assert words == [
        Word("desa", "", True),
        Word("jagoi", "village"),
        Word("kec", "", True),
        Word("jagoi", "district"),
        Word("babang"),
    ]


def test_words_that_only_say_a_kind_are_looked_for_when_nothing_else_is_written():
    (words,) = readings("kota", short_forms={})
    assert words == [Word("kota")]


@pytest.mark.parametrize("text", ["", "   ", "., -", "'"])
def test_nothing_written_has_no_reading(text):
    assert readings(text, short_forms={}) == []


def test_a_long_text_is_read_only_as_far_as_a_name_goes():
    found = readings("bt " * 5000, short_forms={})
    assert len(found) <= 4
    assert len(found[0]) <= 12


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("bengkayang", "bengkayang", 0),
        ("bengkyang", "bengkayang", 1),
        ("etnikong", "entikong", 1),
        ("singkwng", "singkawang", 2),
        ("sambas", "sanggau", 3),
        ("a", "bengkayang", 3),
    ],
)
def test_slips_are_counted_up_to_a_limit(one, other, slips):
    assert distance(one, other, most=2) == slips
    assert distance(other, one, most=2) == slips


def test_short_words_allow_no_slips():
    assert [slips_allowed(word) for word in ("ledo", "tayan", "entikong")] == [0, 1, 2]
