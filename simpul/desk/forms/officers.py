"""Forms of officers: recorded, given another role or agency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Agency, Officer
from simpul.agencies.roles import Role


class Place(forms.Form):
    """Where an officer works, and in which role."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.none(), empty_label=_("Choose"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *Role.choices])

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.working().within(by.jurisdiction).order_by("name")


class NewOfficer(Place):
    """An officer who is to sign in."""

    full_name = forms.CharField(label=_("Name"), max_length=120)
    username = forms.SlugField(
        label=_("Sign-in name"), max_length=60, help_text=_("Small letters, digits, - and _. It cannot be changed."),
        error_messages={"invalid": _("Use small letters, digits, - and _ only.")},
    )  # fmt: skip
    field_order = ["full_name", "username"]

    def clean_username(self):
        username = self.cleaned_data["username"].lower()
        if Officer.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("This sign-in name is taken. Choose another."))
        return username
