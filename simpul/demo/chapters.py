"""Chapters: cases of Bengkayang that took months, one for each way a file can go from its first page to its last.

Each begins with a report and stands at the end of the year where its docstring says. Told elsewhere is what is on the
desks today (`today`), proceedings and restitution (`trials`), and files that end or rest before their time (`endings`).
"""

from datetime import date, timedelta
from random import Random

from django.utils.timezone import localdate

from simpul.cases import access as case_access
from simpul.cases import (
    children,
    consents,
    entitlements,
    files,
    proceedings,
    referrals,
    returns,
    rights,
    services,
    shelters,
    victims,
    visits,
)
from simpul.cases.models import Case
from simpul.demo import care, endings, links, stories
from simpul.demo.beginnings import JAGOI, LEDO, SEKIDA, SELUAS, closed, opened, received
from simpul.demo.handling import refer
from simpul.demo.trials import basic_offences
from simpul.journal.entries import label
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.reference import catalogues

EVERYTHING = ("social_rehabilitation", "health", "livelihood")


def begin(office, *, now):
    """Put all chapters into the diary; each waits for its own first moment."""
    for chapter in CHAPTERS:
        office.diary.begin(chapter(office, now), at=now.on(450))


def beds(office, now):
    """The shelters of the region, by their code; one is used no more."""
    world = office.world
    at = now.on(449)
    yield at
    closed_one = shelters.record("RA-09", kind="safe_house", beds=2, by=world.yanti, at=at)
    shelters.record("RA-07", kind="safe_house", beds=1, by=world.yanti, at=at)
    shelters.record("RA-08", kind="uptd_shelter", beds=4, by=world.yanti, at=at)
    for number, (kind, place_code) in enumerate(sorted(key for key in world.agencies if key[0] == "uptd_ppa")):
        head = world.head(world.agencies[kind, place_code])
        if head != world.yanti:
            shelters.record(f"RPS-{number + 11}", kind="social_protection_house", beds=3 + number % 4, by=head, at=at)
    at = now.on(300)
    yield at
    shelters.end(closed_one, by=world.yanti, at=at)


def came_home_and_left_again(office, now):
    """Home for a year, visited three times, closed with her goals reached; recruited again last week: a recurrence."""
    rina, budi, random = office.world.rina, office.world.budi, Random("came home")
    case = yield from opened(
        "came home", "Keponakan saya diturunkan di PLBN Jagoi Babang tanpa uang. Setahun di kebun sawit tanpa gaji.",
        at=now.on(446), by=rina, modus="prt_malaysia", kinds=["sent_abroad", "unpaid_work"], place=LEDO,
        danger="no", relation="family",
    )  # fmt: skip
    at = now.on(445, hour=9)
    yield at
    rosalia = received(case, "Rosalia Dohong", born=date(at.year - 29, 5, 14), home=LEDO, by=rina, at=at)
    rights.note_police_report(case, number="LP/B/12/CONTOH", unit=office.world.agency("police", "61.07"),
                              reported_at=at, by=rina, at=at)  # fmt: skip
    entitlements.inform_of_all(rosalia, [term.code for term in catalogues.terms("rights")], by=rina, at=at)
    for kind in EVERYTHING:
        office.diary.begin(_given_by(office, now, rosalia, kind, budi, kind == "livelihood"), at=at)
    office.diary.begin(_new_papers(office, now, rosalia, rina), at=at)
    yield from _home_within_a_week(random, rosalia, rina, now)
    at = now.on(420)
    yield at
    victims.decide_status(rosalia, status="victim", by=rina, at=at)
    for stage, ago in ((Case.Stage.HANDLING, 419), (Case.Stage.REINTEGRATION, 380), (Case.Stage.MONITORING, 250)):
        at = now.on(ago)
        yield at
        files.move(case, to=stage, by=rina, at=at)
    yield from _visited(rosalia, rina, now, since=433)
    at = now.on(58)
    yield at
    closed(case, "recovered", note="Bekerja sebagai penjahit; kunjungan terakhir baik.", by=rina, at=at)
    yield from _again(office, now, case, rosalia, rina)


