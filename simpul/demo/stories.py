"""What people write: statements of reporters, what they add, what officers answer, and what victims need.

Invented texts in the manner of real reports: calm, incomplete, as somebody types them on a telephone. Slots in braces
are filled from the event, so that two reporters of one event tell of the same people in other words.
"""

from dataclasses import dataclass

TOWNS = {
    "prt_malaysia": ("Kuching", "Serian", "Miri", "Sibu", "Bintulu"),
    "scam_online": ("Poipet", "Mae Sot", "Sihanoukville", "Manila"),
    "pengantin_pesanan": ("Tiongkok", "Taiwan"),
    "abk": ("Benoa", "Muara Baru", "Laut Natuna"),
    "magang_ferienjob": ("Jerman", "Taiwan", "Jepang"),
    "umrah_visa": ("Jeddah", "Riyadh", "Abu Dhabi"),
    "organ": ("Phnom Penh", "Jakarta"),
}
ELSEWHERE = ("Pontianak", "Singkawang", "Sanggau Kapuas", "Sintang")
BROKERS = ("Bang Amat", "Kak Yanti warung", "Pak Long", "Ko Asun", "Bu Tin", "Om Deni", "Mami Ros", "Pak Kumis")

STATEMENTS = {
    "prt_malaysia": (
        "{who} dijanjikan {broker} kerja di rumah makan di {town}, gaji 1.500 ringgit. Berangkat {weeks} minggu lalu "
        "lewat jalan tikus, bukan lewat pos. Katanya surat diurus di sana. Sekarang paspor dipegang majikan dan belum "
        "pernah digaji.",
        "{who} kerja di kebun sawit dekat {town}. Tidak punya permit, hanya pas lintas batas. Gaji dipotong terus "
        "untuk ongkos jalan, katanya masih utang {money}. Mau pulang tidak diizinkan.",
        "Ada mobil travel yang sering menjemput orang dari {place} malam hari untuk kerja di {town}. {who} ikut "
        "{weeks} minggu lalu. Teleponnya sekarang dipegang majikan, hanya bisa kirim pesan sebentar lewat kawan.",
    ),
    "scam_online": (
        "{who} melamar lewat Telegram jadi layanan pelanggan di Thailand, tiket dibayari. Ternyata dibawa ke {town} "
        "dan disuruh menipu orang lewat chat. Kalau tidak sampai target didenda dan disetrum. Minta tebusan {money}.",
        "{who} sudah {weeks} minggu di {town}. Awalnya dijanjikan kerja admin gaji 12 juta oleh {broker}. Paspor "
        "diambil waktu tiba, gedungnya dijaga orang bersenjata. Masih bisa kirim kabar lewat WhatsApp tengah malam.",
    ),
    "pengantin_pesanan": (
        "{who} dinikahkan dengan orang {town} lewat mak comblang {broker}. Keluarga diberi uang {money}. Di sana tidak "
        "boleh keluar rumah, mau pulang disuruh ganti rugi.",
        "Di {place} ada mak comblang yang mencari gadis untuk dinikahkan ke {town}. {who} sudah dibuatkan KK baru dan "
        "umurnya dituakan. Berangkat minggu depan lewat Pontianak.",
    ),
    "kawin_kontrak": (
        "{who} dinikahkan siri dengan tamu proyek, katanya hanya tiga bulan. {broker} menerima {money}. Sekarang "
        "laki-laki itu pergi dan {who_short} hamil.",
        "{broker} menawarkan perempuan di {place} untuk kawin kontrak. Yang sudah kena {who}. Pernikahannya tidak "
        "dicatat dan kartu keluarganya ditahan.",
    ),
    "abk": (
        "{who} ikut kapal ikan dari {town}. Tidak ada PKL, buku pelaut dibuatkan {broker}. Sudah {weeks} minggu di "
        "laut, uang jaminan {money} tidak kembali dan gaji belum dibayar.",
        "{who} kabur dari kapal waktu sandar di {town}. Katanya masih ada yang lain dari {place} di kapal itu, kerja "
        "20 jam sehari, makan sekali.",
    ),
    "magang_ferienjob": (
        "{who} ikut program magang ke {town} lewat kampus. Dijanjikan konversi 20 SKS, ternyata angkat barang di "
        "gudang. Utang ke agen {money}, gaji habis untuk cicilan.",
        "Adik tingkat saya bernama {name} mau berangkat ferienjob ke {town}. Yang dulu berangkat pulang membawa utang. "
        "Kontraknya bahasa asing dan disuruh tanda tangan hari itu juga.",
    ),
    "umrah_visa": (
        "{who} diberangkatkan ke {town} pakai visa ziarah untuk kerja rumah tangga. Rombongannya delapan orang. "
        "Sampai sana paspor diambil dan dipindah-pindah majikan.",
        "{broker} mengumpulkan perempuan dari {place} untuk kerja di {town} pakai visa umrah. {who} sudah di "
        "penampungan di Jakarta, tidak boleh pegang telepon.",
    ),
    "seks_lokal": (
        "{who} umur {age} dijanjikan kerja di kafe di {town}, ternyata disuruh menemani tamu. Baru datang sudah "
        "dibilang utang {money} untuk baju dan kos. Tidak boleh keluar sendirian.",
        "Di karaoke dekat terminal {town} ada anak-anak yang dipekerjakan. Salah satunya {who}. Pemesanannya lewat "
        "aplikasi, yang mengatur dipanggil {broker}.",
    ),
    "eksploitasi_rt": (
        "{who} umur {age} tinggal di rumah pamannya di {place}. Disuruh kerja dari subuh sampai malam, tidak sekolah, "
        "makan sisa. Kalau salah dipukul. Tolong jangan tanya keluarganya dulu, takut anaknya disembunyikan.",
        "{who} dititipkan di rumah kerabat di {town} supaya disekolahkan. Nyatanya jadi pembantu tanpa gaji dan tidak "
        "pernah keluar rumah.",
    ),
    "adopsi_ilegal": (
        "Ada grup Facebook yang menawarkan bayi di {place}. {broker} minta {money}, katanya untuk biaya bersalin. "
        "Surat lahirnya dibuat atas nama orang lain.",
        "Bayi {name} anak tetangga diambil orang dari {town} tiga hari setelah lahir. Ibunya diberi {money} dan "
        "sekarang menyesal.",
    ),
    "organ": (
        "{who} ditawari {money} untuk memberikan ginjal di {town}. Sudah diperiksa darah di klinik, tiket dan hotel "
        "dibayari. Kami keluarga tidak setuju tetapi dia takut membatalkan karena sudah menerima uang muka.",
    ),
    "mengemis_anak": (
        "Anak-anak di lampu merah {town} tiap sore diantar mobil yang sama. Hasilnya disetor ke {broker}. Salah satu "
        "anak bernama {name}, umur {age}, katanya dari {place}.",
        "{who} umur {age} disuruh jual tisu sampai tengah malam. Kalau tidak habis tidak boleh tidur di dalam. Sudah "
        "{weeks} minggu tidak sekolah.",
    ),
}

