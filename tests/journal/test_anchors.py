"""Anchors: how long the book was, noted outside the database."""

import pytest

from simpul.journal import anchors
from simpul.journal.models import Head


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path / "home"


def test_the_end_is_noted_with_its_number_and_link(book):
    assert anchors.note() == book[-1]
    assert anchors.noted() == [(book[-1], bytes(Head.objects.get().link).hex())]


def test_anchors_are_added_never_written_over(book, now):
    anchors.note()
    anchors.note()
    assert [number for number, _link in anchors.noted()] == [book[-1], book[-1]]


@pytest.mark.django_db
def test_an_empty_journal_has_no_end_to_note():
    Head.objects.all().delete()
    assert anchors.note() is None
    assert anchors.noted() == []
    assert not anchors.path().exists()


def test_a_copy_kept_elsewhere_is_read_instead(book, tmp_path):
    anchors.note()
    copy = tmp_path / "copy.txt"
    copy.write_text(f"7 {'ab' * 32}\n\n")
    assert anchors.noted(copy) == [(7, "ab" * 32)]


@pytest.mark.parametrize("line", ["7", "seven " + "ab" * 32, "7 abc", f"7 {'ab' * 32} more"])
def test_a_line_that_is_no_anchor_is_said(tmp_path, line):
    copy = tmp_path / "copy.txt"
    copy.write_text(f"{line}\n")
    with pytest.raises(ValueError, match="is not an anchor"):
        anchors.noted(copy)


def test_a_copy_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        anchors.noted(tmp_path / "nowhere.txt")
