"""How the offices of the invented year handle what comes in: every step an act, by name, at its moment.

Most clocks are met, some are missed, some stand still for a reason; two reporters of one event are mostly, and not
always, recognised.
"""

from datetime import timedelta
from random import Random

from simpul.agencies import exclusions
from simpul.cases import access as case_access
from simpul.cases import consents, emergency, files, referrals, rights, services, victims
from simpul.cases.models import Case
from simpul.demo import care, stories, trials
from simpul.demo.beginnings import closed
from simpul.demo.diary import in_office, on_duty
from simpul.demo.truth import SEED
from simpul.intake import access, reports, screening, tracking, triage
from simpul.intake.models import Report
from simpul.journal.entries import label
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.places.models import Place
from simpul.places.regions import ancestors, regency_of, short_name

# Who gives a service that the keeper of the case does not give.
GIVEN_BY = {
    "first_aid": "health",
    "health": "health",
    "psychological": "health",
    "social_rehabilitation": "social",
    "shelter": "social",
    "reintegration": "social",
    "legal_aid": "legal_aid",
    "repatriation": "social",
    "migrant_worker_claim": "bp3mi",
}
# Where the goals were reached, these may stand when the case is closed: the rest is owed first.
STANDS_AT_THE_END = ("offer_again", "tell_of_restitution", "restitution_applied_for", "best_interest")
ENDINGS = (("recovered", 62), ("wishes_no_more", 16), ("moved", 9), ("unreachable", 9), ("other", 4))
GOES_ALONG = {"name", "sex", "age", "child", "home_place", "health_need", "safety_note", "wishes", "exploitation_kind"}
SEXUAL = {"seks_lokal", "kawin_kontrak"}
FATES = (("accepted", 23), ("set_aside", 63), ("passed_on", 14))
REASONS = (
    ("not_trafficking", 45),
    ("not_enough_information", 30),
    ("already_handled", 14),
    ("not_a_report", 8),
    ("test", 3),
)


def hours(number):
    return timedelta(hours=number)


def days(number):
    return timedelta(days=number)


class Office:
    """All offices of the region together: who works there, the diary of the year, and where a story left its report."""

    def __init__(self, world, diary):
        self.world = world
        self.diary = diary
        self.firsts = {}
        self.random = Random(SEED)
        self._places = {}

    def begin_event(self, event):
        """Every sighting of an event is told at its own moment."""
        for order, sighting in enumerate(event.sightings):
            self.diary.begin(reporting(self, event, order), at=sighting.at)

    def names(self, code):
        """The names above and at a village, as a reporter says them."""
        if code not in self._places:
            places = Place.objects.in_bulk([*ancestors(code), code])
            self._places[code] = [short_name(places[each]) for each in sorted(places)]
        return self._places[code]


def reporting(office, event, order):
    """One reporter tells of an event; from then on the report goes its way."""
    random, sighting = Random(f"{SEED}/{event.number}/{order}"), event.sightings[order]
    fate = "accepted" if event.in_danger else _one_of(random, FATES)
    reason = _one_of(random, REASONS) if fate == "set_aside" else ""
    told = _told(office, random, event, sighting, reason)
    report, receipt = reports.receive(told, token=event.token(order), at=sighting.at)
    is_again = event.number in office.firsts
    office.firsts.setdefault(event.number, report.number)
    if random.random() < 0.6:
        yield sighting.at + timedelta(minutes=3)
        reports.receipt_saved(report, at=sighting.at + timedelta(minutes=3))
    if is_again and random.random() < 0.8:
        yield from recognising(office, random, report, event)
    else:
        yield from reading(office, random, report, receipt, event, fate=fate, reason=reason)


