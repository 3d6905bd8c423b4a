"""Open data: figures of a closed period are drafted, looked at by a second officer, published, withdrawn.

Nobody sees more in a draft than everybody will see: small numbers are hidden before it is kept, in all tables of a
subject together. The attacker's check tries to compute what is hidden from what is shown, from the sums and from
everything that was out about the same days; a draft of which it computes anything is not approved.

Every day is told of once. A period is released again only after its release was withdrawn, as the same period, and
then nothing may follow from the two together: a number that changed by one to ten people is not shown again, one that
was hidden stays hidden, and a table that still tells of such a change is held back (`docs/decisions/0015`).
"""

from dataclasses import dataclass, field
from fractions import Fraction

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.agencies.roles import Right
from simpul.insight import periods, release_files, release_tables
from simpul.insight.figures import THRESHOLD
from simpul.insight.methods import differences, disclosure, margins, noise
from simpul.insight.models import Budget, Delivery, Release, Spending
from simpul.insight.release_tables import BY_CODE, SUBJECTS, TABLES
from simpul.journal.acts import Act
from simpul.journal.entries import enter
from simpul.journal.series import next_in
from simpul.lib import signed
from simpul.lib.rules import NotAllowed, NotFound

RULE = disclosure.Rule(threshold=THRESHOLD)
HIDDEN = disclosure.Hidden()


# Acts


@transaction.atomic
def draft(period, *, by, at, epsilon=None):
    """Make the tables of a period that is over: small numbers hidden, or noise of `epsilon` for each table."""
    _check_may_release(by)
    period = periods.period(period) if isinstance(period, str) else period
    region = settings.REGION
    earlier = _earlier(period, region, at=at, method=_method(epsilon))
    counts = release_tables.counted(period, region=region)
    release = Release(
        number=_number(at), period=period.code, first_on=period.first_on, last_on=period.last_on, region_id=region,
        method=_method(epsilon), threshold=THRESHOLD, made_at=at, made_by=by,
    )  # fmt: skip
    if epsilon is None:
        done = protect(counts, period=period, earlier=[published(each) for each in earlier])
    else:
        release.save()
        done = _blur(counts, period=period, epsilon=epsilon, release=release)
    release.tables = [_kept(BY_CODE[code], period, done.shown[code]) for code in counts if code in done.shown]
    release.quality = done.quality | {"earlier": [each.number for each in earlier]}
    release.quality["findings"] = [margins.in_words(each.cell) for each in attack(release)]
    release.save()
    enter(Act.RELEASE_DRAFTED, on=release, by=by, at=at, period=period.code, method=release.method)
    return release


@transaction.atomic
def approve(release, *, by, at):
    """A second officer looked at it. The attacker's check runs once more on what is about to be published."""
    release = _held(release)
    check_may_approve(release, by=by)
    _check_gives_nothing_away(release)
    _move(release, Release.State.APPROVED)
    release.approved_at, release.approved_by = at, by
    release.save(update_fields=["state", "approved_at", "approved_by"])
    enter(Act.RELEASE_APPROVED, on=release, by=by, at=at, period=release.period)
    return release


@transaction.atomic
def publish(release, *, sign, by, at):
    """Sign it and show it to everybody. `sign(bytes)` gives (signature, public key), both as text."""
    release = _held(release)
    check_may_publish(release, by=by)
    _check_is_out_once(periods.period(release.period), release.region_id)
    _check_gives_nothing_away(release)
    _move(release, Release.State.PUBLISHED)
    release.published_at, release.published_by = at, by
    release.document = release_files.document(release)
    release.fingerprint = signed.fingerprint(release.document)
    release.signature, release.public_key = sign(release.document.encode())
    release.package = release_files.package(release, sign=sign)
    release.picture = release_files.picture(release)
    release.save()
    enter(Act.RELEASE_PUBLISHED, on=release, by=by, at=at, period=release.period, fingerprint=release.fingerprint)
    return release


@transaction.atomic
def withdraw(release, *, because, by, at):
    """Take it from the public page, with a reason that is shown there. Copies stay with those who have them."""
    release = _held(release)
    _check_may_release(by)
    if because not in Release.Withdrawal.values:
        raise NotAllowed(_("Say why it is withdrawn: choose a reason of the list."))
    _move(release, Release.State.WITHDRAWN)
    release.withdrawn_because = because
    _end(release, Act.RELEASE_WITHDRAWN, by=by, at=at, because=because)
    return release


