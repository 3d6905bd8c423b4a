"""Forms of rights: what became of a right when it was spoken of."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Entitlement
from simpul.desk.forms.cases import day_field, text_area, with_blank

State = Entitlement.State
SPOKEN = [
    (State.INFORMED, _("The victim was told of it")),
    (State.REQUESTED, _("The victim asked for it")),
    (State.REFUSED, _("The victim does not want it now")),
    (State.MET, _("It was met, outside the services of this file")),
]


class Spoken(forms.Form):
    """What the victim said of a right, or what shows that it was met."""

    what = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    offer_again_on = day_field(
        _("Offer again on"), required=False, help_text=_("Where it is not wanted now. Empty: in 30 days.")
    )
    evidence = forms.ChoiceField(
        label=_("What shows that it was met"), required=False,
        choices=partial(with_blank, "document_kinds", _("Choose")), help_text=_("Where it was met."),
    )  # fmt: skip
    note = text_area(_("Note"), required=False, rows=3)

    def __init__(self, *args, today, may_be_met=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["what"].choices = [each for each in SPOKEN if may_be_met or each[0] != State.MET]
        if not may_be_met:
            del self.fields["evidence"]

    def clean_offer_again_on(self):
        day = self.cleaned_data["offer_again_on"]
        if day and day <= self.today:
            raise forms.ValidationError(_("Choose a day to come on which the right is offered again."))
        return day

    def clean(self):
        if self.cleaned_data.get("what") == State.MET and not self.cleaned_data.get("evidence"):
            self.add_error("evidence", _("Choose what shows that the right was met."))
        return self.cleaned_data

    def told(self):
        """The arguments of the act that was chosen."""
        told = {"note": self.cleaned_data["note"]}
        if self.cleaned_data["what"] == State.MET:
            told["evidence"] = self.cleaned_data["evidence"]
        if self.cleaned_data["what"] == State.REFUSED:
            told["offer_again_on"] = self.cleaned_data["offer_again_on"]
        return told
