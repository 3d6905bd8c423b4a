"""The words of cells: what reasons, kinds of work, documents and ways home are called, and what says nothing.

Indonesian, English and Malay as offices on both sides of the border write them, with their abbreviations.
"""

import re
from functools import lru_cache

from simpul.lib.texts import folded

EMPTY = frozenset(
    ["", "tidak ada", "tdk ada", "n a", "na", "nihil", "kosong", "belum ada", "none", "null", "nil", "tak ada",
     "blm ada", "tidak diketahui", "tdk diketahui", "tidak tahu", "unknown", "ga ada", "gak ada", "tidak tersedia",
     "belum diketahui", "tiada", "xxx", "nan"]
)  # fmt: skip
SAME = frozenset(
    [
        "sda",
        "s d a",
        "idem",
        "sama",
        "ditto",
        "sama dengan atas",
        "sama seperti di atas",
        "sama dengan di atas",
        "as above",
        "sama sda",
    ]
)
SAME_SIGNS = frozenset(['"', "''", "``", "“", "”", "〃", "-//-", "- // -", "//", "-\"-", "- \" -", "'\"", "\"\"", "″",
                        "-“-", "-”-", "- “ -", "- ” -", "„", "--//--", "-,,-", ",,", "\" \"", "-''-"])  # fmt: skip

SEXES = {
    **dict.fromkeys(["l", "lk", "laki", "laki2", "pria", "m", "male", "lelaki", "cowok", "man", "men", "boy"], "L"),
    **dict.fromkeys(["p", "pr", "perempuan", "wanita", "f", "female", "w", "cewek", "woman", "women", "girl"], "P"),
    "prp": "P", "prmpn": "P", "wnt": "P",
    "laki laki": "L", "laki l": "L", "perempuan p": "P", "l laki laki": "L", "p perempuan": "P", "lk2": "L",
    "laki laki l": "L", "l k": "L", "lk lk": "L", "p r": "P", "anak laki laki": "L", "anak perempuan": "P",
    "prempuan": "P", "perempun": "P", "perampuan": "P", "laki laki dewasa": "L", "lakilaki": "L", "wanita dewasa": "P",
    "perempuan dewasa": "P", "dewasa laki laki": "L", "dewasa perempuan": "P", "jantan": "L", "puan": "P",
}  # fmt: skip
TICKS = frozenset(["√", "✓", "✔", "☑", "☒", "✗", "✘", "v", "x", "1", "●", "•", "*", "/", "y", "ya", "ü", "■", "+",
                   "V", "X", "✅", "◉", "o", "vv", "xx", "true", "\u00fc", "\uf0fc", "●"])  # fmt: skip

# The list of section 3.2 of the domain, as BP3MI writes it.
REASON_WORDS = {
    "no_passport": "tidak memiliki paspor", "no_permit": "tidak memiliki permit/visa kerja",
    "gambling": "perjudian / operator judi online", "drugs": "narkoba", "crime": "tindak kriminal",
    "overstay": "melebihi izin tinggal", "other": "lainnya",
}  # fmt: skip
SECTOR_WORDS = {
    "services": "jasa", "construction": "konstruksi", "plantation": "perkebunan", "industry": "industri",
    "domestic": "PLRT", "shipping": "perkapalan", "with_husband": "ikut suami", "with_parents": "ikut orang tua",
    "other": "lainnya",
}  # fmt: skip
ONWARD_WORDS = {
    "alone": "mandiri", "family": "dijemput keluarga", "shelter_bp3mi": "shelter BP3MI Pontianak (Rumah Ramah)",
    "shelter_social": "shelter Dinsos", "hospital": "rumah sakit", "other": "lainnya",
}  # fmt: skip
DOCUMENT_WORDS = {"passport": "paspor", "splp": "SPLP", "border_pass": "pas lintas batas", "none": "tidak ada"}
STATUS_WORDS = {
    "candidate": "calon", "abroad": "di luar negeri", "returned": "sudah pulang", "deported": "dideportasi",
    "unknown": "tidak diketahui",
}  # fmt: skip
PROCEDURAL_WORDS = {"yes": "prosedural", "no": "nonprosedural"}

_OTHER = r"^(lain|lainnya|lain lain|lainya|other|others|dll|dan lain lain|lain2|yang lain)$"