@transaction.atomic
def drop(release, *, by, at):
    """Put away what was not published."""
    release = _held(release)
    _check_may_release(by)
    _move(release, Release.State.DROPPED)
    _end(release, Act.RELEASE_DROPPED, by=by, at=at)
    return release


@transaction.atomic
def deliver(release, *, organisation, purpose, agreement, by, at):
    """Write down that a published release was handed to an organisation."""
    _check_may_release(by)
    if release.state != Release.State.PUBLISHED:
        raise NotAllowed(_("Only a published release is handed over."))
    delivery = Delivery.objects.create(
        release=release, organisation=organisation, purpose=purpose, agreement=agreement,
        fingerprint=release.fingerprint, delivered_at=at, delivered_by=by,
    )  # fmt: skip
    enter(Act.RELEASE_DELIVERED, on=release, by=by, at=at, delivery=delivery.pk)
    return delivery


@transaction.atomic
def set_budget(year, *, limit, by, at):
    """How much all noisy releases about the records of a year may tell.

    Once set it stays: a limit that can be raised protects nobody.
    """
    _check_may_release(by)
    if Budget.objects.filter(year=year).exists():
        raise NotAllowed(_("The budget of %(year)s is set. It is not changed any more.") % {"year": year})
    if not 0 < limit <= 100:
        raise NotAllowed(_("A budget is above 0 and at most 100."))
    budget = Budget.objects.create(year=year, limit=limit, set_by=by, set_at=at)
    enter(Act.BUDGET_SET, on=budget, by=by, at=at, year=year)
    return budget


def of_number(number):
    """A release by its number, whatever became of it; NotFound where there is none."""
    found = Release.objects.select_related("made_by", "approved_by", "published_by", "ended_by").filter(number=number)
    one = found.first()
    if one is None:
        raise NotFound
    return one


def title_of(code):
    """The title of a table in the language of the page."""
    return str(BY_CODE[code].title)


# Rules


def check_may_approve(release, *, by):
    _check_may_release(by)
    if release.made_by_id == by.pk:
        raise NotAllowed(_("A second officer approves it: somebody else than who drafted it."))
    _check_may_become(release, Release.State.APPROVED)


def check_may_publish(release, *, by):
    _check_may_release(by)
    _check_may_become(release, Release.State.PUBLISHED)


def _check_may_release(officer):
    if not officer.may(Right.RELEASE_FIGURES):
        raise NotAllowed(_("Your role does not publish figures."))


def _check_may_become(release, state):
    if state not in Release.NEXT[release.state]:
        raise NotAllowed(_("This release is “%(state)s”. That cannot be done with it any more.") % {
            "state": release.get_state_display()})  # fmt: skip


def _check_gives_nothing_away(release):
    try:
        found = attack(release)
    except disclosure.DisclosureError:
        raise NotAllowed(_("The numbers of this draft contradict each other. Drop it and draft it anew.")) from None
    if found:
        raise NotAllowed(
            _("The attacker's check computed %(count)d numbers that are hidden, %(cell)s among them. Drop this draft.")
            % {"count": len(found), "cell": margins.in_words(found[0].cell)}
        )


def _check_is_out_once(period, region):
    """Days are told of once at a time."""
    other = Release.objects.filter(region_id=region).public().sharing_days_with(period).first()
    if other:
        raise NotAllowed(
            _("%(number)s tells of these days already. Withdraw it first, or choose another period.")
            % {"number": other.number}
        )


def _earlier(period, region, *, at, method):
    """Releases of the same period that were out and were withdrawn; refuses what may not be drafted at all."""
    if not period.is_over_on(localdate(at)):
        raise NotAllowed(_("%(period)s is not over yet. Only what is over is released.") % {"period": period.code})
    _check_is_out_once(period, region)
    sharing = Release.objects.filter(region_id=region).sharing_days_with(period)
    waiting = sharing.filter(state__in=[Release.State.DRAFT, Release.State.APPROVED]).first()
    if waiting:
        raise NotAllowed(
            _("%(number)s tells of these days and waits for a decision. Drop it first.") % {"number": waiting.number}
        )
    earlier = list(sharing.ever_out().order_by("pk"))
    for each in earlier:
        if each.period != period.code or each.method != method:
            raise NotAllowed(
                _("%(number)s told of these days and was withdrawn. They can be released again only as %(period)s, "
                  "protected in the same way: two ways to cut the same days would tell of single people.")
                % {"number": each.number, "period": each.period}
            )  # fmt: skip
    return earlier


