"""The rows of a case: the file, the people in it, the care they get, the law's track and the money."""

from simpul.cases.models.care import Referral, Return, Service, ServiceStep, Shelter, Stay, Visit
from simpul.cases.models.case import Assignment, BreakGlass, Case
from simpul.cases.models.justice import Examination, PoliceReport, Proceeding, ProceedingStep
from simpul.cases.models.money import Restitution, RestitutionItem, RestitutionStep
from simpul.cases.models.people import AgeDecision, BestInterest, Entitlement, Involvement

__all__ = [
    "AgeDecision",
    "Assignment",
    "BestInterest",
    "BreakGlass",
    "Case",
    "Entitlement",
    "Examination",
    "Involvement",
    "PoliceReport",
    "Proceeding",
    "ProceedingStep",
    "Referral",
    "Restitution",
    "RestitutionItem",
    "RestitutionStep",
    "Return",
    "Service",
    "ServiceStep",
    "Shelter",
    "Stay",
    "Visit",
]