# Statements that turn out not to be trafficking, or of which nothing can be made.
OTHERWISE = {
    "not_trafficking": (
        "Mantan majikan saya di {place} belum bayar lembur dua bulan. Tidak dipaksa, tapi janjinya lewat terus.",
        "Anak saya mau kerja ke Malaysia lewat agen resmi. Apakah PT-nya terdaftar? Mohon dicekkan.",
        "Tetangga saya ribut terus dengan suaminya soal utang. Mungkin bisa dibantu.",
    ),
    "not_enough_information": (
        "Tolong selidiki kafe yang di jalan besar itu.",
        "Saya dengar ada orang dibawa ke luar negeri.",
    ),
    "already_handled": ("Saya mau melaporkan travel gelap yang minggu lalu ditangkap polisi di {place}.",),
    "not_a_report": (
        "Pinjaman cepat cair tanpa jaminan, hubungi kami.",
        "p",
    ),
    "test": ("Tes laporan, mohon diabaikan.",),
}

WHO = {
    "self": "Saya",
    "family": "{kin} saya, {name},",
    "friend": "Tetangga saya, {name},",
    "witness": "Seseorang bernama {name}",
    "coworker": "Kawan kerja saya, {name},",
    "official": "Warga kami, {name},",
    "other": "Seorang warga, {name},",
}
KIN = {"P": ("Adik perempuan", "Kakak", "Keponakan"), "L": ("Adik laki-laki", "Abang", "Keponakan")}

