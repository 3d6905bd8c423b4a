"""Endings: files that rest, go to somebody else, or close before their goals were reached.

One for each way and each reason; the case that ends well, and the one that begins again, are told in `chapters`.
"""

from django.utils.timezone import localdate

from simpul.cases import access as case_access
from simpul.cases import files, rights, services, victims, visits
from simpul.cases.models import Case
from simpul.demo import care, stories
from simpul.demo.beginnings import JAGOI, LEDO, closed, opened, received

# How a case ends that does not end with its goals reached: reason, where, and how long ago it began.
SHORT = (
    ("wishes_no_more", "61.07.03.2002", 160),
    ("moved", "61.01.01.2001", 190),
    ("unreachable", "61.07.05.2003", 205),
    ("not_trafficking", "61.07.08", 120),
    ("died", "61.06.01.1001", 240),
    ("other", "61.07.09", 175),
)
# What became of the one service there was, and what a visit found.
HOW_IT_WENT = {"wishes_no_more": ("refused",), "unreachable": ("running", "stopped")}
FOUND = {"wishes_no_more": "not_wanted", "moved": "moved_away", "unreachable": "not_found"}


def taken_over(office, now):
    """Begun in Singkawang, handed over with its clocks when she moved to Bengkayang; she is visited there now."""
    world, rina = office.world, office.world.rina
    before = world.agency("uptd_ppa", "61.72")
    first = world.reader(before)
    case = yield from opened(
        "taken over", "Perempuan di ruko sebelah tidak pernah keluar, suaminya orang asing.", at=now.on(130), by=first,
        modus="pengantin_pesanan", kinds=["marriage", "locked_up"], place="61.72.01.1001", danger="no",
        relation="friend",
    )  # fmt: skip
    at = now.on(129, hour=10)
    yield at
    her = received(case, "Nyuk Moi Lay", born=at.year - 31, by=first, at=at)
    rights.note_police_report(case, number="LP/B/33/CONTOH", unit=None, reported_at=at, by=first, at=at)
    health = services.request(her, kind="health", need=stories.NEEDS["health"], by=first, at=at)
    yield from care.give(health, by=first, at=now.on(127), until=now.on(90))
    at = now.on(80)
    yield at
    files.move(case, to=Case.Stage.HANDLING, by=first, at=at)
    files.hand_over(case, to=rina.agency, by=world.head(before), at=at)
    at = now.on(79)
    yield at
    case = case_access.case_for(rina, case.number, at=at)
    files.move(case, to=Case.Stage.MONITORING, by=rina, at=at)
    visits.note(her, on=localdate(at), result="in_danger", words="Suaminya menunggu di gang.", by=rina, at=at)
    at = now.on(70)
    yield at
    visits.note(her, on=localdate(at), result="well", by=rina, at=at)


def waits_for_the_victim(office, now):
    """On hold: he went to sea again and will call when he is back."""
    rina = office.world.rina
    case = yield from opened(
        "on hold", "Adik saya dulu di kapal tanpa kontrak, sekarang melaut lagi tiga bulan.", at=now.on(47), by=rina,
        modus="abk", kinds=["sea_crew"], place="61.07.01", danger="no", relation="family",
    )  # fmt: skip
    at = now.on(46)
    yield at
    him = received(case, "Sabli Bujang", born=at.year - 34, sex="L", home="61.07.01", by=rina, at=at)
    rights.note_police_report(case, number="LP/B/66/CONTOH", unit=None, reported_at=at, by=rina, at=at)
    at = now.on(44)
    yield at
    files.move(case, to=Case.Stage.ON_HOLD, by=rina, at=at)
    victims.decide_status(him, status="victim", by=rina, at=at)


def sent_elsewhere(office, now):
    """Handed to the authority of another province, where she lives and where it happened."""
    rina = office.world.rina
    case = yield from opened(
        "elsewhere", "Orang yang saya tolong di perbatasan ternyata warga Kalimantan Tengah.", at=now.on(84), by=rina,
        modus="prt_malaysia", kinds=["sent_abroad"], place=JAGOI, danger="no", relation="official",
    )  # fmt: skip
    at = now.on(83)
    yield at
    files.summarise(case, summary="Diserahkan ke UPTD PPA Provinsi Kalimantan Tengah dengan surat.", by=rina, at=at)
    files.move(case, to=Case.Stage.REFERRED_OUT, by=rina, at=at)


def opened_by_mistake(office, now):
    """Two cases that were none: one of last year, which is kept no longer than it must; one of last month."""
    rina = office.world.rina
    for name, ago in (("mistake 1", 445), ("mistake 2", 31)):
        case = yield from opened(
            name, "Latihan petugas: laporan percobaan yang diterima sebagai kasus.", at=now.on(ago), by=rina,
            modus="", kinds=["sent_abroad"], place=LEDO, danger="no", relation="other",
        )  # fmt: skip
        at = now.on(ago - 1)
        yield at
        files.move(case, to=Case.Stage.CANCELLED, by=rina, at=at)


def ended_early(office, now):
    """One case for each reason of closing that is not success; nothing is owed in any of them."""
    for number, (reason, place, ago) in enumerate(SHORT):
        office.diary.begin(_ended(office, now, number, reason, place, ago), at=now.on(ago))
    return iter(())


def _ended(office, now, number, reason, place, ago):
    keeper = office.world.reader(office.world.agency("uptd_ppa", place[:5]))
    case = yield from opened(
        f"ended {reason}", stories.ENDED[reason], at=now.on(ago), by=keeper, modus="eksploitasi_rt",
        kinds=["unpaid_work"], place=place, danger="no", relation="friend",
    )  # fmt: skip
    at = now.on(ago - 1)
    yield at
    part = received(case, stories.SHORTLY_KNOWN[number], born=at.year - 26 - number, home=place, by=keeper, at=at)
    rights.note_police_report(case, number=f"LP/B/{100 + number}/CONTOH", unit=None, reported_at=at, by=keeper, at=at)
    service = services.request(part, kind="psychological", need=stories.NEEDS["psychological"], by=keeper, at=at)
    at = now.on(ago - 3)
    yield at
    for state in HOW_IT_WENT.get(reason, ("declined",)):
        services.move(service, to=state, by=keeper, at=at)
    status = "not_victim" if reason == "not_trafficking" else "victim"
    victims.decide_status(part, status=status, by=keeper, at=at)
    if reason in FOUND:
        visits.note(part, on=localdate(at), result=FOUND[reason], by=keeper, at=at)
    at = now.on(ago - 60)
    yield at
    closed(case, reason, note=stories.ENDED[reason], by=keeper, at=at)


ENDINGS = (taken_over, waits_for_the_victim, sent_elsewhere, opened_by_mistake, ended_early)