# Each pattern stands for a code wherever it is found in the folded text; a cell that fits two codes is asked.
REASONS = {
    # "Tanpa dokumen" and "PATI" may mean either the passport or the permit: they are asked.
    "no_passport": r"\b(paspor|pasport|passport|pasfor)\b",
    "no_permit": r"\b(permit|visa|permet|pas kerja|izin kerja|ijin kerja|work pass|plks|surat kerja"
    r"|salah guna pas|pas lawatan|ijin bekerja|izin bekerja|dokumen kerja)\b",
    "gambling": r"\b(judi|perjudian|gambling|scam\w*|judol|operator judi|online gambling|penipuan online|togel"
    r"|kasino)\b",
    "drugs": r"\b(narkoba|narkotika|drugs?|dadah|sabu|ganja|napza|narkotik|madat|syabu)\b",
    "crime": r"\b(kriminal|krimininal|pidana|pencuri\w*|mencuri|curi|crime|criminal|penganiayaan|pembunuhan|jenayah"
    r"|berkelahi|perkelahian|rompak\w*|pemerkosaan|pencabulan|penipuan|penyelundupan|tindak kejahatan|kejahatan"
    r"|pelaku tppo|kekerasan)\b",
    "overstay": r"\b(overstay\w*|over stay|melebihi (izin|ijin|masa)|lewat (izin|ijin|masa)|habis (izin|ijin|masa|visa)"
    r"|izin tinggal|ijin tinggal|tinggal lebih|(permit|visa|pas|paspor) (mati|habis|kadaluarsa|kadaluwarsa|tamat"
    r"|kedaluwarsa"
    r"|expired)|lebih masa|over staying|kelebihan masa|expired (visa|permit|paspor))\b",
    "other": _OTHER,
}
SECTORS = {
    "services": r"\b(jasa|services?|servis|restoran|restaurant|rumah makan|kedai|warung|pelayan|kasir|sopir|supir"
    r"|driver"
    r"|cleaning|cleaner|hotel|salon|bengkel|montir|mekanik|tukang masak|koki|cook|penjaga toko|toko|spa|karaoke|kafe"
    r"|cafe|pramusaji|waiter|waitress|laundry|satpam|security|perdagangan|pedagang|dagang|jualan|sales|kantin|pijat"
    r"|pemandu lagu|swalayan|supermarket|gudang|ojek|pemotong rambut|barber)\b",
    "construction": r"\b(konstruksi|kontruksi|construction|bangunan|tukang|kuli|buruh bangunan|binaan|pembinaan"
    r"|kontraktor"
    r"|tukang (batu|kayu|las)|buruh binaan|proyek|pembangunan)\b",
    "plantation": r"\b(perkebunan|kebun|ladang|sawit|kelapa sawit|karet|getah|plantation|petani|tani|pertanian|lada"
    r"|pekebun|estate|perladangan|pemanen|panen|buruh tani|sayur|agriculture|farm|kelapa)\b",
    "industry": r"\b(industri|industry|pabrik|kilang|manufaktur|factory|kayu lapis|sawmill|operator produksi"
    r"|perkilangan"
    r"|manufacturing|buruh pabrik|papan|plywood|konveksi|garmen|pengolahan)\b",
    "domestic": r"\b(plrt|prt|art|pembantu|pembantu rumah|asisten rumah|penata laksana rumah|rumah tangga|domestic|maid"
    r"|babysitter|baby sitter|pengasuh|housemaid|amah|jaga anak|perawat lansia|house keeper|bibik|caregiver)\b",
    "shipping": r"\b(perkapalan|kapal|abk|pelaut|shipping|seaman|galangan|awak kapal|anak buah kapal|perikanan|nelayan"
    r"|sailor|fisherman|fishing|tukang las kapal)\b",
    "with_husband": r"\b(ikut suami|suami|mengikuti suami|ikut laki|with husband|ikut pasangan|following husband"
    r"|irt)\b",
    "with_parents": r"\b(orang ?tua|ortu|ikut (ibu|bapak|ayah|mak|keluarga)|with parents?|mengikuti orang tua"
    r"|ikut org tua"
    r"|ibu bapa|org tua|following parents?|ot)\b",
    "other": _OTHER,
}
ONWARD = {
    "alone": r"\b(mandiri|sendiri|alone|pulang sendiri|swadana|biaya sendiri|independent|secara mandiri|own)\b",
    "family": r"\b(keluarga|family|dijemput (istri|suami|orang ?tua|ayah|ibu|adik|abang|kakak|saudara|anak|kerabat"
    r"|paman)"
    r"|jemput keluarga|klg|klrg|kel|saudara|kerabat|famili|relatives?)\b",
    "shelter_bp3mi": r"\b(bp3mi|bp2mi|p4mi|rumah ramah|bnp2tki|bp3tki|shelter pontianak|shelter pmi|rrpmi"
    r"|shelter bp3mi)\b",
    "shelter_social": r"\b(dinsos|dinas sosial|dissos|rptc|kemensos|sosial|rpsw|shelter dinsos|shelter social"
    r"|social)\b",
    "hospital": r"\b(rs|rsud|rumah sakit|hospital|puskesmas|rsj|dirawat|opname|rsu|klinik)\b",
    "other": _OTHER,
}
# How remarks say it; a word alone does not: "keluarga di Sarawak", "pulang dari RS", "belum dijemput".
ONWARD_IN_REMARKS = {
    "alone": re.compile(r"\b(?:pulang|kembali|kepulangan)\b.*\b(?:mandiri|sendiri)\b|^(?:secara )?mandiri$|swadana"),
    "family": re.compile(r"\b(?:di ?)?jemput(?:an)? (?:oleh )?(?:pihak )?(?:keluarga|klg|klrg|kel|istri|isteri|suami"
                         r"|orang ?tua|ortu|ayah|bapak|ibu|adik|abang|kakak|saudara|anak|kerabat|paman|famili)\b"),
    "shelter_bp3mi": re.compile(r"\b(?:ke|di|masuk|menuju|titip|dititip(?:kan)?|inap|menginap)\b.*"
                                r"\b(?:bp3mi|bp2mi|p4mi|rumah ramah|rrpmi|shelter pmi)\b"),
    "shelter_social": re.compile(r"\b(?:ke|di|masuk|menuju|titip|dititip(?:kan)?|inap|menginap)\b.*"
                                 r"\b(?:shelter|rumah|penampungan)\b.*\b(?:dinsos|dinas sosial|kemensos|rptc|rpsw)\b"),
    "hospital": re.compile(r"\b(?:dirujuk|rujuk|dibawa|dirawat|opname|ke)\b.*\b(?:rs|rsu|rsud|rsj|rumah sakit"
                           r"|puskesmas)\b"),
}  # fmt: skip
_NOT_SO = re.compile(r"\b(?:belum|blm|tidak|tdk|batal|menolak|menunggu|tunggu|bukan|tanpa|dari)\b")
DOCUMENTS = {
    "splp": r"\b(splp|laksana paspor|s p l p|emergency|spl|laksana)\b",
    "passport": r"\b(paspor|passport|pasport|pasfor|psp|pp)\b",
    "border_pass": r"\b(plb|pas lintas batas|border pass|lintas batas|pas perbatasan|plbi|pass lintas batas)\b",
    "none": r"\b(tidak ada|tdk ada|tanpa|tidak punya|tdk punya|undocumented|none|non dokumen|tidak memiliki|nihil|undoc"
    r"|tidak berdokumen|kosong|tiada|hilang)\b",
}
STATUSES = {
    "candidate": r"\b(calon|cpmi|candidate|akan berangkat|pra penempatan|proses|belum berangkat|ctki)\b",
    "abroad": r"\b(bekerja|aktif|di luar negeri|luar negeri|penempatan|abroad|masih bekerja|berangkat|sedang bekerja"
    r"|kerja"
    r"|di malaysia|di ln|ln|working|active|masa penempatan|sudah berangkat|masih di)\b",
    "returned": r"\b(pulang|kembali|purna|returned|sudah pulang|purna pmi|kampung|back|selesai kontrak|cuti"
    r"|telah pulang"
    r"|mantan|eks|former|purnapmi)\b",
    "deported": r"\b(deportasi|dideportasi|deported|deport|deportan|repatriasi|pmib|pmi b|bermasalah)\b",
    "unknown": r"\b(tidak diketahui|unknown|hilang kontak|hilang|tidak ada kabar|tdk diketahui|tidak jelas|lost)\b",
}
PROCEDURAL = {
    "no": r"\b(non ?prosedural|nonprosedural|unprosedural|un prosedural|tidak prosedural|tidak resmi|ilegal|illegal"
    r"|tdk resmi|non|tidak|tdk|unprocedural|no|n|non procedural|jalur tikus|np|irregular|gelap|tak resmi|in prosedural"
    r"|inprosedural)\b",
    "yes": r"\b(prosedural|resmi|legal|ya|yes|p3mi|procedural|y|p|regular|g to g|mandiri|sesuai prosedur|berizin)\b",
}
COUNTRIES = {
    "MY": r"\b(malaysia|mys|my|sarawak|sabah|kuching|sibu|miri|bintulu|johor|kuala lumpur|selangor|penang|serian)\b",
    "BN": r"\b(brunei|brunai|brn|bn|darussalam)\b",
    "SG": r"\b(singapura|singapore|sgp|sg|singapur)\b",
    "TW": r"\b(taiwan|twn|tw|taipei)\b",
    "HK": r"\b(hong ?kong|hkg|hk)\b",
    "KR": r"\b(korea|korsel|kor|kr|korea selatan|south korea)\b",
    "JP": r"\b(jepang|japan|jpn|jp)\b",
    "SA": r"\b(arab saudi|saudi|ksa|sau|saudi arabia|sa)\b",
    "AE": r"\b(uea|uae|emirat|dubai|are|ae|abu dhabi)\b",
    "QA": r"\b(qatar|qat|qa)\b", "KW": r"\b(kuwait|kwt|kw)\b", "OM": r"\b(oman|omn|om)\b",
    "BH": r"\b(bahrain|bhr|bh)\b", "JO": r"\b(yordania|jordan|jor|jo)\b", "MO": r"\b(makau|macau|macao|mac|mo)\b",
    "TH": r"\b(thailand|tha|th)\b", "KH": r"\b(kamboja|cambodia|khm|kh)\b", "MM": r"\b(myanmar|mmr|mm|burma)\b",
    "PH": r"\b(filipina|philippines|phl|ph)\b", "LA": r"\b(laos|lao|la)\b", "VN": r"\b(vietnam|vnm|vn)\b",
    "CN": r"\b(cina|china|tiongkok|rrt|chn|cn)\b", "AU": r"\b(australia|aus|au)\b", "TR": r"\b(turki|turkiye|turkey"
    r"|tur|tr)\b",
    "PL": r"\b(polandia|poland|pol|pl)\b", "IT": r"\b(italia|italy|ita|it)\b", "PG": r"\b(papua nugini|png|pg)\b",
    "NZ": r"\b(selandia baru|new zealand|nzl|nz)\b", "GB": r"\b(inggris|uk|united kingdom|gbr|gb)\b",
    "US": r"\b(amerika\w*|usa|us|united states)\b", "DE": r"\b(jerman|germany|deu|de)\b", "NL": r"\b(belanda"
    r"|netherlands|nld|nl)\b",
    "HU": r"\b(hungaria|hungary|hun|hu)\b", "CZ": r"\b(ceko|czech\w*|cze|cz)\b", "EG": r"\b(mesir|egypt|egy|eg)\b",
    "TL": r"\b(timor leste|tls|tl)\b", "LY": r"\b(libya|lby|ly)\b", "SY": r"\b(suriah|syria|syr|sy)\b",
    "MV": r"\b(maladewa|maldives|mdv|mv)\b", "FJ": r"\b(fiji|fji|fj)\b", "IQ": r"\b(irak|iraq|irq|iq)\b",
}  # fmt: skip


