"""The one box of the search."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """A name, a number or a place. Sent in the body, so that it stands in no address and no history."""

    q = forms.CharField(
        label=_("Search"),
        help_text=_("Name, telephone, NIK or passport, number of a report or case, village or district."),
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "data-search": "", "autocomplete": "off", "autofocus": True}),
        error_messages={"required": _("Type a name, a number or a place first.")},
    )