def _told(office, random, event, sighting, reason):
    _province, regency, district, village = office.names(event.village)
    depth = sighting.depth
    known = {"village": event.village, "district": event.village[:8], "regency": event.village[:5], "nowhere": ""}
    place = f"{village}, {district}" if depth == "village" else regency
    text = stories.statement(random, event, sighting, place=place)
    if reason in stories.OTHERWISE and random.random() < 0.85:
        text = stories.otherwise(random, reason, place=place)
    kinds = stories.KINDS[event.modus]
    many = "one" if len(event.victims) == 1 else "two_to_five"
    return reports.Told(
        statement=text,
        danger="yes_now" if event.in_danger else random.choice(("maybe_soon", "no", "no", "dont_know", "")),
        place=known[depth],
        where=stories.WHERE[depth].format(village=village, district=district, regency=regency),
        happened=random.choice(("now", "now", "last_days", "this_month", "this_year", "dont_know", "about_to_happen")),
        people=random.choice((many, many, many, "dont_know", "")),
        children="yes" if event.is_about_children else random.choice(("no", "no", "dont_know", "")),
        kinds=list(kinds[: random.randint(1, len(kinds))]),
        relation=sighting.relation,
        involves=["police"] if random.random() < 0.03 else ["village"] if random.random() < 0.03 else [],
        contact=sighting.phone if sighting.leaves_contact else "",
        contact_is_safe=random.choice(("yes", "yes", "no")) if sighting.leaves_contact else "",
        contact_safely="Sore hari, lewat pesan saja." if sighting.leaves_contact else "",
    )


def reading(office, random, report, receipt, event, *, fate, reason):
    """An officer reads the report, screens it, perhaps asks, and decides."""
    reader = office.world.reader(report.agency)
    at = when_read(random, report)
    yield at
    report = access.report_for(reader, report.number)
    access.read(report, by=reader, at=at)
    if report.has_contact and random.random() < 0.5:
        access.read_contact(report, by=reader, at=at)
    at += timedelta(minutes=random.randint(4, 25))
    yield at
    if fate == "accepted":
        screen(random, report, event, by=reader, at=at)
    if report.danger != "yes_now" and random.random() < 0.24:
        triage.ask(report, text=random.choice(stories.QUESTIONS), by=reader, at=at)
        at = yield from asked(random, report, receipt, reader, at)
    elif random.random() < 0.1:
        later = at + days(random.uniform(1, 20))
        office.diary.begin(adding(Random(report.number), report.number, receipt, reader, later), at=later)
    yield from deciding(office, random, report, event, by=reader, at=at, fate=fate, reason=reason)


def when_read(random, report):
    """Most reports are read in time; one in seven or eight is not."""
    if report.danger == "yes_now":
        return report.received_at + timedelta(minutes=random.choice((6, 9, 14, 19, 23, 31, 38, 66, 140)))
    late = random.random() < 0.13
    return on_duty(report.received_at + hours(random.uniform(26, 70) if late else random.uniform(0.4, 11)))


def screen(random, report, event, *, by, at):
    """Note the elements of trafficking and a few indicators."""
    screen_by_hand(report, event.modus, by=by, at=at, answers=random.choices(("present", "present", "unclear"), k=2))


def screen_by_hand(report, modus, *, by, at, answers=("present", "present", "unclear")):
    """The same for a method, with the answers to its indicators."""
    for element, term in stories.FINDINGS[modus]:
        screening.note(report, element=element, term=term, support=stories.support(term), by=by, at=at)
    for indicator, answer in zip(stories.INDICATORS[modus], answers, strict=False):
        screening.answer(report, indicator=indicator, answer=answer, by=by, at=at)


def asked(random, report, receipt, reader, at):
    """Wait for the reporter's answer and read it; returns the moment when the office goes on."""
    if random.random() < 0.25:
        at = on_duty(at + days(random.uniform(4, 7)))
        yield at
        return at
    at += hours(random.uniform(2, 60))
    yield at
    mine = tracking.report_of(receipt)
    tracking.conversation(mine, at=at)
    reports.add_message(mine, text=random.choice(stories.ANSWERS), at=at)
    at = on_duty(at + hours(random.choice((1, 3, 5, 8, 12, 30))))
    yield at
    access.read_messages(report, by=reader, at=at)
    report.refresh_from_db(fields=["unread"])
    return at


def adding(random, number, receipt, reader, at):
    """The reporter comes back with something more, and is answered."""
    yield at
    reports.add_message(tracking.report_of(receipt), text=random.choice(stories.MORE), at=at)
    at = on_duty(at + hours(random.choice((2, 5, 9, 16, 28))))
    yield at
    report = access.report_for(reader, number)
    access.read_messages(report, by=reader, at=at)
    triage.write(report, text=random.choice(stories.ACCEPTED), by=reader, at=at)


