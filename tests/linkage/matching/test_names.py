"""Names taken apart: nothing that names anybody is lost, and what is heard as one name is one."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simpul.linkage.matching import names
from simpul.linkage.matching.names import Name

with (Path(__file__).parent / "name_pairs.csv").open(encoding="utf-8", newline="") as file:
    PAIRS = list(csv.DictReader(file))

LATIN = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", max_size=12)
SYLLABLES = st.lists(
    st.sampled_from(
        [
            "OE",
            "TJ",
            "DJ",
            "SJ",
            "NJ",
            "ABDU",
            "R",
            "S",
            "KH",
            "CH",
            "SY",
            "ZH",
            "DZ",
            "TS",
            "PH",
            "IE",
            "Y",
            "J",
            "A",
            "I",
            "U",
            "0",
            "1",
            "MUH",
            "TTJJ",
            "DDJJ",
            "QC",
        ]
    ),
    max_size=5,
)
ANY_WORD = st.text(max_size=12) | LATIN | SYLLABLES.map("".join)
PIECES = [
    "Siti",
    "A",
    "M.",
    "Ali",
    "H.",
    "Hj.",
    "bin",
    "BINTI",
    "ak",
    "a/l",
    "b.",
    "@",
    "als",
    "alias",
    "(",
    ")",
    ",",
    ".",
    "/",
    "-",
    '"',
    "S.H.",
    "S.",
    "Pd",
    "M.Ali",
    "MA",
    "7",
    "X",
    "(korban)",
    "مريم",
    "陈美玲",
    "สมชาย",
    "मीरा",
]
ANY_NAME = st.text(max_size=30) | st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join)


def heard(text):
    """The words of a name as they are heard, in any order, and all of them as one."""
    words = names.read(text).words
    return sorted(map(names.sound, words)), names.sound("".join(words))


def sounds_same(one, other):
    return any(mine == theirs for mine, theirs in zip(heard(one), heard(other), strict=True))


@given(ANY_WORD)
@pytest.mark.parametrize("grip", [names.spelled, names.sound, names.skeleton], ids=lambda grip: grip.__name__)
def test_what_a_grip_gives_it_leaves_alone(grip, word):
    assert grip(grip(word)) == grip(word)


@given(LATIN)
def test_each_grip_is_looser_than_the_one_before(word):
    assert names.skeleton(names.sound(word)) == names.skeleton(word)


@given(ANY_NAME)
def test_a_name_that_has_letters_is_not_lost(text):
    name = names.read(text)
    assert all(all(part) for part in name)
    if any(letter.isalpha() for letter in names.plain(text)) and not names.is_nothing(text):
        assert name.words


@given(ANY_NAME)
def test_no_word_is_made_up_of_blanks_or_marks(text):
    name = names.read(text)
    for word in name.words + name.aliases + name.parent:
        assert word == word.strip()
        assert not set(word) & set(" ,.()@/\"'")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['one']} | {pair['other']}")
def test_what_is_heard_as_one_name_is_one(pair):
    assert sounds_same(pair["one"], pair["other"]) == (pair["heard"] == "same"), pair["remark"]


def test_the_pairs_say_both_and_why():
    assert len(PAIRS) > 150
    assert {pair["heard"] for pair in PAIRS} == {"same", "differs"}
    assert sum(pair["heard"] == "differs" for pair in PAIRS) > 25
    assert all(pair["remark"] for pair in PAIRS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("H. Moch. Soekardjo bin Tjokro, S.H., M.H.", Name(("MUHAMMAD", "SUKARJO"), (), ("COKRO",))),
        ("Jampung ak. Ngau", Name(("JAMPUNG",), (), ("NGAU",))),
        ("Ahmad bin Ali bin Umar", Name(("AHMAD",), (), ("ALI", "UMAR"))),
        ("Devi a/p Raju", Name(("DEVI",), (), ("RAJU",))),
        ("Siti als. Titi binti Ahmad", Name(("SITI",), ("TITI",), ("AHMAD",))),
        ("Tan Siu Lan / Lanny", Name(("TAN", "SIU", "LAN"), ("LANNY",), ())),
        ("Siti (Titi) @ Ety", Name(("SITI",), ("TITI", "ETY"), ())),
        ("@ Titi", Name(("TITI",), (), ())),
        ("Anak Agung Gede", Name(("AGUNG", "GEDE"), (), ())),
        ("Haji", Name(("HAJI",), (), ())),
        ("Haji (Somad)", Name(("SOMAD",), (), ())),
        ("bin", Name(("BIN",), (), ())),
        ("陈美玲", Name(("陈美玲",), (), ())),
        ("Siti\u200bAminah", Name(("SITIAMINAH",), (), ())),
        ("Siti 2", Name(("SITI",), (), ())),
    ],
)
def test_a_name_is_taken_apart(text, name):
    assert names.read(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        None,
        "-",
        "X",
        "xx",
        "XXX",
        "tidak diketahui",
        "Tidak ada",
        "N/A",
        "NN",
        "?",
        "...",
        "123",
        "0",
        "tanpa nama",
        "Fulanah",
        "Mr. X",
        "\u00ad",
    ],
)
def test_who_is_not_named_has_no_name(text):
    assert names.read(text) == Name()


def test_a_skeleton_of_few_bones_says_nothing():
    assert names.skeleton("ANI") == ""
    assert names.skeleton("SULASTRI") == names.skeleton("SOLASTRY")


def test_what_looks_like_a_degree_is_kept_where_it_may_be_a_name():
    assert names.read("Ahmad M.Ali").words == ("AHMAD", "M", "ALI")
    assert names.read("Ali, M. Nur").words == ("ALI", "M", "NUR")
    assert names.read("Bong Ma").words == ("BONG", "MA")
    assert names.read("SE").words == ("SE",)
    assert names.read("Nur Aminah St").words == ("NUR", "AMINAH", "SITI")
    assert names.read("Nur Aminah St.").words == ("NUR", "AMINAH", "SITI")
    assert names.read("Nur Aminah S.T.").words == ("NUR", "AMINAH")


def test_what_says_that_nothing_is_known_is_no_alias_and_no_name():
    assert names.read("Melati alias tidak diketahui") == Name(("MELATI",))
    assert names.read("tidak diketahui alias Mela") == Name(("MELA",))
    assert names.read("S. alias Mela") == Name(("S",), ("MELA",))
