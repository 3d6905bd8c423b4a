"""Forms of retention: a legal hold, the confirmation of an erasure."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import text_area
from simpul.privacy.models import Erasure
from simpul.reference import catalogues


class Hold(forms.Form):
    """Why a file is kept past its time."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=partial(catalogues.choices, "hold_reasons"), widget=forms.RadioSelect
    )
    words = text_area(_("Which proceeding, which letter"), rows=3, required=False, help_text=_("It is sealed."))


class Confirmation(forms.Form):
    """The second person's word, and how it stands with telling the person."""

    notice = forms.ChoiceField(
        label=_("Notice to the person"), choices=Erasure.Notice.choices, widget=forms.RadioSelect,
        help_text=_("The person is told of the erasure (UU 27/2022 Art. 45), unless that endangers somebody."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("This is meant to be erased. It cannot be brought back."))


class Nothing(forms.Form):
    """A button without fields."""
