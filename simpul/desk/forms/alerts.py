"""Forms of alerts: what was found, and over which days wording is compared."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.insight.alerts import OUTCOMES
from simpul.reference import catalogues

DAYS = ((14, _("the last two weeks")), (30, _("the last month")), (60, _("the last two months")))


class Found(forms.Form):
    """What was found about an alert: a code, and no words, so that nobody is named."""

    outcome = forms.ChoiceField(
        label=_("What was found"), choices=partial(catalogues.choices, OUTCOMES), widget=forms.RadioSelect,
        help_text=_("What was done, and about whom, is written in the report or the case itself."),
    )  # fmt: skip


class Wording(forms.Form):
    """Which reports count as new."""

    days = forms.TypedChoiceField(label=_("New are the reports of"), choices=DAYS, coerce=int, initial=30)
