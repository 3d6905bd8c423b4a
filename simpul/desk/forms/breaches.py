"""Forms of a breach: noted, those affected listed, stopped, told."""

import re
from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Officer
from simpul.desk.forms.cases import moment_field, text_area
from simpul.privacy.models import Affected
from simpul.privacy.policy import reach_of
from simpul.reference import catalogues

NOTICES = [
    (value, words)
    for value, words in Affected.Notice.choices
    if value != Affected.Notice.DUE
]  # fmt: skip


class NewBreach(forms.Form):
    """What is known of a breach; the names of the cleaned values are those of `breaches.note`."""

    discovered_at = moment_field(_("Discovered"), help_text=_("The 72 hours of the law run from here."))
    kinds = forms.MultipleChoiceField(
        label=_("Which data may have been revealed"), choices=partial(catalogues.choices, "breach_data"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    how = text_area(
        _("When and how it happened"), rows=4,
        help_text=_("The people affected are told this. Write no name of a victim or a reporter here."),
    )  # fmt: skip
    measures = text_area(_("What is done about it"), required=False, rows=3)


class Files(forms.Form):
    """Cases and reports by number."""

    numbers = text_area(
        _("Numbers of cases and reports"),
        rows=3,
        help_text=_("For instance K-2026-0012, one in each line or with commas."),
    )

    def clean_numbers(self):
        return [number for number in re.split(r"[\s,;]+", self.cleaned_data["numbers"]) if number]


class Openings(forms.Form):
    """What one officer's access opened between two moments."""

    officer = forms.ModelChoiceField(label=_("Whose access"), queryset=Officer.objects.none(), empty_label=_("Choose"))
    since = moment_field(_("From"))
    until = moment_field(_("To"))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        found = Officer.objects.filter(agency__in=reach_of(by).values("pk")).select_related("agency")
        self.fields["officer"].queryset = found.order_by("full_name")
        self.fields["officer"].label_from_instance = lambda officer: f"{officer.full_name}, {officer.agency.name}"


class Containment(forms.Form):
    """What was done to stop it."""

    measures = text_area(_("What was done"), rows=4, help_text=_("The people affected are told this."))


class Authority(forms.Form):
    """The supervising body was told."""

    authority = text_area(_("Which authority, and the reference of the letter"), rows=2)
    told_at = moment_field(_("Told"))


class Telling(forms.Form):
    """Somebody affected was told, or why not."""

    notice = forms.ChoiceField(label=_("Notice"), choices=NOTICES, widget=forms.RadioSelect)
    told_at = moment_field(_("Told"), required=False, help_text=_("Only where the person was told."))
    how = text_area(_("By which letter or through whom; or why not"), rows=3, help_text=_("It is sealed."))

    def clean(self):
        if self.cleaned_data.get("notice") == Affected.Notice.TOLD and not self.cleaned_data.get("told_at"):
            self.add_error("told_at", _("Write when the person was told."))
        return self.cleaned_data
