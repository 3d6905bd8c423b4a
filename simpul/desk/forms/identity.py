"""What is typed of somebody's identity, held to what can be: the same for a victim, a returnee and a worker."""

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.lib.texts import digits


class ChecksIdentity:
    """For a form with a NIK and a day or year of birth; `today` is the day on which it is filled in."""

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_nik(self):
        nik = digits(self.cleaned_data["nik"])
        if self.cleaned_data["nik"] and len(nik) != 16:
            raise forms.ValidationError(
                _("A NIK has 16 digits; %(count)d were typed. Leave it empty if it is not known.") % {"count": len(nik)}
            )
        return nik

    def clean_birth_date(self):
        return _not_ahead(self.cleaned_data["birth_date"], self.today)

    def clean_birth_year(self):
        return _not_ahead(self.cleaned_data.get("birth_year"), self.today.year)


def _not_ahead(value, latest):
    if value and value > latest:
        raise forms.ValidationError(_("Nobody is born in the future. Check the year."))
    return value
