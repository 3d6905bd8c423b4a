"""Personal data in the invented year: what people asked, what they complained of, what was erased, what leaked."""

from datetime import timedelta

from simpul.cases.models import Case
from simpul.confidentiality.sealing import receipt_tag
from simpul.demo.beginnings import LEDO, SEKIDA, tell
from simpul.demo.truth import token_of
from simpul.intake import access, complaints, receipts, triage
from simpul.intake.models import Report
from simpul.privacy import breaches, queries, requests, retention

# What was asked: in whose file, of which of its victims, what, by whom, how many hours ago, and in which words.
ASKED = (
    ("came home", 0, "access", "person", 24 * 70, "Siapa saja yang membuka berkas saya?"),
    ("age", 0, "correct", "person", 24 * 60, "Nama ayah saya salah ditulis."),
    ("fourteen", 0, "access", "guardian", 24 * 30, "Saya pamannya, saya ingin membaca berkas keponakan saya."),
    ("on hold", 0, "withdraw", "person", 24 * 42, "Jangan dibagikan lagi sebelum saya kembali."),
    ("six workers", 0, "restrict", "person", 24 * 6, "Jangan kirim data saya ke kantor lain dulu."),
    ("six workers", 2, "object", "companion", 24 * 9, "Apakah mesin yang menentukan ini?"),
    ("six workers", 3, "access", "person", 20, "Apa yang tertulis tentang saya?"),
    ("six workers", 4, "erase", "person", 45, "Tolong hapus semuanya, saya sudah di rumah."),
)
ANSWERED = {
    "access": "Daftar pembaca dicetak dan diserahkan langsung.",
    "correct": "Sudah diperbaiki di berkas.",
    "withdraw": "Semua persetujuan berakhir; kantor lain sudah diberi tahu.",
    "restrict": "Data tidak dibagikan sampai Anda mengizinkan lagi.",
    "object": "Tidak ada mesin yang memutuskan, melainkan petugas; Anda dapat meminta ditinjau kembali.",
}
REFUSED = "Yang meminta diduga pelaku; berkas menyebut tempat tinggal anak sekarang."
# Whoever asked this many hours ago has an answer by now.
ANSWERED_AFTER = 48

# Name, hours ago, the office it is about, the words, and whom they name.
COMPLAINTS = (
    ("complaint 1", 1440, "police", "Penyidik menanyai adik saya di ruang umum, dua kali.", "Pak Rusdi"),
    ("complaint 2", 40, "social", "Tiga kali saya datang, tiga kali diminta kembali besok. Obat adik saya habis.", ""),
    ("complaint 3", 3, "health", "Perawat di loket menyebut nama korban keras-keras di depan antrean.", ""),
)
LOOKED_INTO = "Kepala unit memberi keterangan tertulis. Pemeriksaan berikutnya dilakukan di RPK bersama pendamping."


def begin(office, *, now):
    """Put what concerns personal data into the diary."""
    for number in range(len(ASKED)):
        office.diary.begin(asked(office, now, *ASKED[number]), at=now.ago(hours=ASKED[number][4]))
    for name, hours, *told in COMPLAINTS:
        at = now.ago(hours=hours)
        office.diary.begin(complained(office, name, *told, at=at), at=at)
    for story in (kept_for_long_enough, held, *BREACHES):
        office.diary.begin(story(office, now), at=now.on(452))


def file_of(name):
    """The case of a report told by hand."""
    report = Report.objects.get(receipt_tag=receipt_tag(receipts.of_token(token_of(name))))
    return Case.objects.select_related("agency", "place", "data_key", "opened_by").get(pk=report.case_id)


def victim_of(case, number=0):
    """A person of a case, as they were recorded one after the other."""
    return case.involvements.filter(part="victim").select_related("person__data_key").order_by("pk")[number].person


def asked(office, now, name, number, kind, asked_by, hours, words):
    """A request is recorded the hour after it came, and answered the day after; one endangers a child."""
    rina, yanti = office.world.rina, office.world.yanti
    received_at = now.ago(hours=hours)
    at = received_at + timedelta(hours=1)
    yield at
    case = file_of(name)
    request = requests.record(
        victim_of(case, number), case=case, kind=kind, words=words, asked_by=asked_by, received_at=received_at,
        by=rina, at=at,
    )  # fmt: skip
    if hours < ANSWERED_AFTER:
        return
    at += timedelta(hours=19)
    yield at
    if asked_by == "guardian":
        requests.refuse(request, reason=REFUSED, by=yanti, at=at)
    else:
        requests.answer(request, words=ANSWERED[kind], by=rina, at=at)


def complained(office, name, against, statement, about, *, at):
    """One was answered, one is being read, one came this morning. The office complained about learns of none."""
    world = office.world
    yield at
    told = complaints.Told(
        statement=statement, against=world.agency(against, "61.07"), about=about, contact="0812-0000-0770"
    )
    complaint, _receipt = complaints.receive(told, token=token_of(name), at=at)
    at += timedelta(hours=20)
    yield at
    complaint = complaints.complaint_for(world.wulan, complaint.number)
    complaints.read(complaint, by=world.wulan, at=at)
    at += timedelta(hours=30)
    yield at
    complaints.answer(complaint, answer=LOOKED_INTO, by=world.wulan, at=at)


