"""Steps: services, proceedings and restitutions move by steps, and the catalogue says what comes before what."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from simpul.lib.dates import noon_of
from simpul.lib.rules import NotAllowed
from simpul.reference import catalogues


def check_may_follow(catalogue, kind, noted, *, on, at):
    """Whether a step of a kind may have happened on a day, after the steps noted so far."""
    if not catalogues.is_code(catalogue, kind):
        raise NotAllowed(_("Choose a step from the list."))
    term = catalogues.term(catalogue, kind)
    _check_day(on, at)
    _check_needs(catalogue, term, noted, on)
    _check_debars(catalogue, term, noted)


def check_may_be_struck(step, noted, catalogue):
    """Only a step on which no later one rests is struck out."""
    others = [other for other in noted if other.pk != step.pk]
    kinds = {other.kind for other in others}
    for other in others:
        needs = set(catalogues.term(catalogue, other.kind).extra["needs"])
        if step.kind in needs and not needs & kinds:
            raise NotAllowed(
                _("“%(later)s” rests on “%(step)s”. Strike that out first.")
                % {
                    "later": catalogues.name_of(catalogue, other.kind),
                    "step": catalogues.name_of(catalogue, step.kind),
                }
            )


def moment_of(day, at):
    """The moment that stands for a day: now for today, else its noon."""
    return at if day == localdate(at) else noon_of(day, ZoneInfo(settings.TIME_ZONE))


def _check_day(on, at):
    if on > localdate(at):
        raise NotAllowed(_("This day lies in the future. Write when it happened."))


def _check_needs(catalogue, term, noted, on):
    needs = term.extra["needs"]
    if not needs:
        return
    before = sorted((step.happened_on, step.kind) for step in noted if step.kind in needs)
    names = ", ".join(f"“{catalogues.name_of(catalogue, code)}”" for code in needs)
    if not before:
        raise NotAllowed(
            _("“%(step)s” comes after %(before)s. Note that first.") % {"step": term.name, "before": names}
        )
    day, kind = before[0]
    if on < day:
        raise NotAllowed(
            _("“%(step)s” cannot be earlier than “%(before)s” of %(day)s. Check both days.")
            % {"step": term.name, "before": catalogues.name_of(catalogue, kind), "day": f"{day:%d-%m-%Y}"}
        )


def _check_debars(catalogue, term, noted):
    for step in noted:
        excluded = term.extra.get("debars", ())
        if step.kind in excluded or term.code in catalogues.term(catalogue, step.kind).extra.get("debars", ()):
            raise NotAllowed(
                _("“%(step)s” and “%(other)s” exclude each other. If one was a mistake, strike it out first.")
                % {"step": term.name, "other": catalogues.name_of(catalogue, step.kind)}
            )