def deciding(office, random, report, event, *, by, at, fate, reason):
    """Accept, pass on or set aside."""
    at += timedelta(minutes=random.randint(3, 15))
    yield at
    is_provincial = by.agency.takes_unplaced
    if fate == "passed_on" and is_provincial:
        to = office.world.agency("uptd_ppa", event.regency)
        triage.pass_on(report, to=to, by=by, at=at)
        at = on_duty(at + hours(random.choice((2, 5, 11, 20, 31))))
        yield at
        by = office.world.reader(to)
        report = access.report_for(by, report.number)
        access.read(report, by=by, at=at)
        fate = "accepted"
    if fate == "passed_on":
        triage.pass_on(report, note=stories.OUTSIDE, by=by, at=at, message="Laporan Anda kami teruskan.")
        return
    if fate == "set_aside":
        triage.set_aside(report, because=reason, by=by, at=at, message=stories.SET_ASIDE.get(reason, ""))
        return
    case = triage.accept(report, by=by, at=at, message=random.choice(stories.ACCEPTED))
    office.diary.begin(handling(office, random, case, event, keeper=by), at=at)


def recognising(office, random, report, event):
    """A second report of an event: put with the first."""
    reader = office.world.reader(report.agency)
    at = when_read(random, report)
    yield at
    report = access.report_for(reader, report.number)
    access.read(report, by=reader, at=at)
    at += timedelta(minutes=random.randint(5, 20))
    yield at
    first = Report.objects.visible_to(reader).select_related("case", "merged_into").filter(
        number=office.firsts[event.number]).first()  # fmt: skip
    if first is None or first.merged_into_id == report.pk:
        triage.set_aside(report, because="already_handled", by=reader, at=at)
    elif first.case and first.case.agency_id == reader.agency_id:
        triage.accept(report, into=first.case, by=reader, at=at, message=random.choice(stories.ACCEPTED))
    else:
        triage.merge(report, into=first, by=reader, at=at)


def handling(office, random, case, event, *, keeper):
    """A case from its first contact to its end."""
    at = case.opened_at + timedelta(minutes=20)
    yield at
    files.summarise(case, summary=f"{stories.NEEDS['accompaniment']} Laporan: {event.modus}.", by=keeper, at=at)
    files.describe(case, modus=event.modus, is_sexual=event.modus in SEXUAL, by=keeper, at=at)
    at = on_duty(at + hours(random.choice((1, 2, 4, 7, 10, 15, 19, 29))))
    yield at
    files.move(case, to=Case.Stage.ASSESSMENT, by=keeper, at=at)
    people = [_add_victim(office, random, case, event, person, by=keeper, at=at) for person in event.victims]
    if random.random() < 0.2:
        victims.add(case, part="suspect", name=stories.BROKERS[event.number % len(stories.BROKERS)], by=keeper, at=at)
    office.diary.begin(telling_police(office, random, case, keeper, at), at=at)
    for person in people:
        if person.counts_as_child:
            office.diary.begin(asking_what_is_best(random, person, keeper, at), at=at)
        for kind, is_urgent in _wanted(random, case, event):
            office.diary.begin(serving(office, random, person, kind, is_urgent, keeper), at=at + hours(1))
    if random.random() < 0.05:
        office.diary.begin(breaking_glass(office, random, case, keeper), at=at + days(random.uniform(2, 15)))
    at = in_office(at + days(random.uniform(3, 16)))
    yield at
    case_access.case_for(keeper, case.number, at=at)
    for person in people:
        status = "not_victim" if random.random() < 0.07 else "victim"
        victims.decide_status(person, status=status, by=keeper, at=at)
        if random.random() < 0.4:
            care.tell_of_rights(random, person, by=keeper, at=at)
    files.move(case, to=Case.Stage.HANDLING, by=keeper, at=at)
    yield from ending(random, case, keeper, at)


def _add_victim(office, random, case, event, person, *, by, at):
    home = Place.objects.get(pk=event.village)
    is_told = random.random()
    childhood = "child" if person.age_on(at.date()) < 18 else "adult"
    return victims.add(
        case, part="victim", by=by, at=at, childhood=childhood, name=person.name, sex=person.sex,
        birth_date=person.birth_date, home=home,
        nik=person.nik if is_told < 0.6 else "", phone=person.phone if is_told < 0.5 else "",
        safe_contact=random.choice(stories.SAFETY) if is_told < 0.7 else "",
    )  # fmt: skip


def _wanted(random, case, event):
    """The services asked for: one or two of those its method calls for, and first aid where somebody is in danger."""
    chosen = random.sample(stories.SERVICES[event.modus], k=random.choice((1, 1, 1, 2)))
    urgent = [("first_aid", True)] if case.in_danger and random.random() < 0.6 else []
    return urgent + [(kind, False) for kind in chosen]


