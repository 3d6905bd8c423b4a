"""Names as Indonesia writes them: titles, degrees, patronymics, aliases, abbreviations, old spelling.

A name has no fixed surname and often one word. `read` takes a written name apart; `spelled`, `sound` and `skeleton` are
three grips on one word, each looser than the one before. All are idempotent: what they give, they leave alone.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Name(NamedTuple):
    """A written name, taken apart; every word is `spelled`."""

    words: tuple = ()
    aliases: tuple = ()
    parent: tuple = ()


def _set_of(text):
    return frozenset(text.split())


# Before a name or within it, they say who somebody is and not what he is called.
TITLES = _set_of("""
    ALM ALMARHUM ALMARHUMAH ALMH BAPAK BAPA BPK BP BU BUK IBU DR DRA DRG DRS H HJ HAJI HAJJAH HAJAH HJH IR KH KYAI MBAH
    MBAK MAS KANG TETEH MR MRS MS MISS NN NONA NY NYONYA BY BAYI PAK PDT PENDETA PROF SDR SDRA SDRI SAUDARA SAUDARI TGK
    TN TUAN TUANKU UST USTAD USTADZ USTADZAH USTAZ APT NS NEK MAK MAMAK MBOK BANG KAK ABANG KAKAK PASTOR SUSTER ROMO
    BRIPDA BRIPKA AIPDA AIPTU IPDA IPTU SERDA SERTU I NI APAI INDAI AMAQ INAQ
    """)
# Only these are a title in the middle as well: `BU`, `MAK` or `BANG` may be a word of a name there. `BORU` stands
# before the clan of a Batak woman.
_TITLES_WITHIN = _set_of("H HJ HAJI HAJJAH HAJAH ALM ALMH ALMARHUM ALMARHUMAH DRS DRA DRG BR BORU BRU BERU")
DEGREES = _set_of("""
    AMD AMK AMKEB AMAPD AMDKEP AMDKEB BA BSC DIPL LC MA MAG MBA MED MH MHUM MKES MKN MKOM MM MPD MPDI MPSI MSC MSI MSOS
    MT NERS PHD SAB SAG SAK SAP SE SEI SFARM SH SHI SHUT SIKOM SIP SKED SKEP SKH SKM SKOM SP SPD SPDI SPI SPSI SPT SSI
    SSOS SST ST STR STRKEB STRKEP SS SSN SSY STP SPAK SPDK STH MTH MTR
    """)
# These are words of names as well (ST is short for SITI); they end a name as a degree only behind a comma or with
# their dots.
_NAMES_TOO = _set_of("BA MA SAB SAP SIP ST")
_FATHER_MARKS = _set_of("BIN BINTI BINTE BINTY BINT BTE BNT BT BTI IBN AK ANAK")
_ALIAS_WORDS = _set_of("ALIAS ALS AKA PGL PANGGILAN DIPANGGIL DISEBUT DIKENAL GELAR GLR")
# What stands in brackets behind a name and is none.
_REMARKS = _set_of("""
    ADIK ALM ALMARHUM ALMARHUMAH ALMH ANAK ASLI AYAH BAPAK BAYI BUKAN DEWASA HAMIL IBU INISIAL ISTRI ISTERI KAKAK
    KANDUNG KORBAN LAKI NAMA P L PELAKU PELAPOR PEREMPUAN SAKSI SAMARAN SEBENARNYA SUAMI TERLAPOR TERSANGKA TIRI WANITA
    """)
_SHORT = {
    "MUHAMMAD": "MUH MOH MOHD MHD MUHD MOCH MUCH MD MUHAMAD MOHAMAD MOHAMMAD MUHAMMED MOHAMED MUHAMED MUHAMMADD",
    "AHMAD": "ACHMAD AKHMAD AHMED AHMD ACH ACHM AKH AHM",
    "ABDUL": "ABD ABDOEL ABDL ABDU",
    "SITI": "ST STI SITTI SITTY SITY",
    "NUR": "NOER NOOR NOR NR NUUR",
    "SYARIF": "SY SYF",
    "THERESIA": "TH THR",
    "YOHANES": "YOH YHS JOH",
    "FRANSISKUS": "FR FRANS",
    "MARIA": "MAR",
    "STEFANUS": "STEF STF",
    "ANTONIUS": "ANT",
    "AGUSTINUS": "AG AGS",
    "DEWI": "DW",
    "SRI": "SR",
    "WAYAN": "WYN",
    "KETUT": "KT",
    "NYOMAN": "NYM",
    "DAYANG": "DYG",
    "AWANG": "AWG",
    "RADEN": "RD RDN",
}
_FULL = {short: full for full, shorts in _SHORT.items() for short in shorts.split()}
# Behind the Balinese articles I and NI a few letters mean another name than elsewhere.
_BALINESE = {
    "MD": "MADE", "PT": "PUTU", "KD": "KADEK", "GD": "GEDE", "KM": "KOMANG", "NGH": "NENGAH", "GST": "GUSTI",
    "LH": "LUH",
}  # fmt: skip
_NOTHING = _set_of(
    """
    X XX XXX NN NIHIL NULL NONE NAN NA TBA UNKNOWN ANONIM ANONYMOUS KOSONG TIDAKDIKETAHUI TIDAKADA TIDAKTAHU
    TDKDIKETAHUI TDKADA TAKDIKETAHUI BELUMDIKETAHUI BELUMTAHU TANPANAMA NONAME HAMBAALLAH MRX MRSX DIRAHASIAKAN
    RAHASIA TIDAKMAUMENYEBUT TIDAKJELAS TIDAKINGAT LUPA FULAN FULANAH TIDAKDISEBUTKAN TANPAIDENTITAS BELUMADA
    TIDAKTERSEDIA KORBAN MRS MR
    """
)
_DIGITS_AS_LETTERS = str.maketrans("013458$!|", "OIEASBSII")
_ALIAS = re.compile(
    r"\s*(?:@|(?<=[^\W\d_]{3})\s*/(?=\s*[^\W\d_]{3})|\bA\s*\.?\s*K\s*\.?\s*A\b\.?|\bAL\.(?=\s*\w)"
    r"|\b(?:(?:BIASA|SERING|AKRAB|YANG|YG)\s+)*(?:ALIAS|ALS|PGL|PANGGILAN|DIPANGGIL|DISEBUT|DIKENAL|GELAR|GLR)\b\.?"
    r"(?:\s+(?:SEBAGAI|DENGAN|DGN|NAMA)\b)*)\s*:?\s*"
)
_CHILD_OF = re.compile(r"\b(?:A\s*/\s*[LPK]|[DS]\s*/\s*O)\b")
_B_DOT = re.compile(r"(?<=\w)\s+(B|BT|BN|BTE)\.\s*(?=\w\w)")
_BRACKETED = re.compile(r"[(\[{](.*?)[)\]}]|[\"“”«»](.*?)[\"“”«»]")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_PARTS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=200_000)
def read(text):
    """A `Name` from what stands in a cell; without words where nothing stands there that names anybody."""
    text = plain(text or "")
    if is_nothing(text):
        return Name()
    aliases = []
    own, *others = _ALIAS.split(_BRACKETED.sub(lambda found: _set_apart(found, aliases), _CHILD_OF.sub(" BIN ", text)))
    own, parent = _at_father(_words(_without_degrees(_B_DOT.sub(" BIN ", _known(own)))))
    also = []
    for alias in [*aliases, *filter(_known, others)]:
        words, father = _at_father(_words(_without_degrees(_B_DOT.sub(" BIN ", alias))))
        also += [word for word in words if word not in _ALIAS_WORDS and word not in TITLES]
        parent = parent or father
    if also and all(word in TITLES for word in own):
        own, also = also, []
    own = _known_as(own or _words(text))
    return Name(tuple(own), tuple(word for word in _known_as(also) if word not in own), tuple(_known_as(parent)))


def is_nothing(text):
    """Whether a cell says that nothing is known: empty, a dash, "X", "tidak diketahui"."""
    letters = "".join(_PARTS.findall(plain(text)))
    return not letters or letters in _NOTHING or (len(set(letters)) == 1 and not letters.isdigit())


def _known(part):
    """A part of a name, "" where it says that nothing is known. An initial says something beside an alias."""
    return part if len(part.strip(" .")) == 1 or not is_nothing(part) else ""


def _settled(step, word):
    """A word after as many steps as change it: what is given once more comes back as it is."""
    while (after := step(word)) != word:
        word = after
    return word


@lru_cache(maxsize=100_000)
def spelled(word):
    """A word in today's spelling, in capitals: `SOEKARDJO` is `SUKARJO`, `TJHIA` is `CHIA`, `MOCH` is `MUHAMMAD`."""
    return _settled(_once_spelled, word)


