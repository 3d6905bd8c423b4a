"""The form of emergency access."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import text_area


class EmergencyAccess(forms.Form):
    """Which case, and why now."""

    number = forms.CharField(label=_("Number of the case"), max_length=20, help_text=_("For instance K-2026-0012."))
    reason = text_area(
        _("Why the file is needed now"), rows=4,
        help_text=_("A whole sentence. The agency that keeps the case reads it and reviews it."),
    )  # fmt: skip

    def clean_number(self):
        return self.cleaned_data["number"].strip().upper()
