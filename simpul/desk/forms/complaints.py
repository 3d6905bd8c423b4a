"""The form of an answer to a complaint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import text_area


class Answer(forms.Form):
    """What the complainant reads with the receipt."""

    answer = text_area(
        _("Answer to the complainant"), rows=8,
        help_text=_("What was looked into, what follows from it, where else one can turn. Name no victim: whoever "
                    "holds the receipt reads it."),
    )  # fmt: skip
