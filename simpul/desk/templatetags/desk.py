"""Words for pages of the desk: names of codes, how long until, short places."""

from datetime import timedelta

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from simpul.places.regions import short_name
from simpul.reference import catalogues
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


@register.filter
def law(text):
    """A legal basis in the words of the page: Indonesian law has Pasal, not Art."""
    return text if (get_language() or "").startswith("en") else (text or "").replace("Art.", "Pasal")


@register.filter
def place(value):
    """A place's short name, or a dash."""
    return short_name(value) if value else "–"


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