KINDS = {
    "prt_malaysia": ("sent_abroad", "unpaid_work", "papers_or_debt"),
    "scam_online": ("online_scam", "sent_abroad", "locked_up", "papers_or_debt"),
    "pengantin_pesanan": ("marriage", "sent_abroad", "locked_up"),
    "kawin_kontrak": ("marriage", "sexual"),
    "abk": ("sea_crew", "unpaid_work"),
    "magang_ferienjob": ("sent_abroad", "papers_or_debt"),
    "umrah_visa": ("sent_abroad", "papers_or_debt"),
    "seks_lokal": ("sexual", "locked_up", "papers_or_debt"),
    "eksploitasi_rt": ("unpaid_work", "child"),
    "adopsi_ilegal": ("child",),
    "organ": ("organs", "papers_or_debt"),
    "mengemis_anak": ("child", "unpaid_work"),
}

# The elements an officer finds: (element, term, words of the statement that support it).
FINDINGS = {
    "prt_malaysia": (("acts", "sending"), ("means", "fraud"), ("purposes", "forced_labour")),
    "scam_online": (("acts", "recruitment"), ("means", "confinement"), ("purposes", "forced_labour")),
    "pengantin_pesanan": (("acts", "transfer"), ("means", "payment_or_benefit"), ("purposes", "slavery_like")),
    "kawin_kontrak": (("acts", "recruitment"), ("means", "payment_or_benefit"), ("purposes", "sexual_use")),
    "abk": (("acts", "recruitment"), ("means", "forgery"), ("purposes", "forced_labour")),
    "magang_ferienjob": (("acts", "sending"), ("means", "debt_bondage"), ("purposes", "labour_or_skill_use")),
    "umrah_visa": (("acts", "sending"), ("means", "fraud"), ("purposes", "forced_labour")),
    "seks_lokal": (("acts", "recruitment"), ("means", "debt_bondage"), ("purposes", "prostitution")),
    "eksploitasi_rt": (("acts", "harbouring"), ("means", "vulnerability_abuse"), ("purposes", "forced_labour")),
    "adopsi_ilegal": (("acts", "transfer"), ("means", "payment_or_benefit"), ("purposes", "other")),
    "organ": (("acts", "recruitment"), ("means", "payment_or_benefit"), ("purposes", "organ_removal")),
    "mengemis_anak": (("acts", "harbouring"), ("means", "use_of_force"), ("purposes", "labour_or_skill_use")),
}
INDICATORS = {
    "prt_malaysia": ("wages_withheld", "papers_kept", "no_contract"),
    "scam_online": ("restricted_movement", "quota_and_fines", "papers_kept"),
    "pengantin_pesanan": ("costs_paid_by_broker", "false_papers", "isolation"),
    "kawin_kontrak": ("abuse_of_vulnerability", "costs_paid_by_broker"),
    "abk": ("excessive_overtime", "false_papers", "wages_withheld"),
    "magang_ferienjob": ("debt_bondage", "deception"),
    "umrah_visa": ("papers_kept", "moved_between_places"),
    "seks_lokal": ("debt_on_arrival", "cannot_refuse_clients", "never_alone"),
    "eksploitasi_rt": ("child_not_in_school", "eats_leftovers", "never_leaves_house"),
    "adopsi_ilegal": ("child_promised_or_paid_for", "false_papers"),
    "organ": ("costs_paid_by_broker", "abuse_of_vulnerability"),
    "mengemis_anak": ("hands_over_takings", "child_not_in_school", "punished_for_too_little"),
}
SERVICES = {
    "prt_malaysia": ("social_rehabilitation", "health", "repatriation", "migrant_worker_claim"),
    "scam_online": ("repatriation", "psychological", "legal_aid"),
    "pengantin_pesanan": ("psychological", "legal_aid", "repatriation"),
    "kawin_kontrak": ("health", "psychological", "legal_aid"),
    "abk": ("migrant_worker_claim", "social_rehabilitation", "legal_aid"),
    "magang_ferienjob": ("legal_aid", "psychological"),
    "umrah_visa": ("repatriation", "health", "legal_aid"),
    "seks_lokal": ("health", "shelter", "psychological"),
    "eksploitasi_rt": ("shelter", "health", "social_rehabilitation"),
    "adopsi_ilegal": ("shelter", "social_rehabilitation"),
    "organ": ("health", "legal_aid"),
    "mengemis_anak": ("shelter", "social_rehabilitation"),
}
NEEDS = {
    "first_aid": "Ada luka dan demam, perlu diperiksa hari ini.",
    "health": "Pemeriksaan umum dan pengobatan; korban mengeluh sakit pinggang dan sulit tidur.",
    "psychological": "Pendampingan psikologis, sebaiknya oleh petugas perempuan.",
    "social_rehabilitation": "Asesmen sosial dan kunjungan keluarga sebelum kembali ke rumah.",
    "shelter": "Tempat aman untuk dua minggu selama pemeriksaan berjalan.",
    "legal_aid": "Pendampingan waktu memberi keterangan dan penjelasan tentang restitusi.",
    "repatriation": "Pemulangan dari luar negeri sampai ke keluarga; korban sendiri yang meminta.",
    "migrant_worker_claim": "Pengurusan gaji yang belum dibayar oleh majikan di luar negeri.",
    "police_report": "Pendampingan membuat laporan polisi.",
    "reintegration": "Kembali ke keluarga dan ikut pelatihan kerja di kabupaten.",
    "accompaniment": "Didampingi ke kantor dan rumah sakit.",
    "livelihood": "Pelatihan menjahit dan modal awal; korban ingin bekerja di kabupaten.",
    "education": "Kembali ke sekolah tanpa cerita yang mendahuluinya.",
    "civil_documents": "KK dan akta kelahiran; nama dan umur pada dokumen lama tidak benar.",
    "travel_documents": "Paspor lama ditahan majikan; perlu pengganti bila kelak bepergian.",
    "lpsk_protection": "Perlindungan saksi dan bantuan medis selama perkara berjalan.",
    "police_protection": "Ada ancaman lewat telepon dan orang yang menunggu di depan rumah.",
    "mission_protection": "Masih di Kuching, di rumah kenalan; paspor pada majikan.",
    "restitution": "Perhitungan kerugian dan permohonan restitusi.",
}
SAFETY = (
    "Hubungi hanya pada siang hari, lewat kakaknya.",
    "Perekrut tinggal satu desa; jangan datang dengan mobil dinas.",
    "Korban tidak ingin keluarga tahu sebelum bertemu petugas.",
)

