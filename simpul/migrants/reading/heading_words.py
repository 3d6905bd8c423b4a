"""The words of headings: what columns of sheets are called, word by word, and how a misspelt one is understood.

Indonesian, English and Malay as offices on both sides of the border write them, with their abbreviations. Labels
changed over the years (TKIB, PMI-B, PMI-T, WNI-M KPO); they all mean the person in the row.
"""

import re
from functools import lru_cache

from simpul.lib.texts import folded
from simpul.places.spelling import distance, slips_allowed


def _table(**words):
    return {code: [phrase.strip() for phrase in text.split("|")] for code, text in words.items()}


# A heading is understood when it holds all words of a phrase, in any order. Longer phrases win.
HEADINGS = _table(
    number="no|no urut|nomor|nomor urut|urut|nr|bil|bilangan|num|number|s no",
    name="nama|name|full name|nama lengkap|nama pmi|nama wni|nama dan gelar|nama panjang|nama deportan|nama korban"
    "|nama pekerja|nama penuh|nama identitas|nama jelas|nama alias|nama bin binti|nama bin|nama anak"
    "|nama pasport|nama paspor|nama tki|nama warga|nama orang|nama peserta|nama lengkap alias",
    sex="laki pr|laki perempuan l p|jns kel|jenis kelamin|jk|kelamin|l p|sex|gender|jantina|jns kelamin"
    "|laki perempuan|lk pr|p w|m f|seks|jenis klmn|jkel"
    "|jeniskelamin|jns klmn|j k|jenkel|kel l p",
    sex_male="l|lk|laki|pria|male|lelaki|kelamin l|kelamin lk|kelamin laki|kelamin pria|jk l|jk lk|jk laki|sex male"
    "|sex l|sex m|gender male|kelamin lelaki|laki laki|gender l|jantina l|jantina lelaki|gender m",
    sex_female="p|pr|perempuan|wanita|female|kelamin p|kelamin pr|kelamin perempuan|kelamin wanita|jk p|jk pr"
    "|jk perempuan|sex female|sex p|sex f|gender female|gender p|jantina p|jantina perempuan|gender f|kelamin w|jk w",
    birth="ttl|tempat tanggal lahir|tmp tanggal lahir|tempat lahir tanggal lahir|place date birth|tempat tarikh lahir"
    "|lahir|t t l|tempat dan tanggal lahir|kelahiran|place and date of birth|birth|ttgl lahir",
    birth_place="tempat lahir|tempat kelahiran|place birth|kota lahir|ttl tempat|birth place|birthplace|kab lahir"
    "|kelahiran tempat|lahir tempat",
    birth_date="tanggal lahir|tarikh lahir|date birth|dob|lahir tanggal|tanggal kelahiran|birth date|birthdate"
    "|birthday|ttl tanggal|tgllahir|hari lahir|d o b|lahir tarikh",
    birth_year="tahun lahir|year birth|birth year|lahir tahun|thn kelahiran",
    age="umur|usia|age|umur tahun|usia tahun|umur usia|age years|umr",
    age_male="umur l|usia l|umur lk|usia lk|umur laki|usia laki|umur pria|usia pria|age m|age male",
    age_female="umur p|usia p|umur pr|usia pr|umur perempuan|usia perempuan|umur wanita|usia wanita|age f|age female",
    nik="nik|ktp|e ktp|ektp|no ktp|nik ktp|no nik|nomor induk kependudukan|nomor induk|id card|national id|no induk"
    "|nik e ktp|nomor ktp|ktp nik|nik no ktp|identity card|no kad pengenalan indonesia|n i k",
    family_card="kk|no kk|nomor kk|kartu keluarga|no kartu keluarga|nkk|family card",
    identity="no identitas|nomor identitas|identitas|id|no id|identity number|id number|nomor pengenal|no pengenal"
    "|ktp paspor|nik paspor|nik paspor splp|paspor nik|no ktp paspor|identitas diri|no ktp paspor splp",
    document="no dokumen|nomor dokumen|dokumen|dok|no dok|paspor splp|no paspor splp|dokumen perjalanan|travel document"
    "|document|document no|dokumen no|no dokumen perjalanan|dok perjalanan|doc no|doc|dokumen nomor|splp paspor"
    "|paspor splp nomor|dokumen yang dimiliki|no dokumen yang digunakan|nomor surat perjalanan|document number"
    "|passport splp|nomor paspor splp|paspor no splp|no perjalanan",
    passport="paspor|no paspor|nomor paspor|passport|passport no|passport number|pasport|no pasport|paspor nomor"
    "|paspot",
    splp="splp|no splp|nomor splp|splp nomor|surat perjalanan laksana paspor|laksana paspor",
    document_kind="jenis dokumen|dokumen jenis|kind document|document type|tipe dokumen|jenis dok|type document"
    "|jenis paspor|jenis dokumen perjalanan|jenis paspor splp|jenis surat perjalanan|status dokumen|kepemilikan dokumen"
    "|jenis identitas",
    address="alamat|alamat lengkap|alamat asal|alamat indonesia|alamat ktp|address|home address|alamat rumah|domisili"
    "|alamat daerah asal|tempat tinggal|alamat tinggal|almt|alamat tujuan|alamat di indonesia|alamat domisili|kediaman"
    "|alamat kampung|alamat jalan|jalan|alamat sesuai ktp|alamat kampung halaman|residence|tempat asal"
    "|alamat desa kec kab|alamat desa kecamatan kabupaten|desa kecamatan kabupaten|desa kecamatan|alamat desa kecamatan"
    "|desa kelurahan kecamatan|dusun desa kecamatan",
    province="nama provinsi|provinsi|prov|propinsi|province|asal provinsi|provinsi asal|daerah provinsi|negeri asal"
    "|prop|daerah asal"
    " provinsi|alamat provinsi",
    regency="nama kabupaten|nama kota|nama kab|nama kabupaten kota|kabupaten|kab|kabupaten kota|kab kota|kota|asal"
    "|daerah asal|kabupaten asal|regency|asal daerah"
    "|asal kabupaten|kota asal|kab asal|city|regency city|kota kabupaten|asal kab kota|kabupaten kota asal|origin"
    "|place origin|wilayah asal|alamat kabupaten|alamat kab|home regency|kabkota|daerah|asal pmi|kampung halaman"
    "|kab kota provinsi|kabupaten provinsi|kabupaten kota provinsi|regency origin|kabupaten asal pmi|alamat kota"
    "|hometown",
    district="nama kecamatan|nama kec|kecamatan|kec|district|subdistrict|sub district|alamat kecamatan|alamat kec"
    "|distrik|kecamatan asal|mukim",
    village="desa|kelurahan|kel|desa kelurahan|desa kel|village|kampung|desa kel kampung dusun|alamat desa|kampong"
    "|kelurahan desa|desa kampung|nama desa|alamat kelurahan|desa dusun|dusun desa|desa asal|village ward"
    "|alamat kampung"
    "|ds|desa kelurahan kampung|alamat desa kelurahan|alamat kel|kampung desa|desa kampung kelurahan|alamat desa kel",
    hamlet="dusun|rt|rw|rt rw|dusun rt rw|dsn|alamat dusun|alamat rt rw|hamlet|lingkungan|alamat rt|alamat rw"
    "|rt rw dusun"
    "|dusun rt|alamat dusun rt rw",
    phone="telepon|telp|hp|no hp|no telp|nomor telepon|phone|whatsapp|wa|no wa|handphone|nomor hp|kontak|contact"
    "|no telepon|mobile|no hp wa|tlp|no tlp|no kontak|phone number|telefon|no telefon|hp wa|telp hp|no hp keluarga"
    "|kontak keluarga|no telp keluarga|hp keluarga|nomor kontak|nomor whatsapp|cellphone|no handphone",
    sector="sektor|pekerjaan|jenis pekerjaan|sektor pekerjaan|occupation|work|job|sector|pekerjaan malaysia|bidang"
    "|bidang pekerjaan|pekerjaan di luar negeri|kerja|jabatan|profesi|bekerja sebagai|sektor kerja|pekerjaan sektor"
    "|pekerjaan terakhir|sektor usaha|jenis kerja|bidang kerja|pekerjaan di malaysia|work sector|job sector"
    "|pekerjaan jabatan|bekerja di sektor|kerja sebagai",
    reason="alasan pulang|sebab pulang|alasan kembali|kasus|alasan|sebab|pelanggaran|keterangan kasus|jenis kasus"
    "|alasan deportasi|sebab deportasi|masalah"
    "|permasalahan|reason|kesalahan|jenis pelanggaran|jenis masalah|alasan pemulangan|penyebab|case|offence|offense"
    "|violation|sebab pemulangan|kasus pelanggaran|alasan dideportasi|jenis permasalahan|reason deportation"
    "|alasan dipulangkan|keterangan pelanggaran|sebab kepulangan|alasan kepulangan|penyebab deportasi|kategori kasus"
    "|kesalahan pelanggaran|reason return|reason for deportation|sebab dipulangkan|masalah kasus",
    stay_length="lama tinggal|lama kerja|lama bekerja|lama di malaysia|length stay|lama|masa kerja|masa tinggal"
    "|lama menetap|lama berada|lama tinggal di malaysia|lama bekerja di malaysia|length of stay|tempoh tinggal"
    "|lamanya|lamanya bekerja|lamanya tinggal|stay",
    onward="pemulangan|kepulangan|penjemputan|dijemput|tujuan pemulangan|pulang|onward travel|cara pulang|onward"
    "|cara kepulangan|keterangan pulang|keterangan kepulangan|rencana pemulangan|transportasi|penanganan|moda pulang"
    "|tindak lanjut|kepulangan lanjutan|pemulangan lanjutan|fasilitasi pemulangan|status pemulangan|penampungan"
    "|keterangan pemulangan|dijemput oleh|onward journey|kembali|proses pemulangan|ket pulang",
    remarks="keterangan|ket|remarks|catatan|remark|notes|note|lain lain|keterangan lain|ket lain|kondisi|kesehatan"
    "|kondisi kesehatan|catatan khusus|keterangan tambahan|comment|comments|kondisi fisik|riwayat sakit|health|nota"
    "|catatan lain|keterangan lainnya|information",
    alias="alias|panggilan|nama panggilan|nama lain|nickname|nama kecil|nama samaran",
    father="ayah|nama ayah|bapak|nama bapak|father|nama orang tua laki|bapa|nama bapa|orang tua ayah"
    "|nama orang tua ayah"
    "|ayah kandung|nama ayah kandung|father name|orang tua|nama orang tua|nama ortu|ortu",
    mother="ibu|nama ibu|ibu kandung|nama ibu kandung|mother|mother name|gadis ibu kandung|nama gadis ibu|orang tua ibu"
    "|nama orang tua ibu|mak|nama mak",
    depot="depot|depo|asal depot|depot imigresen|depot asal|detention depot|dti|depot tahanan|nama depot",
    employer="majikan|nama majikan|employer|pemberi kerja|nama pemberi kerja|pengguna|nama pengguna|perusahaan|syarikat"
    "|tempat kerja|nama perusahaan|employer name|nama pengguna jasa|tempat bekerja|pengguna jasa|user|workplace",
    employer_address="alamat majikan|alamat kerja|alamat tempat kerja|alamat perusahaan|alamat pemberi kerja"
    "|employer address|alamat pengguna|alamat malaysia|alamat di malaysia|alamat luar negeri|alamat pengguna jasa"
    "|alamat di luar negeri|alamat bekerja|alamat tempat bekerja|alamat di negara penempatan",
    country="negara|negara tujuan|negara penempatan|country|country work|negara bekerja|negara tempat kerja"
    "|destination country|negara tujuan penempatan|luar negeri|tujuan negara|country destination|negara kerja"
    "|penempatan negara|country of work",
    company="p3mi|pptkis|pjtki|agen|agensi|agent|nama p3mi|pelaksana penempatan|perusahaan penempatan|pt penempatan"
    "|nama pptkis|nama pjtki|pelaksana|agency|placement agency|placement company|nama agen|nama agensi"
    "|recruitment agency"
    "|perusahaan penempatan p3mi|pt",
    contract_from="kontrak mulai|mulai kontrak|tanggal mulai kontrak|awal kontrak|contract start|contract from"
    "|kontrak awal|perjanjian kerja mulai|tmt kontrak|kontrak dari|mulai perjanjian kerja|kontrak kerja mulai"
    "|masa kontrak mulai|contract begin|tanggal kontrak|mulai bekerja|tanggal mulai bekerja|mulai kerja"
    "|kontrak kerja awal",
    contract_until="kontrak selesai|akhir kontrak|kontrak akhir|berakhir kontrak|contract end|contract until"
    "|kontrak berakhir|tanggal akhir kontrak|habis kontrak|selesai kontrak|kontrak sampai|perjanjian kerja berakhir"
    "|perjanjian kerja selesai|kontrak kerja berakhir|kontrak kerja selesai|kontrak habis|berakhirnya kontrak"
    "|masa kontrak"
    " sampai|kontrak kerja akhir|tanggal berakhir kontrak|tanggal selesai kontrak",
    departed_on="tanggal berangkat|tanggal keberangkatan|berangkat|keberangkatan|departure|date departure|departed"
    "|departure date|tanggal pergi|tanggal masuk malaysia|tanggal pemberangkatan|masuk malaysia",
    returned_on="tanggal pulang|tanggal kepulangan|tanggal kembali|return date|date return|tanggal tiba"
    "|tanggal kedatangan|tanggal deportasi|tanggal pemulangan|returned|tiba|kedatangan|tanggal dipulangkan|arrival date"
    "|tanggal masuk|date arrival|tanggal dideportasi|deported on",
    status="status|status pmi|status pekerja|status tki|status keberadaan|keberadaan|worker status|status migran"
    "|status pekerja migran|status penempatan",
    procedural="prosedural|prosedural non prosedural|resmi|status keberangkatan|jalur|prosedur|procedural"
    "|legal ilegal|resmi tidak resmi|unprosedural|non prosedural|jalur keberangkatan|jenis penempatan|legalitas|skema"
    "|skema penempatan|prosedural nonprosedural|prosedural unprosedural|legal illegal",
)
HEADINGS["-"] = [
    phrase.strip()
    for phrase in [
        "agama",
        "pendidikan",
        "status kawin",
        "status perkawinan",
        "tanda tangan",
        "ttd",
        "paraf",
        "foto",
        "religion",
        "education",
        "signature",
        "marital status",
        "pendidikan terakhir",
        "kewarganegaraan",
        "nationality",
        "warga negara",
        "golongan darah",
        "suku",
        "status nikah",
        "tinggi badan",
        "berat badan",
        "photo",
        "kebangsaan",
        "no kursi",
        "no bus",
        "bus",
        "seat",
        "bangsa",
        "tandatangan",
        "status marital",
        "kawin",
        "barcode",
        "suhu",
        "swab",
        "vaksin",
        "vaksinasi",
        "hasil swab",
        "no deportasi",
        "no berkas",
        "kode",
    ]
]