def telling_police(office, random, case, keeper, since):
    """The report to the police, mostly within the 24 hours of PP 9/2008 Art. 14(5)."""
    police = office.world.agency("police", regency_of(case.place_id or "") or "61.71")
    how = random.random()
    if how < 0.06:
        at = in_office(since + days(random.uniform(6, 12)))
        yield at
        rows = Obligation.objects.standing().about(label(case)).filter(rule__startswith="report_to_police")
        for obligation in rows.order_by("pk"):
            book.waive(obligation, reason="not_a_victim", by=keeper, at=at)
        return
    reported_at = since + hours(random.choice((1, 2, 3, 5, 8, 10, 15, 20) if how < 0.82 else (28, 36, 50, 75)))
    yield reported_at
    number = f"LP/B/{random.randint(1, 400)}/CONTOH/{reported_at:%Y}"
    unit = None if exclusions.keeps_out(case, police) else police
    rights.note_police_report(case, number=number, unit=unit, reported_at=reported_at, by=keeper, at=reported_at)
    if random.random() < 0.4:
        yield from trials.looking_into(random, case, unit, by=keeper, since=reported_at)


def asking_what_is_best(random, child, keeper, since):
    """What is best for a child is mostly asked within the three working days."""
    at = in_office(since + days(random.choice((0.5, 1, 1, 2, 2, 3, 9))))
    yield at
    care.ask_what_is_best(child, by=keeper, at=at)


def serving(office, random, victim, kind, is_urgent, keeper):
    """One service on its own track: refused, given by the keeper, or referred to who gives it."""
    at = victim.noted_at + hours(1)
    service = services.request(victim, kind=kind, is_urgent=is_urgent, need=stories.NEEDS[kind], by=keeper, at=at)
    how = random.random()
    if how < 0.07:
        at = in_office(at + days(random.uniform(0.2, 3)))
        yield at
        services.move(service, to="refused", by=keeper, at=at)
        return
    at = at + hours(random.uniform(0.3, 1)) if is_urgent else in_office(at + hours(random.uniform(1, 30)))
    yield at
    to = office.world.agency(GIVEN_BY[kind], regency_of(victim.case.place_id or "") or "61.71")
    if how < 0.38 or to is None or exclusions.keeps_out(victim.case, to):
        yield from giving(office, random, service, keeper, keeper, at)
        return
    yield from referring(office, random, service, to, keeper, at)


def referring(office, random, service, to, keeper, at, *, is_again=False):
    """A referral: answered in time or late, accepted, declined or taken back."""
    referral = refer(random, service, to, by=keeper, at=at)
    partner = office.world.partner(to)
    how = random.random()
    at += hours(random.choice((1, 2, 3)) if service.is_urgent else random.choice((2, 5, 9, 16, 21, 23, 30, 49, 118)))
    yield at
    if how < 0.05:
        referrals.withdraw(referral, by=keeper, at=at)
        yield from giving(office, random, service, keeper, keeper, at)
        return
    received = case_access.referral_for(partner, referral.pk, at=at)
    if how < 0.21 and not is_again:
        reason = random.choice(("no_capacity", "service_not_offered", "not_our_region", "not_enough_information"))
        referrals.decline(received, reason=reason, by=partner, at=at)
        at = in_office(at + hours(random.choice((1, 4, 9, 20, 40))))
        yield at
        other = _elsewhere(office, service, to)
        if other is None:
            yield from giving(office, random, service, keeper, keeper, at)
            return
        yield from referring(office, random, service, other, keeper, at, is_again=True)
        return
    referrals.accept(received, by=partner, at=at)
    service.refresh_from_db(fields=["state", "provider", "moved_at"])
    yield from giving(office, random, service, partner, keeper, at)


def refer(random, service, to, *, by, at, on_consent=False):
    """Send a referral with the fields its service needs, on consent or on another basis with its reason."""
    fields = [field for field in referrals.fields_for(service.kind) if field in GOES_ALONG]
    words = {"safety_note": random.choice(stories.SAFETY)}
    if not on_consent and (service.is_urgent or random.random() < 0.2):
        basis, reason = "vital_interests", stories.BASIS_REASON
    else:
        basis, reason = "consent", ""
        agree(random, service.victim, to, fields, by=by, at=at)
    return referrals.send(
        service, to=to, need=stories.NEEDS[service.kind], fields=fields, basis=basis, basis_reason=reason,
        words=words, by=by, at=at,
    )  # fmt: skip


