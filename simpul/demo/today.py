"""What lies on the desks at the end of the invented year: something of everything that an officer meets in a day.

Every story stands in the minutes before now, so that clocks run while one looks at them. Most of it is in Bengkayang.
"""

from datetime import date, timedelta

from simpul.agencies import exclusions
from simpul.cases import access as case_access
from simpul.cases import emergency, files, referrals, rights, services, victims
from simpul.cases.models import Case
from simpul.demo import stories
from simpul.demo.beginnings import JAGOI, LEDO, SEKIDA, SELUAS, Now, tell
from simpul.demo.handling import refer, screen_by_hand
from simpul.demo.truth import token_of
from simpul.intake import access, channels, receipts, reports, tracking, triage
from simpul.intake.models import Report
from simpul.journal.entries import label
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.places.models import Place

LONGEST_AGO = timedelta(days=7)


def begin(office, *, at):
    """Put all stories into the diary; each waits for its own first moment."""
    for story in STORIES:
        office.diary.begin(story(office, Now(at)), at=at - LONGEST_AGO)


def somebody_in_danger(office, now):
    """Twelve minutes ago: the first thing to read."""
    at = now.ago(minutes=12)
    yield at
    tell(
        "danger now",
        "Dua anak perempuan dari kampung kami dibawa mobil hitam ke arah perbatasan, katanya mau kerja di Serian. "
        "Mobilnya masih berhenti di warung dekat pos. Umurnya 15 dan 16. Tolong cepat.",
        at=at, danger="yes_now", place=JAGOI, where="warung dekat pos Jagoi Babang", happened="now",
        people="two_to_five", children="yes", kinds=["sent_abroad", "child"], relation="witness",
        contact="0812-0000-0112", contact_is_safe="yes", contact_safely="Telepon saja, saya tidak di rumah.",
    )  # fmt: skip


def danger_not_decided(office, now):
    """Read within minutes and then left: its hour is over, and the head of the unit was told."""
    at = now.ago(minutes=95)
    yield at
    report = tell(
        "danger overdue",
        "Anak saya di kafe tidak boleh pulang sebelum lunas utang. Tadi menangis di telepon lalu putus.",
        at=at, danger="yes_now", place=SELUAS, where="kafe pinggir jalan ke Seluas", happened="now", people="one",
        children="dont_know", kinds=["sexual", "papers_or_debt", "locked_up"], relation="family",
    )  # fmt: skip
    at = now.ago(minutes=74)
    yield at
    rina = office.world.rina
    access.read(access.report_for(rina, report.number), by=rina, at=at)


def runs_out_soon(office, now):
    """Its twenty-four hours end in twenty minutes."""
    at = now.ago(hours=23, minutes=40)
    yield at
    tell(
        "due soon",
        "Agen datang ke desa menawarkan kerja di Kuching tanpa potongan. KTP dan KK sudah dikumpulkan dari sembilan "
        "orang. Berangkatnya Sabtu malam.",
        at=at, danger="maybe_soon", place=SEKIDA, where="balai desa Sekida", happened="about_to_happen",
        people="six_to_twenty", children="no", kinds=["sent_abroad"], relation="official",
        contact_name="Perangkat desa", contact="0812-0000-0340", contact_is_safe="yes",
    )  # fmt: skip


def overdue(office, now):
    """Nobody has opened it yet."""
    at = now.ago(hours=27)
    yield at
    tell(
        "overdue",
        "Kakak ipar saya empat bulan di kebun dekat Miri, gajinya tidak pernah dikirim. Majikan bilang untuk bayar "
        "agen. Bagaimana cara memulangkan?",
        at=at, danger="no", place=LEDO, where="Ledo", happened="this_year", people="one", children="no",
        kinds=["unpaid_work", "papers_or_debt"], relation="family", contact="0812-0000-0071", contact_is_safe="yes",
    )  # fmt: skip


def reporter_answered(office, now):
    """Asked the day before yesterday; the answer of three hours ago is not read yet."""
    at = now.ago(hours=44)
    yield at
    report = tell(
        "answered",
        "Di rumah besar dekat simpang ada pekerja perempuan yang tidak pernah keluar. Kadang terdengar dimarahi.",
        at=at, danger="maybe_soon", place=LEDO, where="rumah besar dekat simpang", happened="now", people="one",
        children="dont_know", kinds=["unpaid_work", "locked_up"], relation="friend",
    )  # fmt: skip
    at, rina = now.ago(hours=39), office.world.rina
    yield at
    report = access.report_for(rina, report.number)
    access.read(report, by=rina, at=at)
    triage.ask(report, text=stories.QUESTIONS[0], by=rina, at=at)
    at = now.ago(hours=3)
    yield at
    mine = tracking.report_of(receipts.of_token(token_of("answered")))
    tracking.conversation(mine, at=at)
    reports.add_message(mine, text="Masih di sana. Tadi pagi terlihat di jendela, tangannya diperban.", at=at)


