"""Blind indexes: equal values meet, and nobody without the key can try a guess."""

from base64 import b64encode

import pytest

from simpul.confidentiality.blind_index import name_tags, name_words, tag
from simpul.confidentiality.opening import NoOpeningKey


def test_the_same_number_is_found_however_it_was_typed():
    assert len({tag("phone", n) for n in ("0812 5555 0101", "+62 812-5555-0101", "62812.5555.0101")}) == 1
    assert len({tag("nik", n) for n in ("6107 0701 0101 0001", "6107070101010001", "6107-0701-0101-0001")}) == 1
    assert len({tag("passport", n) for n in ("C 1234567", "c1234567", "C-1234567")}) == 1


def test_other_values_have_other_tags():
    assert tag("nik", "6107070101010001") != tag("nik", "6107070101010002")


def test_one_value_has_another_tag_for_each_kind():
    assert tag("nik", "6107070101010001") != tag("phone", "6107070101010001")


def test_no_value_has_no_tag():
    assert tag("nik", "") == tag("nik", None) == tag("phone", " - ") == b""
    assert len(tag("nik", "6107070101010001")) == 16


def test_a_name_is_found_by_its_words_in_any_order():
    assert name_tags("Siti Nurhaliza") == name_tags("NURHALIZA, siti")
    assert set(name_tags("Siti")) < set(name_tags("Siti Nurhaliza"))


def test_titles_and_particles_are_no_names():
    assert name_tags("Hj. Siti binti H. Ahmad") == name_tags("Siti Ahmad")
    assert name_tags("Bapak") == name_tags("") == name_tags("A.") == []


def test_a_word_that_stands_twice_has_one_tag():
    assert len(name_tags("Ana Ana")) == 1


def test_names_with_signs_are_found_as_people_type_them():
    assert name_tags("Ma’ruf Nur‘aini") == name_tags("Maruf Nuraini")


def test_under_another_key_the_tags_are_others(settings):
    before = tag("nik", "6107070101010001")
    settings.KEYS = settings.KEYS | {"blind_key": b64encode(b"n" * 32).decode()}
    assert tag("nik", "6107070101010001") != before


def test_the_public_process_cannot_search(settings):
    settings.KEYS = {name: key for name, key in settings.KEYS.items() if name != "blind_key"}
    with pytest.raises(NoOpeningKey, match="cannot search"):
        tag("nik", "6107070101010001")
    with pytest.raises(NoOpeningKey):
        name_tags("Siti")
    assert tag("nik", "") == b""


def test_words_of_a_name_are_known_without_titles():
    assert name_words("Hj. Siti Aminah binti Ahmad") == {"siti", "aminah", "ahmad"}
    assert name_words("") == set()
