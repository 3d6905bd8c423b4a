"""What is said of a file that cannot be read."""

import pytest

from simpul.migrants.reading import files, layouts


@pytest.mark.parametrize("reason", list(files._sentences()))
def test_every_refusal_says_what_it_is_and_what_to_do(reason):
    said = files.sentence(reason, layout=layouts.MANIFEST)
    assert said.endswith(".")
    assert "%" not in said


def test_an_unknown_refusal_names_what_can_be_read():
    assert "CSV" in files.sentence("otherworldly")


def test_a_file_is_opened_or_refused():
    assert files.opened(b"Nama;JK\nAni;P\n", layout=layouts.MANIFEST).kind == "csv"
    with pytest.raises(files.FileError):
        files.opened(b"PK\x03\x04", layout=layouts.MANIFEST)