# Protecting


@dataclass
class Done:
    """What may be shown, {table: {cell: number or mark}} without the tables held back, and how good it is."""

    shown: dict
    quality: dict = field(default_factory=dict)


def protect(counts, *, period, earlier=(), complementary=True):
    """Hide small counts in all tables, those of one subject together, beside releases that were out (`published`).

    Without `complementary` only small counts are hidden. Nobody publishes that: it shows what the check is for.
    """
    shown, held, hidden, people, told = {}, [], 0, 0, 0
    for subject in SUBJECTS:
        tables = [table for table in TABLES if table.subject == subject and table.code in counts]
        made, back = _subject(tables, counts, period, [each[subject] for each in earlier if subject in each],
                              complementary=complementary)  # fmt: skip
        held += back
        for table in tables:
            if table.code in back:
                continue
            part = release_tables.tabulated(counts[table.code], table=table, period=period)
            shown[table.code] = {each: made.values[each] for each in part.counts}
            inner = set(part.counts) - {total for total, _parts in part.sums}
            people += sum(part.counts[each] for each in inner)
            told += sum(part.counts[each] for each in inner if each not in made.hidden)
            hidden += sum(each in made.hidden for each in part.counts)
    quality = {
        "cells": sum(len(each) for each in shown.values()),
        "hidden": hidden,
        "share_shown": round(told / people, 2) if people else 1.0,
        "held_back": held,
        "mean_error": 0,
    }
    return Done(shown, quality)


def _subject(tables, counts, period, earlier, *, complementary):
    """(Published, tables held back) of one subject."""
    back = []
    while tables:
        linked = margins.linked(
            *(release_tables.tabulated(counts[table.code], table=table, period=period) for table in tables)
        )
        if not complementary:
            return disclosure.suppressed(linked, rule=RULE), back
        found = _beside(linked, earlier, largest=True) or _beside(linked, earlier, largest=False)
        if found:
            return found, back
        # The finer table goes first: what is left tells less.
        back.append(tables[-1].code)
        tables = tables[:-1]
    return disclosure.Published({}, (), RULE), back


def _beside(table, earlier, *, largest):
    """The table protected beside earlier releases of its cells, or None where it cannot be.

    A number that changed by fewer people than the threshold is not shown again, and one that was hidden stays hidden.
    `largest`: whether numbers that changed by more may be shown.
    """
    hold, known = set(), set()
    for release in earlier:
        for each in release.values.keys() & table.counts.keys():
            before, now = release.values[each], table.counts[each]
            if before == now:
                known.add(each)
            elif isinstance(before, disclosure.Hidden) or not largest or abs(now - before) < RULE.threshold:
                hold.add(each)
    if any(table.counts[each] < RULE.least for each in hold):
        # A mark says that there is somebody; where nobody is left it would be a lie, and 0 would tell who went.
        return None
    try:
        found = disclosure.protected(table, rule=RULE, known=known - hold, hold=hold).published
    except disclosure.DisclosureError:
        return None
    return None if any(_beside_it(each, found) for each in earlier) else found


def _cut(release, to):
    """An earlier release, as far as its cells are those of a later one."""
    return disclosure.Published({each: release.values.get(each, HIDDEN) for each in to.values}, to.sums, release.rule)


def _blur(counts, *, period, epsilon, release):
    """Noise instead of hiding, paid from the budget of the year. What is below the threshold is not shown either."""
    ledger, budget = _ledger(period.year)
    shown, errors = {}, []
    for table in TABLES:
        exact = release_tables.tabulated(counts[table.code], table=table, period=period)
        try:
            blurred = noise.noisy(exact, epsilon=Fraction(epsilon), budget=budget, on=table.code)
        except noise.BudgetSpent as problem:
            raise NotAllowed(_(problem.sentence) % problem.details) from None
        Spending.objects.create(budget=ledger, release=release, table=table.code, epsilon=epsilon)
        shown[table.code] = dict(disclosure.suppressed(blurred, rule=RULE).values)
        errors += [abs(blurred.counts[each] - count) for each, count in exact.counts.items()]
    cells = [value for values in shown.values() for value in values.values()]
    hidden = sum(isinstance(value, disclosure.Hidden) for value in cells)
    quality = {
        "cells": len(cells), "hidden": hidden, "share_shown": None, "held_back": [],
        "mean_error": round(sum(errors) / len(errors), 2), "epsilon": str(epsilon), "left": float(budget.left),
    }  # fmt: skip
    return Done(shown, quality)


