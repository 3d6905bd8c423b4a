"""The form of a way: several legs on one page, of which a further one is added, or one taken out, without a script."""

import re
from datetime import date

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from simpul.desk.forms.cases import FIRST_YEAR, with_blank
from simpul.desk.forms.places import SEARCH, FindsPlaces, PlaceField
from simpul.places.crossings import posts
from simpul.places.legs import MOST, Step
from simpul.places.models import BorderPost, Leg
from simpul.reference import catalogues

ROWS, ADD, TAKE_OUT = "baris", "tambah", "buang"
# Whoever has nothing on record yet finds so many empty steps.
EMPTY = 2
POST = "pos:"
UNREAD = "?"
OFF_THE_POSTS = (Leg.Crossing.UNOFFICIAL, Leg.Crossing.SEA, Leg.Crossing.AIR, Leg.Crossing.UNKNOWN)

_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_YEAR = re.compile(r"\d{4}")


class PartialDate(forms.CharField):
    """A day, a month or a year, as far as somebody knows it: (first day, precision), or (None, "")."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None, ""
        try:
            found = _read(text)
        except ValueError:
            found = None
        if found is None or found[0].year < FIRST_YEAR:
            raise forms.ValidationError(_("Write a day as 14-03-2026, a month as 03-2026, or a year as 2026."))
        return found


class StepForm(FindsPlaces, forms.Form):
    """One step. Left empty it is no step; without a beginning it begins where the step before ended."""

    origin = PlaceField(
        label=pgettext_lazy("of a way", "From"), required=False,
        help_text=_("A place in Indonesia. Left empty: where the step before ended."),
    )  # fmt: skip
    origin_abroad = forms.ChoiceField(label=_("From, abroad"), required=False)
    destination = PlaceField(
        label=pgettext_lazy("of a way", "To"), required=False, help_text=_("A place in Indonesia.")
    )
    destination_abroad = forms.ChoiceField(label=_("To, abroad"), required=False)
    crossing = forms.ChoiceField(label=_("Border crossed"), required=False)
    crossed_in = PlaceField(
        label=_("District of an unofficial crossing"), required=False,
        help_text=_("The district is enough. Where exactly the trail runs is not written down here."),
    )  # fmt: skip
    transport = forms.ChoiceField(label=pgettext_lazy("of a way", "By"), required=False)
    on = PartialDate(label=_("When"), required=False, max_length=10, help_text=_("14-03-2026, 03-2026, or 2026."))
    confidence = forms.ChoiceField(label=_("How do we know?"), required=False, initial="person")

    def __init__(self, data=None, *, number, crossings, **kwargs):
        super().__init__(data, prefix=f"l{number}", **kwargs)
        self.number = number
        places = _abroad()
        self.fields["origin_abroad"].choices = self.fields["destination_abroad"].choices = places
        self.fields["crossing"].choices = crossings
        self.fields["transport"].choices = with_blank("transports")
        self.fields["confidence"].choices = catalogues.choices("way_confidences")

    @property
    def is_searching(self):
        """Finding a place, adding and taking out a step check nothing and lose nothing."""
        return self.is_bound and any(name in self.data for name in (SEARCH, ADD, TAKE_OUT))

    @property
    def is_blank(self):
        """Whether nothing was written; how one knows is always chosen."""
        names = [self.add_prefix(name) for name in self.fields if name != "confidence"]
        return not any(str(self.data.get(name, "")).strip() for name in names)

    @property
    def pairs(self):
        """The fields as they stand beside each other."""
        names = ("origin", "origin_abroad"), ("destination", "destination_abroad"), ("crossing", "crossed_in")
        return [[self[name] for name in pair] for pair in (*names, ("transport", "on"), ("confidence",))]

    def clean(self):
        told = self.cleaned_data
        if self.is_blank:
            return told
        for name in ("origin", "destination"):
            if told.get(name) and told.get(f"{name}_abroad"):
                self.add_error(name, _("Write either a place in Indonesia or one abroad."))
        if not (told.get("destination") or told.get("destination_abroad") or self.errors):
            self.add_error("destination", _("Write where this step led to."))
        if told.get("crossed_in") and told.get("crossing") != Leg.Crossing.UNOFFICIAL:
            self.add_error(
                "crossed_in", _("You wrote a district. Choose “Unofficial crossing”, or clear the district.")
            )
        return told

    @property
    def leads_to(self):
        """Where the step ends, as far as it can be read."""
        return self.cleaned_data.get("destination") or self.cleaned_data.get("destination_abroad")

    def step(self, begins):
        """The step as the act takes it; None, with an error, where nobody knows where it begins."""
        told = self.cleaned_data
        origin = told["origin"] or told["origin_abroad"] or begins
        if not origin:
            self.add_error("origin", _("Write where the way began."))
            return None
        on, precision = told["on"]
        crossing = told["crossing"]
        post = BorderPost.objects.get(pk=crossing.removeprefix(POST)) if crossing.startswith(POST) else None
        return Step(
            origin, self.leads_to, transport=told["transport"],
            crossing="" if post else crossing, post=post, crossed_in=told["crossed_in"], on=on, precision=precision,
            confidence=told["confidence"] or "person",
        )  # fmt: skip


class Way(forms.Form):
    """All steps of a way. `seen` carries along which steps stood there when the page was made."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, legs=(), state=""):
        super().__init__(data, initial={"seen": state})
        crossings = _crossings()
        if data is None:
            told = [_initial(leg) for leg in legs]
            told += [{}] * max(1, EMPTY - len(told)) if len(told) < MOST else []
            self.rows = [StepForm(number=number, crossings=crossings, initial=each) for number, each in enumerate(told)]
        else:
            self.rows = [StepForm(data, number=number, crossings=crossings) for number in self._numbers()]

    @property
    def is_editing(self):
        return self.is_bound and any(name in self.data for name in (SEARCH, ADD, TAKE_OUT))

    @property
    def may_add(self):
        return len(self.rows) < MOST

    def full_clean(self):
        if not self.is_editing:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self):
        return not self.is_editing and super().is_valid()

    def clean(self):
        """The steps in `steps`; none where every row was left empty."""
        steps, begins = [], None
        for row in self.rows:
            if row.is_blank:
                continue
            step = row.step(begins) if row.is_valid() else None
            if step is None:
                # What is wrong with this step is no fault of the next.
                begins = row.leads_to or begins or UNREAD
                continue
            steps.append(step)
            begins = step.destination
        if any(row.errors for row in self.rows if not row.is_blank):
            raise forms.ValidationError(_("Some steps are not finished. What is missing stands beside each of them."))
        return self.cleaned_data | {"steps": steps}

    @property
    def unfinished(self):
        """Rows with something to set right; what was left empty is none."""
        return [row for row in self.rows if self.is_bound and not row.is_blank and row.errors]

    def _numbers(self):
        """The rows that stand on the page, with the one that was added and without the one taken out."""
        given = self.data.getlist(ROWS) if hasattr(self.data, "getlist") else self.data.get(ROWS, [])
        numbers = [int(each) for each in given if each.isascii() and each.isdecimal() and len(each) < 4][:MOST]
        numbers = list(dict.fromkeys(numbers))
        out = self.data.get(TAKE_OUT, "")
        numbers = [number for number in numbers if str(number) != out]
        if (ADD in self.data or not numbers) and len(numbers) < MOST:
            numbers.append(max(numbers, default=-1) + 1)
        return numbers


