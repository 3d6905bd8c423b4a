"""People sent home: seven arrivals that were published, three invented ones of the last weeks, and what followed.

Their lists are read, corrected and taken in as officers do it. The two of 2022 are taken in long afterwards and only
counted; from the others clocks run: the home regions are told, people are handed over, asked, and visited at home.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import localdate, make_aware

from simpul.agencies.models import Agency
from simpul.agencies.roles import Role
from simpul.cases import files, rights
from simpul.cases.models import Case
from simpul.demo import manifests, people, stories, twice
from simpul.demo.beginnings import JAGOI, SEKIDA, received
from simpul.demo.diary import in_office
from simpul.demo.returned import ARRIVALS, invented_arrival, known_twice, may_come_again, people_of
from simpul.demo.world import HOME
from simpul.intake import access as report_access
from simpul.intake import triage
from simpul.journal.entries import label
from simpul.migrants import access, handovers, meetings, returnees, screening, sheets
from simpul.migrants import manifests as lists
from simpul.migrants.models import Returnee, Sheet
from simpul.obligations.models import Obligation
from simpul.places.models import Place

# An older list is taken in when the offices have been open for ten days.
OPEN_SINCE = 450
NO = ("violence", "sexual", "threats", "not_free", "cut_off", "child", "afraid_now")
SEVERE = {
    "debt": {"recruiter": "yes", "deceived": "yes", "debt": "yes", "documents_held": "yes", "wages_withheld": "yes"},
    "scam": {"forced_crime": "yes", "not_free": "yes", "threats": "yes", "long_hours": "yes"},
}
VISIT_WORDS = {
    "found": "Tinggal dengan keluarga, bekerja di ladang sendiri.",
    "needs_help": "Sakit sejak pulang dan tidak punya KTP; keluarga minta dibantu.",
    "in_danger": "Orang yang mengirimnya datang ke rumah menagih utang, malam ini akan datang lagi.",
    "moved": "Kata ibunya sudah pindah mengikuti istri.",
    "left_again": "Berangkat lagi lewat jalan yang sama dua minggu lalu.",
    "not_found": "Rumah kosong, tetangga tidak tahu.",
}
# Of those whose visit is owed, how many are met in time, late, or not at all.
IN_TIME, LATE = 0.6, 0.8


def begin(office, *, now):
    """Put every arrival into the diary, at the moment its list comes."""
    for arrival in ARRIVALS:
        at = max(_evening(arrival.arrived_on), now.on(OPEN_SINCE))
        office.diary.begin(_published(office, arrival, at), at=at)
    for story in (corrected_list, last_week, this_morning, one_alone):
        office.diary.begin(story(office, now), at=now.on(60))


def _published(office, arrival, at):
    """The list is read, corrected where its reader asks, and taken in within the hour."""
    name = arrival.name
    filename, data = manifests.sample(name)
    yield from _taken_in(office, filename, data, manifests.persons(name), at=at, key=name)


def _taken_in(office, filename, data, persons, *, at, key):
    ratna = office.world.ratna
    yield at
    sheet = _received(office, filename, data, at=at)
    at += timedelta(minutes=20)
    yield at
    reading = sheets.reading_of(sheet, at=at)
    if columns := manifests.columns_meant(reading):
        sheets.choose(sheet, columns=columns, by=ratna, at=at)
    if cells := manifests.cells_meant(reading, persons):
        sheets.answer(sheet, cells=cells, by=ratna, at=at)
    at += timedelta(minutes=15)
    yield at
    manifest = lists.take_in(sheet, by=ratna, at=at)
    _follow(office, manifest, at=at, key=key)
    return manifest


def _follow(office, manifest, *, at, key):
    """What becomes of the people on a list: nothing where it is only counted."""
    random = Random(f"after {key}")
    if not manifest.notices.exists():
        return
    diary = office.diary
    for notice in manifest.notices.order_by("pk"):
        told = at + timedelta(hours=random.uniform(1, 15) if random.random() < 0.92 else random.uniform(26, 80))
        diary.begin(_home_is_told(office, notice, told), at=told)
    rows = list(manifest.returnees.select_related("manifest__agency", "person__data_key").order_by("row"))
    diary.begin(_screened(office, random, rows, at + timedelta(minutes=40)), at=at + timedelta(minutes=40))
    handed = [each for each in rows if each.onward not in handovers.NOT_HANDED_OVER]
    for order, returnee in enumerate(handed):
        on = at + timedelta(days=random.choice((0, 1, 1, 2, 3, 5, 9)), hours=2 + order / 20)
        diary.begin(_handed_over(office, random, returnee, on), at=on)
    for returnee in _to_be_visited(rows):
        diary.begin(_visited(office, Random(f"{key} {returnee.row}"), returnee, at), at=at)


def _home_is_told(office, notice, at):
    yield at
    handovers.tell_home(notice, by=office.world.ratna, at=at)


def _screened(office, random, rows, at):
    """Some are asked at the border; most answers point to nothing."""
    ratna = office.world.ratna
    yield at
    asked = [each for each in rows if each.home_id and each.home_id.startswith("61")]
    for order, returnee in enumerate(random.sample(asked, min(len(asked), 9))):
        at += timedelta(minutes=4)
        yield at
        answers = dict.fromkeys(NO, "no") | {"recruiter": random.choice(("yes", "no")), "debt": "no"}
        unclear = order == 4
        screening.note(
            returnee, answers=answers | ({"wages_withheld": "unclear"} if unclear else {}), finding="none",
            by_telephone=unclear, by=ratna, at=at,
        )  # fmt: skip
    of_bengkayang = [each for each in rows if (each.home_id or "").startswith(HOME) and not each.screened]
    if not of_bengkayang:
        return
    at += timedelta(minutes=5)
    yield at
    why = random.choice(sorted(SEVERE))
    returnee = of_bengkayang[0]
    found = screening.note(
        returnee, answers=SEVERE[why], finding="indications", note=stories.FOUND_AT_BORDER[why], by=ratna, at=at
    )
    yield from _becomes_a_case(office, found.report, returnee, at=at)


def _becomes_a_case(office, report, returnee, *, at):
    """What an officer reported of somebody is read by Rina within the hour and accepted into a case."""
    rina = office.world.rina
    at += timedelta(minutes=35)
    yield at
    report = report_access.report_for(rina, report.number)
    report_access.read(report, by=rina, at=at)
    case = triage.accept(report, by=rina, at=at, message=stories.ACCEPTED[1])
    files.describe(case, modus="prt_malaysia", by=rina, at=at)
    at += timedelta(minutes=30)
    yield at
    files.move(case, to=Case.Stage.ASSESSMENT, by=rina, at=at)
    # The other room does not open its file to Rina; whoever wrote the report tells her the name by telephone.
    name = access.read_name(returnee, by=office.world.ratna, at=at, because=stories.TOLD_TO_CASE_MANAGER)
    born = at.year - (returnee.age or 30)
    received(case, name, born=born, home=returnee.home_id, sex=returnee.sex, by=rina, at=at)
    rights.note_police_report(case, number=f"LP/B/{200 + case.pk}/CONTOH", unit=office.world.agency("police", HOME),
                              reported_at=at, by=rina, at=at)  # fmt: skip


def _handed_over(office, random, returnee, at):
    """Fetched by the family, or after some days in a shelter; a few want no rehabilitation and sign that."""
    ratna = office.world.ratna
    yield at
    if returnee.onward.startswith("shelter") and random.random() < 0.15:
        signed_by = "family" if returnee.is_child else "self"
        handovers.refuse_rehabilitation(returnee, signed_by=signed_by, on=localdate(at), by=ratna, at=at)
        at += timedelta(hours=2)
        yield at
    if random.random() < 0.06:
        return
    to = {"shelter_social": "social", "hospital": "social"}.get(returnee.onward, "family")
    handovers.hand_over(returnee, to=to, witness=stories.WITNESS, on=localdate(at), by=ratna, at=at)


def _to_be_visited(rows):
    owed = Obligation.objects.standing().filter(rule=meetings.VISIT)
    waiting = set(owed.filter(subject__in=map(label, rows)).values_list("subject", flat=True))
    return [each for each in rows if label(each) in waiting]


def _visited(office, random, returnee, since):
    """Most are met within two weeks, some later, some by nobody."""
    chance = random.random()
    if chance > LATE:
        return
    days = random.uniform(2, 13) if chance < IN_TIME else random.uniform(15, 60)
    at = in_office(since + timedelta(days=days))
    yield at
    outcome = random.choices(("found", "moved", "left_again", "not_found"), (80, 5, 7, 8))[0]
    visitor = _visitor(office, returnee)
    if visitor is None:
        return
    moved_to = None
    if outcome == "moved" and random.random() < 0.5:
        moved_to = Place.objects.get(pk=SEKIDA if returnee.home_id == JAGOI else JAGOI)
    meetings.note(returnee, on=localdate(at), outcome=outcome, note=VISIT_WORDS[outcome], moved_to=moved_to, by=visitor,
                  at=at)  # fmt: skip
    if outcome == "not_found":
        at = in_office(at + timedelta(days=7))
        yield at
        meetings.note(returnee, on=localdate(at), outcome="found", note=VISIT_WORDS["found"], by=visitor, at=at)


def _visitor(office, returnee):
    """Who of the office that owes the visit goes there."""
    owed = Obligation.objects.standing().about(label(returnee)).filter(rule=meetings.VISIT).first()
    if owed is None:
        return None
    agency = Agency.objects.get(pk=owed.owed_by_id)
    return office.world.officer(agency, Role.VILLAGE, Role.RETURNS)


def corrected_list(office, now):
    """Five weeks ago: the list was taken in, and replaced by a better one the next morning."""
    ratna, on = office.world.ratna, now.day(36)
    arrival, everybody = invented_arrival("five weeks ago", on, depot="semuja", total=41, men=30, here=27)
    everybody = _with_known(everybody, "five weeks ago", on)
    at = _evening(on)
    yield at
    before = [manifests.misspelt(each) if order == 3 else each for order, each in enumerate(everybody[:-1])]
    sheet = _received(office, f"Manifes {on:%d-%m-%Y} sementara.xlsx", manifests.written(arrival, before)[1], at=at)
    at += timedelta(minutes=10)
    yield at
    lists.take_in(sheet, by=ratna, at=at)
    at = now.on(35, hour=8)
    yield at
    better = _received(office, f"Manifes {on:%d-%m-%Y} final.xlsx", manifests.written(arrival, everybody)[1], at=at)
    at += timedelta(minutes=10)
    yield at
    manifest = lists.replace(better, sheet, by=ratna, at=at)
    _follow(office, manifest, at=at, key="five weeks ago")


def last_week(office, now):
    """Nine days ago: some are visited, most visits still run; a village may not know, two need help."""
    world, on = office.world, now.day(9)
    again = [each for each in people_of("2026-01") if may_come_again(each) and each.home.startswith(HOME)][:3]
    arrival, everybody = invented_arrival("last week", on, depot="semuja", total=44, men=31, here=30, again=again)
    everybody = _with_known(manifests.at_home_in(everybody, (JAGOI, SEKIDA), 8), "last week", on)
    at = _evening(on)
    yield at
    draft = _received(office, f"Draf {on:%d-%m}.xlsx", manifests.written(arrival, everybody[:20])[1], at=at)
    at += timedelta(minutes=5)
    yield at
    sheets.discard(draft, by=world.ratna, at=at)
    manifest = yield from _taken_in(
        office, *manifests.written(arrival, everybody), everybody, at=at + timedelta(minutes=20), key="last week"
    )
    at += timedelta(hours=2)
    yield at
    neighbours = list(manifest.returnees.filter(home=JAGOI, screened="", met_on=None).order_by("row"))
    for answer, returnee in zip(("no", "yes", "yes"), neighbours, strict=False):
        meetings.ask_village(returnee, may_know=answer, by=world.ratna, at=at)
    for outcome, returnee in zip(("needs_help", "in_danger"), neighbours[1:], strict=False):
        at += timedelta(hours=15)
        office.diary.begin(_needs_somebody(office, returnee, outcome, at), at=at)


def _needs_somebody(office, returnee, outcome, at):
    """The village officer finds somebody in need: a report, with its clocks, that becomes a case."""
    yield at
    returnee = Returnee.objects.select_related("manifest__agency", "person__data_key").get(pk=returnee.pk)
    if returnee.met_on is not None:
        return
    yosef = office.world.yosef
    meeting = meetings.note(
        returnee, on=localdate(at), outcome=outcome, note=VISIT_WORDS[outcome], by=yosef, at=at
    )  # fmt: skip
    yield from _becomes_a_case(office, meeting.report, returnee, at=at)


def this_morning(office, now):
    """An hour ago a list came that is not taken in yet: two cells are not clear."""
    at = now.ago(minutes=50)
    yield at
    arrival, everybody = invented_arrival("this morning", localdate(at), depot="bekenu", total=23, men=17, here=12)
    everybody = _with_known(everybody, "this morning", localdate(at))
    unclear = [manifests.unclear(each, order) for order, each in enumerate(everybody)]
    _received(office, "PMI tiba pagi ini.xlsx", manifests.written(arrival, unclear)[1], at=at)


def one_alone(office, now):
    """On no list: fetched home by the consulate, entered by hand, handed over, visited by the regency alone."""
    ratna = office.world.ratna
    at = now.on(24, hour=15)
    yield at
    random = Random("one alone")
    her = returnees.note(
        arrived_on=localdate(at), kind="repatriation", name="Veronika Ujai", sex="P",
        birth_date=date(at.year - 27, 2, 11), phone=people.phone(random), home=Place.objects.get(pk=SEKIDA),
        facts={"reason": "other", "sector": "domestic", "document": "splp", "onward": "shelter_bp3mi"}, by=ratna, at=at,
    )  # fmt: skip
    at += timedelta(hours=1)
    yield at
    meetings.ask_village(her, may_know="no", by=ratna, at=at)
    at = now.on(21, hour=10)
    yield at
    handovers.hand_over(her, to="self", witness=stories.WITNESS, on=localdate(at), by=ratna, at=at)
    at = now.on(15, hour=11)
    yield at
    hendri = office.world.hendri
    meetings.note(her, on=localdate(at), outcome="found", note=VISIT_WORDS["found"], by=hendri, at=at)


def _with_known(everybody, key, on):
    """The lines of a list of the last weeks, some of them people of the year before under another spelling."""
    return twice.put_lately(everybody, known_twice().lately[key], on=on)


def _received(office, filename, data, *, at):
    return sheets.receive(data, filename=filename, layout=Sheet.Layout.MANIFEST, sender=_sender(office),
                          by=office.world.ratna, at=at)  # fmt: skip


def _sender(office):
    return office.world.agency("mission", HOME)


def _evening(day):
    """Busses come in the late afternoon; the list is at the desk by seven."""
    return make_aware(datetime.combine(day, time(19, 5)))