# Words of a heading that change nothing.
FILLERS = frozenset(
    [
        "yang",
        "yg",
        "dan",
        "and",
        "of",
        "the",
        "di",
        "ke",
        "dari",
        "sesuai",
        "menurut",
        "pmi",
        "wni",
        "tki",
        "tkib",
        "pmib",
        "pmit",
        "deportan",
        "korban",
        "bersangkutan",
        "ybs",
        "data",
        "lengkap",
        "full",
        "jelas",
        "asli",
        "hh",
        "bb",
        "tttt",
        "dd",
        "mm",
        "yyyy",
        "hhbbtttt",
        "ddmmyyyy",
        "dmy",
        "th",
        "thn",
        "tahun",
        "years",
        "year",
        "bulan",
        "hari",
        "diisi",
        "isi",
        "b",
        "t",
        "m",
        "atau",
        "or",
        "para",
        "pekerja",
        "migran",
        "indonesia",
        "wnim",
        "kpo",
        "angka",
        "huruf",
        "contoh",
        "digit",
        "16",
        "kapital",
        "cetak",
        "balok",
        "repatrian",
        "orang",
        "per",
        "pada",
        "saat",
        "berdasarkan",
        "surat",
        "resident",
        "kependudukan",
        "negara",
        "terkait",
        "tersebut",
    ]
)
EXPANDED = {
    "tgl": "tanggal", "tg": "tanggal", "tangal": "tanggal", "tggl": "tanggal", "tangggal": "tanggal", "tl": "tanggal",
    "tmp": "tempat", "tmpt": "tempat", "tpt": "tempat", "lhr": "lahir", "nm": "nama", "jns": "jenis", "klmn": "kelamin",
    "kab": "kabupaten", "kb": "kabupaten", "kec": "kecamatan", "kel": "kelurahan", "prov": "provinsi", "ds": "desa",
    "prop": "provinsi", "propinsi": "provinsi", "ket": "keterangan", "pek": "pekerjaan", "pkrjaan": "pekerjaan",
    "nomor": "no", "nomer": "no", "number": "no", "num": "no", "nmr": "no", "nr": "no", "numb": "no", "n": "no",
    "passport": "paspor", "pasport": "paspor", "pasfor": "paspor", "pspr": "paspor", "pass": "paspor", "psp": "paspor",
    "dok": "dokumen", "doc": "dokumen", "document": "dokumen", "docs": "dokumen", "almt": "alamat", "alm": "alamat",
    "kodya": "kota", "usia": "umur", "lk": "l", "pr": "p", "laki2": "laki", "tlp": "telepon", "telp": "telepon",
    "tlpn": "telepon", "telpon": "telepon", "telephone": "telepon", "handphone": "hp", "ktr": "keterangan",
    "kerjaan": "pekerjaan", "dsn": "dusun", "thn": "tahun", "th": "tahun", "laki laki": "laki", "tel": "telepon",
    "ms": "masa", "sek": "sektor", "gendre": "gender", "sk": "sektor", "splp2": "splp", "perempuan2": "perempuan",
}  # fmt: skip
# What stands alone as "NO" is the running number; "N" alone is nothing.
_PARENTHESES = re.compile(r"\((?!\s*[lpmfw]\s*[/,\-]\s*[lpmfw]\s*\))[^)]*\)|\[[^\]]*\]", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def tokens(text):
    """The words of a heading, written out, without what stands in brackets: "Tgl. Lahir (dd/mm)" is tanggal, lahir."""
    found = (folded(_PARENTHESES.sub(" ", text)) or folded(text)).split()
    if len(found) > 2 and all(len(word) == 1 for word in found):
        found = _spaced("".join(found)) or found
    return tuple(EXPANDED.get(word, word) for word in found)


def _spaced(letters):
    """The words of a heading whose letters stand apart: N A M A  L E N G K A P. Empty where they make no words."""
    found = []
    while letters:
        size = next((size for size in range(len(letters), 1, -1) if letters[:size] in _SPACED), 0)
        if not size:
            return []
        found.append(letters[:size])
        letters = letters[size:]
    return found


_SPACED = (
    frozenset(word for phrases in HEADINGS.values() for phrase in phrases for word in phrase.split() if len(word) > 2)
    | FILLERS
)


PHRASES = {}
for _code, _phrases in HEADINGS.items():
    for _phrase in _phrases:
        PHRASES.setdefault(frozenset(tokens(_phrase)), _code)
WORDS = frozenset(word for phrase in PHRASES for word in phrase)
_BY_WORD = {}
for _key in PHRASES:
    for _word in _key:
        _BY_WORD.setdefault(_word, []).append(_key)

# Words that also stand in cells: a heading made of them alone proves no header.
WEAK = frozenset(
    [
        "l",
        "p",
        "lk",
        "pr",
        "laki",
        "perempuan",
        "pria",
        "wanita",
        "male",
        "female",
        "lelaki",
        "no",
        "paspor",
        "splp",
        "kota",
        "asal",
        "id",
        "wa",
        "pt",
        "dok",
    ]
)
GROUPS = frozenset(
    [
        "identitas",
        "data",
        "diri",
        "pribadi",
        "alamat",
        "dokumen",
        "asal",
        "kontrak",
        "tanggal",
        "orang",
        "tua",
        "nama",
        "kependudukan",
        "perjalanan",
        "kelamin",
        "daerah",
        "jenis",
        "perjanjian",
        "kerja",
        "lahir",
        "masa",
        "biodata",
        "umur",
        "keberangkatan",
        "kepulangan",
    ]
)


@lru_cache(maxsize=20_000)
def spelled(word):
    """The word of the headings that a misspelt word means, or the word itself."""
    slips = slips_allowed(word)
    if word in WORDS or word in FILLERS or not slips or len(word) > 20:
        return word
    near = [(distance(word, each, most=slips), each) for each in WORDS if each[0] == word[0] and len(each) > 3]
    best = min((found for found in near if found[0] <= slips), default=None)
    return best[1] if best else word


def phrases_in(words):
    """The phrases whose words all stand among these, as (words of the phrase, code)."""
    found = {phrase for word in words for phrase in _BY_WORD.get(word, ()) if phrase <= words}
    return [(phrase, PHRASES[phrase]) for phrase in found]
