"""Storing many reports and cases fast: real rows with real keys, tags, clocks and a journal that verifies.

All reports share one data key's sealed bytes and one sealed statement, which nobody opens in a benchmark; everything
that lists, indexes and searches look at is different from row to row.
"""

import os
from datetime import timedelta
from random import Random

# Somebody who is searched for, and where: each five-thousandth case is about a person of this name.
A_NAME, A_PHONE, A_PLACE = "Kenanga Ujai", "0812-0000-4711", "61.07.07.2001"
BATCH = 2000
WAITING = 0.01


def seed(*, reports, cases):
    from django.db import transaction
    from django.utils import timezone

    with transaction.atomic():
        Seeder(timezone.now()).fill(reports, cases)
    return {"reports": reports, "cases": cases}


class Seeder:
    """Fills tables in bulk."""

    def __init__(self, now):
        from simpul.agencies.models import Agency, Officer
        from simpul.confidentiality import data_keys
        from simpul.demo.load import villages

        self.now, self.random = now, Random("seed")
        self.villages = [code for codes in villages().values() for code in codes]
        self.readers = {agency.place_id: agency for agency in Agency.objects.filter(triages=True)}
        self.officers = {officer.agency_id: officer for officer in Officer.objects.order_by("-pk")}
        self.key = data_keys.make(at=now, receipt_key=bytes(32))
        self.entries = []

    def fill(self, reports, cases):
        self.store_cases(cases)
        self.store_reports(reports)
        self.write_journal()

    def data_keys(self, count):
        from simpul.confidentiality.models import DataKey

        made = [
            DataKey(generation=self.key.generation, sealed=self.key.sealed, made_at=self.now,
                    sealed_for_receipt=self.key.sealed_for_receipt)
            for _each in range(count)
        ]  # fmt: skip
        return DataKey.objects.bulk_create(made, batch_size=BATCH)

    def moment(self):
        return self.now - timedelta(minutes=self.random.uniform(1, 500_000))

    def store_reports(self, count):
        from simpul.intake.models import Report

        sealed = os.urandom(420)
        moments = sorted(self.moment() for _each in range(count))
        for first in range(0, count, BATCH):
            part = moments[first : first + BATCH]
            keys = self.data_keys(len(part))
            rows = [
                self.report(first + i + 1, at, key, sealed) for i, (at, key) in enumerate(zip(part, keys, strict=True))
            ]
            made = Report.objects.bulk_create(rows, batch_size=BATCH)
            self.clocks(made)
        self.count_on(f"report {self.now:%Y}", count)

    def report(self, serial, at, key, sealed):
        from simpul.confidentiality.blind_index import tag
        from simpul.intake.models import Report

        random = self.random
        place = random.choice(self.villages)
        reader = self.readers[place[:5]]
        waits = random.random() < WAITING
        contact = random.random() < 0.4
        report = Report(
            data_key=key, receipt_tag=os.urandom(32), number=f"L-{self.now:%Y}-{serial:06d}", received_at=at,
            danger=random.choice(("no", "no", "dont_know", "maybe_soon", "yes_now")), place_id=place,
            happened="this_month", people="one", children=random.choice(("yes", "no", "")),
            kinds=[random.choice(("unpaid_work", "sexual", "sent_abroad", "marriage"))], relation="friend",
            has_contact=contact, agency=reader, urgency=random.choice((0, 0, 10, 25, 40, 100)),
            status=random.choice(Report.UNDECIDED) if waits else Report.Status.SET_ASIDE,
            contact_tag=tag("phone", f"0812-0000-{serial % 10_000:04d}") if contact else b"",
        )  # fmt: skip
        report.statement = sealed
        if not waits:
            report.decided_at, report.decided_by = at, self.officers[reader.pk]
            report.reason = "not_trafficking"
        return report

    def clocks(self, reports):
        from simpul.journal.entries import label
        from simpul.obligations.models import Obligation

        rows = []
        for report in reports:
            obligation = Obligation(
                rule="triage", subject=label(report), file=label(report), number=report.number,
                owed_by_id=report.agency_id, place_id=report.place_id, opened_at=report.received_at,
                target_at=report.received_at + timedelta(hours=24), due_at=report.received_at + timedelta(hours=24),
            )  # fmt: skip
            if not report.is_undecided:
                obligation.state, obligation.due_at = Obligation.State.MET, None
                obligation.settled_at, obligation.settled_by_id = report.decided_at, report.decided_by_id
            elif obligation.target_at < self.now:
                obligation.target_missed_at, obligation.escalated_to = obligation.target_at, "supervisor"
            rows.append(obligation)
            self.entries.append(("report.received", label(report)))
        Obligation.objects.bulk_create(rows, batch_size=BATCH)

    def store_cases(self, count):
        from simpul.cases.models import Case

        for first in range(0, count, BATCH):
            keys = self.data_keys(min(BATCH, count - first))
            rows = [self.case(first + i + 1, key) for i, key in enumerate(keys)]
            self.people_in(Case.objects.bulk_create(rows, batch_size=BATCH), first)
        self.count_on(f"case {self.now:%Y}", count)

    def case(self, serial, key):
        from simpul.cases.models import Case

        at, place = self.moment(), A_PLACE if serial % 5000 == 1 else self.random.choice(self.villages)
        reader = self.readers[place[:5]]
        return Case(
            data_key=key, number=f"K-{self.now:%Y}-{serial:04d}", agency=reader, place_id=place, opened_at=at,
            stage=self.random.choice(("assessment", "handling", "monitoring", "closed", "closed", "closed")),
            kinds=["unpaid_work"], modus="prt_malaysia", opened_by=self.officers[reader.pk], moved_at=at,
        )  # fmt: skip

    def people_in(self, cases, first):
        from simpul.cases.models import Involvement
        from simpul.confidentiality.blind_index import name_tags, tag
        from simpul.demo.people import name
        from simpul.journal.entries import label
        from simpul.obligations.models import Obligation
        from simpul.persons.models import NameTag, Person

        names = [
            A_NAME if (first + i) % 5000 == 0 else name(self.random, sex="P", regency=case.place_id[:5])
            for i, case in enumerate(cases)
        ]
        persons = [
            Person(data_key=key, recorded_at=case.opened_at, recorded_by_id=case.opened_by_id, sex="P",
                   phone_tag=tag("phone", f"0812-0000-{(first + i) % 10_000:04d}"))
            for i, (key, case) in enumerate(zip(self.data_keys(len(cases)), cases, strict=True))
        ]  # fmt: skip
        Person.objects.bulk_create(persons, batch_size=BATCH)
        words = [NameTag(person=p, tag=t) for p, text in zip(persons, names, strict=True) for t in name_tags(text)]
        NameTag.objects.bulk_create(words, batch_size=BATCH)
        parts, owed = [], []
        for case, person in zip(cases, persons, strict=True):
            parts.append(Involvement(
                case=case, person=person, part="victim", status="presumed", noted_at=case.opened_at,
                noted_by_id=case.opened_by_id,
            ))  # fmt: skip
            stands = case.stage == "assessment" and self.random.random() < 0.2
            due = case.opened_at + timedelta(hours=24)
            owed.append(Obligation(
                rule="first_contact", subject=label(case), file=label(case), number=case.number,
                owed_by_id=case.agency_id, place_id=case.place_id, opened_at=case.opened_at, target_at=due,
                due_at=due if stands else None, state="open" if stands else "met",
                target_missed_at=due if stands else None, settled_at=None if stands else case.opened_at,
            ))  # fmt: skip
            self.entries.append(("case.opened", label(case)))
        Involvement.objects.bulk_create(parts, batch_size=BATCH)
        Obligation.objects.bulk_create(owed, batch_size=BATCH)

    def count_on(self, series, count):
        from simpul.journal.models import Series

        Series.objects.update_or_create(name=series, defaults={"last": count})

    def write_journal(self):
        """One linked entry for each report and case, as if each had been acted on."""
        from simpul.journal.chain import key, link_of
        from simpul.journal.models import Entry, Head

        head, secret, rows = Head.objects.get(), key(), []
        number, link = head.number, bytes(head.link)
        for act, subject in self.entries:
            number += 1
            entry = Entry(number=number, at=self.now, act=act, subject=subject, file=subject, facts={})
            entry.link = link = link_of(entry, link, secret)
            rows.append(entry)
        Entry.objects.bulk_create(rows, batch_size=BATCH)
        Head.objects.filter(pk=head.pk).update(number=number, link=link)
