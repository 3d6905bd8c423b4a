"""An amount of money in a form, as people write it."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.lib.numbers import rupiah, rupiah_in

# More than the columns of amounts hold.
TOO_MUCH = Decimal(10) ** 14


class RupiahField(forms.Field):
    """An amount as people write it: 5.000.000 or Rp 5.000.000,50. What could mean two things is asked again."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": "30"})

    def to_python(self, value):
        if value is None or isinstance(value, Decimal):
            return value
        if not value.strip():
            return None
        try:
            amount = rupiah_in(value)
        except ValueError:
            raise forms.ValidationError(
                _("“%(typed)s” is no amount in rupiah. Write dots between thousands, as in 5.000.000 or 5.000.000,50.")
                % {"typed": value.strip()[:30]}
            ) from None
        if amount >= TOO_MUCH:
            raise forms.ValidationError(_("This amount is too large. Check the zeros."))
        return amount

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return rupiah(value).removeprefix("Rp").removesuffix(",00")
        return value
