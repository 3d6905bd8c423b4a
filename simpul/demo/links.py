"""Links that open once: how offices without an account are asked in the invented year, and one link in each state."""

from datetime import timedelta
from random import Random

from simpul.cases import jobs, referrals, rights, services
from simpul.confidentiality import parcels
from simpul.demo import care, stories
from simpul.demo.beginnings import LEDO, opened, received
from simpul.demo.handling import refer
from simpul.lib.rules import NotAllowed

WHO_ANSWERS = {"name": "Ibu Erna, bagian pelayanan", "phone": "0812-0000-0800"}
WRONG = "0000 0001"


def begin(office, *, now):
    """Put the links into the diary."""
    office.diary.begin(one_in_each_state(office, now), at=now.on(12))


def answered(service, to, *, at, by):
    """Referred, opened with the code in the morning and accepted; the service goes on as the reader said."""
    referral, token, code = sent(service, to, at=at, by=by)
    at += timedelta(hours=2)
    yield at
    _content, ticket = parcels.open_(token, code, at=at)
    at += timedelta(minutes=20)
    yield at
    parcels.reply(ticket, WHO_ANSWERS | {"answer": "accept", "words": stories.BY_LETTER}, at=at)
    at += timedelta(minutes=1)
    yield at
    jobs.take_in_answers(at=at)
    service.refresh_from_db(fields=["state", "provider"])
    referral.refresh_from_db(fields=["status"])


def sent(service, to, *, at, by, until_at=None):
    """A referral with its link: (referral, token, code)."""
    referral = refer(Random(f"link {service.kind}"), service, to, by=by, at=at)
    _parcel, token, code = referrals.link(referral, until_at=until_at, by=by, at=at)
    return referral, token, code


def one_in_each_state(office, now):
    """One victim at a shelter, six letters: waiting, opened, declined, run out, withdrawn, locked by wrong codes."""
    world, rina = office.world, office.world.rina
    case = yield from opened(
        "letters", "Sepupu saya pulang tanpa surat apa pun. KTP, ijazah, semuanya ditahan agen.", at=now.on(12),
        by=rina, modus="magang_ferienjob", kinds=["papers_or_debt", "sent_abroad"], place=LEDO, danger="no",
        relation="family",
    )  # fmt: skip
    at = now.on(12, hour=14)
    yield at
    her = received(case, "Kristina Lunjap", born=at.year - 22, by=rina, at=at)
    rights.note_police_report(case, number="LP/B/87/CONTOH", unit=None, reported_at=at, by=rina, at=at)
    bed = services.request(her, kind="shelter", need=stories.NEEDS["shelter"], by=rina, at=at)
    care.move_in(bed, by=rina, at=at)

    def asked(kind, to_kind, at, **more):
        service = services.request(her, kind=kind, need=stories.NEEDS[kind], by=rina, at=at)
        return sent(service, world.agency(to_kind, "61.07"), at=at, by=rina, **more)

    at = now.on(11, hour=9)
    yield at
    asked("lpsk_protection", "lpsk", at, until_at=at + timedelta(days=3))
    withdrawn, _token, _code = asked("education", "education", at)
    _referral, token, code = asked("livelihood", "manpower", at)
    at = now.on(9, hour=11)
    yield at
    referrals.withdraw(withdrawn, by=rina, at=at)
    _content, ticket = parcels.open_(token, code, at=at)
    parcels.reply(ticket, WHO_ANSWERS | {"answer": "decline", "reason": "no_capacity", "words": "Penuh."}, at=at)
    jobs.take_in_answers(at=at)
    at = now.on(11, hour=9) + timedelta(days=3, minutes=5)
    yield at
    parcels.end_expired(at=at)
    at = now.ago(days=2, hours=3)
    yield at
    _referral, token, _code = asked("reintegration", "education", at)
    for _time in range(parcels.WRONG_CODES):
        _try(token, at)
    _referral, token, code = asked("travel_documents", "immigration", at)
    asked("civil_documents", "dukcapil", at)
    at = now.ago(hours=20)
    yield at
    parcels.open_(token, code, at=at)


def _try(token, at):
    try:
        parcels.open_(token, WRONG, at=at)
    except NotAllowed:
        return
