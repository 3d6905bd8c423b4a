"""Forms of shelters: one is recorded by its code."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import with_blank
from simpul.lib.texts import one_line

MOST_BEDS = 500


class NewShelter(forms.Form):
    """A shelter of the own agency."""

    code = forms.CharField(
        label=_("Code"), max_length=12,
        help_text=_("Letters, a dash and digits, as in RA-07. It says nothing of the place."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=partial(with_blank, "shelter_kinds", _("Choose")))
    beds = forms.IntegerField(label=_("Beds"), min_value=1, max_value=MOST_BEDS)
    takes_children = forms.BooleanField(label=_("Takes children"), required=False, initial=True)

    def clean_code(self):
        return one_line(self.cleaned_data["code"]).upper()
