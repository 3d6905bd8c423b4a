"""Forms of visits after the return."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.returns import FOLLOW_UPS
from simpul.desk.forms.cases import day_field, text_area, with_blank

WHICH = [
    (3, _("The visit after 3 months")),
    (6, _("The visit after 6 months")),
    (12, _("The visit after 12 months")),
]


class NewVisit(forms.Form):
    """A visit, and which of those that are owed it was."""

    months = forms.TypedChoiceField(
        label=_("Which visit"), widget=forms.RadioSelect, required=False, coerce=int, empty_value=None,
        choices=[*WHICH, ("", _("One more, between those that are owed"))],
    )  # fmt: skip
    on = day_field(_("Visited on"))
    result = forms.ChoiceField(label=_("What the visit found"), widget=forms.RadioSelect)
    words = text_area(
        _("Note"), required=False, rows=4, help_text=_("How the victim is, what is needed, what was agreed.")
    )

    def __init__(self, *args, today, owed, **kwargs):
        following = next((months for months, clock in FOLLOW_UPS.items() if clock in owed), "")
        super().__init__(*args, initial={"on": today, "months": following}, **kwargs)
        self.today = today
        self.fields["result"].choices = with_blank("visit_results")[1:]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("This day lies in the future. Write when it happened."))
        return day
