"""The interval of a share."""

import pytest

from simpul.lib.shares import wilson


def test_it_is_that_of_the_books():
    """Newcombe, Statistics in Medicine 17:857 (1998), table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29."""
    told = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}
    for (hits, tries), ends in told.items():
        assert wilson(hits, tries) == pytest.approx(ends, abs=5e-5)


def test_it_never_leaves_the_shares_there_are():
    assert wilson(20, 20)[1] == 1.0
    assert wilson(0, 1)[0] == 0.0