def _read(text):
    if found := _ISO.fullmatch(text):
        return date(*map(int, found.groups())), Leg.Precision.DAY
    if found := _DAY.fullmatch(text):
        day, month, year = map(int, found.groups())
        return date(year, month, day), Leg.Precision.DAY
    if found := _MONTH.fullmatch(text):
        return date(int(found[2]), int(found[1]), 1), Leg.Precision.MONTH
    return (date(int(text), 1, 1), Leg.Precision.YEAR) if _YEAR.fullmatch(text) else None


def _written(leg):
    """A day as the field takes it."""
    if leg.on is None:
        return ""
    if leg.precision == Leg.Precision.YEAR:
        return f"{leg.on.year}"
    return f"{leg.on:%m-%Y}" if leg.precision == Leg.Precision.MONTH else f"{leg.on:%d-%m-%Y}"


def _initial(leg):
    return {
        "origin": leg.origin, "origin_abroad": leg.origin_abroad, "destination": leg.destination,
        "destination_abroad": leg.destination_abroad, "transport": leg.transport, "on": _written(leg),
        "crossing": f"{POST}{leg.post_id}" if leg.post_id else leg.crossing, "crossed_in": leg.crossed_in,
        "confidence": leg.confidence,
    }  # fmt: skip


def _abroad():
    """Countries, each with its towns; a country by itself is for who knows no more."""
    towns = {}
    for term in catalogues.terms("foreign_places"):
        towns.setdefault(term.extra["country"], []).append((term.code, term.name))
    nowhere = _("%(country)s, place not known")
    groups = []
    for country in catalogues.terms("countries"):
        if country.code in towns:
            groups.append((country.name, [*towns[country.code], (country.code, nowhere % {"country": country.name})]))
    others = [(term.code, term.name) for term in catalogues.terms("countries") if term.code not in towns]
    return [("", "–"), *groups, (_("Other countries"), others)]


def _crossings():
    known = posts(prefix=settings.REGION)
    return [
        ("", Leg.Crossing.NONE.label),
        (_("Posts"), [(f"{POST}{post.pk}", post.name) for post in known if post.kind != BorderPost.Kind.PLANNED]),
        (_("Elsewhere"), [(kind.value, kind.label) for kind in OFF_THE_POSTS]),
    ]