def _home_within_a_week(random, victim, rina, now):
    at = now.on(441, hour=9)
    yield at
    service = services.request(victim, kind="repatriation", need=stories.NEEDS["repatriation"], by=rina, at=at)
    homeward = care.wish_home(service, by=rina, at=at)
    at = now.on(440, hour=11)
    yield at
    care.find_safe(homeward, by=rina, at=at)
    returns.tell_home(homeward, by=rina, at=at)
    at = now.on(434, hour=8)
    yield at
    returns.depart(homeward, on=localdate(at), by=rina, at=at)
    at = now.on(433, hour=17)
    yield at
    returns.hand_over(homeward, to="family", witness=stories.WITNESS, on=localdate(at), by=rina, at=at)


def _visited(victim, by, now, *, since):
    """After 3, 6 and 12 months, each a few days before its day."""
    for months, found in ((3, "needs_support"), (6, "well"), (12, "well")):
        at = now.on(since - round(months * 30.4) + 5)
        yield at
        visits.note(
            victim, on=localdate(at), months=months, result=found, words="Di rumah, dengan ibunya.", by=by, at=at
        )


def _given_by(office, now, victim, kind, partner, has_places):
    """A service that Dinas Sosial takes over and gives with all its steps."""
    rina, random = office.world.rina, Random(f"given by {kind}")
    at = now.on(444, hour=14)
    yield at
    service = services.request(victim, kind=kind, need=stories.NEEDS[kind], by=rina, at=at)
    giver = rina
    if kind != "health":
        referral = refer(random, service, partner.agency, by=rina, at=at)
        at = now.on(443, hour=9)
        yield at
        referrals.accept(
            case_access.referral_for(partner, referral.pk, at=at), answer="Kami terima.", by=partner, at=at
        )
        service.refresh_from_db(fields=["state", "provider"])
        giver = partner
    at = now.on(442, hour=13)
    yield at
    services.move(service, to="running", by=giver, at=at)
    for ago, step in zip(range(436, 300, -15), services.steps_of(kind), strict=False):
        at = now.on(ago, hour=15)
        yield at
        services.note_step(service, kind=step, on=localdate(at), by=giver, at=at)
    at = now.on(290)
    yield at
    services.move(service, to="done", by=giver, at=at)


def _new_papers(office, now, victim, rina):
    """Asked of an office without an account; it answered by telephone."""
    to = office.world.agency("dukcapil", "61.07")
    at = now.on(439, hour=14)
    yield at
    service = services.request(victim, kind="civil_documents", need=stories.NEEDS["civil_documents"], by=rina, at=at)
    referral = refer(Random("papers"), service, to, by=rina, at=at)
    at = now.on(438, hour=9)
    yield at
    referrals.note_answer(referral, accepted=True, words="Bu Erna, loket 2, lewat telepon", answer="Silakan datang.",
                          by=rina, at=at)  # fmt: skip
    service.refresh_from_db(fields=["state", "provider"])
    for ago, state, step in ((430, "running", "documents_asked"), (410, "done", "documents_issued")):
        at = now.on(ago)
        yield at
        services.note_step(service, kind=step, on=localdate(at), by=rina, at=at)
        services.move(service, to=state, by=rina, at=at)


def _again(office, now, case, victim, rina):
    """A visit found her gone with the same broker: the new case names the earlier one."""
    at = now.on(9, hour=9)
    yield at
    visits.note(victim, on=localdate(at), result="recruited_again", words="Ibunya: dijemput orang yang sama.",
                by=rina, at=at)  # fmt: skip
    at += timedelta(hours=1)
    yield at
    summary = "Berangkat lagi lewat jalan yang sama. Keluarga minta dicari."
    new, again = files.open_recurrence(case, victims=[victim.pk], summary=summary, by=rina, at=at)
    at += timedelta(hours=1)
    yield at
    files.move(new, to=Case.Stage.ASSESSMENT, by=rina, at=at)
    part = victims.add(new, part="victim", person=again[0].person, childhood="adult", by=rina, at=at)
    victims.mark(part, is_abroad=True, by=rina, at=at)
    at += timedelta(hours=2)
    yield at
    rights.note_police_report(new, number="LP/B/91/CONTOH", unit=office.world.agency("police", "61.07"),
                              reported_at=at, by=rina, at=at)  # fmt: skip


