"""The form by which a table of indicators is brought."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.insight.indicator_reading import FIRST_YEAR, LARGEST, LONGEST_SOURCE
from simpul.insight.models import IndicatorValue


class Upload(forms.Form):
    """A table, and what holds for all of it where the table itself does not say."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (xlsx, xls), ODS or CSV. Nothing holds before you have seen what it changes."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=LONGEST_SOURCE,
        required=False,
        help_text=_(
            "Who published it, where and when, as in “BPS Kalimantan Barat, 2025”. A column “sumber” goes before."
        ),
    )
    mark = forms.ChoiceField(
        label=_("How sure"), choices=IndicatorValue.Mark.choices, initial=IndicatorValue.Mark.SECONDARY
    )
    year = forms.IntegerField(
        label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=2100,
        help_text=_("Where the table has no column “tahun” and no year in its headings."),
    )  # fmt: skip

    def clean_file(self):
        file = self.cleaned_data["file"]
        if getattr(file, "too_much", "") or file.size > LARGEST:
            words = _("This file is larger than %(mb)d MB: too large for a table of places.")
            raise forms.ValidationError(words % {"mb": LARGEST // 2**20})
        if not file.size:
            raise forms.ValidationError(_("This file is empty. Choose the table."))
        return file
