"""Articles of law as an Indonesian and as an English page cite them."""

import pytest
from django.utils import translation

from simpul.reference.citations import cited


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("UU 21/2007 Art. 44", "UU 21/2007 Pasal 44"),
        ("UU 21/2007 Art. 48(6)", "UU 21/2007 Pasal 48 ayat (6)"),
        ("UU 21/2007 Art. 48(1-2)", "UU 21/2007 Pasal 48 ayat (1-2)"),
        ("UU 31/2014 Art. 29A", "UU 31/2014 Pasal 29A"),
        ("UU 21/2007 Art. 24; UU 27/2022 Art. 33", "UU 21/2007 Pasal 24; UU 27/2022 Pasal 33"),
        ("PP 7/2018", "PP 7/2018"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_indonesian_page_has_pasal_and_ayat(written, shown):
    with translation.override("id"):
        assert cited(written) == shown
    with translation.override("en"):
        assert cited(written) == (written or "")
