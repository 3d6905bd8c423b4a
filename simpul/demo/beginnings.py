"""How the stories that are told by hand begin and end: a moment of the year, a report, a case, a victim, a reason."""

from datetime import date, timedelta
from random import Random

from django.utils.timezone import localdate, localtime

from simpul.cases import files, shelters, victims
from simpul.cases.models import Case, Stay
from simpul.demo import people, stories
from simpul.demo.truth import token_of
from simpul.intake import access, reports, triage
from simpul.intake.models import Report
from simpul.journal.entries import label
from simpul.obligations import book
from simpul.obligations.models import Obligation
from simpul.places.models import Place

JAGOI, SEKIDA, SELUAS, LEDO = "61.07.07.2001", "61.07.07.2006", "61.07.05", "61.07.03"


class Now:
    """The end of the year, and moments before it."""

    def __init__(self, at):
        self.at = localtime(at)

    def ago(self, **span):
        return self.at - timedelta(**span)

    def on(self, days_ago, hour=10, minute=0):
        """A time of the day some days ago; of a Saturday or Sunday, on the Friday before."""
        day = self.at - timedelta(days=days_ago)
        day -= timedelta(days=max(day.weekday() - 4, 0))
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def day(self, days_ago):
        return self.on(days_ago).date()


def tell(name, statement, *, at, language="id", channel=Report.Channel.WEB, event=None, by=None, **told):
    """A report told by hand, with the same receipt in every load."""
    report, _receipt = reports.receive(
        reports.Told(statement=statement, **told), token=token_of(name), at=at, language=language, channel=channel,
        event=event, by=by,
    )  # fmt: skip
    return report


def opened(name, statement, *, at, by, modus, kinds, place, **told):
    """A report comes in at ten, is accepted at eleven, and its case is in assessment at twelve: returns the case."""
    yield at
    report = tell(name, statement, at=at, place=place, kinds=list(kinds), **told)
    at += timedelta(hours=1)
    yield at
    report = access.report_for(by, report.number)
    access.read(report, by=by, at=at)
    case = triage.accept(report, by=by, at=at, message=stories.ACCEPTED[1])
    files.summarise(case, summary=statement, by=by, at=at)
    files.describe(case, modus=modus, by=by, at=at)
    at += timedelta(hours=1)
    yield at
    files.move(case, to=Case.Stage.ASSESSMENT, by=by, at=at)
    return case


def received(case, name, *, born, by, at, home=LEDO, sex="P", childhood="adult", **more):
    """A victim of a case, as an officer writes down who sits there; `born` is a year or a date."""
    random = Random(f"{case.number} {name}")
    born = {"birth_date": born} if isinstance(born, date) else {"birth_year": born}
    nik = people.nik(random, born["birth_date"]) if "birth_date" in born else ""
    return victims.add(
        case, part="victim", name=name, sex=sex, childhood=childhood, home=Place.objects.get(pk=home), nik=nik,
        phone=people.phone(random), safe_contact=random.choice(stories.SAFETY), by=by, at=at, **born, **more,
    )  # fmt: skip


def closed(case, reason, *, by, at, note=""):
    """Nobody stays at a shelter any more, what no longer applies is waived, and the case is closed."""
    for stay in Stay.objects.filter(service__case=case, left_on=None).order_by("pk"):
        shelters.leave(stay, on=localdate(at), by=by, at=at)
    for obligation in Obligation.objects.standing().in_file(label(case)).order_by("pk"):
        book.waive(obligation, reason="no_longer_applies", by=by, at=at)
    files.close(case, reason=reason, note=note, by=by, at=at)