def girl_of_fourteen(office, now):
    """A child: the file is open to assigned officers alone, her best interest checked, her uncle suspected."""
    world, rina = office.world, office.world.rina
    case = yield from opened(
        "fourteen", "Siswi kami sudah dua minggu tidak masuk. Dibawa pamannya bekerja di kafe, katanya diizinkan.",
        at=now.on(72), by=rina, modus="seks_lokal", kinds=["sexual", "child"], place=SELUAS, danger="no",
        relation="official", children="yes",
    )  # fmt: skip
    at = now.on(72, hour=14)
    yield at
    files.describe(case, is_sexual=True, act_on=now.day(86), by=rina, at=at)
    born = date(now.at.year - 15, now.day(80).month, 3) if now.day(80).month < 12 else date(now.at.year - 14, 3, 3)
    girl = received(case, "Bunga Lestari", born=born, home=SELUAS, childhood="child", by=rina, at=at)
    files.assign(case, officer=world.maria, by=rina, at=at)
    rights.note_police_report(case, number="LP/B/58/CONTOH", unit=world.agency("police", "61.07"), reported_at=at,
                              by=rina, at=at)  # fmt: skip
    children.decide_age(girl, childhood="child", ground="birth_certificate", by=rina, at=at)
    office.diary.begin(_a_bed_for_her(now, girl, rina), at=at)
    office.diary.begin(_examined_twice(office, now, case, girl, rina), at=at)
    at = now.on(71, hour=10)
    yield at
    care.ask_what_is_best(girl, by=world.maria, at=at)
    dinsos, rsud = world.budi.agency, world.agency("health", "61.07")
    consents.record(girl, purpose="case_management", recipient=None, fields=[], given_by="self", exception="suspected",
                    by=rina, at=at)  # fmt: skip
    consents.record(girl, purpose="medical_examination", recipient=rsud, fields=["name", "birth_date"],
                    given_by="court", exception="absent", by=rina, at=at)  # fmt: skip
    consents.record(girl, purpose="family_contact", recipient=dinsos, fields=["name"], given_by="other_basis",
                    basis="vital_interests", reason="Neneknya harus tahu malam itu juga.", by=rina, at=at)  # fmt: skip
    entitlements.inform_of_all(girl, ["special_room", "legal_aid", "restitution_told"], by=rina, at=at)
    entitlements.request(girl, "case_information", by=rina, at=at)
    at = now.on(65)
    yield at
    entitlements.meet(girl, "case_information", evidence="police_report", note="SP2HP dibacakan.", by=rina, at=at)
    victims.decide_status(girl, status="victim", by=rina, at=at)
    victims.protect_from_punishment(girl, by=rina, at=at)
    files.move(case, to=Case.Stage.HANDLING, by=rina, at=at)


def _a_bed_for_her(now, girl, rina):
    """Three weeks at a shelter, then to her grandmother; a psychologist every week."""
    at = now.on(72, hour=16)
    yield at
    first_aid = services.request(
        girl, kind="first_aid", is_urgent=True, need=stories.NEEDS["first_aid"], by=rina, at=at
    )
    at += timedelta(hours=1)
    yield at
    services.move(first_aid, to="running", by=rina, at=at)
    care.note_steps(first_aid, ("examined", "medical_report", "treated"), by=rina, at=at)
    services.move(first_aid, to="done", by=rina, at=at)
    bed = services.request(girl, kind="shelter", need=stories.NEEDS["shelter"], by=rina, at=at)
    care.move_in(bed, by=rina, at=at)
    sessions = services.request(girl, kind="psychological", need=stories.NEEDS["psychological"], by=rina, at=at)
    for ago in (70, 63, 56, 49):
        at = now.on(ago)
        yield at
        if ago == 70:
            services.move(sessions, to="running", by=rina, at=at)
        services.note_step(sessions, kind="session", on=localdate(at), by=rina, at=at)
    at = now.on(48, hour=13)
    yield at
    care.move_out(bed, by=rina, at=at)
    services.move(bed, to="done", by=rina, at=at)
    school = services.request(girl, kind="education", need=stories.NEEDS["education"], by=rina, at=at)
    at = now.on(40)
    yield at
    services.move(school, to="running", by=rina, at=at)
    services.note_step(school, kind="placed", on=localdate(at), by=rina, at=at)