def perhaps_the_same(office, now):
    """Two neighbours, one event: an officer will see that they may belong together."""
    first, second = now.ago(hours=20), now.ago(hours=6)
    facts = {"place": JAGOI, "people": "one", "children": "yes", "happened": "last_days"}
    yield first
    tell(
        "same 1",
        "Anak tetangga umur 16 dijemput ibu-ibu dari Singkawang, katanya mau dinikahkan dengan orang Taiwan.",
        at=first, danger="maybe_soon", kinds=["marriage", "child"], relation="friend", where="dekat SD", **facts,
    )  # fmt: skip
    yield second
    tell(
        "same 2",
        "Murid kami tidak masuk sejak Senin. Kata temannya dibawa mak comblang. Orang tuanya bilang ikut saudara.",
        at=second, danger="dont_know", kinds=["marriage"], relation="official", where="SD di Jagoi", **facts,
    )  # fmt: skip


def from_abroad(office, now):
    """A report in English, without a place that the catalogue knows."""
    at = now.ago(hours=9)
    yield at
    tell(
        "english",
        "We run a small shelter in Kuching. Two Indonesian women came to us last night. Their employer keeps their "
        "passports and has paid nothing since March. They say the agent brought them over at Jagoi Babang.",
        at=at, language="en", danger="no", where="Kuching, came by Jagoi Babang", happened="this_month",
        people="two_to_five", children="no", kinds=["sent_abroad", "unpaid_work", "papers_or_debt"],
        relation="other", contact_name="Night desk", contact="0812-0000-0555", contact_is_safe="yes",
    )  # fmt: skip


def without_a_place(office, now):
    """It goes to the agency that takes what nobody else can place."""
    at = now.ago(hours=3)
    yield at
    tell(
        "no place",
        "Saya sekarang di kapal, tidak tahu posisi. Makan sekali sehari, buku pelaut ditahan kapten.",
        at=at, danger="dont_know", happened="now", people="six_to_twenty", kinds=["sea_crew"], relation="self",
    )  # fmt: skip


def about_an_official(office, now):
    """The reporter names the police; the head of the unit keeps out one officer more. The case has both kept out."""
    at = now.ago(days=4)
    yield at
    report = tell(
        "official",
        "Mobil travel itu selalu lolos karena ada oknum polisi yang ikut mengantar sampai jalan tikus.",
        at=at, danger="no", place=SELUAS, happened="this_month", people="more_than_twenty", children="no",
        kinds=["sent_abroad"], relation="coworker", involves=["police"],
    )  # fmt: skip
    yanti, rina = office.world.yanti, office.world.rina
    at = now.ago(days=3, hours=19)
    yield at
    report = access.report_for(yanti, report.number)
    access.read(report, by=yanti, at=at)
    exclusions.keep_out(report, officer=office.world.budi, by=yanti, at=at + timedelta(minutes=6))
    at = now.ago(days=3, hours=18)
    yield at
    case = triage.accept(access.report_for(rina, report.number), by=rina, at=at, message=stories.ACCEPTED[0])
    files.describe(case, modus="prt_malaysia", by=rina, at=at)
    at = now.ago(days=3, hours=2)
    yield at
    files.move(case, to=Case.Stage.ASSESSMENT, by=rina, at=at)


