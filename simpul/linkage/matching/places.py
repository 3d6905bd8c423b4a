"""Places as people write them, brought to one spelling; codes stay codes."""

import re
from functools import lru_cache

from simpul.linkage.matching import names
from simpul.places.spelling import ABBREVIATIONS, KIND_OF_WORD

# "Kampung" begins real names as often as it says a level; either way it tells no two places apart.
_LEVELS = [*KIND_OF_WORD, "kampung", *(short for short, full in ABBREVIATIONS.items() if full == ["kampung"])]
_LEVEL = re.compile(rf"^(?:{'|'.join(map(str.upper, sorted(_LEVELS, key=len, reverse=True)))})\b[.:\s]*(?=\w)")
# Besides the words that every reader of places knows: one reading where those leave two, and the names of regions.
_WAYS = {
    "SUNGAI": "SUNGEI SUNGE",
    "UTARA": "UT",
    "TANJUNG": "TANJ",
    "KAPUAS": "KAP",
    "PONTIANAK": "PTK",
    "BATU": "BT",
    "PEKAN": "PEK",
    "PASAR": "PSR",
    "KUBU": "KUB",
    "JAKARTA BARAT": "JAKBAR",
    "JAKARTA TIMUR": "JAKTIM",
    "JAKARTA UTARA": "JAKUT",
    "JAKARTA SELATAN": "JAKSEL",
    "JAKARTA PUSAT": "JAKPUS",
    "KALIMANTAN BARAT": "KALBAR",
    "LOMBOK BARAT": "LOBAR",
    "LOMBOK TIMUR": "LOTIM",
    "LOMBOK TENGAH": "LOTENG",
    "KUBU RAYA": "KKR",
    "KAYONG UTARA": "KKU",
    "KETAPANG": "KTP",
    "SAMBAS": "SBS",
    "SINGKAWANG": "SKW",
    "BENGKAYANG": "BKY",
    "MEMPAWAH": "MPW",
    "LANDAK": "LDK",
    "SANGGAU": "SGU",
    "SEKADAU": "SKD",
    "SINTANG": "STG",
    "MELAWI": "MLW",
    "KAPUAS HULU": "KPH",
    "KALIMANTAN TENGAH": "KALTENG",
    "KALIMANTAN SELATAN": "KALSEL",
    "KALIMANTAN TIMUR": "KALTIM",
    "KALIMANTAN UTARA": "KALTARA",
    "JAWA BARAT": "JABAR",
    "JAWA TENGAH": "JATENG",
    "JAWA TIMUR": "JATIM",
    "SUMATERA UTARA": "SUMUT",
    "SUMATERA BARAT": "SUMBAR",
    "SUMATERA SELATAN": "SUMSEL",
    "NUSA TENGGARA BARAT": "NTB",
    "NUSA TENGGARA TIMUR": "NTT",
    "SULAWESI SELATAN": "SULSEL",
    "SULAWESI UTARA": "SULUT",
    "SULAWESI TENGAH": "SULTENG",
    "SULAWESI TENGGARA": "SULTRA",
    "SULAWESI BARAT": "SULBAR",
    "YOGYAKARTA": "DIY",
    "TIMOR TENGAH SELATAN": "TTS",
    "TIMOR TENGAH UTARA": "TTU",
}
_SHORT = {short.upper(): full[0].upper() for short, full in ABBREVIATIONS.items() if len(full) == 1} | {
    short: full for full, shorts in _WAYS.items() for short in shorts.split()
}
_CODE = re.compile(r"\d{2}(?:\.?\d{2}(?:\.?\d{2}(?:\.?\d{4})?)?)?")
_PARTS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=50_000)
def one_spelling(text):
    """A place's name without its level, in one spelling and as one word, as it is heard; a code stays.

    `Ds. Sei Raya` and `SUNGAI RAYA` are one.
    """
    while (after := _once_spelled(text)) != text:
        text = after
    return text


def _once_spelled(text):
    text = text.strip()
    if _CODE.fullmatch(text):
        return text.replace(".", "")
    plain = names.plain(text).replace("'", "")
    if names.is_nothing(plain):
        return ""
    words = _PARTS.findall(_LEVEL.sub("", plain))
    return names.sound("".join(names.spelled(_SHORT.get(word, word)).replace(" ", "") for word in words))
