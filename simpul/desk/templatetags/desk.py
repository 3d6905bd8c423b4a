"""Words for pages of the desk: names of codes, how long until, short places."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from simpul.lib.numbers import rupiah
from simpul.places.regions import short_name
from simpul.reference import catalogues
from simpul.reference.citations import cited
from simpul.reference.models import Term

register = template.Library()


@register.filter
def term(code, catalogue):
    """The word of a catalogue for a code: {{ report.danger|term:"dangers" }}."""
    return catalogues.name_of(catalogue, code) if code else ""


@register.filter
def terms(codes, catalogue):
    """The words for several codes, with commas."""
    return ", ".join(catalogues.name_of(catalogue, code) for code in codes or [])


@register.filter
def mark(code):
    """What a confidence mark says: {{ rule.mark|mark }}."""
    return Term.Mark(code).label


@register.filter
def trigger(term):
    """What makes an obligation begin, from its row in the catalogue."""
    return term.words("trigger")


WAITS = {
    "police_report": gettext_lazy("waits for the report to the police"),
    "temporary_protection": gettext_lazy("waits for temporary protection"),
}


@register.filter
def waits(code):
    """What a clock waits for before it begins."""
    return WAITS.get(code, code)


@register.filter
def law(text):
    """A legal basis in the words of the page: Indonesian law has Pasal, not Art."""
    return cited(text)


@register.filter
def party(code):
    """Who owes or is owed: a kind of agency, or one of the other parties."""
    return catalogues.name_of("agency_kinds" if catalogues.is_code("agency_kinds", code) else "other_parties", code)


# The colour beside the word of how a right stands.
COLOURS = {"overdue": "late", "running": "soon", "requested": "soon", "met": "good"}


@register.filter
def colour(state):
    """The class of a right's state: {{ line.state|colour }}."""
    return COLOURS.get(state, "")


@register.filter
def place(value):
    """A place's short name, or a dash."""
    return short_name(value) if value else "–"


@register.filter
def money(amount):
    """An amount in rupiah, or a dash where none is known: {{ step.amount|money }}."""
    return "–" if amount is None else rupiah(amount).removesuffix(",00")


@register.filter
def away(moment, now):
    """How far a moment lies from now: "in 20 minutes", "2 hours ago"."""
    if moment is None:
        return ""
    return _("in %(span)s") % {"span": span(moment - now)} if moment >= now else _("%(span)s ago") % {
        "span": span(now - moment)}  # fmt: skip


@register.filter
def standing(obligation, now):
    """The class of an obligation's clock: late, soon or calm."""
    if obligation.state == "paused" or obligation.due_at is None:
        return "calm"
    if obligation.due_at < now:
        return "late"
    return "soon" if obligation.due_at - now <= timedelta(hours=4) else "calm"


def span(length):
    """A length of time in its largest whole unit."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d day", "%(n)d days", minutes // 1440) % {"n": minutes // 1440}