# One sentence for each method, for cases that have been before the police for long.
TRIED = {
    "prt_malaysia": "dijanjikan kerja di rumah makan di Kuching, paspor dipegang majikan, upah tidak dibayar.",
    "scam_online": "dijanjikan kerja admin di Thailand, dibawa ke Poipet dan disuruh menipu orang lewat chat.",
    "pengantin_pesanan": "dinikahkan dengan orang Taiwan lewat mak comblang, di sana tidak boleh keluar rumah.",
    "seks_lokal": "dijanjikan kerja di kafe, dipaksa menemani tamu sampai utangnya lunas.",
    "kawin_kontrak": "dinikahkan siri dengan tamu proyek, uangnya diterima perantara.",
    "abk": "setahun di kapal ikan tanpa perjanjian kerja, gaji tidak pernah dikirim.",
    "magang_ferienjob": "magang lewat kampus yang ternyata kerja gudang dengan utang ke agen.",
    "umrah_visa": "diberangkatkan dengan visa ziarah untuk kerja rumah tangga di Riyadh.",
    "eksploitasi_rt": "bekerja di rumah kerabat dari subuh sampai malam tanpa upah dan tidak boleh keluar.",
    "organ": "ditawari uang untuk ginjalnya, tiket dan pemeriksaan sudah dibayari.",
}
# How a case ended that did not end with its goals reached, and who it was about.
ENDED = {
    "wishes_no_more": "Korban berterima kasih dan tidak ingin dibantu lagi; nomor petugas disimpannya.",
    "moved": "Pindah ke Ketapang; berkas diserahterimakan lewat surat.",
    "unreachable": "Tidak dapat dihubungi sejak tiga bulan, rumahnya kosong.",
    "not_trafficking": "Sengketa upah biasa; dibantu Dinas Tenaga Kerja.",
    "died": "Meninggal karena sakit di rumah orang tuanya.",
    "other": "Keluarga meminta adat menyelesaikan; pendampingan dihentikan atas keputusan kepala unit.",
}
SHORTLY_KNOWN = ("Halijah", "Syarifah Mansur", "Wagiyem", "Jun Fo", "Maimunah Saleh", "Suparti")
BY_LETTER = "Bersedia. Orangnya silakan datang membawa surat ini."
WISH = "Saya mau pulang. Tidak ada yang menyuruh. Ibu sudah saya telepon."
WITNESS = "Kepala desa dan petugas Dinas Sosial"
TOLD_TO_CASE_MANAGER = "Nama disampaikan kepada petugas kasus UPTD PPA lewat telepon."
FOUND_AT_BORDER = {
    "debt": "Dijanjikan kerja di kedai, ternyata di kebun. Utang ke agen tujuh juta, paspor dipegang mandor.",
    "scam": "Disuruh menipu orang lewat chat, tidak boleh keluar gedung, diancam denda.",
}
BEST = "Tinggal dengan nenek, kembali ke sekolah, diperiksa hanya di ruang pelayanan khusus bersama pendamping."
BEST_ANSWERS = {
    "wish": "Ingin di rumah nenek dan bersekolah lagi.",
    "safety": "Aman pada nenek; tidak aman pada paman yang mengantar.",
    "family": "Nenek mengasuh sejak kecil. Paman ikut menerima uang.",
    "health": "Kurang tidur, perlu psikolog.",
    "school": "Kelas delapan, guru wali bersedia menerima kembali.",
    "hearing": "Satu kali, di RPK, bersama pendamping dan psikolog.",
}

