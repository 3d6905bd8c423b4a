"""Forms of services: requested for a victim, moved on."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.cases.models import Service
from simpul.cases.services import NOT_WANTED
from simpul.desk.forms.cases import day_field, text_area, with_blank


class NewService(forms.Form):
    """A service that a victim needs."""

    class Giver:
        OWN, ANOTHER = "own", "another"

    kind = forms.ChoiceField(label=_("Service"), choices=partial(with_blank, "services", _("Choose")))
    is_urgent = forms.BooleanField(
        label=_("Needed at once"), required=False,
        help_text=_("First aid is owed within 7 days at the latest and needs no police report (UU 21/2007 Art. 53)."),
    )  # fmt: skip
    need = text_area(_("What the victim needs"), required=False, rows=4)
    giver = forms.ChoiceField(
        label=_("Who gives it"), widget=forms.RadioSelect, initial=Giver.ANOTHER,
        choices=[(Giver.OWN, _("The own agency")), (Giver.ANOTHER, _("Another agency, by a referral"))],
    )  # fmt: skip

    @property
    def is_own(self):
        return self.cleaned_data["giver"] == self.Giver.OWN


class Move(forms.Form):
    """The next state of a service."""

    to = forms.ChoiceField(label=_("Next"), widget=forms.RadioSelect)
    offer_again_on = day_field(_("Offer again on"), required=False, help_text=_("After a refusal. Empty: in 30 days."))

    def __init__(self, *args, service, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["to"].choices = next_states(service)
        if not NOT_WANTED & set(Service.NEXT[service.state]):
            del self.fields["offer_again_on"]

    def clean_offer_again_on(self):
        day = self.cleaned_data["offer_again_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a day to come."))
        return day


def next_states(service):
    """The states that may follow, as choices in their order."""
    return [(s.value, s.label) for s in Service.State if s in Service.NEXT[service.state]]
