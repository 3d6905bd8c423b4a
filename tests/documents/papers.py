"""One of each paper, filled with people who do not exist, and the values that must not stand on an open one."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from simpul.documents import letters, statements
from simpul.documents.letters import Loss, Returning
from simpul.documents.sheets import Office, Paper, Party
from simpul.documents.statements import Item
from simpul.privacy.readings import Reading

AT = datetime(2026, 8, 3, 9, 5, tzinfo=ZoneInfo("Asia/Pontianak"))
LINK = "https://simpul.example/rujukan/k7QmXw3vT9bR2nYc5ZdLs8Hf#p4"

PAPER = Paper(
    office=Office(
        name="UPTD PPA Kabupaten Bengkayang",
        above="Pemerintah Kabupaten Bengkayang",
        address="Jalan Guna Baru Trans Rangkang, Bengkayang 79211",
        contact="Telepon 0562 000 000",
    ),
    number="463/012/UPTD-PPA/2026",
    place="Bengkayang",
    on=date(2026, 8, 3),
    printed_by="Rina Wati",
    printed_at=AT,
)
RINA = Party(name="Rina Wati", title="Manajer kasus", office="UPTD PPA Kabupaten Bengkayang", nip="198703112010012004")
BUDI = Party(name="Budi Santoso", title="Pekerja sosial", office="Dinas Sosial Kabupaten Sambas")
DINSOS = Party(title="Kepala Bidang Rehabilitasi Sosial", office="Dinas Sosial Kabupaten Sambas", address="Sambas")
MELATI = Party(name="Melati Kusuma", nik="9900000101090001", birth="Jagoi, 17 Mei 2005", address="Dusun Jagoi RT 02")
MOTHER = Party(name="Sri Kusuma", nik="9900000101790002", title="Ibu kandung", address="Dusun Jagoi RT 02",
               phone="0812 0000 4444")  # fmt: skip
VILLAGE = Party(name="Markus Dohong", title="Kepala Desa Jagoi")
LAWYER = Party(name="Agustina Natan, S.H.", title="Advokat", office="Posbakum Pengadilan Negeri Bengkayang",
               address="Bengkayang", phone="0812 0000 5555")  # fmt: skip
SHARED = (
    ("Nama", MELATI.name),
    ("NIK", MELATI.nik),
    ("Umur", "20–21"),
    ("Cara menghubungi dengan aman", "Lewat kakaknya, 0812 0000 7777, sesudah pukul 16."),
    ("Catatan keamanan", "Perekrut tinggal di desa yang sama."),
)
NEED = "Pendampingan pekerja sosial dua kali seminggu.\nBicara hanya dengan petugas perempuan."
CONTACT = "UPTD PPA Kabupaten Bengkayang, telepon 0562 000 000"
INCOME = "Kehilangan kekayaan atau penghasilan"
LOSSES = (
    Loss(INCOME, "Upah 7 bulan yang tidak dibayar", Decimal("24500000"), "Catatan kerja"),
    Loss(INCOME, "Potongan untuk utang perekrut", Decimal("6000000.50"), "Pesan WhatsApp"),
    Loss("Biaya perawatan medis", "Operasi tangan", Decimal("8250000"), "Kuitansi RSUD"),
    Loss("Penderitaan", "Penderitaan selama disekap", Decimal("50000000"), "Laporan psikolog"),
)


def referral_cover(paper=PAPER, **other):
    return letters.referral_cover(paper, **{
        "to": DINSOS, "service": "Rehabilitasi sosial", "is_urgent": True, "link": LINK,
        "until_at": AT.replace(day=6), "answer_by": AT.replace(day=4), "telephone": "0562 000 000", "signer": RINA,
    } | other)  # fmt: skip


def referral_inner(paper=PAPER, **other):
    return letters.referral_inner(paper, **{
        "to": DINSOS, "service": "Rehabilitasi sosial", "is_urgent": True, "need": NEED, "shared": SHARED,
        "basis": "Persetujuan korban", "signer": RINA, "telephone": "0562 000 000", "answer_by": AT.replace(day=4),
    } | other)  # fmt: skip


def receipt(paper=PAPER, **other):
    return statements.receipt(paper, **{
        "giver": RINA, "receiver": MOTHER, "purpose": "Dikembalikan kepada pemiliknya",
        "items": [Item("Paspor", "1", "Halaman 12 sobek"), Item("Telepon genggam", "1 buah", "Rusak"), Item("Pakaian")],
    } | other)  # fmt: skip


def refusal_statement(paper=PAPER, **other):
    return statements.refusal_statement(paper, **{
        "person": MELATI, "service": "Pemeriksaan kesehatan", "is_postponed": False,
        "offer_again_on": date(2026, 9, 2), "officer": RINA, "telephone": "0562 000 000",
    } | other)  # fmt: skip


def handover_record(paper=PAPER, **other):
    return statements.handover_record(paper, **{
        "person": MELATI, "officer": RINA, "receiver": MOTHER, "witness": VILLAGE, "handed_over_at": AT,
        "at_place": "Kantor Desa Jagoi", "wish": "Ingin pulang; keadaan rumah diperiksa 30 Juli 2026.",
        "companion": "Agustina Natan", "belongings": "Paspor, satu tas", "visit_on": date(2026, 11, 3),
        "telephone": "0562 000 000",
    } | other)  # fmt: skip


def home_notice(paper=PAPER, **other):
    people = [Returning(f"M-2026-000012/{n}", name, "Perempuan", "21", "Jagoi, Kec. Jagoi Babang, Kab. Bengkayang")
              for n, name in enumerate((MELATI.name, "Kenanga Sari"), start=1)]  # fmt: skip
    return letters.home_notice(paper, **{
        "to": Party(office="Dinas Tenaga Kerja Kabupaten Bengkayang", address="Kab. Bengkayang"),
        "region": "Kab. Bengkayang", "arrived_on": date(2026, 8, 1),
        "came": [("Cara", "Deportasi"), ("Pos", "PLBN Entikong"), ("Depo", None)], "people": people, "withheld": 1,
        "signer": RINA, "contact": CONTACT,
    } | other)  # fmt: skip


def consent_form(paper=PAPER, **other):
    return statements.consent_form(paper, **{
        "person": MELATI, "purpose": "Membagikan data yang diperlukan kepada lembaga lain",
        "recipient": "Dinas Sosial Kabupaten Sambas", "fields": ["Nama", "Umur", "Cara menghubungi dengan aman"],
        "legality": "UU 27/2022 Art. 20; UU 21/2007 Art. 51", "retention": "5 tahun sesudah kasus ditutup",
        "until_on": date(2027, 2, 3), "officer": RINA, "contact": CONTACT, "language": "Indonesia",
    } | other)  # fmt: skip


def readings(paper=PAPER, **other):
    entries = [
        Reading(AT.replace(minute=n), RINA.name, RINA.office, RINA.title, "Rujukan dibaca", ("Nama",) * (n % 2))
        for n in range(40)
    ]
    return statements.readings(paper, **{
        "person": MELATI, "entries": entries, "since": date(2026, 1, 1), "until": date(2026, 8, 3), "contact": CONTACT,
    } | other)  # fmt: skip


def breach_notice_to_person(paper=PAPER, **other):
    return letters.breach_notice_to_person(paper, **{
        "to": Party(name=MELATI.name), "happened": "1 Agustus 2026, malam", "found_at": AT,
        "kinds": ["Nama", "Nomor telepon"], "how": "Sebuah laptop kantor dicuri. Layarnya belum terkunci.",
        "done": ["Akses laptop itu diputus.", "Pencurian dilaporkan ke polisi."],
        "advice": ["Ganti nomor telepon bila ada panggilan yang tidak dikenal."], "contact": CONTACT, "signer": RINA,
    } | other)  # fmt: skip


def breach_notice_to_authority(paper=PAPER, **other):
    return letters.breach_notice_to_authority(paper, **{
        "to": Party(title="Kepala", office="Lembaga Pelindungan Data Pribadi"), "happened": "1 Agustus 2026, malam",
        "found_at": AT, "affected": 14, "kinds": ["Nama", "Nomor telepon"], "has_specific_data": True,
        "how": "Sebuah laptop kantor dicuri. Layarnya belum terkunci.", "consequences": "Orang itu dapat dihubungi.",
        "done": ["Akses laptop itu diputus."], "persons_told": "12 dari 14, dengan surat",
        "officer": Party(name="Siti Aminah", title="Pejabat pelindungan data", phone="0562 000 001"), "signer": RINA,
    } | other)  # fmt: skip


def restitution_claim(paper=PAPER, **other):
    return letters.restitution_claim(paper, **{
        "to": Party(title="Kepala", office="Kejaksaan Negeri Bengkayang", address="Bengkayang"), "claimant": MELATI,
        "proceeding": [("Nomor laporan polisi", "LP/B/17/VII/2026/SPKT"), ("Perkara", "UU 21/2007")], "losses": LOSSES,
        "signer": LAWYER, "attorney": LAWYER, "enclosures": ["Kuitansi", "Laporan psikolog"],
    } | other)  # fmt: skip


def power_of_attorney(paper=PAPER, **other):
    return statements.power_of_attorney(paper, **{
        "giver": MELATI, "receiver": LAWYER, "powers": ["Mengajukan restitusi dan menerima pemberitahuannya"],
    } | other)  # fmt: skip


ALL = {
    made.__name__: made
    for made in (
        referral_cover, referral_inner, receipt, refusal_statement, handover_record, home_notice, consent_form,
        readings, breach_notice_to_person, breach_notice_to_authority, restitution_claim, power_of_attorney,
    )
}  # fmt: skip
# Whatever tells who the victim is or where below the regency.
TELLING = ("Melati", "Kusuma", "9900000101090001", "17 Mei 2005", "Jagoi", "kakaknya", "7777", "Perekrut", "MK", "M.K.")
