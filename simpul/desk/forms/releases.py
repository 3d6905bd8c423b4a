"""Forms of open data: a draft, a withdrawal, a delivery, the budget of noise."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.insight import periods
from simpul.insight.models import Delivery, Release


class NewRelease(forms.Form):
    """Which period is released, and how people are protected."""

    period = forms.ChoiceField(label=_("Period"), help_text=_("Quarters and years that are over."))
    method = forms.ChoiceField(
        label=_("How people are protected"), choices=Release.Method.choices, initial=Release.Method.SUPPRESSION
    )
    epsilon = forms.DecimalField(
        label=_("Epsilon for each table"), required=False, min_value=Decimal("0.001"), max_digits=6, decimal_places=3,
        help_text=_("With noise only: the smaller, the more noise. It is taken from the budget of the year."),
    )  # fmt: skip

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(each.code, f"{each.code}, {each.name}") for each in
                                         periods.over_before(today)]  # fmt: skip

    def clean(self):
        told = super().clean()
        with_noise = told.get("method") == Release.Method.NOISE
        if with_noise and told.get("epsilon") is None and "epsilon" not in self.errors:
            self.add_error("epsilon", _("Say how much of the budget each table may take, for instance 0.1."))
        if not with_noise:
            told["epsilon"] = None
        return told


class Withdrawal(forms.Form):
    """Why a release is withdrawn; the reason stands on the public page."""

    because = forms.ChoiceField(
        label=_("Why"), choices=[("", _("Choose")), *Release.Withdrawal.choices],
        help_text=_("The public page says this reason. Copies stay with those who have them."),
    )  # fmt: skip


class NewDelivery(forms.ModelForm):
    """To which organisation a release was handed."""

    class Meta:
        model = Delivery
        fields = ("organisation", "purpose", "agreement")
        help_texts = {
            "organisation": _("The organisation, not the person who fetched it."),
            "purpose": _("What they need it for. Name nobody here."),
            "agreement": _("Number and date of the agreement or letter."),
        }


class NewBudget(forms.Form):
    """How much noisy releases about the records of a year may tell in all."""

    year = forms.IntegerField(label=_("Year of the records"), min_value=2000, max_value=2099)
    limit = forms.DecimalField(
        label=_("Epsilon in all"), min_value=Decimal("0.001"), max_value=100, max_digits=6, decimal_places=3,
        help_text=_("It is set once and never raised. 1 is cautious, 5 tells much."),
    )  # fmt: skip
