"""The question for a hidden number: of whom, where, from when until when."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import day_field
from simpul.desk.forms.figures import regions_of
from simpul.insight.estimates import Asked
from simpul.insight.models import Estimate


class Question(forms.Form):
    """Begins with the officer's region and the year until today."""

    population = forms.ChoiceField(label=_("Of whom"), choices=Estimate.Population.choices)
    place = forms.ChoiceField(label=_("Region"))
    first_on = day_field(_("From"))
    last_on = day_field(_("Until"))

    def __init__(self, *args, officer, today, **kwargs):
        super().__init__(*args, initial={"first_on": today - timedelta(days=364), "last_on": today}, **kwargs)
        self.fields["place"].choices = regions_of(officer.jurisdiction)

    def asked(self):
        return Asked(**self.cleaned_data)