# ABDURRAHMAN and ABDUSSALAM are ABDUL with another word, whose first letter took the place of the L.
_ABDUL = re.compile(r"^ABDU([RSNDZT])\1?(?=[AEIOUY]\w{2})")


def _once_spelled(word):
    word = _FULL.get(word, word)
    if not word.isascii():
        return word
    if any(letter.isdigit() for letter in word) and not word.isdigit():
        word = word.translate(_DIGITS_AS_LETTERS)
    for old, new in (("OE", "U"), ("TJ", "C"), ("DJ", "J"), ("SJ", "SY"), ("NJ", "NY")):
        if old in word:
            word = word.replace(old, new)
    return _ABDUL.sub(r"ABDUL\1", word)


_SAME_SOUND = (
    (re.compile(r"YY"), "Y"),
    (re.compile(r"(?:CH|KH)(?=[BCDFGKLMNPQRSTVWXZ])"), "H"),
    (re.compile(r"PH|V"), "F"),
    (re.compile(r"SH|SY|SJ|Z|X"), "S"),
    (re.compile(r"Q|CK|KH"), "K"),
    (re.compile(r"DZ|DH"), "D"),
    (re.compile(r"TH|TS"), "T"),
    (re.compile(r"DJ|J"), "Y"),
    (re.compile(r"TJ|CH"), "C"),
    (re.compile(r"(?<=.)H"), ""),
    (re.compile(r"[IE]Y(?=[AOU])|Y(?=[IE])|(?<=[^AEIOU])Y(?=[AOU])"), "I"),
    (re.compile(r"I+(?=A|O|U)"), "I"),
    (re.compile(r"OU|OO|OE|O"), "U"),
    (re.compile(r"(?<=[^AU])Y$|IE|EI|EE|E"), "I"),
)
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound(word):
    """How a spelled word is heard: `SYARIF`, `SARIP` and `SYARIEF` are one, and so are `YOHANES` and `JOHANIS`."""
    return _settled(_once_heard, word) if word.isascii() else word


