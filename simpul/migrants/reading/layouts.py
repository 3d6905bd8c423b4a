"""Layouts: what a sheet of people is for, and which columns it may hold.

A manifest lists people sent home on one day; a register lists the migrant workers of a village or a regency.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# What each column is called when an officer chooses.
LABELS = {
    "name": _("Name"),
    "number": _("Running number"),
    "sex": _("Sex"),
    "sex_male": _("Tick for male"),
    "sex_female": _("Tick for female"),
    "birth": _("Place and date of birth"),
    "birth_place": _("Place of birth"),
    "birth_date": _("Date of birth"),
    "birth_year": _("Year of birth"),
    "age": _("Age"),
    "age_male": _("Age, in the column for men"),
    "age_female": _("Age, in the column for women"),
    "nik": _("NIK"),
    "family_card": _("Number of the family card (KK)"),
    "identity": _("NIK or number of a travel document"),
    "document": _("Number of the travel document"),
    "passport": _("Passport number"),
    "splp": _("SPLP number"),
    "document_kind": _("Kind of travel document"),
    "address": _("Address"),
    "province": _("Province"),
    "regency": _("Regency or city"),
    "district": _("District"),
    "village": _("Village"),
    "hamlet": _("Hamlet, RT and RW"),
    "phone": _("Telephone"),
    "sector": _("Work"),
    "reason": _("Reason of return"),
    "stay_length": _("Length of stay"),
    "onward": _("Onward travel"),
    "remarks": _("Remarks"),
    "alias": _("Other name"),
    "father": _("Father"),
    "mother": _("Mother"),
    "depot": _("Depot"),
    "employer": _("Employer"),
    "employer_address": _("Address of the employer"),
    "country": _("Country of work"),
    "company": _("Placement company (P3MI)"),
    "contract_from": _("Begin of the contract"),
    "contract_until": _("End of the contract"),
    "departed_on": _("Day of departure"),
    "returned_on": _("Day of return"),
    "status": _("Status of the worker"),
    "procedural": _("Procedural or not"),
}

REGISTER_ONLY = (
    "employer", "employer_address", "country", "company", "contract_from", "contract_until", "departed_on",
    "returned_on", "status", "procedural",
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One kind of sheet: the codes of the columns it may hold, and how many rows it may have."""

    name: str
    codes: tuple
    most_rows: int


MANIFEST = Layout("manifest", tuple(LABELS), 200_000)
REGISTER = Layout("register", tuple(LABELS), 1_048_576)
LAYOUTS = {layout.name: layout for layout in (MANIFEST, REGISTER)}


def choices(layout):
    """(code, label) of every column an officer can choose, and "" for leaving one out."""
    return [("", _("Leave out")), *((code, LABELS[code]) for code in layout.codes)]
