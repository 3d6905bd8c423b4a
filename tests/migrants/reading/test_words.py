"""The vocabulary of cells: it contradicts itself nowhere, and every code has its words."""

import pytest

from simpul.migrants.reading import words


@pytest.mark.parametrize("name", ["reason", "sector", "onward", "document_kind", "status", "procedural"])
def test_every_code_is_known_by_its_own_word(name):
    terms = words.LISTS[name]
    for code, label in terms.labels.items():
        assert terms.find(label) == (code,)
        assert terms.find(code) == (code,)


def test_a_remark_tells_the_one_way_on_and_nothing_where_it_denies_it():
    assert words.onward_in_remarks("Dijemput keluarga di Entikong") == "family"
    assert words.onward_in_remarks("belum dijemput keluarga") == ""
    assert words.denies("belum dijemput keluarga")
    assert not words.denies("dijemput keluarga")