def agree(random, victim, to, fields, *, by, at):
    """The consent to share: of an adult in person; of a child's guardian, or of the child without one to ask."""
    given_by, exception = "self", ""
    if victim.counts_as_child and random.random() < 0.8:
        given_by = "guardian"
    elif victim.counts_as_child:
        exception = random.choice(("suspected", "absent", "unknown"))
    return consents.record(
        victim, purpose="referral", recipient=to, fields=fields, given_by=given_by, exception=exception, by=by, at=at
    )


def _elsewhere(office, service, declined_by):
    """Who else gives a service: the province's agency, or the hospital of its capital."""
    other = office.world.agency(declined_by.kind, "61")
    if declined_by.kind == "health":
        other = office.world.agency("health", "61.71")
    return None if other is None or other == declined_by or other.pk == service.case.agency_id else other


def giving(office, random, service, giver, keeper, at):
    """The service begins, sometimes after its clock stood still, and is done some weeks later."""
    at = at + hours(random.uniform(0.5, 4)) if service.is_urgent else in_office(at + hours(random.uniform(4, 90)))
    if not service.is_urgent and random.random() < 0.15:
        at = yield from _standing_still(random, service, giver, at)
    if service.kind == "repatriation":
        yield from _going_home(office, random, service, giver, keeper, at)
        return
    until = in_office(at + days(random.uniform(3, 60)))
    if random.random() < 0.06:
        yield at
        services.move(service, to="running", by=giver, at=at)
        yield until
        services.move(service, to="stopped", by=giver, at=until)
        return
    yield from care.give(service, by=giver, at=at, until=until)


def _going_home(office, random, service, giver, keeper, at):
    """A child goes home after its best interests were checked; the visits follow."""
    child = service.victim
    if child.counts_as_child and not child.best_interests.exists():
        at = in_office(at + days(10))
    since = yield from care.bring_home(random, service, by=giver, at=at)
    visiting = care.visit_at_home(random, child, by=keeper, since=since)
    office.diary.begin(visiting, at=since)


def _standing_still(random, service, giver, at):
    yield at
    clock = Obligation.objects.running().about(label(service)).filter(rule="services_on_request").first()
    if clock is None:
        return at
    reason = random.choice(("victim_unreachable", "victim_not_ready", "waiting_for_documents", "place_unreachable"))
    book.pause(clock, reason=reason, by=giver, at=at)
    at = in_office(at + days(random.uniform(2, 9)))
    yield at
    clock.refresh_from_db()
    if clock.state == Obligation.State.PAUSED:
        book.resume(clock, by=giver, at=at)
    return in_office(at + hours(random.uniform(2, 30)))


def breaking_glass(office, random, case, keeper):
    """An officer elsewhere needs the file at once; the head of the unit looks at the reason afterwards."""
    other = "61.72" if regency_of(case.place_id or "") != "61.72" else "61.71"
    police = office.world.agency("police", other)
    at = on_duty(case.opened_at + days(random.uniform(3, 16)))
    yield at
    if exclusions.keeps_out(case, police):
        return
    officer = office.world.partner(police)
    taken = emergency.break_glass(case.number, reason=stories.BREAK_GLASS, by=officer, at=at)
    case_access.case_for(officer, case.number, at=at)
    at = on_duty(at + hours(random.choice((3, 9, 20, 27))))
    yield at
    emergency.review(taken, by=office.world.head(keeper.agency), at=at)


def ending(random, case, keeper, at):
    """Return or monitoring, and the end of the case: with its goals reached, only when nothing of weight is owed."""
    at = in_office(at + days(random.uniform(20, 70)))
    yield at
    files.move(case, to=random.choice((Case.Stage.RETURN, Case.Stage.REINTEGRATION)), by=keeper, at=at)
    at = in_office(at + days(random.uniform(15, 50)))
    yield at
    files.move(case, to=Case.Stage.MONITORING, by=keeper, at=at)
    at = in_office(at + days(random.uniform(20, 80)))
    yield at
    reason = _one_of(random, ENDINGS)
    owed = Obligation.objects.standing().in_file(label(case))
    if reason == "recovered" and owed.exclude(rule__in=STANDS_AT_THE_END).exists():
        return
    closed(case, reason, by=keeper, at=at)


def _one_of(random, weighted):
    values, weights = zip(*weighted, strict=True)
    return random.choices(values, weights)[0]
