"""Numbers as they are told on pages and on paper: with points between thousands, in percent, in rupiah."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

from simpul.insight.measures import RUPIAH
from simpul.lib.numbers import rupiah

# Where nobody counted.
NOTHING = "–"


def grouped(number):
    """A number as it is read; a hidden one stays "…"."""
    if number is None:
        return NOTHING
    return number_format(number, use_l10n=True, force_grouping=True) if isinstance(number, int) else str(number)


def with_decimals(number, decimals=1):
    """A number with so many decimals. Django's own format cuts: of 2.37 it makes 2.3."""
    number = Decimal(str(number)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(number, decimal_pos=decimals, use_l10n=True, force_grouping=True)


def in_figures(number):
    """A whole number as it is, any other with one decimal."""
    return with_decimals(number, 0 if float(number).is_integer() else 1)


def percent(share):
    """A share in whole percent: 88 %."""
    return NOTHING if share is None else f"{round(100 * share)} %"


def counted(number, measure):
    """A number in the unit of its measure: money as rupiah without cents."""
    if measure.of != RUPIAH or number is None:
        return grouped(number)
    return rupiah(number).removesuffix(",00")