def _examined_twice(office, now, case, girl, rina):
    """Once in the special room, as the law has it; once elsewhere and alone, which shows."""
    police = office.world.agency("police", "61.07")
    at = now.on(66, hour=11)
    yield at
    law = proceedings.begin(
        case, act_on=now.day(86), offences=basic_offences(now.day(86)), police=police, by=rina, at=at,
        **office.world.judged_at("61.07"),
    )  # fmt: skip
    proceedings.note_step(law, kind="investigation", on=localdate(at), by=rina, at=at)
    proceedings.note_examination(
        girl, on=localdate(at), place="special_room", proceeding=law, agency=police, has_companion=True,
        has_advocate=True, beside="Maria Goreti", by=rina, at=at,
    )  # fmt: skip
    at = now.on(34, hour=15)
    yield at
    proceedings.note_step(law, kind="suspect_named", on=localdate(at), by=rina, at=at)
    proceedings.note_examination(girl, on=localdate(at), place="police_room", proceeding=law, agency=police,
                                 by=rina, at=at)  # fmt: skip


def age_settled(office, now):
    """Papers disagreed, so he counted as a child; a doctor and the school decided, and the file was opened again."""
    rina = office.world.rina
    case = yield from opened(
        "age", "Seorang anak buah kapal turun di Sungai Raya. Katanya 15, di buku pelaut 21.", at=now.on(110), by=rina,
        modus="abk", kinds=["sea_crew", "unpaid_work"], place="61.07.01", danger="no", relation="witness",
    )  # fmt: skip
    at = now.on(110, hour=15)
    yield at
    boy = received(case, "Petrus Tawing", born=at.year - 19, sex="L", home="61.07.01", childhood="", by=rina, at=at)
    children.decide_age(boy, childhood="disputed", ground="papers_disagree", note="Buku pelaut 21, ijazah 15.",
                        by=rina, at=at)  # fmt: skip
    rights.note_police_report(case, number="LP/B/40/CONTOH", unit=None, reported_at=at, by=rina, at=at)
    at = now.on(109)
    yield at
    care.ask_what_is_best(boy, by=rina, at=at)
    consents.record(boy, purpose="case_management", recipient=None, fields=[], given_by="guardian", by=rina, at=at)
    at = now.on(90)
    yield at
    children.decide_age(boy, childhood="adult", ground="medical", note="Dokter: 18 sampai 20 tahun.", by=rina, at=at)
    files.open_access(case, by=rina, at=at)
    files.move(case, to=Case.Stage.HANDLING, by=rina, at=at)
    claim = services.request(
        boy, kind="migrant_worker_claim", need=stories.NEEDS["migrant_worker_claim"], by=rina, at=at
    )
    yield from care.give(claim, by=rina, at=now.on(88), until=now.on(60))
    home = services.request(boy, kind="reintegration", need=stories.NEEDS["reintegration"], by=rina, at=now.on(60))
    yield from care.give(home, by=rina, at=now.on(58), until=now.on(30))
    at = now.on(29)
    yield at
    files.move(case, to=Case.Stage.REINTEGRATION, by=rina, at=at)


