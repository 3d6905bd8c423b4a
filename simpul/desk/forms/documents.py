"""Forms of papers: what is handed over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import text_area

MOST = 40


class Receipt(forms.Form):
    """A receipt: which way things go, and what they are, one on each line."""

    TO, FROM = "kepada", "dari"

    way = forms.ChoiceField(
        label=_("Who receives"), widget=forms.RadioSelect, initial=TO,
        choices=[(TO, _("The person, from the office")), (FROM, _("The office, from the person"))],
    )  # fmt: skip
    things = text_area(
        _("What is handed over"),
        rows=6,
        help_text=_("One thing on each line: what; how many; remark. For instance: Passport; 1; page 12 is torn."),
    )
    purpose = forms.CharField(label=_("What for"), max_length=200, required=False)

    def clean_things(self):
        lines = [line for line in self.cleaned_data["things"].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(
                _("A receipt holds %(most)d lines. Print a second one for the rest.") % {"most": MOST}
            )
        return [_parts(line) for line in lines]

    def told(self):
        """The arguments of `records.receipt`."""
        typed = self.cleaned_data
        return {"items": typed["things"], "purpose": typed["purpose"], "to_the_person": typed["way"] == self.TO}


def _parts(line):
    what, count, remark = (part.strip() for part in [*line.split(";", 2), "", ""][:3])
    return what, count, remark
