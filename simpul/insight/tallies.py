"""Tallies: every measure counted by month, place and agency, once an hour, so that pages read and do not count.

Nothing of a person stands in a tally. Who is kept out of a file is not told of it by a number either: what is read for
an officer is less the files that must stay unknown to that officer.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils.timezone import get_current_timezone, localdate

from simpul.agencies.models import Exclusion
from simpul.insight import figures
from simpul.insight.counting import COUNTED, of_months, standing
from simpul.insight.measures import BY_CODE, OF_MIGRANTS
from simpul.insight.models import Tally
from simpul.lib.shares import wilson
from simpul.migrants.policy import sees_exact_figures
from simpul.places.regions import is_within, within

# A year, and the month a year ago to compare with.
MONTHS = 13
# A round of writing stays below what a database takes in one statement.
ROUND = 500
IN_TIME, LATE, ARRIVED = "duties_in_time", "duties_late", "returns_arrived"


@dataclass(frozen=True)
class InTime:
    """How many obligations were met in time, of those met in time or not; `low` and `high` hold the share in 95 %."""

    met: int
    of: int

    @property
    def share(self):
        return self.met / self.of if self.of else None

    @property
    def low(self):
        return wilson(self.met, self.of)[0] if self.of else None

    @property
    def high(self):
        return wilson(self.met, self.of)[1] if self.of else None


# --- counting


def count(*, at):
    """The job: count the last months again."""
    refresh(at=at)


def refresh(*, at, since=None):
    """Count flows from the month of `since` on (by default of the last 13 months), and stocks as they stand now.

    Only numbers that changed are written, all at once when all is counted. A stock that no count has seen at the end
    of a month is told of it where its dates allow. Returns how many numbers were taken out or written.
    """
    now = first_of(localdate(at))
    months = _months(first_of(since) if since else earlier(now, MONTHS - 1), now)
    seen = _seen(months)
    found, counted = {}, set()
    for code, how in COUNTED.items():
        for month, rows in _rows_of(code, how, months, seen, at=at):
            for place, agency, number in rows:
                found[code, month, place, agency] = found.get((code, month, place, agency), 0) + int(number or 0)
            counted.add((code, month))
    for code, month in counted:
        found.setdefault((code, month, "", None), 0)
    return _replace(found, counted, at=at)


def _rows_of(code, how, months, seen, *, at):
    """(month, rows of (place, agency, number)) of one measure, for each month that is counted now."""
    if BY_CODE[code].is_flow:
        by_month = {month: [] for month in months}
        for number, *row in of_months(how, _starts(how, months), at=at):
            by_month[months[number]].append(row)
        yield from by_month.items()
        return
    for month in months[:-1]:
        if how.is_dated and (code, month) not in seen:
            yield month, standing(how, at=_start(later(month)))
    yield months[-1], standing(how, at=at)


def _seen(months):
    """(measure, month) of which a count is kept."""
    return set(Tally.objects.filter(month__in=months, place="", agency=None).values_list("measure", "month"))


@transaction.atomic
def _replace(found, counted, *, at):
    """Write what changed, and that everything was counted."""
    codes, months = ({each[at_] for each in counted} for at_ in (0, 1))
    kept = {}
    for pk, number, *key in Tally.objects.filter(measure__in=codes, month__in=months).values_list(
        "pk", "number", "measure", "month", "place", "agency"
    ):
        if tuple(key[:2]) in counted:
            kept[tuple(key)] = pk, number
    stale = [pk for key, (pk, number) in kept.items() if found.get(key) != number]
    new = [Tally(measure=code, month=month, place=place, agency_id=agency, number=number, counted_at=at)
           for (code, month, place, agency), number in found.items()
           if kept.get((code, month, place, agency), (None, None))[1] != number]  # fmt: skip
    for start in range(0, len(stale), ROUND):
        Tally.objects.filter(pk__in=stale[start : start + ROUND]).delete()
    Tally.objects.bulk_create(new, batch_size=ROUND)
    Tally.objects.filter(measure__in=codes, month__in=months, place="", agency=None).update(counted_at=at)
    return len(stale) + len(new)


# --- reading


def counted_at():
    """When all was last counted, or None where nothing ever was."""
    return Tally.objects.filter(place="", agency=None).aggregate(last=Max("counted_at"))["last"]


def series(codes, *, prefix, until, months=MONTHS, agency=None, either=False, officer=None):
    """{code: numbers of the months up to that of `until`, the oldest first}; None where nobody counted.

    `prefix` is a region, no deeper than a district; "" is everywhere, also where no place is known. Of an `agency` the
    numbers are its own, or with `either` those of the region and its own elsewhere. What must stay unknown to an
    `officer` is not in them.
    """
    wanted = _months(earlier(first_of(until), months - 1), first_of(until))
    rows = Tally.objects.filter(measure__in=codes, month__range=(wanted[0], wanted[-1]))
    known = set(rows.filter(place="", agency=None).values_list("measure", "month"))
    own = rows.filter(_where(prefix, agency, either=either)).values_list("measure", "month").order_by()
    numbers = Counter({(code, month): number for code, month, number in own.annotate(Sum("number"))})
    for code, month, _place, _owner, number in _hidden(officer, codes, wanted, prefix, agency, either=either):
        numbers[code, month] -= number
    return {
        code: [max(0, numbers[code, month]) if (code, month) in known else None for month in wanted] for code in codes
    }


def by_place(code, *, prefix, level, month, officer=None):
    """{place: number} of the places of a level in a region, down to districts, in one month; 0 where there is none.

    What is known less deeply stands nowhere here. Small numbers are not hidden: see `shown_by_place`.
    """
    found = dict.fromkeys(figures.places_at(prefix, level), 0)
    for place, number in _placed(code, month, prefix, officer):
        place = place[: figures.LENGTH[level]]
        if place in found:
            found[place] += number
    return found


def over_places(codes, *, prefix, level, until, months, officer=None):
    """{(measure, place): number} of the places of a level in a region, over the last months; no place without any."""
    wanted = _months(earlier(first_of(until), months - 1), first_of(until))
    rows = Tally.objects.filter(_where(prefix), measure__in=codes, month__range=(wanted[0], wanted[-1]))
    found, length = Counter(), figures.LENGTH[level]
    for code, place, number in rows.values_list("measure", "place").annotate(Sum("number")).order_by():
        found[code, place[:length]] += number
    for code, _month, place, _owner, number in _hidden(officer, codes, wanted, prefix):
        found[code, place[:length]] -= number
    return found


def shown_by_place(code, *, prefix, level, month, exact, officer=None):
    """The same as those may see it who see figures only: {place: number or `figures.HIDDEN`}, and "" for all of it."""
    if exact:
        numbers = by_place(code, prefix=prefix, level=level, month=month, officer=officer)
        return numbers | {"": sum(number for _place, number in _placed(code, month, prefix, officer))}
    root = prefix.split(".")[0]
    shown = figures.protected_by_place(_placed(code, month, root, officer), root=root)
    told = {place: shown.get(place, figures.HIDDEN) for place in figures.places_at(prefix, level)}
    return told | {"": shown.get("" if prefix == root else prefix, figures.HIDDEN)}


def shown_series(code, *, prefix, until, officer, months=MONTHS):
    """Numbers of one measure by month as an officer may see them: a number, `figures.HIDDEN`, or None.

    For those who see figures only people sent home are told as the page of tables tells them, by year; how many wait
    is told of the month of `until` alone, by the rule of places.
    """
    if sees_exact(code, officer, prefix=prefix):
        return series([code], prefix=prefix, until=until, months=months, officer=officer)[code]
    wanted = _months(earlier(first_of(until), months - 1), first_of(until))
    if code == ARRIVED:
        return _arrived(prefix, wanted)
    if not Tally.objects.filter(measure=code, month=wanted[-1], place="", agency=None).exists():
        return [None] * months
    told = shown_by_place(code, prefix=prefix, level=figures.PLACES[2], month=wanted[-1], exact=False, officer=officer)
    return [None] * (months - 1) + [told[""]]


def sees_exact(code, officer, *, prefix):
    """Whether an officer sees small numbers of a measure in a region."""
    return code not in OF_MIGRANTS or sees_exact_figures(officer, prefix)


def by_agency(code, *, prefix, month, officer=None):
    """{key of an agency: number} in a region and month; agencies without any are not in it."""
    rows = Tally.objects.filter(_where(prefix), measure=code, month=first_of(month), agency__isnull=False)
    found = Counter(dict(rows.values_list("agency").annotate(Sum("number")).order_by()))
    for *_what, owner, number in _hidden(officer, [code], [first_of(month)], prefix):
        found[owner] -= number
    return {agency: number for agency, number in found.items() if number > 0}


def in_time(*, prefix, until, months=3, agency=None, officer=None):
    """How many obligations were met in time in the last months, of a region or of one agency: `InTime`."""
    codes = (IN_TIME, LATE)
    found = series(codes, prefix=prefix, until=until, months=months, agency=agency, officer=officer)
    met, late = (sum(number or 0 for number in found[code]) for code in codes)
    return InTime(met, met + late)


def in_time_by_agency(*, prefix, until, months=3, officer=None):
    """{key of an agency: `InTime`} of a region, in one query."""
    last = first_of(until)
    wanted = _months(earlier(last, months - 1), last)
    rows = Tally.objects.filter(
        _where(prefix), measure__in=(IN_TIME, LATE),
        month__range=(wanted[0], last), agency__isnull=False,
    )  # fmt: skip
    found = {}
    for agency, code, number in rows.values_list("agency", "measure").annotate(Sum("number")).order_by():
        found.setdefault(agency, Counter())[code] += number
    for code, _month, _place, owner, number in _hidden(officer, (IN_TIME, LATE), wanted, prefix):
        found.setdefault(owner, Counter())[code] -= number
    return {agency: InTime(each[IN_TIME], each.total()) for agency, each in found.items() if each.total() > 0}


# --- months


def first_of(day):
    """The first day of a day's month."""
    return day.replace(day=1)


