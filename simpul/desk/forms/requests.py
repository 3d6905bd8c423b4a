"""Forms of requests about data: recorded, answered, refused."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import moment_field, text_area
from simpul.privacy.models import DataRequest
from simpul.reference import catalogues


class NewRequest(forms.Form):
    """What the person asks; the names of the cleaned values are those of `requests.record`."""

    kind = forms.ChoiceField(
        label=_("What is asked"), choices=partial(catalogues.choices, "request_kinds"), widget=forms.RadioSelect
    )
    words = text_area(_("In the person's words"), required=False, rows=3)
    asked_by = forms.ChoiceField(
        label=_("Asked by"), choices=DataRequest.AskedBy.choices, widget=forms.RadioSelect,
        initial=DataRequest.AskedBy.PERSON,
        help_text=_("A parent or companion may be close to the trafficker. Ask the person alone, where that is safe."),
    )  # fmt: skip
    received_at = moment_field(_("Received"), help_text=_("The hours of the law run from here."))


class Answer(forms.Form):
    """What the person is answered."""

    words = text_area(_("Answer to the person"), rows=4, help_text=_("It is sealed. Tell it by the safe way."))


class Refusal(forms.Form):
    """Why an answer would endanger somebody."""

    reason = text_area(
        _("Whom an answer would endanger, and how"), rows=4,
        help_text=_("A whole sentence (UU 27/2022 Art. 33). It is sealed, and the person is told that it was refused."),
    )  # fmt: skip
