"""What the room of figures keeps: facts of places and of numbers, never of a person."""

from simpul.insight.models.alerts import Alert, AlertPlace
from simpul.insight.models.estimates import Estimate
from simpul.insight.models.releases import Budget, Delivery, Release, Spending
from simpul.insight.models.tallies import Tally
from simpul.insight.models.values import IndicatorLoad, IndicatorValue

__all__ = [
    "Alert",
    "AlertPlace",
    "Budget",
    "Delivery",
    "Estimate",
    "IndicatorLoad",
    "IndicatorValue",
    "Release",
    "Spending",
    "Tally",
]