def threatened(office, now):
    """Threatened for what she told: police at her door, LPSK decided, and the only bed of a safe house is hers."""
    world, rina = office.world, office.world.rina
    police = world.agency("police", "61.07")
    guard = world.partner(police)
    case = yield from opened(
        "threatened", "Saya saksi dan korban. Sejak melapor ada mobil berhenti tiap malam di depan rumah bibi saya.",
        at=now.on(33), by=rina, modus="seks_lokal", kinds=["sexual", "papers_or_debt"], place=LEDO, danger="maybe_soon",
        relation="self",
    )  # fmt: skip
    at = now.on(33, hour=13)
    yield at
    her = received(case, "Margareta Sinyor", born=at.year - 23, by=rina, at=at)
    victims.mark(her, is_threatened=True, by=rina, at=at)
    rights.note_police_report(case, number="LP/B/70/CONTOH", unit=police, reported_at=at, by=rina, at=at)
    bed = services.request(her, kind="shelter", need=stories.NEEDS["shelter"], by=rina, at=at)
    care.move_in(bed, by=rina, at=at)
    watch = services.request(her, kind="police_protection", need=stories.NEEDS["police_protection"], by=rina, at=at)
    referral = refer(Random("watch"), watch, police, by=rina, at=at)
    office.diary.begin(_asked_of_lpsk(office, now, her, rina), at=at)
    at = now.on(33, hour=16)
    yield at
    referrals.accept(case_access.referral_for(guard, referral.pk, at=at), answer="Patroli mulai malam ini.", by=guard,
                     at=at)  # fmt: skip
    watch.refresh_from_db(fields=["state", "provider"])
    at += timedelta(hours=1)
    yield at
    services.note_step(watch, kind="threat_assessed", on=localdate(at), by=guard, at=at)
    services.note_step(watch, kind="protected", on=localdate(at), by=guard, at=at)
    services.move(watch, to="running", by=guard, at=at)
    at = now.on(32, hour=11)
    yield at
    for asked in Obligation.objects.standing().in_file(label(case)).filter(rule="ask_lpsk_protection").order_by("pk"):
        book.settle(asked, evidence=case, by=guard, at=at)
    files.move(case, to=Case.Stage.HANDLING, by=rina, at=at)
    at = now.on(20, hour=11)
    yield at
    services.note_step(watch, kind="protection_ended", on=localdate(at), by=guard, at=at)
    again = services.request(her, kind="police_protection", need=stories.NEEDS["police_protection"], by=rina, at=at)
    services.move(again, to="agreed", by=rina, at=at)


def _asked_of_lpsk(office, now, her, rina):
    """LPSK has no account: the letter went out with a link, and its answer came back by it."""
    at = now.on(32, hour=9)
    yield at
    service = services.request(her, kind="lpsk_protection", need=stories.NEEDS["lpsk_protection"], by=rina, at=at)
    yield from links.answered(service, office.world.agency("lpsk", "61"), at=at, by=rina)
    for ago, step in ((31, "lpsk_protection_asked"), (31, "lpsk_aid_asked"), (27, "lpsk_protection_decided"),
                      (25, "lpsk_aid_decided"), (24, "protected")):  # fmt: skip
        at = now.on(ago, hour=14)
        yield at
        services.note_step(service, kind=step, on=localdate(at), by=rina, at=at)
    services.move(service, to="running", by=rina, at=at)
    entitlements.refuse(her, "sexual_violence", by=rina, at=at, note="Belum mau bicara tentang itu.")


def still_in_kuching(office, now):
    """A victim abroad: the consulate answered by a link that opens once, and she is about to leave for home."""
    rina = office.world.rina
    case = yield from opened(
        "in kuching", "Ibu kami di Kuching, lari dari majikan, menumpang di rumah kawan. Takut keluar rumah.",
        at=now.on(16), by=rina, modus="prt_malaysia", kinds=["sent_abroad", "unpaid_work"], place=JAGOI,
        danger="maybe_soon", relation="family",
    )  # fmt: skip
    at = now.on(16, hour=13)
    yield at
    her = received(case, "Tukinah", born=date(at.year - 44, 8, 2), home=JAGOI, by=rina, at=at)
    victims.mark(her, is_abroad=True, by=rina, at=at)
    rights.note_police_report(case, number="LP/B/83/CONTOH", unit=None, reported_at=at, by=rina, at=at)
    at = now.on(15, hour=9)
    yield at
    service = services.request(her, kind="mission_protection", need=stories.NEEDS["mission_protection"], by=rina, at=at)
    yield from links.answered(service, office.world.agency("mission", "61"), at=at, by=rina)
    for ago, step in ((13, "minister_told"), (5, "left_for_home")):
        at = now.on(ago, hour=15)
        yield at
        services.note_step(service, kind=step, on=localdate(at), by=rina, at=at)
    services.move(service, to="running", by=rina, at=at)


