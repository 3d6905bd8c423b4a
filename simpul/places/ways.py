"""A way in words: the legs of a report, a victim or somebody sent home, as a page lists them."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from simpul.places.models import Leg, Place
from simpul.places.regions import path_names, short_name
from simpul.reference import catalogues


@dataclass(frozen=True)
class Line:
    """One leg in words."""

    origin: str
    destination: str
    over: str
    by: str
    when: str
    confidence: str


def lines(legs):
    """Legs, or steps as `places.legs` takes them, in words; one query however many there are."""
    legs = list(legs)
    codes = {end.pk for leg in legs for end in _ends(leg) if isinstance(end, Place)}
    paths = path_names(codes) if codes else {}
    return [
        Line(
            *(_end(end, paths) for end in _ends(leg)),
            over=_over(leg),
            by=catalogues.name_of("transports", leg.transport) if leg.transport else "",
            when=when(leg.on, leg.precision),
            confidence=catalogues.name_of("way_confidences", leg.confidence),
        )
        for leg in legs
    ]


def when(on, precision):
    """A day as far as it is known: "14 March 2026", "March 2026", "2026"."""
    if on is None:
        return ""
    if precision == Leg.Precision.YEAR:
        return f"{on.year}"
    return date_format(on, "F Y" if precision == Leg.Precision.MONTH else "j F Y")


def abroad(code):
    """A town abroad with its country, or a country."""
    if not catalogues.is_code("foreign_places", code):
        return catalogues.name_of("countries", code)
    town = catalogues.term("foreign_places", code)
    country = catalogues.name_of("countries", town.extra["country"])
    return town.name if town.name == country else f"{town.name}, {country}"


def _ends(leg):
    if isinstance(leg, Leg):
        return leg.origin or leg.origin_abroad, leg.destination or leg.destination_abroad
    return leg.origin, leg.destination


def _end(end, paths):
    return paths.get(end.pk, str(end)) if isinstance(end, Place) else abroad(end)


def _over(leg):
    if leg.post is not None:
        return _("Post %(name)s") % {"name": leg.post.name}
    if not leg.crossing:
        return ""
    words = str(Leg.Crossing(leg.crossing).label)
    if leg.crossed_in is None:
        return words
    return _("%(crossing)s, in %(district)s") % {"crossing": words, "district": short_name(leg.crossed_in)}
