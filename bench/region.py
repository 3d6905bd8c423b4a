"""A whole region in bulk: three years of reports, cases, people sent home and the register, with everybody's clocks.

What figures are counted from is all there and differs from row to row: places, days, codes, agencies, clocks met, met
late and never met. What is sealed is empty or shared, since nobody opens it in a benchmark. Every person is invented.
"""

import os
from bisect import bisect
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache, partial
from itertools import accumulate, islice
from random import Random

from django.db import transaction
from django.utils import timezone

from bench import lists, seed
from simpul.agencies.models import Agency, Officer
from simpul.cases.models import (
    Assignment,
    Case,
    Involvement,
    PoliceReport,
    Referral,
    Restitution,
    RestitutionStep,
    Service,
)
from simpul.confidentiality import data_keys
from simpul.insight.models import Alert, AlertPlace, Estimate
from simpul.intake.models import Finding, Report
from simpul.journal.entries import label
from simpul.migrants.models import Manifest, Notice, Returnee, Worker
from simpul.obligations.models import Obligation
from simpul.persons.models import Person
from simpul.places.models import BorderPost, Leg, Place
from simpul.places.regions import within
from simpul.reference import catalogues

BATCH = 2000
DAYS = 3 * 365
# Reports of these days are partly undecided, cases and returns of these days partly on their way.
LATELY, THIS_YEAR = timedelta(days=12), timedelta(days=240)
# A clock is met after so much of its time, in the middle, give or take; so many are never met.
SPEED, SPREAD, NEVER = 0.45, 0.75, 0.004
DECIDED = {
    Report.Status.ACCEPTED: 20, Report.Status.PASSED_ON: 30, Report.Status.MERGED: 8, Report.Status.SET_ASIDE: 42,
}  # fmt: skip
OLD_STAGES = ("closed", "closed", "closed", "closed", "monitoring", "referred_out", "cancelled")
NEW_STAGES = ("assessment", "handling", "handling", "return", "reintegration", "monitoring", "closed")
# rule, who owes it (a kind of agency; the keeper of the case where there is none), its hours.
CASE_CLOCKS = (
    ("first_contact", "", 24), ("assessment", "", 72), ("report_to_police", "", 24), ("first_aid", "health", 24),
)  # fmt: skip
GIVEN_BY = {"first_aid": "health", "health": "health", "police_report": "police", "shelter": "social"}
ON_A_MANIFEST = 125


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    reports: int = 100_000
    cases: int = 20_000
    returnees: int = 50_000
    workers: int = 200_000
    ways: int = 3_000
    alerts: int = 240
    releases: int = 8
    estimates: int = 40
    # How often the tables of the one estimate that is computed are drawn anew; 0 computes none.
    draws: int = 500

    def part(self, of):
        """The same region, so many times smaller."""
        names = ("reports", "cases", "returnees", "workers", "ways")
        rows = {name: max(1, getattr(self, name) // of) for name in names}
        return Size(**rows, alerts=max(2, self.alerts // of), releases=1, estimates=2, draws=0)


def store(size, *, now=None):
    """Fill the tables of an installation that has the agencies and officers of the invented region."""
    with transaction.atomic():
        Region(now or timezone.now(), size).fill(size.reports, size.cases)
    lists.store_workers(size.workers)
    return {"reports": size.reports, "cases": size.cases, "returnees": size.returnees, "workers": size.workers}


class Region(seed.Seeder):
    """Fills tables in bulk, as if the region had worked for three years."""

    def __init__(self, now, size):
        super().__init__(now)
        self.random, self.size = Random("region"), size
        # Most people come from few villages.
        self.sums = list(accumulate(self.random.paretovariate(1.3) for _code in self.villages))
        self.agencies = {(agency.kind, agency.place_id): agency for agency in Agency.objects.order_by("-pk")}
        self.codes = {
            name: [term.code for term in catalogues.terms(name)]
            for name in ("exploitation_kinds", "modus", "services", "return_reasons", "work_sectors", "means",
                         "travel_documents", "onward_ways", "transports", "way_confidences", "alert_outcomes")
        }  # fmt: skip
        self.open_cases = iter(())

    def fill(self, reports, cases):
        self.store_cases(cases)
        accepted = Case.objects.order_by("pk").values_list("pk", flat=True)
        self.open_cases = iter(list(accepted))
        self.store_reports(reports)
        self.store_findings()
        self.store_returns(self.size.returnees)
        self.store_ways(self.size.ways)
        self.store_alerts(self.size.alerts)
        self.write_journal()
        store_releases(self.size.releases, now=self.now)
        store_estimates(self.size.estimates, draws=self.size.draws, now=self.now)

    # --- what is drawn

    def moment(self):
        """Some time in three years; the later the more."""
        return self.now - timedelta(days=DAYS * (1 - self.random.random() ** 0.8)) - timedelta(minutes=5)

    def village(self):
        return self.villages[bisect(self.sums, self.random.random() * self.sums[-1])]

    def one_of(self, name):
        return self.random.choice(self.codes[name])

    def agency(self, kind, regency):
        """The agency of a kind for a regency, or that of the province."""
        return self.agencies.get((kind, regency)) or self.agencies.get((kind, regency[:2]))

    def met_at(self, opened_at, hours):
        """When an agency does what it owes; None where it has not done it until now."""
        takes = timedelta(hours=hours * SPEED * self.random.lognormvariate(0, SPREAD))
        at = opened_at + takes
        return None if at > self.now or self.random.random() < NEVER else at

    def clock(self, rule, thing, *, number, by, hours, opened_at, place, watched_by=None, met_at=None, is_open=False):
        """An obligation as it stands now: met in time, met late, or still owed."""
        due = opened_at + timedelta(hours=hours)
        met_at = met_at if met_at or is_open else self.met_at(opened_at, hours)
        is_late = (met_at or self.now) > due
        subject = label(thing)
        return Obligation(
            rule=rule, subject=subject, file=subject, number=number, owed_by=by, watched_by=watched_by, place_id=place,
            opened_at=opened_at, target_at=due, limit_at=due, due_at=None if met_at else due, settled_at=met_at,
            state=Obligation.State.MET if met_at else Obligation.State.OPEN,
            settled_by=self.officers.get(by.pk) if met_at else None, target_missed_at=due if is_late else None,
            missed_at=due if is_late else None, escalated_to="supervisor secretariat" if is_late else "",
            escalated_at=due if is_late else None,
        )  # fmt: skip

    # --- reports

    def report(self, serial, at, key, sealed):
        report = super().report(serial, at, key, sealed)
        report.place_id = self.village()
        report.agency = self.readers[report.place_id[:5]]
        report.kinds = [self.one_of("exploitation_kinds")]
        if self.now - at < LATELY and self.random.random() < 0.8:
            report.status = self.random.choice(Report.UNDECIDED)
            report.decided_at = report.decided_by = None
            return report
        report.status = self.random.choices(list(DECIDED), DECIDED.values())[0]
        if report.status == Report.Status.ACCEPTED:
            report.case_id = next(self.open_cases, None)
            report.status = report.status if report.case_id else Report.Status.PASSED_ON
        report.reason = "not_trafficking" if report.status == Report.Status.SET_ASIDE else ""
        report.decided_at = min(self.now, at + timedelta(hours=24 * SPEED * self.random.lognormvariate(0, SPREAD)))
        report.decided_by = self.officers[report.agency.pk]
        return report

    def clocks(self, reports):
        owed = [
            self.clock("triage", report, number=report.number, by=report.agency, hours=24, place=report.place_id,
                       opened_at=report.received_at, met_at=report.decided_at, is_open=report.is_undecided)
            for report in reports
        ]  # fmt: skip
        self.entries += [("report.received", label(report)) for report in reports]
        Obligation.objects.bulk_create(owed, batch_size=BATCH)

    def store_findings(self):
        """Means that officers found in every fourth report of this year."""
        rows = Report.objects.filter(received_at__gt=self.now - THIS_YEAR)
        by = next(iter(self.officers.values())).pk
        Finding.objects.bulk_create(
            (Finding(report_id=pk, element="means", term=self.one_of("means"), noted_at=at, noted_by_id=decided or by)
             for pk, at, decided in rows.values_list("pk", "received_at", "decided_by") if pk % 4 == 0),
            batch_size=BATCH,
        )  # fmt: skip

    # --- cases

    def case(self, serial, key):
        case = super().case(serial, key)
        case.place_id = seed.A_PLACE if serial % 5000 == 1 else self.village()
        case.agency = self.readers[case.place_id[:5]]
        case.opened_by = self.officers[case.agency.pk]
        case.kinds, case.modus = [self.one_of("exploitation_kinds")], self.one_of("modus")
        case.stage = self.random.choice(NEW_STAGES if self.now - case.opened_at < THIS_YEAR else OLD_STAGES)
        case.moved_at = case.opened_at + (self.now - case.opened_at) * self.random.random()
        case.closed_at = case.moved_at if case.stage in Case.ENDED else None
        return case

    def people_in(self, cases, first):
        victims = [case for case in cases for _each in range(1 + (self.random.random() < 0.3))]
        persons = self.persons([case.place_id for case in victims], [case.opened_by_id for case in victims])
        parts = Involvement.objects.bulk_create(
            [Involvement(case=case, person=person, part="victim", status="presumed", noted_at=case.opened_at,
                         noted_by_id=case.opened_by_id)
             for case, person in zip(victims, persons, strict=True)],
            batch_size=BATCH,
        )  # fmt: skip
        Assignment.objects.bulk_create(
            [Assignment(case=case, officer=case.opened_by, agency=case.agency, since_at=case.opened_at,
                        made_by=case.opened_by) for case in cases if not case.has_ended],
            batch_size=BATCH,
        )  # fmt: skip
        owed = [clock for case in cases for clock in self.clocks_of(case)]
        owed += self.store_services(parts)
        Obligation.objects.bulk_create(owed, batch_size=BATCH)
        self.store_law([part for part in parts if part.pk % 4 == 0])
        self.entries += [("case.opened", label(case)) for case in cases]

    def persons(self, homes, by):
        """Persons without names, each with a key of its own."""
        homes = list(homes)
        return Person.objects.bulk_create(
            [Person(data_key=key, home_id=home, sex=self.random.choice("LP"), recorded_at=self.now, recorded_by_id=who,
                    birth_year=self.random.randrange(1960, 2012))
             for key, home, who in zip(self.data_keys(len(homes)), homes, by, strict=True)],
            batch_size=BATCH,
        )  # fmt: skip

    def clocks_of(self, case):
        for rule, kind, hours in CASE_CLOCKS:
            by = self.agency(kind, case.place_id[:5]) or case.agency
            yield self.clock(rule, case, number=case.number, by=by, hours=hours, opened_at=case.opened_at,
                             place=case.place_id, watched_by=case.agency)  # fmt: skip

    def store_services(self, parts):
        """Services, and referrals where another agency gives them; returns the clocks of these."""
        services = []
        for part in parts:
            kind = self.one_of("services")
            provider = self.agency(GIVEN_BY.get(kind, "social"), part.case.place_id[:5])
            is_new = self.now - part.case.opened_at < THIS_YEAR
            services.append(Service(
                case=part.case, victim=part, kind=kind, provider=provider, requested_at=part.case.opened_at,
                state=self.random.choice(("requested", "agreed", "running") if is_new else ("done", "done", "refused")),
                requested_by_id=part.noted_by_id, moved_at=part.case.opened_at,
            ))  # fmt: skip
        referrals = [self.referral(service) for service in Service.objects.bulk_create(services, batch_size=BATCH)]
        return [
            self.clock("answer_referral", one, number=one.case.number, by=one.receiver, hours=72, opened_at=one.sent_at,
                       place=one.case.place_id, watched_by=one.sender)
            for one in Referral.objects.bulk_create(referrals, batch_size=BATCH)
        ]  # fmt: skip

    def referral(self, service):
        waits = self.now - service.requested_at < LATELY
        return Referral(
            case=service.case, service=service, sender=service.case.agency, receiver=service.provider,
            basis="consent", status="sent" if waits else self.random.choice(("accepted", "accepted", "declined")),
            sent_at=service.requested_at, sent_by_id=service.requested_by_id,
            answered_at=None if waits else service.requested_at + timedelta(hours=30),
        )  # fmt: skip

    def store_law(self, parts):
        """Reports to the police, and claims of restitution, some awarded and some paid."""
        PoliceReport.objects.bulk_create(
            [PoliceReport(case=part.case, unit=self.agency("police", part.case.place_id[:5]), noted_at=part.noted_at,
                          reported_at=part.noted_at, noted_by_id=part.noted_by_id) for part in parts],
            batch_size=BATCH,
        )  # fmt: skip
        claims = []
        for part in parts[::3]:
            claimed = Decimal(self.random.randrange(5, 400) * 1_000_000)
            awarded = claimed / 2 if self.random.random() < 0.5 else None
            claims.append(Restitution(
                case=part.case, victim=part, claimed=claimed, awarded=awarded, begun_at=part.noted_at,
                paid=awarded if awarded and self.random.random() < 0.3 else 0, begun_by_id=part.noted_by_id,
            ))  # fmt: skip
        steps = [
            step for claim in Restitution.objects.bulk_create(claims, batch_size=BATCH) for step in steps_of(claim)
        ]
        RestitutionStep.objects.bulk_create(steps, batch_size=BATCH)

    # --- people sent home

    def store_returns(self, people):
        """Manifests over three years, everybody on them, and who owes a notice or a visit."""
        bp3mi = self.agencies["bp3mi", "61"]
        by = Officer.objects.filter(agency=bp3mi).first()
        posts = list(BorderPost.objects.filter(kind="official").order_by("pk"))
        count = max(1, people // ON_A_MANIFEST)
        days = sorted(self.now - timedelta(days=self.random.uniform(1, DAYS)) for _each in range(count))
        manifests = Manifest.objects.bulk_create(
            [Manifest(number=f"M-{number:04d}", agency=bp3mi, kind="deportation", arrived_on=timezone.localdate(at),
                      post=self.random.choice(posts), depot=self.random.choice(("semuja", "semuja", "bekenu")),
                      total=people // count, noted_at=at, noted_by=by)
             for number, at in enumerate(days, 1)],
            batch_size=BATCH,
        )  # fmt: skip
        for first in range(0, count, 16):
            part = manifests[first : first + 16]
            rows = [(manifest, row) for manifest in part for row in range(1, people // count + 1)]
            self.store_returnees(rows, by)
            self.store_notices(part, bp3mi, by)

    def store_returnees(self, rows, by):
        persons = self.persons((self.home() for _each in rows), (by.pk for _each in rows))
        returnees = Returnee.objects.bulk_create(
            [self.returnee(manifest, row, person) for (manifest, row), person in zip(rows, persons, strict=True)],
            batch_size=BATCH,
        )  # fmt: skip
        owed = []
        for one in returnees:
            if not one.home_id or len(one.home_id) < len("61.07"):
                continue
            debtor = self.agency("manpower", one.home_id[:5]) or self.agency("social", one.home_id[:5])
            clock = self.clock("visit_returnee", one, number=one.number, by=debtor, hours=14 * 24, place=one.home_id,
                               opened_at=one.manifest.noted_at, watched_by=one.manifest.agency)  # fmt: skip
            if clock.settled_at:
                one.met_on, one.outcome = timezone.localdate(clock.settled_at), "found"
            owed.append(clock)
        Returnee.objects.bulk_update([one for one in returnees if one.met_on], ["met_on", "outcome"], batch_size=400)
        Obligation.objects.bulk_create(owed, batch_size=BATCH)

    def home(self):
        """A village; of a few only the regency is known, of fewer nothing."""
        drawn = self.random.random()
        return None if drawn < 0.01 else self.village()[:5] if drawn < 0.03 else self.village()

    def returnee(self, manifest, row, person):
        return Returnee(
            person=person, manifest=manifest, row=row, arrived_on=manifest.arrived_on, home_id=person.home_id,
            sex=person.sex, age=manifest.arrived_on.year - person.birth_year if row % 50 else None,
            reason=self.one_of("return_reasons"), sector=self.one_of("work_sectors"),
            document=self.one_of("travel_documents"), onward=self.one_of("onward_ways"),
            repeats=int(self.random.random() < 0.15), screened=self.random.choice(("none", "none", "indications", "")),
        )  # fmt: skip

    def store_notices(self, manifests, bp3mi, by):
        regencies = sorted({code[:5] for code in self.villages})
        notices = Notice.objects.bulk_create(
            [Notice(manifest=one, region_id=code, people=9, told_at=one.noted_at, told_by=by)
             for one in manifests for code in regencies],
            batch_size=BATCH,
        )  # fmt: skip
        Obligation.objects.bulk_create(
            [self.clock("tell_home_of_returnees", one, number=one.manifest.number, by=bp3mi, hours=24,
                        opened_at=one.manifest.noted_at, place=one.region_id) for one in notices],
            batch_size=BATCH,
        )  # fmt: skip

    # --- ways, alerts

    def store_ways(self, count):
        """Ways of reports, victims and people sent home: to the border, over it, to a town abroad."""
        posts = list(BorderPost.objects.filter(kind="official").order_by("pk"))
        rows = []
        for model in (Report, Involvement, Returnee):
            known = model.objects.order_by("-pk").values_list("pk", flat=True)
            for pk in islice(known.iterator(), count // 3):
                rows += self.way(f"{model._meta.label_lower}:{pk}", self.random.choice(posts))
        Leg.objects.bulk_create(rows, batch_size=BATCH)

    def way(self, subject, post):
        home, on = self.village(), timezone.localdate(self.moment())
        town = self.random.choice(("kuching", "serian", "miri", "sibu", "kuala_lumpur"))
        shared = partial(Leg, subject=subject, on=on, precision="day", noted_at=self.now,
                         confidence=self.one_of("way_confidences"), transport=self.one_of("transports"))  # fmt: skip
        if self.random.random() < 0.3:
            crossing = {"crossing": "unofficial", "crossed_in_id": "61.07.07"}
        else:
            crossing = {"crossing": "official", "post": post}
        return [
            shared(position=1, origin_id=home, destination_id=post.place_id[:8]),
            shared(position=2, origin_id=post.place_id[:8], destination_abroad=town, **crossing),
        ]

    def store_alerts(self, count):
        """Alerts over three years, nearly all of them closed."""
        agency = self.agencies["secretariat", "61"]
        officer = Officer.objects.filter(agency=agency).first()
        alerts = Alert.objects.bulk_create(
            [self.alert(number, agency, officer, stands=number > count * 0.95) for number in range(1, count + 1)],
            batch_size=BATCH,
        )  # fmt: skip
        districts = sorted({code[:8] for code in self.villages})
        AlertPlace.objects.bulk_create(
            [AlertPlace(alert=one, place_id=code) for one in alerts for code in self.random.sample(districts, 4)],
            batch_size=BATCH,
        )  # fmt: skip
        Obligation.objects.bulk_create(
            [self.clock("look_into_alert", one, number=one.number, by=agency, hours=72, opened_at=one.raised_at,
                        place=one.place_id) for one in alerts],
            batch_size=BATCH,
        )  # fmt: skip

    def alert(self, number, agency, officer, *, stands):
        raised = self.now - timedelta(days=3) if stands else self.moment() - timedelta(days=4)
        found = 9 + number % 40
        closed = {} if stands else {
            "state": "closed", "officer": officer, "taken_up_at": raised, "closed_at": raised + timedelta(days=2),
            "outcome": self.one_of("alert_outcomes"),
        }  # fmt: skip
        return Alert(
            number=f"P-{raised.year}-{9000 + number}", kind=("cluster", "rise")[number % 2], method="scan.permutation",
            subject=("reports", "cases", "returns")[number % 3], place_id="61", raised_at=raised, agency=agency,
            first_on=timezone.localdate(raised) - timedelta(days=20), last_on=timezone.localdate(raised),
            figures={"count": found, "expected": found / 3, "times": 3.0, "p": 0.001, "recurrence_days": 900},
            settings={"days": 180, "longest": 28, "replicas": 999, "seed": 1}, **closed,
        )  # fmt: skip


def steps_of(claim):
    """The steps of a claim as far as it came, each a month after the last."""
    amounts = {"claimed": claim.claimed, "awarded": claim.awarded, "paid": claim.paid}
    for month, (kind, amount) in enumerate(amounts.items()):
        if amount:
            on = timezone.localdate(claim.begun_at) + timedelta(days=30 * month)
            yield RestitutionStep(restitution=claim, kind=kind, amount=amount, happened_on=on, noted_at=claim.begun_at,
                                  noted_by_id=claim.begun_by_id)  # fmt: skip


def store_releases(count, *, now):
    """The last quarters that are over, drafted by one officer, approved and published by another."""
    from simpul.confidentiality import signing
    from simpul.insight import periods, release

    first = lists.officer("bench_figures", "secretariat")
    second = lists.officer("bench_head", "head_of_region")
    quarters = [each for each in periods.over_before(timezone.localdate(now)) if "Q" in each.code]
    for period in reversed(quarters[:count]):
        made = release.draft(period, by=first, at=now)
        if made.quality["findings"]:
            continue
        release.publish(release.approve(made, by=second, at=now), sign=signing.sign, by=second, at=now)


def store_estimates(count, *, draws, now):
    """Estimates that were asked for; one of them is computed, of invented lists, and the others say the same."""
    by, today = lists.officer("bench_figures", "secretariat"), timezone.localdate(now)
    told = _computed(draws) if draws else {"state": "refused"}
    Estimate.objects.bulk_create(
        Estimate(
            population="victims", place_id="61", first_on=today - timedelta(days=365 + 30 * number),
            last_on=today - timedelta(days=30 * number), asked_at=now, asked_by=by, made_at=now, **told,
        )
        for number in range(count)
    )  # fmt: skip


def _computed(draws):
    from simpul.insight import estimates

    random, marks = Random("lists"), {}
    for _person in range(4000):
        # Who is well known is known to every list.
        known = random.betavariate(1, 6)
        mark = tuple(int(random.random() < share * known * 3) for share in (0.5, 0.7, 0.4, 0.6, 0.3))
        if any(mark):
            marks[mark] = marks.get(mark, 0) + 1
    rows = [[[list(mark), number] for mark, number in sorted(marks.items())]]
    state, names, results = estimates.said_of(rows, draws=draws)
    return {"state": state, "lists": names, "tables": rows, "results": results, "verdict": results["verdict"]}


def arrive():
    """A report, a case, somebody sent home and an entry of the register come in, as the newest ones did."""
    now = timezone.now()
    village = Random(now.timestamp()).choice(_villages())
    report = Report.objects.order_by("-pk").first()
    report.receipt_tag, report.number = os.urandom(32), f"L-N-{report.pk}"
    report.received_at, report.place_id = now, village
    report.data_key = data_keys.make(at=now, receipt_key=bytes(32))
    case = Case.objects.order_by("-pk").first()
    case.number, case.opened_at, case.data_key = f"K-N-{case.pk}", now, data_keys.make(at=now)
    person = Person.objects.order_by("-pk").first()
    person.data_key = data_keys.make(at=now)
    returnee = Returnee.objects.order_by("-pk").first()
    returnee.row, returnee.home_id, returnee.person = returnee.pk, village, person
    worker = Worker.objects.order_by("-pk").first()
    worker.home_id = village
    for row in (report, case, person, returnee, worker):
        row.pk = None
        row._state.adding = True
        row.save()
        if row is person:
            returnee.person = worker.person = person


@cache
def _villages():
    return tuple(Place.objects.filter(within("61", "code"), level="village").values_list("code", flat=True))
