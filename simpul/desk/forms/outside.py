"""Forms for an agency without an account: its answer as it came by telephone or letter."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import text_area, with_blank


class AnswerNoted(forms.Form):
    """An answer that came by telephone or letter, with who gave it and how."""

    TAKES, DECLINES = "ya", "tidak"

    accepted = forms.ChoiceField(
        label=_("What the agency answered"), widget=forms.RadioSelect,
        choices=[(TAKES, _("It takes this over")), (DECLINES, _("It cannot take this over"))],
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why not"), required=False, choices=partial(with_blank, "decline_reasons", _("Choose")),
        help_text=_("Only where it cannot."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Who answered, and how"), max_length=200,
        help_text=_("Name and position, by telephone or by letter, and when. It is sealed."),
    )  # fmt: skip
    answer = text_area(_("What was said"), required=False, rows=3, help_text=_("For instance: who comes, and when."))

    def clean(self):
        told = self.cleaned_data
        if told.get("accepted") == self.DECLINES and not told.get("reason"):
            self.add_error("reason", _("Choose why the agency cannot take this over."))
        return told

    def told(self):
        """The arguments of `referrals.note_answer`."""
        told = dict(self.cleaned_data)
        accepted = told["accepted"] == self.TAKES
        return told | {"accepted": accepted, "reason": "" if accepted else told["reason"]}
