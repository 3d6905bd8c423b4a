"""Places as people write them: one spelling for each, and codes stay codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import places
from simpul.linkage.matching.places import one_spelling
from simpul.places.spelling import ABBREVIATIONS

PIECES = [
    "Ds.",
    "Desa",
    "Kab.",
    "Kota",
    "S.",
    "Sei",
    "SEL",
    "El",
    "Tj",
    "Bt",
    "Raya",
    "61.07",
    "7",
    "'",
    ".",
    ",",
    "-",
    "Jakbar",
    "É",
    "村",
    "JH",
    "Q",
]
ANY_PLACE = st.text(max_size=20) | st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join)


@given(ANY_PLACE | ANY_PLACE.map(lambda text: text.replace(" ", "")))
def test_one_spelling_is_left_alone(text):
    assert one_spelling(one_spelling(text)) == one_spelling(text)


@given(ANY_PLACE)
def test_blanks_and_capitals_do_not_matter(text):
    assert one_spelling(f"  {text}  ") == one_spelling(text)
    if text.isascii():
        assert one_spelling(text.lower()) == one_spelling(text.upper())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ds. Sei Raya", "SUNGAI RAYA"),
        ("Desa Sungai Raya", "Sungairaya"),
        ("Kab. Kubu Raya", "KKR"),
        ("Kabupaten Kapuas Hulu", "KPH"),
        ("Kota Singkawang", "SKW"),
        ("Kec. Tj. Hulu", "Tanjung Hulu"),
        ("Kel. Tanjoeng Hoeloe", "Tanjung Hulu"),
        ("Nga. Pinoh", "Nanga Pinoh"),
        ("Jakbar", "Jakarta Barat"),
        ("Lotim", "Kab. Lombok Timur"),
        ("NTT", "Nusa Tenggara Timur"),
        ("Prov. Kalbar", "Kalimantan Barat"),
        ("Bt. Ampar", "Batu Ampar"),
        ("Sui Ringin", "Sungai Ringin"),
        ("Pala Pl.", "Pala Pulau"),
        ("Kg. Baru", "Kampung Baru"),
        ("Kodya Pontianak", "Kota Pontianak"),
        ("Ma'rang", "Marang"),
        ("Djambi", "Jambi"),
    ],
)
def test_a_place_written_in_two_ways_is_one(one, other):
    assert one_spelling(one) == one_spelling(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sungai Raya", "Sungai Kakap"),
        ("Jakarta Barat", "Jakarta Timur"),
        ("Tanjung Hulu", "Tanjung Hilir"),
        ("61.07.07.2001", "61.07.07.2002"),
    ],
)
def test_two_places_are_two(one, other):
    assert one_spelling(one) != one_spelling(other)


@pytest.mark.parametrize("code", ["61", "61.07", "61.07.07", "61.07.07.2001"])
def test_a_code_stays_a_code_with_or_without_its_points(code):
    assert one_spelling(code) == one_spelling(code.replace(".", "")) == code.replace(".", "")


@pytest.mark.parametrize("text", ["", "-", "X", "tidak diketahui", "N/A", " . "])
def test_no_place_is_none(text):
    assert one_spelling(text) == ""


def test_a_level_alone_is_a_place_after_all():
    assert one_spelling("Kota") == "KUTA"


def test_an_abbreviation_is_told_once():
    """What every reader of places knows stands with them, and here only what they leave open or do not know."""
    own = [short for shorts in places._WAYS.values() for short in shorts.split()]
    assert len(own) == len(set(own))
    assert [short for short in own if len(ABBREVIATIONS.get(short.lower(), ())) == 1] == []
