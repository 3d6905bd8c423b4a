"""Invented messages of reporters: known ways of recruiting, everyday complaints, and ways that are new."""

import random

_WHO = (
    "anak saya",
    "adik saya",
    "keponakan",
    "tetangga",
    "teman saya",
    "istri saya",
    "sepupu",
    "kakak ipar",
    "warga desa kami",
    "anak tetangga",
    "saya sendiri",
    "suami saya",
)
_WHEN = ("bulan lalu", "minggu kemarin", "sejak lebaran", "tadi pagi", "sudah tiga bulan", "tahun lalu", "hari senin",
         "dua minggu ini", "sebelum natal", "habis panen")  # fmt: skip
_WHERE = ("Sambas", "Bengkayang", "Sanggau", "Entikong", "Singkawang", "Ketapang", "Sintang", "Landak", "Mempawah")

KNOWN = (
    (
        "dijanjikan kerja di kebun sawit Sarawak, {paspor} ditahan tauke, gaji dipotong tiap bulan",
        "kerja ladang sawit di Malaysia lewat jalan tikus, upah tidak dibayar, {paspor} disimpan majikan",
    ),
    (
        "jadi pembantu rumah tangga di Kuching, tidak boleh keluar rumah, gaji tidak dibayar {lama}",
        "ikut agen jadi PRT di Kuching, majikan pukul, hp diambil, tidak digaji {lama}",
    ),
    (
        "ditawari kerja admin judi online di Kamboja, dipaksa menipu lewat chat, kena setrum kalau tidak target",
        "dijanjikan customer service di Kamboja ternyata scam, {paspor} diambil, minta tebusan {uang}",
    ),
    (
        "dinikahkan dengan orang Tiongkok lewat mak comblang, keluarga diberi {uang}, di sana tidak boleh pulang",
        "pengantin pesanan ke Tiongkok, dokumen diurus mak comblang, uang muka {uang}, disuruh kerja terus",
    ),
    (
        "jadi ABK kapal ikan, tidak ada kontrak kerja laut, potong uang jaminan {uang}, tidak boleh turun",
        "kerja di kapal penangkap ikan {lama}, gaji tidak dikirim, buku pelaut palsu",
    ),
    (
        "anak di bawah umur disuruh kerja di kafe karaoke, melayani tamu, utang ke mami {uang}",
        "perempuan muda dipekerjakan di warung remang, dijanjikan jadi pelayan, utang menumpuk {uang}",
    ),
)
NEW = {
    "magang": (
        "program magang mahasiswa ke Jerman ferienjob, ditawarkan kampus, bayar {uang}, kerja angkat kardus",
        "ikut magang ferienjob Jerman lewat kampus, dijanjikan dapat sks, ternyata kuli gudang, utang talangan {uang}",
        "kampus suruh tanda tangan magang ke Jerman, dana talangan {uang}, sampai sana kerja kuli bandara",
    ),
    "ginjal": (
        "ditawari donor ginjal ke Kamboja lewat grup facebook, dijanjikan {uang}, dikumpulkan di rumah kontrakan",
        "mau jual ginjal karena utang pinjol, ketemu di grup donor ginjal, {uang} setelah operasi di rumah sakit sana",
        "direkrut grup donor ginjal, periksa darah dulu, berangkat rombongan, sesudah operasi {uang} tidak dibayar",
    ),
    "bayi": (
        "ibu hamil ditampung di rumah, bayi akan diadopsi, biaya melahirkan dibayar {uang}, surat lahir diganti",
        "adopsi bayi lewat akun medsos, ibu hamil dijemput, setelah lahir bayi dibawa, diberi {uang}",
        "penampungan ibu hamil di kontrakan, bayi dijual dengan alasan adopsi, {uang} per bayi",
    ),
}
# Told once each, of anything: unusual, and no method.
ODD = (
    "lampu jalan depan balai desa mati sudah dua minggu mohon diperbaiki",
    "tolong cek izin toko obat di pasar baru katanya palsu",
    "kapan jadwal vaksin balita di puskesmas kecamatan",
    "bantuan sembako belum sampai ke dusun kami padahal sudah didata",
    "jembatan gantung putus setelah banjir anak sekolah tidak bisa lewat",
    "ada orang asing memotret rumah warga pakai drone tiap sore",
    "mohon informasi cara membuat kartu keluarga yang hilang karena kebakaran",
    "kapal nelayan bocor butuh pertolongan di muara sungai",
    "pungutan liar saat mengurus surat tanah di kantor",
    "anjing gila menggigit tiga orang di gang belakang masjid",
    "listrik padam terus sejak pasang gardu baru",
    "harga pupuk naik dan stok kosong di koperasi",
    "air sumur keruh setelah tambang emas buka di hulu",
    "guru honorer belum terima gaji triwulan pertama",
    "minta alamat kantor imigrasi untuk perpanjang paspor umroh",
    "hutan terbakar asapnya sampai ke permukiman",
    "laporan kehilangan sepeda motor di parkiran pasar",
    "posyandu tutup karena bidan pindah tugas",
    "sinyal telepon hilang sejak menara tersambar petir",
    "pohon tumbang menutup jalan provinsi kilometer dua puluh",
)
_SLIPS = (
    ("yang", "yg"),
    ("tidak", "tdk"),
    ("dengan", "dgn"),
    ("kerja", "krja"),
    ("dijanjikan", "djanjikan"),
    ("di ", "d "),
)


def message(templates, chance):
    """One message of a way of recruiting, as somebody would type it."""
    told = chance.choice(templates).format(
        paspor=chance.choice(("paspor", "pasport", "dokumen")),
        lama=chance.choice(("enam bulan", "setahun", "3 bulan", "sudah lama")),
        uang=chance.choice(("5 juta", "Rp 20.000.000", "15jt", "uang banyak")),
    )
    parts = [f"{chance.choice(_WHO)} {told}", chance.choice(_WHEN), f"dari {chance.choice(_WHERE)}"]
    chance.shuffle(parts)
    text = ", ".join(parts)
    for right, slip in _SLIPS:
        if chance.random() < 0.3:
            text = text.replace(right, slip)
    words = text.split()
    return " ".join(word for word in words if chance.random() > 0.06)


def known(count, seed):
    chance = random.Random(seed)
    return [message(chance.choice(KNOWN), chance) for _number in range(count)]


def new(name, count, seed):
    chance = random.Random(seed)
    return [message(NEW[name], chance) for _number in range(count)]


def stream(count, seed, *, odd=0.06):
    """What arrives in an ordinary while: known ways, and now and then something that is no method at all."""
    chance = random.Random(seed)
    told = known(count, seed)
    for text in chance.sample(ODD, len(ODD)):
        if chance.random() < odd * count / len(ODD):
            told[chance.randrange(count)] = text
    return told
