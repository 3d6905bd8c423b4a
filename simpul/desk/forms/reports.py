"""What is typed on the page of a report: messages, findings, indicators, exclusions; and the filter of the list."""

from itertools import groupby

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency, Officer
from simpul.intake.attachments import WhyPhoto
from simpul.intake.models import Finding, IndicatorNote, Report
from simpul.intake.screening import ELEMENTS
from simpul.places import search
from simpul.places.regions import within
from simpul.reference import catalogues

LONGEST_TEXT = 4000
LONGEST_NOTE = 500
# Below this a place was rather guessed than named.
SURE = 0.75


def text_area(rows):
    return forms.Textarea(attrs={"rows": rows})


def places_named(text, officer, limit=1):
    """Places that a text clearly names, the officer's region first."""
    return search.find(text, near=officer.jurisdiction[:2] or settings.REGION, limit=limit, at_least=SURE)


class ReportFilter(forms.Form):
    """Which reports the list shows. The names are those of the address."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("all")), *Report.Status.choices])
    tempat = forms.CharField(label=_("Place"), required=False, max_length=80)

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_tempat(self):
        words = self.cleaned_data["tempat"].strip()
        found = places_named(words, self.officer) if words else ()
        if words and not found:
            raise forms.ValidationError(
                _("No place of this name was found. Write a village, district or regency, such as Jagoi Babang.")
            )
        return found[0].place if found else None


class WriteForm(forms.Form):
    """A message to the reporter."""

    text = forms.CharField(
        label=_("Write to the reporter"),
        help_text=_("Changes nothing else. Name nobody: somebody else may look at the reporter's telephone."),
        max_length=LONGEST_TEXT,
        widget=text_area(3),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="write_%s", **kwargs)


class FindingForm(forms.Form):
    """One element of trafficking and what supports it."""

    finding = forms.ChoiceField(label=_("Element"))
    support = forms.CharField(
        label=_("What in the statement supports it"),
        help_text=_("Quote the words of the reporter."),
        max_length=LONGEST_TEXT,
        widget=text_area(2),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="finding_%s", **kwargs)
        self.fields["finding"].choices = [("", _("Choose an element")), *map(self._group, ELEMENTS)]

    @staticmethod
    def _group(element):
        terms = [(f"{element}:{code}", name) for code, name in catalogues.choices(element)]
        return Finding.Element(element).label, terms

    def clean(self):
        told = super().clean()
        told["element"], _colon, told["term"] = told.pop("finding", "").partition(":")
        return told


class IndicatorsForm(forms.Form):
    """The whole checklist. What is answered already stands in it; only what was changed is noted anew."""

    def __init__(self, *args, noted, **kwargs):
        super().__init__(*args, auto_id="indicator_%s", **kwargs)
        self.noted = {each.indicator: (each.answer, each.note.opened_or_erased()) for each in noted}
        self.terms = catalogues.terms("indicators")
        for term in self.terms:
            answer, note = self.noted.get(term.code, ("", ""))
            self.fields[f"answer_{term.code}"] = forms.ChoiceField(
                label=term.words("question") or term.name,
                choices=IndicatorNote.Answer.choices,
                initial=answer,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{term.code}"] = forms.CharField(
                label=_("What shows it"),
                initial=note,
                required=False,
                max_length=LONGEST_NOTE,
                widget=forms.TextInput(attrs={"placeholder": _("What shows it")}),
            )

    def clean(self):
        told = super().clean()
        for term in self.terms:
            if told.get(f"note_{term.code}") and not told.get(f"answer_{term.code}"):
                self.add_error(f"answer_{term.code}", _("Choose an answer for what you wrote beside it."))
        return told

    def changed(self):
        """(indicator, answer, note) for every line that says something new."""
        for term in self.terms:
            told = self.cleaned_data[f"answer_{term.code}"], self.cleaned_data[f"note_{term.code}"]
            if told[0] and told != self.noted.get(term.code):
                yield term.code, *told

    def groups(self):
        """(name of the group, how many are answered, its lines) in the order of the catalogue."""
        for group, terms in groupby(self.terms, key=lambda term: term.extra["group"]):
            lines = [(term, self[f"answer_{term.code}"], self[f"note_{term.code}"]) for term in terms]
            answered = sum(term.code in self.noted for term, _answer, _note in lines)
            opened = any(answer.errors or note.errors for _term, answer, note in lines)
            yield catalogues.name_of("indicator_groups", group), answered, opened, lines


class ExclusionForm(forms.Form):
    """Who must not learn of the report: one officer, one agency, or every agency of a kind."""

    who = forms.ChoiceField(
        label=_("Keep out"),
        help_text=_("Whoever is kept out finds no trace of this report, nor of a case that grows from it."),
    )

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, auto_id="exclusion_%s", **kwargs)
        agencies = Agency.objects.working().filter(within(officer.jurisdiction)).exclude(pk=officer.agency_id)
        officers = Officer.objects.filter(within(officer.jurisdiction, "agency__place"), is_active=True)
        officers = officers.exclude(pk=officer.pk).select_related("agency").order_by("full_name")
        kinds = catalogues.choices("agency_kinds")
        self.fields["who"].choices = [
            ("", _("Choose who")),
            (_("Every agency of a kind"), [(f"agency_kind:{code}", name) for code, name in kinds]),
            (_("An agency"), [(f"agency:{each.pk}", each.name) for each in agencies.order_by("name")]),
            (_("An officer"), [(f"officer:{each.pk}", f"{each.full_name}, {each.agency.name}") for each in officers]),
        ]

    def clean(self):
        kind, _colon, key = super().clean().get("who", "").partition(":")
        if not kind:
            return {}
        found = {"agency": Agency.objects, "officer": Officer.objects}.get(kind)
        return {kind: found.get(pk=key) if found else key}


class WhyForm(forms.Form):
    """Why a photo is opened on which children may be seen."""

    because = forms.ChoiceField(
        label=_("Why you need this photo"), choices=WhyPhoto.choices, widget=forms.RadioSelect,
        help_text=_("The reason is written down with your name."),
    )  # fmt: skip
