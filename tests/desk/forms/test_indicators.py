"""The form by which a table of indicators is brought."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from simpul.desk.forms.indicators import Upload
from simpul.insight.indicator_reading import LARGEST

pytestmark = pytest.mark.usefixtures("english")


def form(content=b"kode,poverty\n", **data):
    return Upload({"mark": "S"} | data, {"file": SimpleUploadedFile("a.csv", content)})


def test_a_table_needs_a_file_and_nothing_else():
    assert form().is_valid()
    assert not Upload({"mark": "S"}, {}).is_valid()


def test_a_table_that_is_empty_or_too_large_is_told_so():
    assert "empty" in str(form(b"").errors["file"])
    assert "larger than 2 MB" in str(form(b"x" * (LARGEST + 1)).errors["file"])


def test_a_year_lies_in_our_time():
    assert "year" in form(year="1066").errors
    assert form(year="2025").is_valid()
