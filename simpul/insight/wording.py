"""Wording: do new reports tell of something in words that no report had before?

Only for an officer who may read the reports, and only while the officer asks: the texts are handed in open, and what
leaves is which of them gather, with the words they share for the same officer's page. What is kept of it is an alert
with the keys of the reports, and no word.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from simpul.insight import alerts
from simpul.insight.methods import modus
from simpul.insight.models import Alert
from simpul.insight.series import NOT_COUNTED
from simpul.intake.models import Report

METHOD = "modus.gathering"
# So many reports are opened at most, of now and of before: each opening is a reading that somebody answers for.
MOST_NOW, MOST_PAST = 60, 240
LEAST_PAST = modus.LEAST_PAST


@dataclass(frozen=True)
class Text:
    """What one report says, opened for the officer who asks, and the plain facts beside it."""

    report: int
    number: str
    place: str
    received_on: date
    words: str


@dataclass(frozen=True)
class Gathered:
    """Reports that resemble each other and nothing of the past, and the words they share."""

    texts: tuple
    words: tuple
    novelty: float
    alert: object = None

    @property
    def reports(self):
        return [text.report for text in self.texts]


def reports_for(officer, *, days, at):
    """(those of the past, those of the last days): reports an officer may read and that were not set aside."""
    rows = Report.objects.visible_to(officer).filter(data_key__destroyed_at=None)
    rows = rows.exclude(status__in=NOT_COUNTED).order_by("-received_at", "-pk")
    since = at - timedelta(days=days)
    now, past = rows.filter(received_at__gte=since, received_at__lte=at), rows.filter(received_at__lt=since)
    return list(past[:MOST_PAST])[::-1], list(now[:MOST_NOW])[::-1]


def look(past, now, *, by, at):
    """Compare new texts with those of the past; each group that gathers becomes or grows an alert.

    Returns what gathered. Raises `Refused` where there is too little past to compare with.
    """
    novelty = modus.Novelty([text.words for text in past])
    found = modus.gathering([text.words for text in now], novelty)
    return [_raised(group, [now[number] for number in group.places], len(past), by=by, at=at) for group in found]


def _raised(group, texts, past, *, by, at):
    places = tuple(sorted({text.place for text in texts if text.place}))
    alert = None
    if places:
        days = [text.received_on for text in texts]
        alert = alerts.raise_(
            alerts.Seen(
                kind=Alert.Kind.WORDING, subject=Alert.Subject.REPORTS, places=places, first_on=min(days),
                last_on=max(days), method=METHOD, settings={"past": past},
                figures={
                    "count": len(texts), "novelty": round(group.novelty, 3),
                    "reports": sorted(text.report for text in texts),
                },
            ),
            by=by, at=at,
        )  # fmt: skip
    return Gathered(tuple(texts), group.words, group.novelty, alert)
