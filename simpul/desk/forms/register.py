"""Forms of the register: the list narrowed, a worker entered, an entry changed. The columns are those of PP 59/2021."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from simpul.desk.forms.cases import day_field, text_area, with_blank
from simpul.desk.forms.identity import ChecksIdentity
from simpul.desk.forms.places import FindsPlaces, PlaceField
from simpul.desk.forms.returnees import ByPlace
from simpul.lib.rules import NotAllowed
from simpul.migrants import queries
from simpul.migrants.models import Worker
from simpul.migrants.policy import check_is_a_home
from simpul.migrants.registry import PLAIN, SEALED
from simpul.persons.models import Sex

IDENTITY = ("name", "nik", "sex", "birth_date", "birth_year", "address", "phone", "passport")
FACTS = (*PLAIN, *SEALED)


class Narrowed(ByPlace):
    """The register, narrowed by place, status, country and sector."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *Worker.Status.choices])
    negara = forms.ChoiceField(label=_("Country"), required=False, choices=partial(with_blank, "countries", _("All")))
    sektor = forms.ChoiceField(label=_("Work"), required=False, choices=partial(with_blank, "work_sectors", _("All")))

    def asked(self):
        """What was asked, as `queries.register_of` takes it; what cannot be read asks nothing."""
        self.is_valid()
        names = {"prefix": "tempat", "status": "status", "country": "negara", "sector": "sektor"}
        return {name: self.cleaned_data.get(field) or "" for name, field in names.items()}

    def narrow(self):
        return queries.register_of(self.officer, **self.asked())

    def words(self):
        """What was asked, as the page says it."""
        self.is_valid()
        return [
            str(dict(field.field.choices).get(self.cleaned_data.get(field.name), ""))
            for field in self
            if self.cleaned_data.get(field.name)
        ]


class Entry(ChecksIdentity, FindsPlaces, forms.Form):
    """A migrant worker: who it is, where from, the papers, the journey, the work."""

    name = forms.CharField(label=_("Name"), max_length=120)
    nik = forms.CharField(
        label="NIK", max_length=25, required=False, help_text=_("16 digits. Leave it empty if it is not known."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not known")), *Sex.choices[:2]], required=False)
    birth_date = day_field(_("Date of birth"), required=False)
    birth_year = forms.IntegerField(
        label=_("or year of birth"), required=False, min_value=1900, help_text=_("Where the day is not known.")
    )
    home = PlaceField(label=_("Home"), help_text=_("The village, or at least the district."))
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    passport = forms.CharField(label=_("Passport or SPLP"), max_length=30, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=Worker.Status.choices, initial=Worker.Status.ABROAD)
    procedural = forms.ChoiceField(
        label=_("Left with the papers the law asks for"), required=False, choices=Worker.Answer.choices
    )
    country = forms.ChoiceField(label=_("Country of work"), required=False, choices=partial(with_blank, "countries"))
    sector = forms.ChoiceField(label=_("Work"), required=False, choices=partial(with_blank, "work_sectors"))
    departed_on = day_field(_("Departed"), required=False)
    contract_from = day_field(_("Contract from"), required=False)
    contract_until = day_field(_("Contract until"), required=False)
    returned_on = day_field(_("Came home"), required=False)
    employer = forms.CharField(label=_("Employer"), max_length=200, required=False)
    employer_address = forms.CharField(label=_("Address of the employer"), max_length=300, required=False)
    company = forms.CharField(label=_("Placement company (P3MI)"), max_length=200, required=False)
    note = text_area(_("Note"), required=False, rows=3, help_text=_("It is sealed."))

    def clean_home(self):
        home = self.cleaned_data["home"]
        try:
            check_is_a_home(home.pk)
        except NotAllowed as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return home

    def told(self):
        """The arguments of `registry.note`: home, identity by name, facts together."""
        told = {name: self.cleaned_data[name] for name in IDENTITY}
        if told["birth_date"]:
            told.pop("birth_year")
        facts = {name: self.cleaned_data[name] for name in FACTS}
        return told | {"home": self.cleaned_data["home"], "facts": facts}
