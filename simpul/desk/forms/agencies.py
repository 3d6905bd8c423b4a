"""The form of an agency."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency
from simpul.desk.forms.cases import with_blank
from simpul.desk.forms.places import FindsPlaces, PlaceField


class NewAgency(FindsPlaces, forms.Form):
    """An agency that takes part."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=partial(with_blank, "agency_kinds", _("Choose")))
    place = PlaceField(label=_("Jurisdiction"), help_text=_("The province, regency, city or district it serves."))
    telephone = forms.CharField(label=_("Telephone of the office"), max_length=40, required=False)
    triages = forms.BooleanField(
        label=_("Takes reports of the public"), required=False, help_text=_("Reports of its region wait in its triage.")
    )
    takes_unplaced = forms.BooleanField(
        label=_("Takes reports without a place"), required=False,
        help_text=_("One agency of the region does, usually the UPTD PPA of the province."),
    )  # fmt: skip

    def clean(self):
        name, place = self.cleaned_data.get("name"), self.cleaned_data.get("place")
        if name and place and Agency.objects.filter(name__iexact=name.strip(), place=place).exists():
            self.add_error("name", _("This agency is recorded already."))
        if self.cleaned_data.get("takes_unplaced") and not self.cleaned_data.get("triages"):
            self.add_error("takes_unplaced", _("Only an agency that takes reports of the public can take these."))
        return self.cleaned_data