def two_sisters(office, now):
    """A case in the middle of its work: an age in doubt, a refusal, clocks that run, stand still and ran out."""
    rina, world = office.world.rina, office.world
    at = now.ago(days=5)
    yield at
    report = tell(
        "sisters",
        "Kakak beradik dari Jagoi baru dipulangkan lewat pos. Yang kecil mengaku 19 tetapi kami kenal, dia masih SMP. "
        "Gaji setahun tidak dibayar.",
        at=at, danger="maybe_soon", place=JAGOI, where="pos lintas batas", happened="last_days", people="two_to_five",
        children="dont_know", kinds=["unpaid_work", "sent_abroad", "papers_or_debt"], relation="official",
    )  # fmt: skip
    at = now.ago(days=5) + timedelta(hours=2)
    yield at
    report = access.report_for(rina, report.number)
    access.read(report, by=rina, at=at)
    screen_by_hand(report, "prt_malaysia", by=rina, at=at)
    case = triage.accept(report, by=rina, at=at + timedelta(minutes=30), message=stories.ACCEPTED[1])
    files.summarise(case, summary="Dua kakak beradik, dipulangkan lewat Jagoi Babang. Umur adik belum pasti.",
                    by=rina, at=at + timedelta(minutes=40))  # fmt: skip
    files.describe(case, modus="prt_malaysia", by=rina, at=at + timedelta(minutes=41))
    at = now.ago(days=4, hours=18)
    yield at
    files.move(case, to=Case.Stage.ASSESSMENT, by=rina, at=at)
    home = Place.objects.get(pk=JAGOI)
    elder = victims.add(
        case, part="victim", name="Melati Ujai", sex="P", birth_date=date(now.at.year - 24, 3, 9), home=home,
        childhood="adult", phone="0812-0000-0901", safe_contact=stories.SAFETY[0], by=rina, at=at,
    )  # fmt: skip
    younger = victims.add(
        case, part="victim", name="Kenanga Ujai", aliases="Nanga", sex="P", birth_year=now.at.year - 17, home=home,
        childhood="disputed", note="Paspor menyebut 19 tahun; ijazah SD menyebut 16.", by=rina, at=at,
    )  # fmt: skip
    at = now.ago(days=3, hours=14)
    yield at
    rights.note_police_report(case, number="LP/B/77/CONTOH", unit=world.agency("police", "61.07"), reported_at=at,
                              by=rina, at=at)  # fmt: skip
    office.diary.begin(_refused_shelter(elder, rina, now), at=at)
    office.diary.begin(_waiting_at_dinsos(office, elder, rina, now), at=at)
    office.diary.begin(_declined_by_hospital(office, younger, rina, now), at=at)
    office.diary.begin(_stands_still(younger, rina, now), at=at)
    office.diary.begin(_hurt_hand(office, younger, rina, now), at=at)
    office.diary.begin(_opened_in_an_emergency(office, case, now), at=at)


def _refused_shelter(victim, rina, now):
    service = services.request(victim, kind="shelter", need=stories.NEEDS["shelter"], by=rina, at=now.ago(days=3))
    at = now.ago(days=2, hours=20)
    yield at
    services.move(service, to="refused", by=rina, at=at)


def _waiting_at_dinsos(office, victim, rina, now):
    """Two needs at Dinas Sosial: one answer is due in twenty minutes, one is late."""
    at = now.ago(hours=31)
    yield at
    service = services.request(victim, kind="reintegration", need=stories.NEEDS["reintegration"], by=rina, at=at)
    refer(office.random, service, office.world.budi.agency, by=rina, at=at)
    at = now.ago(hours=23, minutes=40)
    yield at
    service = services.request(
        victim, kind="social_rehabilitation", need=stories.NEEDS["social_rehabilitation"], by=rina, at=at
    )
    refer(office.random, service, office.world.budi.agency, by=rina, at=at)


def _declined_by_hospital(office, victim, rina, now):
    """The need came back, and waits to be referred again."""
    at = now.ago(days=2)
    yield at
    service = services.request(victim, kind="psychological", need=stories.NEEDS["psychological"], by=rina, at=at)
    to = office.world.agency("health", "61.07")
    referral = refer(office.random, service, to, by=rina, at=at)
    at = now.ago(hours=18)
    yield at
    doctor = office.world.partner(to)
    received = case_access.referral_for(doctor, referral.pk, at=at)
    answer = "Psikolog kami baru ada bulan depan."
    referrals.decline(received, reason="no_capacity", answer=answer, by=doctor, at=at)


def _stands_still(victim, rina, now):
    at = now.ago(days=2, hours=6)
    yield at
    service = services.request(victim, kind="health", need=stories.NEEDS["health"], by=rina, at=at)
    at = now.ago(days=1, hours=4)
    yield at
    clock = Obligation.objects.running().about(label(service)).get(rule="services_on_request")
    book.pause(clock, reason="victim_not_ready", by=rina, at=at)


def _hurt_hand(office, victim, rina, now):
    """First aid, asked of the hospital fifty minutes ago."""
    at = now.ago(minutes=50)
    yield at
    service = services.request(
        victim, kind="first_aid", is_urgent=True, need=stories.NEEDS["first_aid"], by=rina, at=at
    )
    refer(office.random, service, office.world.agency("health", "61.07"), by=rina, at=at)


def _opened_in_an_emergency(office, case, now):
    """The head of the unit has not looked at the reason yet."""
    at = now.ago(hours=4)
    yield at
    officer = office.world.partner(office.world.agency("police", "61.72"))
    emergency.break_glass(case.number, reason=stories.BREAK_GLASS, by=officer, at=at)
    case_access.case_for(officer, case.number, at=at + timedelta(minutes=1))