def kept_for_long_enough(office, now):
    """Set aside more than a year ago: one was erased by two people, one proposal was taken back, one waits."""
    rina, yanti, wulan = office.world.rina, office.world.yanti, office.world.wulan
    at = now.on(451, hour=8)
    yield at
    old = {
        name: tell(name, text, at=at, place=place, danger="no", relation="other").number
        for name, text, place in (
            ("old 1", "Pinjaman cepat cair, hubungi kami.", LEDO),
            ("old 2", "Tes, mohon diabaikan.", SEKIDA),
        )
    }
    at = now.on(451, hour=11)
    yield at
    for number, because in zip(old.values(), ("not_a_report", "test"), strict=True):
        report = access.report_for(rina, number)
        access.read(report, by=rina, at=at)
        triage.set_aside(report, because=because, by=rina, at=at)
    old = {name: Report.objects.select_related("data_key").get(number=number) for name, number in old.items()}
    at = now.on(24, hour=9)
    yield at
    erasures = {name: retention.propose(report, by=yanti, at=at) for name, report in old.items()}
    at = now.on(20, hour=9)
    yield at
    retention.take_back(erasures["old 2"], by=wulan, at=at)
    retention.confirm(erasures["old 1"], notice="nobody", by=wulan, at=at)
    at = now.ago(days=2)
    yield at
    retention.propose(file_of("mistake 1"), by=yanti, at=at)


def held(office, now):
    """Kept past their time: one because its proceeding runs, one that was let go again."""
    yanti = office.world.yanti
    at = now.on(55)
    yield at
    kept = retention.hold(file_of("taken over"), reason="audit", words="Inspektorat, surat 12", by=yanti, at=at)
    retention.hold(file_of("trial notice of the verdict"), reason="proceeding", words="PN Bengkayang", by=yanti, at=at)
    at = now.on(21)
    yield at
    retention.lift(kept, by=yanti, at=at)


def lost_telephone(office, now):
    """Everybody was told, the authority too: closed."""
    breach, at = yield from _noted(
        office.world.wulan, now.on(150, hour=9), ("identity", "contact"),
        "Telepon petugas hilang di terminal, layarnya tidak terkunci.", ("trial seized", "trial paid in part"),
    )  # fmt: skip
    yield from _all_told(breach, office.world.wulan, at)
    at += timedelta(days=3)
    yield at
    breaches.close(breach, by=office.world.wulan, at=at)


def letter_to_the_neighbour(office, now):
    """Everybody was told; it is not closed yet."""
    breach, at = yield from _noted(
        office.world.yanti, now.on(38, hour=9), ("identity", "whereabouts"),
        "Surat rujukan dibuka tetangga yang namanya sama.", ("age", "taken over"),
    )  # fmt: skip
    yield from _all_told(breach, office.world.yanti, at)


def picture_of_a_list(office, now):
    """Stopped; one person was told, for one it would be dangerous, the others are still to be told."""
    yanti = office.world.yanti
    breach, at = yield from _noted(
        yanti, now.ago(hours=30), ("identity", "child"), "Foto daftar hadir pemulangan beredar di grup desa.",
        ("six workers", "fourteen"),
    )  # fmt: skip
    at = now.ago(hours=22)
    yield at
    breaches.contain(breach, measures="Foto dihapus dari grup; admin menandatangani pernyataan.", by=yanti, at=at)
    rows = list(queries.affected_by(breach, yanti))
    breaches.tell(rows[0], how="Lewat pendamping, dengan surat", told_at=at, by=yanti, at=at)
    breaches.leave_untold(rows[-1], because="endangers", how="Pamannya membaca suratnya.", by=yanti, at=at)


def open_password(office, now):
    """Noted three hours ago; nobody knows yet who is on the list."""
    words = "Sandi ditempel di layar loket; belum jelas siapa yang memakainya."
    yield from _noted(office.world.yanti, now.ago(hours=3), ("identity",), words, ())


def _noted(by, at, kinds, how, names):
    yield at
    breach = breaches.note(kinds=kinds, discovered_at=at - timedelta(hours=1), how=how, by=by, at=at)
    at += timedelta(hours=1)
    yield at
    numbers = [file_of(name).number for name in names]
    if numbers:
        breaches.list_files(breach, numbers, by=by, at=at)
    return breach, at


def _all_told(breach, by, at):
    at += timedelta(hours=3)
    yield at
    breaches.contain(breach, measures="Sandi diganti, perangkat dihapus dari jauh.", by=by, at=at)
    at += timedelta(hours=20)
    yield at
    for number, row in enumerate(list(queries.affected_by(breach, by))):
        if number:
            breaches.tell(row, how="Lewat surat dan pendamping", told_at=at, by=by, at=at)
        else:
            breaches.leave_untold(row, because="unreachable", how="Pindah, nomor mati.", by=by, at=at)
    breaches.tell_authority(breach, authority="Kementerian Komdigi, surat contoh", told_at=at, by=by, at=at)


BREACHES = (lost_telephone, letter_to_the_neighbour, picture_of_a_list, open_password)
