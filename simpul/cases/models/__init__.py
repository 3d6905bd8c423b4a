"""The rows of a case: the file, the people in it, the care they get, the law's track."""

from simpul.cases.models.care import Referral, Service
from simpul.cases.models.case import Assignment, BreakGlass, Case
from simpul.cases.models.justice import PoliceReport
from simpul.cases.models.people import Involvement

__all__ = ["Assignment", "BreakGlass", "Case", "Involvement", "PoliceReport", "Referral", "Service"]
