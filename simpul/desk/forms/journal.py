"""The journal, narrowed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.agencies.models import Officer
from simpul.journal.acts import Act


class Narrowed(forms.Form):
    """By officer, by act, by file."""

    petugas = forms.ModelChoiceField(
        label=_("Officer"), queryset=Officer.objects.none(), required=False, empty_label=_("Everybody")
    )
    tindakan = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("Every act")), *Act.choices])
    berkas = forms.CharField(
        label=_("File"), required=False, max_length=40, widget=forms.TextInput(attrs={"data-search": ""})
    )

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["petugas"].queryset = officers

    def clean_berkas(self):
        return self.cleaned_data["berkas"].strip()
