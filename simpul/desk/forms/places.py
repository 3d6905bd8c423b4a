"""A place in a form: words as people write them, found without a script, one of the matches chosen."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from simpul.places.models import Place
from simpul.places.regions import path_name, path_names
from simpul.places.search import find

SEARCH = "cari"
SURE = 0.95


@dataclass(frozen=True)
class Typed:
    """What came with the form: the words, the code that was chosen, and the words it was chosen for."""

    words: str = ""
    code: str = ""
    found_for: str = ""

    @property
    def chosen(self):
        """The code, unless the words were changed after it was chosen."""
        return self.code if self.words == self.found_for else ""


class PlaceInput(forms.Widget):
    """A line for the words, a button that looks them up, and the places that may be meant."""

    def value_from_datadict(self, data, files, name):
        parts = (data.get(f"{name}{part}", "").strip() for part in ("", "_kode", "_untuk"))
        return Typed(*parts)

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def format_value(self, value):
        if isinstance(value, Typed):
            return value
        if isinstance(value, Place):
            label = path_names([value.pk]).get(value.pk) or path_name(value.pk, names={value.pk: value.name})
            return Typed(label, value.pk, label)
        return Typed()

    def render(self, name, value, attrs=None, renderer=None):
        typed = self.format_value(value)
        attrs = self.build_attrs(self.attrs, attrs)
        marks = format_html_join("", ' {}="{}"', [(k, v) for k, v in attrs.items() if v not in (True, False, None)])
        return format_html(
            '<span class="row"><input type="text" name="{name}" value="{words}" maxlength="120"{marks}>'
            '<button class="quiet" name="{search}" value="{name}" formnovalidate formaction="#{id}">{find}</button>'
            "</span>"
            '<input type="hidden" name="{name}_untuk" value="{words}">{matches}',
            name=name, words=typed.words, marks=marks, search=SEARCH, id=attrs.get("id", ""), find=_("Find"),
            matches=self._matches(name, typed),
        )  # fmt: skip

    def _matches(self, name, typed):
        if not typed.words:
            return ""
        if typed.words == typed.found_for and typed.code and _place(typed.code):
            pairs = [(typed.code, path_names([typed.code])[typed.code])]
        else:
            pairs = [(match.place.pk, match.label) for match in find(typed.words, near=settings.REGION)]
        if not pairs:
            return format_html('<p class="hint">{}</p>', _("No place found. Write the name of the village, district or"
                                                           " regency, for instance: jagoi babang."))  # fmt: skip
        rows = ((name, code, mark_safe(" checked") if code == typed.chosen else "", label) for code, label in pairs)
        row = '<label class="choice"><input type="radio" name="{}_kode" value="{}"{}> <span>{}</span></label>'
        return format_html_join("", row, rows)

    def id_for_label(self, id_):
        return id_


class PlaceField(forms.Field):
    """Gives a `Place`, or None. Words that fit one place only need no choice; nothing is guessed."""

    widget = PlaceInput

    def clean(self, value):
        if not value.words:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        place = _place(value.chosen) or _only_match(value.words)
        if place is None:
            raise forms.ValidationError(_("Choose below which place is meant, or write more of its name."))
        return place

    def has_changed(self, initial, data):
        before = initial.pk if isinstance(initial, Place) else ""
        return data.chosen != before if data.words else bool(before)


class FindsPlaces:
    """A form in which a place is looked up: pressing Find checks nothing and loses nothing."""

    @property
    def is_searching(self):
        return self.is_bound and SEARCH in self.data

    def full_clean(self):
        if not self.is_searching:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(), {}

    def is_valid(self):
        return not self.is_searching and super().is_valid()


def _place(code):
    return Place.objects.filter(pk=code, retired_on=None).first() if code else None


def _only_match(words):
    matches = find(words, near=settings.REGION)
    if len(matches) == 1 and matches[0].score >= SURE:
        return matches[0].place
    return None