def six_on_the_way_home(office, now):
    """Six workers of one plantation, each a step further: wished, not safe, safe, told, on the way, home."""
    rina = office.world.rina
    case = yield from opened(
        "six workers", "Enam orang dari kebun dekat Serian menyeberang bersama di Jagoi. Semuanya belum digaji.",
        at=now.on(26), by=rina, modus="prt_malaysia", kinds=["unpaid_work", "sent_abroad"], place=SEKIDA, danger="no",
        people="six_to_twenty", relation="official",
    )  # fmt: skip
    at = now.on(26, hour=13)
    yield at
    rights.note_police_report(case, number="LP/B/76/CONTOH", unit=None, reported_at=at, by=rina, at=at)
    names = ("Sumiati", "Donatus Ujai", "Wahyuni Utami", "Fransiskus Dohong", "Nurhayati Ramli", "Slamet")
    for further, name in enumerate(names):
        sex = "L" if further in (1, 3, 5) else "P"
        part = received(case, name, born=at.year - 25 - further, sex=sex, home=SEKIDA, by=rina, at=at)
        office.diary.begin(_so_far(now, part, rina, further), at=at)
    at = now.on(18)
    yield at
    for stage in (Case.Stage.HANDLING, Case.Stage.RETURN):
        files.move(case, to=stage, by=rina, at=at)


def _so_far(now, victim, rina, further):
    at = now.on(19, hour=9)
    yield at
    service = services.request(victim, kind="repatriation", need=stories.NEEDS["repatriation"], by=rina, at=at)
    homeward = care.wish_home(service, by=rina, at=at)
    steps = (
        lambda at: care.find_safe(homeward, by=rina, at=at, doubts=("recruiter",) if further == 1 else ()),
        lambda at: returns.tell_home(homeward, by=rina, at=at),
        lambda at: returns.depart(homeward, on=localdate(at), by=rina, at=at),
        lambda at: returns.hand_over(homeward, to="self", witness=stories.WITNESS, on=localdate(at), by=rina, at=at),
    )
    # The second was not found safe; the third has come no further than that.
    for ago, step in zip((17, 12, 8, 4), steps[: max(further - 1, min(further, 1))], strict=False):
        at = now.on(ago, hour=11)
        yield at
        step(at)


def changed_her_mind(office, now):
    """Consents withdrawn: what waited is taken back; of two who had accepted, one has stopped and one still must."""
    world, rina, random = office.world, office.world.rina, Random("changed her mind")
    case = yield from opened(
        "changed mind", "Saya mau dibantu tetapi tidak mau semua kantor tahu.", at=now.on(21), by=rina,
        modus="pengantin_pesanan", kinds=["marriage", "sent_abroad"], place=LEDO, danger="no", relation="self",
    )  # fmt: skip
    at = now.on(21, hour=14)
    yield at
    her = received(case, "A Lian Djap", born=at.year - 27, by=rina, at=at)
    rights.note_police_report(case, number="LP/B/80/CONTOH", unit=None, reported_at=at, by=rina, at=at)
    entitlements.inform_of_all(her, care.TOLD_FIRST, by=rina, at=at)
    entitlements.refuse(her, "legal_aid", offer_again_on=localdate(now.at) + timedelta(days=2), by=rina, at=at)
    at = now.on(20, hour=9)
    yield at
    rsud, sent = world.agency("health", "61.07"), {}
    for kind, to in (("social_rehabilitation", world.budi.agency), ("health", rsud), ("psychological", rsud)):
        service = services.request(her, kind=kind, need=stories.NEEDS[kind], by=rina, at=at)
        sent[kind] = refer(random, service, to, by=rina, at=at, on_consent=True)
    at = now.on(19, hour=10)
    yield at
    for partner, kind in ((world.budi, "social_rehabilitation"), (world.partner(rsud), "health")):
        referrals.accept(case_access.referral_for(partner, sent[kind].pk, at=at), by=partner, at=at)
    at = now.ago(hours=26)
    yield at
    for consent in her.person.consents.filter(purpose="referral", withdrawn_at=None).order_by("pk"):
        consents.withdraw(her, consent, by=rina, at=at)
    at = now.ago(hours=5)
    yield at
    doctor = world.partner(rsud)
    referrals.stop(case_access.referral_for(doctor, sent["health"].pk, at=at), by=doctor, at=at)


CHAPTERS = (
    beds,
    came_home_and_left_again,
    girl_of_fourteen,
    age_settled,
    threatened,
    still_in_kuching,
    six_on_the_way_home,
    changed_her_mind,
    *endings.ENDINGS,
)