QUESTIONS = (
    "Terima kasih atas laporan Anda. Apakah Anda tahu di mana orang tersebut berada hari ini?",
    "Terima kasih. Apakah ada orang lain yang ikut berangkat, dan kapan? Jangan bertanya langsung kepada korban.",
    "Apakah aman bila kami menghubungi keluarga? Jawab seperlunya saja.",
)
ANSWERS = (
    "Terakhir kabar dua hari lalu, katanya masih di tempat yang sama.",
    "Ada tiga orang lagi dari kampung sebelah. Saya tidak tahu nama lengkapnya.",
    "Jangan dulu, ayahnya kenal dengan yang membawa. Lewat ibunya saja.",
    "Saya hanya tahu nomor mobilnya, nanti saya tanyakan pelan-pelan.",
)
MORE = (
    "Tambahan: tadi malam ada mobil yang sama datang lagi.",
    "Sudah ada kabar, orangnya dipindah ke tempat lain.",
    "Apakah laporan saya sudah dibaca?",
)
ACCEPTED = (
    "Laporan Anda kami tangani. Jangan mencari sendiri dan jangan menghubungi perekrut.",
    "Terima kasih. Petugas sudah ditunjuk. Bila ada perubahan, tulis di sini.",
)
SET_ASIDE = {
    "not_trafficking": "Terima kasih. Ini bukan perdagangan orang; untuk upah silakan ke Dinas Tenaga Kerja.",
    "not_enough_information": "Terima kasih. Keterangannya belum cukup. Anda dapat menambahkannya di sini.",
    "already_handled": "Terima kasih. Kejadian ini sudah ditangani.",
}
OUTSIDE = "Diteruskan lewat surat ke UPTD PPA Provinsi Kalimantan Tengah."
BREAK_GLASS = "Korban tiba di pos malam ini tanpa pendamping; perlu tahu apakah ada catatan kesehatan dan larangan."
BASIS_REASON = "Korban belum dapat ditanya dan keadaannya tidak dapat menunggu."

WHERE = {
    "village": "di {village}, dekat gereja atau masjid",
    "district": "kecamatan {district}",
    "regency": "daerah {regency}",
    "nowhere": "",
}


@dataclass(frozen=True)
class Words:
    """The slots of one event as one reporter fills them."""

    who: str
    who_short: str
    name: str
    age: int
    place: str
    town: str
    broker: str
    money: str
    weeks: int


def statement(random, event, sighting, *, place):
    """What one reporter writes about an event; `place` is the place in the reporter's words."""
    words = words_of(random, event, sighting, place=place)
    text = random.choice(STATEMENTS[event.modus]).format(**vars(words))
    return text[0].upper() + text[1:]


def words_of(random, event, sighting, *, place):
    """The slots. What belongs to the event itself follows from its number, whoever tells it."""
    victim = event.victims[0]
    by_event = event.number
    towns = TOWNS.get(event.modus, ELSEWHERE)
    who = WHO[sighting.relation].format(kin=random.choice(KIN[victim.sex]), name=victim.called)
    return Words(
        who=who,
        who_short="saya" if sighting.relation == "self" else "dia",
        name=victim.called,
        age=victim.age_on(sighting.at.date()),
        place=place,
        town=towns[by_event % len(towns)],
        broker=BROKERS[by_event % len(BROKERS)],
        money=f"{(by_event % 9 + 2) * 3} juta rupiah",
        weeks=by_event % 11 + 2,
    )


def otherwise(random, reason, *, place):
    """A statement that will be set aside for a reason."""
    return random.choice(OTHERWISE[reason]).format(place=place)


def support(kind):
    """How an officer notes which words support an element."""
    return f"Pelapor menulis sendiri; lihat kalimat tentang {kind}."