def earlier(month, number):
    """The month so many months before another."""
    at = 12 * month.year + month.month - 1 - number
    return date(at // 12, at % 12 + 1, 1)


def later(month):
    """The month after."""
    return earlier(month, -1)


def _months(first, last):
    found = [first]
    while found[-1] < last:
        found.append(later(found[-1]))
    return found


def _start(month):
    return datetime.combine(month, time.min, get_current_timezone())


# --- what is read


def _where(prefix, agency=None, *, either=False):
    """The condition of lying in a region, or anywhere, and of being one agency's, or of one of both."""
    here = within(prefix) if prefix else Q()
    if agency is None:
        return here
    return here | Q(agency=agency) if either and prefix else here & Q(agency=agency)


def _counts(prefix, agency, either, place, owner):
    """The same of one place and agency."""
    here = not prefix or is_within(place, prefix)
    if agency is None:
        return here
    return here or owner == agency if either and prefix else here and owner == agency


def _arrived(prefix, months):
    shown = {}
    for year in sorted({month.year for month in months}):
        answer = figures.answer(figures.Question("returns", "month", prefix=prefix, year=year), exact=False)
        shown |= {date(year, int(code), 1): answer.cell(code) for code, _words in answer.rows}
    return [shown[month] for month in months]


def _placed(code, month, prefix, officer=None):
    rows = Tally.objects.filter(_where(prefix), measure=code, month=first_of(month))
    found = Counter(dict(rows.values_list("place").annotate(Sum("number")).order_by("place")))
    for _code, _month, place, _owner, number in _hidden(officer, [code], [first_of(month)], prefix):
        found[place] -= number
    return [(place, max(0, number)) for place, number in found.items()]


# --- what must stay unknown to an officer


def is_kept_out(officer):
    """Whether any file must stay unknown to an officer. Whoever reads several numbers asks once, and passes None on."""
    return officer is not None and Exclusion.objects.keeping_out(officer).exists()


def _hidden(officer, codes, months, prefix="", agency=None, *, either=False):
    """(measure, month, place, agency, number) in the files that must stay unknown to an officer, as far as asked."""
    if not is_kept_out(officer):
        return
    last = counted_at()
    for code in codes:
        only = COUNTED[code].unknown_to(officer)
        for month, place, owner, number in _of_files(code, months, only, last) if only and last else ():
            if _counts(prefix, agency, either, place, owner):
                yield code, month, place, owner, int(number or 0)


def _of_files(code, months, only, last):
    how = COUNTED[code]
    if BY_CODE[code].is_flow:
        for number, *row in of_months(how, _starts(how, months), at=last, only=only):
            yield (months[number], *row)
        return
    for month in months:
        # As they stood when they were counted.
        for row in standing(how, at=min(_start(later(month)), last), only=only):
            yield (month, *row)


def _starts(how, months):
    """Where months begin, and the last one ends: days for what is known to the day, else moments."""
    starts = [*months, later(months[-1])]
    return starts if how.moment.endswith("_on") else [_start(month) for month in starts]
