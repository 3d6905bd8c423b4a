"""Forms of the handover to the family, of a refusal, and of telling the home region."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import day_field
from simpul.reference import catalogues


class Told(forms.Form):
    """Nothing to fill in: the button says it."""


class _OnADay(forms.Form):
    """What was signed on a day; of a child, or where the age is not known, the person does not sign alone."""

    on = day_field(_("Signed on"))

    def __init__(self, *args, returnee, today, **kwargs):
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.today, self.returnee = today, returnee
        self.may_sign_alone = returnee.age is not None and not returnee.is_child

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("This day lies in the future. Write when it happened."))
        return day


class HandOver(_OnADay):
    """The handover to the family, or to whoever takes its place."""

    to = forms.ChoiceField(label=_("Handed over to"), widget=forms.RadioSelect)
    witness = forms.CharField(
        label=_("Witness of the regional or village government"), max_length=200,
        help_text=_("Name and office, as the record of handover was signed. They are sealed."),
    )  # fmt: skip
    field_order = ["to", "witness", "on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parties = catalogues.choices("handover_parties")
        self.fields["to"].choices = [each for each in parties if each[0] != "self" or self.may_sign_alone]


class Refusal(_OnADay):
    """Rehabilitation was refused by a signed statement."""

    signed_by = forms.ChoiceField(label=_("Who signed the statement"), widget=forms.RadioSelect)
    field_order = ["signed_by", "on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        signers = [("self", _("The person")), ("family", _("The family, of a child or of somebody not able to sign"))]
        self.fields["signed_by"].choices = signers if self.may_sign_alone else signers[1:]