def not_reported_yet(office, now):
    """A victim received ten hours ago: the report to the police is owed."""
    rina = office.world.rina
    at = now.ago(hours=14)
    yield at
    report = tell(
        "not reported",
        "Saya sendiri. Baru lari dari kebun, sekarang di rumah bibi. Paspor masih sama bos.",
        at=at, danger="no", place=SEKIDA, happened="last_days", people="one", children="no",
        kinds=["unpaid_work", "papers_or_debt"], relation="self", contact="0812-0000-0218", contact_is_safe="no",
        contact_safely="Kirim pesan dulu, jangan telepon.",
    )  # fmt: skip
    at = now.ago(hours=11)
    yield at
    report = access.report_for(rina, report.number)
    access.read(report, by=rina, at=at)
    case = triage.accept(report, by=rina, at=at + timedelta(minutes=20), message=stories.ACCEPTED[0])
    at = now.ago(hours=10)
    yield at
    files.move(case, to=Case.Stage.ASSESSMENT, by=rina, at=at)
    her = victims.add(case, part="victim", name="Suparti", sex="P", birth_year=now.at.year - 33, childhood="adult",
                      home=Place.objects.get(pk=SEKIDA), by=rina, at=at)  # fmt: skip
    # Its clock waits for the report to the police (Art. 51(2), 52(1)).
    services.request(her, kind="health", need=stories.NEEDS["health"], by=rina, at=at)


def sent_back_at_the_border(office, now):
    """People sent home through Jagoi Babang report with the code on the wall: one address, no limit."""
    rina, world = office.world.rina, office.world
    at = now.ago(days=2)
    yield at
    post = Place.objects.get(pk=JAGOI)
    event = channels.make("Pemulangan lewat PLBN Jagoi Babang", until=now.at + timedelta(days=5), by=rina, at=at,
                          place=post)  # fmt: skip
    told = (
        "Gaji tujuh bulan tidak dibayar, lalu dilaporkan ke imigrasi oleh majikan sendiri.",
        "Saya satu kebun dengan yang tadi. Paspor kami disimpan mandor.",
        "Berangkat lewat agen di Sanggau, dijanjikan permit. Ternyata tidak ada.",
    )
    numbers = []
    for order, statement in enumerate(told):
        at = now.ago(hours=30) + timedelta(minutes=7 * order)
        yield at
        report = tell(
            f"border {order}", statement, at=at, channel=Report.Channel.EVENT, event=event, danger="no", place=JAGOI,
            happened="this_year", people="one", children="no", kinds=["unpaid_work", "sent_abroad"], relation="self",
        )  # fmt: skip
        numbers.append(report.number)
    case = None
    for order, number in enumerate(numbers):
        at = now.ago(hours=27) + timedelta(minutes=11 * order)
        yield at
        report = access.report_for(rina, number)
        access.read(report, by=rina, at=at)
        case = triage.accept(report, into=case, by=rina, at=at)
    files.move(case, to=Case.Stage.ASSESSMENT, by=rina, at=at + timedelta(minutes=5))
    files.assign(case, officer=world.partner(world.agency("bp3mi", "61")), by=rina, at=at + timedelta(minutes=6))


def told_by_telephone(office, now):
    """An officer wrote it down for somebody who called."""
    rina = office.world.rina
    at = now.ago(hours=5)
    yield at
    tell(
        "telephone",
        "Ibu dari korban menelepon: anaknya di kapal sejak Januari, gaji belum pernah dikirim. Minta dihubungi.",
        at=at, channel=Report.Channel.OFFICER, by=rina, danger="no", place=LEDO, happened="this_year", people="one",
        children="no", kinds=["sea_crew", "unpaid_work"], relation="family", contact="0812-0000-0466",
        contact_is_safe="yes", contact_safely="Setelah pukul 16.",
    )  # fmt: skip


def just_accepted(office, now):
    """Accepted two hours ago: the first safe contact is still to be made."""
    rina = office.world.rina
    at = now.ago(hours=4)
    yield at
    report = tell(
        "just accepted",
        "Teman kerja saya di warung makan tidak digaji sejak puasa, tidur di dapur, KTP-nya dipegang pemilik.",
        at=at, danger="no", place="61.07.04", happened="now", people="one", children="no", kinds=["unpaid_work"],
        relation="coworker",
    )  # fmt: skip
    at = now.ago(hours=2)
    yield at
    report = access.report_for(rina, report.number)
    access.read(report, by=rina, at=at)
    triage.accept(report, by=rina, at=at + timedelta(minutes=9), message=stories.ACCEPTED[1])


STORIES = (
    somebody_in_danger,
    danger_not_decided,
    runs_out_soon,
    overdue,
    reporter_answered,
    perhaps_the_same,
    from_abroad,
    without_a_place,
    about_an_official,
    two_sisters,
    not_reported_yet,
    sent_back_at_the_border,
    told_by_telephone,
    just_accepted,
)