def _ledger(year):
    """The budget of a year, held until the transaction ends, and what is spent of it."""
    row = Budget.objects.select_for_update().filter(year=year).first()
    if row is None:
        raise NotAllowed(_("Noise spends a budget, and none is set for %(year)s. Set it first.") % {"year": year})
    spent = [(each.table, Fraction(each.epsilon)) for each in row.spendings.order_by("pk")]
    return row, noise.Budget(Fraction(row.limit), spent)


# The attacker's check


def attack(release):
    """Hidden numbers that follow from this release and from all that were out about the same days: `Finding`s.

    Releases of other days share no cell and no sum with it: nothing follows from reading them beside it.
    """
    if release.method == Release.Method.NOISE:
        return []
    this = published(release)
    out = Release.objects.filter(region_id=release.region_id).ever_out().exclude(pk=release.pk)
    earlier = [published(each) for each in out.filter(period=release.period).order_by("pk")]
    found = []
    for each in this.values():
        found += [disclosure.Finding(cell, value, value) for cell, value in each.values.items()
                  if isinstance(value, int) and each.rule.hides(value)]  # fmt: skip
        found += disclosure.audit(each)
    for before in earlier:
        for subject, each in this.items():
            if subject in before:
                found += _beside_it(before[subject], each)
    return found


def _beside_it(before, after):
    """What follows from a release and the one that takes its place, read together."""
    return differences.revealing(_cut(before, after), after) + _unchanged(before, after)


def _unchanged(before, after):
    """What follows for somebody who takes numbers that were shown before, and are not now, for unchanged."""
    values = {}
    for each, value in after.values.items():
        was = before.values.get(each, HIDDEN)
        values[each] = was if isinstance(value, disclosure.Hidden) and isinstance(was, int) else value
    try:
        return disclosure.audit(disclosure.Published(values, after.sums, after.rule))
    except disclosure.DisclosureError:
        # They contradict each other: it did change, and nothing follows.
        return []


def published(release):
    """{subject: Published} as everybody sees a release, from what is kept of it."""
    found = {}
    for kept in release.tables:
        table = BY_CODE[kept["code"]]
        values, inner = {}, {}
        for row, column, value in kept["rows"]:
            each = margins.cell(of=table.subject, **({"place": row} if row else {}),
                                **({table.columns: column} if column else {}))  # fmt: skip
            values[each] = HIDDEN if value is None else value
            if row and column and column not in kept["parents"].values():
                inner[row, column] = 0
        made = margins.tabulated(inner, dimensions=("place", table.columns),
                                 parents={table.columns: kept["parents"]})  # fmt: skip
        found.setdefault(table.subject, []).append((values, release_tables.named(made, table).sums))
    rule = disclosure.Rule(threshold=release.threshold)
    return {
        subject: disclosure.Published(
            {each: value for values, _sums in parts for each, value in values.items()},
            tuple(dict.fromkeys(each for _values, sums in parts for each in sums)),
            rule,
        )
        for subject, parts in found.items()
    }


def _kept(table, period, shown):
    """A table as it is kept: [row, column, count or null], "" for a sum."""
    parents = release_tables.parents_of(table, period).get(table.columns, {})
    rows = []
    for each, value in shown.items():
        codes = dict(each)
        rows.append([codes.get("place", ""), codes.get(table.columns, ""),
                     None if isinstance(value, disclosure.Hidden) else value])  # fmt: skip
    rows.sort(key=lambda row: row[:2])
    order = [code for inner in release_tables.columns_of(table, period) for code in (parents.get(inner), inner) if code]
    return {
        "code": table.code, "subject": table.subject, "columns": table.columns, "parents": parents,
        "order": list(dict.fromkeys(order)), "rows": rows,
    }  # fmt: skip


def _method(epsilon):
    return Release.Method.SUPPRESSION if epsilon is None else Release.Method.NOISE


def _number(at):
    year = localdate(at).year
    return f"R-{year}-{next_in(f'release-{year}'):02d}"


def _held(release):
    """The release as it is now, held until the transaction ends."""
    return Release.objects.select_for_update().get(pk=release.pk)


def _move(release, state):
    _check_may_become(release, state)
    release.state = state


def _end(release, act, *, by, at, **facts):
    release.ended_at, release.ended_by = at, by
    release.save(update_fields=["state", "withdrawn_because", "ended_at", "ended_by"])
    enter(act, on=release, by=by, at=at, period=release.period, **facts)