def denies(text):
    """Whether a text says that something is not so, or not yet: "belum dijemput keluarga"."""
    return bool(_NOT_SO.search(folded(text)))


def onward_in_remarks(text):
    """The one way on that a remark tells, "" where it tells none or more than one."""
    key = folded(text)
    if _NOT_SO.search(key):
        return ""
    found = [code for code, pattern in ONWARD_IN_REMARKS.items() if pattern.search(key)]
    return found[0] if len(found) == 1 else ""


class Terms:
    """The codes of one list and how people write them."""

    def __init__(self, patterns, labels=None, *, order=()):
        self.patterns = {code: re.compile(pattern) for code, pattern in patterns.items()}
        self.labels = labels or {code: code for code in patterns}
        self.beats = dict(order)
        self.find = lru_cache(maxsize=20_000)(self._find)

    def _find(self, text):
        """The codes a text may mean, best known first; empty where nobody knows it."""
        key = folded(text)
        if key in self.patterns:
            return (key,)
        exact = [code for code, label in self.labels.items() if key == folded(str(label))]
        if exact:
            return (exact[0],)
        found = [code for code, pattern in self.patterns.items() if pattern.search(key)]
        hidden = {self.beats[code] for code in found if code in self.beats}
        return tuple(code for code in found if code not in hidden)


# Where both fit, the first is meant: "tidak ada paspor" tells of no passport, "kapal sawit" of neither alone.
LISTS = {
    "reason": Terms(REASONS, REASON_WORDS, order=[("overstay", "no_permit"), ("gambling", "crime")]),
    "sector": Terms(SECTORS, SECTOR_WORDS, order=[("with_parents", "services"), ("with_husband", "domestic")]),
    "onward": Terms(ONWARD, ONWARD_WORDS, order=[("shelter_social", "family")]),
    "document_kind": Terms(DOCUMENTS, DOCUMENT_WORDS, order=[("splp", "passport"), ("none", "passport")]),
    "status": Terms(STATUSES, STATUS_WORDS, order=[("candidate", "abroad"), ("deported", "returned")]),
    "procedural": Terms(PROCEDURAL, PROCEDURAL_WORDS, order=[("no", "yes")]),
    "country": Terms(COUNTRIES),
}
