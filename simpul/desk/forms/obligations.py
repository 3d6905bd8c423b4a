"""Forms of obligations: why a clock is paused, why nothing is owed any more."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import with_blank


class Pause(forms.Form):
    """Why the clock stands."""

    reason = forms.ChoiceField(label=_("Why it is paused"), choices=partial(with_blank, "pause_reasons", _("Choose")))


class Waive(forms.Form):
    """Why nothing is owed any more."""

    reason = forms.ChoiceField(
        label=_("Why nothing is owed any more"), choices=partial(with_blank, "waive_reasons", _("Choose"))
    )


class Nothing(forms.Form):
    """A button that asks for nothing more."""
