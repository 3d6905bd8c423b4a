"""The sheets of the recovery kit, on paper and back."""

from datetime import date
from itertools import combinations

import pytest

from simpul.confidentiality import keys, recovery
from simpul.console import sheets

SEED = bytes(range(32))


@pytest.fixture
def pages():
    name = keys.generation(keys.public_bytes(SEED))
    return sheets.printed(SEED, generation=name, region="Kalimantan Barat", on=date(2026, 8, 3))


def test_each_page_says_which_it_is_and_of_which_key(pages):
    for number, page in enumerate(pages, start=1):
        assert f"Lembar pemulihan {number} dari 3 / Recovery sheet {number} of 3" in page
        assert keys.generation(keys.public_bytes(SEED)) in page
        assert "2026-08-03" in page


def test_a_page_fits_on_paper(pages):
    for page in pages:
        assert len(page.splitlines()) < 50
        assert max(map(len, page.splitlines())) <= 120


def test_any_two_printed_pages_restore_the_seed(pages):
    for first, second in combinations(pages, 2):
        assert recovery.join(sheets.groups_in(first), sheets.groups_in(second)) == SEED


def test_the_groups_alone_are_enough(pages):
    typed = sheets.groups_in(pages[0]).lower()
    assert sheets.groups_in(typed) == typed
    assert recovery.join(typed, sheets.groups_in(pages[2])) == SEED


def test_two_sheets_are_typed_with_an_empty_line_between():
    assert sheets.typed_sheets(["ABCD EFGH\n", "IJKL\n", "\n", "\n", "MNOP\n", " \n"]) == [
        "ABCD EFGH\n IJKL\n",
        "MNOP\n",
    ]
    assert sheets.typed_sheets([]) == []