def _once_heard(word):
    for pattern, letters in _SAME_SOUND:
        word = pattern.sub(letters, word)
    return _DOUBLED.sub(r"\1", word.replace("F", "P"))


_VOICED = str.maketrans("BDGZVJ", "PTKSPC")
_VOWELS = re.compile(r"(?<=.)[AEIOUWYH]")


@lru_cache(maxsize=100_000)
def skeleton(word):
    """The consonants of a spelled word behind its first letter; "" where too few are left to say anything."""
    if not word.isascii():
        return word
    bones = _settled(_once_boned, word)
    return bones if len(bones) > 2 else ""


def _once_boned(word):
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", sound(word).translate(_VOICED)))


def plain(text):
    """In capitals, without accents, vowel signs and what is not seen."""
    if not text.isascii():
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not _is_beside(letter))
    return text.upper().strip()


def _is_beside(letter):
    kind = unicodedata.category(letter)
    return kind[0] == "M" or kind == "Cf"


def _set_apart(found, aliases):
    inside = (found[1] or found[2] or "").strip()
    if not is_nothing(inside) and not _REMARKS.issuperset(_words(inside)):
        aliases.append(inside)
    return " "


def _without_degrees(text):
    head, *tail = text.split(",")
    words = head.split()
    while count := _degree_at_end(words):
        words = words[:-count]
    return " ".join([*words, *(part for part in tail if not _is_degree(part))])


def _degree_at_end(words):
    """How many of the last words, with their dots, are a degree: one in S.H., two in S. Pd., and M. Ali is none."""
    for count in (1, 2, 3):
        end = "".join(words[-count:])
        letters = "".join(_PARTS.findall(end))
        # One dot behind it makes ST. short for SITI; S.T. is the degree.
        dotted = end.rstrip(".") if letters in _FULL else end
        if len(words) > count and "." in dotted and letters in DEGREES:
            return count
    return 0


def _is_degree(part):
    """Whether what stands behind a comma is a degree; M. Ali is a name there and S.Tr.Kes. is none."""
    letters = "".join(_PARTS.findall(part))
    return not letters or letters in DEGREES or (letters[0] in "SM" and part.count(".") > 1 and len(letters) <= 6)


def _words(text):
    """The words that have letters."""
    return [word for word in _PARTS.findall(_APOSTROPHES.sub("", text)) if not word.isdigit()]


def _at_father(words):
    """(words before the mark of a father's name, words behind it)."""
    for number, word in enumerate(words):
        if word in _FATHER_MARKS and number and number + 1 < len(words):
            return words[:number], [other for other in words[number + 1 :] if other not in _FATHER_MARKS]
    return [word for word in words if word not in _FATHER_MARKS] or words, []


def _known_as(words):
    """Without titles and degrees, in today's spelling. A name of titles alone is kept: somebody may be called so."""
    if words and words[0] in ("I", "NI"):
        words = [_BALINESE.get(word, word) for word in words]
    first = 0
    while first < len(words) and words[first] in TITLES:
        first += 1
    left = [word for word in words[first:] if word not in _TITLES_WITHIN]
    while len(left) > 1 and left[-1] in DEGREES and left[-1] not in _NAMES_TOO:
        left.pop()
    if len(left) > 1 and left[0] == "M":
        left[0] = "MUHAMMAD"
    return [spelled(word) for word in (left or words)]
